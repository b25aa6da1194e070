import type { TimeWindow } from './chart-range.ts'

/** One line as the history gives it: NaN in all three is a gap. Ascending in time. */
export interface SeriesPoints {
  readonly at: Float64Array
  readonly min: Float64Array
  readonly avg: Float64Array
  readonly max: Float64Array
  /** When a counter began anew. */
  readonly resets: Float64Array
}

const none = new Float64Array(0)
export const noPoints: SeriesPoints = { at: none, min: none, avg: none, max: none, resets: none }

/** The first place whose time is not before `at`. */
export const placeOf = (times: Float64Array, at: number): number => {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < at) low = middle + 1
    else high = middle
  }
  return low
}

export const isPoint = ({ avg }: SeriesPoints, index: number): boolean =>
  index >= 0 && index < avg.length && !Number.isNaN(avg[index]!)

/**
 * The point that a cursor at `at` means: the nearer one of the line it stands on; in a gap and
 * beside the line only what is at most `reachMs` away. -1: none.
 */
export const pointAt = (points: SeriesPoints, at: number, reachMs: number): number => {
  const after = placeOf(points.at, at)
  const before = after - 1
  const hasBefore = isPoint(points, before)
  const hasAfter = isPoint(points, after)
  const nearer =
    hasBefore && (!hasAfter || at - points.at[before]! <= points.at[after]! - at) ? before : after
  if (hasBefore && hasAfter) return nearer
  if (!hasBefore && !hasAfter) return -1
  return Math.abs(points.at[nearer]! - at) <= reachMs ? nearer : -1
}

/** The last point within the window; -1: none. */
export const lastPoint = (points: SeriesPoints, { from, to }: TimeWindow): number => {
  for (let index = placeOf(points.at, to + 1) - 1; index >= 0; index--) {
    if (points.at[index]! < from) return -1
    if (isPoint(points, index)) return index
  }
  return -1
}

export const hasPoints = (points: SeriesPoints, window: TimeWindow): boolean =>
  lastPoint(points, window) >= 0

/** The next point in this direction that is at least `leastMs` away from `at`; NaN: none. */
export const nextPointTime = (
  lines: readonly SeriesPoints[],
  at: number,
  direction: 1 | -1,
  leastMs: number,
): number => {
  let best = Number.NaN
  for (const points of lines) {
    const goal = at + direction * leastMs
    let index = direction > 0 ? placeOf(points.at, goal) : placeOf(points.at, goal + 1e-6) - 1
    while (index >= 0 && index < points.at.length && !isPoint(points, index)) index += direction
    const time = points.at[index]
    if (time === undefined) continue
    if (Number.isNaN(best) || (direction > 0 ? time < best : time > best)) best = time
  }
  return best
}

/** The middle of the steps between points; NaN: fewer than two. */
const usualStep = (points: SeriesPoints): number => {
  const stepsMs: number[] = []
  for (let index = 1; index < points.at.length; index++) {
    if (isPoint(points, index) && isPoint(points, index - 1)) {
      stepsMs.push(points.at[index]! - points.at[index - 1]!)
    }
  }
  stepsMs.sort((one, other) => one - other)
  return stepsMs[stepsMs.length >> 1] ?? Number.NaN
}

/** So many missing steps after the last point are a gap. */
const patience = 3

/** Where nothing was read, within the window: before the first point, in gaps, after the last. */
export const unreadSpans = (points: SeriesPoints, { from, to }: TimeWindow): TimeWindow[] => {
  const spans: TimeWindow[] = []
  let since = from
  let open = true
  for (let index = 0; index < points.at.length; index++) {
    const at = points.at[index]!
    if (!isPoint(points, index)) {
      open = true
      continue
    }
    if (open) spans.push({ from: since, to: at })
    open = false
    since = at
    if (at > to) break
  }
  if (open || to - since > patience * usualStep(points)) spans.push({ from: since, to })
  return spans
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }))
    .filter((span) => span.to > span.from)
}

/** In another unit. */
export const scaled = (points: SeriesPoints, factor: number): SeriesPoints =>
  factor === 1
    ? points
    : {
        ...points,
        min: points.min.map((value) => value * factor),
        avg: points.avg.map((value) => value * factor),
        max: points.max.map((value) => value * factor),
      }
