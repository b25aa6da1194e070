import type { Migration } from './migration.ts'

/**
 * Money that came in, what it settles, and how it went back. Nothing here is ever changed: a payment
 * that bounced, money that was given back and a settlement that was taken back are rows of their own.
 * What is open of a document, and what is left of a payment, are sums of these rows.
 */

const day = (column: string): string =>
  `${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`

const stays = (table: string): string => `
    CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table} ${refuse('money that moved is never changed')}
    CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} ${refuse('money that moved is never removed')}`

/** What a payment has settled so far. */
const settledBy = (payment: string): string =>
  `(SELECT coalesce(sum(amount), 0) FROM allocation WHERE payment_id = ${payment})`

const refundedOf = (payment: string): string =>
  `(SELECT coalesce(sum(amount), 0) FROM refund WHERE payment_id = ${payment})`

const isReversed = (payment: string): string =>
  `EXISTS (SELECT 1 FROM payment_reversal WHERE payment_id = ${payment})`

const amountOf = (payment: string): string => `(SELECT amount FROM payment WHERE id = ${payment})`

export const payments: Migration = {
  version: 260,
  name: 'payments',
  sql: `
    CREATE TABLE payment (
      id TEXT PRIMARY KEY,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      method TEXT NOT NULL
        CHECK (method IN ('cash', 'transfer', 'card', 'paypal', 'voucher', 'other')),
      -- Of the bank, the terminal or the provider; null: none was given. Folded, to compare by.
      reference TEXT CHECK (reference <> ''),
      reference_key TEXT CHECK (reference_key <> ''),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      amount INTEGER NOT NULL CHECK (amount > 0),
      received_on TEXT NOT NULL CHECK (${day('received_on')}),
      series_id TEXT NOT NULL REFERENCES number_series (id),
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      number TEXT NOT NULL UNIQUE,
      payer TEXT NOT NULL DEFAULT '',
      note TEXT NOT NULL DEFAULT '',
      taken_at INTEGER NOT NULL,
      taken_by TEXT REFERENCES account (id),
      CHECK ((reference IS NULL) = (reference_key IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX payment_sequence ON payment (series_id, sequence);
    -- The same money is not taken twice.
    CREATE UNIQUE INDEX payment_reference ON payment (method, reference_key)
      WHERE reference_key IS NOT NULL;
    CREATE INDEX payment_of ON payment (subscriber_id, received_on, id);
    CREATE INDEX payment_by_day ON payment (received_on, id);
    CREATE TRIGGER payment_numbered BEFORE INSERT ON payment
    WHEN NEW.sequence <> 1 + (SELECT coalesce(max(sequence), 0) FROM payment
      WHERE series_id = NEW.series_id)
    ${refuse('a number was left out or taken twice')}
    ${stays('payment')}

    CREATE TABLE payment_reversal (
      id TEXT PRIMARY KEY,
      payment_id TEXT NOT NULL UNIQUE REFERENCES payment (id),
      -- Taken in error; sent back by the bank; fetched back by the payer.
      kind TEXT NOT NULL CHECK (kind IN ('mistake', 'returned', 'chargeback')),
      reversed_on TEXT NOT NULL CHECK (${day('reversed_on')}),
      reason TEXT NOT NULL CHECK (reason <> ''),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    ${stays('payment_reversal')}

    CREATE TABLE refund (
      id TEXT PRIMARY KEY,
      payment_id TEXT NOT NULL REFERENCES payment (id),
      amount INTEGER NOT NULL CHECK (amount > 0),
      refunded_on TEXT NOT NULL CHECK (${day('refunded_on')}),
      method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'card', 'paypal', 'other')),
      reference TEXT NOT NULL DEFAULT '',
      reason TEXT NOT NULL CHECK (reason <> ''),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX refund_of ON refund (payment_id);
    ${stays('refund')}

    -- What settles what. A negative row takes (a part of) an earlier one back.
    CREATE TABLE allocation (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      payment_id TEXT REFERENCES payment (id),
      credit_note_id TEXT REFERENCES invoice (id),
      invoice_id TEXT NOT NULL REFERENCES invoice (id),
      amount INTEGER NOT NULL CHECK (amount <> 0),
      allocated_on TEXT NOT NULL CHECK (${day('allocated_on')}),
      at INTEGER NOT NULL,
      takes_back_id TEXT REFERENCES allocation (id),
      CHECK ((payment_id IS NULL) <> (credit_note_id IS NULL)),
      CHECK ((amount < 0) = (takes_back_id IS NOT NULL))
    ) STRICT;
    CREATE INDEX allocation_of_invoice ON allocation (invoice_id);
    CREATE INDEX allocation_of_payment ON allocation (payment_id) WHERE payment_id IS NOT NULL;
    CREATE INDEX allocation_of_credit_note ON allocation (credit_note_id)
      WHERE credit_note_id IS NOT NULL;
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
          OR EXISTS (SELECT 1 FROM invoice c WHERE c.id = NEW.credit_note_id
            AND c.kind = 'credit-note' AND c.status = 'issued'
            AND c.subscriber_id = i.subscriber_id AND c.currency = i.currency)))
    ${refuse('more is settled than is open')}
    CREATE TRIGGER allocation_of_money BEFORE INSERT ON allocation
    WHEN NEW.amount > 0 AND NEW.payment_id IS NOT NULL AND (${isReversed('NEW.payment_id')}
      OR NEW.amount > ${amountOf('NEW.payment_id')} - ${refundedOf('NEW.payment_id')}
        - ${settledBy('NEW.payment_id')})
    ${refuse('more is settled than was paid')}
    CREATE TRIGGER allocation_of_credit BEFORE INSERT ON allocation
    WHEN NEW.amount > 0 AND NEW.credit_note_id IS NOT NULL AND NEW.amount >
      (SELECT total FROM invoice WHERE id = NEW.credit_note_id)
      - (SELECT coalesce(sum(amount), 0) FROM allocation WHERE credit_note_id = NEW.credit_note_id)
    ${refuse('more is settled than was credited')}
    CREATE TRIGGER allocation_taken_back BEFORE INSERT ON allocation
    WHEN NEW.amount < 0 AND NOT EXISTS (
      SELECT 1 FROM allocation a WHERE a.id = NEW.takes_back_id AND a.amount > 0
        AND a.payment_id IS NEW.payment_id AND a.credit_note_id IS NEW.credit_note_id
        AND a.invoice_id = NEW.invoice_id
        AND a.amount + NEW.amount + (SELECT coalesce(sum(amount), 0) FROM allocation
          WHERE takes_back_id = a.id) >= 0)
    ${refuse('more is taken back than was settled')}
    CREATE TRIGGER refund_of_free BEFORE INSERT ON refund
    WHEN ${isReversed('NEW.payment_id')} OR NEW.amount > ${amountOf('NEW.payment_id')}
      - ${refundedOf('NEW.payment_id')} - ${settledBy('NEW.payment_id')}
    ${refuse('more is given back than is left')}
    CREATE TRIGGER reversal_of_whole BEFORE INSERT ON payment_reversal
    WHEN ${settledBy('NEW.payment_id')} <> 0 OR ${refundedOf('NEW.payment_id')} <> 0
    ${refuse('a payment that settles, or was given back, is not reversed')}
  `,
}
