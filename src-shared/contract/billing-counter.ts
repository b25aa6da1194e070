import { z } from 'zod'
import { currency, minor, noteText, price } from './billing-model.ts'
import {
  cashCount,
  cashMove,
  cashSession,
  cashTill,
  counterReceipt,
  tillPrinter,
} from './billing-counter-model.ts'
import { accountBalance, enteredMethods, openDocument } from './billing-payments.ts'
import { prepaidRow } from './billing-prepaid.ts'
import { done, line, nothing, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import type { Named } from '../domain/scope.ts'

/** The counter: tills, the sessions in which somebody runs one, and the money taken there. */

const run = 'billing.cash.run'
const read = 'billing.cash.read'

const ofSubscriberId = ({ subscriberId }: { readonly subscriberId: string }): readonly Named[] => [
  { kind: 'subscriber', id: subscriberId },
]
const ofPayment = ({ paymentId }: { readonly paymentId: string }): readonly Named[] => [
  { kind: 'payment', id: paymentId },
]

/** Coins and notes of one value, counted. */
const piece = z.strictObject({ value: price.min(1), count: z.int().min(0).max(1_000_000) })
const pieces = z.array(piece).max(40).nullable().default(null)

const counted = {
  counted: price,
  pieces,
}
const adds = ({ counted: sum, pieces: list }: z.output<z.ZodObject<typeof counted>>): boolean =>
  list === null || list.reduce((total, { value, count }) => total + value * count, 0) === sum

export const billingCounterQueries = {
  /** Archived ones too. */
  'billing.tills': query({
    access: run,
    scope: 'nothing',
    input: nothing,
    output: z.object({ tills: z.array(cashTill) }),
  }),
  /** The session that the person runs, also one that was left open on another day. */
  'billing.counter': query({
    access: run,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      today: z.string(),
      session: cashSession.nullable(),
      till: cashTill.nullable(),
      /** The latest first, at most 200. */
      moves: z.array(cashMove),
      counts: z.array(cashCount),
    }),
  }),
  /** By name, code, telephone, address or serial: no more of him than is needed to tell him apart. */
  'billing.counterFind': query({
    access: run,
    scope: 'narrowed',
    input: z.strictObject({ text: z.string().trim().min(1).max(100) }),
    output: z.object({
      total: z.int(),
      found: z.array(
        z.object({
          id: uuid,
          code: z.string(),
          name: z.string(),
          phone: z.string(),
          address: z.string(),
          serial: z.string().nullable(),
        }),
      ),
    }),
  }),
  /** What stands open of him and whether his service is on. Errors: `not-found`. */
  'billing.counterSubscriber': query({
    access: run,
    scope: ofSubscriberId,
    input: z.strictObject({ subscriberId: uuid }),
    output: z.object({
      id: uuid,
      code: z.string(),
      name: z.string(),
      phone: z.string().nullable(),
      address: z.string(),
      status: z.string(),
      today: z.string(),
      balances: z.array(accountBalance),
      open: z.array(openDocument),
      prepaid: z.array(prepaidRow),
      services: z.array(
        z.object({
          name: z.string(),
          serial: z.string().nullable(),
          plan: z.string().nullable(),
          /** Of the subscription; null: none. */
          status: z.string().nullable(),
        }),
      ),
    }),
  }),
  /** Of a payment of one's own session; of any with `billing.cash.read`. Errors: `not-found`. */
  'billing.counterReceipt': query({
    access: run,
    scope: ofPayment,
    input: z.strictObject({ paymentId: uuid }),
    output: counterReceipt,
  }),
  /** The latest first. */
  'billing.cashSessions': query({
    access: read,
    input: z.strictObject({
      state: z.enum(['all', 'open', 'unsigned']).default('all'),
      limit: z.int().min(1).max(200).default(50),
      offset: z.int().min(0).max(1_000_000).default(0),
    }),
    output: z.object({ sessions: z.array(cashSession), total: z.int() }),
  }),
  /** One's own; of others with `billing.cash.read`. Errors: `not-found`. */
  'billing.cashSession': query({
    access: run,
    scope: 'nothing',
    input: z.strictObject({ sessionId: uuid }),
    output: z.object({
      session: cashSession,
      moves: z.array(cashMove),
      counts: z.array(cashCount),
    }),
  }),
}

