import type { Migration } from './migration.ts'

/**
 * Documents, ledger and billing run. Money is whole minor units beside its currency; `*_on` are local
 * dates of the seller. What an accountant would not forgive is refused here as well as in the code:
 * a document that was issued never changes, numbers have no gap, credit notes never go beyond their
 * invoice, nothing is billed twice for one day, the ledger is only ever added to.
 */

/** A day that sorts as text; that it is a real one is checked where it is typed. */
const day = (column: string): string =>
  `${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`

const issuedOf = (id: string): string =>
  `EXISTS (SELECT 1 FROM invoice WHERE id = ${id} AND status = 'issued')`

/** Rows of a document that was issued stay as they are. */
const stays = (table: string): string =>
  [
    `CREATE TRIGGER ${table}_added BEFORE INSERT ON ${table}
      WHEN ${issuedOf('NEW.invoice_id')} ${refuse('an issued document is never changed')}`,
    `CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table}
      WHEN ${issuedOf('OLD.invoice_id')} OR ${issuedOf('NEW.invoice_id')}
      ${refuse('an issued document is never changed')}`,
    `CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table}
      WHEN ${issuedOf('OLD.invoice_id')} ${refuse('an issued document is never changed')}`,
  ].join('\n')

const creditedOf = (column: string): string =>
  `(SELECT coalesce(sum(${column}), 0) FROM invoice
      WHERE corrects_id = NEW.corrects_id AND kind = 'credit-note' AND status = 'issued')`

const correctedOf = (column: string): string =>
  `(SELECT ${column} FROM invoice WHERE id = NEW.corrects_id)`

