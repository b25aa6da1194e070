import type { Migration } from './migration.ts'

/** What makes the work at tickets quicker: answers that are written already, and views of the list. */
export const ticketDesk: Migration = {
  version: 420,
  name: 'ticket-desk',
  sql: `
    CREATE TABLE ticket_template (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL UNIQUE,
      -- In both languages, with the same places to fill.
      body_en TEXT NOT NULL CHECK (body_en <> ''),
      body_id TEXT NOT NULL CHECK (body_id <> '')
    ) STRICT, WITHOUT ROWID;

    -- A person's own, or for everybody.
    CREATE TABLE ticket_view (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      account_id TEXT NOT NULL REFERENCES account (id),
      shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
      name TEXT NOT NULL CHECK (name <> ''),
      view TEXT NOT NULL CHECK (json_valid(view))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ticket_view_of ON ticket_view (account_id);
  `,
}
