import type {
  CashMoveKind,
  CashReport,
} from '../../../src-shared/contract/billing-counter-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Sessions and what moved in them, as they are written and read back. */

export interface Piece {
  readonly value: number
  readonly count: number
}

export interface SessionRecord {
  readonly id: string
  readonly tillId: string
  readonly tillName: string
  readonly accountId: string
  readonly currency: CurrencyCode
  readonly openedAt: number
  readonly openedOn: string
  readonly float: number
  readonly number: number | null
  readonly closedAt: number | null
  readonly closedOn: string | null
  readonly closedBy: string | null
  readonly counted: number | null
  readonly difference: number | null
  readonly reason: string
  readonly pieces: readonly Piece[] | null
  /** Of a closed one: as it was then. */
  readonly report: CashReport | null
  readonly signedAt: number | null
  readonly signedBy: string | null
  readonly signNote: string | null
}

interface SessionRow extends Omit<SessionRecord, 'pieces' | 'report'> {
  readonly pieces: string | null
  readonly report: string | null
}

const columns = `s.id, s.till_id AS tillId, t.name AS tillName, s.account_id AS accountId, s.currency,
  s.opened_at AS openedAt, s.opened_on AS openedOn, s.float, s.number, s.closed_at AS closedAt,
  s.closed_on AS closedOn, s.closed_by AS closedBy, s.counted, s.difference, s.reason, s.pieces,
  s.report, g.at AS signedAt, g.by AS signedBy, g.note AS signNote`

const from = `cash_session s JOIN cash_till t ON t.id = s.till_id
  LEFT JOIN cash_sign g ON g.session_id = s.id`

const recordOf = ({ pieces, report, ...row }: SessionRow): SessionRecord => ({
  ...row,
  pieces: pieces === null ? null : (JSON.parse(pieces) as Piece[]),
  report: report === null ? null : (JSON.parse(report) as CashReport),
})

export const sessionById = (reads: Reads, id: string): SessionRecord | null => {
  const [row] = reads.all<SessionRow>(`SELECT ${columns} FROM ${from} WHERE s.id = ?`, id)
  return row === undefined ? null : recordOf(row)
}

/** The one that a person runs, or that runs at a till. */
export const openSession = (
  reads: Reads,
  by: { readonly accountId: string } | { readonly tillId: string },
): SessionRecord | null => {
  const [column, value] =
    'accountId' in by ? (['account_id', by.accountId] as const) : (['till_id', by.tillId] as const)
  const [row] = reads.all<SessionRow>(
    `SELECT ${columns} FROM ${from} WHERE s.${column} = ? AND s.closed_at IS NULL`,
    value,
  )
  return row === undefined ? null : recordOf(row)
}

const states = {
  all: '1',
  open: 's.closed_at IS NULL',
  unsigned: 's.closed_at IS NOT NULL AND g.at IS NULL',
} as const

export const sessionsPage = (
  reads: Reads,
  state: keyof typeof states,
  limit: number,
  offset: number,
): { readonly total: number; readonly sessions: readonly SessionRecord[] } => ({
  total:
    reads.all<{ count: number }>(`SELECT count(*) AS count FROM ${from} WHERE ${states[state]}`)[0]
      ?.count ?? 0,
  sessions: reads
    .all<SessionRow>(
      `SELECT ${columns} FROM ${from} WHERE ${states[state]}
        ORDER BY s.opened_at DESC, s.id DESC LIMIT ? OFFSET ?`,
      limit,
      offset,
    )
    .map(recordOf),
})

