import { NocturneError } from '../../src-shared/errors.ts'
import type { Catalogue, SeriesRow } from './catalogue.ts'
import { decimate, type SeriesPoints, type WeightedPoints } from './decimate.ts'
import type { FileSet } from './file-set.ts'
import { withHistoryErrors } from './history-errors.ts'
import { hourMs, mergeHours, type Hours } from './hours-codec.ts'
import { metrics, type MetricName, type SeriesKind } from './metrics.ts'
import { hoursBetween, hoursOfQuarters, samplesBetween, type SeriesKey } from './read-samples.ts'
import { pickDoubles, placesWithin } from './pick.ts'
import { gapRule, readingsOf, usualInterval, type Readings, type Samples } from './readings.ts'

/** A series by its stable key. Without a serial number: what is at the address now. */
export interface SeriesRef {
  readonly kind: SeriesKind
  readonly oltId: string
  /** Packed; 0 for the OLT. */
  readonly address: number
  readonly serial?: string
}

interface RangeQuery {
  readonly series: SeriesRef
  /** Wall ms, both inclusive. */
  readonly from: number
  readonly to: number
}

export interface SeriesRequest extends RangeQuery {
  readonly metrics: readonly MetricName[]
  /** Points per metric, gaps not counted: the width of the chart in pixels. */
  readonly maxPoints: number
}

export interface MetricSeries extends SeriesPoints {
  readonly metric: MetricName
  /** Each reading, or least, mean and greatest of whole hours. */
  readonly resolution: 'readings' | 'hours'
  /** Wall ms of counter resets; readings only. */
  readonly resets: Float64Array
}

export interface MetricSamples {
  readonly metric: MetricName
  /** Wall ms, in the order of the cycles. */
  readonly at: Float64Array
  /** In the metric's unit, counters as read; NaN: the walk had no value. */
  readonly values: Float64Array
  /** `marks` of metrics.ts. */
  readonly marks: Uint8Array
}

export interface SeriesEvents {
  readonly at: Float64Array
  readonly kinds: Uint8Array
  readonly codes: Uint8Array
  readonly details: Uint8Array
}

/** Each state and since when it was read so; 0 also where nothing was read. */
export interface SeriesStates {
  readonly at: Float64Array
  readonly states: Uint8Array
}

/** A series that is not known has no points; reads throw 'invalid-input' and 'store-damaged'. */
export interface HistoryQueries {
  /** For charts: gaps are NaN, counters are kbit/s, states the share online. */
  readonly readSeries: (request: SeriesRequest) => readonly MetricSeries[]
  /** For exports: every sample that is kept, lossless. */
  readonly readSamples: (
    request: RangeQuery & { readonly metrics: readonly MetricName[] },
  ) => readonly MetricSamples[]
  readonly readStates: (request: RangeQuery) => SeriesStates
  readonly events: (request: RangeQuery) => SeriesEvents
}

/** Longer ranges are drawn from hourly roll-ups. */
const readingsRangeMs = 8 * 86_400_000
const mostPoints = 100_000

