import type { LedgerKind } from '../../../src-shared/contract/billing-documents-model.ts'
import type { PaymentMethod } from '../../../src-shared/contract/billing-payments.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { JournalSource } from './journal-entries.ts'

/** The ledger in the order of days, page by page, with what its entries are made of. */

export interface JournalRow extends JournalSource {
  readonly seq: number
  readonly on: string
  readonly currency: string
  /** Of the document or the receipt; '': none. */
  readonly number: string
  readonly subscriberCode: string
  readonly subscriberName: string
}

interface Row {
  readonly seq: number
  readonly on: string
  readonly kind: LedgerKind
  readonly amount: number
  readonly currency: string
  readonly invoiceId: string | null
  readonly rounding: number | null
  readonly number: string | null
  readonly method: PaymentMethod | null
  readonly cashRounding: number
  readonly subscriberCode: string
  readonly subscriberName: string
}

const pageSize = 200

export const journalPage = (
  reads: Reads,
  after: { readonly on: string; readonly seq: number },
  untilOn: string,
): readonly JournalRow[] => {
  const rows = reads.all<Row>(
    `SELECT e.seq, e.entry_on AS "on", e.kind, e.amount, e.currency, i.id AS invoiceId, i.rounding,
      coalesce(i.number, p.number, q.number) AS number, coalesce(p.method, r.method, q.method) AS method,
      coalesce(CASE
        WHEN p.id IS NOT NULL THEN (SELECT m.amount FROM cash_move m
          WHERE m.payment_id = p.id AND m.kind = 'rounding' ORDER BY m.seq LIMIT 1)
        WHEN v.id IS NOT NULL THEN (SELECT m.amount FROM cash_move m
          WHERE m.payment_id = v.payment_id AND m.kind = 'rounding' ORDER BY m.seq LIMIT 1 OFFSET 1)
      END, 0) AS cashRounding,
      s.code AS subscriberCode, s.name AS subscriberName
      FROM ledger_entry e JOIN subscriber s ON s.id = e.subscriber_id
      LEFT JOIN invoice i ON i.id = e.doc_id AND e.kind IN ('invoice', 'debit-note', 'credit-note')
      LEFT JOIN payment p ON p.id = e.doc_id
      LEFT JOIN payment_reversal v ON v.id = e.doc_id LEFT JOIN refund r ON r.id = e.doc_id
      LEFT JOIN payment q ON q.id = coalesce(v.payment_id, r.payment_id)
      WHERE (e.entry_on, e.seq) > (?, ?) AND e.entry_on < ? ORDER BY e.entry_on, e.seq LIMIT ?`,
    after.on,
    after.seq,
    untilOn,
    pageSize,
  )
  const ids = JSON.stringify(rows.flatMap(({ invoiceId }) => invoiceId ?? []))
  const groups = groupsOf(reads, ids)
  return rows.map(({ invoiceId, rounding, number, ...row }) => ({
    ...row,
    number: number ?? '',
    document:
      invoiceId === null
        ? null
        : { rounding: rounding ?? 0, groups: [...(groups.get(invoiceId)?.values() ?? [])] },
  }))
}

interface Group {
  readonly net: number
  readonly taxes: { readonly code: string; readonly ratePpm: number; readonly amount: number }[]
}

const groupsOf = (reads: Reads, ids: string): ReadonlyMap<string, ReadonlyMap<number, Group>> => {
  const found = new Map<string, Map<number, Group>>()
  const nets = reads.all<{ id: string; place: number; net: number }>(
    `SELECT invoice_id AS id, tax_group AS place, sum(net) AS net FROM invoice_line
      WHERE invoice_id IN (SELECT value FROM json_each(?)) GROUP BY invoice_id, tax_group
      ORDER BY invoice_id, tax_group`,
    ids,
  )
  for (const { id, place, net } of nets) {
    const of = found.get(id) ?? new Map<number, Group>()
    of.set(place, { net, taxes: [] })
    found.set(id, of)
  }
  const taxes = reads.all<{
    id: string
    place: number
    code: string
    ratePpm: number
    amount: number
  }>(
    `SELECT invoice_id AS id, tax_group AS place, code, rate_ppm AS ratePpm, amount FROM invoice_tax
      WHERE invoice_id IN (SELECT value FROM json_each(?)) ORDER BY invoice_id, tax_group, seq`,
    ids,
  )
  for (const { id, place, ...tax } of taxes) found.get(id)?.get(place)?.taxes.push(tax)
  return found
}
