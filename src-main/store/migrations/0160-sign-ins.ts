import type { Migration } from './migration.ts'

/**
 * Second factors, who signed in when and from where, and how long the next try has to wait.
 * `sealed` (purpose `second-factor.secret`, row: the account) holds the key of the app's codes (20
 * bytes) and the key of the recovery codes' hashes (32). A row of `sign_in_wait` names a login by a
 * keyed hash: what was typed for an account that does not exist is kept nowhere.
 */
export const signIns: Migration = {
  version: 160,
  name: 'sign-ins',
  sql: `
    CREATE TABLE second_factor (
      account_id TEXT PRIMARY KEY REFERENCES account (id),
      sealed BLOB NOT NULL,
      since INTEGER NOT NULL,
      last_step INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE recovery_code (
      account_id TEXT NOT NULL REFERENCES second_factor (account_id) ON DELETE CASCADE,
      hash BLOB NOT NULL,
      used_at INTEGER,
      PRIMARY KEY (account_id, hash)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE second_factor_reset (
      account_id TEXT PRIMARY KEY REFERENCES account (id),
      at INTEGER NOT NULL,
      by_account_id TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sign_in (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      account_id TEXT REFERENCES account (id),
      result TEXT NOT NULL CHECK (result IN ('done', 'wrong-password', 'wrong-code', 'throttled',
        'disabled', 'unlocked', 'stepped-up')),
      means TEXT NOT NULL CHECK (means IN ('password', 'totp', 'recovery-code', 'recovery-kit',
        'one-time-code')),
      device TEXT NOT NULL,
      addresses TEXT NOT NULL CHECK (json_valid(addresses)),
      suspicions TEXT NOT NULL CHECK (json_valid(suspicions)),
      own_answer TEXT CHECK (own_answer IN ('known', 'not-known')),
      owner_answer TEXT CHECK (owner_answer IN ('known', 'not-known'))
    ) STRICT;
    CREATE INDEX sign_in_of ON sign_in (account_id, at);
    CREATE INDEX sign_in_at ON sign_in (at);

    CREATE TABLE sign_in_wait (
      key BLOB PRIMARY KEY,
      failures INTEGER NOT NULL CHECK (failures > 0),
      last_failure_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
