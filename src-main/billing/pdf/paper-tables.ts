import type { LedgerKind } from '../../../src-shared/contract/billing-documents-model.ts'
import type {
  PaperLanguage,
  PaperSettings,
  PaperSize,
} from '../../../src-shared/contract/billing-papers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { documentById, documentHeadById } from '../documents/document-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { IssuedDocument } from './document-paper.ts'

/** Papers that were handed out, how they are made, and what stands on them, as it is stored. */

export interface PaperKey {
  readonly subjectKind: 'document' | 'receipt' | 'reversed-receipt'
  readonly subjectId: string
  readonly size: PaperSize
  readonly language: PaperLanguage
  readonly template: number
}

export const paperHash = (reads: Reads, key: PaperKey): string | null =>
  reads.all<{ readonly sha256: string }>(
    `SELECT sha256 FROM paper WHERE subject_kind = ? AND subject_id = ? AND size = ?
      AND language = ? AND template = ?`,
    key.subjectKind,
    key.subjectId,
    key.size,
    key.language,
    key.template,
  )[0]?.sha256 ?? null

/** What the first of its papers showed; null: there is none yet. */
export const firstShown = <Shown>(
  reads: Reads,
  subject: Pick<PaperKey, 'subjectKind' | 'subjectId'>,
): Shown | null => {
  const [row] = reads.all<{ readonly shown: string }>(
    `SELECT shown FROM paper WHERE subject_kind = ? AND subject_id = ?
      ORDER BY at, size, language, template LIMIT 1`,
    subject.subjectKind,
    subject.subjectId,
  )
  return row === undefined ? null : (JSON.parse(row.shown) as Shown)
}

export const putPaper = (
  tx: Transaction,
  key: PaperKey,
  paper: {
    readonly sha256: string
    readonly bytes: number
    readonly shown: object
    readonly at: number
  },
): void => {
  tx.run(
    `INSERT INTO paper (subject_kind, subject_id, size, language, template, sha256, bytes, shown, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    key.subjectKind,
    key.subjectId,
    key.size,
    key.language,
    key.template,
    paper.sha256,
    paper.bytes,
    JSON.stringify(paper.shown),
    paper.at,
  )
}

export interface StoredPaperSettings {
  readonly version: number
  readonly settings: PaperSettings
}

export const paperSettingsOf = (reads: Reads): StoredPaperSettings => {
  const [row] = reads.all<{ readonly version: number; readonly settings: string }>(
    `SELECT version, settings FROM paper_settings WHERE id = 1`,
  )
  if (row === undefined) throw new Error('the settings of papers are missing')
  return { version: row.version, settings: JSON.parse(row.settings) as PaperSettings }
}

export const putPaperSettings = (
  tx: Transaction,
  { version, settings }: StoredPaperSettings,
): void => {
  tx.run(
    `UPDATE paper_settings SET version = ?, settings = ? WHERE id = 1`,
    version,
    JSON.stringify(settings),
  )
}

/** Null: there is none. `draft`: it has no number yet. */
export const issuedDocument = (reads: Reads, id: string): IssuedDocument | 'draft' | null => {
  const record = documentById(reads, id, () => null)
  if (record === null) return null
  const { number, issuedOn, issuedAt, seller, buyer } = record
  if (number === null || issuedOn === null || issuedAt === null) return 'draft'
  if (seller === null || buyer === null) return 'draft'
  const correctsOn =
    record.correctsId === null
      ? null
      : (documentHeadById(reads, record.correctsId)?.issuedOn ?? null)
  return { ...record, number, issuedOn, issuedAt, seller, buyer, correctsOn }
}

/** Documents that a run issued, by number. */
export const documentsOfRun = (reads: Reads, runId: string): readonly string[] =>
  reads
    .all<{ readonly id: string }>(
      `SELECT id FROM invoice WHERE run_id = ? AND status = 'issued' ORDER BY number`,
      runId,
    )
    .map(({ id }) => id)

/** What a payment settled in the moment in which it was taken. */
export const settledAtOnce = (
  reads: Reads,
  payment: { readonly id: string; readonly takenAt: number },
): readonly { readonly number: string; readonly amount: number }[] =>
  reads
    .all<{ readonly number: string; readonly amount: number }>(
      `SELECT i.number, sum(a.amount) AS amount FROM allocation a JOIN invoice i ON i.id = a.invoice_id
        WHERE a.payment_id = ? AND a.at = ? AND a.amount > 0
        GROUP BY i.id ORDER BY min(a.seq)`,
      payment.id,
      payment.takenAt,
    )
    .map((row) => ({ ...row }))

export interface StatementRow {
  readonly on: string
  readonly kind: LedgerKind
  readonly number: string | null
  readonly amount: number
}

export const statementRows = (
  reads: Reads,
  of: {
    readonly subscriberId: string
    readonly currency: string
    readonly fromOn: string
    readonly untilOn: string
  },
): readonly StatementRow[] =>
  reads.all<StatementRow>(
    `SELECT e.entry_on AS "on", e.kind, coalesce(i.number, p.number, q.number) AS number, e.amount
      FROM ledger_entry e LEFT JOIN invoice i ON i.id = e.doc_id
      LEFT JOIN payment p ON p.id = e.doc_id
      LEFT JOIN payment_reversal v ON v.id = e.doc_id LEFT JOIN refund r ON r.id = e.doc_id
      LEFT JOIN payment q ON q.id = coalesce(v.payment_id, r.payment_id)
      WHERE e.subscriber_id = ? AND e.currency = ? AND e.entry_on >= ? AND e.entry_on < ?
      ORDER BY e.entry_on, e.seq`,
    of.subscriberId,
    of.currency,
    of.fromOn,
    of.untilOn,
  )
