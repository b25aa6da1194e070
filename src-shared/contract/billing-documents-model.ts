import { z } from 'zod'
import { minor } from './billing-model.ts'
import { instant, line, problem, uuid } from './common.ts'

/** Shapes of documents, of what stands on them, and of the ledger. */

export const documentKinds = ['invoice', 'credit-note', 'debit-note', 'proforma'] as const
export type DocumentKind = (typeof documentKinds)[number]

export const documentStates = ['draft', 'issued'] as const

export const lineKinds = ['recurring', 'one-off', 'fee', 'credit', 'other'] as const

export const reliefs = ['exempt', 'reverse-charge', 'outside', 'zero'] as const

/** ISO 4217. */
const currency = z.string()
/** `YYYY-MM-DD`. */
const day = z.string()

const text = (max: number) => z.string().trim().max(max)

export const postalAddress = z.object({
  lines: text(400),
  city: text(120),
  region: text(120),
  postcode: text(20),
  country: z.string().regex(/^([A-Z]{2})?$/u, 'country'),
})

/** The seller as a document shows him, and as he was when it was issued. */
export const sellerSnapshot = z.object({
  name: text(200),
  address: postalAddress,
  taxId: text(40),
  phone: text(40),
  email: text(120),
  paymentNote: text(1000),
})
export type SellerSnapshot = z.output<typeof sellerSnapshot>

/** The buyer as he was when the document was issued: a change of his file changes no document. */
export const buyerSnapshot = z.object({
  code: z.string(),
  kind: z.enum(['person', 'company']),
  name: z.string(),
  taxId: z.string(),
  taxTreatment: z.enum(['standard', 'exempt', 'reverse-charge', 'outside']),
  language: z.string(),
  address: postalAddress.nullable(),
})
export type BuyerSnapshot = z.output<typeof buyerSnapshot>

export const paymentTerms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('days'), days: z.int().min(0).max(365) }),
  z.strictObject({ kind: z.literal('days-after-month-end'), days: z.int().min(0).max(365) }),
  z.strictObject({ kind: z.literal('months-after-month-end'), months: z.int().min(0).max(12) }),
  z.strictObject({
    kind: z.literal('days-then-month-end'),
    days: z.int().min(0).max(365),
    day: z.int().min(0).max(31),
  }),
  z.strictObject({ kind: z.literal('end-of-month') }),
  z.strictObject({ kind: z.literal('start-of-next-month') }),
  z.strictObject({ kind: z.literal('day-of-month'), day: z.int().min(1).max(31) }),
  z.strictObject({
    kind: z.literal('day-of-later-month'),
    day: z.int().min(1).max(31),
    months: z.int().min(0).max(12),
  }),
])

const prefix = z.string().regex(/^[A-Z0-9]{1,8}$/u, 'prefix')

/** Who sells, and how his documents are made. */
export const sellerSettings = z.strictObject({
  ...sellerSnapshot.shape,
  address: z.strictObject(postalAddress.shape),
  installation: z.string().regex(/^[A-Z0-9]{1,6}$/u, 'installation'),
  prefixes: z.strictObject({
    invoice: prefix,
    'credit-note': prefix,
    'debit-note': prefix,
    proforma: prefix,
    receipt: prefix,
  }),
  yearly: z.boolean(),
  terms: paymentTerms,
  leadDays: z.int().min(0).max(60),
  endDay: z.enum(['free', 'charged']),
  catchUp: z.enum(['each', 'combined']),
  reliefPrice: z.enum(['less-tax', 'stays']),
})
export type SellerSettings = z.output<typeof sellerSettings>

/** Why a line is there and costs what it costs (src-main/billing/explanation.ts), as data. */
const span = { name: z.string(), from: z.string(), until: z.string() }
const why = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole'), ...span }),
  z.object({ kind: z.literal('days'), ...span, days: z.int(), of: z.int(), fixed: z.boolean() }),
  z.object({ kind: z.literal('begun'), ...span }),
  z.object({ kind: z.literal('once'), name: z.string(), on: z.string() }),
  z.object({
    kind: z.literal('credit'),
    ...span,
    reason: z.enum(['changed', 'ended', 'paused', 'suspended', 'taken-back']),
    days: z.int(),
  }),
])
export const lineExplanation = z.object({
  why,
  discounts: z.array(
    z.object({
      name: z.string(),
      minor,
      ppm: z.int().nullable(),
      cycle: z.int().nullable(),
      cycles: z.int().nullable(),
    }),
  ),
})

export const documentLine = z.object({
  id: uuid,
  seq: z.int(),
  kind: z.enum(lineKinds),
  description: z.string(),
  /** Half-open; null: of no period. */
  startOn: z.string().nullable(),
  endOn: z.string().nullable(),
  /** Whole number and its decimals: 15 with scale 1 is 1.5. */
  quantity: z.int(),
  quantityScale: z.int(),
  /** Of the major unit. */
  unitPrice: z.int(),
  unitScale: z.int(),
  gross: minor,
  discount: minor,
  /** With tax where the price includes it. */
  amount: minor,
  net: minor,
  tax: minor,
  taxIncluded: z.boolean(),
  taxGroup: z.int(),
  explanation: z.array(lineExplanation),
  correctsLineId: uuid.nullable(),
  /** What credit notes took of it. */
  credited: minor,
})
export type DocumentLineRow = z.output<typeof documentLine>

