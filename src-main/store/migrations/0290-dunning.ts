import type { Migration } from './migration.ts'

/**
 * Dunning: the policy with its stages (each saving is a version of its own), one live case for each
 * subscriber and currency, what was done in it, and what people said of it. Actions and events are
 * only ever added to. Columns under "as looked at" repeat what follows from documents, payments and the
 * rules, for lists; the worker writes them anew.
 */

const day = (column: string): string =>
  `${column} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'`

const stays = (table: string): string => `
    CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'what was done is never changed'); END;
    CREATE TRIGGER ${table}_is_kept BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, 'what was done is never removed'); END;`

const actions = `('remind', 'warn', 'fee', 'suspend', 'final-notice', 'write-off-proposal')`
const channels = `('call', 'letter', 'email', 'sms', 'whatsapp')`

export const dunning: Migration = {
  version: 290,
  name: 'dunning',
  sql: `
    CREATE TABLE dunning_policy (
      number INTEGER PRIMARY KEY,
      enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      basis TEXT NOT NULL CHECK (basis IN ('due', 'issued')),
      warned_days INTEGER CHECK (warned_days BETWEEN 0 AND 365),
      weekdays TEXT NOT NULL CHECK (json_valid(weekdays)),
      from_minute INTEGER NOT NULL CHECK (from_minute BETWEEN 0 AND 1440),
      to_minute INTEGER NOT NULL CHECK (to_minute BETWEEN 0 AND 1440),
      closed_on TEXT NOT NULL CHECK (json_valid(closed_on)),
      promises_most INTEGER NOT NULL CHECK (promises_most BETWEEN 0 AND 100),
      promise_days INTEGER NOT NULL CHECK (promise_days BETWEEN 0 AND 366),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id)
    ) STRICT;
    CREATE TABLE dunning_stage (
      policy INTEGER NOT NULL REFERENCES dunning_policy (number),
      seq INTEGER NOT NULL,
      -- The same from version to version: what was done is known by it.
      key TEXT NOT NULL CHECK (key <> ''),
      offset_days INTEGER NOT NULL CHECK (offset_days BETWEEN 0 AND 3650),
      action TEXT NOT NULL CHECK (action IN ${actions}),
      -- Minor units by currency.
      minimum TEXT NOT NULL CHECK (json_valid(minimum)),
      fee TEXT NOT NULL CHECK (json_valid(fee)),
      attempts INTEGER NOT NULL CHECK (attempts BETWEEN 1 AND 100),
      gap_days INTEGER NOT NULL CHECK (gap_days BETWEEN 0 AND 365),
      -- Null: nobody is told.
      channel TEXT CHECK (channel IN ${channels}),
      template TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (policy, seq),
      UNIQUE (policy, key)
    ) STRICT, WITHOUT ROWID;
    -- Off until somebody has read it and switches it on.
    INSERT INTO dunning_policy VALUES
      (1, 0, 'due', 3, '[1,2,3,4]', 540, 900, '[]', 2, 14, 0, NULL);
    INSERT INTO dunning_stage VALUES
      (1, 1, 'remind', 3, 'remind', '{}', '{}', 1, 0, 'whatsapp', 'reminder'),
      (1, 2, 'warn', 7, 'warn', '{}', '{}', 1, 0, 'call', 'warning'),
      (1, 3, 'suspend', 14, 'suspend', '{}', '{}', 1, 0, 'whatsapp', 'suspended'),
      (1, 4, 'final', 30, 'final-notice', '{}', '{}', 1, 0, 'letter', 'final'),
      (1, 5, 'write-off', 90, 'write-off-proposal', '{}', '{}', 1, 0, NULL, '');
    ${stays('dunning_policy')}
    ${stays('dunning_stage')}

    CREATE TABLE dunning_case (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      currency TEXT NOT NULL CHECK (length(currency) = 3),
      -- Goes up when the same debt comes back: a payment that was none.
      round INTEGER NOT NULL CHECK (round >= 1),
      opened_on TEXT NOT NULL CHECK (${day('opened_on')}),
      closed_on TEXT CHECK (${day('closed_on')}),
      -- Whether its lines are off: by a stage, or because a person did it now.
      cut TEXT NOT NULL CHECK (cut IN ('none', 'stage', 'hand')),
      -- As looked at.
      debt INTEGER NOT NULL,
      oldest_on TEXT,
      stage_key TEXT,
      state TEXT NOT NULL,
      because TEXT NOT NULL DEFAULT '',
      next_action TEXT,
      next_on TEXT,
      problem TEXT CHECK (json_valid(problem)),
      looked_at INTEGER NOT NULL,
      CHECK (closed_on IS NULL OR cut = 'none')
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX dunning_case_live ON dunning_case (subscriber_id, currency)
      WHERE closed_on IS NULL;
    CREATE INDEX dunning_case_of ON dunning_case (subscriber_id, currency, opened_on);
    CREATE INDEX dunning_case_open ON dunning_case (stage_key, debt) WHERE closed_on IS NULL;

    CREATE TABLE dunning_action (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      case_id TEXT NOT NULL REFERENCES dunning_case (id),
      round INTEGER NOT NULL,
      -- Of the policy's stage; 'hand': a person did it now.
      stage_key TEXT NOT NULL,
      attempt INTEGER NOT NULL CHECK (attempt >= 1),
      action TEXT NOT NULL CHECK (action IN ${actions}),
      policy INTEGER NOT NULL REFERENCES dunning_policy (number),
      done_on TEXT NOT NULL CHECK (${day('done_on')}),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id),
      debt INTEGER NOT NULL,
      oldest_on TEXT NOT NULL,
      skipped TEXT NOT NULL CHECK (json_valid(skipped)),
      fee_document_id TEXT REFERENCES invoice (id),
      lines INTEGER NOT NULL,
      UNIQUE (case_id, round, stage_key, attempt)
    ) STRICT;
    ${stays('dunning_action')}

    -- What people said of a case, and what became of it.
    CREATE TABLE dunning_event (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      case_id TEXT NOT NULL REFERENCES dunning_case (id),
      round INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('opened', 'reopened', 'closed', 'promise', 'freeze',
        'unfreeze', 'move', 'resume')),
      until_on TEXT CHECK (${day('until_on')}),
      on_day TEXT NOT NULL CHECK (${day('on_day')}),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id),
      reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX dunning_event_of ON dunning_event (case_id, seq);
    ${stays('dunning_event')}

    -- A document that is argued about counts for nothing in dunning.
    CREATE TABLE dunning_dispute (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      invoice_id TEXT NOT NULL REFERENCES invoice (id),
      frozen INTEGER NOT NULL CHECK (frozen IN (0, 1)),
      at INTEGER NOT NULL,
      by TEXT REFERENCES account (id),
      reason TEXT NOT NULL CHECK (reason <> '')
    ) STRICT;
    CREATE INDEX dunning_dispute_of ON dunning_dispute (invoice_id, seq);
    ${stays('dunning_dispute')}

    -- What is to be said to whom. Nothing sends it by itself: people call and print from it.
    CREATE TABLE dunning_notice (
      id TEXT PRIMARY KEY,
      case_id TEXT NOT NULL REFERENCES dunning_case (id),
      action_id TEXT NOT NULL UNIQUE REFERENCES dunning_action (id),
      subscriber_id TEXT NOT NULL REFERENCES subscriber (id),
      action TEXT NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ${channels}),
      template TEXT NOT NULL,
      currency TEXT NOT NULL,
      debt INTEGER NOT NULL,
      oldest_on TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('to-do', 'done', 'dropped')),
      done_at INTEGER,
      done_by TEXT REFERENCES account (id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dunning_notice_open ON dunning_notice (created_at) WHERE state = 'to-do';
    CREATE INDEX dunning_notice_of ON dunning_notice (case_id);

    -- Documents due before this day have been looked at.
    CREATE TABLE dunning_scan (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      due_before_on TEXT
    ) STRICT;
    INSERT INTO dunning_scan VALUES (1, NULL);
  `,
}
