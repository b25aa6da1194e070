import { z } from 'zod'
import { alarmTypes } from '../domain/alarm-rules.ts'
import { severities } from '../domain/severity.ts'
import { errorParams, instant, line, onuAddress, uuid } from './common.ts'
import { ponAddress } from './history.ts'

/** Shapes of the alarms capability that several of its procedures share (RFC 8632, X.733). */

export const severity = z.enum(severities)
export const alarmType = z.enum(alarmTypes)

export const bySeverityShape = z.object({
  critical: z.int(),
  major: z.int(),
  minor: z.int(),
  warning: z.int(),
  indeterminate: z.int(),
})

export const alarmResource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('console') }),
  z.strictObject({ kind: z.literal('olt'), oltId: uuid }),
  z.strictObject({ kind: z.literal('board'), oltId: uuid, shelf: z.int(), slot: z.int() }),
  z.strictObject({ kind: z.literal('pon'), oltId: uuid, pon: ponAddress }),
  z.strictObject({ kind: z.literal('onu'), oltId: uuid, address: onuAddress }),
])

export type AlarmResource = z.output<typeof alarmResource>

/** Why the network's own word is not told: by logic, never by a person (that is a shelf). */
export const suppressionReasons = ['parent', 'maintenance', 'flapping'] as const

/** open: raised, or cleared and not yet acknowledged; neither shelved nor suppressed. */
export const alarmLists = ['open', 'shelved', 'suppressed', 'history'] as const

const person = z.object({ accountId: uuid.nullable(), name: z.string() })

export const alarmRow = z.object({
  id: uuid,
  version: z.int(),
  resource: alarmResource,
  /** Identity is resource, type and qualifier ("onu-rx", "olt-rx", a fan's name …). */
  type: alarmType,
  qualifier: z.string(),
  severity,
  /** Against the severity before. */
  trend: z.enum(['more', 'less', 'same']),
  oltName: z.string().nullable(),
  /** Of an ONU: its serial and name as they are known now. */
  serial: z.string().nullable(),
  name: z.string().nullable(),
  /** What was measured, for the text of the type: plain values (`valueDbm`, `limitDbm` …). */
  params: errorParams,
  raisedAt: z.number(),
  changedAt: z.number(),
  clearedAt: instant,
  /** Times it was raised within this row. */
  count: z.int(),
  affectedOnus: z.int(),
  /** Null as long as no subscriber is linked to an ONU. */
  affectedSubscribers: z.int().nullable(),
  outageId: uuid.nullable(),
  suppressed: z
    .object({ reason: z.enum(suppressionReasons), by: z.string(), since: z.number() })
    .nullable(),
  acknowledged: z
    .object({ by: person, at: z.number(), until: instant, untilWorse: z.boolean() })
    .nullable(),
  shelved: z
    .object({ by: person, at: z.number(), until: z.number(), reason: z.string() })
    .nullable(),
  assignee: person.nullable(),
  ticket: z.string().nullable(),
  notes: z.int(),
  /** Steps of escalation taken because nobody acknowledged. */
  escalation: z.int(),
  important: z.boolean(),
})

export type AlarmRow = z.output<typeof alarmRow>

export const alarmFilter = z.strictObject({
  list: z.enum(alarmLists).default('open'),
  severities: z.array(severity).default([]),
  types: z.array(alarmType).default([]),
  oltIds: z.array(uuid).max(512).default([]),
  /** Null: either. */
  acknowledged: z.boolean().nullable().default(null),
  /** Open, and cleared by the network already; null: either. */
  cleared: z.boolean().nullable().default(null),
  assignedToMe: z.boolean().default(false),
  outageId: uuid.nullable().default(null),
  /** Of this resource and what lies below it. */
  resource: alarmResource.nullable().default(null),
  /** Raised within; wall ms. */
  from: instant.default(null),
  to: instant.default(null),
  /** Every word in the resource's name, serial, ONU name, note or ticket. */
  search: z.string().max(200).default(''),
})

export type AlarmFilter = z.output<typeof alarmFilter>

export const alarmSortColumns = [
  'severity',
  'raisedAt',
  'changedAt',
  'clearedAt',
  'type',
  'resource',
  'count',
  'affectedOnus',
  'acknowledged',
  'assignee',
] as const

export const alarmSort = z.strictObject({
  column: z.enum(alarmSortColumns).default('severity'),
  descending: z.boolean().default(false),
})

export type AlarmSort = z.output<typeof alarmSort>

/** Which alarms an act is for: named ones, or all that a filter finds (and no more than were shown). */
export const whichAlarms = z.union([
  z.strictObject({ ids: z.array(uuid).min(1).max(2000) }),
  z.strictObject({ filter: alarmFilter, expected: z.int() }),
])

export const alarmRule = z.strictObject({
  enabled: z.boolean(),
  severity,
  raiseAfterS: z.int().min(0).max(86_400),
  clearAfterS: z.int().min(0).max(604_800),
  importantOnly: z.boolean(),
  /** Empty: every OLT. */
  oltIds: z.array(uuid).max(512),
  limits: z.record(z.string().max(40), z.number()),
})

export type AlarmRule = z.output<typeof alarmRule>

/** How noise is kept down and who is told when nobody comes. */
export const alarmSettings = z.strictObject({
  /** An outage gathers ONUs for so long before it is told of, s. */
  groupingS: z.int().min(0).max(300),
  /** Minutes unacknowledged until each step; empty: no escalation. */
  escalateAfterMinutes: z.array(z.int().min(1).max(1440)).max(5),
  escalateFrom: severity,
  /** Cleared and acknowledged alarms are kept so long, days. */
  keepDays: z.int().min(7).max(3660),
})

export type AlarmSettings = z.output<typeof alarmSettings>

/**
 * What is told of the scope while the window lasts. `skip`: nothing is raised; `mute`: raised and
 * shown as suppressed; `mark`: raised and told as ever, with a mark.
 */
export const maintenanceBehaviours = ['skip', 'mute', 'mark'] as const

export const maintenanceScope = z.strictObject({
  oltIds: z.array(uuid).max(512).default([]),
  pons: z
    .array(z.strictObject({ oltId: uuid, pon: ponAddress }))
    .max(2000)
    .default([]),
  /** Nodes of the outside plant, with all below them. */
  nodeIds: z.array(uuid).max(500).default([]),
  onus: z
    .array(z.strictObject({ oltId: uuid, address: onuAddress }))
    .max(2000)
    .default([]),
})

export const maintenancePlan = z.strictObject({
  title: line(120),
  reason: z.string().trim().max(2000).default(''),
  scope: maintenanceScope,
  behaviour: z.enum(maintenanceBehaviours),
  startsAt: z.int(),
  endsAt: z.int(),
  /** Again at the same local time. */
  repeats: z.enum(['never', 'daily', 'weekly', 'monthly']).default('never'),
  repeatsUntil: z.int().nullable().default(null),
  timeZone: z.string().max(64),
})

export type MaintenancePlan = z.output<typeof maintenancePlan>

export const maintenanceRow = maintenancePlan.extend({
  id: uuid,
  version: z.int(),
  state: z.enum(['planned', 'active', 'ended', 'cancelled']),
  /** Of the run that is on or comes next. */
  nextStartsAt: instant,
  nextEndsAt: instant,
  owner: person,
  /** ONUs in scope now, and how many of them are down. */
  onus: z.int(),
  down: z.int(),
  /** Ended with ONUs down, and nobody has answered "still down: alarm?" yet. */
  asks: z.object({ endedAt: z.number(), stillDown: z.int() }).nullable(),
})

export type MaintenanceRow = z.output<typeof maintenanceRow>
