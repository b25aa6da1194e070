import { builtInRoles } from '../../src-shared/domain/roles.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Lookup } from './lookup.ts'

/** What can be set of every role, also of those that come with the console. */
export interface RoleRules {
  readonly secondFactorRequired: boolean
  readonly lockAfterMinutes: number
  readonly sessionHours: number
}

export interface RoleRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly copyOf: string
  /** A JSON array of names; null in the row of a built-in role, whose permissions are in the code. */
  readonly permissions: string | null
  readonly secondFactorRequired: 0 | 1
  readonly lockAfterMinutes: number
  readonly sessionHours: number
}

const columns = `id, version, name, copy_of AS copyOf, permissions,
  second_factor_required AS secondFactorRequired, lock_after_minutes AS lockAfterMinutes,
  session_hours AS sessionHours`

const isBuiltInSql = `id IN (${builtInRoles.map((name) => `'${name}'`).join(', ')})`

export const createRoleReads = (reader: StoreReader) => {
  const byId = reader.prepare<[string], RoleRow>(`SELECT ${columns} FROM role WHERE id = ?`)
  const own = reader.prepare<[], RoleRow>(
    `SELECT ${columns} FROM role WHERE NOT ${isBuiltInSql} ORDER BY name, id`,
  )
  return {
    byId: (id: string): RoleRow | undefined => byId.get(id),
    own: (): RoleRow[] => own.all(),
  }
}

export const roleIn = (lookup: Lookup, id: string): RoleRow | undefined =>
  lookup.get<RoleRow>(`SELECT ${columns} FROM role WHERE id = ?`, id)

interface RoleToWrite extends RoleRules {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly copyOf: string
  readonly permissions: readonly string[] | null
}

export const writeRole = (tx: Transaction, role: RoleToWrite, at: number): void => {
  tx.run(
    `INSERT INTO role (id, version, name, copy_of, permissions, second_factor_required,
       lock_after_minutes, session_hours, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
       permissions = excluded.permissions, second_factor_required = excluded.second_factor_required,
       lock_after_minutes = excluded.lock_after_minutes, session_hours = excluded.session_hours,
       updated_at = excluded.updated_at`,
    role.id,
    role.version,
    role.name,
    role.copyOf,
    role.permissions === null ? null : JSON.stringify(role.permissions),
    role.secondFactorRequired ? 1 : 0,
    role.lockAfterMinutes,
    role.sessionHours,
    at,
    at,
  )
  tx.change({
    entity: 'role',
    entityId: role.id,
    kind: role.version === 1 ? 'created' : 'updated',
    version: role.version,
    data: {
      name: role.name,
      permissions: role.permissions,
      secondFactorRequired: role.secondFactorRequired,
      lockAfterMinutes: role.lockAfterMinutes,
      sessionHours: role.sessionHours,
    },
  })
}

export const deleteRole = (tx: Transaction, role: RoleRow): void => {
  tx.run(`DELETE FROM role WHERE id = ?`, role.id)
  tx.change({ entity: 'role', entityId: role.id, kind: 'deleted', version: role.version + 1 })
}

/** Whether another own role is called so, whatever the case. */
export const isRoleNameTaken = (lookup: Lookup, name: string, but: string): boolean =>
  lookup.get(`SELECT 1 FROM role WHERE lower(name) = lower(?) AND id <> ?`, name, but) !== undefined

export const isRoleInUse = (lookup: Lookup, roleId: string): boolean =>
  lookup.get(`SELECT 1 FROM account WHERE role = ?`, roleId) !== undefined
