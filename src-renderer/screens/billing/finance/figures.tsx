import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FinanceCurrency } from '../../../../src-shared/contract/billing-finance.ts'
import { paths } from '../../../app/paths.ts'
import { useDayText } from '../../../components/day.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { daysOfMonth, type Finance } from './finance-model.ts'

const Figure = ({
  word,
  to,
  note,
  children,
}: {
  readonly word: string
  readonly to: string | null
  readonly note?: ReactNode
  readonly children: ReactNode
}) => (
  <div className="nfi-figure">
    <dt>{word}</dt>
    <dd>
      <strong>{to === null ? children : <RouteLink to={to}>{children}</RouteLink>}</strong>
      {note !== undefined && <span className="nc-soft nc-small">{note}</span>}
    </dd>
  </div>
)

/** The few figures that say how it stands; each leads to the list behind it. */
export const Figures = ({
  finance,
  of,
  monthName,
  seesFindings,
}: {
  readonly finance: Finance
  readonly of: FinanceCurrency
  readonly monthName: (month: string) => string
  readonly seesFindings: boolean
}) => {
  const { t } = useTranslation('billing-finance')
  const format = useFormat()
  const day = useDayText()
  const money = useMoneyText()
  const { currency, months, ages, overdue, dueThisWeek } = of
  const now = months.at(-1)
  const before = months.at(-2)
  const people = finance.subscribers.at(-1)
  const month = now === undefined ? '' : monthName(now.month)
  const report =
    now === undefined
      ? paths.reports()
      : (({ from, through }) => paths.reports(`from=${from}&through=${through}`))(
          daysOfMonth(now.month, finance.asOfOn),
        )
  const aged = paths.reports(`show=aged&on=${finance.asOfOn}`)
  const change = (now?.recurring.amount ?? 0) - (before?.recurring.amount ?? 0)
  const stake = finance.stake?.sums.find((one) => one.currency === currency)
  return (
    <dl className="nfi-figures">
      <Figure
        word={t('figure.recurring')}
        to={paths.plans()}
        note={
          before &&
          t('figure.recurringNote', {
            change: `${change < 0 ? '−' : '+'}${money(Math.abs(change), currency)}`,
          })
        }
      >
        <Money minor={now?.recurring.amount ?? 0} currency={currency} />
      </Figure>
      <Figure
        word={t('figure.invoiced', { month })}
        to={report}
        note={t('figure.invoicedNote', {
          count: now?.documents ?? 0,
          number: format.number(now?.documents ?? 0),
        })}
      >
        <Money minor={now?.total ?? 0} currency={currency} />
      </Figure>
      <Figure
        word={t('figure.collected', { month })}
        to={aged}
        note={
          now !== undefined && now.returned > 0
            ? t('figure.collectedNote', { amount: money(now.returned, currency) })
            : undefined
        }
      >
        <Money minor={now?.collected ?? 0} currency={currency} />
      </Figure>
      <Figure
        word={t('figure.receivables')}
        to={aged}
        note={
          ages.credit > 0
            ? t('figure.receivablesNote', { amount: money(ages.credit, currency) })
            : undefined
        }
      >
        <Money minor={ages.balance} currency={currency} />
      </Figure>
      <Figure
        word={t('figure.overdue')}
        to={aged}
        note={t('figure.overdueNote', {
          count: overdue.documents,
          number: format.number(overdue.documents),
        })}
      >
        <Money minor={overdue.amount} currency={currency} />
      </Figure>
      <Figure
        word={t('figure.due')}
        to={aged}
        note={t('figure.overdueNote', {
          count: dueThisWeek.documents,
          number: format.number(dueThisWeek.documents),
        })}
      >
        <Money minor={dueThisWeek.amount} currency={currency} />
      </Figure>
      <Figure
        word={t('figure.active')}
        to={paths.subscribers('status=active')}
        note={
          people &&
          t('figure.activeNote', {
            begun: format.number(people.begun),
            ended: format.number(people.ended),
            month,
          })
        }
      >
        {format.number(people?.active ?? 0)}
      </Figure>
      <Figure
        word={t('figure.run')}
        to={null}
        note={
          finance.lastRun &&
          `${t(`run.${finance.lastRun.state}`)} · ${t('figure.runNote', {
            looked: format.number(finance.lastRun.looked),
            failed: format.number(finance.lastRun.failed),
          })}`
        }
      >
        {finance.lastRun === null ? t('figure.runNone') : day(finance.lastRun.asOfOn)}
      </Figure>
      <Figure
        word={t('figure.stake')}
        to={seesFindings ? paths.reconciliation() : null}
        note={
          finance.stake === null
            ? t('figure.stakeNone')
            : t('figure.stakeNote', {
                count: finance.stake.findings,
                at: format.instant(finance.stake.at, 'minute'),
              })
        }
      >
        {finance.stake === null ? '–' : <Money minor={stake?.minor ?? 0} currency={currency} />}
      </Figure>
    </dl>
  )
}
