import { z } from 'zod'
import { done, instant, line, nothing, onuAddress, problem, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import {
  board,
  deviceText,
  oltRow,
  onuCounts,
  onuFilter,
  onuRow,
  onuSort,
  opticClass,
  opticsPolling,
  pollIntervals,
  ponPort,
  probeResult,
  reading,
  readingGroups,
  unconfiguredOnu,
} from './network-model.ts'
import {
  changedSnmpAccess,
  checkChangedSnmpAccess,
  checkNewSnmpAccess,
  newSnmpAccess,
  snmpAlgorithms,
  snmpSecrets,
} from './snmp-access.ts'
import { ofOlt, ofOnu } from './scope-rules.ts'

/** Operating the network: OLTs, their PON ports and ONUs, live. */

const read = 'network.onu.read'
const readOlt = 'network.olt.read'
const manageOlt = 'network.olt.manage'

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9_.:-]+$/, 'host')

const connection = {
  host,
  port: z.int().min(1).max(65_535).default(161),
  ...newSnmpAccess,
}

/** A past moment, wall ms: everything as it was known then. Left out or null: now. Errors: `before-history`. */
const asOf = z.number().nullable().optional()

const float64 = z.instanceof(Float64Array)
const uint8 = z.instanceof(Uint8Array)
const int32 = z.instanceof(Int32Array)

export const networkQueries = {
  'network.summary': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ oltIds: z.array(uuid).max(512).default([]), asOf }),
    output: z.object({
      counts: onuCounts,
      olts: z.object({
        total: z.int(),
        reachable: z.int(),
        unreachable: z.int(),
        never: z.int(),
        unrecognised: z.int(),
      }),
      /**
       * When the oldest status was read among the OLTs that answer and are not quiet; null: there is
       * none. Quiet ones (`oltRow.quiet`) are not meant to be read, and say so themselves.
       */
      oldestStatusAt: instant,
      duplicateSerials: z.int(),
      at: z.number(),
    }),
  }),
  /** Counts per state over time, one point per minute since the engine began to read; columnar. */
  'network.stateHistory': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ oltIds: z.array(uuid).max(512).default([]) }),
    output: z.object({
      at: float64,
      online: float64,
      offlinePower: float64,
      offlineOptical: float64,
      offlineOther: float64,
      unknown: float64,
      disabled: float64,
    }),
  }),
  'network.olts': query({
    access: readOlt,
    scope: 'narrowed',
    input: z.strictObject({ asOf }),
    output: z.object({ olts: z.array(oltRow) }),
  }),
  'network.olt': query({
    access: readOlt,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, asOf }),
    output: z.object({
      olt: oltRow,
      boards: z.array(board),
      boardsAt: instant,
      ponPorts: z.array(ponPort),
      ponPortsAt: instant,
      /** Fields of the ONU table that this OLT's firmware does not offer. */
      notOffered: z.array(z.string()),
      /** Fields whose meaning is not proved for this family. */
      unproven: z.array(z.string()),
      boardsNotOffered: z.array(z.string()),
      boardsUnproven: z.array(z.string()),
      ponPortsNotOffered: z.array(z.string()),
      ponPortsUnproven: z.array(z.string()),
      /** Rows the OLT sent that could not be read: counted, with samples. */
      readingProblems: z.array(z.object({ text: z.string(), count: z.int() })),
    }),
  }),
  /** One cell per ONU of an OLT, ordered by address: what the heat strip draws; columnar. */
  'network.oltStrip': query({
    access: read,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, asOf }),
    output: z.object({
      rows: int32,
      /** Packed addresses (domain/onu-address.ts). */
      addresses: int32,
      /** Positions in `onuStates`. */
      states: uint8,
      /** Positions in `signalClasses`. */
      signals: uint8,
      /** Margin in dB to the limit of the worse direction; NaN: no value. */
      marginsDb: float64,
      /** Positions in `causeClasses`. */
      causes: uint8,
      /** dBm and m; NaN: no value. */
      onuRxDbm: float64,
      oltRxDbm: float64,
      distancesM: float64,
    }),
  }),
  /** Interfaces of an OLT of no known family (IF-MIB). */
  'network.oltInterfaces': query({
    access: readOlt,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, taskId }),
    output: z.object({
      interfaces: z.array(
        z.object({
          index: z.int(),
          name: deviceText,
          description: deviceText,
          type: z.int().nullable(),
          state: z.enum(['up', 'down', 'unknown']),
        }),
      ),
      at: instant,
    }),
  }),
  'network.families': query({
    access: readOlt,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      families: z.array(
        z.object({ id: z.string(), label: z.string(), models: z.array(z.string()) }),
      ),
    }),
  }),
  /** Asks a host what it is, and counts its ONUs. Nothing is saved. May take minutes. */
  'network.probe': query({
    access: manageOlt,
    input: z.strictObject({ taskId, ...connection }).superRefine(checkNewSnmpAccess),
    output: probeResult,
  }),
  /** Which algorithms of SNMPv3 this build computes, by its start-up self test. */
  'network.snmpAlgorithms': query({
    access: readOlt,
    scope: 'nothing',
    input: nothing,
    output: snmpAlgorithms,
  }),
  'network.unconfigured': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({ onus: z.array(unconfiguredOnu) }),
  }),
  'network.worstSignals': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ limit: z.int().min(1).max(200).default(20), asOf }),
    output: z.object({ onus: z.array(onuRow) }),
  }),
  /**
   * Opens (or changes) a view on the ONU table. The order is fixed at this moment and keeps still
   * while values move; `network.viewChanged` tells when a new order would look different.
   */
  'network.openView': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      viewId: uuid,
      filter: onuFilter,
      sort: onuSort,
      asOf,
      /** The rows wanted at once. */
      offset: z.int().min(0).default(0),
      limit: z.int().min(0).max(500).default(100),
    }),
    output: z.object({
      total: z.int(),
      ofTotal: z.int(),
      offset: z.int(),
      onus: z.array(onuRow),
      at: z.number(),
    }),
  }),
  'network.viewPage': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      viewId: uuid,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({ total: z.int(), offset: z.int(), onus: z.array(onuRow) }),
  }),
  'network.closeView': query({
    access: read,
    scope: 'nothing',
    input: z.strictObject({ viewId: uuid }),
    output: done,
  }),
  /**
   * Makes a past moment ready (the others do it too, without telling how far it is). Progress by
   * `taskId`; errors: `before-history`, `history-unavailable`, `cancelled`.
   */
  'network.prepareAsOf': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ taskId, asOf: z.number() }),
    output: z.object({
      asOf: z.number(),
      onus: z.int(),
      /** ONUs of which the history knew nothing yet. */
      unknown: z.int(),
    }),
  }),
  'network.onu': query({
    access: read,
    scope: ofOnu,
    input: z.strictObject({ oltId: uuid, address: onuAddress, asOf }),
    output: z.object({
      onu: onuRow,
      limits: z.object({
        opticClass,
        certainty: z.enum(['sourced', 'unproven']),
        onuRxMinDbm: z.number(),
        onuRxMaxDbm: z.number(),
        oltRxMinDbm: z.number(),
        oltRxMaxDbm: z.number(),
      }),
      pon: z.object({
        name: deviceText,
        total: z.int(),
        online: z.int(),
        averageOnuRxDbm: reading,
      }),
      /** Other places with the same serial number. */
      duplicates: z.array(z.object({ oltId: uuid, oltName: z.string(), address: onuAddress })),
      upBytes: reading,
      downBytes: reading,
      identityAt: instant,
      /** False: the light of ONUs of this OLT is read only when somebody asks. */
      opticsPolled: z.boolean(),
      notOffered: z.array(z.string()),
      unproven: z.array(z.string()),
    }),
  }),
}

