import type { Migration } from './migration.ts'

/**
 * The outside plant: nodes, where ONUs hang, where OLTs stand. Small numbers stand for nodes and
 * OLTs where a hundred thousand ONUs name them. A removed node keeps its row, and `removed_with`
 * names the node whose removal took it, so that undo brings back what went together. Coordinates of
 * ONUs are whole 1e-7 degrees (a centimetre): whole numbers are read several times faster.
 */
export const plant: Migration = {
  version: 100,
  name: 'plant',
  sql: `
    CREATE TABLE plant_node (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('zone', 'cabinet', 'splitter', 'odb')),
      name TEXT NOT NULL CHECK (name <> ''),
      parent INTEGER REFERENCES plant_node (number) CHECK (parent <> number),
      capacity INTEGER CHECK (capacity BETWEEN 1 AND 1024),
      pon_olt TEXT REFERENCES olt (id),
      pon INTEGER,
      latitude REAL CHECK (latitude BETWEEN -90 AND 90),
      longitude REAL CHECK (longitude BETWEEN -180 AND 180),
      street TEXT NOT NULL DEFAULT '',
      note TEXT NOT NULL DEFAULT '',
      version INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      removed_with INTEGER REFERENCES plant_node (number),
      CHECK ((pon_olt IS NULL) = (pon IS NULL)),
      CHECK ((latitude IS NULL) = (longitude IS NULL))
    ) STRICT;

    CREATE TABLE plant_olt (
      number INTEGER PRIMARY KEY,
      olt_id TEXT NOT NULL UNIQUE REFERENCES olt (id),
      latitude REAL CHECK (latitude BETWEEN -90 AND 90),
      longitude REAL CHECK (longitude BETWEEN -180 AND 180),
      version INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      CHECK ((latitude IS NULL) = (longitude IS NULL))
    ) STRICT;

    CREATE TABLE plant_place (
      olt INTEGER NOT NULL REFERENCES plant_olt (number),
      address INTEGER NOT NULL,
      node INTEGER REFERENCES plant_node (number),
      port INTEGER CHECK (port BETWEEN 1 AND 1024),
      street_address TEXT NOT NULL DEFAULT '',
      latitude_e7 INTEGER CHECK (latitude_e7 BETWEEN -900000000 AND 900000000),
      longitude_e7 INTEGER CHECK (longitude_e7 BETWEEN -1800000000 AND 1800000000),
      serial TEXT,
      changed_at INTEGER NOT NULL,
      PRIMARY KEY (olt, address),
      CHECK (port IS NULL OR node IS NOT NULL),
      CHECK ((latitude_e7 IS NULL) = (longitude_e7 IS NULL))
    ) STRICT, WITHOUT ROWID;
  `,
}