export const insertSession = (
  tx: Transaction,
  session: Pick<
    SessionRecord,
    'id' | 'tillId' | 'accountId' | 'currency' | 'openedAt' | 'openedOn' | 'float'
  >,
): void => {
  tx.run(
    `INSERT INTO cash_session (id, till_id, account_id, currency, opened_at, opened_on, float)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    session.id,
    session.tillId,
    session.accountId,
    session.currency,
    session.openedAt,
    session.openedOn,
    safeMinor(session.float),
  )
}

/** Returns the number of its report. */
export const closeSession = (
  tx: Transaction,
  session: Pick<SessionRecord, 'id' | 'tillId'>,
  end: {
    readonly at: number
    readonly on: CalendarDate
    readonly by: string
    readonly counted: number
    readonly report: CashReport
    readonly reason: string
    readonly pieces: readonly Piece[] | null
  },
): number => {
  const number =
    (tx.get<{ last: number | null }>(
      `SELECT max(number) AS last FROM cash_session WHERE till_id = ?`,
      session.tillId,
    )?.last ?? 0) + 1
  const { expected } = end.report
  tx.run(
    `UPDATE cash_session SET number = ?, closed_at = ?, closed_on = ?, closed_by = ?, counted = ?,
      expected = ?, difference = ?, reason = ?, pieces = ?, report = ? WHERE id = ?`,
    number,
    end.at,
    end.on,
    end.by,
    safeMinor(end.counted),
    safeMinor(expected),
    safeMinor(end.counted - expected),
    end.reason,
    end.pieces === null ? null : JSON.stringify(end.pieces),
    JSON.stringify(end.report),
    session.id,
  )
  return number
}

export interface MoveRecord {
  readonly id: string
  readonly kind: CashMoveKind
  readonly method: string
  readonly amount: number
  readonly reason: string
  readonly at: number
  readonly by: string | null
  readonly paymentId: string | null
  readonly number: string | null
  readonly subscriberCode: string | null
  readonly subscriberName: string | null
  readonly reversed: number
}

/** In the order in which they were written. */
export const movesOf = (reads: Reads, sessionId: string): readonly MoveRecord[] =>
  reads.all<MoveRecord>(
    `SELECT m.id, m.kind, m.method, m.amount, m.reason, m.at, m.by, m.payment_id AS paymentId,
      p.number, b.code AS subscriberCode, b.name AS subscriberName,
      EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = m.payment_id) AS reversed
      FROM cash_move m LEFT JOIN payment p ON p.id = m.payment_id
      LEFT JOIN subscriber b ON b.id = p.subscriber_id
      WHERE m.session_id = ? ORDER BY m.seq`,
    sessionId,
  )

export const moveById = (
  reads: Reads,
  id: string,
): { readonly sessionId: string; readonly kind: string; readonly amount: number } | null =>
  reads.all<{ sessionId: string; kind: string; amount: number }>(
    `SELECT session_id AS sessionId, kind, amount FROM cash_move WHERE id = ?`,
    id,
  )[0] ?? null

export const putMove = (
  tx: Transaction,
  move: {
    readonly id: string
    readonly sessionId: string
    readonly kind: CashMoveKind
    readonly method: string
    readonly amount: number
    readonly paymentId?: string
    readonly refundId?: string
    readonly tendered?: number | null
    readonly reason?: string
    readonly at: number
    readonly by: string | null
  },
): void => {
  tx.run(
    `INSERT INTO cash_move (id, session_id, kind, method, amount, payment_id, refund_id, tendered,
      reason, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    move.id,
    move.sessionId,
    move.kind,
    move.method,
    safeMinor(move.amount),
    move.paymentId ?? null,
    move.refundId ?? null,
    move.tendered ?? null,
    move.reason ?? '',
    move.at,
    move.by,
  )
}

/** How a payment was taken at a counter; null: it was not. */
export const paidAt = (
  reads: Reads,
  paymentId: string,
): {
  readonly sessionId: string
  readonly accountId: string
  readonly isClosed: boolean
  readonly tendered: number | null
  readonly rounding: number
} | null => {
  const [row] = reads.all<{
    sessionId: string
    accountId: string
    closedAt: number | null
    tendered: number | null
    rounding: number
  }>(
    `SELECT m.session_id AS sessionId, s.account_id AS accountId, s.closed_at AS closedAt,
      m.tendered, coalesce((SELECT r.amount FROM cash_move r WHERE r.payment_id = m.payment_id
        AND r.kind = 'rounding' ORDER BY r.seq LIMIT 1), 0) AS rounding
      FROM cash_move m JOIN cash_session s ON s.id = m.session_id
      WHERE m.payment_id = ? AND m.kind = 'payment'`,
    paymentId,
  )
  if (row === undefined) return null
  const { closedAt, ...rest } = row
  return { ...rest, isClosed: closedAt !== null }
}
