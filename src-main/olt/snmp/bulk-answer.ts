import { berTag } from './ber-types.ts'

/**
 * One response PDU, indexed and not yet decoded: where each varbind's OID and value lie in the
 * datagram. It is read at once and then dropped; nothing may keep `buffer`.
 */
export interface BulkAnswer {
  readonly buffer: Buffer
  readonly requestId: number
  readonly errorStatus: number
  /** Varbind the error speaks of, counted from 1; 0 when it speaks of none. */
  readonly errorIndex: number
  readonly count: number
  /** Four numbers per varbind: OID start, OID end (= value's tag), value start, value end. */
  readonly spans: Int32Array
}

export const spansPerVarbind = 4

/** Most varbinds one 64 KB datagram can hold is about 9,000; nobody asks for more than 1,000. */
const maxVarbinds = 4096
const spans = new Int32Array(maxVarbinds * spansPerVarbind)

/** Cursor of the parser below: one datagram is parsed at a time, never across an await. */
const cursor = { position: 0, end: 0 }

/** Reads a tag and a definite length; leaves the cursor at the content. Returns the content's end or -1. */
const open = (buffer: Buffer, tag: number, limit: number): number => {
  if (cursor.position + 2 > limit || buffer[cursor.position] !== tag) return -1
  cursor.position++
  return readLength(buffer, limit)
}

const readLength = (buffer: Buffer, limit: number): number => {
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

const readInteger = (buffer: Buffer, limit: number): number => {
  const end = open(buffer, berTag.integer, limit)
  const length = end - cursor.position
  if (end < 0 || length < 1 || length > 5) return Number.NaN
  let value = ((buffer[cursor.position] as number) << 24) >> 24
  for (let index = cursor.position + 1; index < end; index++) {
    value = value * 256 + (buffer[index] as number)
  }
  cursor.position = end
  return value
}

/** Leaves the cursor behind the request id. Returns the id, or NaN when this is no v2c response of ours. */
const readHeader = (buffer: Buffer, community: Buffer): number => {
  cursor.position = 0
  cursor.end = open(buffer, berTag.sequence, buffer.length)
  if (cursor.end < 0 || readInteger(buffer, cursor.end) !== 1) return Number.NaN
  const communityEnd = open(buffer, berTag.octetString, cursor.end)
  if (communityEnd < 0) return Number.NaN
  if (buffer.compare(community, 0, community.length, cursor.position, communityEnd) !== 0) {
    return Number.NaN
  }
  cursor.position = communityEnd
  cursor.end = open(buffer, berTag.response, cursor.end)
  return cursor.end < 0 ? Number.NaN : readInteger(buffer, cursor.end)
}

/** The request id of an SNMPv2c response with this community (RFC 3416 section 3), or null. */
export const peekRequestId = (buffer: Buffer, community: Buffer): number | null => {
  const id = readHeader(buffer, community)
  return Number.isNaN(id) ? null : id
}

/**
 * Indexes an SNMPv2c response. Null means "not a well-formed response": every length is checked
 * against what holds it, so no datagram can make it read outside or loop.
 */
export const parseBulkAnswer = (buffer: Buffer, community: Buffer): BulkAnswer | null => {
  const requestId = readHeader(buffer, community)
  if (Number.isNaN(requestId)) return null
  const errorStatus = readInteger(buffer, cursor.end)
  const errorIndex = readInteger(buffer, cursor.end)
  if (Number.isNaN(errorStatus) || Number.isNaN(errorIndex)) return null
  const listEnd = open(buffer, berTag.sequence, cursor.end)
  if (listEnd < 0) return null

  let count = 0
  let position = cursor.position
  while (position < listEnd) {
    if (count === maxVarbinds) return null
    cursor.position = position
    const varbindEnd = open(buffer, berTag.sequence, listEnd)
    if (varbindEnd < 0) return null
    const oidEnd = open(buffer, berTag.objectIdentifier, varbindEnd)
    if (oidEnd < 0 || oidEnd >= varbindEnd) return null
    const at = count * spansPerVarbind
    spans[at] = cursor.position
    spans[at + 1] = oidEnd
    cursor.position = oidEnd + 1
    const valueEnd = readLength(buffer, varbindEnd)
    if (valueEnd !== varbindEnd) return null
    spans[at + 2] = cursor.position
    spans[at + 3] = valueEnd
    position = varbindEnd
    count++
  }
  return {
    buffer,
    requestId,
    errorStatus,
    errorIndex,
    count,
    spans: spans.slice(0, count * spansPerVarbind),
  }
}
