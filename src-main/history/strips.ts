/**
 * Many blobs as one stream, cut into rows of one exact size. SQLite puts what does not fit into
 * overflow pages of 4,012 bytes (page 4,096, 80 of them SQLCipher's, 4 a pointer) and keeps 479
 * bytes or more in the leaf; blobs of arbitrary size leave about a tenth of the file empty. A strip
 * fills one overflow page and takes 479 bytes in the leaf: a fortieth is lost
 * (sqlite.org/fileformat2.html, section 1.6).
 */
export const stripBytes = 479 + 4_012

/** The most strips of one stream; ids of strips give the number so much room. */
export const stripLimit = 65_536

export interface Stream {
  readonly strips: readonly Buffer[]
  /** Where each part ends in the stream. */
  readonly ends: readonly number[]
}

export const cutIntoStrips = (parts: readonly Uint8Array[]): Stream => {
  const whole = Buffer.concat(parts)
  const strips: Buffer[] = []
  for (let from = 0; from < whole.length; from += stripBytes) {
    strips.push(whole.subarray(from, from + stripBytes))
  }
  if (strips.length > stripLimit) throw new RangeError('a stream that is too long')
  let end = 0
  return { strips, ends: parts.map(({ length }) => (end += length)) }
}

/** From `start` to `end` of the stream; undefined where a strip is missing. */
export const readStrips = (
  start: number,
  end: number,
  strip: (index: number) => Buffer | undefined,
): Buffer | undefined => {
  const first = Math.floor(start / stripBytes)
  const last = Math.floor(Math.max(start, end - 1) / stripBytes)
  const strips: Buffer[] = []
  for (let index = first; index <= last; index++) {
    const bytes = strip(index)
    if (bytes === undefined) return undefined
    strips.push(bytes)
  }
  const all = strips.length === 1 ? strips[0]! : Buffer.concat(strips)
  const from = start - first * stripBytes
  return all.length < from + end - start ? undefined : all.subarray(from, from + end - start)
}

/** Which part is what, and where it ends: u32 and u32 each, numbers ascending. */
export const encodeDirectory = (numbers: readonly number[], ends: readonly number[]): Buffer => {
  const out = Buffer.alloc(numbers.length * 8)
  numbers.forEach((number, index) => {
    out.writeUInt32LE(number, index * 8)
    out.writeUInt32LE(ends[index]!, index * 8 + 4)
  })
  return out
}

/** Where the part with that number lies; null: there is none. */
export const findInDirectory = (
  directory: Buffer,
  number: number,
): { readonly start: number; readonly end: number } | null => {
  let low = 0
  let high = Math.floor(directory.length / 8)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (directory.readUInt32LE(middle * 8) < number) low = middle + 1
    else high = middle
  }
  if (low * 8 >= directory.length || directory.readUInt32LE(low * 8) !== number) return null
  const start = low === 0 ? 0 : directory.readUInt32LE(low * 8 - 4)
  return { start, end: directory.readUInt32LE(low * 8 + 4) }
}
