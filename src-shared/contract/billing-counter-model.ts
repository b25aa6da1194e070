import { z } from 'zod'
import { minor } from './billing-model.ts'
import { uuid } from './common.ts'

/** Shapes of the counter: tills, sessions, what moved in them, receipts. */

/** A receipt printer on the network that speaks ESC/POS. */
export const tillPrinter = z.strictObject({
  /** An address or a name, as the person typed it: nothing is looked for. */
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9.:_-]+$/u, 'host'),
  port: z.int().min(1).max(65_535).default(9100),
  /** Characters in a line: 58 mm paper has 32, 80 mm 48 (or 42). */
  columns: z.union([z.literal(32), z.literal(42), z.literal(48)]),
  /** The number that Windows-1252 has at this printer; null: plain letters alone. */
  codePage: z.int().min(0).max(255).nullable(),
  cuts: z.boolean(),
  /** The drawer hangs on it, and opens when cash is taken. */
  opensDrawer: z.boolean(),
})
export type TillPrinter = z.output<typeof tillPrinter>

export const cashTill = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  currency: z.string(),
  /** The smallest coin in minor units; 1: nothing is rounded. */
  coin: z.int(),
  archived: z.boolean(),
  printer: tillPrinter.nullable(),
  /** Who runs it now; null: nobody. */
  openBy: z.string().nullable(),
})
export type CashTill = z.output<typeof cashTill>

export const cashMoveKinds = [
  'payment',
  'rounding',
  'in',
  'out',
  'drop',
  'refund',
  'reversal',
] as const
export type CashMoveKind = (typeof cashMoveKinds)[number]

/** What a session came to: kept as it was when it is closed. */
export const cashReport = z.object({
  float: minor,
  /** What was taken, by method; reversed ones are taken off. */
  methods: z.array(z.object({ method: z.string(), count: z.int(), amount: minor })),
  rounding: minor,
  cashIn: minor,
  /** Below 0. */
  cashOut: minor,
  drops: minor,
  /** Cash that was given back. */
  refunds: minor,
  /** What should be in the drawer. */
  expected: minor,
  /** Rows that are dated before the one they follow: the computer's clock was set back. */
  clockBack: z.int(),
})
export type CashReport = z.output<typeof cashReport>

export const cashSession = z.object({
  id: uuid,
  tillId: uuid,
  tillName: z.string(),
  currency: z.string(),
  accountId: uuid,
  person: z.string(),
  openedAt: z.number(),
  openedOn: z.string(),
  report: cashReport,
  /** Null: it is open. */
  closed: z
    .object({
      number: z.int(),
      at: z.number(),
      on: z.string(),
      by: z.string(),
      counted: minor,
      /** Counted less expected. */
      difference: minor,
      reason: z.string(),
      pieces: z.array(z.object({ value: minor, count: z.int() })).nullable(),
    })
    .nullable(),
  signed: z.object({ at: z.number(), by: z.string(), note: z.string() }).nullable(),
  corrections: z.array(
    z.object({
      id: uuid,
      amount: minor,
      reason: z.string(),
      at: z.number(),
      by: z.string(),
    }),
  ),
})
export type CashSession = z.output<typeof cashSession>

export const cashMove = z.object({
  id: uuid,
  kind: z.enum(cashMoveKinds),
  method: z.string(),
  amount: minor,
  reason: z.string(),
  at: z.number(),
  by: z.string().nullable(),
  payment: z
    .object({
      id: uuid,
      number: z.string(),
      subscriberCode: z.string(),
      subscriberName: z.string(),
      reversed: z.boolean(),
    })
    .nullable(),
})
export type CashMove = z.output<typeof cashMove>

export const cashCount = z.object({
  id: uuid,
  counted: minor,
  expected: minor,
  at: z.number(),
})
export type CashCount = z.output<typeof cashCount>

/** What was taken at the counter, as its receipt says it. */
export const counterReceipt = z.object({
  paymentId: uuid,
  number: z.string(),
  on: z.string(),
  at: z.number(),
  method: z.string(),
  currency: z.string(),
  amount: minor,
  /** Cash alone: what coins made of the amount, more (or, below 0, less). */
  rounding: minor,
  tendered: minor.nullable(),
  change: minor,
  settles: z.array(z.object({ invoiceId: uuid, number: z.string(), amount: minor })),
  /** What is left of it as credit. */
  credit: minor,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  by: z.string().nullable(),
  reversed: z.boolean(),
  /** How often it was printed. */
  printed: z.int(),
})
export type CounterReceipt = z.output<typeof counterReceipt>
