import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import { issueDraft, putDraft, type Issue } from '../documents/write-document.ts'
import type { DocumentDraft } from '../documents/document-draft.ts'
import type { SubscriptionFacts } from '../subscription-facts.ts'
import { livePeriods, putPeriod, setBilledThrough, voidPeriod } from './billed-periods.ts'
import type { PlannedBilling } from './plan-billing.ts'

/** Writes what was planned for a subscription, in the one transaction of its billing. */
export const writeBilling = (
  tx: Transaction,
  facts: SubscriptionFacts,
  planned: PlannedBilling,
  of: {
    readonly issue: (draft: DocumentDraft) => Issue
    readonly newId: () => string
    readonly at: number
    readonly accountId: string | null
    /** Once a document is issued, in the same transaction. */
    readonly issued: (tx: Transaction, draft: DocumentDraft, number: string) => void
  },
): void => {
  const { newId, at, accountId } = of
  const { id: subscriptionId, currency } = facts
  const put = (draft: DocumentDraft): void => {
    putDraft(tx, draft, { at, accountId })
    of.issued(tx, draft, issueDraft(tx, draft, of.issue(draft)))
  }
  const before = livePeriods(tx, subscriptionId)
  for (const draft of planned.creditNotes) put(draft)
  for (const credit of planned.credits) {
    const row = before.find(
      ({ lineId, chargeKind, range }) =>
        lineId === credit.lineId &&
        chargeKind === credit.chargeKind &&
        range.start === credit.billed.start,
    )
    if (row === undefined) throw new Error('a credit of days that do not stand billed')
    voidPeriodOnce(tx, row.id)
    for (const part of credit.kept)
      putPeriod(tx, { ...row, ...part, id: newId(), subscriptionId, currency })
  }
  for (const { draft, periods } of planned.invoices) {
    if (draft !== null) put(draft)
    for (const { charge, lineId, amount } of periods)
      putPeriod(tx, {
        id: newId(),
        subscriptionId,
        currency,
        chargeKind: charge.chargeKind,
        planVersionId: charge.planVersionId,
        name: charge.name,
        range: charge.range,
        amount,
        invoiceLineId: lineId,
      })
  }
  const through = throughOf(facts, planned)
  if (through !== null) setBilledThrough(tx, subscriptionId, through)
}

/** Several credits may be of one row. */
const voidPeriodOnce = (tx: Transaction, id: string): void => {
  const live = tx.get<{ readonly live: number }>(
    `SELECT live_key NOT LIKE 'void|%' AS live FROM billed_period WHERE id = ?`,
    id,
  )
  if (live?.live === 1) voidPeriod(tx, id)
}

/** What never came to be is billed through its end: nobody looks at it again. */
const throughOf = (
  { endsOn, startsOn }: SubscriptionFacts,
  { throughOn }: PlannedBilling,
): CalendarDate | null => throughOn ?? (endsOn !== null && endsOn <= startsOn ? endsOn : null)
