import { z } from 'zod'
import { alarmTypes } from '../domain/alarm-rules.ts'
import {
  alarmFilter,
  alarmResource,
  alarmRow,
  alarmRule,
  alarmSettings,
  alarmSort,
  alarmType,
  bySeverityShape,
  maintenancePlan,
  maintenanceRow,
  severity,
  whichAlarms,
} from './alarms-model.ts'
import { done, errorParams, instant, line, nothing, onuAddress, taskId, uuid } from './common.ts'
import { command, query } from './define.ts'
import { ponAddress } from './history.ts'
import { deviceText } from './network-model.ts'
import { ofAlarms, ofId, ofChangedMaintenance, ofMaintenance, ofOnus } from './scope-rules.ts'

/** What is wrong in the network, and what people do about it. */

const read = 'alarms.alarm.read'
const act = 'alarms.alarm.act'
const manageRules = 'alarms.rule.manage'
const manageMaintenance = 'alarms.maintenance.manage'

const note = z.string().trim().min(1).max(2000)

const acted = z.object({ acted: z.int() })

export const alarmsSummary = z.object({
  /** Raised, not shelved, not suppressed. */
  active: bySeverityShape,
  unacknowledged: bySeverityShape,
  /** Cleared by the network and not yet acknowledged. */
  cleared: z.int(),
  shelved: z.int(),
  suppressed: z.int(),
  maintenance: z.int(),
  /** Goes up with every change of the book. */
  revision: z.int(),
  at: z.number(),
})

export type AlarmsSummary = z.output<typeof alarmsSummary>

export const alarmsQueries = {
  'alarms.summary': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: alarmsSummary,
  }),
  'alarms.list': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      filter: alarmFilter.prefault({}),
      sort: alarmSort.prefault({}),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(200),
    }),
    output: z.object({
      alarms: z.array(alarmRow),
      total: z.int(),
      revision: z.int(),
      at: z.number(),
    }),
  }),
  /** Those of the ids that still exist, as they are now: keeps an open list live in its order. */
  'alarms.rows': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ ids: z.array(uuid).max(500) }),
    output: z.object({ alarms: z.array(alarmRow), revision: z.int() }),
  }),
  'alarms.alarm': query({
    access: read,
    scope: ofId('alarm'),
    input: z.strictObject({ id: uuid }),
    output: z.object({
      alarm: alarmRow,
      /** What the network and people did with it, the latest first. */
      timeline: z.array(
        z.object({
          at: z.number(),
          kind: z.enum([
            'raised',
            'repeated',
            'severity',
            'cleared',
            'suppressed',
            'released',
            'acknowledged',
            'unacknowledged',
            'noted',
            'shelved',
            'unshelved',
            'assigned',
            'ticket',
            'escalated',
            'closed',
          ]),
          /** Null: the console itself. */
          by: z.string().nullable(),
          text: z.string().nullable(),
          severity: severity.nullable(),
          params: errorParams,
        }),
      ),
    }),
  }),
  /** How much there is to bear: EEMUA 191 asks for under one in ten minutes, more than ten is a flood. */
  'alarms.load': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ hours: z.int().min(1).max(168).default(24) }),
    output: z.object({
      /** Alarms told (neither shelved nor suppressed) in each ten minutes, the oldest first. */
      at: z.instanceof(Float64Array),
      told: z.instanceof(Float64Array),
      perTenMinutes: z.number(),
      lastTenMinutes: z.int(),
      flood: z.boolean(),
      chattering: z
        .array(
          z.object({
            resource: alarmResource,
            type: alarmType,
            oltName: z.string().nullable(),
            name: z.string().nullable(),
            count: z.int(),
          }),
        )
        .max(10),
      /** Open for more than a day. */
      stale: z.int(),
      shelved: z.int(),
      suppressed: z.int(),
    }),
  }),
  'alarms.rules': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({
      rules: z.array(
        z.object({
          type: alarmType,
          rule: alarmRule,
          /** The owner has changed it. */
          changed: z.boolean(),
          /** Raised by it within the last seven days. */
          lastWeek: z.int(),
        }),
      ),
      settings: alarmSettings,
    }),
  }),
  /**
   * What a rule would have raised, told from the history and kept nowhere. Progress by `taskId`.
   * Errors: `history-unavailable`, `cancelled`.
   */
  'alarms.previewRule': query({
    access: read,
    input: z.strictObject({
      taskId,
      type: alarmType,
      rule: alarmRule,
      days: z.int().min(1).max(30).default(7),
    }),
    output: z.object({
      /** Null: the history does not hold what this type needs. */
      count: z.int().nullable(),
      /** By the rule as it stands. */
      now: z.int().nullable(),
      perDay: z.array(z.object({ day: z.number(), count: z.int() })),
      loudest: z
        .array(
          z.object({
            resource: alarmResource,
            oltName: z.string().nullable(),
            name: z.string().nullable(),
            count: z.int(),
          }),
        )
        .max(10),
      from: z.number(),
      to: z.number(),
    }),
  }),
  /** The guide of a type in a language, read from the assets, with the operator's own note. */
  'alarms.guide': query({
    access: read,
    scope: 'nothing',
    input: z.strictObject({ type: alarmType, language: z.enum(['en', 'id']) }),
    output: z.object({
      type: alarmType,
      meaning: z.string(),
      causes: z.array(z.string()),
      checks: z.array(z.string()),
      firstAction: z.string(),
      note: z.object({ text: z.string(), by: z.string(), at: z.number() }).nullable(),
    }),
  }),
  'alarms.maintenance': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ ended: z.boolean().default(false) }),
    output: z.object({ windows: z.array(maintenanceRow) }),
  }),
  'alarms.important': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({
      onus: z.array(
        z.object({ oltId: uuid, address: onuAddress, label: z.string(), at: z.number() }),
      ),
    }),
  }),
  /** ONUs whose light has fallen against their own 30-day median and their PON siblings, by PON. */
  'alarms.degradation': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ limit: z.int().min(1).max(200).default(50) }),
    output: z.object({
      pons: z.array(
        z.object({
          oltId: uuid,
          oltName: z.string(),
          pon: ponAddress,
          ponName: deviceText,
          degraded: z.int(),
          averageDropDb: z.number(),
          worstDropDb: z.number(),
          /** Last optics walk. */
          at: instant,
          onus: z
            .array(
              z.object({
                address: onuAddress,
                serial: deviceText,
                name: deviceText,
                direction: z.enum(['onu-rx', 'olt-rx']),
                medianDbm: z.number(),
                nowDbm: z.number(),
                dropDb: z.number(),
              }),
            )
            .max(128),
        }),
      ),
      /** When the medians were made; null: not yet (history too young or still reading). */
      mediansAt: instant,
    }),
  }),
}

