import type { Migration } from './migration.ts'

/** Not landed yet: its owner replaces the SQL. */
export const oltBackups: Migration = {
  version: 140,
  name: 'olt-backups',
  sql: `
    CREATE TABLE olt_backup (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
}
