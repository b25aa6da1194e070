import type { Output } from '../../../src-shared/contract/index.ts'
import { addMoney, money } from '../../../src-shared/domain/money.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Reads } from '../plans/plan-tables.ts'

/**
 * Taxes and revenue of the documents issued on [fromOn, untilOn): invoices and debit notes less
 * credit notes, each on the day on which it was issued. Proformas are no revenue.
 */

type Report = Output<'billing.report'>
type TaxRow = Report['taxes'][number]
type RevenueRow = Report['revenue'][number]
type SumRow = Report['sums'][number]

/** So many documents between two turns. */
const pageSize = 1_000

interface Head {
  readonly id: string
  readonly day: string
  readonly currency: string
  readonly sign: number
  readonly net: number
  readonly tax: number
  readonly rounding: number
}

const headsAfter = (reads: Reads, day: string, id: string, untilOn: string): readonly Head[] =>
  reads.all<Head>(
    `SELECT id, issued_on AS day, currency, CASE kind WHEN 'credit-note' THEN -1 ELSE 1 END AS sign,
      net, tax, rounding FROM invoice WHERE status = 'issued' AND kind <> 'proforma'
      AND (issued_on, id) > (?, ?) AND issued_on < ? ORDER BY issued_on, id LIMIT ?`,
    day,
    id,
    untilOn,
    pageSize,
  )

const signed = (column: string): string =>
  `sum(CASE i.kind WHEN 'credit-note' THEN -${column} ELSE ${column} END)`

const taxesOf = (reads: Reads, ids: string): readonly TaxRow[] =>
  reads.all<TaxRow>(
    `SELECT i.currency, t.code, max(t.name) AS name, t.rate_ppm AS ratePpm, t.base_num AS baseNum,
      t.base_den AS baseDen, t.relief, ${signed('t.base')} AS base, ${signed('t.amount')} AS amount
      FROM invoice_tax t JOIN invoice i ON i.id = t.invoice_id
      WHERE t.invoice_id IN (SELECT value FROM json_each(?))
      GROUP BY i.currency, t.code, t.rate_ppm, t.base_num, t.base_den, t.relief`,
    ids,
  )

const revenueOf = (reads: Reads, ids: string): readonly RevenueRow[] =>
  reads.all<RevenueRow>(
    `SELECT i.currency, l.description AS name, count(*) AS lines, ${signed('l.net')} AS net,
      ${signed('l.tax')} AS tax FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
      WHERE l.invoice_id IN (SELECT value FROM json_each(?)) GROUP BY i.currency, l.description`,
    ids,
  )

/** Adds rows of one key; sums beyond what a double holds exactly are refused, never rounded. */
const merge = <Row extends { readonly currency: string }>(
  into: Map<string, Row>,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  add: (a: Row, b: Row, sum: (one: number, other: number) => number) => Row,
): void => {
  for (const row of rows) {
    const key = keyOf(row)
    const known = into.get(key)
    const currency = currencyCode(row.currency)
    const sum = (one: number, other: number): number =>
      addMoney(money(one, currency), money(other, currency)).minor
    into.set(key, known === undefined ? { ...row } : add(known, row, sum))
  }
}

const byText = <Row>(rows: Iterable<Row>, keyOf: (row: Row) => string): Row[] =>
  [...rows].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0))

const taxKey = (row: TaxRow): string =>
  [
    row.currency,
    row.code,
    String(row.ratePpm).padStart(8, '0'),
    row.baseNum,
    row.baseDen,
    row.relief ?? '',
  ].join(' ')
const nameKey = (row: RevenueRow): string => `${row.currency} ${row.name}`

export const makeReport = async (
  reads: Reads,
  of: { readonly fromOn: string; readonly untilOn: string },
  deps: {
    readonly nextTurn: () => Promise<void>
    readonly signal: AbortSignal
    readonly progress: (documents: number) => void
  },
): Promise<Report> => {
  const taxes = new Map<string, TaxRow>()
  const revenue = new Map<string, RevenueRow>()
  const sums = new Map<string, SumRow>()
  let documents = 0
  // Before every id of the first day.
  let [day, id] = [of.fromOn, '']
  for (;;) {
    const page = headsAfter(reads, day, id, of.untilOn)
    const last = page.at(-1)
    if (last === undefined) break
    const ids = JSON.stringify(page.map((head) => head.id))
    merge(taxes, taxesOf(reads, ids), taxKey, (a, b, sum) => ({
      ...a,
      base: sum(a.base, b.base),
      amount: sum(a.amount, b.amount),
    }))
    merge(revenue, revenueOf(reads, ids), nameKey, (a, b, sum) => ({
      ...a,
      lines: a.lines + b.lines,
      net: sum(a.net, b.net),
      tax: sum(a.tax, b.tax),
    }))
    const heads = page.map(({ currency, sign, net, tax, rounding }) => ({
      currency,
      documents: 1,
      net: sign * net,
      tax: sign * tax,
      rounding: sign * rounding,
      total: sign * (net + tax + rounding),
    }))
    merge(
      sums,
      heads,
      ({ currency }) => currency,
      (a, b, sum) => ({
        currency: a.currency,
        documents: a.documents + b.documents,
        net: sum(a.net, b.net),
        tax: sum(a.tax, b.tax),
        rounding: sum(a.rounding, b.rounding),
        total: sum(a.total, b.total),
      }),
    )
    documents += page.length
    deps.progress(documents)
    ;({ day, id } = last)
    await deps.nextTurn()
    deps.signal.throwIfAborted()
  }
  return {
    documents,
    taxes: byText(taxes.values(), taxKey),
    revenue: byText(revenue.values(), nameKey),
    sums: byText(sums.values(), ({ currency }) => currency),
  }
}
