import { z } from 'zod'
import type { Named } from '../domain/scope.ts'
import { minor } from './billing-model.ts'
import { line, uuid } from './common.ts'
import { command, query } from './define.ts'

/** Credit notes by hand; above a limit two people make one (docs/approvals.md). */

const credit = 'billing.document.credit'

const ofDocument = ({ documentId }: { readonly documentId: string }): readonly Named[] => [
  { kind: 'document', id: documentId },
]

const creditedLines = z
  .array(
    z.strictObject({
      lineId: uuid,
      /** As priced: with tax where the price includes it. */
      amount: z.int().min(1).max(1_000_000_000_000),
    }),
  )
  .max(200)

const wanted = {
  documentId: uuid,
  /** Null: all that is left of the document. */
  lines: creditedLines.nullable(),
  reason: line(500),
  /**
   * Days whose line is given back whole stand billed no longer, and the next run bills them
   * again: for a document that was wrong. Else they stay billed: for a favour.
   */
  billAgain: z.boolean().default(false),
} as const

export const billingCreditQueries = {
  /**
   * What such a credit note would come to, and whether it needs a second person. Errors:
   * `not-found`, `document-kind`, `credit-beyond-document`.
   */
  'billing.creditLook': query({
    access: credit,
    scope: ofDocument,
    input: z.strictObject({ documentId: uuid, lines: creditedLines.nullable() }),
    output: z.object({
      currency: z.string(),
      net: minor,
      tax: minor,
      rounding: minor,
      total: minor,
      lines: z.array(z.object({ lineId: uuid, amount: minor, net: minor, tax: minor })),
      /** As the rule stands now: `billing.credit` refuses it, `billing.draftCredit` is asked about. */
      secondPerson: z.boolean(),
      /** Of this document by hand within a day: it counts for the limit. */
      creditedLately: minor,
      /** Credit notes of it that are wished and not issued. */
      wishes: z.array(
        z.object({
          documentId: uuid,
          version: z.int(),
          total: minor,
          reason: z.string(),
          createdAt: z.number(),
          createdBy: z.string().nullable(),
          /** False: the document was credited meanwhile, and it can't be issued as it was written. */
          stands: z.boolean(),
        }),
      ),
    }),
  }),
}

export const billingCreditCommands = {
  /**
   * A credit note against one issued document, at once. Errors: `not-found`, `document-kind`,
   * `credit-beyond-document`, `approval-needed`, `billing-clock-back`, `billing-seller-missing`.
   */
  'billing.credit': command({
    access: credit,
    scope: ofDocument,
    input: z.strictObject(wanted),
    output: z.object({ documentId: uuid, number: z.string(), total: minor }),
  }),
  /**
   * Keeps a wished credit note as a draft: it has no number and credits nothing yet. Asked about
   * with `approvals.ask`, kind `billing.credit-note`; given up with `billing.removeDraft`. Errors:
   * `not-found`, `document-kind`, `credit-beyond-document`.
   */
  'billing.draftCredit': command({
    access: credit,
    scope: ofDocument,
    input: z.strictObject(wanted),
    output: z.object({
      documentId: uuid,
      version: z.int(),
      total: minor,
      secondPerson: z.boolean(),
    }),
  }),
  /**
   * Issues a wished credit note as it was written; above the limit with the approval of a second
   * person, which it uses up. Errors: `not-found`, `conflict`, `approval-needed`,
   * `credit-beyond-document`, `billing-clock-back`, `billing-seller-missing`.
   */
  'billing.issueCredit': command({
    access: credit,
    scope: ofDocument,
    input: z.strictObject({ documentId: uuid, baseVersion: z.int() }),
    output: z.object({ number: z.string(), total: minor }),
  }),
}
