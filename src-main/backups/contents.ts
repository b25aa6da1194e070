import { z } from 'zod'
import type { StoreReader } from '../store/read-handle.ts'

/** What is in a backup, counted when it proves itself. */
export const backupContents = z.object({
  olts: z.number(),
  /** With a record of their own, or a place outside. */
  onus: z.number(),
  accounts: z.number(),
  auditRows: z.number(),
  /** Of all tables. */
  rows: z.number(),
  /** Who owns the workspace; null: an empty one. */
  owner: z.string().nullable(),
  /** Wall ms of the last thing that is in it; null: nothing is. */
  lastAt: z.number().nullable(),
})

export type BackupContents = z.output<typeof backupContents>

export const countContents = (reader: StoreReader): BackupContents => {
  const tables = reader
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )
    .all()
    .map(({ name }) => name)
  const isThere = (name: string): boolean => tables.includes(name)
  // Names out of a file that has proved itself; quoted all the same.
  const count = (table: string, where = ''): number =>
    isThere(table)
      ? (reader
          .prepare<[], { count: number }>(
            `SELECT count(*) AS count FROM "${table.replaceAll('"', '""')}" ${where}`,
          )
          .get()?.count ?? 0)
      : 0
  const owner = isThere('account')
    ? reader
        .prepare<[], { name: string }>(`SELECT name FROM account WHERE role = 'owner' LIMIT 1`)
        .get()
    : undefined
  const last = isThere('audit')
    ? reader.prepare<[], { at: number | null }>('SELECT max(at) AS at FROM audit').get()
    : undefined
  return {
    olts: count('olt', 'WHERE deleted_at IS NULL'),
    onus: Math.max(count('provisioning_record'), count('plant_place')),
    accounts: count('account'),
    auditRows: count('audit'),
    rows: tables.reduce((sum, table) => sum + count(table), 0),
    owner: owner?.name ?? null,
    lastAt: last?.at ?? null,
  }
}
