import { calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { CashDesk } from '../counter/cash-desk.ts'
import { appendLedger } from '../ledger/ledger-tables.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { accountView } from './account-view.ts'
import { agedReceivables } from './aged.ts'
import {
  onTheWayBack,
  paymentById,
  paymentsOf,
  putReversal,
  refundsOf,
  settledByPayment,
  type StoredPayment,
} from './payment-tables.ts'
import { createGiveBack, standingPayment } from './give-back.ts'
import { createPaymentDesk, dayProblem, type OnMoved } from './payment-desk.ts'
import { settleAccount } from './settle-account.ts'

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

  const { take, tell } = createPaymentDesk(deps)
  const back = createGiveBack(deps)

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
          const payment = standingPayment(tx, paymentId)
          if (payment.refunded > 0) {
            throw new NocturneError('payment-refunded', { number: payment.number })
          }
          if (onTheWayBack(tx, paymentId) > 0) {
            throw new NocturneError('refund-under-way', { number: payment.number })
          }
          const on = calendarDate(day)
          dayProblem(on, calendarDate(payment.receivedOn), deps.today())
          const at = clock.now()
          const by = accountOf({ session })
          const { subscriberId, amount } = payment
          const currency = currencyCode(payment.currency)
          const reopened = back.free(tx, payment, amount, on)
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
        apply: (tx) => ({ reopened: back.refund(tx, input, accountOf({ session })) }),
        after: deps.changed,
      }),
    },
  }
}
