import { minorDigits, type CurrencyCode } from './currencies.ts'
import { divideRounded, formatMinor, toMinor, type Money } from './money.ts'

/**
 * Currencies that PayPal takes, with the decimals that it takes them with ("Currency codes" of its
 * REST reference). They are not ISO's: HUF and TWD have none, and IDR is not in the list at all.
 */
const paypalDecimals: ReadonlyMap<string, number> = new Map(
  (
    'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD'.split(
      ' ',
    ) as readonly string[]
  )
    .map((code): [string, number] => [code, 2])
    .concat(['HUF', 'JPY', 'TWD'].map((code): [string, number] => [code, 0])),
)

export type ProviderAmount =
  | { readonly ok: true; readonly value: string }
  /** `currency`: it does not take it; `decimals`: not with a part of a whole unit. */
  | { readonly ok: false; readonly refusal: 'currency' | 'decimals' }

/** The amount as PayPal wants it written; refused before anything is sent. */
export const paypalAmount = ({ minor, currency }: Money): ProviderAmount => {
  const decimals = paypalDecimals.get(currency)
  if (decimals === undefined) return { ok: false, refusal: 'currency' }
  const step = stepOf(currency)
  if (step === 1n) return { ok: true, value: formatMinor(minor, currency) }
  if (BigInt(minor) % step !== 0n) return { ok: false, refusal: 'decimals' }
  return { ok: true, value: String(divideRounded(BigInt(minor), step)) }
}

/** Minor units of the smallest amount that PayPal takes: 100 for HUF, whose cents it does not know. */
const stepOf = (currency: CurrencyCode): bigint =>
  10n ** BigInt(Math.max(0, minorDigits(currency) - (paypalDecimals.get(currency) ?? 0)))

export const paypalTakes = (currency: CurrencyCode): boolean => paypalDecimals.has(currency)

export const paypalCurrencies: readonly string[] = [...paypalDecimals.keys()].toSorted()

/**
 * What PayPal wrote, in minor units; null: not to be had in whole ones (it writes `10`, `10.0` or
 * `10.00` for the same).
 */
export const paypalMinor = (value: string, currency: CurrencyCode): number | null => {
  const found = /^(\d{1,15})(?:\.(\d{1,8}))?$/u.exec(value)
  if (found === null) return null
  const fraction = (found[2] ?? '').replace(/0+$/u, '')
  const digits = minorDigits(currency)
  if (fraction.length > digits) return null
  const minor = BigInt(`${found[1]}${fraction.padEnd(digits, '0')}`)
  return minor > BigInt(Number.MAX_SAFE_INTEGER) ? null : toMinor(minor)
}

/** What one unit of the provider's currency costs: 16,250.5 IDR is `{ rate: 162505, scale: 1 }`. */
export interface ExchangeRate {
  readonly rate: number
  readonly scale: number
}

/** As a person types it; null: no such rate (at most eight decimals, more than nothing). */
export const readRate = (typed: string): ExchangeRate | null => {
  const found = /^(\d{1,12})(?:\.(\d{1,8}))?$/u.exec(typed.trim())
  if (found === null) return null
  const fraction = (found[2] ?? '').replace(/0+$/u, '')
  const rate = Number(`${found[1]}${fraction}`)
  return Number.isSafeInteger(rate) && rate > 0 ? { rate, scale: fraction.length } : null
}

export const rateText = ({ rate, scale }: ExchangeRate): string => {
  const digits = String(rate).padStart(scale + 1, '0')
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/**
 * An amount of the account in a currency that PayPal takes: amount ÷ rate, rounded once, half away
 * from zero, to the smallest amount that PayPal takes of it. Null: too large to hold exactly.
 */
export const exchanged = (
  { minor, currency }: Money,
  to: CurrencyCode,
  { rate, scale }: ExchangeRate,
): number | null => {
  const step = stepOf(to)
  const above = BigInt(minor) * 10n ** BigInt(scale + minorDigits(to))
  const below = BigInt(rate) * 10n ** BigInt(minorDigits(currency)) * step
  const out = divideRounded(above, below) * step
  return out > BigInt(Number.MAX_SAFE_INTEGER) ? null : toMinor(out)
}

/**
 * The provider's part of what goes back: of all that has gone back then, less what went before. So
 * the parts of a payment that goes back wholly are together exactly what was captured.
 */
export const providerPart = (of: {
  readonly amount: number
  readonly providerAmount: number
  readonly providerCurrency: CurrencyCode
  /** Of the account, gone back before; and what the provider sent for it. */
  readonly before: number
  readonly providerBefore: number
  readonly part: number
}): number => {
  const step = stepOf(of.providerCurrency)
  const after =
    divideRounded(
      BigInt(of.providerAmount) * BigInt(of.before + of.part),
      BigInt(of.amount) * step,
    ) * step
  return toMinor(after) - of.providerBefore
}
