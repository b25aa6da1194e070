import type { Migration } from './migration.ts'

/**
 * How each OLT lets us in over its CLI, what its logins taught, and what was typed in terminals.
 * Secrets are sealed under the vault key and the row's id. What logins taught (the pinned key, how
 * often we were refused) outlives the access: a key stays pinned when the access is entered anew.
 */
export const oltCli: Migration = {
  version: 120,
  name: 'olt-cli',
  sql: `
    CREATE TABLE olt_cli_access (
      olt_id TEXT PRIMARY KEY REFERENCES olt (id),
      version INTEGER NOT NULL CHECK (version >= 1),
      transport TEXT NOT NULL CHECK (transport IN ('ssh', 'telnet')),
      host TEXT,
      port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
      user_name TEXT NOT NULL,
      allow_telnet INTEGER NOT NULL CHECK (allow_telnet IN (0, 1)),
      allow_legacy_ssh INTEGER NOT NULL CHECK (allow_legacy_ssh IN (0, 1)),
      max_readers INTEGER NOT NULL CHECK (max_readers BETWEEN 1 AND 4),
      password_sealed BLOB NOT NULL,
      enable_sealed BLOB,
      write_community_sealed BLOB,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE olt_cli_login (
      olt_id TEXT PRIMARY KEY REFERENCES olt (id),
      host_key TEXT CHECK (host_key IS NULL OR json_valid(host_key)),
      offered_key TEXT CHECK (offered_key IS NULL OR json_valid(offered_key)),
      failed_logins INTEGER NOT NULL CHECK (failed_logins >= 0),
      last_problem TEXT CHECK (last_problem IS NULL OR json_valid(last_problem)),
      last_login_at INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE olt_cli_transcript (
      id TEXT PRIMARY KEY,
      olt_id TEXT NOT NULL REFERENCES olt (id),
      olt_name TEXT NOT NULL,
      account_id TEXT REFERENCES account (id),
      by_name TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      kept_at INTEGER NOT NULL,
      ended_at INTEGER,
      lines INTEGER NOT NULL CHECK (lines >= 0),
      may_write INTEGER NOT NULL CHECK (may_write IN (0, 1)),
      text_deflated BLOB NOT NULL
    ) STRICT;
    CREATE INDEX olt_cli_transcript_started ON olt_cli_transcript (started_at);
    CREATE INDEX olt_cli_transcript_of ON olt_cli_transcript (olt_id, started_at);
  `,
}
