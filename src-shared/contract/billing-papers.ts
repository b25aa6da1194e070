import { z } from 'zod'
import { currency, day } from './billing-model.ts'
import { done, nothing, taskId, uuid } from './common.ts'
import { command, query } from './define.ts'

/** What leaves the console: documents as PDF and as XML, and the journal for an accountant. */

const documents = 'billing.document.read'
const everythingOut = 'billing.document.export'

/** A sheet, and the two widths of thermal paper. */
export const paperSizes = ['a4', '80mm', '58mm'] as const
export type PaperSize = (typeof paperSizes)[number]

export const paperLanguages = ['en', 'id'] as const
export type PaperLanguage = (typeof paperLanguages)[number]

/** EN 16931 alone, or as the network for invoices between companies wants it. */
export const ublProfiles = ['en16931', 'peppol'] as const
export type UblProfile = (typeof ublProfiles)[number]

const ofDocument = ({ documentId }: { readonly documentId: string }) => [
  { kind: 'document' as const, id: documentId },
]

const paper = {
  paper: z.enum(paperSizes).default('a4'),
  /** Null: the customer's. */
  language: z.enum(paperLanguages).nullable().default(null),
} as const

/** Where it lies: in the workspace's `exports`, for its owner alone. */
const written = { folder: z.string(), fileName: z.string() } as const

/** An account of a chart of accounts: what a ledger program calls it. */
const account = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:/-]*$/u, 'account')

export const journalAccounts = z.strictObject({
  receivable: account,
  revenue: account,
  tax: account,
  rounding: account,
  cash: account,
  transfer: account,
  card: account,
  paypal: account,
  voucher: account,
  /** What agents are owed, and what resellers paid in advance. */
  agent: account,
  commission: account,
  other: account,
  opening: account,
  adjustment: account,
  writeOff: account,
  fee: account,
})
export type JournalAccounts = z.output<typeof journalAccounts>

export const paperSettings = z.strictObject({
  /** Where a transfer goes: printed as a QR code that banks' apps read (euro); '': none. */
  transfer: z.strictObject({
    iban: z.string().trim().max(50),
    bic: z.string().trim().max(20),
    name: z.string().trim().max(70),
  }),
  /** What the shop's own printed code says (QRIS and its like); the amount is put in. '': none. */
  shopCode: z.string().trim().max(512),
  accounts: journalAccounts,
  /** Other accounts for what a tax stands on. */
  taxAccounts: z
    .array(z.strictObject({ code: z.string().min(1).max(32), revenue: account, tax: account }))
    .max(40)
    .refine((list) => new Set(list.map(({ code }) => code)).size === list.length, 'a tax twice'),
})
export type PaperSettings = z.output<typeof paperSettings>

export const billingPapersQueries = {
  'billing.paperSettings': query({
    access: documents,
    scope: 'nothing',
    input: nothing,
    output: z.object({ version: z.int(), settings: paperSettings }),
  }),
}

export const billingPapersCommands = {
  /** Errors: `conflict`, `payment-code-invalid`. */
  'billing.configurePapers': command({
    access: 'billing.seller.manage',
    input: z.strictObject({ baseVersion: z.int(), settings: paperSettings }),
    output: done,
  }),
  /**
   * An issued document as PDF. The same document is the same bytes: what was handed out first is
   * known by its hash, and another paper is refused. Errors: `not-found`, `document-not-issued`,
   * `document-pdf-differs`, `disk-full`, `permission-denied`.
   */
  'billing.documentPdf': command({
    access: documents,
    scope: ofDocument,
    input: z.strictObject({ documentId: uuid, ...paper }),
    output: z.object({ ...written, sha256: z.string() }),
  }),
  /** Errors: `not-found`, `document-pdf-differs`, `disk-full`, `permission-denied`. */
  'billing.receiptPdf': command({
    access: 'billing.payment.read',
    scope: ({ paymentId }) => [{ kind: 'payment', id: paymentId }],
    input: z.strictObject({ paymentId: uuid, ...paper }),
    output: z.object({ ...written, sha256: z.string() }),
  }),
  /** Of what he took himself at a counter: a cashier gives it out, and sees no other payment. Errors: likewise. */
  'billing.receiptPdfOfMine': command({
    access: 'billing.cash.run',
    scope: ({ paymentId }) => [{ kind: 'payment', id: paymentId }],
    input: z.strictObject({ paymentId: uuid, ...paper }),
    output: z.object({ ...written, sha256: z.string() }),
  }),
  /**
   * What somebody owes and how it came to be, of [fromOn, untilOn): opening + rows = closing. Errors:
   * `not-found`, `statement-too-long`, `disk-full`, `permission-denied`.
   */
  'billing.statementPdf': command({
    access: 'billing.ledger.read',
    scope: ({ subscriberId }) => [{ kind: 'subscriber', id: subscriberId }],
    input: z
      .strictObject({ subscriberId: uuid, currency, fromOn: day, untilOn: day, ...paper })
      .refine(({ fromOn, untilOn }) => fromOn < untilOn, 'ends before it begins'),
    output: z.object({ ...written, rows: z.int() }),
  }),
  /**
   * One PDF for each of these documents, or of those that a run issued, in a folder of their own.
   * What cannot be made is counted and left out. Progress by `taskId`. Errors: `cancelled`,
   * `not-found`, `nothing-to-print`, `disk-full`, `permission-denied`.
   */
  'billing.runPdfs': command({
    access: everythingOut,
    input: z
      .strictObject({
        runId: uuid.nullable().default(null),
        documentIds: z.array(uuid).max(10_000).default([]),
        taskId,
        ...paper,
      })
      .refine(({ runId, documentIds }) => (runId === null) !== (documentIds.length === 0), {
        message: 'a run, or documents',
      }),
    output: z.object({
      folder: z.string(),
      files: z.int(),
      /** Numbers of those that are not as they were handed out first. */
      differ: z.array(z.string()),
    }),
  }),
  /**
   * An invoice, debit note or credit note as UBL 2.1 after EN 16931. Errors: `not-found`,
   * `document-not-issued`, `document-kind`, `ubl-incomplete`, `disk-full`, `permission-denied`.
   */
  'billing.documentUbl': command({
    access: documents,
    scope: ofDocument,
    input: z.strictObject({
      documentId: uuid,
      profile: z.enum(ublProfiles).default('en16931'),
    }),
    output: z.object(written),
  }),
  /**
   * What was issued and paid on [fromOn, untilOn) as a journal of double entries (CSV). Progress by
   * `taskId`. Errors: `cancelled`, `disk-full`, `permission-denied`.
   */
  'billing.exportJournal': command({
    access: everythingOut,
    input: z
      .strictObject({ fromOn: day, untilOn: day, taskId })
      .refine(({ fromOn, untilOn }) => fromOn < untilOn, 'ends before it begins'),
    output: z.object({
      ...written,
      entries: z.int(),
      /** Debit and credit are the same. */
      sums: z.array(z.object({ currency: z.string(), debit: z.int(), credit: z.int() })),
    }),
  }),
}
