import { readInteger, readSpan, type Span } from './ber-span.ts'
import { tag } from './ber-tags.ts'
import type { WrittenValue } from './mib-view.ts'
import type { Oid } from './oid.ts'

export type RequestKind = 'get' | 'getNext' | 'getBulk' | 'set'

/** One decoded request; offsets point into the datagram so that answers can echo octets. */
export interface SnmpRequest {
  readonly kind: RequestKind
  readonly community: string
  /** The request-id with its tag and length, to be echoed as it came. */
  readonly requestId: Uint8Array
  /** getBulk only, else 0. Negative values count as 0 (RFC 3416 section 4.2.3). */
  readonly nonRepeaters: number
  readonly maxRepetitions: number
  readonly names: readonly Oid[]
  /** What came with each name: for a SET what is to be written, else of no meaning. */
  readonly values: readonly WrittenValue[]
  /** The whole variable-bindings SEQUENCE as it came, tag and length included. */
  readonly bindings: Uint8Array
}

const kinds: Readonly<Record<number, RequestKind>> = {
  [tag.get]: 'get',
  [tag.getNext]: 'getNext',
  [tag.getBulk]: 'getBulk',
  [tag.set]: 'set',
}

/**
 * Decodes an SNMP v2c request (RFC 1901, RFC 3416). Answers undefined for everything else: another
 * version, a PDU that an agent does not take, a length that does not fit. Never throws.
 */
export const decodeRequest = (datagram: Uint8Array): SnmpRequest | undefined => {
  const message = readSpan(datagram, 0, datagram.length)
  if (message?.tag !== tag.sequence) return undefined
  const version = readSpan(datagram, message.start, message.end)
  if (version?.tag !== tag.integer || readInteger(datagram, version) !== 1) return undefined
  const community = readSpan(datagram, version.end, message.end)
  if (community?.tag !== tag.octetString) return undefined
  const pdu = readSpan(datagram, community.end, message.end)
  const kind = pdu && kinds[pdu.tag]
  if (!kind) return undefined
  const requestId = readSpan(datagram, pdu.start, pdu.end)
  if (requestId?.tag !== tag.integer) return undefined
  const second = readSpan(datagram, requestId.end, pdu.end)
  if (second?.tag !== tag.integer) return undefined
  const third = readSpan(datagram, second.end, pdu.end)
  if (third?.tag !== tag.integer) return undefined
  const list = readSpan(datagram, third.end, pdu.end)
  if (list?.tag !== tag.sequence) return undefined
  const read = readBindings(datagram, list)
  if (!read) return undefined
  const bulk = kind === 'getBulk'
  return {
    kind,
    community: Buffer.from(datagram.subarray(community.start, community.end)).toString('latin1'),
    requestId: datagram.subarray(pdu.start, requestId.end),
    nonRepeaters: bulk ? Math.max(0, readInteger(datagram, second)) : 0,
    maxRepetitions: bulk ? Math.max(0, readInteger(datagram, third)) : 0,
    ...read,
    bindings: datagram.subarray(third.end, list.end),
  }
}

const readBindings = (
  bytes: Uint8Array,
  list: Span,
): Pick<SnmpRequest, 'names' | 'values'> | undefined => {
  const names: Oid[] = []
  const values: WrittenValue[] = []
  for (let at = list.start; at < list.end;) {
    const binding = readSpan(bytes, at, list.end)
    if (binding?.tag !== tag.sequence) return undefined
    const name = readSpan(bytes, binding.start, binding.end)
    const value = name && readSpan(bytes, name.end, binding.end)
    if (name?.tag !== tag.oid || !value) return undefined
    const oid = readOid(bytes, name)
    if (!oid) return undefined
    names.push(oid)
    values.push({
      tag: value.tag,
      octets: bytes.subarray(value.start, value.end),
      number: readInteger(bytes, value),
    })
    at = binding.end
  }
  return { names, values }
}

const readOid = (bytes: Uint8Array, span: Span): Oid | undefined => {
  if (span.end === span.start || (bytes[span.end - 1] as number) > 0x7f) return undefined
  const values: number[] = []
  let value = 0
  for (let i = span.start; i < span.end; i++) {
    const byte = bytes[i] as number
    value = value * 128 + (byte & 0x7f)
    if (value > 0xffffffff) return undefined
    if (byte < 0x80) {
      if (values.length === 0) {
        const first = Math.min(2, Math.floor(value / 40))
        values.push(first, value - first * 40)
      } else values.push(value)
      value = 0
    }
  }
  return Uint32Array.from(values)
}
