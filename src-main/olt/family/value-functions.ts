import { berTag } from '../snmp/ber-types.ts'
import { readNumber } from '../snmp/ber-values.ts'
import { cleanDeviceText } from './device-text.ts'

/** What a decoder says of a value it cannot make sense of; NaN says "no value". */
export const undecodable = Number.POSITIVE_INFINITY

export interface DecodeContext {
  /** Minutes east of UTC of a clock that does not say where it stands; null: as on this machine. */
  readonly utcOffsetMinutes: number | null
}

type Read<Value> = (
  tag: number,
  buffer: Buffer,
  start: number,
  end: number,
  context: DecodeContext,
) => Value

/** `undecodable`, NaN for no value, or the number. */
export type NumberFunction = {
  readonly produces: 'number'
  readonly read: Read<number>
}

/** `undefined` for undecodable, null for no value, or the text. */
export type TextFunction = {
  readonly produces: 'text'
  readonly read: Read<string | null | undefined>
}

/**
 * ZTE's receive and transmit power of an ONU, dBm (facts/olt.md 2.3, two sources and a CLI reading):
 * 65535 none; above 30000 the value is negative in 16 bits; v * 0.002 - 30.
 */
const zteOnuPower: NumberFunction = {
  produces: 'number',
  read: (tag, buffer, start, end) => {
    const raw = readNumber(tag, buffer, start, end)
    if (raw === 65_535) return Number.NaN
    if (!(raw >= 0 && raw < 65_535)) return undecodable
    const signed = raw > 30_000 ? raw - 65_536 : raw
    return Math.round((signed * 0.002 - 30) * 1000) / 1000
  },
}

const twoDigits = (buffer: Buffer, at: number): number => buffer[at] as number

/**
 * DateAndTime (RFC 2579): 8 octets of local time, or 11 with the offset from UTC. All zeros mean
 * "never". Epoch milliseconds.
 */
const dateAndTime: NumberFunction = {
  produces: 'number',
  read: (tag, buffer, start, end, { utcOffsetMinutes }) => {
    const length = end - start
    if (tag !== berTag.octetString) return undecodable
    if (length === 0) return Number.NaN
    if (length !== 8 && length !== 11) return undecodable
    let anyOctet = 0
    for (let index = start; index < start + 8; index++) anyOctet |= buffer[index] as number
    if (anyOctet === 0) return Number.NaN
    const year = buffer.readUInt16BE(start)
    const month = twoDigits(buffer, start + 2)
    const day = twoDigits(buffer, start + 3)
    const hour = twoDigits(buffer, start + 4)
    const minute = twoDigits(buffer, start + 5)
    const second = twoDigits(buffer, start + 6)
    const tenths = twoDigits(buffer, start + 7)
    if (year < 1970 || year > 9999 || hour > 23 || minute > 59 || second > 60 || tenths > 9) {
      return undecodable
    }
    const utc = Date.UTC(year, month - 1, day, hour, minute, second, tenths * 100)
    const civil = new Date(Date.UTC(year, month - 1, day))
    if (civil.getUTCMonth() !== month - 1 || civil.getUTCDate() !== day) return undecodable
    if (length === 11) {
      const sign = buffer[start + 8] === 0x2d ? -1 : buffer[start + 8] === 0x2b ? 1 : 0
      const hours = twoDigits(buffer, start + 9)
      const minutes = twoDigits(buffer, start + 10)
      if (sign === 0 || hours > 14 || minutes > 59) return undecodable
      return utc - sign * (hours * 60 + minutes) * 60_000
    }
    if (utcOffsetMinutes !== null) return utc - utcOffsetMinutes * 60_000
    return new Date(year, month - 1, day, hour, minute, second, tenths * 100).getTime()
  },
}

const isVendorLetter = (octet: number): boolean =>
  (octet >= 0x41 && octet <= 0x5a) || (octet >= 0x61 && octet <= 0x7a)

/**
 * A GPON serial number (G.984.3: 4 letters of the vendor, 4 octets) as people write it:
 * `HWTC11E70E9A`. Accepts the 8 octets, their text, 16 hex digits, and the `1,ZTEG...` of some ZTE
 * firmwares. Octets without vendor letters stay 16 hex digits.
 */
const onuSerial: TextFunction = {
  produces: 'text',
  read: (tag, buffer, start, end) => {
    if (tag !== berTag.octetString) return undefined
    const length = end - start
    if (length === 0) return null
    if (length === 8) {
      const hex = buffer.toString('hex', start, end).toUpperCase()
      if (hex === '0000000000000000') return null
      for (let index = start; index < start + 4; index++) {
        if (!isVendorLetter(buffer[index] as number)) return hex
      }
      return buffer.toString('latin1', start, start + 4).toUpperCase() + hex.slice(8)
    }
    const text = cleanDeviceText(buffer, start, end)
    const serial = text.slice(text.indexOf(',') + 1).toUpperCase()
    if (serial === '') return null
    if (/^[A-Z]{4}[0-9A-F]{8}$/u.test(serial)) return serial
    if (/^[0-9A-F]{16}$/u.test(serial)) {
      const octets = Buffer.from(serial, 'hex')
      return onuSerial.read(tag, octets, 0, 8, { utcOffsetMinutes: null })
    }
    return undefined
  },
}

/** The closed registry: a profile names a function, it cannot bring one. */
export const valueFunctions = {
  'date-and-time': dateAndTime,
  'onu-serial': onuSerial,
  'zte-onu-power': zteOnuPower,
} as const satisfies Record<string, NumberFunction | TextFunction>

export type ValueFunctionName = keyof typeof valueFunctions
export const valueFunctionNames = Object.keys(valueFunctions) as readonly ValueFunctionName[]
