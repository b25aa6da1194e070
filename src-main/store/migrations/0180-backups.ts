import type { Migration } from './migration.ts'

/**
 * Backups that were made, as they proved themselves when they were last opened; the key that wraps
 * the workspace's keys in each of them (sealed under the vault key, purpose `backup.key`) with the
 * ways in that a person has; and keys that outlive a rotation (purpose `kept-key.<name>`).
 */
export const backups: Migration = {
  version: 180,
  name: 'backups',
  sql: `
    CREATE TABLE backup_made (
      name TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes > 0),
      schema_version INTEGER NOT NULL,
      contents TEXT NOT NULL CHECK (json_valid(contents)),
      ways TEXT NOT NULL CHECK (json_valid(ways)),
      proved_at INTEGER NOT NULL,
      problem TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE backup_key (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      sealed BLOB NOT NULL,
      ways TEXT NOT NULL CHECK (json_valid(ways)),
      version INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE kept_key (
      name TEXT PRIMARY KEY,
      sealed BLOB NOT NULL,
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
