import type { Output } from '../../../src-shared/contract/index.ts'
import type { Reads } from '../plans/plan-tables.ts'

/**
 * Receivables by how many days they were past due on a day: not due, 1–30, 31–60, 61–90, 91–120, over
 * 120. Only what was issued, settled and received by then counts, so that a day that is over always
 * answers the same. Free money and credit is a column of its own: Σ of the six − credit = the ledger.
 */

const asOf = `
  WITH day (today) AS (VALUES (?)), settled AS (
    SELECT invoice_id, payment_id, credit_note_id, amount FROM allocation WHERE allocated_on <= (SELECT today FROM day)
  ), item AS (
    SELECT i.subscriber_id, i.currency, CAST(julianday((SELECT today FROM day)) - julianday(i.due_on) AS INTEGER) AS days,
      i.total - coalesce((SELECT sum(amount) FROM settled WHERE invoice_id = i.id), 0) AS open,
      0 AS credit
    FROM invoice i WHERE i.status = 'issued' AND i.kind IN ('invoice', 'debit-note')
      AND i.issued_on <= (SELECT today FROM day)
    UNION ALL
    SELECT i.subscriber_id, i.currency, NULL, 0,
      i.total - coalesce((SELECT sum(amount) FROM settled WHERE credit_note_id = i.id), 0)
    FROM invoice i WHERE i.status = 'issued' AND i.kind = 'credit-note' AND i.issued_on <= (SELECT today FROM day)
    UNION ALL
    SELECT p.subscriber_id, p.currency, NULL, 0,
      p.amount - coalesce((SELECT sum(amount) FROM settled WHERE payment_id = p.id), 0)
        - coalesce((SELECT sum(amount) FROM refund WHERE payment_id = p.id
          AND refunded_on <= (SELECT today FROM day)), 0)
        - CASE WHEN EXISTS (SELECT 1 FROM payment_reversal WHERE payment_id = p.id
          AND reversed_on <= (SELECT today FROM day)) THEN p.amount ELSE 0 END
    FROM payment p WHERE p.received_on <= (SELECT today FROM day)
  ), owed AS (
    SELECT subscriber_id, currency,
      sum(CASE WHEN days <= 0 THEN open ELSE 0 END) AS notDue,
      sum(CASE WHEN days BETWEEN 1 AND 30 THEN open ELSE 0 END) AS days30,
      sum(CASE WHEN days BETWEEN 31 AND 60 THEN open ELSE 0 END) AS days60,
      sum(CASE WHEN days BETWEEN 61 AND 90 THEN open ELSE 0 END) AS days90,
      sum(CASE WHEN days BETWEEN 91 AND 120 THEN open ELSE 0 END) AS days120,
      sum(CASE WHEN days > 120 THEN open ELSE 0 END) AS older,
      sum(credit) AS credit, sum(open) - sum(credit) AS balance
    FROM item GROUP BY subscriber_id, currency HAVING sum(open) <> 0 OR sum(credit) <> 0
  )`

type Aged = Output<'billing.aged'>

export const agedReceivables = (reads: Reads, on: string, limit: number, offset: number): Aged => {
  const sums = ['notDue', 'days30', 'days60', 'days90', 'days120', 'older', 'credit', 'balance']
  const totals = reads.all<Aged['totals'][number]>(
    `${asOf} SELECT currency, count(*) AS subscribers,
      ${sums.map((name) => `sum(${name}) AS ${name}`).join(', ')}
      FROM owed GROUP BY currency ORDER BY currency`,
    on,
  )
  const rows = reads.all<Aged['rows'][number]>(
    `${asOf} SELECT o.subscriber_id AS subscriberId, s.code AS subscriberCode, s.name AS subscriberName,
      o.currency, ${sums.map((name) => `o.${name}`).join(', ')}
      FROM owed o JOIN subscriber s ON s.id = o.subscriber_id
      ORDER BY o.balance DESC, s.code, o.currency LIMIT ? OFFSET ?`,
    on,
    limit,
    offset,
  )
  return {
    totals: totals.map((row) => ({ ...row })),
    rows: rows.map((row) => ({ ...row })),
    total: totals.reduce((count, { subscribers }) => count + subscribers, 0),
  }
}
