import { z } from 'zod'
import { line, uuid } from './common.ts'

/** What backups are, for those who make and those who take them in. */

export const backupContents = z.object({
  olts: z.number(),
  /** With a record of their own, or a place outside. */
  onus: z.number(),
  accounts: z.number(),
  auditRows: z.number(),
  /** Of all tables. */
  rows: z.number(),
  /** The owner's name. */
  owner: z.string().nullable(),
  /** Wall ms of the last thing in it; null: nothing is. */
  lastAt: z.number().nullable(),
})

export type BackupContents = z.output<typeof backupContents>

export const backupWay = z.enum(['passphrase', 'recovery-key'])
export type BackupWayKind = z.output<typeof backupWay>

/** One in the folder by its name; one that was chosen; any file of this machine. */
export const backupSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kept'), name: line(100) }),
  z.strictObject({ kind: z.literal('chosen'), fileId: uuid }),
  z.strictObject({ kind: z.literal('file'), path: line(1000) }),
])
