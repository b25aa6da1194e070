import type { DocumentRecord } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** What settles a document, and what a credit note settles, without what was taken back of it. */

const left = `a.amount + coalesce((SELECT sum(b.amount) FROM allocation b
  WHERE b.takes_back_id = a.id), 0)`

type Settlement = DocumentRecord['settledBy'][number]

export const settledBy = (reads: Reads, invoiceId: string): readonly Settlement[] =>
  reads
    .all<Settlement>(
      `SELECT * FROM (
        SELECT CASE WHEN a.payment_id IS NOT NULL THEN 'payment'
            WHEN a.credit_note_id IS NOT NULL THEN 'credit-note' ELSE 'write-off' END AS kind,
          coalesce(a.payment_id, a.credit_note_id, a.write_off_id) AS id,
          coalesce(p.number, n.number, '') AS number,
          a.allocated_on AS "on", ${left} AS amount, a.seq FROM allocation a
          LEFT JOIN payment p ON p.id = a.payment_id
          LEFT JOIN invoice n ON n.id = a.credit_note_id
          WHERE a.invoice_id = ? AND a.amount > 0)
        WHERE amount > 0 ORDER BY seq`,
      invoiceId,
    )
    .map(({ kind, id, number, on, amount }) => ({ kind, id, number, on, amount }))

type Settled = DocumentRecord['settles'][number]

export const settledByNote = (reads: Reads, noteId: string): readonly Settled[] =>
  reads
    .all<Settled>(
      `SELECT * FROM (
        SELECT a.invoice_id AS id, i.number, a.allocated_on AS "on", ${left} AS amount, a.seq
          FROM allocation a JOIN invoice i ON i.id = a.invoice_id
          WHERE a.credit_note_id = ? AND a.amount > 0)
        WHERE amount > 0 ORDER BY seq`,
      noteId,
    )
    .map(({ id, number, on, amount }) => ({ id, number, on, amount }))
