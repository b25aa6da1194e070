import type { Migration } from './migration.ts'

/**
 * Configurations of OLTs as they were read: one row per content that was in force from `first_at` to
 * `last_at`. Two readings are the same content when `steady_sha256` is the same: without what an OLT
 * prints differently each time. The text lies as the OLT sent it, deflated; the store encrypts it.
 */
export const oltBackups: Migration = {
  version: 140,
  name: 'olt-backups',
  sql: `
    CREATE TABLE olt_backup_plan (
      olt_id TEXT PRIMARY KEY REFERENCES olt (id),
      every_hours INTEGER CHECK (every_hours BETWEEN 1 AND 8760),
      keep INTEGER NOT NULL CHECK (keep BETWEEN 2 AND 1000),
      at_hour INTEGER CHECK (at_hour BETWEEN 0 AND 23)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE olt_backup_state (
      olt_id TEXT PRIMARY KEY REFERENCES olt (id),
      wanted_since INTEGER NOT NULL,
      last_at INTEGER,
      last_problem TEXT CHECK (last_problem IS NULL OR json_valid(last_problem))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE olt_backup_version (
      id TEXT PRIMARY KEY,
      olt_id TEXT NOT NULL REFERENCES olt (id),
      family_id TEXT NOT NULL,
      first_at INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      steady_sha256 TEXT NOT NULL,
      lines INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      read_by TEXT NOT NULL
        CHECK (read_by IN ('schedule', 'person', 'before-change', 'after-change')),
      added INTEGER NOT NULL,
      removed INTEGER NOT NULL,
      explained INTEGER NOT NULL CHECK (explained IN (0, 1)),
      plan_ids TEXT NOT NULL CHECK (json_valid(plan_ids)),
      note TEXT NOT NULL DEFAULT '',
      accepted_at INTEGER,
      text_deflated BLOB NOT NULL
    ) STRICT;
    CREATE INDEX olt_backup_version_of ON olt_backup_version (olt_id, first_at);
  `,
}
