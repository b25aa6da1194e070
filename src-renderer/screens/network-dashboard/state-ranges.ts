import type { StateHistory } from '../../components/charts/state-series.ts'

/** How far the chart of states looks back, and what it is made of. */

export const stateRanges = ['hour', 'day', 'week', 'month'] as const
export type StateRange = (typeof stateRanges)[number]

const hourMs = 3_600_000

export const rangeMs: Readonly<Record<StateRange, number>> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
}

/** States are kept by the minute for a day; further back there is what the history kept. */
export const isByMinute = (range: StateRange): boolean => range === 'hour' || range === 'day'

/** ms; two points further apart are not joined. */
export const gapOf = (range: StateRange): number =>
  isByMinute(range) ? 3.5 * 60_000 : 2.5 * bucketMs(range)

/** One point of a longer range stands for so long, ms. */
export const bucketMs = (range: StateRange): number => (range === 'month' ? 4 * hourMs : hourMs)

/** The part of it from `from` on. */
export const sinceMoment = (history: StateHistory, from: number): StateHistory => {
  const found = history.at.findIndex((at) => at >= from)
  const start = found < 0 ? history.at.length : found
  if (start === 0) return history
  return {
    at: history.at.slice(start),
    online: history.online.slice(start),
    offlinePower: history.offlinePower.slice(start),
    offlineOptical: history.offlineOptical.slice(start),
    offlineOther: history.offlineOther.slice(start),
    unknown: history.unknown.slice(start),
    disabled: history.disabled.slice(start),
  }
}

export interface OnlineSeries {
  readonly at: Float64Array
  /** NaN: not read. */
  readonly values: Float64Array
}

/**
 * The ONUs online of several OLTs together, by equal steps of `stepMs` from `from` on. An OLT that was
 * not read in a step counts as in the step before, for at most three steps: one late OLT is no dip.
 * Steps in which none was read are left out.
 */
export const sumOnline = (
  olts: readonly OnlineSeries[],
  from: number,
  to: number,
  stepMs: number,
): StateHistory => {
  const steps = Math.max(0, Math.ceil((to - from) / stepMs))
  const sums = new Float64Array(steps)
  const read = new Uint8Array(steps)
  for (const { at, values } of olts) {
    const total = new Float64Array(steps)
    const count = new Uint32Array(steps)
    at.forEach((moment, index) => {
      const value = values[index] ?? Number.NaN
      const step = Math.floor((moment - from) / stepMs)
      if (Number.isNaN(value) || step < 0 || step >= steps) return
      total[step] = (total[step] ?? 0) + value
      count[step] = (count[step] ?? 0) + 1
    })
    let last = 0
    let age = Number.POSITIVE_INFINITY
    for (let step = 0; step < steps; step += 1) {
      const points = count[step] ?? 0
      if (points > 0) {
        last = (total[step] ?? 0) / points
        age = 0
        read[step] = 1
      } else age += 1
      if (age <= 3) sums[step] = (sums[step] ?? 0) + last
    }
  }
  const kept = Array.from({ length: steps }, (_, step) => step).filter((step) => read[step] === 1)
  const nothing = new Float64Array(kept.length)
  return {
    at: Float64Array.from(kept, (step) => from + (step + 0.5) * stepMs),
    online: Float64Array.from(kept, (step) => Math.round(sums[step] ?? 0)),
    offlinePower: nothing,
    offlineOptical: nothing,
    offlineOther: nothing,
    unknown: nothing,
    disabled: nothing,
  }
}
