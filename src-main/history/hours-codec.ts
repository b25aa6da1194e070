import { NocturneError } from '../../src-shared/errors.ts'
import { encodeGrid, openGrid } from './grid-codec.ts'
import { metricById } from './metrics.ts'
import { decodeRate, encodeRate } from './rate-scale.ts'

/**
 * Roll-ups: the least, mean and greatest reading of each hour, and how many there were. Hours are
 * whole UTC hours, counted from 1970.
 */
export interface Hours {
  readonly hours: Float64Array
  readonly min: Float64Array
  readonly avg: Float64Array
  readonly max: Float64Array
  /** 0: no reading in that hour; min, avg and max are NaN then. */
  readonly count: Float64Array
}

export const hourMs = 3_600_000

/** The share of readings that were online is kept in thousandths. */
const shareScale = 1000

export interface RollUpScale {
  readonly encode: (value: number) => number
  readonly decode: (code: number) => number
}

export const rollUpScaleOf = (metricId: number): RollUpScale => {
  const metric = metricById(metricId)
  if (metric === undefined) throw new RangeError('an unknown metric')
  if (metric.form === 'counter') return { encode: encodeRate, decode: decodeRate }
  const scale = metric.form === 'state' ? shareScale : metric.scale
  return { encode: (value) => Math.round(value * scale) + 0, decode: (code) => code / scale }
}

/**
 * Many series over the same hours: u8 version, u16 hours, the hours (f64 first, u16 steps), then a
 * grid with four rows per series: count, mean, mean less least, greatest less mean. The last two
 * are small and the first hardly changes.
 */
const version = 1
const planes = 4

export const encodeHours = (metricId: number, series: readonly Hours[]): Buffer => {
  const { encode } = rollUpScaleOf(metricId)
  const hours = series[0]?.hours ?? new Float64Array(0)
  const columns = hours.length
  const rows = series.length
  const values = new Float64Array(rows * columns * planes).fill(Number.NaN)
  for (let row = 0; row < rows; row++) {
    const { min, avg, max, count } = series[row]!
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column
      const plane = rows * columns
      if (count[column] === 0) continue
      const mean = encode(avg[column]!)
      values[at] = count[column]!
      values[plane + at] = mean
      values[plane * 2 + at] = mean - encode(min[column]!)
      values[plane * 3 + at] = encode(max[column]!) - mean
    }
  }
  const grid = encodeGrid({ rows: rows * planes, columns, values, marks: null })
  const headBytes = 3 + (columns === 0 ? 0 : 8 + (columns - 1) * 2)
  const out = Buffer.alloc(headBytes + grid.length)
  out.writeUInt8(version, 0)
  out.writeUInt16LE(columns, 1)
  for (let column = 0; column < columns; column++) {
    if (column === 0) out.writeDoubleLE(hours[0]!, 3)
    else out.writeUInt16LE(hours[column]! - hours[column - 1]!, 9 + column * 2)
  }
  out.set(grid, headBytes)
  return out
}

export interface HoursReader {
  readonly rows: number
  readonly hours: Float64Array
  /** Counts of 0 and NaN for a row that is not there. */
  read(row: number): Hours
}

export const openHours = (metricId: number, bytes: Buffer): HoursReader => {
  const { decode } = rollUpScaleOf(metricId)
  if (bytes.length < 3 || bytes[0] !== version) throw damaged()
  const columns = bytes.readUInt16LE(1)
  const headBytes = 3 + (columns === 0 ? 0 : 8 + (columns - 1) * 2)
  if (bytes.length < headBytes) throw damaged()
  const hours = new Float64Array(columns)
  for (let column = 0; column < columns; column++) {
    hours[column] =
      column === 0 ? bytes.readDoubleLE(3) : hours[column - 1]! + bytes.readUInt16LE(9 + column * 2)
  }
  const grid = openGrid(bytes.subarray(headBytes))
  if (grid.columns !== columns || grid.rows % planes !== 0) throw damaged()
  const rows = grid.rows / planes
  return {
    rows,
    hours,
    read: (row) => {
      if (row >= rows) return emptyHours(hours)
      const [count, avg, min, max] = Array.from({ length: planes }, (_, plane) => {
        const values = new Float64Array(columns)
        grid.readRow(plane * rows + row, values)
        return values
      }) as [Float64Array, Float64Array, Float64Array, Float64Array]
      for (let column = 0; column < columns; column++) {
        const mean = avg[column]!
        if (Number.isNaN(count[column]!)) count[column] = 0
        min[column] = decode(mean - min[column]!)
        max[column] = decode(mean + max[column]!)
        avg[column] = decode(mean)
      }
      return { hours, min, avg, max, count }
    },
  }
}

