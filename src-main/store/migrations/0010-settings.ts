import type { Migration } from './migration.ts'

/** What the workspace remembers about itself, and settings as JSON by key. */
export const settings: Migration = {
  version: 10,
  name: 'settings',
  sql: `
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE setting (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL CHECK (json_valid(value)),
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
