import { isNocturneError } from '../../../src-shared/errors.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { CreditDraft } from '../credit-note.ts'
import type { DocumentDraft } from './document-draft.ts'
import { documentHeadById, type CreditableDocument } from './document-tables.ts'
import { makeCredit } from './make-credit.ts'
import { putDraft, type WrittenBy } from './write-document.ts'

/**
 * A credit note that is wished and not issued: a draft without number, which credits nothing yet. It
 * waits for a second person, and is issued as it was written or not at all.
 */
export interface CreditWish {
  readonly id: string
  readonly version: number
  /** What is to be credited. */
  readonly documentId: string
  readonly reason: string
  readonly billAgain: boolean
  readonly createdBy: string | null
  readonly createdAt: number
  readonly net: number
  readonly tax: number
  readonly rounding: number
  readonly total: number
  readonly lines: readonly { readonly lineId: string; readonly amount: number }[]
}

type Row = Omit<CreditWish, 'lines' | 'billAgain'> & { readonly typed: string | null }

const columns = `id, version, corrects_id AS documentId, reason, typed, created_by AS createdBy,
  created_at AS createdAt, net, tax, rounding, total`
const isWish = `kind = 'credit-note' AND status = 'draft'`

const wishOf = (reads: Reads, { typed, ...row }: Row): CreditWish => ({
  ...row,
  billAgain: (JSON.parse(typed ?? '{}') as { readonly billAgain?: unknown }).billAgain === true,
  lines: reads
    .all<{ lineId: string; amount: number }>(
      `SELECT corrects_line_id AS lineId, amount FROM invoice_line WHERE invoice_id = ? ORDER BY seq`,
      row.id,
    )
    .map((line) => ({ ...line })),
})

/** Null: there is none, or it was issued. */
export const wishById = (reads: Reads, id: string): CreditWish | null => {
  const [row] = reads.all<Row>(`SELECT ${columns} FROM invoice WHERE id = ? AND ${isWish}`, id)
  return row === undefined ? null : wishOf(reads, row)
}

/** Of one document, the first first. */
export const wishesOf = (reads: Reads, documentId: string): readonly CreditWish[] =>
  reads
    .all<Row>(
      `SELECT ${columns} FROM invoice WHERE corrects_id = ? AND ${isWish} ORDER BY created_at, id`,
      documentId,
    )
    .map((row) => wishOf(reads, row))

export const putWish = (
  tx: Transaction,
  draft: DocumentDraft,
  billAgain: boolean,
  by: WrittenBy,
): void => {
  putDraft(tx, draft, by)
  tx.run(`UPDATE invoice SET typed = ? WHERE id = ?`, JSON.stringify({ billAgain }), draft.id)
}

export interface StandingWish {
  readonly wish: CreditWish
  readonly invoice: CreditableDocument
  /** As it would be issued now: what was written, to the last unit. */
  readonly credit: CreditDraft
  readonly number: string
  readonly subscriberCode: string
  readonly subscriberName: string
}

const isAsWritten = (wish: CreditWish, credit: CreditDraft): boolean =>
  (['net', 'tax', 'rounding', 'total'] as const).every((sum) => wish[sum] === credit[sum])

/**
 * Null: there is none, or its document was credited meanwhile so that it would come to something
 * else, or to nothing.
 */
export const standingWish = (reads: Reads, id: string): StandingWish | null => {
  const wish = wishById(reads, id)
  if (wish === null) return null
  try {
    const { invoice, credit } = makeCredit(reads, wish)
    const head = documentHeadById(reads, wish.documentId)
    if (head === null || !isAsWritten(wish, credit)) return null
    const { number, subscriberCode, subscriberName } = head
    return { wish, invoice, credit, number: number ?? '', subscriberCode, subscriberName }
  } catch (error) {
    if (isNocturneError(error)) return null
    throw error
  }
}
