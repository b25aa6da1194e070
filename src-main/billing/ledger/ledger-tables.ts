import type { LedgerKind } from '../../../src-shared/contract/billing-documents-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/**
 * What subscribers owe: entries that are only ever added. Positive is owed by the subscriber,
 * negative is in his favour. It is the one truth of his balance.
 */
export interface LedgerEntry {
  readonly id: string
  readonly subscriberId: string
  readonly on: CalendarDate
  readonly at: number
  readonly kind: LedgerKind
  /** The document, payment or other thing that it tells of; one entry of a kind for each. */
  readonly docId: string | null
  readonly currency: CurrencyCode
  readonly amount: number
}

export const balanceOf = (reads: Reads, subscriberId: string, currency: string): number =>
  reads.all<{ readonly balance: number }>(
    `SELECT balance_after AS balance FROM ledger_entry WHERE subscriber_id = ? AND currency = ?
      ORDER BY seq DESC LIMIT 1`,
    subscriberId,
    currency,
  )[0]?.balance ?? 0

/** Returns the balance after it. */
export const appendLedger = (tx: Transaction, entry: LedgerEntry): number => {
  const balance = safeMinor(
    balanceOf(tx, entry.subscriberId, entry.currency) + safeMinor(entry.amount),
  )
  tx.run(
    `INSERT INTO ledger_entry (id, subscriber_id, entry_on, at, kind, doc_id, currency, amount,
      balance_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.id,
    entry.subscriberId,
    entry.on,
    entry.at,
    entry.kind,
    entry.docId,
    entry.currency,
    entry.amount,
    balance,
  )
  return balance
}

export interface LedgerRow {
  readonly id: string
  readonly on: string
  readonly at: number
  readonly kind: LedgerKind
  readonly docId: string | null
  readonly number: string | null
  readonly paymentId: string | null
  readonly amount: number
  readonly balanceAfter: number
}

/** In the order of days, then of entry: [fromOn, untilOn), at most `limit`. */
export const ledgerRows = (
  reads: Reads,
  of: {
    readonly subscriberId: string
    readonly currency: string
    readonly fromOn: string
    readonly untilOn: string
    readonly offset: number
    readonly limit: number
  },
): readonly LedgerRow[] =>
  reads
    .all<LedgerRow>(
      `SELECT e.id, e.entry_on AS "on", e.at, e.kind, e.doc_id AS docId,
        coalesce(i.number, p.number) AS number, p.id AS paymentId, e.amount, e.balance_after AS balanceAfter
        FROM ledger_entry e LEFT JOIN invoice i ON i.id = e.doc_id
        LEFT JOIN payment_reversal v ON v.id = e.doc_id
        LEFT JOIN refund r ON r.id = e.doc_id
        LEFT JOIN payment p ON p.id = coalesce(v.payment_id, r.payment_id, e.doc_id)
        WHERE e.subscriber_id = ? AND e.currency = ? AND e.entry_on >= ? AND e.entry_on < ?
        ORDER BY e.entry_on, e.seq LIMIT ? OFFSET ?`,
      of.subscriberId,
      of.currency,
      of.fromOn,
      of.untilOn,
      of.limit,
      of.offset,
    )
    .map((row) => ({ ...row }))

/** Σ of the entries before a day, and of those in [fromOn, untilOn) with their number. */
export const ledgerSums = (
  reads: Reads,
  of: {
    readonly subscriberId: string
    readonly currency: string
    readonly fromOn: string
    readonly untilOn: string
  },
): { readonly opening: number; readonly sum: number; readonly count: number } => {
  const [row] = reads.all<{ opening: number | null; sum: number | null; count: number | null }>(
    `SELECT sum(CASE WHEN entry_on < ? THEN amount END) AS opening,
      sum(CASE WHEN entry_on >= ? THEN amount END) AS sum,
      sum(CASE WHEN entry_on >= ? THEN 1 END) AS count
      FROM ledger_entry WHERE subscriber_id = ? AND currency = ? AND entry_on < ?`,
    of.fromOn,
    of.fromOn,
    of.fromOn,
    of.subscriberId,
    of.currency,
    of.untilOn,
  )
  return { opening: row?.opening ?? 0, sum: row?.sum ?? 0, count: row?.count ?? 0 }
}

/** Currencies in which there are entries of his, in alphabetical order. */
export const ledgerCurrencies = (reads: Reads, subscriberId: string): readonly string[] =>
  reads
    .all<{ readonly currency: string }>(
      `SELECT DISTINCT currency FROM ledger_entry WHERE subscriber_id = ? ORDER BY currency`,
      subscriberId,
    )
    .map(({ currency }) => currency)
