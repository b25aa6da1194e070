import { minorDigits, type CurrencyCode } from '../../src-shared/domain/currencies.ts'
import { divideRounded, formatMinor, type Money } from '../../src-shared/domain/money.ts'

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
  const surplus = minorDigits(currency) - decimals
  if (surplus <= 0) return { ok: true, value: formatMinor(minor, currency) }
  const step = 10n ** BigInt(surplus)
  if (BigInt(minor) % step !== 0n) return { ok: false, refusal: 'decimals' }
  return { ok: true, value: String(divideRounded(BigInt(minor), step)) }
}

export const paypalTakes = (currency: CurrencyCode): boolean => paypalDecimals.has(currency)
