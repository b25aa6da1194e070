import { NocturneError } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import { cashDifference } from '../cash-rounding.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { cashReportOf } from './cash-report.ts'
import {
  movesOf,
  openSession,
  paidAt,
  putMove,
  sessionById,
  type SessionRecord,
} from './session-tables.ts'
import { tillById } from './till-tables.ts'

/** What payments do to drawers: in the transaction in which they are taken, reversed, given back. */
export interface CashDesk {
  /**
   * Puts a payment into the session that the person runs. Entered elsewhere than at the counter, only
   * cash of the till's currency is, and who runs no session needs none. Errors: `cash-session-needed`, `cash-other-currency`,
   * `tendered-too-little`.
   */
  readonly taken: (
    tx: Transaction,
    payment: {
      readonly id: string
      readonly method: string
      readonly currency: string
      readonly amount: number
      readonly tendered: number | null
    },
    by: string | null,
    isCounter: boolean,
  ) => void
  /**
   * A payment was reversed. In an open session it leaves that session; cash of a closed one leaves the
   * drawer of who reverses it. Errors: `cash-session-needed`, `cash-other-currency`, `cash-not-enough`.
   */
  readonly reversed: (
    tx: Transaction,
    payment: {
      readonly id: string
      readonly method: string
      readonly currency: string
      readonly amount: number
    },
    reason: string,
    by: string | null,
  ) => void
  /** Cash was given back: it leaves the drawer of who gives it, if he runs one. Errors: `cash-not-enough`. */
  readonly refunded: (
    tx: Transaction,
    refund: {
      readonly id: string
      readonly paymentId: string
      readonly method: string
      readonly currency: string
      readonly amount: number
      readonly reason: string
    },
    by: string | null,
  ) => void
}

/** The methods that a counter knows: vouchers and providers bring nothing to it. */
const counterMethods: ReadonlySet<string> = new Set(['cash', 'transfer', 'card', 'other'])

export const reportOf = (reads: Reads, session: SessionRecord) =>
  session.report ?? cashReportOf(session, movesOf(reads, session.id))

/** Errors: `cash-session-needed`. */
export const ownSession = (reads: Reads, accountId: string | null): SessionRecord => {
  const session = accountId === null ? null : openSession(reads, { accountId })
  if (session === null) throw new NocturneError('cash-session-needed', {})
  return session
}

/** Errors: `cash-not-enough`. */
export const refuseEmptyDrawer = (reads: Reads, session: SessionRecord, amount: number): void => {
  const { expected } = reportOf(reads, session)
  if (amount > expected) throw new NocturneError('cash-not-enough', { expected })
}

const refuseCurrency = (session: SessionRecord, currency: string): void => {
  if (session.currency !== currency) {
    throw new NocturneError('cash-other-currency', { till: session.tillName, is: session.currency })
  }
}

export const createCashDesk = (deps: {
  readonly now: () => number
  readonly newId: () => string
}): CashDesk => {
  const { now, newId } = deps
  return {
    taken: (tx, payment, by, isCounter) => {
      const { id: paymentId, method, amount, tendered } = payment
      const session = by === null ? null : openSession(tx, { accountId: by })
      if (session === null) {
        if (isCounter) throw new NocturneError('cash-session-needed', {})
        return
      }
      // Entered elsewhere, by somebody who runs a till: cash goes into his drawer, the rest does not.
      if (!isCounter && (method !== 'cash' || session.currency !== payment.currency)) return
      refuseCurrency(session, payment.currency)
      const isCash = method === 'cash'
      const at = now()
      const coin = isCash && isCounter ? (tillById(tx, session.tillId)?.coin ?? 1) : 1
      const rounding = cashDifference(amount, { step: coin, rounding: 'half-away-from-zero' })
      if (isCash && tendered !== null && tendered < amount + rounding) {
        throw new NocturneError('tendered-too-little', { needed: amount + rounding })
      }
      const common = { sessionId: session.id, paymentId, method, at, by }
      putMove(tx, {
        ...common,
        id: newId(),
        kind: 'payment',
        amount,
        tendered: isCash && tendered !== 0 ? tendered : null,
      })
      if (rounding !== 0)
        putMove(tx, { ...common, id: newId(), kind: 'rounding', amount: rounding })
    },

    reversed: (tx, payment, reason, by) => {
      const { id: paymentId, method, amount } = payment
      if (!counterMethods.has(method)) return
      const taken = paidAt(tx, paymentId)
      if (taken === null) return
      if (taken.isClosed && method !== 'cash') return
      const session = taken.isClosed ? ownSession(tx, by) : sessionById(tx, taken.sessionId)
      if (session === null) return
      refuseCurrency(session, payment.currency)
      // With what coins had made of it: the payer gets back what he gave.
      const back = amount + taken.rounding
      if (method === 'cash') refuseEmptyDrawer(tx, session, back)
      const common = { sessionId: session.id, paymentId, method, reason, at: now(), by }
      putMove(tx, { ...common, id: newId(), kind: 'reversal', amount: -amount })
      if (taken.rounding !== 0) {
        putMove(tx, { ...common, id: newId(), kind: 'rounding', amount: -taken.rounding })
      }
    },

    refunded: (tx, refund, by) => {
      if (refund.method !== 'cash' || by === null) return
      const session = openSession(tx, { accountId: by })
      if (session === null || session.currency !== refund.currency) return
      refuseEmptyDrawer(tx, session, refund.amount)
      putMove(tx, {
        id: newId(),
        sessionId: session.id,
        kind: 'refund',
        method: 'cash',
        amount: -refund.amount,
        paymentId: refund.paymentId,
        refundId: refund.id,
        reason: refund.reason,
        at: now(),
        by,
      })
    },
  }
}
