import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BilledRow } from '../subscription-facts.ts'

/**
 * Which days of a subscription stand billed. The live key is unique and days of one kind never
 * overlap: the database itself refuses to bill a day twice.
 */

/** A row of the rules with its place in the store. */
export interface BilledPeriod extends BilledRow {
  readonly id: string
  /** Null: the days cost nothing and stand on no document. */
  readonly invoiceLineId: string | null
}

interface Row {
  readonly id: string
  readonly chargeKind: string
  readonly priceId: string
  readonly name: string
  readonly start: CalendarDate
  readonly end: CalendarDate
  readonly amount: number
  readonly lineId: string | null
  readonly left: number | null
}

export const livePeriods = (reads: Reads, subscriptionId: string): readonly BilledPeriod[] =>
  reads
    .all<Row>(
      `SELECT p.id, p.charge_kind AS chargeKind, p.price_id AS priceId, p.name,
        p.period_start_on AS start, p.period_end_on AS "end", p.amount,
        p.invoice_line_id AS lineId, l.amount - coalesce((SELECT sum(c.amount)
          FROM invoice_line c JOIN invoice n ON n.id = c.invoice_id
          WHERE c.corrects_line_id = l.id AND n.status = 'issued'), 0) AS "left"
        FROM billed_period p LEFT JOIN invoice_line l ON l.id = p.invoice_line_id
        WHERE p.subscription_id = ? AND p.live_key NOT LIKE 'void|%' ORDER BY p.period_start_on, p.id`,
      subscriptionId,
    )
    .map((row) => ({
      id: row.id,
      // What is on no document is a line of its own to the rules.
      lineId: row.lineId ?? row.id,
      invoiceLineId: row.lineId,
      chargeKind: row.chargeKind,
      planVersionId: row.priceId,
      name: row.name,
      range: { start: row.start, end: row.end },
      amount: row.amount,
      left: row.left ?? row.amount,
    }))

export const putPeriod = (
  tx: Transaction,
  period: Omit<BilledPeriod, 'lineId' | 'left'> & {
    readonly subscriptionId: string
    readonly currency: string
  },
): void => {
  const { start, end } = period.range
  tx.run(
    `INSERT INTO billed_period (id, subscription_id, charge_kind, price_id, name, period_start_on,
      period_end_on, amount, currency, invoice_line_id, live_key)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    period.id,
    period.subscriptionId,
    period.chargeKind,
    period.planVersionId,
    period.name,
    start,
    end,
    safeMinor(period.amount),
    period.currency,
    period.invoiceLineId,
    `${period.subscriptionId}|${period.chargeKind}|${start}|${end}`,
  )
}

/** Given back: the days may be billed again. */
export const voidPeriod = (tx: Transaction, id: string): void => {
  tx.run(`UPDATE billed_period SET live_key = 'void|' || id WHERE id = ?`, id)
}

export const setBilledThrough = (
  tx: Transaction,
  subscriptionId: string,
  throughOn: CalendarDate,
): void => {
  tx.run(
    `UPDATE subscription SET billed_through_on = ? WHERE id = ? AND billed_through_on IS NOT ?`,
    throughOn,
    subscriptionId,
    throughOn,
  )
}

/** Days of a document's lines that were given back whole: they stand billed no longer. */
export const voidCredited = (tx: Transaction, invoiceId: string): void => {
  const rows = tx.all<{
    readonly id: string
    readonly subscriptionId: string
    readonly start: CalendarDate
  }>(
    `SELECT p.id, p.subscription_id AS subscriptionId, p.period_start_on AS start
      FROM billed_period p JOIN invoice_line l ON l.id = p.invoice_line_id
      WHERE l.invoice_id = ? AND p.live_key NOT LIKE 'void|%' AND l.amount = (
        SELECT coalesce(sum(c.amount), 0) FROM invoice_line c JOIN invoice n ON n.id = c.invoice_id
        WHERE c.corrects_line_id = l.id AND n.status = 'issued')
      ORDER BY p.period_start_on DESC`,
    invoiceId,
  )
  for (const { id, subscriptionId, start } of rows) {
    voidPeriod(tx, id)
    // The next run looks at it from there on.
    setBilledThrough(tx, subscriptionId, start)
  }
}
