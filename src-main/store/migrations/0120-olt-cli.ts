import type { Migration } from './migration.ts'

/** Not landed yet: its owner replaces the SQL. */
export const oltCli: Migration = {
  version: 120,
  name: 'olt-cli',
  sql: `
    CREATE TABLE olt_cli_access (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
}
