import { z } from 'zod'
import { ticketPriorities, ticketStates } from '../domain/ticket-state.ts'
import { instant, line, uuid } from './common.ts'

/** Shapes of tickets that several procedures share (docs/tickets.md). */

export const ticketsAccess = {
  read: 'tickets.ticket.read',
  work: 'tickets.ticket.work',
  /** Gives it to somebody else, and lets others watch it. */
  assign: 'tickets.ticket.assign',
  report: 'tickets.report.read',
  manage: 'tickets.settings.manage',
} as const

export const ticketState = z.enum(ticketStates)
export const ticketPriority = z.enum(ticketPriorities)

/** How something was said to or by the customer. */
export const ticketChannel = z.enum([
  'call',
  'whatsapp',
  'sms',
  'email',
  'visit',
  'counter',
  'other',
])

export const ticketSources = ['person', 'alarm', 'outage', 'follow-up'] as const
export const ticketLinkKinds = ['child', 'related', 'duplicate', 'follow-up'] as const
export const slaMetric = z.enum(['first-response', 'update', 'solution'])

export const ticketTag = line(40)
export const ticketBody = z.string().trim().min(1).max(20_000)

const named = z.object({ id: uuid, name: z.string() })

export const ticketRow = z.object({
  id: uuid,
  version: z.int(),
  number: z.string(),
  subject: z.string(),
  state: ticketState,
  stateSince: z.number(),
  pendingUntil: instant,
  priority: ticketPriority,
  affected: z.int().nullable(),
  queue: named.nullable(),
  owner: named.nullable(),
  subscriber: named.extend({ code: z.string() }).nullable(),
  source: z.enum(ticketSources),
  createdAt: z.number(),
  updatedAt: z.number(),
  answeredAt: instant,
  solvedAt: instant,
  reopened: z.int(),
  /** Of what was promised and runs: the first that is due, and the first warning. */
  dueAt: instant,
  warnAt: instant,
  /** Which promise is the one that is due first; null: none runs. */
  dueMetric: slaMetric.nullable(),
})

export type TicketRow = z.output<typeof ticketRow>

/** Everything that is said must hold. */
export const ticketFilter = z.strictObject({
  /** Words of the subject, number or tags, or of the subscriber: each from its beginning. */
  search: z.string().max(200).default(''),
  states: z.array(ticketState).max(8).default([]),
  priorities: z.array(ticketPriority).max(4).default([]),
  queue: z
    .union([uuid, z.literal('none')])
    .nullable()
    .default(null),
  owner: z
    .union([uuid, z.literal('none'), z.literal('me')])
    .nullable()
    .default(null),
  subscriberId: uuid.nullable().default(null),
  tag: ticketTag.nullable().default(null),
  /** Those that I watch. */
  watching: z.boolean().default(false),
  /** Three quarters of a promise are gone, or all of it; of those whose clock runs. */
  sla: z.enum(['warned', 'breached']).nullable().default(null),
})

export type TicketFilter = z.output<typeof ticketFilter>

export const ticketSorts = [
  'number',
  'priority',
  'state',
  'createdAt',
  'updatedAt',
  'dueAt',
] as const

export const ticketClock = z.object({
  metric: slaMetric,
  state: z.enum(['off', 'running', 'held', 'met']),
  round: z.int(),
  targetMs: z.number().nullable(),
  usedMs: z.number(),
  dueAt: instant,
  metAt: instant,
  /** 0: three quarters are gone; 1: missed; from 2 on: escalations. Of one that runs also ahead. */
  levels: z.array(z.object({ level: z.int(), at: z.number() })),
})

const light = z.number().nullable()

/** The network as it stood when the ticket was opened. */
export const ticketSnapshot = z.object({
  at: z.number(),
  kind: z.enum(['alarm', 'outage']),
  /** The type of the alarm, or the verdict on the outage. */
  what: z.string(),
  severity: z.string(),
  since: z.number(),
  oltNames: z.array(z.string()),
  /** Of one ONU: its place, light and state. */
  onu: z
    .object({
      oltName: z.string(),
      address: z.string(),
      serial: z.string().nullable(),
      state: z.string(),
      cause: z.string(),
      stateSince: instant,
      onuRxDbm: light,
      oltRxDbm: light,
      distanceM: light,
      readAt: instant,
      /** Against its own median of thirty days; negative is better. */
      dropDb: light,
      /** What the console makes of it: a verdict of outages. */
      verdict: z.string().nullable(),
    })
    .nullable(),
  /** On the same PON port. */
  siblings: z
    .object({
      total: z.int(),
      down: z.int(),
      medianRxDbm: light,
    })
    .nullable(),
  /** What was changed there last by the console. */
  lastChange: z.object({ at: z.number(), what: z.string(), by: z.string().nullable() }).nullable(),
  affectedOnus: z.int(),
  affectedSubscribers: z.int().nullable(),
})

