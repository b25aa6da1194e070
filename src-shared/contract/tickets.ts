import { z } from 'zod'
import type { Named } from '../domain/scope.ts'
import { instant, nothing, uuid } from './common.ts'
import { event, query } from './define.ts'
import { ofIdInPart } from './scope-rules.ts'
import {
  slaMetric,
  ticketEvent,
  ticketFilter,
  ticketPriority,
  ticketRecord,
  ticketRow,
  ticketSetup,
  ticketSorts,
  ticketState,
  ticketsAccess,
  ticketSources,
  ticketView,
} from './tickets-model.ts'

/**
 * Tickets: what somebody reported or the network told, what was said and done about it, and what was
 * promised. A ticket lies on the OLTs of its subscriber and of the alarm or outage it came from, and
 * belongs to its owner, to who watches it and to the subscriber's agent.
 */

const { read, report } = ticketsAccess

const ofTicket = ({ ticketId }: { readonly ticketId: string }): readonly Named[] => [
  { kind: 'ticket', id: ticketId, inPart: true },
]

const count = z.object({ key: z.string(), count: z.int() })

export const ticketsQueries = {
  'tickets.list': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      filter: ticketFilter.prefault({}),
      sort: z.enum(ticketSorts).default('updatedAt'),
      descending: z.boolean().default(true),
      offset: z.int().min(0).max(1_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      tickets: z.array(ticketRow),
      total: z.int(),
      /** Of the filter without its states; states without a ticket are left out. */
      states: z.array(z.object({ state: ticketState, count: z.int() })),
      revision: z.int(),
      at: z.number(),
    }),
  }),
  /** Columns of what is not closed; in each what is due first. */
  'tickets.board': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      filter: ticketFilter.prefault({}),
      by: z.enum(['state', 'priority', 'owner', 'queue']).default('state'),
      perColumn: z.int().min(1).max(100).default(30),
    }),
    output: z.object({
      columns: z.array(
        z.object({
          /** A state, a priority, or an id; null: without one. */
          key: z.string().nullable(),
          /** Of a person or a queue. */
          name: z.string().nullable(),
          total: z.int(),
          tickets: z.array(ticketRow),
        }),
      ),
      revision: z.int(),
      at: z.number(),
    }),
  }),
  /** Errors: `not-found`. */
  'tickets.ticket': query({
    access: read,
    scope: ofIdInPart('ticket'),
    input: z.strictObject({ id: uuid }),
    output: ticketRecord,
  }),
  /** The newest first, with what came in by merging. */
  'tickets.timeline': query({
    access: read,
    scope: ofIdInPart('ticket'),
    input: z.strictObject({
      id: uuid,
      /** Before this event; null: from the newest. */
      before: z.int().nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ events: z.array(ticketEvent), more: z.boolean() }),
  }),
  /** Calendar: promises that are due, and reminders, in [from, to); at most 1,000. */
  'tickets.due': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ from: z.number(), to: z.number() }),
    output: z.object({
      due: z.array(
        z.object({
          at: z.number(),
          what: z.union([slaMetric, z.literal('reminder')]),
          ticket: ticketRow,
        }),
      ),
      more: z.boolean(),
    }),
  }),
  /** A file's bytes. Errors: `not-found`. */
  'tickets.file': query({
    access: read,
    scope: ofIdInPart('ticket'),
    input: z.strictObject({ id: uuid, fileId: uuid }),
    output: z.object({
      name: z.string(),
      mediaType: z.string(),
      content: z.instanceof(Uint8Array),
    }),
  }),
  /** An answer that is written already, with the places filled. Errors: `not-found`. */
  'tickets.fillTemplate': query({
    access: read,
    scope: ofTicket,
    input: z.strictObject({
      templateId: uuid,
      ticketId: uuid,
      /** Null: the subscriber's. */
      language: z.enum(['en', 'id']).nullable().default(null),
    }),
    output: z.object({ language: z.enum(['en', 'id']), body: z.string() }),
  }),
  /** Queues, calendars, promises, templates. */
  'tickets.setup': query({ access: read, scope: 'nothing', input: nothing, output: ticketSetup }),
  /** My own views and those for everybody. */
  'tickets.views': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      views: z.array(
        z.object({
          id: uuid,
          version: z.int(),
          name: z.string(),
          shared: z.boolean(),
          mine: z.boolean(),
          view: ticketView,
        }),
      ),
    }),
  }),
  /** Of tickets that were opened in [from, to), of whoever reaches everything. */
  'tickets.report': query({
    access: report,
    input: z.strictObject({
      from: z.number(),
      to: z.number(),
      queueId: uuid.nullable().default(null),
      /** IANA: for the days. */
      timeZone: z.string().max(60),
    }),
    output: z.object({
      opened: z.int(),
      solved: z.int(),
      merged: z.int(),
      /** Opened again at least once. */
      reopened: z.int(),
      /** Not solved, closed or merged now. */
      open: z.int(),
      days: z.array(z.object({ on: z.string(), opened: z.int(), solved: z.int() })),
      priorities: z.array(count.extend({ key: ticketPriority })),
      sources: z.array(count.extend({ key: z.enum(ticketSources) })),
      /** The twenty most. */
      tags: z.array(count),
      queues: z.array(
        z.object({ id: uuid.nullable(), name: z.string().nullable(), count: z.int() }),
      ),
      /** Working time of those that were met, and how many were missed, in time or not. */
      promises: z.array(
        z.object({
          metric: slaMetric,
          promised: z.int(),
          met: z.int(),
          missed: z.int(),
          medianMs: z.number().nullable(),
          p90Ms: z.number().nullable(),
        }),
      ),
      satisfaction: z.object({ asked: z.int(), answered: z.int(), average: z.number().nullable() }),
    }),
  }),
}

export const ticketsEvents = {
  'tickets.changed': event({
    access: read,
    scope: 'nothing',
    delivery: 'latest',
    payload: z.object({ revision: z.int() }),
  }),
  /** A level of a promise was reached. */
  'tickets.notice': event({
    access: read,
    scope: ofTicket,
    delivery: 'all',
    payload: z.object({
      ticketId: uuid,
      number: z.string(),
      priority: ticketPriority,
      metric: slaMetric,
      level: z.int(),
      dueAt: instant,
      /** Null: nobody's, so everybody's. */
      ownerId: uuid.nullable(),
      at: z.number(),
    }),
  }),
}
