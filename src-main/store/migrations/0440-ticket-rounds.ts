import type { Migration } from './migration.ts'

/**
 * When a promise or a calendar is saved, the tickets that are worked at get their new terms one slice
 * after the other: each save is a round, and a ticket says up to which it has been held. What a fresh
 * workspace begins with is put in once, and never again.
 */
export const ticketRounds: Migration = {
  version: 440,
  name: 'ticket-rounds',
  sql: `
    CREATE TABLE ticket_terms_round (
      round INTEGER PRIMARY KEY,
      -- From here on the new terms hold, whenever a ticket gets them.
      at INTEGER NOT NULL,
      -- Null: the console itself.
      account_id TEXT REFERENCES account (id)
    ) STRICT;
    CREATE TRIGGER ticket_terms_round_stays BEFORE UPDATE ON ticket_terms_round
    BEGIN SELECT RAISE(ABORT, 'a round that began stays'); END;
    CREATE TRIGGER ticket_terms_round_is_kept BEFORE DELETE ON ticket_terms_round
    BEGIN SELECT RAISE(ABORT, 'a round that began stays'); END;

    ALTER TABLE ticket ADD COLUMN terms_round INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX ticket_to_term ON ticket (terms_round, seq)
      WHERE state NOT IN ('closed', 'merged');

    -- Null: queues, calendars, promises and templates to begin with were not put in yet.
    -- What was changed last at one place: a ticket from an alarm says it.
    CREATE INDEX provisioning_target_by_place_after
      ON provisioning_target (olt_after_id, address_after, started_at);

    ALTER TABLE ticket_settings ADD COLUMN seeded_at INTEGER;
  `,
}
