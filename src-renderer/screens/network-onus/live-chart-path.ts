import type { LivePoint } from './live-view-model.ts'

/** Pure: a few minutes of one value as a line. Pixels, origin at the upper left. */

export interface LiveWindow {
  readonly from: number
  readonly to: number
}

export interface LiveSize {
  readonly width: number
  readonly height: number
}

export interface LiveScale {
  readonly min: number
  readonly max: number
}

const leastWindowMs = 60_000
const mostWindowMs = 180_000

/** At least a minute and at most three, with the newest value at the right end. */
export const liveWindow = (series: readonly (readonly LivePoint[])[], now: number): LiveWindow => {
  const first = Math.min(now, ...series.flatMap((points) => points.slice(0, 1)).map(({ at }) => at))
  const span = Math.min(mostWindowMs, Math.max(leastWindowMs, now - first))
  return { from: now - span, to: now }
}

/** With air around, at least `leastSpan` high, whole steps at the ends. */
export const liveScale = (
  series: readonly (readonly LivePoint[])[],
  leastSpan: number,
  floor = -Infinity,
): LiveScale => {
  const values = series.flatMap((points) => points.map(({ value }) => value))
  if (values.length === 0) return { min: Math.max(floor, 0), max: Math.max(floor, 0) + leastSpan }
  const low = Math.min(...values)
  const high = Math.max(...values)
  const air = Math.max((high - low) * 0.15, (leastSpan - (high - low)) / 2)
  return { min: Math.max(floor, low - air), max: Math.max(high + air, floor + leastSpan) }
}

/**
 * From when on a break is a gap: where a whole PON is walked for each reading they come more rarely
 * than was meant, and that is no break.
 */
export const liveGapMs = (points: readonly LivePoint[], everyMs: number): number => {
  const steps = points.slice(1).map(({ at }, position) => at - (points[position]?.at ?? at))
  return 3 * Math.max(everyMs, steps.length === 0 ? 0 : Math.min(...steps))
}

/** A break longer than `gapMs` stays a gap: nothing is made up between readings. */
export const livePath = (
  points: readonly LivePoint[],
  { from, to }: LiveWindow,
  { min, max }: LiveScale,
  { width, height }: LiveSize,
  gapMs: number,
): string => {
  let path = ''
  let last: number | undefined
  for (const { at, value } of points) {
    if (at < from || at > to) continue
    const x = tenth(((at - from) / (to - from)) * width)
    const y = tenth(height - ((value - min) / (max - min)) * height)
    path += `${last === undefined || at - last > gapMs ? 'M' : 'L'}${x} ${y}`
    last = at
  }
  return path
}

const tenth = (value: number): number => Math.round(value * 10) / 10
