import type { Migration } from './migration.ts'

/**
 * Payments by a provider's link (PayPal): how it is reached, the orders with the ids under which the
 * provider knows our requests again, what it said, what went back, and what a person has to look at.
 * An order and what goes back only move on; what was agreed of them never changes. Names and addresses
 * of who paid are not kept: they stay at the provider.
 */

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`

const stays = (table: string, columns: readonly string[], why: string): string =>
  `CREATE TRIGGER ${table}_agreed BEFORE UPDATE OF ${columns.join(', ')} ON ${table}
    WHEN ${columns.map((name) => `OLD.${name} IS NOT NEW.${name}`).join(' OR ')} ${refuse(why)}`

/** Once known it is known: null becomes a value, and no value another one. */
const once = (table: string, columns: readonly string[], why: string): string =>
  `CREATE TRIGGER ${table}_known BEFORE UPDATE OF ${columns.join(', ')} ON ${table}
    WHEN ${columns.map((name) => `(OLD.${name} IS NOT NULL AND OLD.${name} IS NOT NEW.${name})`).join(' OR ')}
    ${refuse(why)}`

const kept = (table: string, why: string): string =>
  `CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} ${refuse(why)}`

export const paypal: Migration = {
  version: 370,
  name: 'paypal',
  sql: `
    CREATE TABLE provider_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      mode TEXT NOT NULL CHECK (mode IN ('trial', 'live')),
      merchant TEXT NOT NULL,
      -- Where the customer lands when he has said yes; '': at the provider.
      return_url TEXT NOT NULL,
      -- Client id and secret, sealed together under purpose provider_settings.credentials.
      credentials_sealed BLOB,
      credentials_since INTEGER,
      -- The end of the client id, by which a person knows it again.
      client_hint TEXT NOT NULL,
      -- Whose orders they are: a mark of mode and client id, no secret.
      account_key TEXT NOT NULL,
      updated_at INTEGER NOT NULL,
      CHECK ((credentials_sealed IS NULL) = (credentials_since IS NULL)),
      CHECK (enabled = 0 OR credentials_sealed IS NOT NULL)
    ) STRICT;

    CREATE TABLE provider_order (
      id TEXT PRIMARY KEY,
      account_key TEXT NOT NULL CHECK (account_key <> ''),
      mode TEXT NOT NULL CHECK (mode IN ('trial', 'live')),
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      -- What is booked: in the currency of the account.
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      amount INTEGER NOT NULL CHECK (amount > 0),
      -- What is asked of the customer, and at what rate a person put it; rate null: the same currency.
      provider_currency TEXT NOT NULL CHECK (length(provider_currency) = 3),
      provider_amount INTEGER NOT NULL CHECK (provider_amount > 0),
      rate INTEGER CHECK (rate > 0),
      rate_scale INTEGER CHECK (rate_scale BETWEEN 0 AND 8),
      description TEXT NOT NULL,
      settles TEXT NOT NULL CHECK (json_valid(settles)),
      create_request_id TEXT NOT NULL UNIQUE,
      capture_request_id TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL
        CHECK (state IN ('created', 'approved', 'captured', 'expired', 'cancelled', 'failed')),
      provider_order_id TEXT UNIQUE,
      approve_at TEXT,
      capture_id TEXT UNIQUE,
      captured_value TEXT,
      captured_currency TEXT,
      payment_id TEXT UNIQUE REFERENCES payment (id),
      -- Why it failed, by the provider's own word.
      problem TEXT,
      made_at INTEGER NOT NULL,
      made_by TEXT REFERENCES account (id),
      expires_at INTEGER NOT NULL CHECK (expires_at > made_at),
      approved_at INTEGER,
      ended_at INTEGER,
      ended_by TEXT REFERENCES account (id),
      CHECK ((rate IS NULL) = (rate_scale IS NULL)),
      CHECK ((rate IS NULL) = (currency = provider_currency)),
      CHECK (rate IS NOT NULL OR amount = provider_amount),
      CHECK ((state IN ('created', 'approved')) = (ended_at IS NULL)),
      CHECK (state <> 'captured' OR capture_id IS NOT NULL),
      CHECK (payment_id IS NULL OR state = 'captured')
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provider_order_of ON provider_order (subscriber_id, made_at);
    CREATE INDEX provider_order_state ON provider_order (state, made_at);
    ${stays(
      'provider_order',
      [
        'account_key',
        'mode',
        'subscriber_id',
        'currency',
        'amount',
        'provider_currency',
        'provider_amount',
        'rate',
        'rate_scale',
        'description',
        'settles',
        'create_request_id',
        'capture_request_id',
        'made_at',
        'made_by',
        'expires_at',
      ],
      'what was agreed of a payment link is never changed',
    )}
    ${once(
      'provider_order',
      ['provider_order_id', 'capture_id', 'payment_id', 'approved_at'],
      'what the provider named is never named anew',
    )}
    -- Money that was captured is money, whatever had ended the link here.
    CREATE TRIGGER provider_order_forward BEFORE UPDATE OF state ON provider_order
    WHEN OLD.state <> NEW.state AND NOT (
      (OLD.state = 'created' AND NEW.state IN ('approved', 'captured', 'expired', 'cancelled', 'failed'))
      OR (OLD.state = 'approved' AND NEW.state IN ('captured', 'expired', 'cancelled', 'failed'))
      OR (OLD.state IN ('expired', 'cancelled', 'failed') AND NEW.state = 'captured'))
    ${refuse('a payment link only moves on')}
    ${kept('provider_order', 'a payment link is never removed')}

    -- What the provider said, each thing once; nothing of who paid, no answer as it came.
    CREATE TABLE provider_event (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      event_id TEXT NOT NULL UNIQUE CHECK (event_id <> ''),
      order_id TEXT NOT NULL REFERENCES provider_order (id),
      kind TEXT NOT NULL CHECK (kind <> ''),
      value TEXT,
      currency TEXT,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX provider_event_of ON provider_event (order_id, seq);
    CREATE TRIGGER provider_event_stays BEFORE UPDATE ON provider_event
    ${refuse('what the provider said is never changed')}
    ${kept('provider_event', 'what the provider said is never removed')}

    CREATE TABLE provider_refund (
      -- Of the refund that is booked when the provider has sent it.
      id TEXT PRIMARY KEY,
      order_id TEXT NOT NULL REFERENCES provider_order (id),
      payment_id TEXT NOT NULL REFERENCES payment (id),
      amount INTEGER NOT NULL CHECK (amount > 0),
      provider_amount INTEGER NOT NULL CHECK (provider_amount > 0),
      request_id TEXT NOT NULL UNIQUE,
      reason TEXT NOT NULL CHECK (reason <> ''),
      state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'failed')),
      -- It may have reached the provider.
      sent_at INTEGER,
      provider_refund_id TEXT UNIQUE,
      refund_id TEXT UNIQUE REFERENCES refund (id),
      problem TEXT,
      asked_at INTEGER NOT NULL,
      asked_by TEXT REFERENCES account (id),
      ended_at INTEGER,
      CHECK ((state = 'pending') = (ended_at IS NULL)),
      CHECK (refund_id IS NULL OR (state = 'done' AND refund_id = id)),
      CHECK (state <> 'done' OR provider_refund_id IS NOT NULL)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provider_refund_of ON provider_refund (payment_id);
    CREATE INDEX provider_refund_open ON provider_refund (state, asked_at);
    ${stays(
      'provider_refund',
      [
        'order_id',
        'payment_id',
        'amount',
        'provider_amount',
        'request_id',
        'reason',
        'asked_at',
        'asked_by',
      ],
      'what was asked of a refund is never changed',
    )}
    ${once(
      'provider_refund',
      ['sent_at', 'provider_refund_id', 'refund_id'],
      'what the provider named is never named anew',
    )}
    CREATE TRIGGER provider_refund_forward BEFORE UPDATE OF state ON provider_refund
    WHEN OLD.state <> NEW.state AND OLD.state <> 'pending'
    ${refuse('a refund only moves on')}
    ${kept('provider_refund', 'a refund is never removed')}

    -- For a person: what is never booked by itself.
    CREATE TABLE provider_matter (
      id TEXT PRIMARY KEY,
      -- Of one thing at the provider there is one.
      matter_key TEXT NOT NULL UNIQUE CHECK (matter_key <> ''),
      order_id TEXT NOT NULL REFERENCES provider_order (id),
      kind TEXT NOT NULL CHECK (kind IN ('captured-differs', 'capture-not-booked',
        'given-back-there', 'fetched-back', 'refund-not-booked')),
      -- As the provider wrote it; null: it did not say.
      value TEXT,
      currency TEXT,
      -- Why it could not be booked, by the code of the refusal.
      problem TEXT,
      at INTEGER NOT NULL,
      settled_at INTEGER,
      settled_by TEXT REFERENCES account (id),
      note TEXT,
      CHECK ((settled_at IS NULL) = (note IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provider_matter_open ON provider_matter (at) WHERE settled_at IS NULL;
    ${stays(
      'provider_matter',
      ['matter_key', 'order_id', 'kind', 'value', 'currency', 'problem', 'at'],
      'what was found at the provider is never changed',
    )}
    ${once('provider_matter', ['settled_at', 'settled_by', 'note'], 'it was settled before')}
    ${kept('provider_matter', 'what was found at the provider is never removed')}

    -- The day on which what was captured was last looked at again.
    CREATE TABLE provider_sweep (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      swept_on TEXT NOT NULL
    ) STRICT;
  `,
}
