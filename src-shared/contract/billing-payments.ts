import { z } from 'zod'
import { currency, day, minor, noteText, price } from './billing-model.ts'
import { line, uuid } from './common.ts'
import { command, query } from './define.ts'
import type { Named } from '../domain/scope.ts'

/** Money in: payments, what they settle, what goes back; the account of a subscriber. */

const read = 'billing.payment.read'

const ofSubscriberId = ({ subscriberId }: { readonly subscriberId: string }): readonly Named[] => [
  { kind: 'subscriber', id: subscriberId },
]
const ofPayment = ({ paymentId }: { readonly paymentId: string }): readonly Named[] => [
  { kind: 'payment', id: paymentId },
]

/** What a person enters; the console itself adds what a provider or a voucher brought. */
export const enteredMethods = ['cash', 'transfer', 'card', 'other'] as const
export const paymentMethods = [...enteredMethods, 'paypal', 'voucher'] as const
export type PaymentMethod = (typeof paymentMethods)[number]

export const reversalKinds = ['mistake', 'returned', 'chargeback'] as const

export const paymentRow = z.object({
  id: uuid,
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  method: z.enum(paymentMethods),
  reference: z.string().nullable(),
  currency: z.string(),
  amount: minor,
  receivedOn: z.string(),
  /** Of the receipt. */
  number: z.string(),
  payer: z.string(),
  note: z.string(),
  takenAt: z.number(),
  takenBy: z.string().nullable(),
  refunded: minor,
  /** What of it settles documents now; the rest of what was not given back is credit. */
  settled: minor,
  reversal: z.enum(reversalKinds).nullable(),
  reversedOn: z.string().nullable(),
  reversalReason: z.string().nullable(),
})
export type PaymentRow = z.output<typeof paymentRow>

const settledDocument = z.object({ invoiceId: uuid, number: z.string(), amount: minor })

export const openDocument = z.object({
  id: uuid,
  kind: z.enum(['invoice', 'debit-note']),
  number: z.string(),
  currency: z.string(),
  issuedOn: z.string(),
  dueOn: z.string(),
  total: minor,
  open: minor,
  /** Days past due today; 0 or less: not due. */
  overdueDays: z.int(),
})

/** Of one subscriber in one currency. Positive: he owes it. */
export const accountBalance = z.object({
  currency: z.string(),
  balance: minor,
  open: minor,
  overdue: minor,
  /** Money and credit that settle nothing yet. */
  credit: minor,
})

const buckets = z.object({
  notDue: minor,
  days30: minor,
  days60: minor,
  days90: minor,
  days120: minor,
  older: minor,
  /** Not negative; to be taken off. */
  credit: minor,
  /** Σ of the six less the credit: what the ledger says. */
  balance: minor,
})

export const billingPaymentsQueries = {
  'billing.account': query({
    access: read,
    scope: ofSubscriberId,
    input: z.strictObject({ subscriberId: uuid }),
    output: z.object({
      today: z.string(),
      balances: z.array(accountBalance),
      open: z.array(openDocument),
    }),
  }),
  'billing.payments': query({
    access: read,
    scope: ofSubscriberId,
    input: z.strictObject({
      subscriberId: uuid,
      limit: z.int().min(1).max(200).default(50),
      offset: z.int().min(0).default(0),
    }),
    output: z.object({ payments: z.array(paymentRow), total: z.int() }),
  }),
  'billing.payment': query({
    access: read,
    scope: ofPayment,
    input: z.strictObject({ paymentId: uuid }),
    output: z.object({
      payment: paymentRow,
      settles: z.array(settledDocument),
      refunds: z.array(
        z.object({
          id: uuid,
          amount: minor,
          on: z.string(),
          method: z.string(),
          reference: z.string(),
          reason: z.string(),
        }),
      ),
    }),
  }),
  /** What is owed, by how long it has been due, as it was on a day. */
  'billing.aged': query({
    access: 'billing.report.read',
    scope: 'everything',
    input: z.strictObject({
      asOfOn: day,
      limit: z.int().min(1).max(500).default(100),
      offset: z.int().min(0).default(0),
    }),
    output: z.object({
      totals: z.array(buckets.extend({ currency: z.string(), subscribers: z.int() })),
      /** Who owes most first. */
      rows: z.array(
        buckets.extend({
          subscriberId: uuid,
          subscriberCode: z.string(),
          subscriberName: z.string(),
          currency: z.string(),
        }),
      ),
      total: z.int(),
    }),
  }),
}

export const billingPaymentsCommands = {
  'billing.takePayment': command({
    access: 'billing.payment.take',
    scope: ofSubscriberId,
    input: z.strictObject({
      /** Chosen by who takes it: the same one twice is one payment. */
      paymentId: uuid,
      subscriberId: uuid,
      method: z.enum(enteredMethods),
      currency,
      amount: price.min(1),
      receivedOn: day,
      /** Of the bank or the terminal; '': none. */
      reference: z.string().trim().max(140).default(''),
      payer: z.string().trim().max(140).default(''),
      note: noteText.default(''),
      /** What it settles first, in this order; the rest settles what is due longest. */
      settles: z
        .array(z.strictObject({ documentId: uuid, amount: price.min(1) }))
        .max(200)
        .default([]),
    }),
    output: z.object({
      number: z.string(),
      settles: z.array(settledDocument),
      /** What is left of it as credit. */
      credit: minor,
    }),
  }),
  /** A payment that was none: taken in error, sent back, fetched back. What it settled is open again. */
  'billing.reversePayment': command({
    access: 'billing.payment.reverse',
    scope: ofPayment,
    input: z.strictObject({
      paymentId: uuid,
      kind: z.enum(reversalKinds),
      on: day,
      reason: line(300),
    }),
    output: z.object({ reopened: z.array(settledDocument) }),
  }),
  /** Money goes back. What it settled is open again as far as its credit does not reach. The same `refundId` again: `refund-known`. */
  'billing.refundPayment': command({
    access: 'billing.payment.refund',
    scope: ofPayment,
    stepUp: true,
    input: z.strictObject({
      refundId: uuid,
      paymentId: uuid,
      amount: price.min(1),
      on: day,
      method: z.enum(enteredMethods),
      reference: z.string().trim().max(140).default(''),
      reason: line(300),
    }),
    output: z.object({ reopened: z.array(settledDocument) }),
  }),
}
