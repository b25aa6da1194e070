import { historyEventKinds } from '../../../../src-shared/domain/history-events.ts'
import type { LaneEvents } from '../../../history/lane-reads.ts'
import { stateAt } from '../onu-rules.ts'

/** The ONUs of an OLT as they were, moved on change by change. */
export interface PastStates {
  /** Ascending, packed. */
  readonly addresses: Int32Array
  readonly states: Uint8Array
  readonly causes: Uint8Array
  readonly downAt: Float64Array
}

export interface PastChange {
  readonly at: number
  /** Place within `addresses`. */
  readonly place: number
  readonly before: number
  readonly after: number
  readonly cause: number
}

const stateKind = historyEventKinds.indexOf('onu-state')

/**
 * How the ONUs stood at the beginning: who changed first to "offline" was online before, and the
 * other way round; who never changed was what it is now (`now` by place; 0: taken as online).
 */
export const statesAtBegin = (
  addresses: Int32Array,
  now: Uint8Array,
  events: LaneEvents,
): PastStates => {
  const states = Uint8Array.from(now, (state) =>
    state === stateAt.unknown ? stateAt.online : state,
  )
  const seen = new Uint8Array(addresses.length)
  for (let index = 0; index < events.at.length; index++) {
    if (events.kinds[index] !== stateKind) continue
    const place = placeOf(addresses, events.addresses[index]!)
    if (place < 0 || seen[place] === 1) continue
    seen[place] = 1
    states[place] = events.codes[index] === stateAt.online ? stateAt.offline : stateAt.online
  }
  return {
    addresses,
    states,
    causes: new Uint8Array(addresses.length),
    // Who was down before the beginning went nobody knows when.
    downAt: new Float64Array(addresses.length).fill(Number.NaN),
  }
}

/**
 * Plays the changes in order of time, those of one status interval at a time as a walk would have
 * told them. `look` is called after each such walk with what it changed.
 */
export const playStates = (
  past: PastStates,
  events: LaneEvents,
  intervalMs: number,
  look: (changes: readonly PastChange[], at: number) => void,
): void => {
  let walk: PastChange[] = []
  let ends = Number.NEGATIVE_INFINITY
  const flush = (): void => {
    if (walk.length > 0) look(walk, ends)
    walk = []
  }
  for (let index = 0; index < events.at.length; index++) {
    if (events.kinds[index] !== stateKind) continue
    const place = placeOf(past.addresses, events.addresses[index]!)
    if (place < 0) continue
    const at = events.at[index]!
    if (at >= ends) {
      flush()
      ends = (Math.floor(at / intervalMs) + 1) * intervalMs
    }
    const before = past.states[place]!
    const after = events.codes[index]!
    const cause = events.details[index]!
    // "Unknown" is a lost way to the OLT: it changes nothing of the ONU.
    if (after === stateAt.unknown || after === before) continue
    past.states[place] = after
    past.causes[place] = cause
    past.downAt[place] = after === stateAt.offline ? at : Number.NaN
    walk.push({ at, place, before, after, cause })
  }
  flush()
}

export const placeOf = (sorted: Int32Array, value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return sorted[low] === value ? low : -1
}
