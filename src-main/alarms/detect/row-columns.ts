/** Typed arrays by live row that grow with the network. */
export interface RowColumns {
  /** Makes room for every one of the rows. */
  readonly reserve: (rows: Int32Array) => void
}

export const createRowColumns = (resize: (capacity: number) => void): RowColumns => {
  let capacity = 0
  return {
    reserve: (rows) => {
      let most = -1
      for (let index = 0; index < rows.length; index++) if (rows[index]! > most) most = rows[index]!
      if (most < capacity) return
      capacity = Math.max(1024, most + 1 + (most >> 1))
      resize(capacity)
    },
  }
}

export const grownBytes = (before: Uint8Array, capacity: number): Uint8Array => {
  const grown = new Uint8Array(capacity)
  grown.set(before)
  return grown
}

export const grownDoubles = (before: Float64Array, capacity: number): Float64Array => {
  const grown = new Float64Array(capacity).fill(Number.NaN)
  grown.set(before)
  return grown
}

export const grownInts = (before: Int32Array, capacity: number): Int32Array => {
  const grown = new Int32Array(capacity).fill(-1)
  grown.set(before)
  return grown
}
