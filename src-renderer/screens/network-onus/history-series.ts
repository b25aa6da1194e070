import type { Output } from '../../../src-shared/contract/index.ts'
import { onuStates, downCauses, causeClassOf } from '../../../src-shared/domain/onu-state.ts'
import { shownStateOf, type ShownStateName } from '../../components/time-chart/shown-state.ts'

/** Pure: what was read of an ONU, as its charts take it. Times are ms since 1970. */

export type OnuHistory = Output<'network.onuHistory'>

export interface TimeRange {
  readonly from: number
  readonly to: number
}

const gaps = (values: Float64Array): (number | null)[] =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : value))

/** Receive levels: times, ONU, OLT. null is a gap. */
export const lightSeries = (
  history: OnuHistory,
): [number[], (number | null)[], (number | null)[]] => [
  Array.from(history.opticsAt),
  gaps(history.onuRxDbm),
  gaps(history.oltRxDbm),
]

/** Rates in Mbit/s: times, up, down. */
export const trafficSeries = (
  history: OnuHistory,
): [number[], (number | null)[], (number | null)[]] => [
  Array.from(history.countersAt),
  gaps(history.upKbps).map(toMbps),
  gaps(history.downKbps).map(toMbps),
]

const toMbps = (kbps: number | null): number | null => (kbps === null ? null : kbps / 1000)

export interface StateSegment extends TimeRange {
  readonly state: ShownStateName
  readonly cause: (typeof downCauses)[number]
}

/** The state over time, each change holding until the next and the last one until `range.to`. */
export const stateSegments = (history: OnuHistory, range: TimeRange): readonly StateSegment[] => {
  const segments: StateSegment[] = []
  history.changesAt.forEach((at, position) => {
    const from = Math.max(at, range.from)
    const to = Math.min(history.changesAt[position + 1] ?? range.to, range.to)
    const state = onuStates[history.changeStates[position] ?? 0] ?? 'unknown'
    const cause = downCauses[history.changeCauses[position] ?? 0] ?? 'unknown'
    if (to > from) {
      segments.push({ from, to, state: shownStateOf(state, causeClassOf(cause)), cause })
    }
  })
  return segments
}

/** From the first thing that was read until now, at least `leastMs` wide. null: nothing was read. */
export const historyRange = (
  history: OnuHistory,
  now: number,
  leastMs = 10 * 60_000,
): TimeRange | null => {
  const firsts = [history.opticsAt[0], history.countersAt[0], history.changesAt[0]].filter(
    (at) => at !== undefined,
  )
  if (firsts.length === 0) return null
  return { from: Math.min(...firsts, now - leastMs), to: now }
}

/** The scale of a light chart: all values and the limit nearest to them, with air around. */
export const lightScale = (
  values: readonly (number | null)[],
  limits: readonly number[],
): { readonly min: number; readonly max: number } => {
  const present = values.filter((value) => value !== null)
  if (present.length === 0) return { min: Math.min(...limits) - 1, max: Math.max(...limits) + 10 }
  const low = Math.min(...present)
  const high = Math.max(...present)
  const near = limits.filter((limit) => low - limit < 8)
  return {
    min: Math.floor(Math.min(low, ...near) - 1),
    max: Math.ceil(Math.max(high, low + 2) + 1),
  }
}
