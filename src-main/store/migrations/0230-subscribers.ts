import type { Migration } from './migration.ts'

/**
 * Subscribers: who they are, how to reach them, where they live, what they are served by, and what
 * happened to them. A service names its ONU by OLT and serial; where that ONU is now, the network
 * tells. Columns under "derived" repeat what stands in the other tables, so that the list of a
 * hundred thousand is sorted and filtered by indexes alone. Coordinates are whole 1e-7 degrees.
 */
export const subscribers: Migration = {
  version: 230,
  name: 'subscribers',
  sql: `
    CREATE TABLE subscriber_import (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      account_id TEXT REFERENCES account (id),
      file_name TEXT NOT NULL,
      added INTEGER NOT NULL,
      undone_at INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE subscriber (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL,
      code TEXT NOT NULL CHECK (code <> ''),
      -- Compared without case: two codes never differ by that alone.
      code_key TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('person', 'company')),
      name TEXT NOT NULL CHECK (name <> ''),
      -- Folded, to sort by.
      name_key TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('lead', 'active', 'suspended', 'ended')),
      status_since INTEGER NOT NULL,
      status_reason TEXT NOT NULL DEFAULT '',
      -- BCP 47: of documents and messages to him.
      language TEXT NOT NULL,
      -- IANA; null: the seller's.
      time_zone TEXT,
      -- ISO 4217; null: the seller's.
      currency TEXT CHECK (length(currency) = 3),
      agent_id TEXT REFERENCES account (id),
      never_suspend INTEGER NOT NULL DEFAULT 0 CHECK (never_suspend IN (0, 1)),
      never_suspend_reason TEXT NOT NULL DEFAULT '',
      tax_id TEXT NOT NULL DEFAULT '',
      tax_name TEXT NOT NULL DEFAULT '',
      tax_treatment TEXT NOT NULL DEFAULT 'standard'
        CHECK (tax_treatment IN ('standard', 'exempt', 'reverse-charge', 'outside')),
      tax_note TEXT NOT NULL DEFAULT '',
      -- Processing restricted on his wish; who set it and why stands in the time line.
      restricted INTEGER NOT NULL DEFAULT 0 CHECK (restricted IN (0, 1)),
      restricted_since INTEGER,
      -- Null: never asked.
      marketing_consent INTEGER CHECK (marketing_consent IN (0, 1)),
      marketing_consent_at INTEGER,
      anonymised_at INTEGER,
      import_id TEXT REFERENCES subscriber_import (id),
      created_at INTEGER NOT NULL,
      created_by TEXT REFERENCES account (id),
      updated_at INTEGER NOT NULL,
      -- Derived.
      shown_phone TEXT,
      shown_email TEXT,
      shown_address TEXT,
      shown_serial TEXT,
      live_services INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    -- With what lists are filtered by: who does not fit is passed by without reading his row.
    CREATE INDEX subscriber_by_name ON subscriber (name_key, number, status, kind, live_services,
      never_suspend, restricted, agent_id);
    CREATE INDEX subscriber_by_status ON subscriber (status, name_key, number);
    CREATE INDEX subscriber_by_agent ON subscriber (agent_id, name_key, number);
    CREATE INDEX subscriber_by_created ON subscriber (created_at, number);
    CREATE INDEX subscriber_by_updated ON subscriber (updated_at, number);
    CREATE INDEX subscriber_by_services ON subscriber (live_services, name_key, number);
    CREATE INDEX subscriber_by_import ON subscriber (import_id) WHERE import_id IS NOT NULL;

    CREATE TABLE subscriber_contact (
      id TEXT PRIMARY KEY,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      position INTEGER NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('owner', 'billing', 'technical', 'other')),
      name TEXT NOT NULL DEFAULT '',
      email TEXT NOT NULL DEFAULT '',
      -- E.164, with its +; empty: none.
      phone TEXT NOT NULL DEFAULT '' CHECK (phone = '' OR phone GLOB '+[1-9]*'),
      channel TEXT NOT NULL DEFAULT 'any'
        CHECK (channel IN ('any', 'call', 'whatsapp', 'sms', 'email', 'none')),
      note TEXT NOT NULL DEFAULT '',
      verified_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscriber_contact_of ON subscriber_contact (subscriber_id, position);
    CREATE INDEX subscriber_contact_phone ON subscriber_contact (phone) WHERE phone <> '';
    CREATE INDEX subscriber_contact_email ON subscriber_contact (email) WHERE email <> '';

    CREATE TABLE subscriber_address (
      id TEXT PRIMARY KEY,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      position INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('service', 'billing', 'postal')),
      label TEXT NOT NULL DEFAULT '',
      -- Street and house, as many lines as it takes.
      lines TEXT NOT NULL DEFAULT '',
      city TEXT NOT NULL DEFAULT '',
      region TEXT NOT NULL DEFAULT '',
      postcode TEXT NOT NULL DEFAULT '',
      -- ISO 3166-1 alpha-2; empty: not said.
      country TEXT NOT NULL DEFAULT '' CHECK (length(country) IN (0, 2)),
      latitude_e7 INTEGER CHECK (latitude_e7 BETWEEN -900000000 AND 900000000),
      longitude_e7 INTEGER CHECK (longitude_e7 BETWEEN -1800000000 AND 1800000000),
      CHECK ((latitude_e7 IS NULL) = (longitude_e7 IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscriber_address_of ON subscriber_address (subscriber_id, position);

    CREATE TABLE subscriber_service (
      id TEXT PRIMARY KEY,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      version INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      address_id TEXT REFERENCES subscriber_address (id) ON DELETE SET NULL,
      -- Planned: it has no ONU yet. Live: it names one. Ended: it keeps what it named.
      state TEXT NOT NULL CHECK (state IN ('planned', 'live', 'ended')),
      olt_id TEXT REFERENCES olt (id),
      serial TEXT CHECK (serial <> ''),
      live_since INTEGER,
      ended_at INTEGER,
      note TEXT NOT NULL DEFAULT '',
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      CHECK ((olt_id IS NULL) = (serial IS NULL)),
      CHECK (state = 'ended' OR (state = 'live') = (serial IS NOT NULL)),
      CHECK ((state = 'ended') = (ended_at IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscriber_service_of ON subscriber_service (subscriber_id);
    -- An address that is taken off looks here.
    CREATE INDEX subscriber_service_address ON subscriber_service (address_id);
    CREATE INDEX subscriber_service_onu ON subscriber_service (serial, olt_id)
      WHERE serial IS NOT NULL;
    -- An ONU carries at most one live service.
    CREATE UNIQUE INDEX subscriber_service_live ON subscriber_service (olt_id, serial)
      WHERE state = 'live';

    -- Derived: on which OLTs a subscriber lies, for the reach of accounts.
    CREATE TABLE subscriber_olt (
      olt_id TEXT NOT NULL,
      number INTEGER NOT NULL REFERENCES subscriber (number),
      PRIMARY KEY (number, olt_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscriber_olt_of ON subscriber_olt (olt_id, number);

    -- Derived: folded words of names, codes, addresses, telephone numbers and serials.
    CREATE TABLE subscriber_word (
      word TEXT NOT NULL,
      number INTEGER NOT NULL REFERENCES subscriber (number),
      PRIMARY KEY (word, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscriber_word_of ON subscriber_word (number, word);

    CREATE TABLE subscriber_note (
      id TEXT PRIMARY KEY,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      version INTEGER NOT NULL,
      text TEXT NOT NULL CHECK (text <> ''),
      pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
      account_id TEXT REFERENCES account (id),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscriber_note_of ON subscriber_note (subscriber_id, created_at);

    CREATE TABLE subscriber_file (
      id TEXT PRIMARY KEY,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      name TEXT NOT NULL CHECK (name <> ''),
      -- Told from the content, not from the name.
      media_type TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes BETWEEN 1 AND 5242880),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      note TEXT NOT NULL DEFAULT '',
      account_id TEXT REFERENCES account (id),
      added_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscriber_file_of ON subscriber_file (subscriber_id, added_at);

    -- Apart from its description: a list of files reads none of them.
    CREATE TABLE subscriber_file_content (
      file_id TEXT PRIMARY KEY REFERENCES subscriber_file (id) ON DELETE CASCADE,
      content BLOB NOT NULL
    ) STRICT;

    -- The time line: written in the transaction of what happened, never changed.
    CREATE TABLE subscriber_event (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      at INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind <> ''),
      -- What it was about, for a way there: a service, a file, an invoice.
      object_kind TEXT,
      object_id TEXT,
      -- Null: the console itself.
      account_id TEXT REFERENCES account (id),
      data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data))
    ) STRICT;
    CREATE INDEX subscriber_event_of ON subscriber_event (subscriber_id, seq);
    CREATE TRIGGER subscriber_event_stays BEFORE UPDATE ON subscriber_event
    BEGIN SELECT RAISE(ABORT, 'the time line is never changed'); END;

    CREATE TABLE subscriber_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      -- Zeros in braces stand for the running number: S-{000000}.
      code_pattern TEXT NOT NULL,
      next_number INTEGER NOT NULL CHECK (next_number >= 1),
      -- ISO 3166-1 alpha-2: of addresses, and of telephone numbers typed without their country.
      country TEXT NOT NULL CHECK (length(country) = 2),
      language TEXT NOT NULL
    ) STRICT;
    INSERT INTO subscriber_settings VALUES (1, 1, 'S-{000000}', 1, 'ID', 'id');
  `,
}