export const networkCommands = {
  'network.addOlt': command({
    access: manageOlt,
    input: z
      .strictObject({
        name: line(80),
        ...connection,
        opticClass: opticClass.default('B+'),
        intervals: pollIntervals.prefault({}),
        opticsPolling: opticsPolling.default('family'),
        note: z.string().max(2000).nullable().default(null),
      })
      .superRefine(checkNewSnmpAccess),
    secrets: snmpSecrets,
    output: z.object({ oltId: uuid }),
  }),
  'network.updateOlt': command({
    access: manageOlt,
    scope: ofOlt,
    input: z
      .strictObject({
        oltId: uuid,
        /** The version that was edited: another one means someone else changed it meanwhile. */
        baseVersion: z.int(),
        name: line(80).optional(),
        host: host.optional(),
        port: z.int().min(1).max(65_535).optional(),
        ...changedSnmpAccess,
        opticClass: opticClass.optional(),
        intervals: pollIntervals.optional(),
        opticsPolling: opticsPolling.optional(),
        note: z.string().max(2000).nullable().optional(),
      })
      .superRefine(checkChangedSnmpAccess),
    secrets: snmpSecrets,
    output: z.object({ version: z.int() }),
  }),
  'network.removeOlt': command({
    access: manageOlt,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, baseVersion: z.int() }),
    output: z.object({ version: z.int() }),
  }),
  /** Undo of `removeOlt`. */
  'network.restoreOlt': command({
    access: manageOlt,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, baseVersion: z.int() }),
    output: z.object({ version: z.int() }),
  }),
  /** Reads now instead of at the next turn; still one walk per OLT. */
  'network.pollNow': command({
    access: readOlt,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, group: z.enum(readingGroups) }),
    output: done,
  }),
}

export const networkEvents = {
  /** Something in the network's live state moved. At most 4 a second. */
  'network.changed': event({
    access: read,
    scope: 'narrowed',
    delivery: 'latest',
    payload: z.object({
      at: z.number(),
      counts: onuCounts,
      /** As in `network.summary`. */
      oldestStatusAt: instant,
      oltsReachable: z.int(),
      oltsTotal: z.int(),
      /** Goes up when an OLT's row (reachability, ages, polling …) changed. */
      oltsRevision: z.int(),
    }),
  }),
  /** The rows of an open view's visible page that changed since the last one. */
  'network.viewChanged': event({
    access: read,
    scope: 'narrowed',
    delivery: 'latest',
    payload: z.object({
      viewId: uuid,
      onus: z.array(onuRow),
      /** A new order or membership would look different: offer to refresh. */
      outdated: z.boolean(),
    }),
  }),
  'network.oltProblem': event({
    access: readOlt,
    scope: ofOlt,
    delivery: 'all',
    payload: z.object({
      oltId: uuid,
      oltName: z.string(),
      problem: problem.nullable(),
      at: z.number(),
    }),
  }),
}
