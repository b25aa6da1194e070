import type { Migration } from './migration.ts'

/**
 * OLTs. community_sealed is sealed under the vault key with the row's id (vault/seal.ts);
 * family_id is null until the OLT is recognised, or for the generic view; intervals_s holds
 * seconds as {"status":…,"counters":…,"optics":…}. An address is taken by one live OLT only.
 */
export const olts: Migration = {
  version: 40,
  name: 'olts',
  sql: `
    CREATE TABLE olt (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      host TEXT NOT NULL COLLATE NOCASE,
      port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
      snmp_version TEXT NOT NULL,
      community_sealed BLOB NOT NULL,
      family_id TEXT,
      optic_class TEXT NOT NULL CHECK (optic_class IN ('B+', 'C+')),
      intervals_s TEXT NOT NULL CHECK (json_valid(intervals_s)),
      note TEXT NOT NULL DEFAULT '',
      recognised TEXT CHECK (recognised IS NULL OR json_valid(recognised)),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      version INTEGER NOT NULL DEFAULT 1,
      deleted_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX olt_address ON olt (host, port) WHERE deleted_at IS NULL;
  `,
}
