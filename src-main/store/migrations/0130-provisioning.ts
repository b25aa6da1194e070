import type { Migration } from './migration.ts'

/** Not landed yet: its owner replaces the SQL. */
export const provisioning: Migration = {
  version: 130,
  name: 'provisioning',
  sql: `
    CREATE TABLE provisioning_plan (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
}
