import { z } from 'zod'
import type { Named } from '../domain/scope.ts'
import { errorCodes } from '../errors.ts'
import { currency, minor, price } from './billing-model.ts'
import { done, instant, line, nothing, password, problem, uuid } from './common.ts'
import { command, query } from './define.ts'

/** Payments by a link of PayPal: settings, links, what goes back, what a person has to look at. */

const manage = 'billing.paypal.manage'
const read = 'billing.payment.read'

const ofSubscriber = ({ subscriberId }: { readonly subscriberId: string }): readonly Named[] => [
  { kind: 'subscriber', id: subscriberId },
]
const ofPayment = ({ paymentId }: { readonly paymentId: string }): readonly Named[] => [
  { kind: 'payment', id: paymentId },
]

export const payPalModes = ['trial', 'live'] as const
export const payPalStates = [
  'created',
  'approved',
  'captured',
  'expired',
  'cancelled',
  'failed',
] as const
export const payPalMatterKinds = [
  'captured-differs',
  'capture-not-booked',
  'given-back-there',
  'fetched-back',
  'refund-not-booked',
] as const

const exchange = {
  /** Of the account's currency for one unit of PayPal's: 16,250.5 is 162505 and 1. */
  rate: z.int().min(1).max(1_000_000_000_000),
  scale: z.int().min(0).max(8),
}

const payPalLink = z.object({
  id: uuid,
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  mode: z.enum(payPalModes),
  state: z.enum(payPalStates),
  /** As it is booked. */
  currency: z.string(),
  amount: minor,
  /** As the customer pays it. */
  providerCurrency: z.string(),
  providerAmount: minor,
  exchange: z.object(exchange).nullable(),
  description: z.string(),
  /** Where the customer says yes; null: not there yet, or no more. */
  approveAt: z.string().nullable(),
  madeAt: z.number(),
  madeBy: z.string().nullable(),
  expiresAt: z.number(),
  endedAt: instant,
  /** PayPal has it, and keeps it back for now. */
  held: z.boolean(),
  captureId: z.string().nullable(),
  paymentId: uuid.nullable(),
  /** Of the receipt. */
  number: z.string().nullable(),
  /** PayPal's own word why it failed. */
  problem: z.string().nullable(),
  /** Made with other credentials: it is not looked at. */
  isOthers: z.boolean(),
  /** Why it could not be asked about last time; null: it could. */
  trouble: problem.nullable(),
})
export type PayPalLink = z.output<typeof payPalLink>

const payPalMatter = z.object({
  id: uuid,
  kind: z.enum(payPalMatterKinds),
  linkId: uuid,
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  /** As it was to be. */
  currency: z.string(),
  amount: minor,
  providerCurrency: z.string(),
  providerAmount: minor,
  /** As PayPal wrote it; null: it did not say. */
  saidValue: z.string().nullable(),
  saidCurrency: z.string().nullable(),
  captureId: z.string().nullable(),
  paymentId: uuid.nullable(),
  number: z.string().nullable(),
  /** Why it could not be booked. */
  problem: z.enum(errorCodes).nullable(),
  at: z.number(),
})
export type PayPalMatter = z.output<typeof payPalMatter>

const payPalRefund = z.object({
  id: uuid,
  amount: minor,
  providerAmount: minor,
  state: z.enum(['pending', 'done', 'failed']),
  /** PayPal has taken it up, and is at it. */
  isThere: z.boolean(),
  providerRefundId: z.string().nullable(),
  reason: z.string(),
  problem: z.string().nullable(),
  trouble: problem.nullable(),
  askedAt: z.number(),
  askedBy: z.string().nullable(),
  endedAt: instant,
})

export const billingPayPalQueries = {
  /** What the secret is never leaves the engine. */
  'billing.payPalSettings': query({
    access: manage,
    scope: 'everything',
    input: nothing,
    output: z.object({
      version: z.int(),
      enabled: z.boolean(),
      mode: z.enum(payPalModes),
      merchant: z.string(),
      returnUrl: z.string(),
      /** The last characters of the client id; '': none is kept. */
      clientHint: z.string(),
      credentialsSince: instant,
      /** Links that wait and were made with other credentials: nobody looks at them. */
      others: z.int(),
      /** Why PayPal could not be asked last time; null: it could, or was not. */
      trouble: problem.nullable(),
      /** Links and refunds that it is asked about. */
      waiting: z.int(),
    }),
  }),
  /** Of everybody, the latest first. */
  'billing.payPalLinks': query({
    access: read,
    scope: 'everything',
    input: z.strictObject({
      which: z.enum(['open', 'ended', 'all']).default('all'),
      /** In subscriber's name or code, PayPal's number or the receipt's. */
      search: z.string().trim().max(120).default(''),
      limit: z.int().min(1).max(500).default(100),
      offset: z.int().min(0).max(10_000_000).default(0),
    }),
    output: z.object({
      enabled: z.boolean(),
      total: z.int(),
      open: z.int(),
      links: z.array(payPalLink),
      /** For a person: all that are not settled. */
      matters: z.array(payPalMatter),
    }),
  }),
  /** Of one subscriber: whether a link can be made for him, and those that were. */
  'billing.payPalOf': query({
    access: read,
    scope: ofSubscriber,
    input: z.strictObject({ subscriberId: uuid }),
    output: z.object({
      /** Null: it is off. */
      offered: z.object({ mode: z.enum(payPalModes), currencies: z.array(z.string()) }).nullable(),
      /** The latest first, twenty at most; those that wait are all there. */
      links: z.array(payPalLink),
    }),
  }),
  /** Errors: `not-found`. */
  'billing.payPalLink': query({
    access: read,
    scope: ofSubscriber,
    input: z.strictObject({ subscriberId: uuid, linkId: uuid }),
    output: z.object({ link: payPalLink }),
  }),
  /** What PayPal knows of a payment; null: it did not come by a link. */
  'billing.payPalOfPayment': query({
    access: read,
    scope: ofPayment,
    input: z.strictObject({ paymentId: uuid }),
    output: z.object({
      link: payPalLink.nullable(),
      refunds: z.array(payPalRefund),
      /** What can still be given back through PayPal. */
      left: minor,
    }),
  }),
}

