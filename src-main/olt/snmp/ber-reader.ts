import { berTag } from './ber-types.ts'

/**
 * Reading BER in place (X.690 with definite lengths only, which is all SNMP allows). Every length is
 * checked against what holds it, so no datagram can make a reader look outside or loop. One datagram
 * is read at a time, never across an await: the cursor is shared.
 */
export const cursor = { position: 0 }

/** Reads a length; leaves the cursor at the content. Returns the content's end, or -1. */
export const readLength = (buffer: Uint8Array, limit: number): number => {
  if (cursor.position >= limit) return -1
  let length = buffer[cursor.position++] as number
  if (length >= 0x80) {
    const octets = length & 0x7f
    if (octets === 0 || octets > 4 || cursor.position + octets > limit) return -1
    length = 0
    for (let index = 0; index < octets; index++) {
      length = length * 256 + (buffer[cursor.position++] as number)
    }
  }
  const end = cursor.position + length
  return end > limit ? -1 : end
}

/** Reads a tag and a length; leaves the cursor at the content. Returns the content's end, or -1. */
export const openTag = (buffer: Uint8Array, tag: number, limit: number): number => {
  if (cursor.position + 2 > limit || buffer[cursor.position] !== tag) return -1
  cursor.position++
  return readLength(buffer, limit)
}

/** An INTEGER of at most five octets, or NaN. Leaves the cursor behind it. */
export const readInteger = (buffer: Uint8Array, limit: number): number => {
  const end = openTag(buffer, berTag.integer, limit)
  const length = end - cursor.position
  if (end < 0 || length < 1 || length > 5) return Number.NaN
  let value = ((buffer[cursor.position] as number) << 24) >> 24
  for (let index = cursor.position + 1; index < end; index++) {
    value = value * 256 + (buffer[index] as number)
  }
  cursor.position = end
  return value
}

/** Where an OCTET STRING lies, or null. Leaves the cursor behind it. */
export const readOctets = (
  buffer: Uint8Array,
  limit: number,
): { readonly start: number; readonly end: number } | null => {
  const end = openTag(buffer, berTag.octetString, limit)
  if (end < 0) return null
  const start = cursor.position
  cursor.position = end
  return { start, end }
}
