import type { Migration } from './migration.ts'

/**
 * Tickets: what somebody reported, what was said and done about it. Messages and events are only ever
 * added to: the clocks of what was promised, the time line and the reports read nothing else. Columns
 * under "derived" repeat what follows from them, so that the list of fifty thousand is sorted and
 * filtered by indexes alone.
 */

const stays = (table: string, why: string): string => `
    CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${why}'); END;
    CREATE TRIGGER ${table}_is_kept BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${why}'); END;`

const states = `('new', 'open', 'pending-customer', 'pending-vendor', 'pending-reminder', 'solved',
  'closed', 'merged')`
const priorities = `('P1', 'P2', 'P3', 'P4')`
const channels = `('call', 'whatsapp', 'sms', 'email', 'visit', 'counter', 'other')`

export const tickets: Migration = {
  version: 400,
  name: 'tickets',
  sql: `
    CREATE TABLE ticket_queue (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      -- Folded: two never differ by case alone.
      name_key TEXT NOT NULL UNIQUE,
      -- Off: tickets in it stay, new ones go elsewhere.
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Numbers are taken in the transaction that opens a ticket: a series has no gap.
    CREATE TABLE ticket_series (
      prefix TEXT PRIMARY KEY,
      next_no INTEGER NOT NULL CHECK (next_no >= 1)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ticket (
      -- For joins and order; what people say is the number of its series.
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      version INTEGER NOT NULL,
      prefix TEXT NOT NULL,
      no INTEGER NOT NULL,
      number TEXT NOT NULL UNIQUE,
      subject TEXT NOT NULL CHECK (subject <> ''),
      state TEXT NOT NULL CHECK (state IN ${states}),
      state_since INTEGER NOT NULL,
      -- Of waiting: opened again then.
      pending_until INTEGER,
      priority TEXT NOT NULL CHECK (priority IN ${priorities}),
      -- Of what the network or a person said; null: nobody did.
      affected INTEGER CHECK (affected >= 0),
      queue_id TEXT REFERENCES ticket_queue (id),
      owner_id TEXT REFERENCES account (id),
      subscriber_id TEXT REFERENCES subscriber (id),
      service_id TEXT REFERENCES subscriber_service (id),
      merged_into TEXT REFERENCES ticket (id),
      source TEXT NOT NULL CHECK (source IN ('person', 'alarm', 'outage', 'follow-up')),
      source_id TEXT,
      created_at INTEGER NOT NULL,
      created_by TEXT REFERENCES account (id),
      updated_at INTEGER NOT NULL,
      -- Derived.
      solved_at INTEGER,
      closed_at INTEGER,
      answered_at INTEGER,
      reopened INTEGER NOT NULL DEFAULT 0,
      last_event_at INTEGER NOT NULL,
      -- Of the clocks that run: the first that is due, and the first warning. Null: none runs.
      due_at INTEGER,
      warn_at INTEGER,
      -- What is promised (ticket_terms): that of its last event which says so.
      terms_id INTEGER,
      UNIQUE (prefix, no),
      CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
      CHECK (merged_into IS NULL OR merged_into <> id)
    ) STRICT;
    -- With what lists are filtered by: who does not fit is passed by without reading its row.
    CREATE INDEX ticket_by_state ON ticket (state, priority, queue_id, owner_id, subscriber_id);
    CREATE INDEX ticket_by_priority ON ticket (priority, seq, state, queue_id, owner_id);
    CREATE INDEX ticket_by_updated ON ticket (updated_at, seq, state, queue_id, owner_id, priority);
    CREATE INDEX ticket_by_due ON ticket (due_at, seq, state, queue_id, owner_id, priority)
      WHERE due_at IS NOT NULL;
    -- Of the board: what is due first, and nothing of what is over for good.
    CREATE INDEX ticket_live ON ticket (due_at, priority, seq, state, queue_id, owner_id,
      subscriber_id, warn_at) WHERE state NOT IN ('closed', 'merged');
    CREATE INDEX ticket_by_warning ON ticket (warn_at) WHERE warn_at IS NOT NULL;
    CREATE INDEX ticket_by_owner ON ticket (owner_id, state, seq);
    CREATE INDEX ticket_by_queue ON ticket (queue_id, state, seq);
    CREATE INDEX ticket_of_subscriber ON ticket (subscriber_id, seq)
      WHERE subscriber_id IS NOT NULL;
    CREATE INDEX ticket_of_source ON ticket (source, source_id) WHERE source_id IS NOT NULL;
    CREATE INDEX ticket_pending ON ticket (pending_until) WHERE pending_until IS NOT NULL;
    CREATE INDEX ticket_solved ON ticket (state_since) WHERE state = 'solved';
    CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into IS NOT NULL;
    CREATE INDEX ticket_created ON ticket (created_at);
    CREATE TRIGGER ticket_number_stays
      BEFORE UPDATE OF id, prefix, no, number, created_at, source, source_id ON ticket
    BEGIN SELECT RAISE(ABORT, 'a number that was given stays'); END;
    CREATE TRIGGER ticket_merged_stays BEFORE UPDATE OF state, merged_into ON ticket
      WHEN old.state = 'merged' AND (new.state <> 'merged' OR new.merged_into <> old.merged_into)
    BEGIN SELECT RAISE(ABORT, 'what was merged stays merged'); END;
    CREATE TRIGGER ticket_is_kept BEFORE DELETE ON ticket
    BEGIN SELECT RAISE(ABORT, 'a ticket is never removed'); END;

    -- Where it lies, for the reach of accounts, beside what its subscriber has.
    CREATE TABLE ticket_olt (
      olt_id TEXT NOT NULL,
      ticket_seq INTEGER NOT NULL REFERENCES ticket (seq),
      PRIMARY KEY (ticket_seq, olt_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ticket_olt_of ON ticket_olt (olt_id, ticket_seq);

    -- The network as it stood when it was opened from an alarm or an outage.
    CREATE TABLE ticket_snapshot (
      ticket_id TEXT PRIMARY KEY REFERENCES ticket (id),
      at INTEGER NOT NULL,
      facts TEXT NOT NULL CHECK (json_valid(facts))
    ) STRICT, WITHOUT ROWID;
    ${stays('ticket_snapshot', 'what was seen then stays')}

    CREATE TABLE ticket_message (
      id TEXT PRIMARY KEY,
      ticket_id TEXT NOT NULL REFERENCES ticket (id),
      -- reply: the customer was told this. note: staff alone. customer: what he said.
      kind TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'customer')),
      channel TEXT CHECK (channel IN ${channels}),
      body TEXT NOT NULL CHECK (body <> ''),
      at INTEGER NOT NULL,
      -- Null: the console itself.
      account_id TEXT REFERENCES account (id),
      CHECK ((kind = 'note') = (channel IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ticket_message_of ON ticket_message (ticket_id, at);
    ${stays('ticket_message', 'what was said stays')}

    -- The time line: written in the transaction of what happened.
    CREATE TABLE ticket_event (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      ticket_id TEXT NOT NULL REFERENCES ticket (id),
      -- Never before the one before it, also where the clock was put back.
      at INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('opened', 'message', 'state', 'terms', 'priority', 'queue',
        'owner', 'subject', 'tags', 'watchers', 'linked', 'unlinked', 'merged-into', 'merged-from',
        'file', 'level', 'satisfaction-asked', 'satisfaction')),
      -- Null: the console itself.
      account_id TEXT REFERENCES account (id),
      message_id TEXT REFERENCES ticket_message (id),
      data TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(data)),
      CHECK ((kind = 'message') = (message_id IS NOT NULL))
    ) STRICT;
    CREATE INDEX ticket_event_of ON ticket_event (ticket_id, seq);
    CREATE UNIQUE INDEX ticket_event_message ON ticket_event (message_id)
      WHERE message_id IS NOT NULL;
    ${stays('ticket_event', 'the time line is never changed')}

    CREATE TABLE ticket_tag (
      tag TEXT NOT NULL CHECK (tag <> ''),
      ticket_seq INTEGER NOT NULL REFERENCES ticket (seq),
      PRIMARY KEY (ticket_seq, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ticket_tag_of ON ticket_tag (tag, ticket_seq);

    CREATE TABLE ticket_watcher (
      account_id TEXT NOT NULL REFERENCES account (id),
      ticket_seq INTEGER NOT NULL REFERENCES ticket (seq),
      PRIMARY KEY (ticket_seq, account_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ticket_watcher_of ON ticket_watcher (account_id, ticket_seq);

    -- child: from is a part of to. related and duplicate: once for each two. follow-up: from came after.
    CREATE TABLE ticket_link (
      from_id TEXT NOT NULL REFERENCES ticket (id),
      to_id TEXT NOT NULL REFERENCES ticket (id),
      kind TEXT NOT NULL CHECK (kind IN ('child', 'related', 'duplicate', 'follow-up')),
      PRIMARY KEY (from_id, to_id),
      CHECK (from_id <> to_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ticket_link_to ON ticket_link (to_id, kind);
    CREATE UNIQUE INDEX ticket_one_parent ON ticket_link (from_id) WHERE kind = 'child';

    CREATE TABLE ticket_file (
      id TEXT PRIMARY KEY,
      ticket_id TEXT NOT NULL REFERENCES ticket (id),
      name TEXT NOT NULL CHECK (name <> ''),
      -- Told from the content, not from the name.
      media_type TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes BETWEEN 1 AND 5242880),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      account_id TEXT REFERENCES account (id),
      added_at INTEGER NOT NULL,
      UNIQUE (ticket_id, sha256)
    ) STRICT, WITHOUT ROWID;
    ${stays('ticket_file', 'a file of a ticket stays')}
    -- Apart from its description: a list of files reads none of them.
    CREATE TABLE ticket_file_content (
      file_id TEXT PRIMARY KEY REFERENCES ticket_file (id),
      content BLOB NOT NULL
    ) STRICT;
    ${stays('ticket_file_content', 'a file of a ticket stays')}

    -- Derived: folded words of subject, number and tags.
    CREATE TABLE ticket_word (
      word TEXT NOT NULL,
      ticket_seq INTEGER NOT NULL REFERENCES ticket (seq),
      PRIMARY KEY (word, ticket_seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ticket_word_of ON ticket_word (ticket_seq, word);

    -- Asked once in the life of a ticket, and answered once.
    CREATE TABLE ticket_satisfaction (
      ticket_id TEXT PRIMARY KEY REFERENCES ticket (id),
      asked_at INTEGER NOT NULL,
      asked_by TEXT REFERENCES account (id),
      channel TEXT NOT NULL CHECK (channel IN ${channels}),
      -- 1 to 5; null: no answer yet.
      score INTEGER CHECK (score BETWEEN 1 AND 5),
      words TEXT NOT NULL DEFAULT '',
      answered_at INTEGER,
      CHECK ((score IS NULL) = (answered_at IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER ticket_satisfaction_once BEFORE UPDATE ON ticket_satisfaction
      WHEN old.score IS NOT NULL OR new.ticket_id <> old.ticket_id OR new.asked_at <> old.asked_at
    BEGIN SELECT RAISE(ABORT, 'satisfaction is asked and answered once'); END;
    CREATE TRIGGER ticket_satisfaction_kept BEFORE DELETE ON ticket_satisfaction
    BEGIN SELECT RAISE(ABORT, 'satisfaction is asked and answered once'); END;

    CREATE TABLE ticket_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      prefix TEXT NOT NULL,
      -- Solved so long without a word: closed.
      close_after_days INTEGER NOT NULL CHECK (close_after_days BETWEEN 1 AND 365),
      -- From so many subscribers on; P4 is what is left.
      p1_from INTEGER NOT NULL,
      p2_from INTEGER NOT NULL,
      p3_from INTEGER NOT NULL CHECK (p3_from >= 1),
      CHECK (p1_from > p2_from AND p2_from > p3_from)
    ) STRICT;
    INSERT INTO ticket_settings VALUES (1, 1, 'T-', 7, 100, 20, 2);
  `,
}
