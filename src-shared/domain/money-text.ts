import type { CurrencyCode } from './currencies.ts'
import { formatMinor } from './money.ts'
import { minorDigits } from './currencies.ts'

/**
 * Money to be read: grouping and marks are the language's, the digits our own table's. `Intl` is
 * never asked how many digits a currency has: its answer changes with its version (IDR, HUF).
 */
const formats = new Map<string, Intl.NumberFormat>()

const formatFor = (locale: string, digits: number): Intl.NumberFormat => {
  const key = `${locale} ${digits}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    formats.set(key, format)
  }
  return format
}

/** `1.250.000,00` for 125000000 IDR in `id`: without the currency's code. */
export const moneyText = (minor: number, currency: CurrencyCode, locale: string): string =>
  // As text: exact, where a number of 17 digits would not be.
  formatFor(locale, minorDigits(currency)).format(
    formatMinor(minor, currency) as Intl.StringNumericLiteral,
  )
