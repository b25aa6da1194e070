import { berTag, isAbsence } from './ber-types.ts'
import { copyOctets, readNumber } from './ber-values.ts'
import { decodeOid } from './oid.ts'

/** One value of a GET: what the agent said about one object, converted and owned by us. */
export type SnmpValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'octets'; readonly value: Buffer }
  | { readonly kind: 'oid'; readonly value: string }
  /** noSuchObject, noSuchInstance or endOfMibView: the agent does not offer it. */
  | { readonly kind: 'absent' }

const absent: SnmpValue = { kind: 'absent' }

/** A value as it lies in a datagram; what cannot be read is absent. An IpAddress becomes its text. */
export const readSnmpValue = (
  tag: number,
  buffer: Uint8Array,
  start: number,
  end: number,
): SnmpValue => {
  if (isAbsence(tag) || tag === berTag.null) return absent
  if (tag === berTag.objectIdentifier) {
    const value = decodeOid(buffer, start, end)
    return value === null ? absent : { kind: 'oid', value }
  }
  if (tag === berTag.ipAddress && end - start === 4) {
    return { kind: 'octets', value: Buffer.from(buffer.subarray(start, end).join('.')) }
  }
  if (tag === berTag.octetString || tag === berTag.opaque || tag === berTag.ipAddress) {
    // SECURITY: a copy lets the datagram go.
    return { kind: 'octets', value: copyOctets(buffer, start, end) }
  }
  const value = readNumber(tag, buffer, start, end)
  return Number.isNaN(value) ? absent : { kind: 'number', value }
}
