import type { Migration } from './migration.ts'

/** Who may sign in. password_hash is argon2id in PHC form. Names in use are unique. */
export const accounts: Migration = {
  version: 30,
  name: 'accounts',
  sql: `
    CREATE TABLE account (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      login TEXT NOT NULL COLLATE NOCASE,
      password_hash TEXT NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
      role TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      version INTEGER NOT NULL DEFAULT 1,
      disabled_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX account_login ON account (login) WHERE disabled_at IS NULL;
  `,
}
