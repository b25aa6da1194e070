import { encodeGrid, openGrid } from './grid-codec.ts'

/** When the cycles of a block were: the time once for all its series. */
export interface CycleTimes {
  /** Ascending, each once, over all files and starts (history.ts). */
  readonly cycles: Float64Array
  /** Wall ms. */
  readonly at: Float64Array
  /** Monotonic ms of the run that the cycle belongs to. */
  readonly ticks: Float64Array
}

export const encodeTimes = ({ cycles, at, ticks }: CycleTimes): Uint8Array => {
  const columns = cycles.length
  const values = new Float64Array(columns * 3)
  values.set(cycles, 0)
  values.set(at, columns)
  values.set(ticks, columns * 2)
  return encodeGrid({ rows: 3, columns, values, marks: null })
}

export const decodeTimes = (bytes: Uint8Array): CycleTimes => {
  const grid = openGrid(bytes)
  const row = (index: number): Float64Array => {
    const values = new Float64Array(grid.columns)
    grid.readRow(index, values)
    return values
  }
  return { cycles: row(0), at: row(1), ticks: row(2) }
}
