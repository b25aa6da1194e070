import type { Migration } from './migration.ts'

/**
 * What is sold and who has it: plans and their versions, what goes with a version (extras,
 * discounts), printed vouchers, subscriptions and everything that happened to them. Money is whole
 * minor units beside its currency; `unit_price` has six decimals of the major unit
 * (EN 16931: a unit price may be finer than the currency). `*_on` are local dates.
 */

/** A day that sorts as text; that it is a real one is checked where it is typed. */
const day = (column: string): string =>
  `${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`

const used = (version: string): string =>
  `EXISTS (SELECT 1 FROM subscription WHERE plan_version_id = ${version})
      OR EXISTS (SELECT 1 FROM subscription_event WHERE plan_version_id = ${version})`

/** What a subscription was sold under is never another afterwards. */
const stays = (table: string, version: string): string =>
  (['INSERT', 'UPDATE', 'DELETE'] as const)
    .filter((act) => table !== 'plan_version' || act !== 'INSERT')
    .map(
      (act) => `
    CREATE TRIGGER ${table}_used_${act.toLowerCase()} BEFORE ${act} ON ${table}
    WHEN ${used(`${act === 'INSERT' ? 'NEW' : 'OLD'}.${version}`)}
    BEGIN SELECT RAISE(ABORT, 'a version in use is never changed'); END;`,
    )
    .join('')

