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

/** A decimal number at the start of a text that a device has formatted: `30.67 C`, `-10.47`. */
const leadingNumber = (text: string): number => {
  const match = /^\s*([+-]?\d+(?:\.\d+)?)/u.exec(text)
  return match === null ? undecodable : Number(match[1])
}

/** What a device writes where it has no number (facts/olt.md, "No optical value" markers). */
const noNumber = /^(?:|-+|n\/?a|null|none)$/iu

const textNumber =
  (read: (text: string) => number): Read<number> =>
  (tag, buffer, start, end) => {
    if (tag !== berTag.octetString) return undecodable
    const text = cleanDeviceText(buffer, start, end)
    return noNumber.test(text) ? Number.NaN : read(text)
  }

/** A number with its unit behind it, as text (facts/olt.md 3: `27.84 .C`, `11.65 mA`). */
const numberText: NumberFunction = { produces: 'number', read: textNumber(leadingNumber) }

/**
 * Light as text: `0.03 mW (-14.61 dBm)`, `6.56 dbm`, `-10.47` (facts/olt.md 3, recordings). The
 * number before dBm counts, or the only one. -40.00 is what such a device says in the dark.
 */
const dbmText: NumberFunction = {
  produces: 'number',
  read: textNumber((text) => {
    const match = /([+-]?\d+(?:\.\d+)?)\s*dbm/iu.exec(text)
    if (match === null && /mw/iu.test(text)) return undecodable
    const dbm = match === null ? leadingNumber(text) : Number(match[1])
    return dbm <= -40 ? Number.NaN : dbm
  }),
}

/** Light in units of 0.0001 mW: 10 log10 of it is dBm; 0 is darkness (facts/olt.md 8: 301 is -15.2). */
const tenthMicrowatt: NumberFunction = {
  produces: 'number',
  read: (tag, buffer, start, end) => {
    const raw = readNumber(tag, buffer, start, end)
    if (Number.isNaN(raw)) return undecodable
    return raw > 0 ? Math.round(Math.log10(raw / 10_000) * 1000) / 100 : Number.NaN
  },
}

/** A date and a time as text, of the device's own clock: `2026-09-03 16:06:20`. Epoch milliseconds. */
const timeText: NumberFunction = {
  produces: 'number',
  read: (tag, buffer, start, end, { utcOffsetMinutes }) => {
    if (tag !== berTag.octetString) return undecodable
    const text = cleanDeviceText(buffer, start, end)
    if (noNumber.test(text)) return Number.NaN
    const match =
      /^(\d{4})\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{1,2})[\sT]\s*(\d{1,2}):(\d{2}):(\d{2})/u.exec(text)
    const [year, month, day, hour, minute, second] = match?.slice(1).map(Number) ?? []
    if (year === undefined || month === undefined || day === undefined) return undecodable
    if (year === 0 || (year === 1970 && month === 1 && day === 1)) return Number.NaN
    const civil = new Date(Date.UTC(year, month - 1, day))
    if (civil.getUTCMonth() !== month - 1 || civil.getUTCDate() !== day) return undecodable
    const at = [year, month - 1, day, hour ?? 0, minute ?? 0, second ?? 0] as const
    return utcOffsetMinutes === null
      ? new Date(...at).getTime()
      : Date.UTC(...at) - utcOffsetMinutes * 60_000
  },
}

/**
 * A MAC address, the identity of an EPON ONU, as people write it: `00:6D:61:EE:0B:F3`. Accepts the 6
 * octets and their text with colons, dashes, dots, spaces or nothing between.
 */
const macAddress: TextFunction = {
  produces: 'text',
  read: (tag, buffer, start, end) => {
    if (tag !== berTag.octetString) return undefined
    if (end === start) return null
    const hex =
      end - start === 6
        ? buffer.toString('hex', start, end)
        : cleanDeviceText(buffer, start, end).replace(/[:.\s-]/gu, '')
    if (!/^[0-9a-f]{12}$/iu.test(hex)) return undefined
    if (/^0+$/u.test(hex)) return null
    return (hex.toUpperCase().match(/../gu) ?? []).join(':')
  },
}

/**
 * What identifies an ONU on an OLT that holds GPON and EPON ones in one column: 6 octets are a MAC
 * address, else it is a serial number if it can be read as one, else the text of a MAC address.
 */
const onuIdentity: TextFunction = {
  produces: 'text',
  read: (tag, buffer, start, end, context) => {
    if (end - start === 6) return macAddress.read(tag, buffer, start, end, context)
    const serial = onuSerial.read(tag, buffer, start, end, context)
    return serial === undefined ? macAddress.read(tag, buffer, start, end, context) : serial
  },
}

/** The closed registry: a profile names a function, it cannot bring one. */
export const valueFunctions = {
  'date-and-time': dateAndTime,
  'dbm-text': dbmText,
  'mac-address': macAddress,
  'number-text': numberText,
  'onu-identity': onuIdentity,
  'onu-serial': onuSerial,
  'tenth-microwatt': tenthMicrowatt,
  'time-text': timeText,
  'zte-onu-power': zteOnuPower,
} as const satisfies Record<string, NumberFunction | TextFunction>

export type ValueFunctionName = keyof typeof valueFunctions
export const valueFunctionNames = Object.keys(valueFunctions) as readonly ValueFunctionName[]
