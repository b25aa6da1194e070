import type { Migration } from './migration.ts'

/** Outages: what was found, what the operator said of it. */
export const outages: Migration = {
  version: 90,
  name: 'outages',
  sql: `
    CREATE TABLE outage (
      id TEXT PRIMARY KEY,
      -- The operator's word, else the verdict's.
      verdict TEXT NOT NULL,
      -- Position in severities: the worst is 0.
      severity INTEGER NOT NULL,
      began_at REAL NOT NULL,
      ended_at REAL,
      affected_onus INTEGER NOT NULL,
      search TEXT NOT NULL,
      -- As the contract's row; what it rests on.
      row TEXT NOT NULL,
      detail TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outage_by_begin ON outage (began_at);
    CREATE INDEX outage_open ON outage (began_at) WHERE ended_at IS NULL;

    -- ONUs in columns: one row per outage and OLT.
    CREATE TABLE outage_members (
      outage_id TEXT NOT NULL REFERENCES outage (id) ON DELETE CASCADE,
      olt_id TEXT NOT NULL,
      olt_name TEXT NOT NULL,
      addresses BLOB NOT NULL,
      down_at BLOB NOT NULL,
      back_at BLOB NOT NULL,
      gasp BLOB NOT NULL,
      rx BLOB NOT NULL,
      PRIMARY KEY (outage_id, olt_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outage_members_by_olt ON outage_members (olt_id);

    -- Every correction with all it was said against, for training.
    CREATE TABLE outage_correction (
      id INTEGER PRIMARY KEY,
      outage_id TEXT NOT NULL,
      at REAL NOT NULL,
      account_id TEXT,
      given TEXT NOT NULL,
      confidence TEXT NOT NULL,
      -- Null: back to what was given.
      said TEXT,
      note TEXT NOT NULL,
      facts TEXT NOT NULL,
      evidence TEXT NOT NULL
    ) STRICT;
  `,
}
