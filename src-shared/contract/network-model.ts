import { z } from 'zod'
import { causeClasses, downCauses, onuStates } from '../domain/onu-state.ts'
import { signalClasses } from '../domain/optics.ts'
import { instant, onuAddress, problem, uuid } from './common.ts'
import { shownSnmpAccess } from './snmp-access.ts'

/** Shapes of the network capability that several of its procedures share. */

/** A device's own text: hostile, shown as text only. */
export const deviceText = z.string().max(255).nullable()

/** dBm, °C, V, mA, m …: null means "no value", never 0. */
export const reading = z.number().nullable()

/** The four groups that are read together, each with its own interval. */
export const readingGroups = ['status', 'optics', 'counters', 'identity'] as const
export type ReadingGroup = (typeof readingGroups)[number]

export const opticClass = z.enum(['B+', 'C+'])

/** Seconds. Defaults: status 60, counters 300, optics 3600 (facts/performance.md 1.2). */
export const pollIntervals = z.strictObject({
  statusS: z.int().min(15).max(86_400).default(60),
  countersS: z.int().min(60).max(86_400).default(300),
  opticsS: z.int().min(300).max(604_800).default(3600),
})

export type PollIntervals = z.output<typeof pollIntervals>

/** How many ONUs are in each state; `total` is the sum of the states. */
export const onuCounts = z.object({
  total: z.int(),
  online: z.int(),
  offlinePower: z.int(),
  offlineOptical: z.int(),
  /** Offline for another cause or for one that the OLT does not say. */
  offlineOther: z.int(),
  disabled: z.int(),
  starting: z.int(),
  authFailed: z.int(),
  unknown: z.int(),
  /** Of the ONUs online, by their worst receive direction against the optic class. */
  signalWarning: z.int(),
  signalCritical: z.int(),
  signalTooStrong: z.int(),
  unconfigured: z.int(),
})

export type OnuCounts = z.output<typeof onuCounts>

/**
 * Whether every ONU is asked for its light in turn: as the family says (some OLTs suffer from it),
 * always, or only when somebody asks.
 */
export const opticsPolling = z.enum(['family', 'on', 'off'])
export type OpticsPolling = z.output<typeof opticsPolling>

/** While it lasts an OLT is asked nothing by itself; `until` null: until someone ends it. */
export const quiet = z.object({ since: z.number(), until: instant })

export const reachability = z.enum([
  /** Never asked yet. */
  'never',
  'reachable',
  /** No answer: its ONUs are unknown. */
  'unreachable',
  /** Answers, but no profile fits: only the generic view. */
  'unrecognised',
])

export const ages = z.object({
  status: instant,
  optics: instant,
  counters: instant,
  identity: instant,
})

export const oltRow = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  host: z.string(),
  port: z.int(),
  ...shownSnmpAccess,
  simulated: z.boolean(),
  note: z.string().nullable(),
  opticClass,
  intervals: pollIntervals,
  opticsPolling,
  /** What that comes to for this family. */
  opticsPolled: z.boolean(),
  quiet: quiet.nullable(),
  familyId: z.string().nullable(),
  familyLabel: z.string().nullable(),
  /** Why this family: "sysObjectID … → ZTE C320 V2.1". */
  recognisedBy: z.string().nullable(),
  sysName: deviceText,
  sysDescr: deviceText,
  sysObjectId: z.string().nullable(),
  uptimeS: reading,
  reachability,
  /** Since when the reachability is as it is. */
  since: instant,
  lastAnswerAt: instant,
  /** Round trip of the last answer, ms. */
  answerMs: reading,
  ages,
  counts: onuCounts,
  /** The walk that runs now. */
  polling: z
    .object({
      group: z.enum([...readingGroups, 'chassis']),
      done: z.int(),
      total: z.int().nullable(),
    })
    .nullable(),
  nextPollAt: instant,
  problem: problem.extend({ at: instant }).nullable(),
  /** Share of the last 60 status cycles that were answered, 0..1, oldest first, NaN-free. */
  answered: z.array(z.number()).max(60),
})

export type OltRow = z.output<typeof oltRow>

export const board = z.object({
  slot: z.int(),
  shelf: z.int(),
  name: deviceText,
  state: z.enum(['in-service', 'out-of-service', 'empty', 'unknown']),
  cpuPercent: reading,
  memoryPercent: reading,
  temperatureC: reading,
})

export type OltBoard = z.output<typeof board>

