import { minorDigits, type CurrencyCode } from '../../src-shared/domain/currencies.ts'
import { divideRounded, toMinor } from '../../src-shared/domain/money.ts'

/**
 * A unit price may be finer than the currency (0.00880 a unit × 16000 = 140.80): a whole number and
 * how many decimals of the major unit it has. The line's amount alone is rounded to the currency.
 */
export interface Scaled {
  readonly value: number
  /** Decimals: 880 with scale 5 is 0.00880. */
  readonly scale: number
}

/** The decimals of a unit price in the store. */
export const unitPriceScale = 6

/** Minor units of quantity × unit price. */
export const lineAmount = (quantity: Scaled, unitPrice: Scaled, currency: CurrencyCode): number => {
  const decimals = quantity.scale + unitPrice.scale - minorDigits(currency)
  const product = BigInt(quantity.value) * BigInt(unitPrice.value)
  return toMinor(
    decimals >= 0
      ? divideRounded(product, 10n ** BigInt(decimals))
      : product * 10n ** BigInt(-decimals),
  )
}

/** An amount of the currency as a unit price. */
export const unitPriceOf = (minor: number, currency: CurrencyCode): Scaled => ({
  value: minor,
  scale: minorDigits(currency),
})
