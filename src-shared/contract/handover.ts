import { z } from 'zod'
import { alarmRow, alarmType, bySeverityShape, severity } from './alarms-model.ts'
import { instant, nothing, uuid } from './common.ts'
import { command, query } from './define.ts'
import { outageRow } from './outages.ts'

/** What one shift leaves to the next. */

const read = 'alarms.alarm.read'
const write = 'handover.note.write'

const person = z.object({ accountId: uuid.nullable(), name: z.string() })

export const handoverReport = z.object({
  from: z.number(),
  to: z.number(),
  openOutages: z.array(outageRow),
  endedOutages: z.array(outageRow),
  openAlarms: z.array(alarmRow).max(200),
  openAlarmsTotal: z.int(),
  unacknowledged: bySeverityShape,
  shelved: z.array(alarmRow).max(200),
  /** Windows that are on or begin within the next twelve hours. */
  maintenance: z.array(
    z.object({
      id: uuid,
      title: z.string(),
      state: z.string(),
      startsAt: z.number(),
      endsAt: z.number(),
    }),
  ),
  raised: z.array(z.object({ type: alarmType, severity, count: z.int() })),
  clearedCount: z.int(),
  /** OLTs left alone, or that do not answer. */
  quietOlts: z.array(z.object({ oltId: uuid, name: z.string(), until: instant })),
  lostOlts: z.array(z.object({ oltId: uuid, name: z.string(), since: instant })),
  /** What people changed, the latest first, by the audit trail. */
  acts: z
    .array(
      z.object({
        at: z.number(),
        by: z.string().nullable(),
        command: z.string(),
        subject: z.string().nullable(),
      }),
    )
    .max(200),
  /** Who has what on his desk. */
  owners: z.array(z.object({ person, alarms: z.int(), outages: z.int() })),
})

export type HandoverReport = z.output<typeof handoverReport>

export const handoverNote = z.object({
  id: uuid,
  from: z.number(),
  to: z.number(),
  text: z.string(),
  by: person,
  /** Who takes over, as it was typed. */
  takenBy: z.string(),
  writtenAt: z.number(),
})

export type HandoverNote = z.output<typeof handoverNote>

export const handoverQueries = {
  /** Wall ms; at most seven days. */
  'handover.report': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ from: z.number(), to: z.number() }),
    output: handoverReport,
  }),
  'handover.notes': query({
    access: read,
    input: nothing,
    output: z.object({ notes: z.array(handoverNote).max(100) }),
  }),
  /** The report and the note as a PDF in that language, times in that zone. */
  'handover.pdf': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      from: z.int(),
      to: z.int(),
      text: z.string().max(8000).default(''),
      takenBy: z.string().max(80).default(''),
      language: z.enum(['en', 'id']),
      timeZone: z.string().max(64),
    }),
    output: z.object({ bytes: z.instanceof(Uint8Array), fileName: z.string() }),
  }),
}

export const handoverCommands = {
  'handover.write': command({
    access: write,
    input: z.strictObject({
      from: z.int(),
      to: z.int(),
      text: z.string().trim().min(1).max(8000),
      takenBy: z.string().trim().max(80).default(''),
    }),
    output: z.object({ id: uuid }),
  }),
}
