import type { Migration } from './migration.ts'

/**
 * Prepaid: what a person set, the last day that was worked through, and what a list shows of each
 * prepaid subscription as it was looked at last. Truth are documents, payments and events: the rows
 * here may be made anew from them at any time.
 */
export const prepaid: Migration = {
  version: 360,
  name: 'prepaid',
  sql: `
    CREATE TABLE prepaid_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      -- So many days before the next charge a balance that does not cover it is called low.
      low_days INTEGER NOT NULL CHECK (low_days BETWEEN 0 AND 60),
      -- The last day on which periods were charged; null: never yet.
      worked_on TEXT
    ) STRICT;
    INSERT INTO prepaid_settings VALUES (1, 1, 3, NULL);

    CREATE TABLE prepaid_view (
      subscription_id TEXT PRIMARY KEY REFERENCES subscription (id),
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      -- Of the subscription when it was looked at.
      seen_version INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'unpaid', 'off', 'paused', 'ended')),
      balance INTEGER NOT NULL,
      -- Of its own documents: a payment that was none, and the like.
      owes INTEGER NOT NULL,
      -- What is charged next, and when; null: nothing.
      next_on TEXT,
      next_total INTEGER,
      -- When it is switched off unless somebody pays; null: nothing is unpaid, or it is off.
      off_on TEXT,
      -- The first day without the balance; null: for good.
      expires_on TEXT,
      -- When the console has to look at it again by itself; null: when something moves.
      look_on TEXT,
      problem TEXT CHECK (json_valid(problem)),
      looked_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX prepaid_view_look ON prepaid_view (look_on) WHERE look_on IS NOT NULL;
    CREATE INDEX prepaid_view_of ON prepaid_view (subscriber_id, currency);
    CREATE INDEX prepaid_view_state ON prepaid_view (state, next_on);
  `,
}
