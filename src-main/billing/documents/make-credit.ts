import { NocturneError } from '../../../src-shared/errors.ts'
import { createCredit, creditAll, type CreditDraft, type CreditResult } from '../credit-note.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { creditableById, type CreditableDocument } from './document-tables.ts'

/** What a person wants credited; no lines: all that is left. */
export interface WantedCredit {
  readonly documentId: string
  readonly lines: readonly { readonly lineId: string; readonly amount: number }[] | null
}

const refusedCredit = (result: Extract<CreditResult, { ok: false }>): NocturneError =>
  result.refusal.code === 'unknown-line'
    ? new NocturneError('not-found', { what: 'invoice-line' })
    : new NocturneError('credit-beyond-document', {
        left: result.refusal.code === 'beyond-line' ? result.refusal.left : 0,
      })

/**
 * A credit note as it would be now. Errors: `not-found`, `document-kind`, `credit-beyond-document`.
 */
export const makeCredit = (
  reads: Reads,
  { documentId, lines }: WantedCredit,
): { readonly invoice: CreditableDocument; readonly credit: CreditDraft } => {
  const invoice = creditableById(reads, documentId)
  if (invoice === null) throw new NocturneError('not-found', { what: 'invoice' })
  if (invoice.state !== 'issued' || !['invoice', 'debit-note'].includes(invoice.kind))
    throw new NocturneError('document-kind')
  const result = createCredit(
    invoice,
    lines?.map(({ lineId, amount }) => ({ id: lineId, amount })) ?? creditAll(invoice),
  )
  if (!result.ok) throw refusedCredit(result)
  return { invoice, credit: result.draft }
}
