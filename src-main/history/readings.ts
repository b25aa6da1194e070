import { gainOf, marks, metricById, onlineShareOf } from './metrics.ts'

/** The samples of one series in the order of their cycles, as they were read. */
export interface Samples {
  readonly cycles: Float64Array
  /** Wall ms. */
  readonly at: Float64Array
  /** Monotonic ms of the run. */
  readonly ticks: Float64Array
  /** Whole numbers (metrics.ts); NaN: the cycle took place and had no value. */
  readonly values: Float64Array
  readonly marks: Uint8Array
}

/** What people see of them. */
export interface Readings {
  /** Wall ms; in the order of the cycles, so a clock that was set back shows. */
  readonly at: Float64Array
  readonly values: Float64Array
  /** Wall ms of the counter resets. */
  readonly resets: Float64Array
}

/** Cycle ids of one run of the history: ticks compare within it alone. */
export const cyclesPerRun = 4_294_967_296

/** So many usual intervals without a cycle are a gap. */
const gapFactor = 2.5

/** The middle one of the intervals between cycles, ms; 0: fewer than two cycles. */
export const usualInterval = (at: Float64Array): number => {
  const steps = new Float64Array(at.length)
  let used = 0
  let least = Number.POSITIVE_INFINITY
  let most = 0
  for (let index = 1; index < at.length; index++) {
    const step = at[index]! - at[index - 1]!
    if (step <= 0) continue
    steps[used++] = step
    if (step < least) least = step
    if (step > most) most = step
  }
  if (used === 0) return 0
  // Mostly they are about the same, and any of them will do.
  if (most < least * 1.1) return least
  return steps.subarray(0, used).sort()[used >> 1]!
}

/**
 * Whether so long a time (ms) up to the reading at a place is one in which readings are missing.
 * Told from the usual interval, and from those around it: where the OLT is asked less often for a
 * while, three steps in a row say so, and that is no gap. Times in the order of the readings.
 */
export const gapRule = (
  at: Float64Array,
  usual = usualInterval(at),
): ((elapsed: number, place: number) => boolean) => {
  const step = (place: number): number =>
    place < 1 || place >= at.length ? 0 : at[place]! - at[place - 1]!
  return (elapsed, place) => {
    if (usual <= 0 || elapsed <= usual * gapFactor) return false
    const here = step(place)
    const [before, after] = [step(place - 1), step(place + 1)]
    const around = Math.max(
      Math.min(step(place - 2), before, here),
      Math.min(before, here, after),
      Math.min(here, after, step(place + 2)),
      // Behind the last one: it may still come.
      place >= at.length ? Math.min(step(place - 2), before) : 0,
    )
    return elapsed > around * gapFactor
  }
}

/**
 * Gauges in their unit, states as the share online, counters as kbit/s: the gain since the sample
 * before, NaN where that is not known (the first, a reset, a gap).
 */
export const readingsOf = (metricId: number, samples: Samples): Readings => {
  const metric = metricById(metricId)
  if (metric === undefined) throw new RangeError('an unknown metric')
  const { at, values } = samples
  const noResets = new Float64Array(0)
  switch (metric.form) {
    case 'gauge':
      return { at, values: values.map((value) => value / metric.scale), resets: noResets }
    case 'state':
      return { at, values: values.map(onlineShareOf), resets: noResets }
    case 'counter':
      return ratesOf(samples)
  }
}

const ratesOf = ({ cycles, at, ticks, values, marks: said }: Samples): Readings => {
  const rates = new Float64Array(values.length).fill(Number.NaN)
  const resets: number[] = []
  const isGap = gapRule(at)
  let before = -1
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (Number.isNaN(value)) continue
    if (said[index] === marks.reset) resets.push(at[index]!)
    if (before >= 0) {
      const gain = gainOf(values[before]!, value, said[index]!)
      const elapsed = elapsedMs(cycles, at, ticks, before, index)
      if (elapsed > 0 && !isGap(elapsed, index)) rates[index] = (gain * 8) / elapsed
    }
    before = index
  }
  return { at, values: rates, resets: Float64Array.from(resets) }
}

/**
 * The monotonic clock stands still while a laptop sleeps, the wall clock is set back at times: the
 * longer of the two is right or too long, and too long is seen as a gap.
 */
const elapsedMs = (
  cycles: Float64Array,
  at: Float64Array,
  ticks: Float64Array,
  from: number,
  to: number,
): number => {
  const wall = at[to]! - at[from]!
  const sameRun =
    Math.floor(cycles[from]! / cyclesPerRun) === Math.floor(cycles[to]! / cyclesPerRun)
  return sameRun ? Math.max(wall, ticks[to]! - ticks[from]!) : wall
}
