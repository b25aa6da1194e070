import {
  addDays,
  calendarDate,
  daysBetween,
  laterDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { sellerOf } from '../documents/seller-tables.ts'
import { takeNumber } from '../documents/series.ts'
import { appendLedger, balanceOf, ledgerCurrencies } from '../ledger/ledger-tables.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { agedReceivables } from './aged.ts'
import {
  freeSources,
  openDocuments,
  paymentById,
  paymentByReference,
  paymentsOf,
  putAllocation,
  putPayment,
  putRefund,
  putReversal,
  refundsOf,
  settledByPayment,
  type StoredPayment,
} from './payment-tables.ts'
import { settleAccount, settledOn } from './settle-account.ts'
import { chosenProblem, takenBack } from '../../../src-shared/domain/settlements.ts'

export type PaymentQuery =
  | 'billing.account'
  | 'billing.payments'
  | 'billing.payment'
  | 'billing.aged'
export type PaymentCommand =
  | 'billing.takePayment'
  | 'billing.reversePayment'
  | 'billing.refundPayment'

/** Older than this it is rather a slip of the pen; the books of such a year are closed. */
const oldestDays = 3 * 366

const dayProblem = (on: CalendarDate, notBefore: CalendarDate, today: CalendarDate): void => {
  if (on > today) throw new NocturneError('day-in-future', { on, today })
  if (on < notBefore) throw new NocturneError('day-too-early', { on, first: notBefore })
}

export const createPaymentHandlers = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<PaymentQuery>
  readonly commands: CommandHandlers<PaymentCommand>
} => {
  const { clock, newId, reads, subscribers } = deps

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

  const tell = (
    tx: Transaction,
    payment: Pick<StoredPayment, 'id' | 'subscriberId' | 'number'>,
    what: { readonly kind: string; readonly reason: string },
    accountId: string | null,
  ): void => {
    const { id, subscriberId, number } = payment
    subscribers.note(tx, {
      subscriberId,
      kind: what.kind,
      objectKind: 'payment',
      objectId: id,
      accountId,
      // Who reads the time line need not see money.
      data: { number },
    })
    tx.about({ subjectId: subscriberId, objectKind: 'payment', objectId: id, reason: what.reason })
  }

  return {
    queries: {
      'billing.account': ({ subscriberId }) => {
        const today = deps.today()
        const open = openDocuments(reads, subscriberId)
        const credit = freeSources(reads, subscriberId)
        const currencies = new Set([
          ...ledgerCurrencies(reads, subscriberId),
          ...open.map((document) => document.currency),
        ])
        return {
          today,
          balances: [...currencies].toSorted().map((one) => {
            const own = open.filter((document) => document.currency === one)
            return {
              currency: one,
              balance: balanceOf(reads, subscriberId, one),
              open: sum(own.map((document) => document.open)),
              overdue: sum(own.filter(({ dueOn }) => dueOn < today).map((each) => each.open)),
              credit: sum(
                credit.filter(({ currency }) => currency === one).map((each) => each.free),
              ),
            }
          }),
          open: open.map((document) => ({
            ...document,
            overdueDays: daysBetween(calendarDate(document.dueOn), today),
          })),
        }
      },
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
          const { paymentId, subscriberId, amount, method, reference } = input
          if (subscribers.party(subscriberId) === null) throw gone('subscriber')
          if (paymentById(tx, paymentId) !== null) {
            throw new NocturneError('payment-known', { number: paymentById(tx, paymentId)!.number })
          }
          const known = paymentByReference(tx, method, reference)
          if (known !== null) {
            throw new NocturneError('payment-known', {
              number: known.number,
              on: known.receivedOn,
              subscriber: known.subscriberCode,
            })
          }
          const today = deps.today()
          const receivedOn = calendarDate(input.receivedOn)
          dayProblem(receivedOn, addDays(today, -oldestDays), today)
          const currency = currencyCode(input.currency)
          const open = openDocuments(tx, subscriberId, currency)
          const problem = chosenProblem(amount, input.settles, open)
          if (problem !== null) throw refusalOf(problem)
          const at = clock.now()
          const by = accountOf({ session })
          const seller = sellerOf(tx)
          const year = seller.yearly ? Number(receivedOn.slice(0, 4)) : 0
          const taken = takeNumber(
            tx,
            { kind: 'receipt', installation: seller.installation, year },
            seller.prefixes.receipt,
            newId,
          )
          const { payer, note } = input
          const payment = { id: paymentId, subscriberId, method, reference, currency, amount }
          putPayment(tx, { ...payment, ...taken, receivedOn, payer, note, at, by })
          const on = receivedOn
          for (const { documentId, amount: part } of input.settles) {
            const document = open.find(({ id }) => id === documentId)!
            putAllocation(tx, {
              id: newId(),
              kind: 'payment',
              sourceId: paymentId,
              invoiceId: documentId,
              amount: part,
              on: settledOn(on, receivedOn, calendarDate(document.issuedOn)),
              at,
              takesBackId: null,
            })
          }
          const entry = { id: newId(), subscriberId, on, at, docId: paymentId, currency }
          appendLedger(tx, { ...entry, kind: 'payment', amount: -amount })
          settleAccount(tx, { subscriberId, currency, on, at, newId })
          const { settled } = paymentById(tx, paymentId)!
          const told = { ...payment, number: taken.number }
          tell(tx, told, { kind: 'payment-taken', reason: input.note }, by)
          tx.change({
            entity: 'payment',
            entityId: paymentId,
            kind: 'created',
            version: 1,
            data: { subscriberId, number: taken.number, amount, currency, method, receivedOn },
          })
          return {
            number: taken.number,
            settles: settledByPayment(tx, paymentId).map((one) => ({
              invoiceId: one.invoiceId,
              number: one.number,
              amount: one.amount,
            })),
            credit: amount - settled,
          }
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
          const entry = { id: newId(), subscriberId, on, at, docId: id, currency, amount }
          appendLedger(tx, { ...entry, kind: 'reversal' })
          // Other credit of his takes its place.
          settleAccount(tx, { subscriberId, currency, on, at, newId })
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
          const { subscriberId } = payment
          const currency = currencyCode(payment.currency)
          const entry = { id: newId(), subscriberId, on, at, docId: refundId, currency, amount }
          appendLedger(tx, { ...entry, kind: 'refund' })
          // What it settled is open again: other credit of his takes its place.
          settleAccount(tx, { subscriberId, currency, on, at, newId })
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

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0)

const refusalOf = (problem: NonNullable<ReturnType<typeof chosenProblem>>): NocturneError => {
  switch (problem.code) {
    case 'document-not-open':
    case 'allocation-twice':
      return new NocturneError(problem.code, {})
    case 'allocation-beyond-document':
      return new NocturneError(problem.code, { open: problem.open })
    default:
      return new NocturneError(problem.code, { over: problem.over })
  }
}
