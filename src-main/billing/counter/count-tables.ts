import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { Piece } from './session-tables.ts'

/** What stands beside a session: counts in between, corrections, who signed it, what was printed. */

export const putCount = (
  tx: Transaction,
  count: {
    readonly id: string
    readonly sessionId: string
    readonly counted: number
    readonly expected: number
    readonly pieces: readonly Piece[] | null
    readonly at: number
    readonly by: string | null
  },
): void => {
  tx.run(
    `INSERT INTO cash_count (id, session_id, counted, expected, pieces, at, by)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    count.id,
    count.sessionId,
    safeMinor(count.counted),
    safeMinor(count.expected),
    count.pieces === null ? null : JSON.stringify(count.pieces),
    count.at,
    count.by,
  )
}

export const countById = (
  reads: Reads,
  id: string,
): { readonly sessionId: string; readonly counted: number; readonly expected: number } | null =>
  reads.all<{ sessionId: string; counted: number; expected: number }>(
    `SELECT session_id AS sessionId, counted, expected FROM cash_count WHERE id = ?`,
    id,
  )[0] ?? null

/** The latest first. */
export const countsOf = (
  reads: Reads,
  sessionId: string,
): { id: string; counted: number; expected: number; at: number }[] =>
  reads
    .all<{ id: string; counted: number; expected: number; at: number }>(
      `SELECT id, counted, expected, at FROM cash_count WHERE session_id = ?
        ORDER BY at DESC, id DESC LIMIT 50`,
      sessionId,
    )
    .map((row) => ({ ...row }))

export interface CorrectionRecord {
  readonly id: string
  readonly amount: number
  readonly reason: string
  readonly at: number
  readonly by: string
}

export const correctionsOf = (reads: Reads, sessionId: string): readonly CorrectionRecord[] =>
  reads.all<CorrectionRecord>(
    `SELECT id, amount, reason, at, by FROM cash_correction WHERE session_id = ? ORDER BY at, id`,
    sessionId,
  )

export const correctionById = (
  reads: Reads,
  id: string,
): { readonly sessionId: string; readonly amount: number } | null =>
  reads.all<{ sessionId: string; amount: number }>(
    `SELECT session_id AS sessionId, amount FROM cash_correction WHERE id = ?`,
    id,
  )[0] ?? null

export const putCorrection = (
  tx: Transaction,
  sessionId: string,
  { id, amount, reason, at, by }: CorrectionRecord,
): void => {
  tx.run(
    `INSERT INTO cash_correction (id, session_id, amount, reason, at, by) VALUES (?, ?, ?, ?, ?, ?)`,
    id,
    sessionId,
    safeMinor(amount),
    reason,
    at,
    by,
  )
}

export const putSign = (
  tx: Transaction,
  sign: {
    readonly sessionId: string
    readonly note: string
    readonly at: number
    readonly by: string
  },
): void => {
  tx.run(
    `INSERT INTO cash_sign (session_id, note, at, by) VALUES (?, ?, ?, ?)`,
    sign.sessionId,
    sign.note,
    sign.at,
    sign.by,
  )
}

export const timesPrinted = (reads: Reads, paymentId: string): number =>
  reads.all<{ count: number }>(
    `SELECT count(*) AS count FROM receipt_print WHERE payment_id = ?`,
    paymentId,
  )[0]?.count ?? 0

export const putPrint = (
  tx: Transaction,
  print: {
    readonly id: string
    readonly paymentId: string
    readonly at: number
    readonly by: string | null
  },
): void => {
  tx.run(
    `INSERT INTO receipt_print (id, payment_id, at, by) VALUES (?, ?, ?, ?)`,
    print.id,
    print.paymentId,
    print.at,
    print.by,
  )
}
