import { berTag } from '../olt/snmp/ber-types.ts'
import { copyOctets, readNumber } from '../olt/snmp/ber-values.ts'
import { decodeOid } from '../olt/snmp/oid.ts'
import { unsigned32, type RecordedObject, type RecordedValue } from '../replay/recording.ts'

/** A value as it lies in a datagram, as a recording keeps it; null when it is of no known type. */
export const recordedValue = (
  tag: number,
  buffer: Uint8Array,
  start: number,
  end: number,
): RecordedValue | null => {
  const number = (
    type: 'integer' | 'counter32' | 'gauge32' | 'timeTicks',
  ): RecordedValue | null => {
    const value = readNumber(tag, buffer, start, end)
    if (Number.isNaN(value)) return null
    return { type, value: type === 'integer' ? value | 0 : Math.min(value, unsigned32) }
  }
  const octets = (type: 'octets' | 'opaque' | 'ipAddress'): RecordedValue => ({
    type,
    value: copyOctets(buffer, start, end),
  })
  switch (tag) {
    case berTag.integer:
      return number('integer')
    case berTag.counter32:
      return number('counter32')
    case berTag.gauge32:
      return number('gauge32')
    case berTag.timeTicks:
      return number('timeTicks')
    case berTag.counter64: {
      const digits = Buffer.from(buffer.subarray(start, end)).toString('hex')
      if (digits.length === 0 || digits.length > 18) return null
      return { type: 'counter64', value: BigInt.asUintN(64, BigInt(`0x${digits}`)) }
    }
    case berTag.octetString:
      return octets('octets')
    case berTag.opaque:
      return octets('opaque')
    case berTag.ipAddress:
      return end - start === 4 ? octets('ipAddress') : null
    case berTag.objectIdentifier: {
      const oid = decodeOid(buffer, start, end)
      return { type: 'oid', value: oid === null ? [0, 0] : oid.split('.').map(Number) }
    }
    case berTag.null:
      return { type: 'null' }
    default:
      return null
  }
}

/** Text that stands in a line as it is: printable, and no reader could take its ends for padding. */
const isPlain = (octets: Uint8Array): boolean =>
  octets.every((octet) => octet >= 0x20 && octet < 0x7f) &&
  octets[0] !== 0x20 &&
  octets.at(-1) !== 0x20

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

/** One line of a .snmprec file; replay/snmprec.ts reads it back as the same object. */
export const snmprecLine = ({ oid, value }: RecordedObject): string => {
  const line = (type: string, text: string | number): string => `${oid.join('.')}|${type}|${text}`
  switch (value.type) {
    case 'integer':
      return line('2', value.value)
    case 'counter32':
      return line('65', value.value)
    case 'gauge32':
      return line('66', value.value)
    case 'timeTicks':
      return line('67', value.value)
    case 'counter64':
      return line('70', value.value.toString())
    case 'octets':
      return isPlain(value.value)
        ? line('4', Buffer.from(value.value).toString('latin1'))
        : line('4x', hex(value.value))
    case 'opaque':
      return line('68x', hex(value.value))
    case 'ipAddress':
      return line('64', value.value.join('.'))
    case 'oid':
      return line('6', value.value.join('.'))
    case 'null':
      return line('5', '')
  }
}