export const emptyHours = (hours: Float64Array): Hours => ({
  hours,
  min: new Float64Array(hours.length).fill(Number.NaN),
  avg: new Float64Array(hours.length).fill(Number.NaN),
  max: new Float64Array(hours.length).fill(Number.NaN),
  count: new Float64Array(hours.length),
})

/**
 * Readings (wall ms, ascending or not, NaN left out) into the given hours. What lies outside of
 * them is left out.
 */
export const rollUp = (hours: Float64Array, at: Float64Array, values: Float64Array): Hours => {
  const out = emptyHours(hours)
  const sums = new Float64Array(hours.length)
  let place = 0
  for (let index = 0; index < at.length; index++) {
    const value = values[index]!
    if (Number.isNaN(value)) continue
    const hour = Math.floor(at[index]! / hourMs)
    if (hours[place] !== hour) place = hours.indexOf(hour)
    if (place < 0) {
      place = 0
      continue
    }
    addTo(out, sums, place, value, value, value, 1)
  }
  return withMeans(out, sums)
}

/** Parts of the same series, of whatever hours, into one: hours ascending, shared ones joined. */
export const mergeHours = (parts: readonly Hours[], into?: Float64Array): Hours => {
  const apart = into === undefined ? concatenated(parts) : null
  if (apart !== null) return apart
  const hours = into ?? hoursOf(parts)
  const places = new Map<number, number>()
  for (let place = 0; place < hours.length; place++) places.set(hours[place]!, place)
  const out = emptyHours(hours)
  const sums = new Float64Array(hours.length)
  for (const part of parts) {
    for (let index = 0; index < part.hours.length; index++) {
      const count = part.count[index]!
      const place = places.get(part.hours[index]!)
      if (count === 0 || place === undefined) continue
      addTo(out, sums, place, part.min[index]!, part.max[index]!, part.avg[index]!, count)
    }
  }
  return withMeans(out, sums)
}

/**
 * The usual case of years: one part after the other, at most the hour between two of them shared.
 * null: it is not so.
 */
const concatenated = (parts: readonly Hours[]): Hours | null => {
  const total = parts.reduce((sum, { hours }) => sum + hours.length, 0)
  const hours = new Float64Array(total)
  const out = {
    hours,
    min: new Float64Array(total),
    avg: new Float64Array(total),
    max: new Float64Array(total),
    count: new Float64Array(total),
  }
  let used = 0
  for (const part of parts) {
    const step = used === 0 ? 1 : (part.hours[0] ?? Number.POSITIVE_INFINITY) - hours[used - 1]!
    if (step < 0) return null
    const from = step === 0 ? 1 : 0
    if (from === 1) joinInto(out, used - 1, part)
    for (const column of columns) out[column].set(part[column].subarray(from), used)
    used += part.hours.length - from
  }
  const cut = (column: (typeof columns)[number]) => out[column].subarray(0, used)
  return {
    hours: cut('hours'),
    min: cut('min'),
    avg: cut('avg'),
    max: cut('max'),
    count: cut('count'),
  }
}

const columns = ['hours', 'min', 'avg', 'max', 'count'] as const

/** The first hour of a part into the same hour at that place. */
const joinInto = (out: Hours, place: number, { min, avg, max, count }: Hours): void => {
  const more = count[0]!
  const had = out.count[place]!
  if (more === 0) return
  const all = had + more
  out.min[place] = had === 0 ? min[0]! : Math.min(out.min[place]!, min[0]!)
  out.max[place] = had === 0 ? max[0]! : Math.max(out.max[place]!, max[0]!)
  out.avg[place] = had === 0 ? avg[0]! : (out.avg[place]! * had + avg[0]! * more) / all
  out.count[place] = all
}

const hoursOf = (parts: readonly Hours[]): Float64Array =>
  Float64Array.from(new Set(parts.flatMap((part) => [...part.hours]))).toSorted()

const addTo = (
  out: Hours,
  sums: Float64Array,
  place: number,
  min: number,
  max: number,
  avg: number,
  count: number,
): void => {
  if (out.count[place] === 0) {
    out.min[place] = min
    out.max[place] = max
  } else {
    if (min < out.min[place]!) out.min[place] = min
    if (max > out.max[place]!) out.max[place] = max
  }
  out.count[place]! += count
  sums[place]! += avg * count
}

const withMeans = (out: Hours, sums: Float64Array): Hours => {
  for (let place = 0; place < sums.length; place++) {
    const count = out.count[place]!
    if (count > 0) out.avg[place] = sums[place]! / count
  }
  return out
}

/** The whole hours that the times touch, ascending. */
export const hoursTouched = (at: Float64Array): Float64Array =>
  Float64Array.from(new Set(Array.from(at, (time) => Math.floor(time / hourMs)))).toSorted()

const damaged = (): NocturneError => new NocturneError('store-damaged', { what: 'history-hours' })
