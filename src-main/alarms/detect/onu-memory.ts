import type { OltFacts, OnuFacts, OnuStateChanges } from '../../engine/network-facts.ts'
import { clockAhead } from '../../engine/olt-clock.ts'
import { stateAt } from './onu-rules.ts'
import type { OnuColumns } from './pon-rules.ts'
import { createRowColumns, grownBytes, grownDoubles } from './row-columns.ts'

/** What a change of state comes to: the state before was remembered through a lost way to the OLT. */
export const moves = { none: 0, fell: 1, rose: 2, bounced: 3 } as const

/**
 * What the detectors remember of each ONU's state: the last one that was known, and since when it is
 * down. By live row, nothing allocated per walk.
 */
export interface OnuMemory {
  /** What was known before the start: states and their times come from the last run. */
  readonly seed: (olt: OltFacts) => void
  /** One of `moves` per change. */
  readonly take: (olt: OltFacts, changes: OnuStateChanges) => Uint8Array
  /** Takes up ONUs that were read for the first time, and tells the columns of all of the OLT. */
  readonly columns: (olt: OltFacts, at: number) => OnuColumns
  readonly gone: (rows: Int32Array) => void
}

const dayMs = 86_400_000
const clockToleranceMs = 60_000

export const createOnuMemory = (onus: OnuFacts): OnuMemory => {
  /** Positions in `onuStates`; 0: never known. */
  let known: Uint8Array = new Uint8Array(0)
  let downAt: Float64Array = new Float64Array(0)
  const room = createRowColumns((capacity) => {
    known = grownBytes(known, capacity)
    downAt = grownDoubles(downAt, capacity)
  })
  const shared = {
    states: new Uint8Array(0),
    causes: new Uint8Array(0),
    downAt: new Float64Array(0),
  }
  let columns: OnuColumns = shared

  /** By the OLT's clock where that is near: it tells seconds apart, a walk only minutes. */
  const timeOfFall = (lastDownAt: number, seenAt: number): number =>
    lastDownAt <= seenAt + clockToleranceMs && lastDownAt >= seenAt - dayMs ? lastDownAt : seenAt

  const takeFalls = (rows: Int32Array, places: readonly number[], at: number): void => {
    const told = places.map((place) => onus.lastDownAt(rows[place]!))
    const aheadMs = clockAhead(told, { aheadMs: 0, from: Number.NEGATIVE_INFINITY, at })
    places.forEach((place, index) => {
      const fell = Math.min(told[index]! - aheadMs, at)
      downAt[rows[place]!] = fell
      shared.downAt[place] = fell
    })
  }

  const sized = (count: number): void => {
    if (shared.states.length < count) {
      shared.states = new Uint8Array(count)
      shared.causes = new Uint8Array(count)
      shared.downAt = new Float64Array(count)
    }
    columns = shared
  }

  return {
    seed: ({ rows }) => {
      room.reserve(rows)
      for (const row of rows) {
        const state = onus.state(row)
        known[row] = state
        if (state !== stateAt.offline) continue
        const told = onus.lastDownAt(row)
        const since = onus.stateSince(row)
        downAt[row] = told <= since ? told : since
      }
    },
    take: (olt, { at, rows, before, after, lastDownAt }) => {
      room.reserve(olt.rows)
      room.reserve(rows)
      const out = new Uint8Array(rows.length)
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index]!
        const next = after[index]!
        const was = known[row]!
        if (next === stateAt.unknown) continue
        known[row] = next
        if (next === stateAt.offline) {
          if (was === stateAt.offline) continue
          downAt[row] = timeOfFall(lastDownAt[index]!, at)
          if (was !== stateAt.unknown) out[index] = moves.fell
        } else {
          downAt[row] = Number.NaN
          if (next !== stateAt.online) continue
          // Down and up again between two walks: the OLT's own record tells.
          if (was === stateAt.online)
            out[index] = before[index] === next ? moves.bounced : moves.none
          else if (was !== stateAt.unknown) out[index] = moves.rose
        }
      }
      return out
    },
    columns: ({ rows }, at) => {
      room.reserve(rows)
      sized(rows.length)
      const firstFound: number[] = []
      for (let place = 0; place < rows.length; place++) {
        const row = rows[place]!
        const state = onus.state(row)
        if (state !== stateAt.unknown && known[row] !== state) {
          if (state !== stateAt.offline) downAt[row] = Number.NaN
          else if (known[row] === stateAt.unknown) firstFound.push(place)
          else downAt[row] = at
          known[row] = state
        }
        const isTold = state !== stateAt.unknown || onus.statusAt(row) !== at
        shared.states[place] = isTold ? state : stateAt.untold
        shared.causes[place] = onus.cause(row)
        shared.downAt[place] = downAt[row]!
      }
      // Down when read for the first time: they went nobody knows when, unless the OLT tells.
      if (firstFound.length > 0) takeFalls(rows, firstFound, at)
      return columns
    },
    gone: (rows) => {
      for (const row of rows) {
        if (row >= known.length) continue
        known[row] = stateAt.unknown
        downAt[row] = Number.NaN
      }
    },
  }
}
