import { useTranslation } from 'react-i18next'
import type { ExampleBill, ExampleLine } from '../../../src-shared/contract/billing-model.ts'
import { useDayText } from '../../components/day.tsx'
import { Money, useMoneyText } from '../../components/money.tsx'
import { useFormat } from '../../components/use-format.ts'
import './billing.css'

/** A document that would be made: each line with why it costs what it costs. */
export const BillView = ({
  bill,
  currency,
  title,
}: {
  readonly bill: ExampleBill
  readonly currency: string
  /** Left out: the day it is made. */
  readonly title?: string
}) => {
  const { t } = useTranslation('billing')
  const day = useDayText()
  const money = useMoneyText()
  const format = useFormat()
  return (
    <table className="nbl-bill">
      <caption>
        {title ?? t('example.bill', { day: day(bill.on) })}
        {title === undefined ? null : <span className="nc-soft"> {day(bill.on)}</span>}
      </caption>
      <tbody>
        {bill.lines.map((line, index) => (
          // A document's lines have no other name than their place.
          <tr key={`${index} ${line.name}`}>
            <td>
              {line.name === '' ? t('example.plan') : line.name}
              <LineWhy line={line} currency={currency} />
            </td>
            <td>
              <Money minor={line.amount} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{t('example.net')}</td>
          <td>
            <Money minor={bill.net} currency={currency} />
          </td>
        </tr>
        {bill.taxes.map((tax, index) => (
          <tr key={`${index} ${tax.code}`}>
            <td className="nc-soft">
              {t('example.tax', {
                code: tax.code,
                rate: format.percent(tax.ratePpm / 1_000_000, tax.ratePpm % 10_000 === 0 ? 0 : 2),
                base: money(tax.base, currency),
              })}
            </td>
            <td>
              <Money minor={tax.tax} currency={currency} />
            </td>
          </tr>
        ))}
        <tr data-total>
          <td>{t(bill.total < 0 ? 'step.owed' : 'example.total')}</td>
          <td>
            <Money minor={bill.total} currency={currency} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

const LineWhy = ({ line, currency }: { readonly line: ExampleLine; readonly currency: string }) => {
  const { t } = useTranslation('billing')
  const day = useDayText()
  const money = useMoneyText()
  const period = t('example.period', { from: day(line.startOn), until: day(lastOf(line.endOn)) })
  const why =
    line.kind === 'one-off'
      ? [t('example.once')]
      : line.kind === 'credit'
        ? [
            period,
            t('example.creditDays', { count: line.days ?? 0 }),
            ...(line.reason === null ? [] : [t(`example.reason.${line.reason}`)]),
          ]
        : [
            period,
            ...(line.days === null || line.ofDays === null
              ? []
              : [t('example.days', { days: line.days, of: line.ofDays })]),
          ]
  return (
    <>
      <small>{why.join(' · ')}</small>
      {line.discounts.map(({ name, minor, cycle, cycles }) => (
        <small key={name}>
          {cycle === null || cycles === null
            ? name
            : t('example.promotion', { name, cycle, cycles })}
          {': '}
          {money(-minor, currency)}
        </small>
      ))}
    </>
  )
}

/** Periods are half-open; people read the last day that is in them. */
const lastOf = (endOn: string): string =>
  new Date(Date.parse(`${endOn}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
