import type { Migration } from './migration.ts'

/**
 * Agents and resellers: who they are, what they are given from which day on, and what we owe them
 * (positive). Nothing of money is ever changed: what is taken back is an entry of its own.
 *
 * `payment` is made anew for one more method: `agent`, money that a reseller took out of his balance.
 * Its rows stay; the keys that point at it are checked at the end of the transaction (as in 0150).
 */

const day = (column: string): string =>
  `${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`

const stays = (table: string, what = 'money that moved'): string => `
    CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table} ${refuse(`${what} is never changed`)}
    CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} ${refuse(`${what} is never removed`)}`

export const agents: Migration = {
  version: 380,
  name: 'agents',
  sql: `
    PRAGMA defer_foreign_keys = ON;

    CREATE TABLE payment_before AS SELECT * FROM payment;
    DROP TABLE payment;
    CREATE TABLE payment (
      id TEXT PRIMARY KEY,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      method TEXT NOT NULL
        CHECK (method IN ('cash', 'transfer', 'card', 'paypal', 'voucher', 'agent', 'other')),
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
    INSERT INTO payment (id, subscriber_id, method, reference, reference_key, currency, amount,
      received_on, series_id, sequence, number, payer, note, taken_at, taken_by)
      SELECT id, subscriber_id, method, reference, reference_key, currency, amount, received_on,
        series_id, sequence, number, payer, note, taken_at, taken_by FROM payment_before;
    DROP TABLE payment_before;
    CREATE UNIQUE INDEX payment_sequence ON payment (series_id, sequence);
    -- The same money is not taken twice.
    CREATE UNIQUE INDEX payment_reference ON payment (method, reference_key)
      WHERE reference_key IS NOT NULL;
    CREATE INDEX payment_of ON payment (subscriber_id, received_on, id);
    CREATE INDEX payment_by_day ON payment (received_on, id);
    CREATE INDEX payment_by_amount ON payment (amount, currency, received_on);
    CREATE TRIGGER payment_numbered BEFORE INSERT ON payment
    WHEN NEW.sequence <> 1 + (SELECT coalesce(max(sequence), 0) FROM payment
      WHERE series_id = NEW.series_id)
    ${refuse('a number was left out or taken twice')}
    ${stays('payment')}

    CREATE TABLE agent (
      account_id TEXT PRIMARY KEY REFERENCES account (id),
      version INTEGER NOT NULL CHECK (version >= 1),
      kind TEXT NOT NULL CHECK (kind IN ('agent', 'reseller')),
      -- Of his bonus, his balance and its limit; he earns in those of his customers' documents.
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      note TEXT NOT NULL DEFAULT '',
      created_at INTEGER NOT NULL,
      created_by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER agent_kept BEFORE DELETE ON agent ${refuse('an agent is never removed')}

    -- What holds from a day on: of several the latest entered.
    CREATE TABLE agent_terms (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL REFERENCES agent (account_id),
      valid_from_on TEXT NOT NULL CHECK (${day('valid_from_on')}),
      rate_ppm INTEGER NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
      -- [{planId, ratePpm}]
      plan_rates TEXT NOT NULL CHECK (json_valid(plan_rates)),
      months INTEGER CHECK (months >= 1),
      bonus INTEGER NOT NULL CHECK (bonus >= 0),
      credit_limit INTEGER NOT NULL CHECK (credit_limit >= 0),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT;
    CREATE INDEX agent_terms_of ON agent_terms (account_id, valid_from_on, seq);
    ${stays('agent_terms', 'what was agreed with an agent')}

    -- Whose customer he was when the document was issued. No row: nobody's.
    CREATE TABLE invoice_agent (
      invoice_id TEXT PRIMARY KEY REFERENCES invoice (id),
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      account_id TEXT NOT NULL REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invoice_agent_of ON invoice_agent (subscriber_id);
    CREATE INDEX invoice_agent_by ON invoice_agent (account_id);
    ${stays('invoice_agent', 'whose document it is')}

    -- Money from an agent and to him, with numbers of their own without a gap.
    CREATE TABLE agent_transfer (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('top-up', 'payout')),
      account_id TEXT NOT NULL REFERENCES agent (account_id),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      amount INTEGER NOT NULL CHECK (amount > 0),
      transferred_on TEXT NOT NULL CHECK (${day('transferred_on')}),
      method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'card', 'other')),
      reference TEXT CHECK (reference <> ''),
      reference_key TEXT CHECK (reference_key <> ''),
      note TEXT NOT NULL DEFAULT '',
      series TEXT NOT NULL,
      sequence INTEGER NOT NULL CHECK (sequence >= 1),
      number TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id),
      CHECK ((reference IS NULL) = (reference_key IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX agent_transfer_sequence ON agent_transfer (series, sequence);
    CREATE UNIQUE INDEX agent_transfer_reference ON agent_transfer (kind, method, reference_key)
      WHERE reference_key IS NOT NULL;
    CREATE INDEX agent_transfer_of ON agent_transfer (account_id, transferred_on);
    CREATE TRIGGER agent_transfer_numbered BEFORE INSERT ON agent_transfer
    WHEN NEW.sequence <> 1 + (SELECT coalesce(max(sequence), 0) FROM agent_transfer
      WHERE series = NEW.series)
    ${refuse('a number was left out or taken twice')}
    ${stays('agent_transfer')}

    CREATE TABLE agent_transfer_reversal (
      id TEXT PRIMARY KEY,
      transfer_id TEXT NOT NULL UNIQUE REFERENCES agent_transfer (id),
      reversed_on TEXT NOT NULL CHECK (${day('reversed_on')}),
      reason TEXT NOT NULL CHECK (reason <> ''),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    ${stays('agent_transfer_reversal')}

    -- Positive: we owe it to him. The one truth of his balance, by currency.
    CREATE TABLE agent_ledger (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL REFERENCES agent (account_id),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      entry_on TEXT NOT NULL CHECK (${day('entry_on')}),
      at INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('commission', 'bonus', 'sale', 'top-up', 'top-up-reversal',
        'payout', 'payout-reversal')),
      -- Of a commission the document, of a bonus the customer, of a sale the payment, else the transfer.
      ref_id TEXT NOT NULL,
      subscriber_id TEXT REFERENCES subscriber (id),
      amount INTEGER NOT NULL CHECK (amount <> 0),
      -- Of this kind and thing, with this entry: what was given and taken back adds up here.
      stands INTEGER NOT NULL,
      step INTEGER NOT NULL CHECK (step >= 1),
      balance_after INTEGER NOT NULL,
      CHECK ((subscriber_id IS NULL) = (kind IN ('top-up', 'top-up-reversal', 'payout', 'payout-reversal'))),
      CHECK (kind NOT IN ('commission', 'bonus') OR stands >= 0),
      CHECK (kind <> 'sale' OR stands <= 0),
      CHECK (kind NOT IN ('top-up', 'payout-reversal') OR amount > 0),
      CHECK (kind NOT IN ('payout', 'top-up-reversal') OR amount < 0),
      -- A step is taken once.
      UNIQUE (kind, ref_id, account_id, step),
      -- A transfer and its reversal are entered once each.
      CHECK (step = 1 OR kind IN ('commission', 'bonus', 'sale'))
    ) STRICT;
    CREATE INDEX agent_ledger_of ON agent_ledger (account_id, currency, seq);
    CREATE INDEX agent_ledger_about ON agent_ledger (subscriber_id, kind)
      WHERE subscriber_id IS NOT NULL;
    CREATE INDEX agent_ledger_by_day ON agent_ledger (entry_on, seq);
    CREATE TRIGGER agent_ledger_adds_up BEFORE INSERT ON agent_ledger
    WHEN NEW.balance_after <> NEW.amount + coalesce((SELECT balance_after FROM agent_ledger
        WHERE account_id = NEW.account_id AND currency = NEW.currency ORDER BY seq DESC LIMIT 1), 0)
      OR NEW.stands <> NEW.amount + coalesce((SELECT sum(amount) FROM agent_ledger
        WHERE kind = NEW.kind AND ref_id = NEW.ref_id AND account_id = NEW.account_id), 0)
    ${refuse('the ledger of an agent does not add up')}
    CREATE TRIGGER agent_ledger_forward BEFORE INSERT ON agent_ledger
    WHEN NEW.entry_on < (SELECT entry_on FROM agent_ledger
      WHERE account_id = NEW.account_id AND currency = NEW.currency ORDER BY seq DESC LIMIT 1)
    ${refuse('a statement that was given does not change')}
    ${stays('agent_ledger')}

    UPDATE paper_settings SET settings =
      json_set(settings, '$.accounts.agent', '2310', '$.accounts.commission', '6200');
  `,
}
