import type { Input } from '../../../src-shared/contract/index.ts'
import type { TypedLine } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Reads } from '../plans/plan-tables.ts'

/**
 * A draft as it was typed; null: there is none, or it was not made by hand.
 * SECURITY: a wished credit note is none: it is issued by `billing.issueCredit` alone.
 */
export interface TypedDraft extends Omit<Input<'billing.saveDraft'>, 'documentId' | 'baseVersion'> {
  readonly id: string
  readonly version: number
  readonly state: 'draft' | 'issued'
}

type Row = Omit<TypedDraft, 'lines'> & { readonly typed: string | null }

export const typedDraft = (reads: Reads, id: string): TypedDraft | null => {
  const [row] = reads.all<Row>(
    `SELECT id, version, status AS state, kind, subscriber_id AS subscriberId, currency,
      corrects_id AS correctsId, reason, note, typed FROM invoice
      WHERE id = ? AND kind <> 'credit-note'`,
    id,
  )
  if (row === undefined) return null
  const { typed, ...rest } = row
  return typed === null ? null : { ...rest, lines: JSON.parse(typed) as TypedLine[] }
}
