import { historyEventKinds } from '../../src-shared/domain/history-events.ts'
import type { Catalogue, Lane } from './catalogue.ts'
import type { FileSet } from './file-set.ts'
import type { HistoryEvent } from './readings-file.ts'
import { lastEventsLimit } from './readings-statements.ts'

/** What the events up to a moment tell of the series of an OLT. */
export interface SnapshotEvents {
  readonly ofOnus: (lane: Lane, onus: OnusThen) => OnuEvents
  /** When the way to an OLT was lost, and found again, last; wall ms. */
  readonly ofOlt: (lane: Lane) => {
    readonly lostAt: number | null
    readonly foundAt: number | null
  }
}

interface OnusThen {
  /** By address, ascending, as the rest. */
  readonly addresses: Int32Array
  readonly slots: Int32Array
  readonly states: Uint8Array
  /** When a state was read last, wall ms. */
  readonly readAt: Float64Array
  /** Of these nothing is looked for; ascending. */
  readonly settled: Int32Array
  /** When states were read, wall ms, ascending. */
  readonly times: Float64Array
}

export interface OnuEvents {
  /** Since when the state is so, wall ms; NaN: not known. */
  readonly since: Float64Array
  readonly downAt: Float64Array
  /** Position in `downCauses`; 255: none tells. */
  readonly causes: Uint8Array
}

/** Newest first. */
type EventsOf = (slot: number, kind: number) => readonly HistoryEvent[]

/** A quarter and what reaches into it. */
const reachMs = 100 * 86_400_000
const offline = 2
const kindOf = (kind: (typeof historyEventKinds)[number]): number => historyEventKinds.indexOf(kind)

export const snapshotEvents = (
  { catalogue, files }: { readonly catalogue: Catalogue; readonly files: FileSet },
  at: number,
): SnapshotEvents => {
  const newestFirst = <File extends { readonly period: { readonly from: number } }>(
    some: readonly File[],
  ) => some.toSorted((a, b) => b.period.from - a.period.from)
  const sources = [
    ...newestFirst(files.unsealedOverlapping(at - reachMs, at)),
    ...newestFirst(files.hoursOverlapping(at - reachMs, at)),
  ]

  const within = (lane: number, read: (eventsOf: EventsOf) => void): void => {
    const eventsOf: EventsOf = (slot, kind) => {
      let all: readonly HistoryEvent[] = []
      for (const source of sources) {
        const found = source.lastEvents(lane, slot, at, kind)
        all = all.length === 0 ? found : [...all, ...found]
        if (all.length >= lastEventsLimit) break
      }
      return all
    }
    const locked = sources.reduce<() => void>(
      (inner, source) => () => source.atOnce(inner),
      () => read(eventsOf),
    )
    locked()
  }

  return {
    ofOnus: (lane, { addresses, slots, states, readAt, settled, times }) => {
      const since = new Float64Array(slots.length).fill(Number.NaN)
      const downAt = new Float64Array(slots.length).fill(Number.NaN)
      const causes = new Uint8Array(slots.length).fill(255)
      within(lane.id, (eventsOf) => {
        let place = 0
        for (let index = 0; index < slots.length; index++) {
          while (place < settled.length && settled[place]! < addresses[index]!) place++
          if (settled[place] === addresses[index]) continue
          const slot = slots[index]!
          const state = states[index]!
          // What was not read yet (it went down since, by its own clock) was not known then.
          const events = eventsOf(slot, kindOf('onu-state')).filter(
            (event) => event.at <= readAt[index]!,
          )
          // It has been so since it was first read: the first reading is no change.
          if (events.length === 0) {
            since[index] = firstFrom(times, catalogue.firstAtOf(lane, slot) ?? Number.NaN)
          }
          // Of one that is unknown, the last that was.
          const first = state === 0 ? 0 : events.findIndex(({ code }) => code === state)
          const told = events[first]
          if (told === undefined) continue
          causes[index] = told.detail
          since[index] = firstFrom(times, told.at)
          const down = events.slice(first).find(({ code }) => code === offline)
          if (down !== undefined) downAt[index] = down.at
        }
      })
      return { since, downAt, causes }
    },
    ofOlt: (lane) => {
      let lostAt: number | null = null
      let foundAt: number | null = null
      within(lane.id, (eventsOf) => {
        lostAt = eventsOf(0, kindOf('olt-unreachable'))[0]?.at ?? null
        foundAt = eventsOf(0, kindOf('olt-reachable'))[0]?.at ?? null
      })
      return { lostAt, foundAt }
    },
  }
}

/** The first reading that can have shown what happened then; the time itself where none is known. */
const firstFrom = (times: Float64Array, at: number): number => {
  // Not "<": NaN stays what it is.
  if (times.length === 0 || !(at >= times[0]!)) return at
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle]! < at) low = middle + 1
    else high = middle
  }
  return times[low] ?? at
}
