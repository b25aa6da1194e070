import { berTag } from './ber-types.ts'

/**
 * A numeric SNMP value as a double. Integer32 is signed, the other types are unsigned; a Counter64
 * above 2^53 loses its last bits, which no counter of octets notices. NaN when the value is not
 * numeric or its length is impossible.
 */
export const readNumber = (tag: number, buffer: Uint8Array, start: number, end: number): number => {
  const length = end - start
  if (length < 1) return Number.NaN
  if (tag === berTag.integer) {
    if (length > 5) return Number.NaN
    let value = ((buffer[start] as number) << 24) >> 24
    for (let index = start + 1; index < end; index++)
      value = value * 256 + (buffer[index] as number)
    return value
  }
  if (
    tag === berTag.gauge32 ||
    tag === berTag.counter32 ||
    tag === berTag.timeTicks ||
    tag === berTag.counter64
  ) {
    if (length > (tag === berTag.counter64 ? 9 : 5)) return Number.NaN
    // In two halves, so that a large Counter64 is rounded once and not at every octet. Unsigned
    // reading also covers agents that send a Gauge32 above 2^31 without its leading zero.
    const middle = end - 4
    let high = 0
    let low = 0
    let index = start
    for (; index < middle; index++) high = high * 256 + (buffer[index] as number)
    for (; index < end; index++) low = low * 256 + (buffer[index] as number)
    return high * 2 ** 32 + low
  }
  return Number.NaN
}

/**
 * Octets copied out of the datagram.
 * SECURITY: a slice would keep the whole datagram alive for as long as the value lives.
 */
export const copyOctets = (buffer: Uint8Array, start: number, end: number): Buffer => {
  const copy = Buffer.allocUnsafeSlow(end - start)
  copy.set(buffer.subarray(start, end))
  return copy
}