export const ponPort = z.object({
  shelf: z.int(),
  slot: z.int(),
  port: z.int(),
  /** ifName as the device gives it. */
  name: deviceText,
  description: deviceText,
  state: z.enum(['up', 'down', 'unknown']),
  capacity: z.int().nullable(),
  counts: onuCounts,
  averageOnuRxDbm: reading,
  worstOnuRxDbm: reading,
  averageOltRxDbm: reading,
  worstOltRxDbm: reading,
  txDbm: reading,
  temperatureC: reading,
  voltageV: reading,
  biasMa: reading,
})

export type PonPort = z.output<typeof ponPort>

export const signal = z.enum(signalClasses)

export const onuRow = z.object({
  /** Position in live state: stands for the ONU as long as the engine runs. */
  row: z.int(),
  oltId: uuid,
  oltName: z.string(),
  address: onuAddress,
  serial: deviceText,
  name: deviceText,
  description: deviceText,
  model: deviceText,
  firmware: deviceText,
  state: z.enum(onuStates),
  causeClass: z.enum(causeClasses),
  cause: z.enum(downCauses),
  /** When the state was first seen as it is now. */
  stateSince: instant,
  lastDownAt: instant,
  onuRxDbm: reading,
  oltRxDbm: reading,
  onuTxDbm: reading,
  /** Worst of both receive directions. */
  signal,
  /** dB to the limit of the worse direction; negative: below it. */
  marginDb: reading,
  distanceM: reading,
  temperatureC: reading,
  voltageV: reading,
  biasMa: reading,
  /** kbit/s over the last two counter readings. */
  upKbps: reading,
  downKbps: reading,
  statusAt: instant,
  opticsAt: instant,
  countersAt: instant,
  /** The same serial number stands on another PON too. */
  duplicateSerial: z.boolean(),
})

export type OnuRow = z.output<typeof onuRow>

export const onuSortColumns = [
  'address',
  'olt',
  'serial',
  'name',
  'description',
  'model',
  'firmware',
  'state',
  'stateSince',
  'onuRxDbm',
  'oltRxDbm',
  'marginDb',
  'distanceM',
  'temperatureC',
  'upKbps',
  'downKbps',
  'lastDownAt',
] as const

export type OnuSortColumn = (typeof onuSortColumns)[number]

/** The dashboard's counters are these filters. */
export const onuStateFilters = [
  'online',
  'offline-power',
  'offline-optical',
  'offline-other',
  'disabled',
  'starting',
  'auth-failed',
  'unknown',
] as const

export const onuFilter = z.strictObject({
  oltIds: z.array(uuid).max(512).default([]),
  /** With exactly one OLT: one PON port of it. */
  pon: z.strictObject({ shelf: z.int(), slot: z.int(), port: z.int() }).nullable().default(null),
  states: z.array(z.enum(onuStateFilters)).default([]),
  signals: z.array(signal).default([]),
  duplicateSerial: z.boolean().default(false),
  /** Every word must occur in serial, name, description, model, firmware or address. */
  search: z.string().max(200).default(''),
})

export type OnuFilter = z.output<typeof onuFilter>

export const onuSort = z.strictObject({
  column: z.enum(onuSortColumns).default('address'),
  descending: z.boolean().default(false),
})

export type OnuSort = z.output<typeof onuSort>

export const unconfiguredOnu = z.object({
  oltId: uuid,
  oltName: z.string(),
  shelf: z.int().nullable(),
  slot: z.int().nullable(),
  port: z.int().nullable(),
  serial: deviceText,
  model: deviceText,
  firmware: deviceText,
  firstSeenAt: instant,
  seenAt: instant,
})

export type UnconfiguredOnu = z.output<typeof unconfiguredOnu>

/** What "test" found out about a host before it is saved. */
export const probeResult = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('recognised'),
    familyId: z.string(),
    familyLabel: z.string(),
    reason: z.string(),
    sysName: deviceText,
    sysDescr: deviceText,
    sysObjectId: z.string().nullable(),
    uptimeS: reading,
    answerMs: reading,
    onus: z.int(),
    ponPorts: z.array(z.object({ name: z.string(), onus: z.int() })),
    /** Columns that this firmware does not offer. */
    notOffered: z.array(z.string()),
    /** An OLT with this name or address is known already. */
    known: z.object({ id: uuid, name: z.string() }).nullable(),
  }),
  z.object({
    kind: z.literal('unknown-family'),
    sysName: deviceText,
    sysDescr: deviceText,
    sysObjectId: z.string().nullable(),
    interfaces: z.int(),
    ponInterfaces: z.int(),
    answerMs: reading,
  }),
  z.object({
    kind: z.literal('not-an-olt'),
    sysName: deviceText,
    sysDescr: deviceText,
    sysObjectId: z.string().nullable(),
  }),
  z.object({ kind: z.literal('failed'), problem }),
])

export type ProbeResult = z.output<typeof probeResult>
