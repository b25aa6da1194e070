import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Write-offs and wished ones as they lie in the store. */

export interface GivenUp {
  readonly documentId: string
  readonly amount: number
}

export interface WriteOffWish {
  readonly id: string
  readonly version: number
  readonly subscriberId: string
  readonly currency: CurrencyCode
  readonly documents: readonly GivenUp[]
  readonly reason: string
  readonly createdAt: number
  readonly createdBy: string | null
}

type WishRow = Omit<WriteOffWish, 'documents'> & { readonly documents: string }

const wishColumns = `id, version, subscriber_id AS subscriberId, currency, documents, reason,
  created_at AS createdAt, created_by AS createdBy`

const wishOf = (row: WishRow): WriteOffWish => ({
  ...row,
  documents: JSON.parse(row.documents) as GivenUp[],
})

export const wishById = (reads: Reads, id: string): WriteOffWish | null => {
  const [row] = reads.all<WishRow>(`SELECT ${wishColumns} FROM write_off_wish WHERE id = ?`, id)
  return row === undefined ? null : wishOf(row)
}

export const wishesOf = (reads: Reads, subscriberId: string): readonly WriteOffWish[] =>
  reads
    .all<WishRow>(
      `SELECT ${wishColumns} FROM write_off_wish WHERE subscriber_id = ? ORDER BY created_at, id`,
      subscriberId,
    )
    .map(wishOf)

export const putWish = (tx: Transaction, wish: WriteOffWish): void => {
  tx.run(
    `INSERT INTO write_off_wish (id, version, subscriber_id, currency, documents, reason,
      created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    wish.id,
    wish.version,
    wish.subscriberId,
    wish.currency,
    JSON.stringify(wish.documents),
    wish.reason,
    wish.createdAt,
    wish.createdBy,
  )
}

export const removeWish = (tx: Transaction, id: string): void => {
  tx.run(`DELETE FROM write_off_wish WHERE id = ?`, id)
}

export interface WriteOffRow {
  readonly id: string
  readonly subscriberId: string
  readonly currency: CurrencyCode
  readonly amount: number
  readonly on: CalendarDate
  readonly reason: string
  readonly at: number
  readonly by: string | null
  readonly reversedOn: string | null
  readonly reversalReason: string | null
}

const rowColumns = `w.id, w.subscriber_id AS subscriberId, w.currency, w.amount,
  w.written_off_on AS "on", w.reason, w.at, w.by, r.reversed_on AS reversedOn,
  r.reason AS reversalReason`
const fromRows = `write_off w LEFT JOIN write_off_reversal r ON r.write_off_id = w.id`

export const writeOffById = (reads: Reads, id: string): WriteOffRow | null => {
  const [row] = reads.all<WriteOffRow>(`SELECT ${rowColumns} FROM ${fromRows} WHERE w.id = ?`, id)
  return row === undefined ? null : { ...row }
}

export const writeOffsOf = (reads: Reads, subscriberId: string): readonly WriteOffRow[] =>
  reads
    .all<WriteOffRow>(
      `SELECT ${rowColumns} FROM ${fromRows} WHERE w.subscriber_id = ? ORDER BY w.at DESC, w.id DESC`,
      subscriberId,
    )
    .map((row) => ({ ...row }))

/** What it settled when it was made, in that order. */
export const settledByWriteOff = (
  reads: Reads,
  id: string,
): readonly (GivenUp & {
  readonly id: string
  readonly number: string
  readonly on: CalendarDate
})[] =>
  reads
    .all<GivenUp & { readonly id: string; readonly number: string; readonly on: CalendarDate }>(
      `SELECT a.id, a.invoice_id AS documentId, i.number, a.amount, a.allocated_on AS "on"
        FROM allocation a JOIN invoice i ON i.id = a.invoice_id
        WHERE a.write_off_id = ? AND a.amount > 0 ORDER BY a.seq`,
      id,
    )
    .map((row) => ({ ...row }))

/** Written off for somebody within the time; what was taken back since counts as well. */
export const writtenOffSince = (
  reads: Reads,
  of: { readonly subscriberId: string; readonly currency: string },
  since: number,
): number =>
  reads.all<{ readonly amount: number }>(
    `SELECT coalesce(sum(amount), 0) AS amount FROM write_off WHERE subscriber_id = ?
      AND currency = ? AND at > ?`,
    of.subscriberId,
    of.currency,
    since,
  )[0]?.amount ?? 0

export const putWriteOff = (
  tx: Transaction,
  row: Omit<WriteOffRow, 'reversedOn' | 'reversalReason'>,
): void => {
  tx.run(
    `INSERT INTO write_off (id, subscriber_id, currency, amount, written_off_on, reason, at, by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.subscriberId,
    row.currency,
    safeMinor(row.amount),
    row.on,
    row.reason,
    row.at,
    row.by,
  )
}

export const putWriteOffReversal = (
  tx: Transaction,
  row: {
    readonly id: string
    readonly writeOffId: string
    readonly on: CalendarDate
    readonly reason: string
    readonly at: number
    readonly by: string | null
  },
): void => {
  tx.run(
    `INSERT INTO write_off_reversal (id, write_off_id, reversed_on, reason, at, by)
      VALUES (?, ?, ?, ?, ?, ?)`,
    row.id,
    row.writeOffId,
    row.on,
    row.reason,
    row.at,
    row.by,
  )
}
