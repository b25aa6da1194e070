/**
 * Object identifiers. Outside the walker an OID is text ("1.3.6.1.2.1.1.1.0"); on the wire and in
 * the walker it is the BER content octets (X.690 section 8.19), compared as bytes and never joined
 * to text per value.
 */
const maxArc = 0xff_ff_ff_ff
const maxArcs = 128

/** At least two arcs, no leading dot, each arc 0..2^32-1 without leading zeros (RFC 2578 section 3.5). */
export const isOid = (text: string): boolean => {
  if (!/^(?:[01]\.[1-3]?\d|2\.\d{1,10})(?:\.(?:0|[1-9]\d{0,9}))*$/u.test(text)) return false
  const arcs = text.split('.')
  return arcs.length <= maxArcs && arcs.every((arc) => Number(arc) <= maxArc)
}

export const parseOid = (text: string): readonly number[] => {
  if (!isOid(text)) throw new TypeError(`not an object identifier: ${JSON.stringify(text)}`)
  return text.split('.').map(Number)
}

const pushArc = (bytes: number[], arc: number): void => {
  if (arc >= 0x10_00_00_00) bytes.push(0x80 | Math.floor(arc / 0x10_00_00_00))
  if (arc >= 0x20_00_00) bytes.push(0x80 | ((arc >>> 21) & 0x7f))
  if (arc >= 0x40_00) bytes.push(0x80 | ((arc >>> 14) & 0x7f))
  if (arc >= 0x80) bytes.push(0x80 | ((arc >>> 7) & 0x7f))
  bytes.push(arc & 0x7f)
}

/** BER content octets of an OID, without tag and length. */
export const encodeOid = (arcs: readonly number[]): Buffer => {
  const [first = 0, second = 0, ...rest] = arcs
  const bytes: number[] = []
  pushArc(bytes, first * 40 + second)
  for (const arc of rest) pushArc(bytes, arc)
  return Buffer.from(bytes)
}

/** The same with more arcs behind it: the first row of a table, or of one PON in it. */
export const appendArcs = (prefix: Buffer, arcs: readonly number[]): Buffer => {
  const bytes: number[] = []
  for (const arc of arcs) pushArc(bytes, arc)
  return Buffer.concat([prefix, Buffer.from(bytes)])
}

/** Text of BER content octets, or null when they are not a whole OID. */
export const decodeOid = (buffer: Uint8Array, start: number, end: number): string | null => {
  const arcs = new Float64Array(maxArcs)
  const count = readArcs(buffer, start, end, arcs)
  if (count < 1) return null
  const first = arcs[0] ?? 0
  const top = first < 40 ? 0 : first < 80 ? 1 : 2
  return [top, first - top * 40, ...arcs.subarray(1, count)].join('.')
}

/**
 * Reads base-128 arcs from `start` to `end` into `arcs`. Returns how many there were, or -1 when an
 * arc is cut off, larger than 32 bits, padded with zeros, or when there are more than fit.
 */
export const readArcs = (
  buffer: Uint8Array,
  start: number,
  end: number,
  arcs: Float64Array,
): number => {
  let count = 0
  let position = start
  while (position < end) {
    if (count === arcs.length) return -1
    let byte = buffer[position++] as number
    if (byte < 0x80) {
      arcs[count++] = byte
      continue
    }
    if (byte === 0x80) return -1
    let arc = byte & 0x7f
    do {
      if (position === end) return -1
      byte = buffer[position++] as number
      arc = arc * 128 + (byte & 0x7f)
    } while (byte >= 0x80)
    if (arc > maxArc) return -1
    arcs[count++] = arc
  }
  return count
}