export const billingCounterCommands = {
  /** Errors: `not-found`, `conflict`, `till-in-use`. */
  'billing.saveTill': command({
    access: 'billing.cash.manage',
    input: z.strictObject({
      tillId: uuid.nullable(),
      baseVersion: z.int().min(0),
      name: line(60),
      currency,
      coin: z.int().min(1).max(1_000_000),
      archived: z.boolean(),
      printer: tillPrinter.nullable(),
    }),
    output: z.object({ tillId: uuid }),
  }),
  /** Errors: `not-found`, `till-in-use`, `cash-session-open`. */
  'billing.openCash': command({
    access: run,
    scope: 'nothing',
    input: z.strictObject({ sessionId: uuid, tillId: uuid, float: price }),
    output: done,
  }),
  /** Cash put in or taken out for a reason, or brought to the safe. Errors: `cash-session-needed`, `cash-not-enough`. */
  'billing.moveCash': command({
    access: run,
    scope: 'nothing',
    input: z
      .strictObject({
        moveId: uuid,
        kind: z.enum(['in', 'out', 'drop']),
        amount: price.min(1),
        reason: z.string().trim().max(300).default(''),
      })
      .refine(({ kind, reason }) => kind === 'drop' || reason !== '', {
        message: 'a reason',
        path: ['reason'],
      }),
    output: z.object({ expected: minor }),
  }),
  /** Counted in between (X). The same `countId` again: the same answer. Errors: `cash-session-needed`, `conflict`. */
  'billing.countCash': command({
    access: run,
    scope: 'nothing',
    input: z
      .strictObject({ countId: uuid, ...counted })
      .refine(adds, { message: 'the pieces are not the sum', path: ['pieces'] }),
    output: z.object({ expected: minor, difference: minor }),
  }),
  /**
   * The end (Z). `expected`: what the person saw; another by now is a `conflict`. Of another's session
   * with `billing.cash.sign`. Errors: `not-found`, `cash-session-closed`, `conflict`, `cash-reason-needed`.
   */
  'billing.closeCash': command({
    access: run,
    scope: 'nothing',
    input: z
      .strictObject({
        sessionId: uuid,
        ...counted,
        expected: minor,
        reason: z.string().trim().max(300).default(''),
      })
      .refine(adds, { message: 'the pieces are not the sum', path: ['pieces'] }),
    output: z.object({ number: z.int(), difference: minor }),
  }),
  /** By another person than who ran and who closed it. Errors: `not-found`, `cash-session-running`, `cash-own-session`, `cash-signed`. */
  'billing.signCash': command({
    access: 'billing.cash.sign',
    input: z.strictObject({ sessionId: uuid, note: noteText.max(300).default('') }),
    output: done,
  }),
  /** A row beside a closed session. Errors: `not-found`, `cash-session-running`, `cash-own-session`. */
  'billing.correctCash': command({
    access: 'billing.cash.correct',
    input: z.strictObject({
      correctionId: uuid,
      sessionId: uuid,
      amount: z
        .int()
        .min(-1_000_000_000_000)
        .max(1_000_000_000_000)
        .refine((amount) => amount !== 0, 'not 0'),
      reason: line(300),
    }),
    output: done,
  }),
  /**
   * Money over the counter, in the person's own session, dated today. The same `paymentId` again is the
   * same payment, with the same answer. Errors: `cash-session-needed`, `cash-other-currency`,
   * `tendered-too-little`, those of `billing.takePayment`.
   */
  'billing.counterTake': command({
    access: run,
    scope: ofSubscriberId,
    input: z.strictObject({
      paymentId: uuid,
      subscriberId: uuid,
      method: z.enum(enteredMethods),
      currency,
      amount: price.min(1),
      /** Cash: what was handed over; null: just the amount. */
      tendered: price.nullable().default(null),
      reference: z.string().trim().max(140).default(''),
      note: noteText.max(300).default(''),
      settles: z
        .array(z.strictObject({ documentId: uuid, amount: price.min(1) }))
        .max(200)
        .default([]),
    }),
    output: counterReceipt,
  }),
  /**
   * A printed card: its value comes in as a payment. Once only. Errors: `voucher-refused` (no such code,
   * or a voided one: one answer), `voucher-used`, `voucher-expired`, `voucher-currency`,
   * `voucher-wait` (too many wrong ones), those of `billing.takePayment`.
   */
  'billing.redeemVoucher': command({
    access: run,
    scope: ofSubscriberId,
    secrets: ['code'],
    input: z.strictObject({
      paymentId: uuid,
      subscriberId: uuid,
      currency,
      code: z.string().max(60),
    }),
    output: z.object({
      /** Of the receipt. */
      number: z.string(),
      amount: minor,
      currency: z.string(),
      credit: minor,
    }),
  }),
  /**
   * Sends a receipt to the printer of the person's till. The payment stands whatever comes of it.
   * Errors: `not-found`, `cash-session-needed`, `printer-missing`, `printer-unreachable`,
   * `printer-silent`, `printer-broke-off`.
   */
  'billing.printReceipt': command({
    access: run,
    scope: ofPayment,
    input: z.strictObject({
      paymentId: uuid,
      /** With the payment: the drawer opens if cash was taken. Not of a copy. */
      opensDrawer: z.boolean().default(false),
      /** Null: the customer's; English where there are no words in his. */
      language: z.enum(['en', 'id']).nullable().default(null),
    }),
    output: z.object({ printed: z.int() }),
  }),
}

export const billingCounterEvents = {
  /** A till or a session is not as it was. */
  'billing.counterChanged': event({
    access: run,
    scope: 'nothing',
    delivery: 'latest',
    payload: z.object({}),
  }),
}
