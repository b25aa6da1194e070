import { cursor, openTag, readInteger } from './ber-reader.ts'
import { berTag } from './ber-types.ts'
import { indexPdu, type IndexedPdu } from './pdu.ts'

export { spansPerVarbind } from './pdu.ts'
export type BulkAnswer = IndexedPdu

/** Why a datagram is no answer with our community: it is not SNMP, or not for us. */
export type NoAnswer = 'garbage' | 'foreign'

/** Leaves the cursor at the PDU. Returns the message's end. */
const openMessage = (buffer: Buffer, community: Buffer, version: number): number | NoAnswer => {
  cursor.position = 0
  const end = openTag(buffer, berTag.sequence, buffer.length)
  if (end < 0) return 'garbage'
  const said = readInteger(buffer, end)
  if (Number.isNaN(said)) return 'garbage'
  if (said !== version) return 'foreign'
  const communityEnd = openTag(buffer, berTag.octetString, end)
  if (communityEnd < 0) return 'garbage'
  if (buffer.compare(community, 0, community.length, cursor.position, communityEnd) !== 0) {
    return 'foreign'
  }
  cursor.position = communityEnd
  return end
}

/** The request id of a response with this community, or why there is none. */
export const answeredRequestId = (
  buffer: Buffer,
  community: Buffer,
  version: number,
): number | NoAnswer => {
  const end = openMessage(buffer, community, version)
  if (typeof end === 'string') return end
  const pduEnd = openTag(buffer, berTag.response, end)
  if (pduEnd < 0) return 'garbage'
  const id = readInteger(buffer, pduEnd)
  return Number.isNaN(id) ? 'garbage' : id
}

/** The request id of an SNMPv2c response with this community (RFC 3416 section 3), or null. */
export const peekRequestId = (buffer: Buffer, community: Buffer): number | null => {
  const id = answeredRequestId(buffer, community, 1)
  return typeof id === 'string' ? null : id
}

/**
 * Indexes a response of SNMPv1 (`version` 0) or SNMPv2c (1). Null means "not a well-formed response
 * with this community".
 */
export const parseBulkAnswer = (
  buffer: Buffer,
  community: Buffer,
  version = 1,
): BulkAnswer | null => {
  const end = openMessage(buffer, community, version)
  return typeof end === 'string' ? null : indexPdu(buffer, berTag.response, end)
}
