import type { PaymentMethod } from '../../../src-shared/contract/billing-payments.ts'
import {
  addDays,
  calendarDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { chosenProblem } from '../../../src-shared/domain/settlements.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import { sellerOf } from '../documents/seller-tables.ts'
import { takeNumber } from '../documents/series.ts'
import { appendLedger } from '../ledger/ledger-tables.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import {
  openDocuments,
  paymentById,
  paymentByReference,
  putAllocation,
  putPayment,
  settledByPayment,
  type StoredPayment,
} from './payment-tables.ts'
import { settleAccount, settledOn } from './settle-account.ts'

/** Older than this it is rather a slip of the pen; the books of such a year are closed. */
export const oldestDays = 3 * 366

/** Errors: `day-in-future`, `day-too-early`. */
export const dayProblem = (
  on: CalendarDate,
  notBefore: CalendarDate,
  today: CalendarDate,
): void => {
  if (on > today) throw new NocturneError('day-in-future', { on, today })
  if (on < notBefore) throw new NocturneError('day-too-early', { on, first: notBefore })
}

/** Money that came in, by hand, over the counter, from a bank's file or a provider. */
export interface MoneyIn {
  /** Chosen by who takes it: the same one twice is refused. */
  readonly paymentId: string
  readonly subscriberId: string
  readonly method: PaymentMethod
  /** ISO 4217. */
  readonly currency: string
  /** Minor units, at least 1. */
  readonly amount: number
  readonly receivedOn: string
  /** '': none. Of one method each is taken once. */
  readonly reference: string
  readonly payer: string
  readonly note: string
  /** What it settles first, in this order; the rest settles what is due longest. */
  readonly settles: readonly { readonly documentId: string; readonly amount: number }[]
}

export interface TakenMoney {
  /** Of the receipt. */
  readonly number: string
  readonly settles: { invoiceId: string; number: string; amount: number }[]
  /** Minor units that are left of it as credit. */
  readonly credit: number
}

/** Told that what a subscriber owes in a currency has moved: dunning looks at it there and then. */
export type OnMoved = (tx: Transaction, subscriberId: string, currency: CurrencyCode) => void

/** The one way by which money comes in, whoever brings it. */
export interface PaymentDesk {
  /**
   * Writes a payment, its receipt number, what it settles and its ledger entry. Errors: `not-found`,
   * `payment-known`, `day-in-future`, `day-too-early`, `document-not-open`, `allocation-twice`,
   * `allocation-beyond-document`, `allocation-beyond-payment`.
   */
  readonly take: (tx: Transaction, money: MoneyIn, by: string | null) => TakenMoney
  /** Puts it on the subscriber's time line and into the audit. */
  readonly tell: (
    tx: Transaction,
    payment: Pick<StoredPayment, 'id' | 'subscriberId' | 'number'>,
    what: { readonly kind: string; readonly reason: string },
    accountId: string | null,
  ) => void
}

export const createPaymentDesk = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly today: Today
    /** What is owed has moved, in the transaction that moves it. */
    readonly moved?: OnMoved
  },
): PaymentDesk => {
  const { clock, newId, subscribers } = deps

  const tell: PaymentDesk['tell'] = (tx, payment, what, accountId) => {
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
    tell,
    take: (tx, input, by) => {
      const { paymentId, subscriberId, amount, method, reference } = input
      if (subscribers.party(subscriberId) === null) throw gone('subscriber')
      const same = paymentById(tx, paymentId)
      if (same !== null) throw new NocturneError('payment-known', { number: same.number })
      const known = paymentByReference(tx, method, reference)
      if (known !== null) {
        throw new NocturneError('payment-known', {
          number: known.number,
          on: known.receivedOn,
          subscriber: known.subscriberCode,
        })
      }
      const today = deps.today()
      const on = calendarDate(input.receivedOn)
      dayProblem(on, addDays(today, -oldestDays), today)
      const currency = currencyCode(input.currency)
      const open = openDocuments(tx, subscriberId, currency)
      const problem = chosenProblem(amount, input.settles, open)
      if (problem !== null) throw refusalOf(problem)
      const at = clock.now()
      const seller = sellerOf(tx)
      const year = seller.yearly ? Number(on.slice(0, 4)) : 0
      const taken = takeNumber(
        tx,
        { kind: 'receipt', installation: seller.installation, year },
        seller.prefixes.receipt,
        newId,
      )
      const { payer, note } = input
      const payment = { id: paymentId, subscriberId, method, reference, currency, amount }
      putPayment(tx, { ...payment, ...taken, receivedOn: on, payer, note, at, by })
      for (const { documentId, amount: part } of input.settles) {
        const document = open.find(({ id }) => id === documentId)!
        putAllocation(tx, {
          id: newId(),
          kind: 'payment',
          sourceId: paymentId,
          invoiceId: documentId,
          amount: part,
          on: settledOn(on, on, calendarDate(document.issuedOn)),
          at,
          takesBackId: null,
        })
      }
      const entry = { id: newId(), subscriberId, on, at, docId: paymentId, currency }
      appendLedger(tx, { ...entry, kind: 'payment', amount: -amount })
      settleAccount(tx, { subscriberId, currency, on, at, newId })
      deps.moved?.(tx, subscriberId, currency)
      const { settled } = paymentById(tx, paymentId)!
      tell(
        tx,
        { id: paymentId, subscriberId, number: taken.number },
        { kind: 'payment-taken', reason: note },
        by,
      )
      tx.change({
        entity: 'payment',
        entityId: paymentId,
        kind: 'created',
        version: 1,
        data: { subscriberId, number: taken.number, amount, currency, method, receivedOn: on },
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
  }
}

/** Of a choice of documents that does not fit. */
export const refusalOf = (
  problem: NonNullable<ReturnType<typeof chosenProblem>>,
): NocturneError => {
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
