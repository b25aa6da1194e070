import type { Migration } from './migration.ts'

/**
 * What reconciliation keeps: findings that somebody decided to leave as they are, and the sums of the
 * latest look of the whole workspace. Findings themselves are computed and never stored.
 */
export const reconciliation: Migration = {
  version: 350,
  name: 'reconciliation',
  sql: `
    CREATE TABLE reconciliation_ignored (
      -- Kind, service and ONU of the finding (reconciliation/rules.ts).
      key TEXT PRIMARY KEY CHECK (key <> ''),
      kind TEXT NOT NULL,
      reason TEXT NOT NULL CHECK (reason <> ''),
      -- The last day; null: for good.
      until_on TEXT CHECK (until_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
      at INTEGER NOT NULL,
      -- Null: the console itself.
      by TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE reconciliation_look (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      at INTEGER NOT NULL,
      summary TEXT NOT NULL CHECK (json_valid(summary))
    ) STRICT;
  `,
}
