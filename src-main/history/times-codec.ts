import { encodeGrid, openGrid } from './grid-codec.ts'

/** When the cycles of a block were: the time once for all its series. */
export interface CycleTimes {
  /** Ascending, each once, over all files and starts (history.ts). */
  readonly cycles: Float64Array
  /** Wall ms. */
  readonly at: Float64Array
  /** Monotonic ms of the run that the cycle belongs to. */
  readonly ticks: Float64Array
  /** 1: only some of its series were asked for; null: none of them is such a cycle. */
  readonly partial: Uint8Array | null
}

export const encodeTimes = ({ cycles, at, ticks, partial }: CycleTimes): Uint8Array => {
  const columns = cycles.length
  const rows = partial === null ? 3 : 4
  const values = new Float64Array(columns * rows)
  values.set(cycles, 0)
  values.set(at, columns)
  values.set(ticks, columns * 2)
  if (partial !== null) values.set(partial, columns * 3)
  return encodeGrid({ rows, columns, values, marks: null })
}

export const decodeTimes = (bytes: Uint8Array): CycleTimes => {
  const grid = openGrid(bytes)
  const row = (index: number): Float64Array => {
    const values = new Float64Array(grid.columns)
    grid.readRow(index, values)
    return values
  }
  const partial = grid.rows < 4 ? null : Uint8Array.from(row(3))
  return { cycles: row(0), at: row(1), ticks: row(2), partial }
}
