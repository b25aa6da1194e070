import type { ScopeKind } from '../../src-shared/domain/scope.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Lookup } from './lookup.ts'

export interface AccountRow {
  readonly id: string
  readonly version: number
  readonly name: string
  /** In the form of `loginOf`. */
  readonly login: string
  /** argon2id, or bcrypt where it was imported; null: no password yet. */
  readonly passwordHash: string | null
  readonly passwordChangedAt: number | null
  /** A built-in role's name or an id. */
  readonly role: string
  readonly employeeId: string | null
  readonly codeHash: string | null
  readonly codeUntil: number | null
  readonly secondFactorSince: number | null
  readonly lastSignInAt: number | null
  readonly createdAt: number
  readonly disabledAt: number | null
  /** Its password came with an import and is still that. */
  readonly passwordImportedAt: number | null
}

const columns = `id, version, name, login, password_hash AS passwordHash,
  password_changed_at AS passwordChangedAt, role, employee_id AS employeeId, code_hash AS codeHash,
  code_until AS codeUntil, second_factor_since AS secondFactorSince,
  last_sign_in_at AS lastSignInAt, created_at AS createdAt, disabled_at AS disabledAt,
  password_imported_at AS passwordImportedAt`

export const createAccountReads = (reader: StoreReader) => {
  const byLogin = reader.prepare<[string], AccountRow>(
    `SELECT ${columns} FROM account WHERE login = ? AND disabled_at IS NULL`,
  )
  const byId = reader.prepare<[string], AccountRow>(
    `SELECT ${columns} FROM account WHERE id = ? AND disabled_at IS NULL`,
  )
  const anyByLogin = reader.prepare<[string], AccountRow>(
    `SELECT ${columns} FROM account WHERE login = ?`,
  )
  const anyById = reader.prepare<[string], AccountRow>(
    `SELECT ${columns} FROM account WHERE id = ?`,
  )
  const all = reader.prepare<[], AccountRow>(
    `SELECT ${columns} FROM account WHERE disabled_at IS NULL ORDER BY name, id`,
  )
  const withDisabled = reader.prepare<[], AccountRow>(
    `SELECT ${columns} FROM account ORDER BY name, id`,
  )
  const owner = reader.prepare<[], AccountRow>(
    `SELECT ${columns} FROM account WHERE role = 'owner'`,
  )
  const count = reader.prepare<[], { n: number }>(`SELECT count(*) AS n FROM account`)
  return {
    /** Those that may sign in. */
    byLogin: (login: string): AccountRow | undefined => byLogin.get(login),
    byId: (id: string): AccountRow | undefined => byId.get(id),
    all: (): AccountRow[] => all.all(),
    /** The disabled ones too. */
    anyByLogin: (login: string): AccountRow | undefined => anyByLogin.get(login),
    anyById: (id: string): AccountRow | undefined => anyById.get(id),
    withDisabled: (): AccountRow[] => withDisabled.all(),
    owner: (): AccountRow | undefined => owner.get(),
    /** Of a disabled one too: what someone did stays his. */
    nameOf: (id: string): string | null => anyById.get(id)?.name ?? null,
    count: (): number => count.get()?.n ?? 0,
  }
}

export type AccountReads = ReturnType<typeof createAccountReads>

/** The disabled ones too, as the transaction (or the reader) sees it now. */
export const accountIn = (lookup: Lookup, id: string): AccountRow | undefined =>
  lookup.get<AccountRow>(`SELECT ${columns} FROM account WHERE id = ?`, id)

export const isLoginTaken = (lookup: Lookup, login: string, but: string | null): boolean =>
  lookup.get(`SELECT 1 FROM account WHERE login = ? AND id IS NOT ?`, login, but) !== undefined

/** Whether another account is this employee's. */
export const isEmployeeTaken = (lookup: Lookup, employeeId: string, but: string | null): boolean =>
  lookup.get(`SELECT 1 FROM account WHERE employee_id = ? AND id IS NOT ?`, employeeId, but) !==
  undefined

export const accountOfEmployee = (lookup: Lookup, employeeId: string): AccountRow | undefined =>
  lookup.get<AccountRow>(`SELECT ${columns} FROM account WHERE employee_id = ?`, employeeId)

export type NewAccount = Pick<AccountRow, 'id' | 'name' | 'login' | 'passwordHash' | 'role'> &
  Partial<Pick<AccountRow, 'employeeId' | 'codeHash' | 'codeUntil' | 'passwordImportedAt'>> & {
    readonly importId?: string
  }

export const insertAccount = (tx: Transaction, row: NewAccount, at: number): void => {
  tx.run(
    `INSERT INTO account (id, name, login, password_hash, password_changed_at, role, employee_id,
       code_hash, code_until, password_imported_at, import_id, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.name,
    row.login,
    row.passwordHash,
    row.passwordHash === null ? null : at,
    row.role,
    row.employeeId ?? null,
    row.codeHash ?? null,
    row.codeUntil ?? null,
    row.passwordImportedAt ?? null,
    row.importId ?? null,
    at,
    at,
  )
  tx.change({
    entity: 'account',
    entityId: row.id,
    kind: 'created',
    version: 1,
    data: { name: row.name, role: row.role },
  })
}

/** Columns by name are this file's own words, never input. */
type AccountColumns = {
  readonly name?: string
  readonly login?: string
  readonly role?: string
  readonly scope?: ScopeKind
  readonly employee_id?: string | null
  readonly disabled_at?: number | null
  readonly code_hash?: string | null
  readonly code_until?: number | null
  readonly password_hash?: string
  readonly password_changed_at?: number
  readonly password_imported_at?: null
}

/** `data`: what the change feed says of it; never a hash. */
export const updateAccount = (
  tx: Transaction,
  account: Pick<AccountRow, 'id' | 'version'>,
  set: AccountColumns,
  data: Readonly<Record<string, string | number | boolean | null>>,
  at: number,
): void => {
  const version = account.version + 1
  const names = Object.keys(set).sort() as (keyof AccountColumns)[]
  tx.run(
    `UPDATE account SET ${names.map((name) => `${name} = ?, `).join('')}version = ?, updated_at = ?
     WHERE id = ?`,
    ...names.map((name) => set[name] ?? null),
    version,
    at,
    account.id,
  )
  tx.change({ entity: 'account', entityId: account.id, kind: 'updated', version, data })
}

/** Accounts of one import, the disabled ones too. */
export const accountsOfImport = (reader: StoreReader, importId: string): AccountRow[] =>
  reader
    .prepare<[string], AccountRow>(`SELECT ${columns} FROM account WHERE import_id = ?`)
    .all(importId)

/** A new password; a one-time code that was open is void with it. */
export const setPassword = (
  tx: Transaction,
  account: Pick<AccountRow, 'id' | 'version'>,
  passwordHash: string,
  at: number,
): void =>
  updateAccount(
    tx,
    account,
    {
      password_hash: passwordHash,
      password_changed_at: at,
      password_imported_at: null,
      code_hash: null,
      code_until: null,
    },
    { password: 'changed' },
    at,
  )

/** The same password under stronger parameters: nothing that anyone sees. */
export const rehashPassword = (tx: Transaction, accountId: string, passwordHash: string): void => {
  tx.run(`UPDATE account SET password_hash = ? WHERE id = ?`, passwordHash, accountId)
}
