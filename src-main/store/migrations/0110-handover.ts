import type { Migration } from './migration.ts'

/** What one shift wrote to the next. */
export const handover: Migration = {
  version: 110,
  name: 'handover',
  sql: `
    CREATE TABLE handover_note (
      id TEXT PRIMARY KEY,
      from_at INTEGER NOT NULL,
      to_at INTEGER NOT NULL,
      text TEXT NOT NULL,
      taken_by TEXT NOT NULL,
      account_id TEXT REFERENCES account (id),
      written_at INTEGER NOT NULL
    ) STRICT;
  `,
}
