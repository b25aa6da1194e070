import type { PrepaidRow } from '../../../src-shared/contract/billing-prepaid.ts'
import type { CounterReceipt } from '../../../src-shared/contract/billing-counter-model.ts'
import type { PaperLanguage } from '../../../src-shared/contract/billing-papers.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { sellerOf, snapshotOfSeller } from '../documents/seller-tables.ts'
import { accountView } from '../payments/account-view.ts'
import { createPaymentDesk, type OnMoved } from '../payments/payment-desk.ts'
import { paymentById, settledByPayment } from '../payments/payment-tables.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import { paperLanguage } from '../pdf/paper-words.ts'
import { planById, type Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { subscriptionsOf } from '../subscriptions/subscription-tables.ts'
import { ownSession, type CashDesk } from './cash-desk.ts'
import { putPrint, timesPrinted } from './count-tables.ts'
import type { SendToPrinter } from './printer.ts'
import { receiptPaper } from './receipt-paper.ts'
import { paidAt } from './session-tables.ts'
import { tillById } from './till-tables.ts'

export type CounterQuery =
  | 'billing.counterFind'
  | 'billing.counterSubscriber'
  | 'billing.counterReceipt'
export type CounterCommand = 'billing.counterTake' | 'billing.printReceipt'

/** As many as a screen shows at once. */
const foundAtMost = 12

export const createCounterHandlers = (
  deps: Pick<
    BillingDependencies,
    'clock' | 'newId' | 'nameOfAccount' | 'subscribers' | 'findSubscribers'
  > & {
    readonly reads: Reads
    readonly today: Today
    readonly cash: CashDesk
    readonly send: SendToPrinter
    /** What he has that is paid for before. */
    readonly prepaidOf: (subscriberId: string) => PrepaidRow[]
    readonly moved?: OnMoved
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<CounterQuery>
  readonly commands: CommandHandlers<CounterCommand>
} => {
  const { clock, newId, reads, subscribers } = deps
  const desk = createPaymentDesk(deps)
  /** Payments whose receipts are on their way to a printer. */
  const printing = new Set<string>()

  /** Errors: `not-found`. */
  const receiptOf = (from: Reads, paymentId: string): CounterReceipt => {
    const payment = paymentById(from, paymentId)
    const paid = paidAt(from, paymentId)
    if (payment === null || paid === null) throw gone('payment')
    const { amount, currency, number, method } = payment
    return {
      paymentId,
      number,
      on: payment.receivedOn,
      at: payment.takenAt,
      method,
      currency,
      amount,
      rounding: paid.rounding,
      tendered: paid.tendered,
      change: paid.tendered === null ? 0 : paid.tendered - amount - paid.rounding,
      settles: settledByPayment(from, paymentId).map((one) => ({
        invoiceId: one.invoiceId,
        number: one.number,
        amount: one.amount,
      })),
      credit: payment.reversal === null ? amount - payment.refunded - payment.settled : 0,
      subscriberCode: payment.subscriberCode,
      subscriberName: payment.subscriberName,
      by: payment.takenBy === null ? null : deps.nameOfAccount(payment.takenBy),
      reversed: payment.reversal !== null,
      printed: timesPrinted(from, paymentId),
    }
  }

  /** SECURITY: a cashier's own receipts alone. */
  const refuseForeign = (
    paymentId: string,
    session: { readonly accountId: string; readonly permissions: ReadonlySet<string> } | null,
  ): void => {
    const paid = paidAt(reads, paymentId)
    const isOwn = paid !== null && paid.accountId === session?.accountId
    if (!isOwn && session?.permissions.has('billing.cash.read') !== true) throw gone('payment')
  }

  /** His of whom the money is; English where there is none. */
  const languageOf = (paymentId: string): PaperLanguage => {
    const payment = paymentById(reads, paymentId)
    return paperLanguage(
      payment === null ? '' : (subscribers.party(payment.subscriberId)?.language ?? ''),
    )
  }

  return {
    queries: {
      'billing.counterFind': ({ text }, context) => {
        const { rows, total } = deps.findSubscribers(text, foundAtMost, context)
        return {
          total,
          found: rows.map(({ id, code, name, phone, address, serial }) => ({
            id,
            code,
            name,
            phone: phone ?? '',
            address: address ?? '',
            serial,
          })),
        }
      },
      'billing.counterSubscriber': ({ subscriberId }) => {
        const party = subscribers.party(subscriberId)
        if (party === null) throw gone('subscriber')
        const subscriptions = subscriptionsOf(reads, subscriberId)
        const { today, balances, open } = accountView(reads, subscriberId, deps.today())
        const { address } = party
        return {
          id: subscriberId,
          code: party.code,
          name: party.name,
          phone: party.phone,
          address: address === null ? '' : [address.lines, address.city].filter(Boolean).join(', '),
          status: party.status,
          today,
          balances,
          open,
          prepaid: deps.prepaidOf(subscriberId),
          services: subscribers.services(subscriberId).map(({ id, name, serial }) => {
            const subscription = subscriptions.find(
              (one) => one.serviceId === id && one.kind === 'main' && one.status !== 'ended',
            )
            return {
              name,
              serial,
              plan:
                subscription === undefined
                  ? null
                  : (planById(reads, subscription.planId)?.name ?? null),
              status: subscription?.status ?? null,
            }
          }),
        }
      },
      'billing.counterReceipt': ({ paymentId }, { session }) => {
        refuseForeign(paymentId, session)
        return receiptOf(reads, paymentId)
      },
    },
    commands: {
      'billing.counterTake': ({ tendered, ...input }, { session }) => ({
        apply: (tx) => {
          const by = accountOf({ session })
          const own = ownSession(tx, by)
          const before = paymentById(tx, input.paymentId)
          // Pressed twice, or sent again after the line broke: one payment, one answer.
          if (
            before !== null &&
            before.takenBy === by &&
            before.subscriberId === input.subscriberId &&
            before.amount === input.amount &&
            before.currency === input.currency &&
            before.method === input.method &&
            paidAt(tx, input.paymentId) !== null
          ) {
            return receiptOf(tx, input.paymentId)
          }
          desk.take(tx, { ...input, payer: '', receivedOn: deps.today() }, by)
          const { paymentId: id, method, currency, amount } = input
          deps.cash.taken(tx, { id, method, currency, amount, tendered }, own.accountId, true)
          return receiptOf(tx, id)
        },
        after: deps.changed,
      }),

      'billing.printReceipt': async ({ paymentId, opensDrawer, language }, context) => {
        refuseForeign(paymentId, context.session)
        const by = accountOf(context)
        const { printer, name } = tillById(reads, ownSession(reads, by).tillId)!
        if (printer === null) throw new NocturneError('printer-missing', { till: name })
        const receipt = receiptOf(reads, paymentId)
        const paper = {
          receipt,
          seller: snapshotOfSeller(sellerOf(reads)),
          language: language ?? languageOf(paymentId),
          // Pressed again while the first is still going out: that one is a copy as well.
          isCopy: receipt.printed > 0 || printing.has(paymentId),
        }
        printing.add(paymentId)
        try {
          await deps.send(printer, receiptPaper(paper, printer, opensDrawer), context.signal)
        } finally {
          printing.delete(paymentId)
        }
        return {
          apply: (tx) => {
            putPrint(tx, { id: newId(), paymentId, at: clock.now(), by })
            tx.about({ objectKind: 'payment', objectId: paymentId })
            return { printed: timesPrinted(tx, paymentId) }
          },
        }
      },
    },
  }
}
