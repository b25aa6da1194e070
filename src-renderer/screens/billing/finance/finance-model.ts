import type {
  FinanceCurrency,
  FinanceMonth,
} from '../../../../src-shared/contract/billing-finance.ts'
import { paymentMethods } from '../../../../src-shared/contract/billing-payments.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { minorDigits, type CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import type { CsvCell } from '../../../components/export-csv.ts'

export type Finance = Output<'billing.finance'>

export const agesShown = ['notDue', 'days30', 'days60', 'days90', 'days120', 'older'] as const

/** Oldest last; the older, the more it asks to act. */
export const ageFills: Readonly<Record<(typeof agesShown)[number], string>> = {
  notDue: 'var(--nc-chart-online)',
  days30: 'var(--nc-level-unknown)',
  days60: 'var(--nc-chart-offline-power)',
  days90: 'var(--nc-chart-offline-other)',
  days120: 'var(--nc-major)',
  older: 'var(--nc-chart-offline-optical)',
}

export const methodFills: Readonly<Record<(typeof paymentMethods)[number], string>> = {
  cash: 'var(--nc-chart-online)',
  transfer: 'var(--nc-chart-line)',
  card: 'var(--nc-chart-offline-power)',
  other: 'var(--nc-level-off)',
  paypal: 'var(--nc-warning)',
  voucher: 'var(--nc-indeterminate)',
  agent: 'var(--nc-level-unknown)',
}

/** First and last day of `YYYY-MM`, for the report behind a month. */
export const daysOfMonth = (month: string, asOfOn: string): { from: string; through: string } => {
  const [year, number] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year ?? 0, number ?? 1, 0)).getUTCDate()
  const through = `${month}-${String(last).padStart(2, '0')}`
  return { from: `${month}-01`, through: through > asOfOn ? asOfOn : through }
}

/** `1.2M`: for the axis of a chart alone. */
export const shortMoney = (minor: number, currency: string, locale: string): string =>
  new Intl.NumberFormat(locale === 'id' ? 'id-ID' : 'en-GB', {
    notation: 'compact',
    maximumFractionDigits: 1,
  }).format(minor / 10 ** minorDigits(currency as CurrencyCode))

export const methodsIn = (months: readonly FinanceMonth[]) =>
  paymentMethods.filter((method) =>
    months.some(({ methods }) => methods.some((one) => one.method === method)),
  )

export const collectedBy = (month: FinanceMonth, method: string): number =>
  month.methods.find((one) => one.method === method)?.collected ?? 0

export const moneyKeys = [
  'net',
  'tax',
  'total',
  'creditedNet',
  'creditedTax',
  'credited',
  'collected',
  'returned',
  'other',
] as const
export const recurringKeys = ['amount', 'fresh', 'changed', 'lost'] as const

/** Every month of every currency, a line each. */
export const financeLines = (finance: Finance): readonly (readonly CsvCell[])[] =>
  finance.currencies.flatMap(({ currency, months }) =>
    months.map((month, at) => {
      const text = (minor: number): string => formatMinor(minor, currency as CurrencyCode)
      const people = finance.subscribers[at]
      return [
        month.month,
        currency,
        month.documents,
        ...moneyKeys.map((key) => text(month[key])),
        ...paymentMethods.map((method) => text(collectedBy(month, method))),
        ...recurringKeys.map((key) => text(month.recurring[key])),
        people?.active,
        people?.suspended,
        people?.paused,
        people?.begun,
        people?.ended,
      ]
    }),
  )

export const hasAnything = ({ currencies, subscribers }: Finance): boolean =>
  currencies.length > 0 || subscribers.some(({ active, begun }) => active + begun > 0)

/** The one with most months of something, so that the house's own comes first. */
export const mainCurrency = (
  currencies: readonly FinanceCurrency[],
  own: string | undefined,
): string | undefined =>
  (currencies.find(({ currency }) => currency === own) ?? currencies[0])?.currency
