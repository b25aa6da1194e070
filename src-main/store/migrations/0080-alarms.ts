import type { Migration } from './migration.ts'

/**
 * The book of alarms, the rules that fill it, and maintenance windows. `severity` is the position in
 * domain/severity.ts; `place` a packed address (domain/onu-address.ts). An alarm is open until
 * `closed_at`: of one identity there is one open row. `seq` is given by the book. What people said
 * (acknowledged, shelved, assignee, a window's owner) is JSON with who and when. The history is
 * filtered, sorted and counted in one index that holds all it needs; its usual orders have their own.
 */
export const alarms: Migration = {
  version: 80,
  name: 'alarms',
  sql: `
    CREATE TABLE alarm (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      identity TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('console', 'olt', 'board', 'pon', 'onu')),
      olt_id TEXT,
      place INTEGER,
      type TEXT NOT NULL,
      qualifier TEXT NOT NULL,
      severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
      trend TEXT NOT NULL CHECK (trend IN ('more', 'less', 'same')),
      params TEXT NOT NULL CHECK (json_valid(params)),
      olt_name TEXT,
      serial TEXT,
      name TEXT,
      search TEXT NOT NULL,
      raised_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL,
      alert_at INTEGER NOT NULL,
      cleared_at INTEGER,
      closed_at INTEGER,
      count INTEGER NOT NULL,
      affected_onus INTEGER NOT NULL,
      important INTEGER NOT NULL CHECK (important IN (0, 1)),
      outage_id TEXT,
      suppressed TEXT CHECK (suppressed IS NULL OR json_valid(suppressed)),
      acknowledged TEXT CHECK (acknowledged IS NULL OR json_valid(acknowledged)),
      acknowledged_at INTEGER,
      shelved TEXT CHECK (shelved IS NULL OR json_valid(shelved)),
      assignee_id TEXT,
      assignee_name TEXT,
      ticket TEXT,
      notes INTEGER NOT NULL DEFAULT 0,
      note_words TEXT NOT NULL DEFAULT '',
      escalation INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX alarm_open ON alarm (identity) WHERE closed_at IS NULL;
    CREATE INDEX alarm_closed ON alarm (
      closed_at, severity, raised_at, changed_at, cleared_at, id, type, kind, olt_name, olt_id,
      place, count, affected_onus, acknowledged_at, assignee_id, assignee_name, outage_id, search
    ) WHERE closed_at IS NOT NULL;
    CREATE INDEX alarm_closed_severity ON alarm (severity, raised_at DESC, id)
      WHERE closed_at IS NOT NULL;
    CREATE INDEX alarm_closed_raised ON alarm (raised_at, id) WHERE closed_at IS NOT NULL;

    CREATE TABLE alarm_event (
      seq INTEGER PRIMARY KEY,
      alarm_id TEXT NOT NULL REFERENCES alarm (id) ON DELETE CASCADE,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      account_id TEXT,
      by_name TEXT,
      text TEXT,
      severity INTEGER,
      params TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(params)),
      told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
      times INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE INDEX alarm_event_of ON alarm_event (alarm_id, seq);
    CREATE INDEX alarm_event_told ON alarm_event (at) WHERE told = 1;
    CREATE INDEX alarm_event_raised ON alarm_event (at, alarm_id, times)
      WHERE kind IN ('raised', 'repeated');

    CREATE TABLE alarm_rule (
      type TEXT PRIMARY KEY,
      rule TEXT NOT NULL CHECK (json_valid(rule)),
      changed_at INTEGER NOT NULL,
      account_id TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE guide_note (
      type TEXT PRIMARY KEY,
      text TEXT NOT NULL,
      account_id TEXT,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE important_onu (
      olt_id TEXT NOT NULL,
      address INTEGER NOT NULL,
      label TEXT NOT NULL DEFAULT '',
      account_id TEXT,
      at INTEGER NOT NULL,
      PRIMARY KEY (olt_id, address)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE maintenance (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      title TEXT NOT NULL,
      reason TEXT NOT NULL,
      scope TEXT NOT NULL CHECK (json_valid(scope)),
      behaviour TEXT NOT NULL CHECK (behaviour IN ('skip', 'mute', 'mark')),
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
      repeats TEXT NOT NULL CHECK (repeats IN ('never', 'daily', 'weekly', 'monthly')),
      repeats_until INTEGER,
      time_zone TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('planned', 'ended', 'cancelled')),
      owner TEXT NOT NULL CHECK (json_valid(owner)),
      run_ended INTEGER,
      asks TEXT CHECK (asks IS NULL OR json_valid(asks)),
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX maintenance_state ON maintenance (state, starts_at);
  `,
}
