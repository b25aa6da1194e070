import { deflateSync, inflateSync } from 'node:zlib'
import { z } from 'zod'
import { problem, type Problem } from '../../src-shared/contract/common.ts'
import type { OltBackupVersion } from '../../src-shared/contract/olt-backups.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import type { BackupSchedule } from './schedule.ts'

/** A version without its text. */
export interface VersionRow extends OltBackupVersion {
  readonly familyId: string
  readonly steadySha256: string
  /** Null: nobody has looked at it; of no meaning where it is explained. */
  readonly acceptedAt: number | null
}

export interface StateRow {
  readonly oltId: string
  /** Since when there could be backups of it. */
  readonly wantedSince: number
  readonly lastAt: number | null
  readonly lastProblem: (Problem & { readonly at: number }) | null
}

interface StoredVersion extends Omit<VersionRow, 'explained' | 'planIds'> {
  readonly explained: number
  readonly planIds: string
}

const columns = `id, olt_id AS oltId, family_id AS familyId, first_at AS firstAt, last_at AS lastAt,
  sha256, steady_sha256 AS steadySha256, lines, bytes, read_by AS "by", added, removed, explained,
  plan_ids AS planIds, note, accepted_at AS acceptedAt`

const keptProblem = problem.extend({ at: z.number() })
const planIdList = z.array(z.string())

const versionOf = (row: StoredVersion): VersionRow => ({
  ...row,
  explained: row.explained === 1,
  planIds: planIdList.parse(JSON.parse(row.planIds)),
})

/** No configuration is that long; a damaged store must not fill the memory. */
const mostBytes = 256_000_000

export const createBackupReads = (reader: StoreReader) => {
  const schedules = reader.prepare<
    [],
    { oltId: string; everyHours: number | null; keep: number; atHour: number | null }
  >(
    `SELECT olt_id AS oltId, every_hours AS everyHours, keep, at_hour AS atHour FROM olt_backup_plan`,
  )
  const states = reader.prepare<
    [],
    { oltId: string; wantedSince: number; lastAt: number | null; lastProblem: string | null }
  >(
    `SELECT olt_id AS oltId, wanted_since AS wantedSince, last_at AS lastAt,
       last_problem AS lastProblem FROM olt_backup_state`,
  )
  const all = reader.prepare<[], StoredVersion>(
    `SELECT ${columns} FROM olt_backup_version ORDER BY olt_id, first_at DESC, id DESC`,
  )
  const text = reader.prepare<[string], { deflated: Uint8Array }>(
    `SELECT text_deflated AS deflated FROM olt_backup_version WHERE id = ?`,
  )
  return {
    schedules: (): ReadonlyMap<string, BackupSchedule> =>
      new Map(schedules.all().map(({ oltId, ...schedule }) => [oltId, schedule])),
    states: (): readonly StateRow[] =>
      states.all().map(({ lastProblem, ...row }) => {
        const parsed = keptProblem.safeParse(lastProblem === null ? null : JSON.parse(lastProblem))
        return { ...row, lastProblem: parsed.success ? parsed.data : null }
      }),
    /** The latest first within each OLT. */
    versions: (): readonly VersionRow[] => all.all().map(versionOf),
    text: (versionId: string): string | null => {
      const row = text.get(versionId)
      return row === undefined
        ? null
        : inflateSync(row.deflated, { maxOutputLength: mostBytes }).toString('utf8')
    },
  }
}

export type BackupReads = ReturnType<typeof createBackupReads>

export const putSchedule = (tx: Transaction, oltId: string, schedule: BackupSchedule): void => {
  tx.run(
    `INSERT INTO olt_backup_plan (olt_id, every_hours, keep, at_hour) VALUES (?, ?, ?, ?)
     ON CONFLICT (olt_id) DO UPDATE SET every_hours = excluded.every_hours, keep = excluded.keep,
       at_hour = excluded.at_hour`,
    oltId,
    schedule.everyHours,
    schedule.keep,
    schedule.atHour,
  )
}

export const putState = (tx: Transaction, row: StateRow): void => {
  tx.run(
    `INSERT INTO olt_backup_state (olt_id, wanted_since, last_at, last_problem)
     VALUES (?, ?, ?, ?)
     ON CONFLICT (olt_id) DO UPDATE SET wanted_since = excluded.wanted_since,
       last_at = excluded.last_at, last_problem = excluded.last_problem`,
    row.oltId,
    row.wantedSince,
    row.lastAt,
    row.lastProblem === null ? null : JSON.stringify(row.lastProblem),
  )
}

export const deflateConfig = (text: string): Buffer => deflateSync(Buffer.from(text, 'utf8'))

export const insertVersion = (tx: Transaction, row: VersionRow, deflated: Uint8Array): void => {
  tx.run(
    `INSERT INTO olt_backup_version (id, olt_id, family_id, first_at, last_at, sha256,
       steady_sha256, lines, bytes, read_by, added, removed, explained, plan_ids, note, accepted_at,
       text_deflated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.oltId,
    row.familyId,
    row.firstAt,
    row.lastAt,
    row.sha256,
    row.steadySha256,
    row.lines,
    row.bytes,
    row.by,
    row.added,
    row.removed,
    row.explained ? 1 : 0,
    JSON.stringify(row.planIds),
    row.note,
    row.acceptedAt,
    deflated,
  )
}

export const seenAgain = (tx: Transaction, versionId: string, at: number): void => {
  tx.run(`UPDATE olt_backup_version SET last_at = ? WHERE id = ?`, at, versionId)
}

export const dropVersion = (tx: Transaction, versionId: string): void => {
  tx.run(`DELETE FROM olt_backup_version WHERE id = ?`, versionId)
}

export const putAccepted = (tx: Transaction, versionId: string, note: string, at: number): void => {
  tx.run(
    `UPDATE olt_backup_version SET note = ?, accepted_at = ? WHERE id = ?`,
    note,
    at,
    versionId,
  )
}
