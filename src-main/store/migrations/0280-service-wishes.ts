import type { Migration } from './migration.ts'

/**
 * What billing wants of the line of a service, and to which ONU it said so. Provisioning's wish keeps
 * who it comes from: what a person wants of a line is told from what follows from a subscription.
 */
export const serviceWishes: Migration = {
  version: 280,
  name: 'service-wishes',
  sql: `
    ALTER TABLE provisioning_service ADD COLUMN source TEXT NOT NULL DEFAULT 'hand'
      CHECK (source IN ('hand', 'billing'));
    ALTER TABLE provisioning_service ADD COLUMN cause TEXT
      CHECK (cause IN ('running', 'paused', 'debt', 'ended'));

    -- One for each service of which a subscription once said something.
    CREATE TABLE service_wish (
      service_id TEXT PRIMARY KEY REFERENCES subscriber_service (id),
      wanted TEXT NOT NULL CHECK (wanted IN ('active', 'suspended', 'removed')),
      cause TEXT NOT NULL CHECK (cause IN ('running', 'paused', 'debt', 'ended')),
      since_on TEXT NOT NULL,
      -- The day on which it becomes another one by itself; null: none.
      next_on TEXT,
      -- To which ONU it was said; null: to none yet.
      olt_id TEXT,
      serial TEXT,
      -- 1: the network does not know the ONU yet; it is said as soon as it does.
      pending INTEGER NOT NULL CHECK (pending IN (0, 1)),
      said_at INTEGER NOT NULL,
      CHECK ((olt_id IS NULL) = (serial IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX service_wish_pending ON service_wish (service_id) WHERE pending = 1;
    CREATE INDEX service_wish_next ON service_wish (next_on) WHERE next_on IS NOT NULL;

    -- What becomes of the ONU of a service that has ended.
    CREATE TABLE service_rules (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      after_end TEXT NOT NULL CHECK (after_end IN ('suspend', 'remove')),
      remove_after_days INTEGER NOT NULL CHECK (remove_after_days BETWEEN 0 AND 3650)
    ) STRICT;
    INSERT INTO service_rules VALUES (1, 1, 'suspend', 90);
  `,
}
