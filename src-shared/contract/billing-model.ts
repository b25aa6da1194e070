import { z } from 'zod'
import { isCalendarDate } from '../domain/calendar-date.ts'
import { isCurrencyCode } from '../domain/currencies.ts'
import { line, uuid } from './common.ts'

/** Shapes of the billing capability that several of its procedures share. */

/** A day of the seller's calendar, `YYYY-MM-DD`. */
export const day = z.string().refine((text): boolean => isCalendarDate(text), 'no such day')

export const currency = z.string().refine(isCurrencyCode, 'no such currency')

/** Whole minor units of the currency that stands beside it; either sign. */
export const minor = z.int()

/** At most 10 billions of a currency with two decimals: above that a figure was mistyped. */
export const price = z.int().min(0).max(1_000_000_000_000)

/** What a person reads a thing by: `HOME-50`. */
export const code = z
  .string()
  .trim()
  .min(1)
  .max(32)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._/-]*$/u, 'code')

export const noteText = z.string().trim().max(2000)

export const planKinds = ['main', 'extra'] as const
export const planPayments = ['postpaid', 'prepaid'] as const
export const planIntervals = ['month', 'quarter', 'year', '30d'] as const
export const planModes = ['advance', 'arrears'] as const
export const planProrations = ['actual', 'fixed30', 'none'] as const

export const planExtra = z.strictObject({
  code,
  name: line(120),
  /** Charged once, with the first period; or with every one. */
  kind: z.enum(['one-off', 'recurring']),
  price,
  /** Goes with every subscription, or is chosen for one. */
  required: z.boolean(),
})

export const planDiscount = z
  .strictObject({
    name: line(120),
    /** Of the price of a period; in minor units. */
    amount: price.min(1).nullable(),
    /** Millionths: 10 % is 100,000. */
    percentPpm: z.int().min(1).max(1_000_000).nullable(),
    fromOn: day,
    /** Exclusive; null: without end. */
    untilOn: day.nullable(),
    /**
     * Null: of every period that begins between the dates. A number: a promotion, of the first so
     * many periods of whoever begins between them.
     */
    cycles: z.int().min(1).max(120).nullable(),
  })
  .refine(({ amount, percentPpm }) => (amount === null) !== (percentPpm === null), 'one of the two')
  .refine(({ fromOn, untilOn }) => untilOn === null || untilOn > fromOn, 'ends before it begins')

/** What a version says; never changed once a subscription was sold under it. */
export const planTerms = z
  .strictObject({
    validFromOn: day,
    /** Of a whole interval, in minor units. Null: by the unit. */
    price: price.nullable(),
    /** Of one unit of the quantity: millionths of the major unit (EN 16931). Null: of the whole. */
    unitPrice: price.nullable(),
    /** What is counted: "GB", "address". */
    unit: z.string().trim().max(20).default(''),
    taxIncluded: z.boolean(),
    /** Codes of taxes; none: untaxed. */
    taxCodes: z.array(code).max(8),
    interval: z.enum(planIntervals),
    mode: z.enum(planModes),
    proration: z.enum(planProrations),
    /** While suspended for debt. */
    billWhileSuspended: z.boolean().default(true),
    /** While paused on the subscriber's wish. */
    billWhilePaused: z.boolean().default(false),
    /** One of `provisioning.speeds`; null: none. */
    speedId: uuid.nullable(),
    minTermMonths: z.int().min(0).max(120).default(0),
    trialDays: z.int().min(0).max(365).default(0),
    /** Prepaid: days the service stays on without balance. */
    graceDays: z.int().min(0).max(365).default(0),
    /** Prepaid: days that a balance lasts; null: for good. */
    balanceDays: z.int().min(1).max(3650).nullable().default(null),
    extras: z.array(planExtra).max(40),
    discounts: z.array(planDiscount).max(40),
  })
  .refine((terms) => (terms.price === null) !== (terms.unitPrice === null), 'one of the two')
  .refine(
    ({ extras }) => new Set(extras.map((extra) => extra.code.toLowerCase())).size === extras.length,
    'two extras of one code',
  )
  .refine(({ taxCodes }) => new Set(taxCodes).size === taxCodes.length, 'a tax twice')

export type PlanTerms = z.output<typeof planTerms>
export type PlanExtra = z.output<typeof planExtra>
export type PlanDiscount = z.output<typeof planDiscount>

/** Where a version's speed can be given, and where not: told, never hidden. */
export const speedReach = z.object({
  /** Null: the speed was removed from the console. */
  name: z.string().nullable(),
  downKbps: z.int().nullable(),
  upKbps: z.int().nullable(),
  /** OLTs on which it cannot be given, of those that are reached, and why. */
  gaps: z.array(
    z.object({
      oltId: uuid,
      oltName: z.string(),
      family: z.string(),
      /** Nothing stands for it there; or the OLT's lists, as read last, hold no such profile. */
      why: z.enum(['unmapped', 'missing']),
      profile: z.string().nullable(),
    }),
  ),
  olts: z.int(),
})

export const planVersion = z.object({
  id: uuid,
  number: z.int(),
  ...planTerms.shape,
  currency: z.string(),
  createdAt: z.number(),
  createdBy: z.string().nullable(),
  /** Subscriptions that stand under it and are not over; null: not for an account that reaches a part. */
  live: z.int().nullable(),
  /** It was sold under: it stays as it is. */
  used: z.boolean(),
  speed: speedReach.nullable(),
})

export type PlanVersion = z.output<typeof planVersion>

export const planHead = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  name: z.string(),
  note: z.string(),
  kind: z.enum(planKinds),
  payment: z.enum(planPayments),
  currency: z.string(),
  sold: z.boolean(),
  updatedAt: z.number(),
})

export const taxRate = z.object({
  id: uuid,
  version: z.int(),
  code: z.string(),
  name: z.string(),
  ratePpm: z.int(),
  baseNum: z.int(),
  baseDen: z.int(),
  country: z.string(),
  validFromOn: z.string(),
  validToOn: z.string().nullable(),
})

/** One line that would stand on a document, and why it is what it is. */
export const exampleLine = z.object({
  kind: z.enum(['recurring', 'one-off', 'credit']),
  name: z.string(),
  /** Half-open. */
  startOn: z.string(),
  endOn: z.string(),
  /** Days charged of days of the whole period; null: all of it, or not by days. */
  days: z.int().nullable(),
  ofDays: z.int().nullable(),
  /** Of a credit: why. */
  reason: z.enum(['changed', 'ended', 'paused', 'suspended', 'taken-back']).nullable(),
  /** Before discounts; as the plan says it: with tax where its price includes it. */
  gross: minor,
  discounts: z.array(
    z.object({
      name: z.string(),
      minor,
      /** Of a promotion: which of how many periods. */
      cycle: z.int().nullable(),
      cycles: z.int().nullable(),
    }),
  ),
  /** Below 0: given back. */
  amount: minor,
})

export const exampleTax = z.object({
  code: z.string(),
  ratePpm: z.int(),
  baseNum: z.int(),
  baseDen: z.int(),
  base: minor,
  tax: minor,
})

/** One document that would be made. */
export const exampleBill = z.object({
  /** The day from which it is due to be made. */
  on: z.string(),
  lines: z.array(exampleLine),
  taxes: z.array(exampleTax),
  net: minor,
  tax: minor,
  total: minor,
})

export type ExampleBill = z.output<typeof exampleBill>
export type ExampleLine = z.output<typeof exampleLine>
