import { berTag } from './ber-types.ts'
import { beginMessage, finishMessage, mark, putInteger, putOctets, wrap } from './ber-writer.ts'
import { putRequestPdu, type PduRequest } from './pdu.ts'

/** A request of SNMPv1 (`version` 0, RFC 1157) or SNMPv2c (1, RFC 1901). */
export const encodeCommunityRequest = (
  version: number,
  community: Buffer,
  requestId: number,
  request: PduRequest,
): Buffer => {
  beginMessage()
  const end = mark()
  putRequestPdu(request, requestId)
  putOctets(berTag.octetString, community)
  putInteger(version)
  wrap(berTag.sequence, end)
  return finishMessage()
}

/** An SNMPv2c GETBULK request (RFC 3416 section 4.2.3). */
export const encodeBulkRequest = (
  community: Buffer,
  requestId: number,
  oids: readonly Uint8Array[],
  nonRepeaters: number,
  maxRepetitions: number,
): Buffer =>
  encodeCommunityRequest(1, community, requestId, {
    kind: 'get-bulk',
    oids,
    nonRepeaters,
    maxRepetitions,
  })
