import {
  calendarDate,
  laterDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { takenBack } from '../../../src-shared/domain/settlements.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { CashDesk } from '../counter/cash-desk.ts'
import { appendLedger } from '../ledger/ledger-tables.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { createPaymentDesk, dayProblem, type OnMoved } from './payment-desk.ts'
import {
  onTheWayBack,
  paymentById,
  putAllocation,
  putRefund,
  refundById,
  settledByPayment,
  type StoredPayment,
} from './payment-tables.ts'
import { settleAccount } from './settle-account.ts'

export interface Reopened {
  readonly invoiceId: string
  readonly number: string
  readonly amount: number
}

/** Money that goes back, whoever brings it there. */
export interface GiveBack {
  /** Takes settlements of a payment back until `amount` of it is free. */
  readonly free: (
    tx: Transaction,
    payment: StoredPayment,
    amount: number,
    on: CalendarDate,
  ) => Reopened[]
  /**
   * Writes a refund, what it opens again and its ledger entry. Errors: `refund-known`, `not-found`,
   * `payment-reversed`, `refund-beyond-payment`, `refund-under-way`, `day-in-future`, `day-too-early`.
   */
  readonly refund: (
    tx: Transaction,
    refund: {
      readonly refundId: string
      readonly paymentId: string
      readonly amount: number
      readonly on: string
      readonly method: string
      readonly reference: string
      readonly reason: string
    },
    by: string | null,
  ) => Reopened[]
}

/** One that was not reversed. Errors: `not-found`, `payment-reversed`. */
export const standingPayment = (reads: Reads, paymentId: string): StoredPayment => {
  const payment = paymentById(reads, paymentId)
  if (payment === null) throw gone('payment')
  if (payment.reversal !== null) {
    throw new NocturneError('payment-reversed', { number: payment.number })
  }
  return payment
}

export const createGiveBack = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly today: Today
    readonly moved?: OnMoved
    /** Cash leaves somebody's drawer. */
    readonly cash: Pick<CashDesk, 'refunded'>
  },
): GiveBack => {
  const { clock, newId } = deps
  const { tell } = createPaymentDesk(deps)

  const free: GiveBack['free'] = (tx, payment, amount, on) => {
    const settled = settledByPayment(tx, payment.id)
    const left = payment.amount - payment.refunded - payment.settled
    const reopened = new Map<string, Reopened>()
    for (const { id, amount: part } of takenBack(amount, left, settled)) {
      const { invoiceId, number, on: since } = settled.find((one) => one.id === id)!
      putAllocation(tx, {
        id: newId(),
        kind: 'payment',
        sourceId: payment.id,
        invoiceId,
        amount: -part,
        on: laterDate(on, calendarDate(since)),
        at: clock.now(),
        takesBackId: id,
      })
      const before = reopened.get(invoiceId)?.amount ?? 0
      reopened.set(invoiceId, { invoiceId, number, amount: before + part })
    }
    return [...reopened.values()]
  }

  return {
    free,
    refund: (tx, input, by) => {
      const { refundId, paymentId, amount, reason, method, reference } = input
      const known = refundById(tx, refundId)
      if (known !== null) throw new NocturneError('refund-known', { number: known.number })
      const payment = standingPayment(tx, paymentId)
      const left = payment.amount - payment.refunded
      if (amount > left) {
        throw new NocturneError('refund-beyond-payment', { number: payment.number, left })
      }
      // SECURITY: money that a provider was asked to give back does not leave a second time.
      if (amount > left - onTheWayBack(tx, paymentId, refundId)) {
        throw new NocturneError('refund-under-way', { number: payment.number })
      }
      const on = calendarDate(input.on)
      dayProblem(on, calendarDate(payment.receivedOn), deps.today())
      const at = clock.now()
      const reopened = free(tx, payment, amount, on)
      putRefund(tx, { id: refundId, paymentId, amount, on, method, reference, reason, at, by })
      const { currency: given } = payment
      const back = { id: refundId, paymentId, method, currency: given, amount, reason }
      deps.cash.refunded(tx, back, by)
      const { subscriberId } = payment
      const currency = currencyCode(payment.currency)
      const entry = { id: newId(), subscriberId, on, at, docId: refundId, currency, amount }
      appendLedger(tx, { ...entry, kind: 'refund' })
      // What it settled is open again: other credit of his takes its place.
      settleAccount(tx, { subscriberId, currency, on, at, newId })
      deps.moved?.(tx, subscriberId, currency)
      tell(tx, payment, { kind: 'payment-refunded', reason }, by)
      tx.change({
        entity: 'refund',
        entityId: refundId,
        kind: 'created',
        version: 1,
        data: { paymentId, amount, on },
      })
      return reopened
    },
  }
}
