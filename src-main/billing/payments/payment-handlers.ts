import {
  calendarDate,
  laterDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { CashDesk } from '../counter/cash-desk.ts'
import { appendLedger } from '../ledger/ledger-tables.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { accountView } from './account-view.ts'
import { agedReceivables } from './aged.ts'
import {
  paymentById,
  paymentsOf,
  putAllocation,
  putRefund,
  putReversal,
  refundById,
  refundsOf,
  settledByPayment,
  type StoredPayment,
} from './payment-tables.ts'
import { createPaymentDesk, dayProblem, type OnMoved } from './payment-desk.ts'
import { settleAccount } from './settle-account.ts'
import { takenBack } from '../../../src-shared/domain/settlements.ts'

export type PaymentQuery =
  | 'billing.account'
  | 'billing.payments'
  | 'billing.payment'
  | 'billing.aged'
export type PaymentCommand =
  | 'billing.takePayment'
  | 'billing.reversePayment'
  | 'billing.refundPayment'

export const createPaymentHandlers = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
    readonly moved?: OnMoved
    /** Cash is in somebody's drawer, or leaves it. */
    readonly cash: CashDesk
  },
): {
  readonly queries: QueryHandlers<PaymentQuery>
  readonly commands: CommandHandlers<PaymentCommand>
} => {
  const { clock, newId, reads } = deps

  const shown = (payment: StoredPayment) => ({
    ...payment,
    takenBy: payment.takenBy === null ? null : deps.nameOfAccount(payment.takenBy),
  })

  const standing = (tx: Reads, paymentId: string): StoredPayment => {
    const payment = paymentById(tx, paymentId)
    if (payment === null) throw gone('payment')
    if (payment.reversal !== null) {
      throw new NocturneError('payment-reversed', { number: payment.number })
    }
    return payment
  }

  /** Takes settlements of a payment back until `amount` of it is free. */
  const free = (tx: Transaction, payment: StoredPayment, amount: number, on: CalendarDate) => {
    const settled = settledByPayment(tx, payment.id)
    const left = payment.amount - payment.refunded - payment.settled
    const reopened = new Map<string, { invoiceId: string; number: string; amount: number }>()
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

  const { take, tell } = createPaymentDesk(deps)

  return {
    queries: {
      'billing.account': ({ subscriberId }) => accountView(reads, subscriberId, deps.today()),
      'billing.payments': ({ subscriberId, limit, offset }) => ({
        payments: paymentsOf(reads, subscriberId, limit, offset).map(shown),
        total:
          reads.all<{ count: number }>(
            `SELECT count(*) AS count FROM payment WHERE subscriber_id = ?`,
            subscriberId,
          )[0]?.count ?? 0,
      }),
      'billing.payment': ({ paymentId }) => {
        const payment = paymentById(reads, paymentId)
        if (payment === null) throw gone('payment')
        return {
          payment: shown(payment),
          settles: settledByPayment(reads, paymentId).map(({ invoiceId, number, amount }) => ({
            invoiceId,
            number,
            amount,
          })),
          refunds: [...refundsOf(reads, paymentId)],
        }
      },
      'billing.aged': ({ asOfOn, limit, offset }) => agedReceivables(reads, asOfOn, limit, offset),
    },
    commands: {
      'billing.takePayment': (input, { session }) => ({
        apply: (tx) => {
          const by = accountOf({ session })
          const taken = take(tx, input, by)
          deps.cash.taken(tx, { ...input, id: input.paymentId, tendered: null }, by, false)
          return taken
        },
        after: deps.changed,
      }),

      'billing.reversePayment': ({ paymentId, kind, reason, on: day }, { session }) => ({
        apply: (tx) => {
          const payment = standing(tx, paymentId)
          if (payment.refunded > 0) {
            throw new NocturneError('payment-refunded', { number: payment.number })
          }
          const on = calendarDate(day)
          dayProblem(on, calendarDate(payment.receivedOn), deps.today())
          const at = clock.now()
          const by = accountOf({ session })
          const { subscriberId, amount } = payment
          const currency = currencyCode(payment.currency)
          const reopened = free(tx, payment, amount, on)
          const id = newId()
          putReversal(tx, { id, paymentId, kind, on, reason, at, by })
          deps.cash.reversed(tx, payment, reason, by)
          const entry = { id: newId(), subscriberId, on, at, docId: id, currency, amount }
          appendLedger(tx, { ...entry, kind: 'reversal' })
          // Other credit of his takes its place.
          settleAccount(tx, { subscriberId, currency, on, at, newId })
          deps.moved?.(tx, subscriberId, currency)
          tell(tx, payment, { kind: 'payment-reversed', reason }, by)
          tx.change({
            entity: 'payment',
            entityId: paymentId,
            kind: 'updated',
            version: 2,
            data: { reversal: kind, on },
          })
          return { reopened }
        },
        after: deps.changed,
      }),

      'billing.refundPayment': (input, { session }) => ({
        apply: (tx) => {
          const { refundId, paymentId, amount, reason, method, reference } = input
          const known = refundById(tx, refundId)
          if (known !== null) throw new NocturneError('refund-known', { number: known.number })
          const payment = standing(tx, paymentId)
          const left = payment.amount - payment.refunded
          if (amount > left) {
            throw new NocturneError('refund-beyond-payment', { number: payment.number, left })
          }
          const on = calendarDate(input.on)
          dayProblem(on, calendarDate(payment.receivedOn), deps.today())
          const at = clock.now()
          const by = accountOf({ session })
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
          return { reopened }
        },
        after: deps.changed,
      }),
    },
  }
}