export const plans: Migration = {
  version: 240,
  name: 'plans',
  sql: `
    CREATE TABLE billing_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      -- IANA, of the seller: "today" is the day there. Null: the machine's.
      time_zone TEXT
    ) STRICT;
    INSERT INTO billing_settings VALUES (1, 1, 'IDR', NULL);

    -- A tax at a rate from a day on; what was charged under it is kept by its documents.
    CREATE TABLE tax_rate (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL CHECK (version >= 1),
      code TEXT NOT NULL CHECK (code <> ''),
      name TEXT NOT NULL CHECK (name <> ''),
      -- Millionths: 12 % is 120000.
      rate_ppm INTEGER NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
      -- The share of the price that is taxed: 11/12 for PPN.
      base_num INTEGER NOT NULL CHECK (base_num BETWEEN 1 AND 1000000),
      base_den INTEGER NOT NULL CHECK (base_den BETWEEN base_num AND 1000000),
      country TEXT NOT NULL DEFAULT '' CHECK (length(country) IN (0, 2)),
      valid_from_on TEXT NOT NULL CHECK (${day('valid_from_on')}),
      -- Exclusive; null: until another one of this code.
      valid_to_on TEXT CHECK (${day('valid_to_on')}),
      updated_at INTEGER NOT NULL,
      CHECK (valid_to_on IS NULL OR valid_to_on > valid_from_on),
      UNIQUE (code, valid_from_on)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE plan (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL CHECK (version >= 1),
      code TEXT NOT NULL CHECK (code <> ''),
      -- Compared without case.
      code_key TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL CHECK (name <> ''),
      note TEXT NOT NULL DEFAULT '',
      -- A service has one live subscription of a main plan; extras stand beside it.
      kind TEXT NOT NULL CHECK (kind IN ('main', 'extra')),
      payment TEXT NOT NULL CHECK (payment IN ('postpaid', 'prepaid')),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      sold INTEGER NOT NULL CHECK (sold IN (0, 1)),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE plan_version (
      id TEXT PRIMARY KEY,
      plan_id TEXT NOT NULL REFERENCES plan (id),
      number INTEGER NOT NULL CHECK (number >= 1),
      valid_from_on TEXT NOT NULL CHECK (${day('valid_from_on')}),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      -- Of a whole interval, or of one unit of the quantity.
      price INTEGER CHECK (price >= 0),
      unit_price INTEGER CHECK (unit_price >= 0),
      unit TEXT NOT NULL DEFAULT '',
      tax_included INTEGER NOT NULL CHECK (tax_included IN (0, 1)),
      tax_codes TEXT NOT NULL CHECK (json_valid(tax_codes)),
      interval TEXT NOT NULL CHECK (interval IN ('month', 'quarter', 'year', '30d')),
      mode TEXT NOT NULL CHECK (mode IN ('advance', 'arrears')),
      proration TEXT NOT NULL CHECK (proration IN ('actual', 'fixed30', 'none')),
      bill_while_suspended INTEGER NOT NULL CHECK (bill_while_suspended IN (0, 1)),
      bill_while_paused INTEGER NOT NULL CHECK (bill_while_paused IN (0, 1)),
      -- A speed of the provisioning; one that was removed there is told as a gap.
      speed_id TEXT,
      min_term_months INTEGER NOT NULL CHECK (min_term_months BETWEEN 0 AND 120),
      trial_days INTEGER NOT NULL CHECK (trial_days BETWEEN 0 AND 365),
      -- Prepaid: days the service stays on without balance; days a balance lasts, null: for good.
      grace_days INTEGER NOT NULL CHECK (grace_days BETWEEN 0 AND 365),
      balance_days INTEGER CHECK (balance_days BETWEEN 1 AND 3650),
      created_at INTEGER NOT NULL,
      created_by TEXT,
      CHECK ((price IS NULL) <> (unit_price IS NULL)),
      UNIQUE (plan_id, number),
      UNIQUE (plan_id, valid_from_on)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX plan_version_by_speed ON plan_version (speed_id) WHERE speed_id IS NOT NULL;

    CREATE TABLE plan_extra (
      plan_version_id TEXT NOT NULL REFERENCES plan_version (id) ON DELETE CASCADE,
      code TEXT NOT NULL CHECK (code <> ''),
      seq INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      -- One-off: charged once, with the first period; recurring: with every one.
      kind TEXT NOT NULL CHECK (kind IN ('one-off', 'recurring')),
      price INTEGER NOT NULL CHECK (price >= 0),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      -- Goes with every subscription, or is chosen for one.
      required INTEGER NOT NULL CHECK (required IN (0, 1)),
      PRIMARY KEY (plan_version_id, code)
    ) STRICT, WITHOUT ROWID;

    -- A discount holds between its dates; a promotion for the first so many cycles of whoever
    -- begins between them.
    CREATE TABLE plan_discount (
      plan_version_id TEXT NOT NULL REFERENCES plan_version (id) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      amount INTEGER CHECK (amount > 0),
      currency TEXT CHECK (length(currency) = 3),
      -- Millionths: 10 % is 100000.
      percent_ppm INTEGER CHECK (percent_ppm BETWEEN 1 AND 1000000),
      from_on TEXT NOT NULL CHECK (${day('from_on')}),
      -- Exclusive; null: without end.
      until_on TEXT CHECK (${day('until_on')}),
      cycles INTEGER CHECK (cycles BETWEEN 1 AND 120),
      CHECK ((amount IS NULL) <> (percent_ppm IS NULL)),
      CHECK ((amount IS NULL) = (currency IS NULL)),
      CHECK (until_on IS NULL OR until_on > from_on),
      PRIMARY KEY (plan_version_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE voucher_batch (
      id TEXT PRIMARY KEY,
      number INTEGER NOT NULL UNIQUE,
      name TEXT NOT NULL CHECK (name <> ''),
      value INTEGER NOT NULL CHECK (value > 0),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 5000),
      -- The last day on which a card is taken; null: for good.
      expires_on TEXT CHECK (${day('expires_on')}),
      note TEXT NOT NULL DEFAULT '',
      sheet_file TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      created_by TEXT
    ) STRICT, WITHOUT ROWID;

    -- The code itself is on the card and nowhere else. That a new one is past its day is derived.
    CREATE TABLE voucher (
      id TEXT PRIMARY KEY,
      batch_id TEXT NOT NULL REFERENCES voucher_batch (id),
      serial INTEGER NOT NULL,
      code_hash BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
      state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'used', 'void')),
      used_at INTEGER,
      used_subscription_id TEXT,
      voided_at INTEGER,
      void_reason TEXT NOT NULL DEFAULT '',
      UNIQUE (batch_id, serial),
      CHECK ((state = 'used') = (used_at IS NOT NULL)),
      CHECK ((state = 'void') = (voided_at IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX voucher_by_state ON voucher (batch_id, state, serial);
    CREATE TRIGGER voucher_forward BEFORE UPDATE ON voucher
    WHEN OLD.state <> 'new' OR NEW.code_hash <> OLD.code_hash OR NEW.batch_id <> OLD.batch_id
      OR NEW.serial <> OLD.serial
    BEGIN SELECT RAISE(ABORT, 'a voucher goes from new to used or void, once'); END;
    CREATE TRIGGER voucher_kept BEFORE DELETE ON voucher
    BEGIN SELECT RAISE(ABORT, 'a voucher is never removed'); END;

    CREATE TABLE subscription (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL CHECK (version >= 1),
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      service_id TEXT REFERENCES subscriber_service (id),
      plan_id TEXT NOT NULL REFERENCES plan (id),
      kind TEXT NOT NULL CHECK (kind IN ('main', 'extra')),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      starts_on TEXT NOT NULL CHECK (${day('starts_on')}),
      -- Bill dates are counted from here: a day of the month that its month may be too short for.
      anchor_on TEXT NOT NULL CHECK (${day('anchor_on')}),
      anchor_day INTEGER NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
      -- Exclusive: billed up to, not including. Written by the billing run alone; null: nothing yet.
      billed_through_on TEXT CHECK (${day('billed_through_on')}),
      -- What follows from the events up to today (subscriptions/life.ts), kept for lists and guards.
      plan_version_id TEXT NOT NULL REFERENCES plan_version (id),
      status TEXT NOT NULL CHECK (status IN ('draft', 'trial', 'active', 'paused', 'suspended',
        'ended')),
      status_since_on TEXT NOT NULL CHECK (${day('status_since_on')}),
      -- Exclusive; null: nobody has ended it.
      ends_on TEXT CHECK (${day('ends_on')}),
      -- When what is planned first takes effect.
      next_on TEXT CHECK (${day('next_on')}),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      CHECK (kind = 'extra' OR service_id IS NOT NULL)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX subscription_live_main ON subscription (service_id)
      WHERE kind = 'main' AND status NOT IN ('draft', 'ended');
    CREATE UNIQUE INDEX subscription_planned_main ON subscription (service_id)
      WHERE kind = 'main' AND status = 'draft';
    CREATE INDEX subscription_of ON subscription (subscriber_id, starts_on);
    CREATE INDEX subscription_of_service ON subscription (service_id, starts_on);
    CREATE INDEX subscription_by_version ON subscription (plan_version_id, status, id);
    CREATE INDEX subscription_by_plan ON subscription (plan_id, status, id);
    CREATE INDEX subscription_by_next ON subscription (next_on) WHERE next_on IS NOT NULL;
    CREATE INDEX subscription_by_billed ON subscription (billed_through_on, id)
      WHERE status <> 'ended';
    CREATE TRIGGER subscription_kept BEFORE DELETE ON subscription
    BEGIN SELECT RAISE(ABORT, 'a subscription is ended, never removed'); END;

    CREATE TABLE subscription_event (
      id TEXT PRIMARY KEY,
      subscription_id TEXT NOT NULL REFERENCES subscription (id),
      seq INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('start', 'change', 'pause', 'resume', 'suspend', 'restore',
        'end', 'undo')),
      effective_on TEXT NOT NULL CHECK (${day('effective_on')}),
      -- Of a start or a change: what holds from then on.
      plan_version_id TEXT REFERENCES plan_version (id),
      payload TEXT NOT NULL CHECK (json_valid(payload)),
      -- Of an undo: what it takes back.
      undoes_id TEXT UNIQUE REFERENCES subscription_event (id),
      reason TEXT NOT NULL DEFAULT '',
      -- Null: the console itself.
      actor_id TEXT,
      at INTEGER NOT NULL,
      UNIQUE (subscription_id, seq),
      CHECK ((kind IN ('start', 'change')) = (plan_version_id IS NOT NULL)),
      CHECK ((kind = 'undo') = (undoes_id IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX subscription_event_by_version ON subscription_event (plan_version_id)
      WHERE plan_version_id IS NOT NULL;
    CREATE TRIGGER subscription_event_stays BEFORE UPDATE ON subscription_event
    BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;
    CREATE TRIGGER subscription_event_kept BEFORE DELETE ON subscription_event
    BEGIN SELECT RAISE(ABORT, 'what happened is never removed'); END;
    ${stays('plan_version', 'id')}${stays('plan_extra', 'plan_version_id')}${stays('plan_discount', 'plan_version_id')}
  `,
}
