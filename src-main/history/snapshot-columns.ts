import { gainOf, marks, metrics, type MetricName } from './metrics.ts'
import { cyclesPerRun } from './readings.ts'
import { walkBack, type WalkBack } from './walk-back.ts'

/** The last values of all series of a lane, by slot; NaN where there is none. */

type Place = Omit<WalkBack, 'metric'>

export interface States {
  /** 1: the walks of then had it. */
  readonly isThere: Uint8Array
  readonly states: Uint8Array
  /** Wall ms. */
  readonly stateAt: Float64Array
  /** Of the last state that was not "unknown". */
  readonly readAt: Float64Array
}

/**
 * An ONU that the last whole walk lacks has gone; where that is a mass of them, only when the walk
 * before lacks them too (as network/apply-readings.ts has it: an OLT that starts tells of few).
 */
export const readStates = (place: Place): States => {
  const { slots } = place
  const isThere = new Uint8Array(slots)
  const states = new Uint8Array(slots)
  const stateAt = nothing(slots)
  const readAt = nothing(slots)
  const lacking = new Uint8Array(slots)
  walkBack({ ...place, metric: metrics.state.id }, (slot, value, _mark, { at }) => {
    if (Number.isNaN(value)) {
      if (isThere[slot] === 1) return true
      lacking[slot]!++
      return lacking[slot]! >= 2
    }
    if (isThere[slot] === 0) {
      isThere[slot] = 1
      states[slot] = value
      stateAt[slot] = at
    }
    if (value === 0) return false
    readAt[slot] = at
    return true
  })
  let known = 0
  let vanished = 0
  for (let slot = 0; slot < slots; slot++) {
    known += isThere[slot]!
    if (isThere[slot] === 1 && lacking[slot] === 1) vanished++
  }
  if (!isMass(vanished, known)) {
    for (let slot = 0; slot < slots; slot++) if (lacking[slot] === 1) isThere[slot] = 0
  }
  return { isThere, states, stateAt, readAt }
}

const isMass = (vanished: number, known: number): boolean => vanished > Math.max(8, known * 0.1)

export interface Latest {
  /** In the metric's unit. */
  readonly values: Float64Array
  /** Wall ms. */
  readonly at: Float64Array
}

export const readLatest = (place: Place, name: MetricName): Latest => {
  const { id: metric, scale } = metrics[name]
  const values = nothing(place.slots)
  const times = nothing(place.slots)
  walkBack({ ...place, metric }, (slot, value, _mark, { at }) => {
    if (Number.isNaN(value)) return false
    values[slot] = value / scale
    times[slot] = at
    return true
  })
  return { values, at: times }
}

export interface Counters {
  readonly countersAt: Float64Array
  readonly upBytes: Float64Array
  readonly downBytes: Float64Array
  /** What the counter stood at before, as if it had not wrapped; NaN: it began anew since. */
  readonly upBefore: Float64Array
  readonly downBefore: Float64Array
  /** Between the two, ms; NaN: the engine was started in between. */
  readonly spanMs: Float64Array
}

export const readCounters = (place: Place): Counters => {
  const countersAt = nothing(place.slots)
  const spanMs = nothing(place.slots)
  const read = (name: 'upBytes' | 'downBytes') => {
    const now = nothing(place.slots)
    const before = nothing(place.slots)
    const cycles = nothing(place.slots)
    const ticks = nothing(place.slots)
    const said = new Uint8Array(place.slots)
    walkBack({ ...place, metric: metrics[name].id }, (slot, value, mark, { cycle, at, tick }) => {
      if (Number.isNaN(value)) return false
      if (Number.isNaN(now[slot]!)) {
        now[slot] = value
        cycles[slot] = cycle
        ticks[slot] = tick
        said[slot] = mark
        if (!(countersAt[slot]! > at)) countersAt[slot] = at
        return mark === marks.reset
      }
      // A value that was carried into the next file is met twice.
      if (cycle === cycles[slot]) return false
      if (runOf(cycle) === runOf(cycles[slot]!)) {
        before[slot] = now[slot]! - gainOf(value, now[slot]!, said[slot]!)
        spanMs[slot] = ticks[slot]! - tick
      }
      return true
    })
    return { now, before }
  }
  const up = read('upBytes')
  const down = read('downBytes')
  return {
    countersAt,
    upBytes: up.now,
    downBytes: down.now,
    upBefore: up.before,
    downBefore: down.before,
    spanMs,
  }
}

/** Monotonic times compare within one run alone. */
const runOf = (cycle: number): number => Math.floor(cycle / cyclesPerRun)

const nothing = (slots: number): Float64Array => new Float64Array(slots).fill(Number.NaN)