export const alarmsCommands = {
  /** `expected` of a filter must fit what it finds now, else `conflict`. */
  'alarms.acknowledge': command({
    access: act,
    scope: ofAlarms,
    input: z.strictObject({
      which: whichAlarms,
      note: note.nullable().default(null),
      /** Comes back then, or when it gets worse. */
      until: z.int().nullable().default(null),
      untilWorse: z.boolean().default(false),
    }),
    output: acted,
  }),
  'alarms.unacknowledge': command({
    access: act,
    scope: ofAlarms,
    input: z.strictObject({ which: whichAlarms }),
    output: acted,
  }),
  'alarms.note': command({
    access: act,
    scope: ofAlarms,
    input: z.strictObject({ which: whichAlarms, note }),
    output: acted,
  }),
  'alarms.shelve': command({
    access: act,
    scope: ofAlarms,
    input: z.strictObject({ which: whichAlarms, reason: note, until: z.int() }),
    output: acted,
  }),
  'alarms.unshelve': command({
    access: act,
    scope: ofAlarms,
    input: z.strictObject({ which: whichAlarms }),
    output: acted,
  }),
  /** Null: nobody. */
  'alarms.assign': command({
    access: act,
    scope: ofAlarms,
    input: z.strictObject({ which: whichAlarms, accountId: uuid.nullable() }),
    output: acted,
  }),
  /** The ticket's number or address, as the desk gives it; null: none. */
  'alarms.setTicket': command({
    access: act,
    scope: ofAlarms,
    input: z.strictObject({ which: whichAlarms, ticket: line(200).nullable() }),
    output: acted,
  }),
  'alarms.setRule': command({
    access: manageRules,
    input: z.strictObject({ type: alarmType, rule: alarmRule }),
    output: done,
  }),
  'alarms.resetRule': command({
    access: manageRules,
    input: z.strictObject({ type: alarmType }),
    output: done,
  }),
  'alarms.configure': command({ access: manageRules, input: alarmSettings, output: done }),
  /** Empty: takes it away. */
  'alarms.setGuideNote': command({
    access: act,
    input: z.strictObject({ type: z.enum(alarmTypes), text: z.string().trim().max(4000) }),
    output: done,
  }),
  'alarms.setImportant': command({
    access: act,
    scope: ofOnus,
    input: z.strictObject({
      onus: z
        .array(z.strictObject({ oltId: uuid, address: onuAddress }))
        .min(1)
        .max(2000),
      important: z.boolean(),
      label: z.string().trim().max(120).default(''),
    }),
    output: acted,
  }),
  'alarms.planMaintenance': command({
    access: manageMaintenance,
    scope: ofMaintenance,
    input: maintenancePlan,
    output: z.object({ id: uuid }),
  }),
  'alarms.changeMaintenance': command({
    access: manageMaintenance,
    scope: ofChangedMaintenance,
    input: z.strictObject({ id: uuid, baseVersion: z.int(), plan: maintenancePlan }),
    output: z.object({ version: z.int() }),
  }),
  /** Of the run that is on; a planned one is cancelled, with all its repeats. */
  'alarms.endMaintenance': command({
    access: manageMaintenance,
    scope: ofId('maintenance'),
    input: z.strictObject({ id: uuid, baseVersion: z.int() }),
    output: z.object({ version: z.int() }),
  }),
  /** To "still down: alarm?". */
  'alarms.answerMaintenance': command({
    access: manageMaintenance,
    scope: ofId('maintenance'),
    input: z.strictObject({ id: uuid, alarm: z.boolean() }),
    output: done,
  }),
}
