import type { Migration } from './migration.ts'

/**
 * Separation of duties: when an act needs a second person, and what was asked for and decided.
 * Account ids are no foreign keys: what somebody decided stays when his account goes.
 */
export const approvals: Migration = {
  version: 210,
  name: 'approvals',
  sql: `
    CREATE TABLE approval_rule (
      kind TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      grave INTEGER NOT NULL CHECK (grave IN (0, 1)),
      above INTEGER CHECK (above >= 0),
      changed_at INTEGER NOT NULL,
      changed_by TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE approval_request (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject_id TEXT NOT NULL,
      content_hash TEXT NOT NULL,
      revision INTEGER NOT NULL,
      measure INTEGER NOT NULL,
      grave INTEGER NOT NULL CHECK (grave IN (0, 1)),
      -- What the approver sees.
      preview TEXT NOT NULL CHECK (json_valid(preview)),
      -- Who asked, then who made the thing: account and employee as they were then.
      wills TEXT NOT NULL CHECK (json_valid(wills)),
      asked_by TEXT NOT NULL,
      asked_at INTEGER NOT NULL,
      reason TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'declined', 'withdrawn', 'expired',
        'fallen', 'used')),
      expires_at INTEGER NOT NULL,
      decider TEXT CHECK (json_valid(decider)),
      decided_at INTEGER,
      decision_reason TEXT NOT NULL DEFAULT '',
      ended_at INTEGER,
      used_by TEXT,
      -- Who asked has seen the answer.
      acknowledged INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged IN (0, 1)),
      CHECK (state NOT IN ('approved', 'declined', 'used') OR decider IS NOT NULL),
      CHECK ((ended_at IS NULL) = (state IN ('waiting', 'approved')))
    ) STRICT, WITHOUT ROWID;
    -- One at a time about one thing.
    CREATE UNIQUE INDEX approval_request_live ON approval_request (kind, subject_id)
      WHERE state IN ('waiting', 'approved');
    CREATE INDEX approval_request_by_subject ON approval_request (kind, subject_id, asked_at);
    CREATE INDEX approval_request_by_state ON approval_request (state, asked_at DESC);
    CREATE INDEX approval_request_by_asker ON approval_request (asked_by, asked_at DESC);
  `,
}
