import type { Alarm, Person } from './alarm.ts'
import type { NewEntry, TimelineKind } from './timeline.ts'

/**
 * What people say of an alarm. None touches what the network says; each leaves an entry in the time
 * line. Null: there is nothing to do for this one (it is said already, or it is in the history).
 */
export type Act = (alarm: Alarm) => Acted | null

export interface Acted {
  readonly alarm: Alarm
  readonly entry: NewEntry
}

interface Actor {
  readonly by: Person
  /** Wall ms. */
  readonly at: number
}

const acted = (
  { by, at }: Actor,
  alarm: Alarm,
  kind: TimelineKind,
  more: Partial<NewEntry> = {},
): Acted => ({
  alarm,
  entry: { alarmId: alarm.id, at, kind, accountId: by.accountId, by: by.name, ...more },
})

/** Notes of one alarm are searched through up to so many characters. */
const mostNoteWords = 8_000

const withNote = (alarm: Alarm, note: string): Alarm => ({
  ...alarm,
  notes: alarm.notes + 1,
  noteWords: `${alarm.noteWords} ${note.toLowerCase()}`.trim().slice(-mostNoteWords),
})

const inBook =
  (act: (alarm: Alarm) => Acted | null): Act =>
  (alarm) =>
    alarm.closedAt === null ? act(alarm) : null

export const acknowledge = (
  actor: Actor,
  {
    note,
    until,
    untilWorse,
  }: { readonly note: string | null; readonly until: number | null; readonly untilWorse: boolean },
): Act =>
  inBook((alarm) =>
    acted(
      actor,
      {
        ...(note === null ? alarm : withNote(alarm, note)),
        acknowledged: { by: actor.by, at: actor.at, until, untilWorse },
      },
      'acknowledged',
      { text: note, params: until === null ? {} : { until } },
    ),
  )

export const unacknowledge = (actor: Actor): Act =>
  inBook((alarm) =>
    alarm.acknowledged === null
      ? null
      : acted(
          actor,
          // Nobody is on it: the time until somebody else is called begins anew.
          { ...alarm, acknowledged: null, alertAt: actor.at, escalation: 0 },
          'unacknowledged',
        ),
  )

/** Of one in the history too: what was found out later belongs to it. */
export const takeNote =
  (actor: Actor, note: string): Act =>
  (alarm) =>
    acted(actor, withNote(alarm, note), 'noted', { text: note })

export const shelve = (
  actor: Actor,
  { reason, until }: { readonly reason: string; readonly until: number },
): Act =>
  inBook((alarm) =>
    acted(actor, { ...alarm, shelved: { by: actor.by, at: actor.at, until, reason } }, 'shelved', {
      text: reason,
      params: { until },
    }),
  )

export const unshelve = (actor: Actor): Act =>
  inBook((alarm) =>
    alarm.shelved === null
      ? null
      : acted(
          actor,
          { ...alarm, shelved: null, alertAt: alarm.alertAt === 0 ? 0 : actor.at, escalation: 0 },
          'unshelved',
        ),
  )

export const assign = (actor: Actor, assignee: Person | null): Act =>
  inBook((alarm) =>
    alarm.assignee?.accountId === assignee?.accountId
      ? null
      : acted(actor, { ...alarm, assignee }, 'assigned', { text: assignee?.name ?? null }),
  )

/** Of one in the history too. */
export const setTicket =
  (actor: Actor, ticket: string | null): Act =>
  (alarm) =>
    alarm.ticket === ticket ? null : acted(actor, { ...alarm, ticket }, 'ticket', { text: ticket })
