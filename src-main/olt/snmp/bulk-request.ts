import { berTag } from './ber-types.ts'

/**
 * Writes an SNMPv2c GETBULK request (RFC 3416 section 4.2.3) from OIDs that are BER already.
 * `maxRepetitions` 0 hangs some agents (facts/performance.md 1.2) and is refused.
 */
export const encodeBulkRequest = (
  community: Buffer,
  requestId: number,
  oids: readonly Uint8Array[],
  nonRepeaters: number,
  maxRepetitions: number,
): Buffer => {
  if (maxRepetitions < 1) throw new RangeError('max-repetitions must be at least 1')
  let listLength = 0
  for (const oid of oids) listLength += sizeOf(varbindLength(oid))
  const pduLength =
    6 + sizeOfInteger(nonRepeaters) + sizeOfInteger(maxRepetitions) + sizeOf(listLength)
  const messageLength = 3 + sizeOf(community.length) + sizeOf(pduLength)

  const out = Buffer.allocUnsafe(sizeOf(messageLength))
  let at = writeHead(out, 0, berTag.sequence, messageLength)
  out[at++] = berTag.integer
  out[at++] = 1
  out[at++] = 1
  at = writeHead(out, at, berTag.octetString, community.length)
  out.set(community, at)
  at = writeHead(out, at + community.length, berTag.getBulkRequest, pduLength)
  out[at++] = berTag.integer
  out[at++] = 4
  at = out.writeInt32BE(requestId, at)
  at = writeSmallInteger(out, at, nonRepeaters)
  at = writeSmallInteger(out, at, maxRepetitions)
  at = writeHead(out, at, berTag.sequence, listLength)
  for (const oid of oids) {
    at = writeHead(out, at, berTag.sequence, varbindLength(oid))
    at = writeHead(out, at, berTag.objectIdentifier, oid.length)
    out.set(oid, at)
    at += oid.length
    out[at++] = berTag.null
    out[at++] = 0
  }
  return out
}

const varbindLength = (oid: Uint8Array): number => sizeOf(oid.length) + 2

/** Octets of tag, length and content together. */
const sizeOf = (contentLength: number): number =>
  contentLength + (contentLength < 0x80 ? 2 : contentLength < 0x100 ? 3 : 4)

const sizeOfInteger = (value: number): number => (value < 0x80 ? 3 : 4)

const writeHead = (out: Buffer, at: number, tag: number, length: number): number => {
  out[at++] = tag
  if (length < 0x80) {
    out[at++] = length
  } else if (length < 0x100) {
    out[at++] = 0x81
    out[at++] = length
  } else {
    out[at++] = 0x82
    out[at++] = length >>> 8
    out[at++] = length & 0xff
  }
  return at
}

const writeSmallInteger = (out: Buffer, at: number, value: number): number => {
  out[at++] = berTag.integer
  if (value < 0x80) {
    out[at++] = 1
    out[at++] = value
    return at
  }
  out[at++] = 2
  return out.writeInt16BE(value, at)
}
