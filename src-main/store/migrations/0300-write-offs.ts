import type { Migration } from './migration.ts'

/**
 * Debts that are given up. A write-off settles documents beside payments and credit notes, so the
 * table of settlements is made anew with a third source; its rows stay as they are. Nothing of it is
 * ever changed: who pays after all has it taken back by a row of its own.
 */

const day = (column: string): string =>
  `${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`

const stays = (table: string): string => `
    CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table} ${refuse('money that moved is never changed')}
    CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} ${refuse('money that moved is never removed')}`

const settledBy = (column: string): string =>
  `(SELECT coalesce(sum(amount), 0) FROM allocation WHERE ${column} = NEW.${column})`

const amountOf = `(SELECT amount FROM payment WHERE id = NEW.payment_id)`
const refundedOf = `(SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = NEW.payment_id)`
const isReversed = `EXISTS (SELECT 1 FROM payment_reversal WHERE payment_id = NEW.payment_id)`

export const writeOffs: Migration = {
  version: 300,
  name: 'write-offs',
  sql: `
    -- Wished and not carried out: it settles nothing yet.
    CREATE TABLE write_off_wish (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL CHECK (version >= 1),
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      documents TEXT NOT NULL CHECK (json_valid(documents)),
      reason TEXT NOT NULL CHECK (reason <> ''),
      created_at INTEGER NOT NULL,
      created_by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX write_off_wish_of ON write_off_wish (subscriber_id);

    CREATE TABLE write_off (
      id TEXT PRIMARY KEY,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      amount INTEGER NOT NULL CHECK (amount > 0),
      written_off_on TEXT NOT NULL CHECK (${day('written_off_on')}),
      reason TEXT NOT NULL CHECK (reason <> ''),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX write_off_of ON write_off (subscriber_id, written_off_on);
    ${stays('write_off')}

    CREATE TABLE write_off_reversal (
      id TEXT PRIMARY KEY,
      write_off_id TEXT NOT NULL UNIQUE REFERENCES write_off (id),
      reversed_on TEXT NOT NULL CHECK (${day('reversed_on')}),
      reason TEXT NOT NULL CHECK (reason <> ''),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    ${stays('write_off_reversal')}

    -- They read the table that is made anew.
    DROP TRIGGER refund_of_free;
    DROP TRIGGER reversal_of_whole;

    CREATE TABLE allocation_anew (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      payment_id TEXT REFERENCES payment (id),
      credit_note_id TEXT REFERENCES invoice (id),
      write_off_id TEXT REFERENCES write_off (id),
      invoice_id TEXT NOT NULL REFERENCES invoice (id),
      amount INTEGER NOT NULL CHECK (amount <> 0),
      allocated_on TEXT NOT NULL CHECK (${day('allocated_on')}),
      at INTEGER NOT NULL,
      takes_back_id TEXT REFERENCES allocation_anew (id),
      CHECK ((payment_id IS NOT NULL) + (credit_note_id IS NOT NULL) + (write_off_id IS NOT NULL) = 1),
      CHECK ((amount < 0) = (takes_back_id IS NOT NULL))
    ) STRICT;
    INSERT INTO allocation_anew (seq, id, payment_id, credit_note_id, invoice_id, amount,
      allocated_on, at, takes_back_id)
      SELECT seq, id, payment_id, credit_note_id, invoice_id, amount, allocated_on, at,
        takes_back_id FROM allocation ORDER BY seq;
    DROP TABLE allocation;
    ALTER TABLE allocation_anew RENAME TO allocation;
    CREATE INDEX allocation_of_invoice ON allocation (invoice_id);
    CREATE INDEX allocation_of_payment ON allocation (payment_id) WHERE payment_id IS NOT NULL;
    CREATE INDEX allocation_of_credit_note ON allocation (credit_note_id)
      WHERE credit_note_id IS NOT NULL;
    CREATE INDEX allocation_of_write_off ON allocation (write_off_id)
      WHERE write_off_id IS NOT NULL;
    CREATE INDEX allocation_back ON allocation (takes_back_id) WHERE takes_back_id IS NOT NULL;
    ${stays('allocation')}

    CREATE TRIGGER allocation_settles BEFORE INSERT ON allocation
    WHEN NEW.amount > 0 AND NOT EXISTS (
      SELECT 1 FROM invoice i WHERE i.id = NEW.invoice_id AND i.status = 'issued'
        AND i.kind IN ('invoice', 'debit-note')
        AND NEW.amount <= i.total - (SELECT coalesce(sum(amount), 0) FROM allocation
          WHERE invoice_id = i.id)
        AND (EXISTS (SELECT 1 FROM payment p WHERE p.id = NEW.payment_id
            AND p.subscriber_id = i.subscriber_id AND p.currency = i.currency)
          OR EXISTS (SELECT 1 FROM write_off w WHERE w.id = NEW.write_off_id
            AND w.subscriber_id = i.subscriber_id AND w.currency = i.currency)
          OR EXISTS (SELECT 1 FROM invoice c WHERE c.id = NEW.credit_note_id
            AND c.kind = 'credit-note' AND c.status = 'issued'
            AND c.subscriber_id = i.subscriber_id AND c.currency = i.currency)))
    ${refuse('more is settled than is open')}
    CREATE TRIGGER allocation_of_money BEFORE INSERT ON allocation
    WHEN NEW.amount > 0 AND NEW.payment_id IS NOT NULL AND (${isReversed}
      OR NEW.amount > ${amountOf} - ${refundedOf} - ${settledBy('payment_id')})
    ${refuse('more is settled than was paid')}
    CREATE TRIGGER allocation_of_credit BEFORE INSERT ON allocation
    WHEN NEW.amount > 0 AND NEW.credit_note_id IS NOT NULL AND NEW.amount >
      (SELECT total FROM invoice WHERE id = NEW.credit_note_id) - ${settledBy('credit_note_id')}
    ${refuse('more is settled than was credited')}
    CREATE TRIGGER allocation_of_given_up BEFORE INSERT ON allocation
    WHEN NEW.amount > 0 AND NEW.write_off_id IS NOT NULL AND (
      EXISTS (SELECT 1 FROM write_off_reversal WHERE write_off_id = NEW.write_off_id)
      OR NEW.amount > (SELECT amount FROM write_off WHERE id = NEW.write_off_id)
        - ${settledBy('write_off_id')})
    ${refuse('more is settled than was written off')}
    CREATE TRIGGER allocation_taken_back BEFORE INSERT ON allocation
    WHEN NEW.amount < 0 AND NOT EXISTS (
      SELECT 1 FROM allocation a WHERE a.id = NEW.takes_back_id AND a.amount > 0
        AND a.payment_id IS NEW.payment_id AND a.credit_note_id IS NEW.credit_note_id
        AND a.write_off_id IS NEW.write_off_id AND a.invoice_id = NEW.invoice_id
        AND a.amount + NEW.amount + (SELECT coalesce(sum(amount), 0) FROM allocation
          WHERE takes_back_id = a.id) >= 0)
    ${refuse('more is taken back than was settled')}
    CREATE TRIGGER refund_of_free BEFORE INSERT ON refund
    WHEN ${isReversed} OR NEW.amount > ${amountOf} - ${refundedOf} - ${settledBy('payment_id')}
    ${refuse('more is given back than is left')}
    CREATE TRIGGER reversal_of_whole BEFORE INSERT ON payment_reversal
    WHEN ${settledBy('payment_id')} <> 0 OR ${refundedOf} <> 0
    ${refuse('a payment that settles, or was given back, is not reversed')}
    CREATE TRIGGER write_off_reversal_of_whole BEFORE INSERT ON write_off_reversal
    WHEN ${settledBy('write_off_id')} <> 0
    ${refuse('a write-off that settles is not taken back')}
  `,
}
