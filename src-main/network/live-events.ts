import type { Clock } from '../engine/clock.ts'
import type { Emit } from '../engine/handlers.ts'
import { oltIdsWithin } from '../engine/reach.ts'
import type { LiveState } from './live-state.ts'
import type { MinuteCounts } from './minute-counts.ts'
import type { OltRecords } from './olt-records.ts'
import { networkSummary } from './summary.ts'
import type { TextOrders } from './text-orders.ts'
import type { Views } from './views.ts'

/**
 * The clockwork beside the poller: events at most four times a second and only when something
 * moved, a point of the state history per minute, and orders of texts made ahead in small pieces.
 */
export interface LiveEvents {
  readonly start: () => void
  readonly stop: () => void
  readonly textsMoved: () => void
}

const eventEveryMs = 250
const minuteMs = 60_000
/** Between two pieces of work ahead, so that calls and answers come in between. */
const pieceEveryMs = 5

export const createLiveEvents = (deps: {
  readonly clock: Clock
  readonly live: LiveState
  readonly records: OltRecords
  readonly minutes: MinuteCounts
  readonly views: Views
  readonly texts: TextOrders
  readonly emit: Emit
}): LiveEvents => {
  const { clock, live, records, minutes, views, texts, emit } = deps
  const stops = new Map<string, () => void>()
  let running = false
  let announced = -1

  const later = (name: string, delayMs: number, run: () => void): void => {
    stops.get(name)?.()
    if (!running) return
    stops.set(
      name,
      clock.after(delayMs, () => {
        stops.delete(name)
        if (running) run()
      }),
    )
  }

  const announce = (): void => {
    later('announce', eventEveryMs, announce)
    if (announced === live.version) return
    announced = live.version
    emit('network.changed', (reach) => {
      const { counts, olts, oldestStatusAt, at } = networkSummary(
        live,
        records,
        oltIdsWithin(reach, []),
        clock.now(),
        reach,
      )
      return {
        at,
        counts,
        oldestStatusAt,
        oltsReachable: olts.reachable,
        oltsTotal: olts.total,
        oltsRevision: records.revision(),
      }
    })
    views.announce(clock.monotonic())
  }

  const noteMinute = (): void => {
    const now = clock.now()
    // On the minute, so that points of several starts would fit together.
    later('minute', minuteMs - (((now % minuteMs) + minuteMs) % minuteMs), noteMinute)
    if (records.counts([]).total > 0) minutes.note(now)
  }

  const piece = (): void => {
    if (texts.step()) later('texts', pieceEveryMs, piece)
  }

  return {
    start: () => {
      running = true
      announce()
      noteMinute()
    },
    stop: () => {
      running = false
      for (const stop of stops.values()) stop()
      stops.clear()
    },
    textsMoved: () => {
      if (!stops.has('texts')) later('texts', pieceEveryMs, piece)
    },
  }
}
