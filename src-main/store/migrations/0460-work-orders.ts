import type { Migration } from './migration.ts'

/**
 * Work orders. What happened to one is in its events, which are only ever added; what stands in
 * work_order beside what was asked for follows from them and can be made anew (domain/work-order-fold.ts).
 */
export const workOrders: Migration = {
  version: 460,
  name: 'work-orders',
  sql: `
    CREATE TABLE work_order_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL DEFAULT 1,
      prefix TEXT NOT NULL,
      -- Of the way between two places as the crow flies.
      travel_kmh INTEGER NOT NULL CHECK (travel_kmh BETWEEN 1 AND 200),
      -- Where a day begins; null: with the first order.
      depot_lat_e7 INTEGER,
      depot_lng_e7 INTEGER,
      seeded_at INTEGER
    ) STRICT;
    INSERT INTO work_order_settings (id, prefix, travel_kmh) VALUES (1, 'WO-', 25);

    CREATE TABLE work_order_type (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('install', 'repair', 'move', 'collect', 'survey')),
      name_en TEXT NOT NULL,
      name_id TEXT NOT NULL,
      minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 1440),
      -- Checklist, photos, readings (OrderPaper).
      paper TEXT NOT NULL,
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      position INTEGER NOT NULL
    ) STRICT;

    -- Who goes out, when he works, and where his day begins.
    CREATE TABLE technician (
      account_id TEXT PRIMARY KEY REFERENCES account (id),
      version INTEGER NOT NULL,
      -- Seven lists of [from, to) in minutes of the day, Monday first.
      week TEXT NOT NULL,
      lat_e7 INTEGER,
      lng_e7 INTEGER,
      active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT;

    CREATE TABLE work_order (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL,
      number TEXT NOT NULL UNIQUE,
      type_id TEXT NOT NULL REFERENCES work_order_type (id),
      kind TEXT NOT NULL,
      type_en TEXT NOT NULL,
      type_id_text TEXT NOT NULL,
      paper TEXT NOT NULL,
      subject TEXT NOT NULL,
      -- Number, subject and place, folded.
      search_key TEXT NOT NULL,
      details TEXT NOT NULL,
      subscriber_id TEXT REFERENCES subscriber (id),
      service_id TEXT REFERENCES subscriber_service (id),
      ticket_id TEXT REFERENCES ticket (id),
      follows_id TEXT REFERENCES work_order (id),
      olt_id TEXT REFERENCES olt (id),
      serial TEXT,
      -- Where to go, as it was when the order was opened.
      place TEXT NOT NULL,
      phone TEXT NOT NULL,
      lat_e7 INTEGER,
      lng_e7 INTEGER,
      minutes INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      created_by TEXT REFERENCES account (id),
      -- From here on: what follows from the events.
      state TEXT NOT NULL DEFAULT 'draft',
      state_since INTEGER NOT NULL,
      assignee_id TEXT REFERENCES account (id),
      window_from INTEGER,
      window_to INTEGER,
      done_at INTEGER,
      signed_at INTEGER,
      clashes INTEGER NOT NULL DEFAULT 0,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX work_order_by_state ON work_order (state, window_from);
    CREATE INDEX work_order_by_window ON work_order (window_from) WHERE window_from IS NOT NULL;
    CREATE INDEX work_order_by_assignee ON work_order (assignee_id, window_from);
    CREATE INDEX work_order_by_subscriber ON work_order (subscriber_id);
    CREATE INDEX work_order_by_ticket ON work_order (ticket_id) WHERE ticket_id IS NOT NULL;
    CREATE INDEX work_order_by_update ON work_order (updated_at);

    CREATE TABLE work_order_event (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      order_id TEXT NOT NULL REFERENCES work_order (id),
      device_id TEXT NOT NULL,
      seq INTEGER NOT NULL CHECK (seq > 0),
      at INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      actor_id TEXT REFERENCES account (id),
      for_assignee INTEGER NOT NULL CHECK (for_assignee IN (0, 1)),
      fact TEXT NOT NULL,
      UNIQUE (order_id, device_id, seq)
    ) STRICT;
    CREATE TRIGGER work_order_event_stays BEFORE UPDATE ON work_order_event
    BEGIN SELECT RAISE(ABORT, 'what was said about a work order stays'); END;
    CREATE TRIGGER work_order_event_is_kept BEFORE DELETE ON work_order_event
    BEGIN SELECT RAISE(ABORT, 'what was said about a work order stays'); END;

    CREATE TABLE work_order_photo (
      id TEXT PRIMARY KEY,
      order_id TEXT NOT NULL REFERENCES work_order (id),
      media_type TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      content BLOB NOT NULL
    ) STRICT;
    CREATE INDEX work_order_photo_by_order ON work_order_photo (order_id);
  `,
}
