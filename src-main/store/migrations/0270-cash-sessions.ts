import type { Migration } from './migration.ts'

/**
 * The counter: tills, the sessions in which somebody runs one, and every movement of money in them.
 * What moved is never changed; a session is closed once and takes nothing more. A closed one is
 * corrected by a row beside it, by somebody who did not run it.
 */

const day = (column: string): string =>
  `${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`

const stays = (table: string): string => `
    CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table} ${refuse('what happened at a till is never changed')}
    CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} ${refuse('what happened at a till is never removed')}`

const isClosed = (session: string): string =>
  `EXISTS (SELECT 1 FROM cash_session WHERE id = ${session} AND closed_at IS NOT NULL)`

export const cashSessions: Migration = {
  version: 270,
  name: 'cash sessions',
  sql: `
    CREATE TABLE cash_till (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL CHECK (version >= 1),
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL UNIQUE,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      -- The smallest coin, in minor units; 1: nothing is rounded.
      coin INTEGER NOT NULL CHECK (coin BETWEEN 1 AND 1000000),
      archived INTEGER NOT NULL CHECK (archived IN (0, 1)),
      -- Null: it prints nothing.
      printer TEXT CHECK (json_valid(printer)),
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cash_session (
      id TEXT PRIMARY KEY,
      till_id TEXT NOT NULL REFERENCES cash_till (id),
      account_id TEXT NOT NULL REFERENCES account (id),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      opened_at INTEGER NOT NULL,
      opened_on TEXT NOT NULL CHECK (${day('opened_on')}),
      float INTEGER NOT NULL CHECK (float >= 0),
      -- Of the report of the end: 1 … n at each till, without a gap.
      number INTEGER CHECK (number >= 1),
      closed_at INTEGER,
      closed_on TEXT CHECK (${day('closed_on')}),
      closed_by TEXT REFERENCES account (id),
      counted INTEGER CHECK (counted >= 0),
      expected INTEGER,
      -- Counted less expected.
      difference INTEGER,
      reason TEXT NOT NULL DEFAULT '',
      -- What was counted piece by piece; null: one figure.
      pieces TEXT CHECK (json_valid(pieces)),
      report TEXT CHECK (json_valid(report)),
      CHECK ((closed_at IS NULL) = (counted IS NULL)),
      CHECK ((closed_at IS NULL) = (expected IS NULL)),
      CHECK ((closed_at IS NULL) = (number IS NULL)),
      CHECK ((closed_at IS NULL) = (closed_on IS NULL)),
      CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
      CHECK ((closed_at IS NULL) = (report IS NULL)),
      CHECK (difference IS counted - expected),
      CHECK (difference IS NULL OR difference = 0 OR reason <> '')
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX cash_session_of_till ON cash_session (till_id) WHERE closed_at IS NULL;
    CREATE UNIQUE INDEX cash_session_of_person ON cash_session (account_id)
      WHERE closed_at IS NULL;
    CREATE UNIQUE INDEX cash_session_number ON cash_session (till_id, number)
      WHERE number IS NOT NULL;
    CREATE INDEX cash_session_by_time ON cash_session (opened_at, id);
    CREATE TRIGGER cash_session_kept BEFORE DELETE ON cash_session
    ${refuse('what happened at a till is never removed')}

    -- 'payment', 'rounding', 'in' come in; 'out', 'drop', 'refund', 'reversal' go.
    CREATE TABLE cash_move (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      session_id TEXT NOT NULL REFERENCES cash_session (id),
      kind TEXT NOT NULL
        CHECK (kind IN ('payment', 'rounding', 'in', 'out', 'drop', 'refund', 'reversal')),
      method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'card', 'other')),
      amount INTEGER NOT NULL CHECK (amount <> 0),
      payment_id TEXT REFERENCES payment (id),
      refund_id TEXT UNIQUE REFERENCES refund (id),
      -- What was handed over for a payment in cash, before the change.
      tendered INTEGER CHECK (tendered > 0),
      reason TEXT NOT NULL DEFAULT '',
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id),
      CHECK ((kind IN ('payment', 'rounding', 'refund', 'reversal')) = (payment_id IS NOT NULL)),
      CHECK ((kind = 'refund') = (refund_id IS NOT NULL)),
      CHECK (kind NOT IN ('payment', 'in') OR amount > 0),
      CHECK (kind NOT IN ('out', 'drop', 'refund') OR amount < 0),
      CHECK (kind NOT IN ('in', 'out') OR reason <> ''),
      CHECK (kind NOT IN ('rounding', 'in', 'out', 'drop', 'refund') OR method = 'cash')
    ) STRICT;
    CREATE INDEX cash_move_of ON cash_move (session_id, seq);
    -- A payment is in one session, once.
    CREATE UNIQUE INDEX cash_move_payment ON cash_move (payment_id, kind) WHERE kind = 'payment';
    CREATE UNIQUE INDEX cash_move_rounding ON cash_move (payment_id, amount > 0)
      WHERE kind = 'rounding';
    CREATE UNIQUE INDEX cash_move_reversal ON cash_move (payment_id, kind) WHERE kind = 'reversal';
    CREATE TRIGGER cash_move_open BEFORE INSERT ON cash_move WHEN ${isClosed('NEW.session_id')}
    ${refuse('a closed session takes nothing more')}
    CREATE TRIGGER cash_move_currency BEFORE INSERT ON cash_move
    WHEN NEW.payment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payment p, cash_session s
      WHERE p.id = NEW.payment_id AND s.id = NEW.session_id AND p.currency = s.currency)
    ${refuse('a till holds one currency')}
    ${stays('cash_move')}

    CREATE TRIGGER cash_session_opened BEFORE INSERT ON cash_session WHEN NEW.closed_at IS NOT NULL
    ${refuse('a session begins open')}
    CREATE TRIGGER cash_session_closed BEFORE UPDATE ON cash_session
    WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL OR NEW.id <> OLD.id
      OR NEW.till_id <> OLD.till_id OR NEW.account_id <> OLD.account_id
      OR NEW.currency <> OLD.currency OR NEW.opened_at <> OLD.opened_at
      OR NEW.opened_on <> OLD.opened_on OR NEW.float <> OLD.float
    ${refuse('a session is closed once and never changed')}
    CREATE TRIGGER cash_session_adds_up BEFORE UPDATE ON cash_session
    WHEN NEW.expected <> OLD.float + (SELECT coalesce(sum(amount), 0) FROM cash_move
      WHERE session_id = OLD.id AND method = 'cash')
    ${refuse('the session does not add up')}
    CREATE TRIGGER cash_session_numbered BEFORE UPDATE ON cash_session
    WHEN NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM cash_session
      WHERE till_id = OLD.till_id)
    ${refuse('a number was left out or taken twice')}

    -- Counted in between; nothing ends by it.
    CREATE TABLE cash_count (
      id TEXT PRIMARY KEY,
      session_id TEXT NOT NULL REFERENCES cash_session (id),
      counted INTEGER NOT NULL CHECK (counted >= 0),
      expected INTEGER NOT NULL,
      pieces TEXT CHECK (json_valid(pieces)),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX cash_count_of ON cash_count (session_id, at);
    CREATE TRIGGER cash_count_open BEFORE INSERT ON cash_count WHEN ${isClosed('NEW.session_id')}
    ${refuse('a closed session takes nothing more')}
    ${stays('cash_count')}

    CREATE TABLE cash_correction (
      id TEXT PRIMARY KEY,
      session_id TEXT NOT NULL REFERENCES cash_session (id),
      amount INTEGER NOT NULL CHECK (amount <> 0),
      reason TEXT NOT NULL CHECK (reason <> ''),
      at INTEGER NOT NULL,
      by TEXT NOT NULL REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX cash_correction_of ON cash_correction (session_id, at);
    CREATE TRIGGER cash_correction_apart BEFORE INSERT ON cash_correction
    WHEN NOT ${isClosed('NEW.session_id')}
      OR NEW.by = (SELECT account_id FROM cash_session WHERE id = NEW.session_id)
    ${refuse('a closed session is corrected by another person')}
    ${stays('cash_correction')}

    CREATE TABLE cash_sign (
      session_id TEXT PRIMARY KEY REFERENCES cash_session (id),
      note TEXT NOT NULL DEFAULT '',
      at INTEGER NOT NULL,
      by TEXT NOT NULL REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER cash_sign_apart BEFORE INSERT ON cash_sign
    WHEN NOT ${isClosed('NEW.session_id')} OR EXISTS (SELECT 1 FROM cash_session
      WHERE id = NEW.session_id AND NEW.by IN (account_id, closed_by))
    ${refuse('a session is signed by another person')}
    ${stays('cash_sign')}

    -- Receipts that were printed: from the second on they say that they are copies.
    CREATE TABLE receipt_print (
      id TEXT PRIMARY KEY,
      payment_id TEXT NOT NULL REFERENCES payment (id),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX receipt_print_of ON receipt_print (payment_id);
    ${stays('receipt_print')}
  `,
}
