import type { Migration } from './migration.ts'

/** The book of alarms, the rules that fill it, and maintenance windows. Made by the alarms capability. */
export const alarms: Migration = {
  version: 80,
  name: 'alarms',
  sql: `
    CREATE TABLE alarm (
      id TEXT PRIMARY KEY
    ) STRICT;
  `,
}
