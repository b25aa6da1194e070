import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

export interface AccountRow {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly passwordHash: string
  readonly role: 'owner'
}

const columns = `id, name, login, password_hash AS passwordHash, role`

export const createAccountReads = (reader: StoreReader) => {
  const byLogin = reader.prepare<[string], AccountRow>(
    `SELECT ${columns} FROM account WHERE login = ? AND disabled_at IS NULL`,
  )
  const byId = reader.prepare<[string], AccountRow>(
    `SELECT ${columns} FROM account WHERE id = ? AND disabled_at IS NULL`,
  )
  const all = reader.prepare<[], AccountRow>(
    `SELECT ${columns} FROM account WHERE disabled_at IS NULL ORDER BY name, id`,
  )
  const count = reader.prepare<[], { n: number }>(`SELECT count(*) AS n FROM account`)
  return {
    byLogin: (login: string): AccountRow | undefined => byLogin.get(login),
    byId: (id: string): AccountRow | undefined => byId.get(id),
    all: (): AccountRow[] => all.all(),
    count: (): number => count.get()?.n ?? 0,
  }
}

export type AccountReads = ReturnType<typeof createAccountReads>

export const insertAccount = (tx: Transaction, row: AccountRow, at: number): void => {
  tx.run(
    `INSERT INTO account (id, name, login, password_hash, role, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.name,
    row.login,
    row.passwordHash,
    row.role,
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
