import type { Migration } from './migration.ts'

/**
 * What the one write path leaves behind: the audit chain and its sealed head, the change feed,
 * and the results that make a command's id idempotent. audit and change_feed only ever grow.
 */
export const writePath: Migration = {
  version: 20,
  name: 'write-path',
  sql: `
    CREATE TABLE audit (
      seq INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      command_id TEXT NOT NULL,
      name TEXT NOT NULL,
      account_id TEXT,
      session_id TEXT,
      client_kind TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
      code TEXT,
      parameters TEXT NOT NULL CHECK (json_valid(parameters)),
      previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
      hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    CREATE INDEX audit_by_command ON audit (command_id);
    CREATE INDEX audit_by_time ON audit (at);

    CREATE TABLE audit_head (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      row_count INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      seal BLOB NOT NULL CHECK (length(seal) = 32)
    ) STRICT;

    CREATE TABLE change_feed (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      command_id TEXT NOT NULL,
      command_name TEXT NOT NULL,
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('created', 'updated', 'deleted')),
      version INTEGER NOT NULL,
      data TEXT CHECK (data IS NULL OR json_valid(data))
    ) STRICT;
    CREATE INDEX change_feed_by_entity ON change_feed (entity, entity_id);

    CREATE TABLE command_result (
      command_id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      account_id TEXT,
      input_hash BLOB NOT NULL CHECK (length(input_hash) = 32),
      result TEXT NOT NULL CHECK (json_valid(result)),
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
    CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
    CREATE TRIGGER change_feed_no_update BEFORE UPDATE ON change_feed
      BEGIN SELECT RAISE(ABORT, 'change_feed is append-only'); END;
    CREATE TRIGGER change_feed_no_delete BEFORE DELETE ON change_feed
      BEGIN SELECT RAISE(ABORT, 'change_feed is append-only'); END;
  `,
}