export const billingPayPalCommands = {
  /**
   * `credentials` undefined: stay, unless the mode is another one; null: go. Errors: `conflict`,
   * `paypal-credentials-missing`.
   */
  'billing.configurePayPal': command({
    access: manage,
    scope: 'everything',
    stepUp: true,
    input: z.strictObject({
      baseVersion: z.int(),
      enabled: z.boolean(),
      mode: z.enum(payPalModes),
      merchant: z
        .string()
        .trim()
        .max(127)
        .regex(/^\P{Cc}*$/u, 'control characters'),
      returnUrl: z.union([
        z.literal(''),
        z
          .url({ protocol: /^https$/u })
          .max(300)
          .regex(/^[!-~]+$/u),
      ]),
      credentials: z
        .strictObject({
          clientId: z.string().regex(/^[!-~]{10,200}$/u),
          secret: password.max(200).regex(/^[!-~]+$/u),
        })
        .nullable()
        .optional(),
    }),
    secrets: ['credentials'],
    output: z.object({ version: z.int() }),
  }),
  /**
   * Whether PayPal takes what is kept. Errors: `paypal-credentials-missing`,
   * `paypal-credentials-refused`, `paypal-unreachable`, `paypal-busy`, `paypal-unreadable`, `cancelled`.
   */
  'billing.tryPayPal': command({
    access: manage,
    scope: 'everything',
    input: nothing,
    output: z.object({ mode: z.enum(payPalModes) }),
  }),
  /**
   * Asks PayPal for a link in the background; the payment is taken when the customer has paid. Errors:
   * `not-found`, `paypal-off`, `paypal-currency`, `paypal-decimals`, `paypal-rate` (not what was shown),
   * `paypal-known`, `document-not-open`, `allocation-twice`, `allocation-beyond-document`,
   * `allocation-beyond-payment`.
   */
  'billing.makePayPalLink': command({
    access: 'billing.payment.take',
    scope: ofSubscriber,
    input: z.strictObject({
      /** Chosen by who makes it: the same one twice is one link. */
      linkId: uuid,
      subscriberId: uuid,
      currency,
      amount: price.min(1),
      /** What the customer reads at PayPal. */
      description: line(120),
      settles: z
        .array(z.strictObject({ documentId: uuid, amount: price.min(1) }))
        .max(200)
        .default([]),
      /** Where PayPal does not take the account's currency; as it was shown. */
      exchange: z
        .strictObject({ currency, ...exchange, amount: price.min(1) })
        .nullable()
        .default(null),
    }),
    output: done,
  }),
  /** It is not captured any more. Errors: `not-found`, `paypal-link-over`. */
  'billing.cancelPayPalLink': command({
    access: 'billing.payment.take',
    scope: ofSubscriber,
    input: z.strictObject({ subscriberId: uuid, linkId: uuid }),
    output: done,
  }),
  /**
   * Asks PayPal to give money back, in the background; it is booked when PayPal has. Errors:
   * `not-found`, `paypal-off`, `paypal-not-its`, `paypal-other-account`, `paypal-known`,
   * `payment-reversed`, `refund-beyond-payment`, `paypal-too-little`.
   */
  'billing.refundPayPal': command({
    access: 'billing.payment.refund',
    scope: ofPayment,
    stepUp: true,
    input: z.strictObject({
      refundId: uuid,
      paymentId: uuid,
      amount: price.min(1),
      reason: line(300),
    }),
    output: done,
  }),
  /** A person has dealt with it. Errors: `not-found`. */
  'billing.settlePayPalMatter': command({
    access: 'billing.payment.reverse',
    scope: 'everything',
    input: z.strictObject({ matterId: uuid, note: line(300) }),
    output: done,
  }),
}