export const documentTax = z.object({
  taxGroup: z.int(),
  code: z.string(),
  name: z.string(),
  ratePpm: z.int(),
  baseNum: z.int(),
  baseDen: z.int(),
  included: z.boolean(),
  relief: z.enum(reliefs).nullable(),
  base: minor,
  amount: minor,
})
export type DocumentTaxRow = z.output<typeof documentTax>

export const documentHead = z.object({
  id: uuid,
  version: z.int(),
  kind: z.enum(documentKinds),
  state: z.enum(documentStates),
  number: z.string().nullable(),
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  subscriptionId: uuid.nullable(),
  runId: uuid.nullable(),
  correctsId: uuid.nullable(),
  issuedOn: z.string().nullable(),
  dueOn: z.string().nullable(),
  currency,
  net: minor,
  tax: minor,
  rounding: minor,
  total: minor,
  /** Σ of its credit notes. */
  credited: minor,
  /** What payments and credit notes settle of it; the rest of an invoice or debit note is open. */
  settled: minor,
  createdAt: z.number(),
})
export type DocumentHead = z.output<typeof documentHead>

/** A line as a person types it. */
export const typedLine = z.strictObject({
  description: line(200),
  quantity: z.int().min(1).max(1_000_000_000),
  quantityScale: z.int().min(0).max(6).default(0),
  unitPrice: z.int().min(0).max(1_000_000_000_000),
  unitScale: z.int().min(0).max(9),
  discount: z.int().min(0).max(1_000_000_000_000).default(0),
  taxIncluded: z.boolean(),
  taxCodes: z.array(z.string().min(1).max(32)).max(8),
})
export type TypedLine = z.output<typeof typedLine>

/** A part of a payment, credit note or write-off that settles a part of a document. */
export const documentSettlement = z.object({
  kind: z.enum(['payment', 'credit-note', 'write-off']),
  /** Of the payment, credit note or write-off. */
  id: uuid,
  /** '': a write-off has none. */
  number: z.string(),
  on: z.string(),
  amount: minor,
})

export const documentRecord = documentHead.extend({
  reason: z.string(),
  note: z.string(),
  taxPointOn: z.string().nullable(),
  issuedAt: instant,
  createdBy: z.string().nullable(),
  seller: sellerSnapshot.nullable(),
  buyer: buyerSnapshot.nullable(),
  lines: z.array(documentLine),
  taxes: z.array(documentTax),
  /** Documents that correct it, the first one first; and the one that it corrects. */
  corrections: z.array(
    z.object({
      id: uuid,
      kind: z.enum(documentKinds),
      number: z.string().nullable(),
      total: minor,
    }),
  ),
  corrects: z.object({ id: uuid, number: z.string().nullable() }).nullable(),
  /** Of a draft by hand: its lines as they were typed. */
  typed: z.array(typedLine).nullable(),
  /** What settles it now, in the order in which it did. */
  settledBy: z.array(documentSettlement),
  /** Of a credit note: what it settles. */
  settles: z.array(z.object({ id: uuid, number: z.string(), on: z.string(), amount: minor })),
  /** Days charged, by plan, of those that a run bills: "31 days: 12 at Home 20, 19 at Home 50". */
  days: z.int(),
  daysAt: z.array(z.object({ name: z.string(), days: z.int() })),
})
export type DocumentRecord = z.output<typeof documentRecord>

export const ledgerKinds = [
  'opening',
  'invoice',
  'debit-note',
  'credit-note',
  'payment',
  'reversal',
  'refund',
  'adjustment',
  'write-off',
  'fee',
] as const
export type LedgerKind = (typeof ledgerKinds)[number]

export const ledgerRow = z.object({
  id: uuid,
  on: z.string(),
  at: z.number(),
  kind: z.enum(ledgerKinds),
  docId: z.string().nullable(),
  /** Of a document or of a payment's receipt: its number. */
  number: z.string().nullable(),
  /** Of a payment, its reversal or a refund of it: the payment. */
  paymentId: uuid.nullable(),
  amount: minor,
  /** After it, in the order in which entries were made. */
  balanceAfter: minor,
})

export const runStates = ['running', 'done', 'cancelled', 'broken'] as const

export const runRow = z.object({
  id: uuid,
  asOfOn: day,
  state: z.enum(runStates),
  startedAt: z.number(),
  startedBy: z.string().nullable(),
  finishedAt: instant,
  /** Subscriptions it looked at, and those it could not bill. */
  looked: z.int(),
  failed: z.int(),
  invoices: z.int(),
  creditNotes: z.int(),
  /** By currency. */
  totals: z.array(z.object({ currency, invoiced: minor, credited: minor })),
})
export type RunRow = z.output<typeof runRow>

export const runFailure = z.object({
  subscriptionId: uuid,
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  planName: z.string(),
  problem,
})