export type TicketSnapshot = z.output<typeof ticketSnapshot>

export const ticketBrief = z.object({
  id: uuid,
  number: z.string(),
  subject: z.string(),
  state: ticketState,
})

export const ticketRecord = z.object({
  ticket: ticketRow,
  /** The alarm or outage it came from, where that is reached; null: neither. */
  sourceId: uuid.nullable(),
  serviceId: uuid.nullable(),
  tags: z.array(z.string()),
  watchers: z.array(named),
  /** Where it went, and what came into it. */
  mergedInto: ticketBrief.nullable(),
  merged: z.array(ticketBrief),
  /** `from`: the kind reads from this one to the other (it is a child of it); else the other way. */
  links: z.array(
    z.object({ kind: z.enum(ticketLinkKinds), from: z.boolean(), ticket: ticketBrief }),
  ),
  clocks: z.array(ticketClock),
  /** What is promised, and by which calendar it is counted; null: nothing is. */
  promise: z
    .object({ slaId: uuid, name: z.string(), calendar: z.string(), timeZone: z.string() })
    .nullable(),
  files: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      mediaType: z.string(),
      bytes: z.int(),
      by: z.string().nullable(),
      addedAt: z.number(),
    }),
  ),
  snapshot: ticketSnapshot.nullable(),
  /** What the customer was told last, and when; null: nothing yet. */
  told: z
    .object({
      at: z.number(),
      channel: ticketChannel,
      body: z.string(),
      by: z.string().nullable(),
    })
    .nullable(),
  satisfaction: z
    .object({
      askedAt: z.number(),
      channel: ticketChannel,
      score: z.int().nullable(),
      words: z.string(),
      answeredAt: instant,
    })
    .nullable(),
  /** Where it may go from here. */
  next: z.array(ticketState),
})

export const ticketEvent = z.object({
  seq: z.int(),
  at: z.number(),
  kind: z.string(),
  by: z.string().nullable(),
  /** Of one that was merged into this: its own number. */
  number: z.string(),
  message: z
    .object({
      kind: z.enum(['reply', 'note', 'customer']),
      channel: ticketChannel.nullable(),
      body: z.string(),
    })
    .nullable(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

const minuteOfDay = z.int().min(0).max(1440)
/** Working minutes: up to a year of days and nights. */
const promised = z.int().min(1).max(527_040).nullable()

export const calendarFields = {
  name: line(60),
  timeZone: z.string().max(60),
  /** Monday first. */
  week: z
    .array(z.array(z.strictObject({ fromMinute: minuteOfDay, toMinute: minuteOfDay })).max(6))
    .length(7),
  holidays: z
    .array(
      z.strictObject({
        /** A day, or `MM-DD` for each year. */
        on: z.string().regex(/^(\d{4}-)?\d{2}-\d{2}$/u),
        name: z.string().trim().max(60).default(''),
      }),
    )
    .max(500),
} as const

export const slaFields = {
  name: line(60),
  active: z.boolean(),
  /** The first that fits counts. */
  position: z.int().min(0).max(1000),
  calendarId: uuid,
  firstResponseMin: promised,
  updateMin: promised,
  solutionMin: promised,
  /** Working minutes after a target was missed; ascending. */
  escalateAfterMin: z.array(z.int().min(1).max(527_040)).max(5),
  /** Empty: all. */
  priorities: z.array(ticketPriority).max(4),
  queues: z.array(uuid).max(100),
} as const

export const settingsFields = {
  prefix: z
    .string()
    .trim()
    .max(12)
    .regex(/^[A-Z0-9][A-Z0-9-]*$/u),
  closeAfterDays: z.int().min(1).max(365),
  /** From so many subscribers on; each more than the next. */
  p1From: z.int().min(1).max(10_000_000),
  p2From: z.int().min(1).max(10_000_000),
  p3From: z.int().min(1).max(10_000_000),
} as const

const saved = { id: uuid, version: z.int() } as const

export const ticketSetup = z.object({
  settings: z.object({ version: z.int(), ...settingsFields }),
  queues: z.array(z.object({ ...saved, name: z.string(), active: z.boolean(), position: z.int() })),
  calendars: z.array(z.object({ ...saved, ...calendarFields })),
  slas: z.array(z.object({ ...saved, ...slaFields })),
  templates: z.array(
    z.object({ ...saved, name: z.string(), bodyEn: z.string(), bodyId: z.string() }),
  ),
})

export const ticketView = z.strictObject({
  filter: ticketFilter,
  sort: z.enum(ticketSorts),
  descending: z.boolean(),
})
