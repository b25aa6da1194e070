import type { Migration } from './migration.ts'

/**
 * What banks' files said, and what was made of it. A movement stands here as the bank told it and is
 * never changed; beside it stands what a person decided. The same movement is kept once, whichever
 * files it comes in.
 */

const day = (column: string): string =>
  `${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`

/** Of what a line brought, what stands as payments: a mistake that was reversed is none. */
const takenOf = (line: string): string => `(SELECT coalesce(sum(p.amount), 0)
  FROM bank_match m JOIN payment p ON p.id = m.payment_id
  WHERE m.line_id = ${line} AND m.role = 'in' AND NOT EXISTS (SELECT 1 FROM payment_reversal v
    WHERE v.payment_id = p.id AND v.kind = 'mistake'))`

const saidByBank = `import_id, account_id, line_key, position, booked_on, value_on, minor, currency,
  is_reversal, remittance, creditor_reference, end_to_end_id, bank_reference, payer_name, payer_hash,
  payer_end, twin_id, words`

export const bank: Migration = {
  version: 330,
  name: 'bank',
  sql: `
    -- SECURITY: accounts of payers are kept as a salted hash to know them again, and four digits.
    CREATE TABLE bank_salt (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      salt BLOB NOT NULL CHECK (length(salt) = 32)
    ) STRICT;
    INSERT INTO bank_salt (id, salt) VALUES (1, randomblob(32));

    -- The seller's own accounts.
    CREATE TABLE bank_account (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL CHECK (name <> ''),
      -- IBAN or the bank's own number, without blanks; null: its files do not say it.
      number TEXT UNIQUE CHECK (number <> ''),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      -- How its tables are read, JSON; null: none was.
      mapping TEXT CHECK (json_valid(mapping)),
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX bank_account_name ON bank_account (name COLLATE NOCASE);

    CREATE TABLE bank_import (
      id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id),
      file_name TEXT NOT NULL,
      format TEXT NOT NULL CHECK (format IN ('mt940', 'camt.053', 'csv')),
      encoding TEXT NOT NULL,
      -- Movements in the file, what of them was new, and what could not be read.
      read INTEGER NOT NULL CHECK (read >= 0),
      added INTEGER NOT NULL CHECK (added > 0 AND added <= read),
      failed INTEGER NOT NULL CHECK (failed >= 0),
      -- JSON: position, code, what stood there.
      problems TEXT NOT NULL CHECK (json_valid(problems))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bank_import_by_time ON bank_import (at, id);

    CREATE TABLE bank_statement (
      import_id TEXT NOT NULL REFERENCES bank_import (id),
      position INTEGER NOT NULL,
      account_id TEXT NOT NULL REFERENCES bank_account (id),
      number TEXT,
      currency TEXT,
      opening INTEGER,
      closing INTEGER,
      closing_on TEXT CHECK (${day('closing_on')}),
      -- Closing less opening and movements; null: the file has no balances.
      difference INTEGER,
      PRIMARY KEY (import_id, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE bank_line (
      id TEXT PRIMARY KEY,
      import_id TEXT NOT NULL REFERENCES bank_import (id),
      account_id TEXT NOT NULL REFERENCES bank_account (id),
      -- The same movement in another file has the same one.
      line_key TEXT NOT NULL UNIQUE,
      position INTEGER NOT NULL,
      booked_on TEXT NOT NULL CHECK (${day('booked_on')}),
      value_on TEXT CHECK (${day('value_on')}),
      -- What came in is positive.
      minor INTEGER NOT NULL CHECK (minor <> 0),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      is_reversal INTEGER NOT NULL CHECK (is_reversal IN (0, 1)),
      remittance TEXT NOT NULL,
      creditor_reference TEXT,
      end_to_end_id TEXT,
      bank_reference TEXT,
      payer_name TEXT,
      payer_hash TEXT,
      payer_end TEXT CHECK (length(payer_end) <= 4),
      -- One of the same day and amount that came in a file of another format.
      twin_id TEXT REFERENCES bank_line (id),
      -- Folded, to be searched.
      words TEXT NOT NULL,
      state TEXT NOT NULL DEFAULT 'unmatched'
        CHECK (state IN ('unmatched', 'proposed', 'taken', 'ignored')),
      decided_at INTEGER,
      decided_by TEXT REFERENCES account (id),
      reason TEXT NOT NULL DEFAULT '',
      CHECK ((decided_at IS NOT NULL) = (state IN ('taken', 'ignored'))),
      CHECK ((state = 'ignored') = (reason <> ''))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bank_line_by_state ON bank_line (state, booked_on, id);
    CREATE INDEX bank_line_by_day ON bank_line (account_id, booked_on, minor);
    CREATE INDEX bank_line_of_import ON bank_line (import_id);
    CREATE INDEX bank_line_by_payer ON bank_line (payer_hash) WHERE payer_hash IS NOT NULL;
    CREATE TRIGGER bank_line_stays BEFORE UPDATE OF ${saidByBank} ON bank_line
    ${refuse('what the bank said is never changed')}
    CREATE TRIGGER bank_line_kept BEFORE DELETE ON bank_line
    ${refuse('what the bank said is never removed')}
    CREATE TRIGGER bank_line_decided BEFORE UPDATE OF state ON bank_line
    WHEN NEW.state = 'taken' AND NOT ((NEW.minor > 0 AND ${takenOf('NEW.id')} = NEW.minor)
      OR (NEW.minor < 0 AND EXISTS (SELECT 1 FROM bank_match WHERE line_id = NEW.id
        AND role = 'out')))
    ${refuse('a line is taken when payments make up all of it')}

    -- Payments that came of a line ('in'), or that a line took back ('out').
    CREATE TABLE bank_match (
      line_id TEXT NOT NULL REFERENCES bank_line (id),
      payment_id TEXT NOT NULL REFERENCES payment (id),
      role TEXT NOT NULL CHECK (role IN ('in', 'out')),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id),
      PRIMARY KEY (line_id, payment_id)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX bank_match_payment ON bank_match (payment_id, role);
    CREATE TRIGGER bank_match_stays BEFORE UPDATE ON bank_match
    ${refuse('money that moved is never changed')}
    CREATE TRIGGER bank_match_kept BEFORE DELETE ON bank_match
    ${refuse('money that moved is never removed')}
    CREATE TRIGGER bank_match_within BEFORE INSERT ON bank_match
    WHEN NEW.role = 'in' AND (SELECT amount FROM payment WHERE id = NEW.payment_id)
      > (SELECT minor FROM bank_line WHERE id = NEW.line_id) - ${takenOf('NEW.line_id')}
    ${refuse('more is taken of a line than it brought')}
    -- Whoever reverses a payment as a mistake: its line waits again. Money that the bank sent back
    -- was there, and has a line of its own.
    CREATE TRIGGER bank_line_back AFTER INSERT ON payment_reversal
    WHEN NEW.kind = 'mistake' AND EXISTS (SELECT 1 FROM bank_match
      WHERE payment_id = NEW.payment_id AND role = 'in')
    BEGIN
      UPDATE bank_line SET state = 'unmatched', decided_at = NULL, decided_by = NULL
        WHERE id = (SELECT line_id FROM bank_match
          WHERE payment_id = NEW.payment_id AND role = 'in');
    END;

    -- Found by rules; made anew at will. The best first.
    CREATE TABLE bank_proposal (
      line_id TEXT NOT NULL REFERENCES bank_line (id),
      rank INTEGER NOT NULL,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id) ON DELETE CASCADE,
      -- Of money that came in: taken by hand already. Of money that went out: what it takes back.
      payment_id TEXT REFERENCES payment (id),
      strength TEXT NOT NULL CHECK (strength IN ('certain', 'likely', 'weak')),
      reasons TEXT NOT NULL CHECK (json_valid(reasons)),
      -- Ids of documents that it settles first, in this order.
      documents TEXT NOT NULL CHECK (json_valid(documents)),
      PRIMARY KEY (line_id, rank)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX bank_proposal_of ON bank_proposal (subscriber_id);

    -- Money that went out is looked for by what it may take back.
    CREATE INDEX payment_by_amount ON payment (amount, currency, received_on);
  `,
}
