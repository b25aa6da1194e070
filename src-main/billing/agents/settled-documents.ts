import { calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { EarningDocument, Settled } from './rules.ts'

/** The documents of one customer in one currency and what settles them, as the rules ask for them. */

interface DocumentRow {
  readonly id: string
  readonly issuedOn: string
  readonly agentId: string | null
  readonly total: number
  readonly credited: number
}

interface SettledRow {
  readonly invoiceId: string
  readonly paymentId: string | null
  readonly creditNoteId: string | null
  readonly correctsId: string | null
  readonly amount: number
  readonly on: string
}

const ofHim = `i.subscriber_id = ? AND i.currency = ? AND i.status = 'issued'
  AND i.kind IN ('invoice', 'debit-note')`

const settledOf = ({ invoiceId, paymentId, creditNoteId, correctsId, amount, on }: SettledRow) => {
  const common = { amount, on: calendarDate(on) }
  if (paymentId !== null) return { ...common, kind: 'money', fromId: null } as const
  if (creditNoteId === null) return { ...common, kind: 'write-off', fromId: null } as const
  return correctsId === invoiceId
    ? ({ ...common, kind: 'own-credit', fromId: null } as const)
    : ({ ...common, kind: 'other-credit', fromId: correctsId } as const)
}

export const settledDocuments = (
  reads: Reads,
  subscriberId: string,
  currency: string,
): readonly EarningDocument[] => {
  const documents = reads.all<DocumentRow>(
    `SELECT i.id, i.issued_on AS issuedOn, a.account_id AS agentId, i.total,
      coalesce((SELECT sum(c.total) FROM invoice c WHERE c.corrects_id = i.id
        AND c.kind = 'credit-note' AND c.status = 'issued'), 0) AS credited
      FROM invoice i LEFT JOIN invoice_agent a ON a.invoice_id = i.id
      WHERE ${ofHim} ORDER BY i.issued_on, i.id`,
    subscriberId,
    currency,
  )
  const nets = new Map<string, { planId: string | null; net: number }[]>()
  for (const { invoiceId, planId, net } of reads.all<{
    readonly invoiceId: string
    readonly planId: string | null
    readonly net: number
  }>(
    // Nobody earns by what a customer pays for being late, or by a balance that has expired.
    `SELECT l.invoice_id AS invoiceId, v.plan_id AS planId, sum(l.net) AS net FROM invoice i
      JOIN invoice_line l ON l.invoice_id = i.id LEFT JOIN plan_version v ON v.id = l.price_id
      WHERE ${ofHim} AND l.kind <> 'fee'
        AND NOT (i.kind = 'debit-note' AND i.reason IN ('dunning', 'balance-expired')) GROUP BY l.invoice_id, v.plan_id`,
    subscriberId,
    currency,
  )) {
    const known = nets.get(invoiceId) ?? []
    known.push({ planId, net })
    nets.set(invoiceId, known)
  }
  const settled = new Map<string, Settled[]>()
  for (const row of reads.all<SettledRow>(
    `SELECT l.invoice_id AS invoiceId, l.payment_id AS paymentId, l.credit_note_id AS creditNoteId,
      c.corrects_id AS correctsId, l.allocated_on AS "on", l.amount + coalesce((SELECT sum(b.amount)
        FROM allocation b WHERE b.takes_back_id = l.id), 0) AS amount
      FROM invoice i JOIN allocation l ON l.invoice_id = i.id
      LEFT JOIN invoice c ON c.id = l.credit_note_id
      WHERE ${ofHim} AND l.amount > 0 ORDER BY l.seq`,
    subscriberId,
    currency,
  )) {
    if (row.amount <= 0) continue
    const known = settled.get(row.invoiceId) ?? []
    known.push(settledOf(row))
    settled.set(row.invoiceId, known)
  }
  return documents.map((row) => ({
    ...row,
    issuedOn: calendarDate(row.issuedOn),
    nets: nets.get(row.id) ?? [],
    settled: settled.get(row.id) ?? [],
  }))
}
