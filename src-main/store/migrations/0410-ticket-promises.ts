import type { Migration } from './migration.ts'

/**
 * What is promised to those who report something: business calendars, targets, and the terms that a
 * ticket was given as they stood then (by content, never changed). Clocks repeat what follows from a
 * ticket's time line and terms; notices are told once each.
 */

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`
const metrics = `('first-response', 'update', 'solution')`

export const ticketPromises: Migration = {
  version: 410,
  name: 'ticket-promises',
  sql: `
    CREATE TABLE ticket_calendar (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL UNIQUE,
      -- IANA.
      time_zone TEXT NOT NULL,
      -- Seven lists of spans in minutes, Monday first.
      week TEXT NOT NULL CHECK (json_valid(week))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ticket_holiday (
      calendar_id TEXT NOT NULL REFERENCES ticket_calendar (id),
      -- YYYY-MM-DD, or MM-DD for each year.
      on_day TEXT NOT NULL CHECK (on_day GLOB '[0-1][0-9]-[0-3][0-9]'
        OR on_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
      name TEXT NOT NULL DEFAULT '',
      PRIMARY KEY (calendar_id, on_day)
    ) STRICT, WITHOUT ROWID;

    -- The first that fits by position counts; empty lists fit all.
    CREATE TABLE ticket_sla (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      name_key TEXT NOT NULL UNIQUE,
      active INTEGER NOT NULL CHECK (active IN (0, 1)),
      position INTEGER NOT NULL,
      calendar_id TEXT NOT NULL REFERENCES ticket_calendar (id),
      -- Working minutes; null: nothing is promised.
      first_response_min INTEGER CHECK (first_response_min > 0),
      update_min INTEGER CHECK (update_min > 0),
      solution_min INTEGER CHECK (solution_min > 0),
      escalate_after_min TEXT NOT NULL CHECK (json_valid(escalate_after_min)),
      priorities TEXT NOT NULL CHECK (json_valid(priorities)),
      queues TEXT NOT NULL CHECK (json_valid(queues))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ticket_terms (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
      sla_id TEXT NOT NULL,
      content TEXT NOT NULL CHECK (json_valid(content))
    ) STRICT;
    CREATE TRIGGER ticket_terms_stay BEFORE UPDATE ON ticket_terms
      ${refuse('terms that were given stay')}
    CREATE TRIGGER ticket_terms_are_kept BEFORE DELETE ON ticket_terms
      ${refuse('terms that were given stay')}

    -- A cache: follows from the time line alone.
    CREATE TABLE ticket_clock (
      ticket_seq INTEGER NOT NULL REFERENCES ticket (seq),
      metric TEXT NOT NULL CHECK (metric IN ${metrics}),
      state TEXT NOT NULL CHECK (state IN ('off', 'running', 'held', 'met')),
      round INTEGER NOT NULL CHECK (round >= 1),
      target_ms INTEGER,
      used_ms INTEGER NOT NULL,
      due_at INTEGER,
      met_at INTEGER,
      levels TEXT NOT NULL CHECK (json_valid(levels)),
      -- The first level of a running one that nobody was told of.
      next_at INTEGER,
      PRIMARY KEY (ticket_seq, metric)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ticket_clock_next ON ticket_clock (next_at) WHERE next_at IS NOT NULL;
    CREATE INDEX ticket_clock_due ON ticket_clock (due_at, metric) WHERE state = 'running';

    -- Told, once each.
    CREATE TABLE ticket_notice (
      ticket_id TEXT NOT NULL REFERENCES ticket (id),
      metric TEXT NOT NULL CHECK (metric IN ${metrics}),
      round INTEGER NOT NULL,
      level INTEGER NOT NULL CHECK (level >= 0),
      -- When it was reached, and when it was told: a console that slept tells later.
      reached_at INTEGER NOT NULL,
      told_at INTEGER NOT NULL,
      PRIMARY KEY (ticket_id, metric, round, level)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER ticket_notice_stays BEFORE UPDATE ON ticket_notice ${refuse('told is told')}
    CREATE TRIGGER ticket_notice_is_kept BEFORE DELETE ON ticket_notice ${refuse('told is told')}
  `,
}