export const billing: Migration = {
  version: 250,
  name: 'billing',
  sql: `
    CREATE TABLE billing_seller (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      name TEXT NOT NULL DEFAULT '',
      lines TEXT NOT NULL DEFAULT '',
      city TEXT NOT NULL DEFAULT '',
      region TEXT NOT NULL DEFAULT '',
      postcode TEXT NOT NULL DEFAULT '',
      country TEXT NOT NULL DEFAULT '' CHECK (length(country) IN (0, 2)),
      tax_id TEXT NOT NULL DEFAULT '',
      phone TEXT NOT NULL DEFAULT '',
      email TEXT NOT NULL DEFAULT '',
      -- How to pay, as it stands at the foot of a document.
      payment_note TEXT NOT NULL DEFAULT '',
      -- Of this machine: two that issue while apart must not share one.
      installation TEXT NOT NULL DEFAULT 'A' CHECK (installation GLOB '[A-Z0-9]*'),
      prefixes TEXT NOT NULL CHECK (json_valid(prefixes)),
      -- Numbers begin again with each year, which is then part of the number.
      yearly INTEGER NOT NULL DEFAULT 1 CHECK (yearly IN (0, 1)),
      terms TEXT NOT NULL CHECK (json_valid(terms)),
      lead_days INTEGER NOT NULL DEFAULT 0 CHECK (lead_days BETWEEN 0 AND 60),
      end_day TEXT NOT NULL DEFAULT 'free' CHECK (end_day IN ('free', 'charged')),
      -- After a sleep: a document for each period, or one for all of them.
      catch_up TEXT NOT NULL DEFAULT 'each' CHECK (catch_up IN ('each', 'combined')),
      -- An account freed of tax pays a price with tax in it less that tax, or all of it.
      relief_price TEXT NOT NULL DEFAULT 'less-tax' CHECK (relief_price IN ('less-tax', 'stays'))
    ) STRICT;
    INSERT INTO billing_seller (id, version, prefixes, terms) VALUES (1, 1,
      '{"invoice":"INV","credit-note":"CN","debit-note":"DN","proforma":"PF","receipt":"RC"}',
      '{"kind":"days","days":14}');

    CREATE TABLE number_series (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL
        CHECK (kind IN ('invoice', 'credit-note', 'debit-note', 'proforma', 'receipt')),
      installation TEXT NOT NULL,
      -- 0: it never begins again.
      year INTEGER NOT NULL CHECK (year BETWEEN 0 AND 9999),
      next_no INTEGER NOT NULL DEFAULT 1 CHECK (next_no >= 1),
      UNIQUE (kind, installation, year)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER number_series_forward BEFORE UPDATE ON number_series
    WHEN NEW.next_no <> OLD.next_no + 1 OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind
      OR NEW.installation <> OLD.installation OR NEW.year <> OLD.year
    ${refuse('numbers are taken one by one')}
    CREATE TRIGGER number_series_kept BEFORE DELETE ON number_series
    ${refuse('a series of numbers is never removed')}

    CREATE TABLE billing_run (
      id TEXT PRIMARY KEY,
      as_of_on TEXT NOT NULL CHECK (${day('as_of_on')}),
      started_at INTEGER NOT NULL,
      started_by TEXT,
      finished_at INTEGER,
      -- Running when the console ended: broken. Another run takes up what it left.
      state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'broken')),
      looked_at INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0,
      CHECK ((state = 'running') = (finished_at IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX billing_run_one ON billing_run (state) WHERE state = 'running';
    CREATE INDEX billing_run_by_start ON billing_run (started_at);

    -- Subscriptions that a run could not bill, and why.
    CREATE TABLE billing_run_failure (
      run_id TEXT NOT NULL REFERENCES billing_run (id),
      subscription_id TEXT NOT NULL REFERENCES subscription (id),
      code TEXT NOT NULL,
      params TEXT NOT NULL CHECK (json_valid(params)),
      PRIMARY KEY (run_id, subscription_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE invoice (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL CHECK (version >= 1),
      kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit-note', 'debit-note', 'proforma')),
      status TEXT NOT NULL CHECK (status IN ('draft', 'issued')),
      series_id TEXT REFERENCES number_series (id),
      sequence INTEGER CHECK (sequence >= 1),
      number TEXT UNIQUE,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      subscription_id TEXT REFERENCES subscription (id),
      run_id TEXT REFERENCES billing_run (id),
      corrects_id TEXT REFERENCES invoice (id),
      reason TEXT NOT NULL DEFAULT '',
      issued_on TEXT CHECK (${day('issued_on')}),
      issued_at INTEGER,
      tax_point_on TEXT CHECK (${day('tax_point_on')}),
      due_on TEXT CHECK (${day('due_on')}),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      net INTEGER NOT NULL,
      tax INTEGER NOT NULL,
      rounding INTEGER NOT NULL,
      total INTEGER NOT NULL,
      -- As they were when it was issued; their shape: documents/snapshots.ts.
      seller TEXT CHECK (json_valid(seller)),
      buyer TEXT CHECK (json_valid(buyer)),
      note TEXT NOT NULL DEFAULT '',
      -- Of one made by hand: its lines as they were typed; taxes are looked up again when it is issued.
      typed TEXT CHECK (json_valid(typed)),
      created_at INTEGER NOT NULL,
      created_by TEXT,
      CHECK (total = net + tax + rounding),
      CHECK (kind IN ('credit-note', 'debit-note') OR corrects_id IS NULL),
      CHECK (kind <> 'credit-note' OR corrects_id IS NOT NULL),
      CHECK ((status = 'draft') = (number IS NULL)),
      CHECK ((number IS NULL) = (series_id IS NULL) AND (number IS NULL) = (sequence IS NULL)),
      CHECK (status = 'draft' OR (issued_on IS NOT NULL AND issued_at IS NOT NULL
        AND tax_point_on IS NOT NULL AND due_on IS NOT NULL AND seller IS NOT NULL
        AND buyer IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX invoice_sequence ON invoice (series_id, sequence)
      WHERE sequence IS NOT NULL;
    CREATE INDEX invoice_of ON invoice (subscriber_id, issued_on, id);
    CREATE INDEX invoice_of_subscription ON invoice (subscription_id, issued_on)
      WHERE subscription_id IS NOT NULL;
    -- With what lists add up, so that sums of a million documents read no document.
    CREATE INDEX invoice_by_day
      ON invoice (issued_on, id, status, kind, currency, net, tax, total);
    CREATE INDEX invoice_by_due ON invoice (due_on) WHERE status = 'issued';
    CREATE INDEX invoice_by_run ON invoice (run_id) WHERE run_id IS NOT NULL;
    CREATE INDEX invoice_corrections ON invoice (corrects_id) WHERE corrects_id IS NOT NULL;

    CREATE TRIGGER invoice_begins BEFORE INSERT ON invoice
    WHEN NEW.status <> 'draft' ${refuse('a document begins as a draft')}
    CREATE TRIGGER invoice_stays BEFORE UPDATE ON invoice
    WHEN OLD.status = 'issued' ${refuse('an issued document is never changed')}
    CREATE TRIGGER invoice_kept BEFORE DELETE ON invoice
    WHEN OLD.status = 'issued' ${refuse('an issued document is never removed')}
    CREATE TRIGGER invoice_numbered BEFORE UPDATE ON invoice
    WHEN OLD.status = 'draft' AND NEW.status = 'issued' AND NEW.sequence <> 1 + (SELECT coalesce(max(sequence), 0)
      FROM invoice WHERE series_id = NEW.series_id)
    ${refuse('a number was left out or taken twice')}
    CREATE TRIGGER invoice_corrects BEFORE UPDATE ON invoice
    WHEN OLD.status = 'draft' AND NEW.status = 'issued' AND NEW.corrects_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM invoice WHERE id = NEW.corrects_id AND status = 'issued'
      AND kind IN ('invoice', 'debit-note') AND subscriber_id = NEW.subscriber_id
      AND currency = NEW.currency)
    ${refuse('a correction names one issued document of the same subscriber')}
    CREATE TRIGGER invoice_credit_limit BEFORE UPDATE ON invoice
    WHEN OLD.status = 'draft' AND NEW.status = 'issued' AND NEW.kind = 'credit-note' AND (
      NEW.net < 0 OR NEW.tax < 0
      OR NEW.net + ${creditedOf('net')} > ${correctedOf('net')}
      OR NEW.tax + ${creditedOf('tax')} > ${correctedOf('tax')}
      OR NEW.net + NEW.tax + ${creditedOf('net + tax')} > ${correctedOf('net + tax')})
    ${refuse('a credit note goes beyond its document')}
    CREATE TRIGGER invoice_adds_up BEFORE UPDATE ON invoice
    WHEN OLD.status = 'draft' AND NEW.status = 'issued' AND (
      NEW.net <> (SELECT coalesce(sum(net), 0) FROM invoice_line WHERE invoice_id = NEW.id)
      OR NEW.tax <> (SELECT coalesce(sum(amount), 0) FROM invoice_tax WHERE invoice_id = NEW.id))
    ${refuse('a document does not add up')}

    CREATE TABLE invoice_line (
      id TEXT PRIMARY KEY,
      invoice_id TEXT NOT NULL REFERENCES invoice (id),
      seq INTEGER NOT NULL CHECK (seq >= 1),
      kind TEXT NOT NULL CHECK (kind IN ('recurring', 'one-off', 'fee', 'credit', 'other')),
      description TEXT NOT NULL CHECK (description <> ''),
      charge_kind TEXT,
      price_id TEXT,
      period_start_on TEXT CHECK (${day('period_start_on')}),
      period_end_on TEXT CHECK (${day('period_end_on')}),
      quantity INTEGER NOT NULL DEFAULT 1,
      quantity_scale INTEGER NOT NULL DEFAULT 0 CHECK (quantity_scale BETWEEN 0 AND 6),
      unit_price INTEGER NOT NULL,
      unit_scale INTEGER NOT NULL CHECK (unit_scale BETWEEN 0 AND 9),
      -- As priced: with tax where tax_included.
      gross INTEGER NOT NULL,
      discount INTEGER NOT NULL,
      amount INTEGER NOT NULL,
      net INTEGER NOT NULL,
      tax INTEGER NOT NULL,
      tax_included INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
      tax_group INTEGER NOT NULL,
      tax_codes TEXT NOT NULL CHECK (json_valid(tax_codes)),
      -- Why it costs what it costs, as data (explanation.ts); null: typed by a person.
      explanation TEXT CHECK (json_valid(explanation)),
      corrects_line_id TEXT REFERENCES invoice_line (id),
      CHECK (amount = gross - discount),
      CHECK (period_end_on IS NULL OR period_end_on > period_start_on),
      UNIQUE (invoice_id, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invoice_line_corrections ON invoice_line (corrects_line_id)
      WHERE corrects_line_id IS NOT NULL;
    ${stays('invoice_line')}

    CREATE TABLE invoice_tax (
      invoice_id TEXT NOT NULL REFERENCES invoice (id),
      tax_group INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      code TEXT NOT NULL,
      name TEXT NOT NULL,
      rate_ppm INTEGER NOT NULL CHECK (rate_ppm >= 0),
      base_num INTEGER NOT NULL,
      base_den INTEGER NOT NULL CHECK (base_den > 0),
      included INTEGER NOT NULL CHECK (included IN (0, 1)),
      relief TEXT CHECK (relief IN ('exempt', 'reverse-charge', 'outside', 'zero')),
      base INTEGER NOT NULL,
      amount INTEGER NOT NULL,
      PRIMARY KEY (invoice_id, tax_group, seq)
    ) STRICT, WITHOUT ROWID;
    ${stays('invoice_tax')}

    -- Which days of a subscription stand billed, by which line. No line: they cost nothing.
    CREATE TABLE billed_period (
      id TEXT PRIMARY KEY,
      subscription_id TEXT NOT NULL REFERENCES subscription (id),
      charge_kind TEXT NOT NULL,
      price_id TEXT NOT NULL,
      name TEXT NOT NULL,
      period_start_on TEXT NOT NULL CHECK (${day('period_start_on')}),
      period_end_on TEXT NOT NULL CHECK (${day('period_end_on')}),
      amount INTEGER NOT NULL,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      invoice_line_id TEXT REFERENCES invoice_line (id),
      -- 'subscription|kind|start|end' while it stands; 'void|id' once it was given back.
      live_key TEXT NOT NULL UNIQUE,
      CHECK (period_end_on > period_start_on),
      CHECK (live_key = 'void|' || id
        OR live_key = subscription_id || '|' || charge_kind || '|' || period_start_on || '|' || period_end_on)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX billed_period_of ON billed_period (subscription_id, period_start_on)
      WHERE live_key NOT LIKE 'void|%';
    CREATE INDEX billed_period_of_line ON billed_period (invoice_line_id)
      WHERE invoice_line_id IS NOT NULL;
    CREATE TRIGGER billed_period_apart BEFORE INSERT ON billed_period
    WHEN EXISTS (SELECT 1 FROM billed_period WHERE subscription_id = NEW.subscription_id
      AND live_key NOT LIKE 'void|%' AND charge_kind = NEW.charge_kind
      AND period_start_on < NEW.period_end_on AND period_end_on > NEW.period_start_on)
    ${refuse('a day is billed twice')}
    CREATE TRIGGER billed_period_voided BEFORE UPDATE ON billed_period
    WHEN NEW.live_key <> 'void|' || OLD.id OR OLD.live_key LIKE 'void|%'
      OR NEW.subscription_id <> OLD.subscription_id OR NEW.charge_kind <> OLD.charge_kind
      OR NEW.period_start_on <> OLD.period_start_on OR NEW.period_end_on <> OLD.period_end_on
      OR NEW.amount <> OLD.amount OR NEW.invoice_line_id IS NOT OLD.invoice_line_id
    ${refuse('a billed period is voided and nothing else')}
    CREATE TRIGGER billed_period_kept BEFORE DELETE ON billed_period
    ${refuse('a billed period is never removed')}

    -- Positive: owed by the subscriber. The one truth of his balance, by currency.
    CREATE TABLE ledger_entry (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      entry_on TEXT NOT NULL CHECK (${day('entry_on')}),
      at INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('opening', 'invoice', 'debit-note', 'credit-note', 'payment',
        'reversal', 'refund', 'adjustment', 'write-off', 'fee')),
      doc_id TEXT,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      amount INTEGER NOT NULL,
      balance_after INTEGER NOT NULL,
      -- One entry of a kind for a document.
      UNIQUE (kind, doc_id)
    ) STRICT;
    CREATE INDEX ledger_entry_of ON ledger_entry (subscriber_id, currency, seq);
    CREATE INDEX ledger_entry_by_day ON ledger_entry (entry_on, seq);
    CREATE TRIGGER ledger_entry_adds_up BEFORE INSERT ON ledger_entry
    WHEN NEW.balance_after <> NEW.amount + coalesce((SELECT balance_after FROM ledger_entry
      WHERE subscriber_id = NEW.subscriber_id AND currency = NEW.currency
      ORDER BY seq DESC LIMIT 1), 0)
    ${refuse('the ledger does not add up')}
    CREATE TRIGGER ledger_entry_stays BEFORE UPDATE ON ledger_entry
    ${refuse('the ledger is never changed')}
    CREATE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry
    ${refuse('the ledger is never changed')}
  `,
}
