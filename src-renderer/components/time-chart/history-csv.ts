import type { CsvCell } from '../export-csv.ts'
import type { TimeWindow } from './chart-range.ts'
import { isoWithZone } from './local-time.ts'
import type { SeriesPoints } from './series-points.ts'

/**
 * Charts as a table: a row per time, a column per figure. A time at which one column has no value
 * leaves its cell empty. Times are ISO 8601 with the zone's offset.
 */
export interface CsvColumn {
  readonly head: string
  readonly at: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/** Least, mean and greatest of a line's points within the window. */
export const columnsOfLine = (
  head: string,
  points: SeriesPoints,
  window: TimeWindow,
  words: { readonly least: string; readonly mean: string; readonly greatest: string },
  digits: number,
): CsvColumn[] => {
  const kept: number[] = []
  points.at.forEach((at, index) => {
    if (at >= window.from && at <= window.to && !Number.isNaN(points.avg[index]!)) kept.push(index)
  })
  const at = kept.map((index) => points.at[index]!)
  const round = (value: number): number => Number(value.toFixed(digits + 1))
  const pick = (word: string, values: Float64Array): CsvColumn => ({
    head: `${head}, ${word}`,
    at,
    values: kept.map((index) => round(values[index]!)),
  })
  return [
    pick(words.least, points.min),
    pick(words.mean, points.avg),
    pick(words.greatest, points.max),
  ]
}

/** Rows in ascending time; each column's own times are ascending. */
export function* csvRows(columns: readonly CsvColumn[]): Generator<readonly CsvCell[]> {
  const places = columns.map(() => 0)
  for (;;) {
    let next = Number.POSITIVE_INFINITY
    columns.forEach(({ at }, column) => {
      next = Math.min(next, at[places[column]!] ?? Number.POSITIVE_INFINITY)
    })
    if (next === Number.POSITIVE_INFINITY) return
    const cells = columns.map(({ at, values }, column) => {
      if (at[places[column]!] !== next) return null
      const value = values[places[column]!]!
      places[column]! += 1
      return value
    })
    yield [isoWithZone(next), ...cells]
  }
}

/** `HWTC1A2B3C4D_2026-11-21T0805_2026-11-22T0805_readings.csv`: nothing a file system refuses. */
export const historyFileName = (
  name: string,
  window: TimeWindow,
  what: 'points' | 'readings',
): string => {
  const safe = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60) || 'history'
  const edge = (at: number): string => isoWithZone(at).slice(0, 16).replaceAll(':', '')
  return `${safe}_${edge(window.from)}_${edge(window.to)}_${what}.csv`
}

/** Parts of a long range, so that reading shows how far it is and can be stopped. */
export const partsOf = ({ from, to }: TimeWindow, partMs: number): TimeWindow[] => {
  const parts: TimeWindow[] = []
  for (let begin = from; begin < to || parts.length === 0; begin += partMs) {
    const end = Math.min(begin + partMs, to)
    // Both ends of a range are in it: the next part begins behind the last.
    parts.push({ from: parts.length === 0 ? begin : begin + 0.001, to: end })
  }
  return parts
}
