import { pickDoubles } from './pick.ts'
import { gapRule, usualInterval } from './readings.ts'

/** A line to be drawn: NaN in all three is a gap. Ascending in time. */
export interface SeriesPoints {
  /** Wall ms. */
  readonly at: Float64Array
  readonly min: Float64Array
  readonly avg: Float64Array
  readonly max: Float64Array
}

export interface WeightedPoints extends SeriesPoints {
  /** Readings behind each point; 0: none, the point is a gap. */
  readonly count: Float64Array
}

/**
 * At most `maxPoints` points with least, mean and greatest (two per pixel of a chart so wide): one
 * per point in time while they fit, otherwise one per equal part of the range. The extremes stay. A
 * point of NaN stands where a gap begins; it is left out of the count.
 * `least`: the shortest that the usual interval can be, ms.
 */
export const decimate = (
  points: WeightedPoints,
  from: number,
  to: number,
  maxPoints: number,
  least = 0,
): SeriesPoints => {
  const sorted = ascending(points)
  const usual = Math.max(least, usualInterval(sorted.at))
  if (sorted.at.length <= maxPoints) return withGaps(sorted, usual)
  const width = Math.max(1, (to - from) / maxPoints)
  return withGaps(bucketed(sorted, from, width, maxPoints), Math.max(usual, width))
}

const ascending = (points: WeightedPoints): WeightedPoints => {
  const { at } = points
  let sorted = true
  for (let index = 1; index < at.length && sorted; index++) sorted = at[index - 1]! <= at[index]!
  if (sorted) return points
  const order = Array.from(at.keys()).toSorted((a, b) => at[a]! - at[b]! || a - b)
  const pick = (values: Float64Array) => pickDoubles(values, order)
  const { min, avg, max, count } = points
  return { at: pick(at), min: pick(min), avg: pick(avg), max: pick(max), count: pick(count) }
}

const bucketed = (
  { at, min, avg, max, count }: WeightedPoints,
  from: number,
  width: number,
  most: number,
): WeightedPoints => {
  const size = Math.min(most, at.length)
  const out: WeightedPoints = {
    at: new Float64Array(size),
    min: new Float64Array(size).fill(Number.NaN),
    avg: new Float64Array(size).fill(Number.NaN),
    max: new Float64Array(size).fill(Number.NaN),
    count: new Float64Array(size),
  }
  let used = -1
  let bucket = -1
  let sum = 0
  const close = (): void => {
    if (used >= 0 && out.count[used]! > 0) out.avg[used] = sum / out.count[used]!
  }
  for (let index = 0; index < at.length; index++) {
    const here = Math.min(most - 1, Math.max(0, Math.floor((at[index]! - from) / width)))
    if (here !== bucket) {
      close()
      bucket = here
      used++
      sum = 0
      // The middle of the part, so that equal parts stand apart equally.
      out.at[used] = from + (here + 0.5) * width
    }
    const weight = count[index]!
    if (weight === 0) continue
    if (out.count[used] === 0 || min[index]! < out.min[used]!) out.min[used] = min[index]!
    if (out.count[used] === 0 || max[index]! > out.max[used]!) out.max[used] = max[index]!
    out.count[used]! += weight
    sum += avg[index]! * weight
  }
  close()
  const cut = (values: Float64Array) => values.slice(0, used + 1)
  return {
    at: cut(out.at),
    min: cut(out.min),
    avg: cut(out.avg),
    max: cut(out.max),
    count: cut(out.count),
  }
}

/** One NaN per gap: where readings were missing, or said that there was no value. */
const withGaps = (points: WeightedPoints, usual: number): SeriesPoints => {
  const { at, min, avg, max, count } = points
  const isGap = gapRule(at, usual)
  const picks: number[] = []
  const times: number[] = []
  let last = Number.NaN
  let gap = true
  for (let index = 0; index < at.length; index++) {
    const time = at[index]!
    if (!gap && isGap(time - last, index)) {
      picks.push(-1)
      times.push((time + last) / 2)
      gap = true
    }
    last = time
    if (count[index] === 0) {
      if (gap) continue
      gap = true
      picks.push(-1)
    } else {
      gap = false
      picks.push(index)
    }
    times.push(time)
  }
  const pick = (values: Float64Array): Float64Array => {
    const picked = new Float64Array(picks.length)
    for (let index = 0; index < picked.length; index++) {
      const place = picks[index]!
      picked[index] = place < 0 ? Number.NaN : values[place]!
    }
    return picked
  }
  return { at: Float64Array.from(times), min: pick(min), avg: pick(avg), max: pick(max) }
}
