import type { CashMove, CashSession } from '../../../src-shared/contract/billing-counter-model.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { reportOf } from './cash-desk.ts'
import { correctionsOf } from './count-tables.ts'
import type { MoveRecord, SessionRecord } from './session-tables.ts'

/** Sessions as they are shown: with the names of people in place of accounts. */

export type NameOf = (accountId: string) => string

export const sessionView = (reads: Reads, session: SessionRecord, nameOf: NameOf): CashSession => {
  const { id, tillId, tillName, currency, accountId, openedAt, openedOn } = session
  const report = reportOf(reads, session)
  const { number, closedAt, closedOn, closedBy, counted, difference, reason, pieces } = session
  const isClosed =
    number !== null &&
    closedAt !== null &&
    closedOn !== null &&
    closedBy !== null &&
    counted !== null &&
    difference !== null
  return {
    id,
    tillId,
    tillName,
    currency,
    accountId,
    person: nameOf(accountId),
    openedAt,
    openedOn,
    report,
    closed: isClosed
      ? {
          number,
          at: closedAt,
          on: closedOn,
          by: nameOf(closedBy),
          counted,
          difference,
          reason,
          pieces: pieces === null ? null : [...pieces],
        }
      : null,
    signed:
      session.signedAt === null || session.signedBy === null
        ? null
        : {
            at: session.signedAt,
            by: nameOf(session.signedBy),
            note: session.signNote ?? '',
          },
    corrections: correctionsOf(reads, id).map((row) => ({ ...row, by: nameOf(row.by) })),
  }
}

export const moveView = (move: MoveRecord, nameOf: NameOf): CashMove => ({
  id: move.id,
  kind: move.kind,
  method: move.method,
  amount: move.amount,
  reason: move.reason,
  at: move.at,
  by: move.by === null ? null : nameOf(move.by),
  payment:
    move.paymentId === null
      ? null
      : {
          id: move.paymentId,
          number: move.number ?? '',
          subscriberCode: move.subscriberCode ?? '',
          subscriberName: move.subscriberName ?? '',
          reversed: move.reversed === 1,
        },
})
