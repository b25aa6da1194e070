import { z } from 'zod'
import {
  documentHead,
  documentKinds,
  documentRecord,
  documentStates,
  documentTax,
  ledgerRow,
  reliefs,
  sellerSettings,
  typedLine,
} from './billing-documents-model.ts'
import type { Named } from '../domain/scope.ts'
import { currency, day, minor } from './billing-model.ts'
import { done, nothing, problem, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'

/** Invoices, credit notes and the ledger: what is owed and why. */

const read = 'billing.document.read'
const issue = 'billing.document.issue'

const ofDocument = ({ documentId }: { readonly documentId: string }) => [
  { kind: 'document' as const, id: documentId },
]
/** Seen by whoever reaches a part of the subscriber; changed by whoever reaches all of him. */
const seen =
  <Input>(of: (input: Input) => readonly Named[]) =>
  (input: Input): readonly Named[] =>
    of(input).map((named) => ({ ...named, inPart: true }))

const ofSubscriber = ({ subscriberId }: { readonly subscriberId: string }) => [
  { kind: 'subscriber' as const, id: subscriberId },
]

export const documentSorts = ['issuedOn', 'number', 'subscriber', 'dueOn', 'total'] as const

export const documentFilter = z.strictObject({
  /** Numbers, names and codes that hold the text; empty: all. */
  search: z.string().trim().max(120).default(''),
  kinds: z.array(z.enum(documentKinds)).max(4).default([]),
  state: z.enum(documentStates).nullable().default(null),
  subscriberId: uuid.nullable().default(null),
  subscriptionId: uuid.nullable().default(null),
  runId: uuid.nullable().default(null),
  currency: currency.nullable().default(null),
  /** Issued on [fromOn, untilOn). */
  fromOn: day.nullable().default(null),
  untilOn: day.nullable().default(null),
})
export type DocumentFilter = z.output<typeof documentFilter>

const draft = {
  kind: z.enum(['invoice', 'debit-note', 'proforma']),
  subscriberId: uuid,
  currency,
  /** Of a debit note: the document that it adds to. */
  correctsId: uuid.nullable().default(null),
  reason: z.string().trim().max(500).default(''),
  note: z.string().trim().max(2000).default(''),
  lines: z.array(typedLine).min(1).max(200),
} as const

const reported = {
  currency: z.string(),
  net: minor,
  tax: minor,
} as const

export const billingDocumentsQueries = {
  'billing.seller': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({ version: z.int(), seller: sellerSettings }),
  }),
  /** Of all that match, those from `offset` on; sums are of all of them, by currency. */
  'billing.documents': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      filter: documentFilter,
      sort: z.enum(documentSorts).default('issuedOn'),
      descending: z.boolean().default(true),
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      total: z.int(),
      /** Invoices and debit notes less credit notes. */
      sums: z.array(z.object({ currency: z.string(), net: minor, tax: minor, total: minor })),
      documents: z.array(documentHead),
    }),
  }),
  /** Errors: `not-found`. */
  'billing.document': query({
    access: read,
    scope: seen(ofDocument),
    input: z.strictObject({ documentId: uuid }),
    output: documentRecord,
  }),
  /**
   * What the typed lines would come to, by the rules that issue them; written nowhere. A line that is
   * refused says why, and the sums are of the others. Errors: `not-found`.
   */
  'billing.draftLook': query({
    access: issue,
    scope: seen(ofSubscriber),
    input: z.strictObject({
      subscriberId: uuid,
      currency,
      lines: z.array(typedLine).max(200),
    }),
    output: z.object({
      /** In the order in which they were typed. */
      lines: z.array(
        z.object({
          gross: minor,
          net: minor,
          tax: minor,
          /** `discount-beyond-line`, `tax-rate-missing`, `line-beyond-limit`. */
          problem: problem.nullable(),
        }),
      ),
      taxes: z.array(documentTax),
      net: minor,
      tax: minor,
      total: minor,
    }),
  }),
  /**
   * What somebody owes and how it came to be: entries of [fromOn, untilOn) with the balance before
   * and after them: opening + entries = closing. Errors: `not-found`.
   */
  'billing.ledger': query({
    access: 'billing.ledger.read',
    scope: seen(ofSubscriber),
    input: z.strictObject({
      subscriberId: uuid,
      /** Null: the one that there are entries in, the seller's first. */
      currency: currency.nullable().default(null),
      fromOn: day.nullable().default(null),
      untilOn: day.nullable().default(null),
      offset: z.int().min(0).max(1_000_000).default(0),
      limit: z.int().min(1).max(1000).default(200),
    }),
    output: z.object({
      currency: z.string(),
      /** Those that there are entries in. */
      currencies: z.array(z.string()),
      total: z.int(),
      opening: minor,
      closing: minor,
      /** Of today, whatever the days. */
      balance: minor,
      rows: z.array(ledgerRow),
    }),
  }),
  /**
   * Taxes and revenue of what was issued on [fromOn, untilOn): invoices and debit notes less credit
   * notes. Errors: `cancelled`.
   */
  'billing.report': query({
    access: 'billing.ledger.read',
    input: z
      .strictObject({ fromOn: day, untilOn: day, taskId: taskId.optional() })
      .refine(({ fromOn, untilOn }) => fromOn < untilOn, 'ends before it begins'),
    output: z.object({
      documents: z.int(),
      /** By tax, rate and why it is none. */
      taxes: z.array(
        z.object({
          currency: z.string(),
          code: z.string(),
          name: z.string(),
          ratePpm: z.int(),
          baseNum: z.int(),
          baseDen: z.int(),
          relief: z.enum(reliefs).nullable(),
          base: minor,
          amount: minor,
        }),
      ),
      /** By what stands on the lines. */
      revenue: z.array(z.object({ ...reported, name: z.string(), lines: z.int() })),
      sums: z.array(z.object({ ...reported, documents: z.int(), rounding: minor, total: minor })),
    }),
  }),
}

export const billingDocumentsCommands = {
  /** Errors: `conflict`. */
  'billing.configureSeller': command({
    access: 'billing.seller.manage',
    input: z.strictObject({ baseVersion: z.int(), seller: sellerSettings }),
    output: done,
  }),
  /**
   * A document by hand, as a draft; `documentId` null: a new one. Errors: `conflict`, `not-found`,
   * `document-issued`, `document-kind`, `tax-rate-missing`.
   */
  'billing.saveDraft': command({
    access: issue,
    scope: ofSubscriber,
    input: z.strictObject({ documentId: uuid.nullable(), baseVersion: z.int(), ...draft }),
    output: z.object({ documentId: uuid, version: z.int(), total: minor }),
  }),
  /** Errors: `conflict`, `not-found`, `document-issued`. */
  'billing.removeDraft': command({
    access: issue,
    scope: ofDocument,
    input: z.strictObject({ documentId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /**
   * Takes a number and issues the draft, dated today: it stays as it is from then on. Errors:
   * `conflict`, `not-found`, `document-issued`, `billing-clock-back`, `billing-seller-missing`,
   * `tax-rate-missing`.
   */
  'billing.issueDraft': command({
    access: issue,
    scope: ofDocument,
    input: z.strictObject({ documentId: uuid, baseVersion: z.int() }),
    output: z.object({ number: z.string() }),
  }),
}

export const billingDocumentsEvents = {
  /** Lists and records of documents are worth asking for again. */
  'billing.documentsChanged': event({
    access: read,
    scope: 'nothing',
    delivery: 'latest',
    payload: z.object({}),
  }),
}
