import type { Migration } from './migration.ts'

/** Outages: what was found, what the operator said of it. */
export const outages: Migration = {
  version: 90,
  name: 'outages',
  sql: `
    CREATE TABLE outage (
      id TEXT PRIMARY KEY
    ) STRICT;
  `,
}
