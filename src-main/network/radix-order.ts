/**
 * Sorts row numbers by a number each: a stable radix sort over the bits of the numbers, some ten
 * times faster than a comparator at 100,000 rows. NaN ("no value") comes last.
 * `rows` come in the order that decides between equal values.
 */
export interface RadixOrder {
  readonly rows: Int32Array
  /** Rows with a value: those before it. */
  readonly valued: number
}

const digitBits = 16
const buckets = 1 << digitBits

export const orderByNumber = (rows: Int32Array, valueOf: (row: number) => number): RadixOrder => {
  const count = rows.length
  const values = new Float64Array(count)
  let from = new Int32Array(count)
  const without = new Int32Array(count)
  let valued = 0
  let empty = 0
  for (let index = 0; index < count; index++) {
    const row = rows[index]!
    const value = valueOf(row)
    if (Number.isNaN(value)) {
      without[empty++] = row
    } else {
      // + 0 turns -0 into 0: they are one value.
      values[valued] = value + 0
      from[valued++] = row
    }
  }
  // Platforms that run this are little-endian: word 0 is the low half.
  const bits = new Uint32Array(values.buffer, 0, valued * 2)
  let low = new Uint32Array(valued)
  let high = new Uint32Array(valued)
  for (let index = 0; index < valued; index++) {
    const top = bits[index * 2 + 1]!
    // Order-preserving bits of a double: negative ones reversed, positive ones above them.
    const negative = top >>> 31 === 1
    low[index] = negative ? ~bits[index * 2]! : bits[index * 2]!
    high[index] = negative ? ~top : top ^ 0x8000_0000
  }
  let to = new Int32Array(count)
  let lowTo = new Uint32Array(valued)
  let highTo = new Uint32Array(valued)
  for (let pass = 0; pass < 4; pass++) {
    const key = pass < 2 ? low : high
    const shift = pass % 2 === 0 ? 0 : digitBits
    const starts = new Uint32Array(buckets)
    for (let index = 0; index < valued; index++) starts[(key[index]! >>> shift) & (buckets - 1)]!++
    if (valued === 0 || starts[(key[0]! >>> shift) & (buckets - 1)] === valued) continue
    let sum = 0
    for (let bucket = 0; bucket < buckets; bucket++) {
      const size = starts[bucket]!
      starts[bucket] = sum
      sum += size
    }
    for (let index = 0; index < valued; index++) {
      const place = starts[(key[index]! >>> shift) & (buckets - 1)]!++
      to[place] = from[index]!
      lowTo[place] = low[index]!
      highTo[place] = high[index]!
    }
    ;[from, to] = [to, from]
    ;[low, lowTo] = [lowTo, low]
    ;[high, highTo] = [highTo, high]
  }
  from.set(without.subarray(0, empty), valued)
  return { rows: from, valued }
}
