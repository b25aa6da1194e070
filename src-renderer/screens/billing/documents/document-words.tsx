import { useTranslation } from 'react-i18next'
import type {
  DocumentHead,
  DocumentLineRow,
  DocumentTaxRow,
} from '../../../../src-shared/contract/billing-documents-model.ts'
import { useDayText } from '../../../components/day.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { useBillingSettings } from '../../../state/billing.ts'
import { lastDayOf } from '../subscriptions/subscription-words.ts'

/** How a document stands, and why its lines cost what they cost, in words. */

type Standing = Pick<DocumentHead, 'kind' | 'state' | 'total' | 'settled' | 'credited' | 'dueOn'>

/** What of an invoice or debit note nobody has settled. */
export const openOf = ({ kind, state, total, settled }: Standing): number =>
  state === 'issued' && (kind === 'invoice' || kind === 'debit-note') ? total - settled : 0

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** Words beside colour: never colour alone. */
export const StandBadge = ({ document }: { readonly document: Standing }) => {
  const { t } = useTranslation('billing-documents')
  const format = useFormat()
  const today = useBillingSettings()?.today
  const { kind, state, dueOn, settled, credited, total } = document
  const open = openOf(document)
  const late = today === undefined || dueOn === null ? 0 : daysBetween(dueOn, today)
  const [word, tone] =
    state === 'draft'
      ? ([t('stand.draft'), 'off'] as const)
      : kind === 'proforma'
        ? ([t('stand.offer'), undefined] as const)
        : kind === 'credit-note'
          ? ([t('stand.note'), undefined] as const)
          : credited >= total
            ? ([t('stand.credited'), undefined] as const)
            : open === 0
              ? ([t('stand.settled'), 'live'] as const)
              : late > 0
                ? ([
                    t('stand.overdue', { count: late, days: format.number(late) }),
                    'warn',
                  ] as const)
                : settled > 0
                  ? ([t('stand.part'), undefined] as const)
                  : ([t('stand.open'), undefined] as const)
  return (
    <span className="nbl-chip" data-tone={tone}>
      {word}
    </span>
  )
}

type Explained = Pick<DocumentLineRow, 'description' | 'explanation'>

/** Each reason of a line as a short sentence; the same words as bills that are looked at. */
export const useLineWords = (currency: string): ((line: Explained) => readonly string[]) => {
  const { t } = useTranslation('billing-documents')
  const { t: tBilling } = useTranslation('billing')
  const day = useDayText()
  const money = useMoneyText()
  const format = useFormat()
  const period = (from: string, until: string): string =>
    tBilling('example.period', { from: day(from), until: day(lastDayOf(until)) })
  return ({ description, explanation }) =>
    explanation.flatMap(({ why, discounts }) => {
      const of =
        why.name === '' || why.name === description ? [] : [t('why.of', { name: why.name })]
      const parts =
        why.kind === 'once'
          ? [t('why.once', { day: day(why.on) }), ...of]
          : why.kind === 'whole'
            ? [period(why.from, why.until), ...of]
            : why.kind === 'begun'
              ? [period(why.from, why.until), t('why.begun'), ...of]
              : why.kind === 'days'
                ? [
                    period(why.from, why.until),
                    tBilling('example.days', {
                      days: format.number(why.days),
                      of: format.number(why.of),
                    }),
                    ...(why.fixed ? [t('why.fixed')] : []),
                    ...of,
                  ]
                : [
                    period(why.from, why.until),
                    tBilling('example.creditDays', { count: why.days }),
                    tBilling(`example.reason.${why.reason}`),
                    ...of,
                  ]
      return [
        parts.join(' · '),
        ...discounts.map(({ name, minor, cycle, cycles }) =>
          cycle === null || cycles === null
            ? t('lines.discountOf', { name, amount: money(-minor, currency) })
            : t('lines.promotion', { name, cycle, cycles, amount: money(-minor, currency) }),
        ),
      ]
    })
}

type Taxed = Pick<DocumentTaxRow, 'ratePpm' | 'baseNum' | 'baseDen'>

/** "31 days: 12 at Home 20, 19 at Home 50; tax 11 %"; null: no days are charged. */
export const useDaySentence = (): ((of: {
  readonly days: number
  readonly daysAt: readonly { readonly name: string; readonly days: number }[]
  readonly taxes: readonly Taxed[]
}) => string | null) => {
  const { t } = useTranslation('billing-documents')
  const format = useFormat()
  return ({ days, daysAt, taxes }) => {
    if (daysAt.length === 0) return null
    const rates = taxes.map(({ ratePpm, baseNum, baseDen }) => (ratePpm * baseNum) / baseDen)
    const shown = [...new Set(rates)].map((ppm) =>
      format.percent(ppm / 1_000_000, Math.abs(Math.round(ppm) % 10_000) === 0 ? 0 : 2),
    )
    const tax =
      shown.length === 0 ? t('sentence.noTax') : t('sentence.tax', { rate: shown.join(' + ') })
    const all = t('sentence.days', { count: days, days: format.number(days) })
    if (daysAt.length === 1) return `${t('sentence.only', { all, name: daysAt[0]!.name })}; ${tax}`
    const parts = daysAt.map((part) =>
      t('sentence.at', { days: format.number(part.days), name: part.name }),
    )
    return `${all}: ${parts.join(', ')}; ${tax}`
  }
}

/** "PPN 12 % on 11/12 …": of a tax as documents show it. */
export const useTaxWords = (currency: string) => {
  const { t } = useTranslation('billing-documents')
  const money = useMoneyText()
  const format = useFormat()
  return (tax: Taxed & { readonly name: string; readonly base: number }): string =>
    t('totals.tax', {
      name: tax.name,
      rate: format.percent(tax.ratePpm / 1_000_000, tax.ratePpm % 10_000 === 0 ? 0 : 2),
      base: money(tax.base, currency),
    })
}
