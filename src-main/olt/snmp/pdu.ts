import { cursor, openTag, readInteger, readLength } from './ber-reader.ts'
import { berTag } from './ber-types.ts'
import { mark, putInteger, putOctets, putRaw, wrap } from './ber-writer.ts'

/** What we ask. `maxRepetitions` 0 hangs some agents (facts/performance.md 1.2) and is refused. */
export type PduRequest =
  | { readonly kind: 'get' | 'get-next'; readonly oids: readonly Uint8Array[] }
  | {
      readonly kind: 'get-bulk'
      readonly oids: readonly Uint8Array[]
      readonly nonRepeaters: number
      readonly maxRepetitions: number
    }
  | {
      readonly kind: 'set'
      readonly oids: readonly Uint8Array[]
      /** Tag, length and content of each object's value. */
      readonly values: readonly Uint8Array[]
    }

const requestTags = {
  get: berTag.getRequest,
  'get-next': berTag.getNextRequest,
  'get-bulk': berTag.getBulkRequest,
  set: berTag.setRequest,
} as const

const nullValue = Uint8Array.of(berTag.null, 0)

/** Writes a request PDU (RFC 3416 section 4.2) from OIDs that are BER already. */
export const putRequestPdu = (request: PduRequest, requestId: number): void => {
  if (request.kind === 'get-bulk' && request.maxRepetitions < 1) {
    throw new RangeError('max-repetitions must be at least 1')
  }
  const pduEnd = mark()
  for (let index = request.oids.length - 1; index >= 0; index--) {
    const varbindEnd = mark()
    putRaw(request.kind === 'set' ? (request.values[index] as Uint8Array) : nullValue)
    putOctets(berTag.objectIdentifier, request.oids[index] as Uint8Array)
    wrap(berTag.sequence, varbindEnd)
  }
  wrap(berTag.sequence, pduEnd)
  putInteger(request.kind === 'get-bulk' ? request.maxRepetitions : 0)
  putInteger(request.kind === 'get-bulk' ? request.nonRepeaters : 0)
  putInteger(requestId)
  wrap(requestTags[request.kind], pduEnd)
}

/**
 * One PDU, indexed and not yet decoded: where each varbind's OID and value lie in the datagram. It
 * is read at once and then dropped; nothing may keep `buffer`.
 */
export interface IndexedPdu {
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

/** Indexes a PDU of the given tag at the cursor; null when it is not a well-formed one. */
export const indexPdu = (buffer: Buffer, tag: number, limit: number): IndexedPdu | null => {
  const end = openTag(buffer, tag, limit)
  if (end < 0) return null
  const requestId = readInteger(buffer, end)
  const errorStatus = readInteger(buffer, end)
  const errorIndex = readInteger(buffer, end)
  if (Number.isNaN(requestId) || Number.isNaN(errorStatus) || Number.isNaN(errorIndex)) return null
  const count = indexVarbinds(buffer, end)
  if (count < 0) return null
  return {
    buffer,
    requestId,
    errorStatus,
    errorIndex,
    count,
    spans: spans.slice(0, count * spansPerVarbind),
  }
}

/** Indexes the list of varbinds at the cursor into `spans`. Returns how many there are, or -1. */
const indexVarbinds = (buffer: Buffer, limit: number): number => {
  const listEnd = openTag(buffer, berTag.sequence, limit)
  if (listEnd < 0) return -1
  let count = 0
  let position = cursor.position
  while (position < listEnd) {
    if (count === maxVarbinds) return -1
    cursor.position = position
    const varbindEnd = openTag(buffer, berTag.sequence, listEnd)
    if (varbindEnd < 0) return -1
    const oidEnd = openTag(buffer, berTag.objectIdentifier, varbindEnd)
    if (oidEnd < 0 || oidEnd >= varbindEnd) return -1
    const at = count * spansPerVarbind
    spans[at] = cursor.position
    spans[at + 1] = oidEnd
    cursor.position = oidEnd + 1
    const valueEnd = readLength(buffer, varbindEnd)
    if (valueEnd !== varbindEnd) return -1
    spans[at + 2] = cursor.position
    spans[at + 3] = valueEnd
    position = varbindEnd
    count++
  }
  return count
}

/** The list of varbinds at the cursor, indexed: for PDUs of another shape (SNMPv1 traps). */
export const indexVarbindList = (
  buffer: Buffer,
  limit: number,
): Pick<IndexedPdu, 'count' | 'spans'> | null => {
  const count = indexVarbinds(buffer, limit)
  return count < 0 ? null : { count, spans: spans.slice(0, count * spansPerVarbind) }
}
