import type { Migration } from './migration.ts'

/** The outside plant: nodes, where ONUs hang, where OLTs stand. */
export const plant: Migration = {
  version: 100,
  name: 'plant',
  sql: `
    CREATE TABLE plant_node (
      id TEXT PRIMARY KEY
    ) STRICT;
  `,
}
