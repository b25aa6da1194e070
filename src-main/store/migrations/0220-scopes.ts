import type { Migration } from './migration.ts'

/** Regions, and how far each account reaches (src-shared/domain/scope.ts). */
export const scopes: Migration = {
  version: 220,
  name: 'scopes',
  sql: `
    CREATE TABLE region (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL DEFAULT 1,
      name TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX region_name ON region (lower(name));

    CREATE TABLE region_olt (
      region_id TEXT NOT NULL REFERENCES region (id),
      olt_id TEXT NOT NULL REFERENCES olt (id),
      PRIMARY KEY (region_id, olt_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE account_region (
      account_id TEXT NOT NULL REFERENCES account (id),
      region_id TEXT NOT NULL REFERENCES region (id),
      PRIMARY KEY (account_id, region_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX account_region_region ON account_region (region_id);

    ALTER TABLE account ADD COLUMN scope TEXT NOT NULL DEFAULT 'all'
      CHECK (scope IN ('all', 'regions', 'own') AND (role <> 'owner' OR scope = 'all'));
  `,
}
