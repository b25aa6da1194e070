import type { TimeWindow } from './chart-range.ts'
import { isPoint, placeOf, type SeriesPoints } from './series-points.ts'

export interface ScaleRule {
  /** Begins at 0. */
  readonly fromZero?: boolean
  /** The picture is at least so high: noise must not look like an event. */
  readonly leastSpan: number
  /** Each is shown when the values come so near to it (both in the unit of the values). */
  readonly limits?: readonly { readonly value: number; readonly reach: number }[]
}

export interface ValueScale {
  readonly min: number
  readonly max: number
}

/** Least and greatest of what is seen, the neighbours outside of the window included. */
const extremes = (lines: readonly SeriesPoints[], { from, to }: TimeWindow) => {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const points of lines) {
    const last = Math.min(points.at.length - 1, placeOf(points.at, to))
    for (let index = Math.max(0, placeOf(points.at, from) - 1); index <= last; index++) {
      if (!isPoint(points, index)) continue
      low = Math.min(low, points.min[index]!)
      high = Math.max(high, points.max[index]!)
    }
  }
  return low <= high ? { low, high } : null
}

const at = ({ value }: { readonly value: number }): number => value

export const valueScale = (
  lines: readonly SeriesPoints[],
  window: TimeWindow,
  rule: ScaleRule,
): ValueScale => {
  const seen = extremes(lines, window)
  const limits = rule.limits ?? []
  if (seen === null) {
    const [low, high] =
      limits.length > 0
        ? [Math.min(...limits.map(at)) - 1, Math.max(...limits.map(at)) + 1]
        : [0, rule.leastSpan]
    return { min: rule.fromZero === true ? 0 : low, max: high }
  }
  const near = limits
    .filter(({ value, reach }) => value >= seen.low - reach && value <= seen.high + reach)
    .map(at)
  let low = Math.min(seen.low, ...near)
  let high = Math.max(seen.high, ...near)
  if (rule.fromZero === true) {
    low = 0
    high = Math.max(high, rule.leastSpan)
    return { min: 0, max: high * 1.08 }
  }
  const missing = rule.leastSpan - (high - low)
  if (missing > 0) {
    low -= missing / 2
    high += missing / 2
  }
  const air = (high - low) * 0.08
  return { min: low - air, max: high + air }
}

/** As many decimals as the steps of an axis need, at most three. */
export const axisDigits = (splits: readonly number[]): number => {
  const step = Math.abs((splits[1] ?? 1) - (splits[0] ?? 0))
  const fits = (digits: number): boolean =>
    Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6
  return [0, 1, 2].find(fits) ?? 3
}