export const createQueries = (deps: {
  readonly catalogue: Catalogue
  readonly files: FileSet
}): HistoryQueries => {
  const { catalogue, files } = deps

  const find = ({ kind, oltId, address, serial }: SeriesRef): SlotKey | undefined => {
    if (serial !== undefined) return catalogue.find({ kind, oltId, address, serial })[0]
    const lane = catalogue.knownLane(oltId, kind)
    const slot = lane?.current.get(address)
    return lane === undefined || slot === undefined ? undefined : { lane: lane.id, slot }
  }

  const readingsBetween = (key: SeriesKey, from: number, to: number): Readings & Weighted => {
    const samples = samplesBetween(files.overlapping(from, to), key, from, to)
    const readings = readingsOf(key.metric, samples)
    const kept = placesWithin(readings.at, from, to)
    const values = pickDoubles(readings.values, kept)
    return {
      at: pickDoubles(readings.at, kept),
      values,
      resets: readings.resets.filter((at) => at >= from && at <= to),
      count: values.map((value) => (Number.isNaN(value) ? 0 : 1)),
    }
  }

  const fine = (key: SeriesKey, { from, to, maxPoints }: SeriesRequest) => {
    const { at, values, count, resets } = readingsBetween(key, from, to)
    // Where the readings are gone their roll-ups stand in.
    const quarters = files.hoursOverlapping(from, to)
    const old = hoursOfQuarters(quarters, key, from, to, (name) => files.has(name))
    const points = joined(pointsOf(mergeHours(old), from, to), {
      at,
      min: values,
      avg: values,
      max: values,
      count,
    })
    return { ...decimate(points, from, to, maxPoints), resets }
  }

  const coarse = (key: SeriesKey, { from, to, maxPoints }: SeriesRequest) => {
    const points = pointsOf(mergeHours(hoursBetween(files, key, from, to)), from, to)
    return { ...decimate(points, from, to, maxPoints, hourMs), resets: new Float64Array(0) }
  }

  return {
    readSeries: (request) =>
      withHistoryErrors(() => {
        checkRange(request)
        const { maxPoints, from, to } = request
        if (!(maxPoints >= 1 && maxPoints <= mostPoints)) throw wrong('points')
        const row = find(request.series)
        const resolution = to - from <= readingsRangeMs ? 'readings' : 'hours'
        return request.metrics.map((metric) => {
          if (row === undefined) return { metric, resolution, ...noPoints }
          const key = { lane: row.lane, slot: row.slot, metric: metrics[metric].id }
          const read = resolution === 'readings' ? fine : coarse
          return { metric, resolution, ...read(key, request) }
        })
      }),
    readSamples: (request) =>
      withHistoryErrors(() => {
        checkRange(request)
        const { from, to } = request
        const row = find(request.series)
        return request.metrics.map((metric) => {
          if (row === undefined) return { metric, ...noSamples }
          const { id, form, scale } = metrics[metric]
          const key = { lane: row.lane, slot: row.slot, metric: id }
          const samples = samplesBetween(files.overlapping(from, to), key, from, to)
          const kept = placesWithin(samples.at, from, to)
          const values = pickDoubles(samples.values, kept)
          return {
            metric,
            at: pickDoubles(samples.at, kept),
            values: form === 'gauge' ? values.map((value) => value / scale) : values,
            marks: Uint8Array.from(kept, (index) => samples.marks[index]!),
          }
        })
      }),
    readStates: (request) =>
      withHistoryErrors(() => {
        checkRange(request)
        const { from, to } = request
        const row = find(request.series)
        if (row === undefined) return { at: new Float64Array(0), states: new Uint8Array(0) }
        const key = { lane: row.lane, slot: row.slot, metric: metrics.state.id }
        return runsOf(samplesBetween(files.overlapping(from, to), key, from, to), from, to)
      }),
    events: (request) =>
      withHistoryErrors(() => {
        checkRange(request)
        const { from, to } = request
        const row = find(request.series)
        const found =
          row === undefined
            ? []
            : [...files.hoursOverlapping(from, to), ...files.unsealedOverlapping(from, to)]
                .flatMap((file) => file.events(row.lane, row.slot, from, to))
                .toSorted((a, b) => a.at - b.at)
        return {
          at: Float64Array.from(found, ({ at }) => at),
          kinds: Uint8Array.from(found, ({ kind }) => kind),
          codes: Uint8Array.from(found, ({ code }) => code),
          details: Uint8Array.from(found, ({ detail }) => detail),
        }
      }),
  }
}

type SlotKey = Pick<SeriesRow, 'lane' | 'slot'>

interface Weighted {
  readonly count: Float64Array
}

const noPoints = {
  at: new Float64Array(0),
  min: new Float64Array(0),
  avg: new Float64Array(0),
  max: new Float64Array(0),
  resets: new Float64Array(0),
} as const

const noSamples = {
  at: new Float64Array(0),
  values: new Float64Array(0),
  marks: new Uint8Array(0),
} as const

/** Each hour as a point in its middle. */
const pointsOf = ({ hours, min, avg, max, count }: Hours, from: number, to: number) => {
  const kept = new Int32Array(hours.length)
  let used = 0
  for (let index = 0; index < hours.length; index++) {
    const begins = hours[index]! * hourMs
    if (count[index]! > 0 && begins + hourMs > from && begins <= to) kept[used++] = index
  }
  const places = kept.subarray(0, used)
  const pick = (values: Float64Array) => pickDoubles(values, places)
  const at = pick(hours).map((hour) => (hour + 0.5) * hourMs)
  return { at, min: pick(min), avg: pick(avg), max: pick(max), count: pick(count) }
}

const joined = (old: WeightedPoints, recent: WeightedPoints): WeightedPoints => {
  if (old.at.length === 0) return recent
  const both = (a: Float64Array, b: Float64Array) => Float64Array.of(...a, ...b)
  return {
    at: both(old.at, recent.at),
    min: both(old.min, recent.min),
    avg: both(old.avg, recent.avg),
    max: both(old.max, recent.max),
    count: both(old.count, recent.count),
  }
}

const runsOf = ({ at, values }: Samples, from: number, to: number): SeriesStates => {
  const times: number[] = []
  const states: number[] = []
  const usual = usualInterval(at)
  const isGap = gapRule(at, usual)
  /** Where readings are missing (it slept, it was not running) nothing is known. */
  const noteGap = (since: number, until: number, place: number): void => {
    const begins = since + usual
    if (!isGap(until - since, place) || begins < from || begins > to) return
    if (states.length === 0 || states.at(-1) === 0) return
    times.push(begins)
    states.push(0)
  }
  for (let index = 0; index < at.length; index++) {
    const time = at[index]!
    if (index > 0) noteGap(at[index - 1]!, Math.min(time, to), index)
    if (time < from || time > to) continue
    const state = Number.isNaN(values[index]!) ? 0 : values[index]!
    if (states.at(-1) === state) continue
    times.push(time)
    states.push(state)
  }
  const last = at.at(-1)
  if (last !== undefined) noteGap(last, to, at.length)
  return { at: Float64Array.from(times), states: Uint8Array.from(states) }
}

const checkRange = ({ from, to }: RangeQuery): void => {
  if (!(from <= to) || !Number.isFinite(to - from)) throw wrong('range')
}

const wrong = (what: string): NocturneError =>
  new NocturneError('invalid-input', { what: `history-${what}` })
