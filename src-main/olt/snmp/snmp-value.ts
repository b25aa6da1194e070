import { berTag, isAbsence } from './ber-types.ts'
import { copyOctets, readNumber } from './ber-values.ts'

/** One value of a GET: what the agent said about one object, converted and owned by us. */
export type SnmpValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'octets'; readonly value: Buffer }
  | { readonly kind: 'oid'; readonly value: string }
  /** noSuchObject, noSuchInstance or endOfMibView: the agent does not offer it. */
  | { readonly kind: 'absent' }

/** Net-snmp's varbind as our value: octets copied, Counter64 read as a number. */
export const toSnmpValue = (type: number, value: unknown): SnmpValue => {
  if (isAbsence(type) || value === null || value === undefined) return { kind: 'absent' }
  if (typeof value === 'number') return { kind: 'number', value }
  if (type === berTag.objectIdentifier && typeof value === 'string') return { kind: 'oid', value }
  if (typeof value === 'string') return { kind: 'octets', value: Buffer.from(value) }
  if (!Buffer.isBuffer(value)) return { kind: 'absent' }
  if (type === berTag.counter64) {
    const counter = readNumber(type, value, 0, value.length)
    return Number.isNaN(counter) ? { kind: 'absent' } : { kind: 'number', value: counter }
  }
  // SECURITY: net-snmp hands out slices of the datagram; a copy lets the datagram go.
  return { kind: 'octets', value: copyOctets(value, 0, value.length) }
}
