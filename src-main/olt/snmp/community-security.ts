import { answeredRequestId, parseBulkAnswer } from './bulk-answer.ts'
import { encodeCommunityRequest } from './bulk-request.ts'
import type { SessionSecurity } from './session-security.ts'

/** SNMPv1 and SNMPv2c: the community in every datagram is all there is. */
export const createCommunitySecurity = (
  version: '1' | '2c',
  community: Buffer,
): SessionSecurity => {
  const number = version === '1' ? 0 : 1
  return {
    encode: (requestId, request) =>
      encodeCommunityRequest(
        number,
        community,
        requestId,
        // SNMPv1 knows no GETBULK (RFC 1157): one row of every column instead.
        version === '1' && request.kind === 'get-bulk'
          ? { kind: 'get-next', oids: request.oids }
          : request,
      ),
    answeredId: (datagram) => answeredRequestId(datagram, community, number),
    open: (datagram) => {
      const answer = parseBulkAnswer(datagram, community, number)
      return answer === null ? { kind: 'garbage' } : { kind: 'answer', answer }
    },
    close: () => undefined,
  }
}
