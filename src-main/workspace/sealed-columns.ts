import type { StoreReader } from '../store/read-handle.ts'
import type { Reseal } from '../store/rotate-store.ts'
import { seal, unseal } from '../vault/seal.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'

/**
 * Every column that is sealed under the vault key. test/workspace/rotation.test.ts holds the list
 * against the store's tables and against what the capabilities seal with.
 */
interface SealedColumn {
  readonly table: string
  readonly id: string
  readonly column: string
  /** SQL: the purpose under which it is sealed. */
  readonly purpose: string
}

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'olt', id: 'id', column: 'community_sealed', purpose: `'olt.' || sealed_as` },
  {
    table: 'olt_cli_access',
    id: 'olt_id',
    column: 'password_sealed',
    purpose: `'olt_cli_access.password'`,
  },
  {
    table: 'olt_cli_access',
    id: 'olt_id',
    column: 'enable_sealed',
    purpose: `'olt_cli_access.enable'`,
  },
  {
    table: 'olt_cli_access',
    id: 'olt_id',
    column: 'write_community_sealed',
    purpose: `'olt_cli_access.write_community'`,
  },
  {
    table: 'provisioning_plan',
    id: 'id',
    column: 'passwords_sealed',
    purpose: `'provisioning.passwords'`,
  },
  {
    table: 'second_factor',
    id: 'account_id',
    column: 'sealed',
    purpose: `'second-factor.secret'`,
  },
  {
    table: 'company_sign_in',
    id: 'id',
    column: 'secret_sealed',
    purpose: `'company_sign_in.secret'`,
  },
  {
    table: 'provider_settings',
    id: 'id',
    column: 'credentials_sealed',
    purpose: `'provider_settings.credentials'`,
  },
  { table: 'backup_key', id: 'id', column: 'sealed', purpose: `'backup.key'` },
  { table: 'kept_key', id: 'name', column: 'sealed', purpose: `'kept-key'` },
]

/** Purpose and row of a key that outlives a rotation. */
export const keptKeyPlace = (name: string) => ({ purpose: 'kept-key', rowId: name })

/** Null: there is none, and what follows from the keys of now holds. The caller wipes it. */
export const keptKey = (reader: StoreReader, keys: WorkspaceKeys, name: string): Buffer | null => {
  const row = reader
    .prepare<[string], { sealed: Buffer }>('SELECT sealed FROM kept_key WHERE name = ?')
    .get(name)
  return row === undefined ? null : unseal(row.sealed, keys.vaultKey, keptKeyPlace(name))
}

/**
 * Seals all of them under the next vault key. The history keeps its key, now in the store: its
 * files are not written anew. Waits of sign-ins are named by a keyed hash and begin anew.
 */
export const resealAll = (
  reseal: Reseal,
  old: WorkspaceKeys,
  next: WorkspaceKeys,
  now: number,
): void => {
  for (const { table, id, column, purpose } of sealedColumns) {
    const rows = reseal.all<{ id: string | number; sealed: Buffer; purpose: string }>(
      `SELECT ${id} AS id, ${column} AS sealed, ${purpose} AS purpose FROM ${table}
       WHERE ${column} IS NOT NULL`,
    )
    for (const row of rows) {
      const place = { purpose: row.purpose, rowId: String(row.id) }
      const plain = unseal(row.sealed, old.vaultKey, place)
      try {
        const sealed = seal(plain, next.vaultKey, place)
        reseal.run(`UPDATE ${table} SET ${column} = ? WHERE ${id} = ?`, sealed, row.id)
      } finally {
        plain.fill(0)
      }
    }
  }
  reseal.run(
    'INSERT OR IGNORE INTO kept_key (name, sealed, since) VALUES (?, ?, ?)',
    'history',
    seal(old.historyKey, next.vaultKey, keptKeyPlace('history')),
    now,
  )
  reseal.run('DELETE FROM sign_in_wait')
}
