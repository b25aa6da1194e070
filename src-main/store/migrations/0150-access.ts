import type { Migration } from './migration.ts'

/**
 * Employees, roles of the workspace's own, and what an account needs beyond a name and a password.
 *
 * `account` is rebuilt: its CHECK took argon2id alone, and an imported hash is bcrypt until its
 * owner signs in; a new account has none until its one-time code is used. Rows of other tables point
 * at it, so the keys are checked at the end of the transaction (SQLite counts what a dropped parent
 * leaves open and what the new rows close again).
 */
export const access: Migration = {
  version: 150,
  name: 'access',
  sql: `
    PRAGMA defer_foreign_keys = ON;

    CREATE TABLE employee (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL DEFAULT 1,
      name TEXT NOT NULL,
      position TEXT NOT NULL,
      team TEXT NOT NULL,
      phone TEXT NOT NULL,
      email TEXT NOT NULL,
      note TEXT NOT NULL,
      photo_type TEXT CHECK (photo_type IN ('jpeg', 'png', 'webp')),
      photo BLOB CHECK (length(photo) <= 204800),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      CHECK ((photo IS NULL) = (photo_type IS NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE role (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL DEFAULT 1,
      name TEXT NOT NULL,
      copy_of TEXT NOT NULL,
      permissions TEXT CHECK (permissions IS NULL OR json_valid(permissions)),
      second_factor_required INTEGER NOT NULL CHECK (second_factor_required IN (0, 1)),
      lock_after_minutes INTEGER NOT NULL CHECK (lock_after_minutes BETWEEN 1 AND 240),
      session_hours INTEGER NOT NULL CHECK (session_hours BETWEEN 1 AND 24),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE recovery_kit (
      account_id TEXT PRIMARY KEY REFERENCES account (id),
      hash TEXT NOT NULL CHECK (hash LIKE '$argon2id$%'),
      made_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE account_before AS SELECT * FROM account;
    DROP TABLE account;
    CREATE TABLE account (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL DEFAULT 1,
      name TEXT NOT NULL,
      login TEXT NOT NULL COLLATE NOCASE,
      password_hash TEXT CHECK (
        password_hash LIKE '$argon2id$%' OR password_hash LIKE '$2a$%'
        OR password_hash LIKE '$2b$%' OR password_hash LIKE '$2y$%'
      ),
      password_changed_at INTEGER,
      role TEXT NOT NULL,
      employee_id TEXT REFERENCES employee (id),
      code_hash TEXT CHECK (code_hash LIKE '$argon2id$%'),
      code_until INTEGER,
      second_factor_since INTEGER,
      last_sign_in_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      disabled_at INTEGER,
      CHECK ((code_hash IS NULL) = (code_until IS NULL)),
      CHECK (role <> 'owner' OR disabled_at IS NULL)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO account (id, version, name, login, password_hash, role, created_at, updated_at,
        disabled_at)
      SELECT id, version, name, login, password_hash, role, created_at, updated_at, disabled_at
      FROM account_before;
    DROP TABLE account_before;
    CREATE UNIQUE INDEX account_login ON account (login);
    CREATE UNIQUE INDEX account_employee ON account (employee_id) WHERE employee_id IS NOT NULL;
    CREATE UNIQUE INDEX account_owner ON account (role) WHERE role = 'owner';
    CREATE INDEX account_role ON account (role);
  `,
}
