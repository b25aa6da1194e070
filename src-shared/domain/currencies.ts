/**
 * ISO 4217 currencies of today with their minor digits ("List One", amendment 179 and before).
 * Pinned here on purpose: `Intl` follows CLDR, which says 0 digits for IDR, HUF, COP, PKR and more,
 * and changes with the runtime; a stored amount would change its meaning with an update of Electron.
 * `Intl` may show an amount, never say what it is worth. Funds, metals and test codes are left out.
 */
const codesByDigits = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF ' +
    'CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD ' +
    'HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA ' +
    'MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN ' +
    'QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP ' +
    'TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
} as const

declare const currencyBrand: unique symbol
/** A code of the table, such as `IDR`. */
export type CurrencyCode = string & { readonly [currencyBrand]: true }

const digitsOf: ReadonlyMap<string, number> = new Map(
  Object.entries(codesByDigits).flatMap(([digits, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(digits)]),
  ),
)

/** Every code, in alphabetical order. */
export const currencyCodes: readonly CurrencyCode[] = [
  ...digitsOf.keys(),
].toSorted() as CurrencyCode[]

export const isCurrencyCode = (code: string): code is CurrencyCode => digitsOf.has(code)

/** @throws RangeError for a code that the table does not have. */
export const currencyCode = (code: string): CurrencyCode => {
  if (!isCurrencyCode(code)) throw new RangeError(`no such currency: ${code}`)
  return code
}

/** Digits behind the decimal mark of one minor unit: 2 for IDR and USD, 0 for JPY, 3 for KWD. */
export const minorDigits = (code: CurrencyCode): number => {
  const digits = digitsOf.get(code)
  if (digits === undefined) throw new RangeError(`no such currency: ${code}`)
  return digits
}
