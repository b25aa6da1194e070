import type { Output } from '../../../src-shared/contract/index.ts'

/** The data of "state over time": thinned to what the width can show, then stacked. */

export type StateHistory = Output<'network.stateHistory'>

/** Bottom of the stack first; `online` is left out where only trouble is drawn. */
export const stateSeriesNames = [
  'offlineOptical',
  'offlineOther',
  'offlinePower',
  'unknown',
  'disabled',
  'online',
] as const

export type StateSeriesName = (typeof stateSeriesNames)[number]

/**
 * Thins to at most `maxPoints` and keeps what one looks for: of each bucket the moment with the
 * fewest ONUs online stays, and the first and the last moment always do. Times stay in order.
 */
export const thinStates = (history: StateHistory, maxPoints: number): readonly number[] => {
  const length = history.at.length
  if (length <= maxPoints || maxPoints < 3) {
    return Array.from({ length: Math.min(length, Math.max(0, maxPoints)) }, (_, i) =>
      i === maxPoints - 1 ? length - 1 : i,
    )
  }
  const kept = [0]
  const buckets = maxPoints - 2
  const inner = length - 2
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = 1 + Math.floor((bucket * inner) / buckets)
    const to = 1 + Math.floor(((bucket + 1) * inner) / buckets)
    let worst = from
    for (let i = from; i < to; i++) {
      if ((history.online[i] ?? 0) < (history.online[worst] ?? 0)) worst = i
    }
    kept.push(worst)
  }
  kept.push(length - 1)
  return kept
}

export interface StackedStates {
  /** Milliseconds. A gap longer than `gapMs` holds one moment without values. */
  readonly at: readonly number[]
  /** For each name its upper edge in the stack; null: nothing was read. */
  readonly tops: readonly (readonly (number | null)[])[]
  /** The values themselves, for the reading under the pointer. */
  readonly values: readonly (readonly (number | null)[])[]
  readonly max: number
}

/**
 * @param names bottom first
 * @param gapMs two readings further apart than this are not joined: the engine did not read
 */
export const stackStates = (
  history: StateHistory,
  positions: readonly number[],
  names: readonly StateSeriesName[],
  gapMs: number,
): StackedStates => {
  const at: number[] = []
  const tops: (number | null)[][] = names.map(() => [])
  const values: (number | null)[][] = names.map(() => [])
  let max = 0
  let before: number | undefined
  for (const position of positions) {
    const moment = history.at[position]
    if (moment === undefined) continue
    const pauseAfter =
      before === undefined ? undefined : pauseBetween(history.at, before, position, gapMs)
    if (pauseAfter !== undefined) {
      at.push(pauseAfter + 1)
      for (const column of [...tops, ...values]) column.push(null)
    }
    at.push(moment)
    let sum = 0
    names.forEach((name, i) => {
      const value = history[name][position] ?? 0
      sum += value
      tops[i]?.push(sum)
      values[i]?.push(value)
    })
    if (sum > max) max = sum
    before = position
  }
  return { at, tops, values, max }
}

/** The moment after which nothing was read for longer than `gapMs`, between two kept positions. */
const pauseBetween = (
  at: Float64Array,
  from: number,
  to: number,
  gapMs: number,
): number | undefined => {
  for (let i = from + 1; i <= to; i++) {
    if ((at[i] ?? 0) - (at[i - 1] ?? 0) > gapMs) return at[i - 1]
  }
  return undefined
}
