import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { FinanceCurrency } from '../../../../src-shared/contract/billing-finance.ts'
import { paths } from '../../../app/paths.ts'
import { useMoneyText } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import {
  collectedBy,
  daysOfMonth,
  methodFills,
  methodsIn,
  shortMoney,
  type Finance,
} from './finance-model.ts'
import { MonthPanel } from './month-panel.tsx'

/** `Nov 2026` of `2026-11`: the same in every zone. */
export const useMonthName = (): ((month: string, short?: boolean) => string) => {
  const { locale } = useFormat()
  return useMemo(() => {
    const make = (year: '2-digit' | 'numeric') =>
      new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', {
        timeZone: 'UTC',
        month: 'short',
        year,
      })
    const [long, short] = [make('numeric'), make('2-digit')]
    return (month, isShort = false) =>
      (isShort ? short : long).format(Date.parse(`${month}-01T00:00:00Z`))
  }, [locale])
}

/** What was issued, what came in, what recurs, and to how many, by month. */
export const MonthPanels = ({
  finance,
  of,
}: {
  readonly finance: Finance
  readonly of: FinanceCurrency
}) => {
  const { t } = useTranslation('billing-finance')
  const format = useFormat()
  const money = useMoneyText()
  const name = useMonthName()
  const { currency, months } = of
  const tick = (minor: number): string => shortMoney(minor, currency, format.locale)
  const value = (minor: number): string => money(minor, currency)
  const head = (month: string) => {
    const { from, through } = daysOfMonth(month, finance.asOfOn)
    return (
      <RouteLink to={paths.reports(`from=${from}&through=${through}`)}>{name(month)}</RouteLink>
    )
  }
  const first = months[0]
  const reports =
    first === undefined
      ? paths.reports()
      : paths.reports(`from=${first.month}-01&through=${finance.asOfOn}`)
  const ways = methodsIn(months)
  const series = (key: 'net' | 'tax' | 'credited', fill: string) => ({
    key,
    word: t(`series.${key}`),
    fill,
  })
  const column = (key: Parameters<typeof word>[0]) => ({ key, word: word(key) })
  const word = (
    key:
      | 'net'
      | 'tax'
      | 'total'
      | 'credited'
      | 'collected'
      | 'returned'
      | 'other'
      | 'amount'
      | 'fresh'
      | 'changed'
      | 'lost'
      | 'active'
      | 'suspended'
      | 'paused'
      | 'begun'
      | 'ended',
  ): string => t(`series.${key}`)
  return (
    <>
      <MonthPanel
        title={t('panel.revenue')}
        link={<RouteLink to={reports}>{t('inReport')}</RouteLink>}
        series={[
          series('net', 'var(--nc-chart-line)'),
          series('tax', 'var(--nc-level-off)'),
          series('credited', 'var(--nc-chart-offline-other)'),
        ]}
        columns={(['net', 'tax', 'total', 'credited', 'other'] as const).map(column)}
        rows={months.map((month) => ({
          month: month.month,
          label: name(month.month, true),
          head: head(month.month),
          values: { ...figures(month), credited: month.credited },
          drawn: { net: month.net, tax: month.tax, credited: -month.credited },
        }))}
        formatTick={tick}
        formatValue={value}
      />
      <MonthPanel
        title={t('panel.collected')}
        series={ways.map((method) => ({
          key: method,
          word: t(`method.${method}`),
          fill: methodFills[method],
        }))}
        columns={[
          ...ways.map((method) => ({ key: method, word: t(`method.${method}`) })),
          column('collected'),
          column('returned'),
        ]}
        rows={months.map((month) => ({
          month: month.month,
          label: name(month.month, true),
          head: head(month.month),
          values: {
            ...Object.fromEntries(ways.map((method) => [method, collectedBy(month, method)])),
            collected: month.collected,
            returned: month.returned,
          },
        }))}
        formatTick={tick}
        formatValue={value}
      />
      <MonthPanel
        title={t('panel.recurring')}
        note={t('discountsLeft')}
        series={[{ key: 'amount', word: t('series.amount'), fill: 'var(--nc-chart-line)' }]}
        columns={(['amount', 'fresh', 'changed', 'lost'] as const).map(column)}
        rows={months.map(({ month, recurring }) => ({
          month,
          label: name(month, true),
          head: head(month),
          values: recurring,
        }))}
        formatTick={tick}
        formatValue={value}
      />
      <MonthPanel
        title={t('panel.people')}
        link={<RouteLink to={paths.subscribers()}>{t('toSubscribers')}</RouteLink>}
        series={[
          { key: 'active', word: t('series.active'), fill: 'var(--nc-chart-online)' },
          { key: 'suspended', word: t('series.suspended'), fill: 'var(--nc-chart-offline-power)' },
          { key: 'paused', word: t('series.paused'), fill: 'var(--nc-chart-unknown)' },
        ]}
        columns={(['active', 'suspended', 'paused', 'begun', 'ended'] as const).map(column)}
        rows={finance.subscribers.map(({ month, ...values }) => ({
          month,
          label: name(month, true),
          head: name(month),
          values,
        }))}
        formatTick={(count) => format.number(count)}
        formatValue={(count) => format.number(count)}
      />
    </>
  )
}

const figures = ({ net, tax, total, other }: FinanceCurrency['months'][number]) => ({
  net,
  tax,
  total,
  other,
})
