import { z } from 'zod'
import type { BackupHeader } from '../store/backup-file.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { envelopeIn } from '../vault/backup-envelope.ts'
import { backupContents, type BackupContents } from './contents.ts'
import { usualKeepRule } from './keep-rule.ts'

/** What is set and remembered of backups. */

export const backupSettings = z.object({
  /** An absolute path; null: `backups` in the workspace. */
  folder: z.string().nullable(),
  schedule: z.object({ every: z.enum(['off', 'hour', 'day']), hour: z.int().min(0).max(23) }),
  keep: z.object({
    last: z.int().min(1).max(100),
    daily: z.int().min(0).max(366),
    weekly: z.int().min(0).max(520),
  }),
})

export type BackupSettings = z.output<typeof backupSettings>

/** The alarms read it too (alarms/detect/tables.ts). */
const settingsKey = 'backup:settings'

const usual: BackupSettings = {
  folder: null,
  schedule: { every: 'off', hour: 3 },
  keep: usualKeepRule,
}

export interface BackupMade {
  readonly name: string
  readonly provedAt: number
  /** Why it did not prove itself; null: it did. */
  readonly problem: string | null
  readonly schemaVersion: number
  /** Null: it never proved itself. */
  readonly contents: BackupContents | null
  readonly ways: readonly string[]
}

const waysText = z.array(z.string())

export const createBackupReads = (reader: StoreReader) => {
  const setting = reader.prepare<[string], { value: string }>(
    'SELECT value FROM setting WHERE key = ?',
  )
  const made = reader.prepare<
    [],
    Omit<BackupMade, 'contents' | 'ways'> & { contents: string; ways: string }
  >(
    `SELECT name, proved_at AS provedAt, problem, schema_version AS schemaVersion, contents, ways
     FROM backup_made`,
  )
  return {
    settings: (): BackupSettings => {
      const row = setting.get(settingsKey)
      return row === undefined ? usual : backupSettings.parse(JSON.parse(row.value))
    },
    made: (): ReadonlyMap<string, BackupMade> =>
      new Map(
        made.all().map((row) => [
          row.name,
          {
            ...row,
            contents: backupContents.nullable().parse(JSON.parse(row.contents)),
            ways: waysText.parse(JSON.parse(row.ways)),
          },
        ]),
      ),
  }
}

export type BackupReads = ReturnType<typeof createBackupReads>

export const putSettings = (tx: Transaction, settings: BackupSettings, at: number): void => {
  tx.run(
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    settingsKey,
    JSON.stringify(settings),
    at,
  )
}

/** One that proved itself. */
export const putMade = (
  tx: Transaction,
  made: {
    readonly name: string
    readonly bytes: number
    readonly header: BackupHeader
    readonly contents: BackupContents
    readonly provedAt: number
  },
): void => {
  tx.run(
    `INSERT OR REPLACE INTO backup_made
       (name, at, bytes, schema_version, contents, ways, proved_at, problem)
     VALUES (?, ?, ?, ?, ?, ?, ?, NULL)`,
    made.name,
    made.header.createdAt,
    made.bytes,
    made.header.schemaVersion,
    JSON.stringify(made.contents),
    JSON.stringify(waysIn(made.header)),
    made.provedAt,
  )
}

/** One that is not what was written. */
export const putProblem = (
  tx: Transaction,
  one: { readonly name: string; readonly bytes: number; readonly problem: string },
  at: number,
): void => {
  tx.run(
    `INSERT INTO backup_made
       (name, at, bytes, schema_version, contents, ways, proved_at, problem)
     VALUES (?, ?, ?, 0, 'null', '[]', ?, ?)
     ON CONFLICT (name) DO UPDATE SET problem = excluded.problem, proved_at = excluded.proved_at`,
    one.name,
    at,
    one.bytes,
    at,
    one.problem,
  )
}

export const forgetMade = (tx: Transaction, names: readonly string[]): void => {
  for (const name of names) tx.run('DELETE FROM backup_made WHERE name = ?', name)
}

/** What a person can open it with; none: the workspace's own keys alone do. */
export const waysIn = (header: BackupHeader): readonly ('passphrase' | 'recovery-key')[] => {
  const envelope = envelopeIn(header.keyEnvelope)
  if (envelope === null) return []
  return envelope.format === 1 ? ['passphrase'] : envelope.ways.map(({ kind }) => kind)
}
