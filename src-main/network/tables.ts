import { z } from 'zod'
import {
  opticsPolling,
  pollIntervals,
  type OpticsPolling,
  type PollIntervals,
} from '../../src-shared/contract/network-model.ts'
import { shownSnmpAccess, type ShownSnmpAccess } from '../../src-shared/contract/snmp-access.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { communityShown, type SealedAccess } from './snmp-access.ts'

/** Wall ms. `until` null: until someone ends it. */
export interface Quiet {
  readonly since: number
  readonly until: number | null
}

/** An OLT as a person entered it. What it says of itself is live state and not kept here. */
export interface OltRow extends SealedAccess {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly port: number
  readonly snmp: ShownSnmpAccess
  readonly opticClass: 'B+' | 'C+'
  readonly intervals: PollIntervals
  readonly opticsPolling: OpticsPolling
  /** As it was set; whether it still lasts says quiet-switch.ts. */
  readonly quiet: Quiet | null
  readonly note: string | null
  readonly version: number
  readonly deletedAt: number | null
}

interface StoredRow {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly port: number
  readonly snmpVersion: string
  readonly snmpUser: string | null
  readonly sealedAs: string
  readonly accessSealed: Uint8Array
  readonly opticClass: string
  readonly intervalsS: string
  readonly opticsPolling: string
  readonly quietSince: number | null
  readonly quietUntil: number | null
  readonly note: string
  readonly version: number
  readonly deletedAt: number | null
}

const columns = `id, name, host, port, snmp_version AS snmpVersion, snmp_user AS snmpUser,
  sealed_as AS sealedAs, community_sealed AS accessSealed,
  optic_class AS opticClass, intervals_s AS intervalsS, optics_polling AS opticsPolling,
  quiet_since AS quietSince, quiet_until AS quietUntil, note, version, deleted_at AS deletedAt`

const intervalsOf = (stored: string): PollIntervals => {
  const { status, counters, optics } = JSON.parse(stored) as Record<string, unknown>
  const parsed = pollIntervals.safeParse({
    statusS: status,
    countersS: counters,
    opticsS: optics,
  })
  return parsed.success ? parsed.data : pollIntervals.parse({})
}

const intervalsText = ({ statusS, countersS, opticsS }: PollIntervals): string =>
  JSON.stringify({ status: statusS, counters: countersS, optics: opticsS })

const snmpUser = z.object(shownSnmpAccess).omit({ snmpVersion: true })

const snmpOf = (version: string, user: string | null): ShownSnmpAccess =>
  version === '3' && user !== null
    ? { snmpVersion: '3', ...snmpUser.parse(JSON.parse(user)) }
    : communityShown(version === '1' ? '1' : '2c')

const snmpUserText = ({ snmpVersion, ...user }: ShownSnmpAccess): string | null =>
  snmpVersion === '3' ? JSON.stringify(user) : null

const fromStored = (row: StoredRow): OltRow => ({
  id: row.id,
  name: row.name,
  host: row.host,
  port: row.port,
  snmp: snmpOf(row.snmpVersion, row.snmpUser),
  sealedAs: row.sealedAs === 'access' ? 'access' : 'community',
  accessSealed: row.accessSealed,
  opticClass: row.opticClass === 'C+' ? 'C+' : 'B+',
  intervals: intervalsOf(row.intervalsS),
  opticsPolling: opticsPolling.catch('family').parse(row.opticsPolling),
  quiet: row.quietSince === null ? null : { since: row.quietSince, until: row.quietUntil },
  note: row.note === '' ? null : row.note,
  version: row.version,
  deletedAt: row.deletedAt,
})

export const createOltReads = (reader: StoreReader) => {
  const all = reader.prepare<[], StoredRow>(`SELECT ${columns} FROM olt ORDER BY created_at, id`)
  return { all: (): OltRow[] => all.all().map(fromStored) }
}

export const oltInTransaction = (tx: Transaction, id: string): OltRow | null => {
  const row = tx.get<StoredRow>(`SELECT ${columns} FROM olt WHERE id = ?`, id)
  return row === undefined ? null : fromStored(row)
}

/** Errors: `olt-address-taken` with the name of the OLT that has the address. */
export const refuseTakenAddress = (
  tx: Transaction,
  olt: Pick<OltRow, 'id' | 'host' | 'port'>,
): void => {
  const other = tx.get<{ name: string }>(
    `SELECT name FROM olt WHERE host = ? AND port = ? AND id <> ? AND deleted_at IS NULL`,
    olt.host,
    olt.port,
    olt.id,
  )
  if (other !== undefined) throw new NocturneError('olt-address-taken', { name: other.name })
}

/** What a person entered, and its version: set by an insert and by a replacement alike. */
const stored = (olt: OltRow, at: number): Readonly<Record<string, SqlValue>> => ({
  name: olt.name,
  host: olt.host,
  port: olt.port,
  snmp_version: olt.snmp.snmpVersion,
  snmp_user: snmpUserText(olt.snmp),
  sealed_as: olt.sealedAs,
  community_sealed: olt.accessSealed,
  optic_class: olt.opticClass,
  intervals_s: intervalsText(olt.intervals),
  optics_polling: olt.opticsPolling,
  quiet_since: olt.quiet?.since ?? null,
  quiet_until: olt.quiet?.until ?? null,
  note: olt.note ?? '',
  updated_at: at,
  version: olt.version,
  deleted_at: olt.deletedAt,
})

export const insertOlt = (tx: Transaction, olt: OltRow, at: number): void => {
  const row = { ...stored(olt, at), id: olt.id, created_at: at }
  const places = Object.keys(row).map(() => '?')
  tx.run(
    `INSERT INTO olt (${Object.keys(row).join(', ')}) VALUES (${places.join(', ')})`,
    ...Object.values(row),
  )
  noteChange(tx, olt, 'created')
}

export const replaceOlt = (tx: Transaction, olt: OltRow, at: number): void => {
  const row = stored(olt, at)
  const places = Object.keys(row).map((column) => `${column} = ?`)
  tx.run(`UPDATE olt SET ${places.join(', ')} WHERE id = ?`, ...Object.values(row), olt.id)
  noteChange(tx, olt, olt.deletedAt === null ? 'updated' : 'deleted')
}

const noteChange = (
  tx: Transaction,
  olt: OltRow,
  kind: 'created' | 'updated' | 'deleted',
): void => {
  // SECURITY: secrets, sealed or not, are no part of the change feed.
  const { accessSealed: _, sealedAs: __, ...data } = olt
  tx.change({ entity: 'olt', entityId: olt.id, kind, version: olt.version, data })
}
