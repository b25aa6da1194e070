import { oltListOf, ownerOf, type Reach } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { deflateText, inflateText } from './transcript.ts'

export interface TranscriptRecord {
  readonly id: string
  readonly oltId: string
  readonly oltName: string
  readonly accountId: string | null
  readonly by: string
  readonly startedAt: number
  /** Null: it goes on, or the console ended without a word. */
  readonly endedAt: number | null
  readonly lines: number
  readonly mayWrite: boolean
}

type Within = {
  readonly oltId: string | null
  readonly olts: string | null
  readonly owner: string | null
}

interface StoredTranscript extends Omit<TranscriptRecord, 'mayWrite'> {
  readonly keptAt: number
  readonly mayWrite: number
}

const columns = `id, olt_id AS oltId, olt_name AS oltName, account_id AS accountId, by_name AS "by",
  started_at AS startedAt, kept_at AS keptAt, ended_at AS endedAt, lines, may_write AS mayWrite`

export const createTranscriptReads = (reader: StoreReader) => {
  // What the caller reaches: his OLTs, or what he typed himself.
  const within = `(:oltId IS NULL OR olt_id = :oltId)
    AND (:owner IS NOT NULL OR :olts IS NULL OR olt_id IN (SELECT value FROM json_each(:olts)))
    AND (:owner IS NULL OR account_id = :owner)`
  const count = reader.prepare<[Within], { total: number }>(
    `SELECT count(*) AS total FROM olt_cli_transcript WHERE ${within}`,
  )
  const page = reader.prepare<[Within & { limit: number; offset: number }], StoredTranscript>(
    `SELECT ${columns} FROM olt_cli_transcript WHERE ${within}
     ORDER BY started_at DESC, id DESC LIMIT :limit OFFSET :offset`,
  )
  const one = reader.prepare<[string], StoredTranscript & { readonly deflated: Uint8Array }>(
    `SELECT ${columns}, text_deflated AS deflated FROM olt_cli_transcript WHERE id = ?`,
  )
  /** What the console did not live to end, ended when it was kept last. */
  const recordOf = (
    { keptAt, mayWrite, ...row }: StoredTranscript,
    isOpen: (id: string) => boolean,
  ): TranscriptRecord => ({
    ...row,
    endedAt: row.endedAt ?? (isOpen(row.id) ? null : keptAt),
    mayWrite: mayWrite === 1,
  })
  return {
    page: (
      oltId: string | null,
      offset: number,
      limit: number,
      isOpen: (id: string) => boolean,
      reach: Reach,
    ): { total: number; transcripts: readonly TranscriptRecord[] } => {
      const asked = { oltId, olts: oltListOf(reach), owner: ownerOf(reach) }
      return {
        total: count.get(asked)?.total ?? 0,
        transcripts: page.all({ ...asked, limit, offset }).map((row) => recordOf(row, isOpen)),
      }
    },
    one: (
      id: string,
      isOpen: (id: string) => boolean,
    ): { transcript: TranscriptRecord; text: string } | null => {
      const row = one.get(id)
      if (row === undefined) return null
      const { deflated, ...rest } = row
      return { transcript: recordOf(rest, isOpen), text: inflateText(deflated) }
    },
  }
}

export const putTranscript = (
  tx: Transaction,
  record: TranscriptRecord,
  text: string,
  at: number,
): void => {
  tx.run(
    `INSERT INTO olt_cli_transcript (id, olt_id, olt_name, account_id, by_name, started_at, kept_at,
       ended_at, lines, may_write, text_deflated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET kept_at = excluded.kept_at, ended_at = excluded.ended_at,
       lines = excluded.lines, text_deflated = excluded.text_deflated`,
    record.id,
    record.oltId,
    record.oltName,
    record.accountId,
    record.by,
    record.startedAt,
    at,
    record.endedAt,
    record.lines,
    record.mayWrite ? 1 : 0,
    deflateText(text),
  )
}
