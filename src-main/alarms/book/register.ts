import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import type { Clock } from '../../engine/clock.ts'
import { mayClose, type Alarm } from './alarm.ts'
import { createAssignedOnus, type AssignedOnus } from './assigned-onus.ts'
import type { BookKeeper } from './keeper.ts'
import { oltIdOf } from './place.ts'
import { entryOf, type NewEntry, type TimelineEntry } from './timeline.ts'

/** The rows that stand in the book, by id and by what they are the same by. */
export interface Register {
  readonly get: (id: string) => Alarm | undefined
  readonly ofIdentity: (identity: string) => Alarm | undefined
  readonly ofOlt: (oltId: string) => readonly Alarm[]
  /** As they stand now: a list of its own. */
  readonly all: () => readonly Alarm[]
  readonly size: () => number
  /** Of the rows that stand in the book. */
  readonly assignedOnus: AssignedOnus
  /** Goes up with every change. */
  readonly revision: () => number
  /** Takes the row's next state; one that may go to the history goes there. */
  readonly put: (alarm: Alarm, soon?: boolean) => void
  readonly note: (entry: NewEntry) => TimelineEntry
  /** One more time of an entry that stands already. */
  readonly again: (entry: TimelineEntry) => TimelineEntry
  /** The row as `put` would leave it, kept nowhere: what a command writes before it is taken. */
  readonly next: (alarm: Alarm) => Alarm
  readonly entry: (entry: NewEntry) => TimelineEntry
  /** A command has written it. */
  readonly take: (alarm: Alarm) => void
}

export type NamesOf = (resource: AlarmResource) => Pick<Alarm, 'oltName' | 'serial' | 'name'> | null

export const createRegister = (deps: {
  readonly clock: Clock
  readonly keeper: BookKeeper
  /** Null: it is not known now. */
  readonly namesOf: NamesOf
  readonly stored: readonly Alarm[]
  readonly lastSeq: number
}): Register => {
  const rows = new Map<string, Alarm>()
  const identities = new Map<string, string>()
  const byOlt = new Map<string, Set<string>>()
  const assignedOnus = createAssignedOnus()
  let seq = deps.lastSeq
  let revision = 0

  const insert = (alarm: Alarm): void => {
    rows.set(alarm.id, alarm)
    identities.set(alarm.identity, alarm.id)
    assignedOnus.put(alarm)
    const oltId = oltIdOf(alarm.resource)
    if (oltId === null) return
    const ids = byOlt.get(oltId) ?? new Set()
    ids.add(alarm.id)
    byOlt.set(oltId, ids)
  }

  const remove = (alarm: Alarm): void => {
    rows.delete(alarm.id)
    assignedOnus.remove(alarm)
    // A closed one may be written again (a note) while another row stands for its identity.
    if (identities.get(alarm.identity) === alarm.id) identities.delete(alarm.identity)
    const oltId = oltIdOf(alarm.resource)
    if (oltId === null) return
    const ids = byOlt.get(oltId)
    ids?.delete(alarm.id)
    if (ids?.size === 0) byOlt.delete(oltId)
  }

  const take = (alarm: Alarm): void => {
    revision++
    if (alarm.closedAt === null) insert(alarm)
    else remove(alarm)
  }

  const next = (alarm: Alarm): Alarm => ({
    ...alarm,
    ...deps.namesOf(alarm.resource),
    version: alarm.version + 1,
    closedAt: alarm.closedAt ?? (mayClose(alarm) ? deps.clock.now() : null),
  })

  const entry = (fields: NewEntry): TimelineEntry => entryOf(++seq, fields)

  const note = (fields: NewEntry): TimelineEntry => {
    const made = entry(fields)
    deps.keeper.note(made)
    return made
  }

  for (const alarm of deps.stored) insert(alarm)

  return {
    get: (id) => rows.get(id),
    ofIdentity: (identity) => rows.get(identities.get(identity) ?? ''),
    ofOlt: (oltId) => [...(byOlt.get(oltId) ?? [])].map((id) => rows.get(id)!),
    all: () => [...rows.values()],
    size: () => rows.size,
    assignedOnus,
    revision: () => revision,
    put: (alarm, soon = true) => {
      const after = next(alarm)
      take(after)
      deps.keeper.put(after, soon)
      if (after.closedAt !== null) {
        note({ alarmId: after.id, at: after.closedAt, kind: 'closed' })
      }
    },
    note,
    again: (before) => {
      const after = { ...before, times: before.times + 1 }
      deps.keeper.note(after)
      return after
    },
    next,
    entry,
    take: (alarm) => {
      take(alarm)
      deps.keeper.written(alarm.id)
    },
  }
}
