import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { noValue, type Locale } from '../../components/format.ts'

const tags: Readonly<Record<Locale, string>> = { en: 'en-GB', id: 'id-ID' }

/** Minor units of a currency as a person reads an amount; a currency that nobody knows: its code. */
export const revenueText = (revenue: OutageRow['revenue'], locale: Locale): string => {
  if (revenue === null) return noValue
  const { minor, currency } = revenue
  try {
    const money = new Intl.NumberFormat(tags[locale], {
      style: 'currency',
      currency,
      maximumFractionDigits: 0,
    })
    const digits =
      new Intl.NumberFormat(tags[locale], { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2
    return money.format(minor / 10 ** digits)
  } catch {
    return `${minor} ${currency}`
  }
}
