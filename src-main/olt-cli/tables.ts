import { z } from 'zod'
import { problem, type Problem } from '../../src-shared/contract/common.ts'
import { hostKey as hostKeySchema } from '../../src-shared/contract/olt-cli.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** How one OLT lets us in, secrets sealed. */
export interface AccessRow {
  readonly oltId: string
  /** From 1. */
  readonly version: number
  readonly transport: 'ssh' | 'telnet'
  /** Null: where SNMP asks. */
  readonly host: string | null
  readonly port: number
  readonly userName: string
  readonly allowTelnet: boolean
  readonly allowLegacySsh: boolean
  readonly maxReaders: number
  readonly passwordSealed: Uint8Array
  readonly enableSealed: Uint8Array | null
  readonly writeCommunitySealed: Uint8Array | null
}

export interface HostKey {
  readonly algorithm: string
  /** `SHA256:…` */
  readonly fingerprint: string
  /** Wall ms. */
  readonly at: number
}

/** What logins to one OLT taught. */
export interface LoginRow {
  readonly oltId: string
  readonly hostKey: HostKey | null
  readonly offeredHostKey: HostKey | null
  /** Refused in a row. */
  readonly failedLogins: number
  readonly lastProblem: (Problem & { readonly at: number }) | null
  readonly lastLoginAt: number | null
}

const keptProblem = problem.extend({ at: z.number() })

interface StoredAccess {
  readonly oltId: string
  readonly version: number
  readonly transport: 'ssh' | 'telnet'
  readonly host: string | null
  readonly port: number
  readonly userName: string
  readonly allowTelnet: number
  readonly allowLegacySsh: number
  readonly maxReaders: number
  readonly passwordSealed: Uint8Array
  readonly enableSealed: Uint8Array | null
  readonly writeCommunitySealed: Uint8Array | null
}

interface StoredLogin {
  readonly oltId: string
  readonly hostKey: string | null
  readonly offeredKey: string | null
  readonly failedLogins: number
  readonly lastProblem: string | null
  readonly lastLoginAt: number | null
}

/** Null where it is not there or cannot be read any more. */
const parsed = <Value>(schema: z.ZodType<Value>, text: string | null): Value | null => {
  if (text === null) return null
  const result = schema.safeParse(JSON.parse(text))
  return result.success ? result.data : null
}

export const createAccessReads = (reader: StoreReader) => {
  const access = reader.prepare<[], StoredAccess>(
    `SELECT olt_id AS oltId, version, transport, host, port, user_name AS userName,
       allow_telnet AS allowTelnet, allow_legacy_ssh AS allowLegacySsh, max_readers AS maxReaders,
       password_sealed AS passwordSealed, enable_sealed AS enableSealed,
       write_community_sealed AS writeCommunitySealed
     FROM olt_cli_access`,
  )
  const logins = reader.prepare<[], StoredLogin>(
    `SELECT olt_id AS oltId, host_key AS hostKey, offered_key AS offeredKey,
       failed_logins AS failedLogins, last_problem AS lastProblem, last_login_at AS lastLoginAt
     FROM olt_cli_login`,
  )
  return {
    access: (): readonly AccessRow[] =>
      access.all().map((row) => ({
        ...row,
        allowTelnet: row.allowTelnet === 1,
        allowLegacySsh: row.allowLegacySsh === 1,
      })),
    logins: (): readonly LoginRow[] =>
      logins
        .all()
        .map(({ oltId, hostKey, offeredKey, failedLogins, lastProblem, lastLoginAt }) => ({
          oltId,
          hostKey: parsed(hostKeySchema, hostKey),
          offeredHostKey: parsed(hostKeySchema, offeredKey),
          failedLogins,
          lastProblem: parsed(keptProblem, lastProblem),
          lastLoginAt,
        })),
  }
}

export const versionOfAccess = (tx: Transaction, oltId: string): number =>
  tx.get<{ version: number }>(`SELECT version FROM olt_cli_access WHERE olt_id = ?`, oltId)
    ?.version ?? 0

export const putAccess = (tx: Transaction, row: AccessRow, at: number): void => {
  tx.run(
    `INSERT INTO olt_cli_access (olt_id, version, transport, host, port, user_name, allow_telnet,
       allow_legacy_ssh, max_readers, password_sealed, enable_sealed, write_community_sealed,
       updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (olt_id) DO UPDATE SET version = excluded.version,
       transport = excluded.transport, host = excluded.host, port = excluded.port,
       user_name = excluded.user_name, allow_telnet = excluded.allow_telnet,
       allow_legacy_ssh = excluded.allow_legacy_ssh, max_readers = excluded.max_readers,
       password_sealed = excluded.password_sealed, enable_sealed = excluded.enable_sealed,
       write_community_sealed = excluded.write_community_sealed,
       updated_at = excluded.updated_at`,
    row.oltId,
    row.version,
    row.transport,
    row.host,
    row.port,
    row.userName,
    row.allowTelnet ? 1 : 0,
    row.allowLegacySsh ? 1 : 0,
    row.maxReaders,
    row.passwordSealed,
    row.enableSealed,
    row.writeCommunitySealed,
    at,
  )
  const { transport, host, port, userName, allowTelnet, allowLegacySsh, maxReaders } = row
  tx.change({
    entity: 'olt-cli-access',
    entityId: row.oltId,
    kind: row.version === 1 ? 'created' : 'updated',
    version: row.version,
    data: { transport, host, port, userName, allowTelnet, allowLegacySsh, maxReaders },
  })
}

export const deleteAccess = (tx: Transaction, oltId: string, version: number): void => {
  tx.run(`DELETE FROM olt_cli_access WHERE olt_id = ?`, oltId)
  tx.change({ entity: 'olt-cli-access', entityId: oltId, kind: 'deleted', version })
}

const textOf = (value: object | null): string | null =>
  value === null ? null : JSON.stringify(value)

export const putLogin = (tx: Transaction, row: LoginRow): void => {
  tx.run(
    `INSERT INTO olt_cli_login
       (olt_id, host_key, offered_key, failed_logins, last_problem, last_login_at)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (olt_id) DO UPDATE SET host_key = excluded.host_key,
       offered_key = excluded.offered_key, failed_logins = excluded.failed_logins,
       last_problem = excluded.last_problem, last_login_at = excluded.last_login_at`,
    row.oltId,
    textOf(row.hostKey),
    textOf(row.offeredHostKey),
    row.failedLogins,
    textOf(row.lastProblem),
    row.lastLoginAt,
  )
}
