import { readInteger, readSpan, type Span } from './ber-span.ts'
import { tag } from './ber-tags.ts'
import type { BerWriter } from './ber-writer.ts'

/** RFC 3412 section 6.4. */
export const v3Flags = { auth: 1, priv: 2, reportable: 4 } as const

/** A version 3 message as it came (RFC 3412 section 6, RFC 3414 section 2.4). */
export interface V3Message {
  readonly id: number
  readonly flags: number
  readonly engineId: Uint8Array
  readonly boots: number
  readonly time: number
  readonly userName: string
  /** Where the digest lies in the datagram. */
  readonly digest: Span
  readonly salt: Uint8Array
  /** The scoped PDU: a sequence, or octets that are encrypted. */
  readonly scoped: Span
  /** Where its tag stands. */
  readonly scopedAt: number
}

/** Undefined: no version 3 message of the user-based model. Never throws. */
export const decodeV3Message = (datagram: Uint8Array): V3Message | undefined => {
  const message = readSpan(datagram, 0, datagram.length)
  if (message?.tag !== tag.sequence) return undefined
  const [version, header, security] = elements(datagram, message, [
    tag.integer,
    tag.sequence,
    tag.octetString,
  ])
  if (version === undefined || header === undefined || security === undefined) return undefined
  if (readInteger(datagram, version) !== 3) return undefined
  const scoped = readSpan(datagram, security.end, message.end)
  if (scoped?.tag !== tag.sequence && scoped?.tag !== tag.octetString) return undefined
  const [id, , flags, model] = elements(datagram, header, [
    tag.integer,
    tag.integer,
    tag.octetString,
    tag.integer,
  ])
  if (id === undefined || flags === undefined || model === undefined) return undefined
  if (flags.end - flags.start !== 1 || readInteger(datagram, model) !== 3) return undefined
  const inner = readSpan(datagram, security.start, security.end)
  if (inner?.tag !== tag.sequence) return undefined
  const { octetString, integer } = tag
  const [engineId, boots, time, userName, digest, salt] = elements(datagram, inner, [
    octetString,
    integer,
    integer,
    octetString,
    octetString,
    octetString,
  ])
  if (engineId === undefined || boots === undefined || time === undefined) return undefined
  if (userName === undefined || digest === undefined || salt === undefined) return undefined
  return {
    id: readInteger(datagram, id),
    flags: datagram[flags.start] as number,
    engineId: datagram.subarray(engineId.start, engineId.end),
    boots: readInteger(datagram, boots),
    time: readInteger(datagram, time),
    userName: Buffer.from(datagram.subarray(userName.start, userName.end)).toString('utf8'),
    digest,
    salt: datagram.subarray(salt.start, salt.end),
    scoped,
    scopedAt: security.end,
  }
}

/** One element after the other, as long as their tags are these. */
const elements = (
  bytes: Uint8Array,
  within: Span,
  tags: readonly number[],
): readonly (Span | undefined)[] => {
  const found: Span[] = []
  let at = within.start
  for (const wanted of tags) {
    const span = readSpan(bytes, at, within.end)
    if (span?.tag !== wanted) return found
    found.push(span)
    at = span.end
  }
  return found
}

export interface ScopedPdu {
  /** Of the request; 0 where it cannot be read. */
  readonly requestId: number
  /** The PDU with tag and length. */
  readonly pdu: Uint8Array
  readonly contextName: Uint8Array
}

/** The inside of a scoped PDU that is readable (RFC 3412 section 6.8). */
export const decodeScopedPdu = (bytes: Uint8Array): ScopedPdu | undefined => {
  const scoped = readSpan(bytes, 0, bytes.length)
  if (scoped?.tag !== tag.sequence) return undefined
  const [engine, name] = elements(bytes, scoped, [tag.octetString, tag.octetString])
  if (engine === undefined || name === undefined) return undefined
  const pdu = readSpan(bytes, name.end, scoped.end)
  if (pdu === undefined) return undefined
  const requestId = readSpan(bytes, pdu.start, pdu.end)
  return {
    requestId: requestId?.tag === tag.integer ? readInteger(bytes, requestId) : 0,
    pdu: bytes.subarray(name.end, pdu.end),
    contextName: bytes.subarray(name.start, name.end),
  }
}

export interface V3Reply {
  readonly id: number
  readonly flags: number
  readonly engineId: Uint8Array
  readonly boots: number
  readonly time: number
  readonly userName: string
  readonly digestOctets: number
  readonly salt: Uint8Array
  /** A scoped PDU, or what it is encrypted. */
  readonly scoped: Uint8Array
}

/** Writes a message whose digest is zeros; gives where the digest goes. */
export const writeV3Message = (writer: BerWriter, reply: V3Reply): number => {
  writer.at = 0
  const message = writer.open(tag.sequence)
  writer.integer(3)
  const header = writer.open(tag.sequence)
  writer.integer(reply.id)
  writer.integer(65_507)
  writer.octets(Uint8Array.of(reply.flags))
  writer.integer(3)
  writer.close(header)
  const security = writer.open(tag.octetString)
  const inner = writer.open(tag.sequence)
  writer.octets(reply.engineId)
  writer.integer(reply.boots)
  writer.integer(reply.time)
  writer.octets(Buffer.from(reply.userName, 'utf8'))
  writer.octets(new Uint8Array(reply.digestOctets))
  const digestAt = writer.at - reply.digestOctets
  writer.octets(reply.salt)
  writer.close(inner)
  writer.close(security)
  if ((reply.flags & v3Flags.priv) === 0) writer.raw(reply.scoped)
  else writer.octets(reply.scoped)
  writer.close(message)
  return digestAt
}
