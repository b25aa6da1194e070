import { tag } from '../snmp/ber-tags.ts'
import type { BerWriter } from '../snmp/ber-writer.ts'
import type { ValueWriter } from '../snmp/mib-view.ts'
import { encodeOidContent, parseOid } from '../snmp/oid.ts'

/** Small writers of one cell each, from a function of the item and the moment. */

type Read<T> = (item: number, nowMs: number) => T

export const integer =
  (read: Read<number>): ValueWriter =>
  (writer, item, nowMs) =>
    writer.integer(read(item, nowMs))

export const constant = (value: number): ValueWriter => integer(() => value)

export const text =
  (read: Read<string>): ValueWriter =>
  (writer, item, nowMs) =>
    writer.text(read(item, nowMs))

export const octets =
  (read: Read<Uint8Array>): ValueWriter =>
  (writer, item, nowMs) =>
    writer.octets(read(item, nowMs))

export const oidValue = (oid: string): ValueWriter => {
  const content = encodeOidContent(parseOid(oid))
  return (writer) => writer.octets(content, tag.oid)
}

export const gauge32 =
  (read: Read<number>): ValueWriter =>
  (writer, item, nowMs) =>
    writer.integer(read(item, nowMs) >>> 0, tag.gauge32)

export const timeTicks =
  (read: Read<number>): ValueWriter =>
  (writer, item, nowMs) =>
    writer.integer(Math.floor(read(item, nowMs)) % 0x1_0000_0000, tag.timeTicks)

/** Counters wrap, as RFC 2578 section 7.1.6 says; 64 bits never do within 2^53 octets. */
export const counter =
  (bits: 32 | 64, read: Read<number>): ValueWriter =>
  (writer, item, nowMs) => {
    const value = read(item, nowMs)
    if (bits === 64) writer.integer(value, tag.counter64)
    else writer.integer(value % 0x1_0000_0000, tag.counter32)
  }

const serial = new Uint8Array(8)

/** Four letters and four raw octets (ITU-T G.984.3 section 9.2.4.1). */
export const writeSerial = (writer: BerWriter, vendor: number, number: number): void => {
  const view = new DataView(serial.buffer)
  view.setUint32(0, vendor)
  view.setUint32(4, number)
  writer.octets(serial)
}

/** Three octets of the maker's and three of the ONU's own: what an EPON ONU is known by. */
export const macOctets = (vendor: number, number: number): Uint8Array =>
  Uint8Array.from([vendor >>> 16, vendor >>> 8, vendor, number >>> 16, number >>> 8, number])

/** Letters make the number of a vendor larger than three octets can be. */
const isMac = (vendor: number): boolean => vendor < 2 ** 24

/** The same serial as people write it: HWTC11E70E9A, and of EPON 02:BD:C0:12:34:56. */
export const serialText = (vendor: number, number: number): string => {
  if (isMac(vendor)) {
    const hex = Buffer.from(macOctets(vendor, number)).toString('hex').toUpperCase()
    return (hex.match(/../g) ?? []).join(':')
  }
  const letters = Buffer.alloc(4)
  letters.writeUInt32BE(vendor)
  return letters.toString('latin1') + number.toString(16).toUpperCase().padStart(8, '0')
}

export interface WallClock {
  readonly timeZoneMinutes: number
  readonly skewS: number
  readonly octets: 8 | 11
}

/**
 * DateAndTime (RFC 2579): local time, with the zone only in the long form. NaN gives zeros, as the
 * ZTE recording shows for a card that has no time.
 */
export const writeDateAndTime = (writer: BerWriter, atMs: number, clock: WallClock): void => {
  const value = new Uint8Array(clock.octets)
  if (!Number.isNaN(atMs)) {
    const local = new Date(atMs + clock.skewS * 1000 + clock.timeZoneMinutes * 60_000)
    const year = local.getUTCFullYear()
    value[0] = year >>> 8
    value[1] = year
    value[2] = local.getUTCMonth() + 1
    value[3] = local.getUTCDate()
    value[4] = local.getUTCHours()
    value[5] = local.getUTCMinutes()
    value[6] = local.getUTCSeconds()
    value[7] = Math.floor(local.getUTCMilliseconds() / 100)
    if (clock.octets === 11) {
      const zone = Math.abs(clock.timeZoneMinutes)
      value[8] = (clock.timeZoneMinutes < 0 ? '-' : '+').charCodeAt(0)
      value[9] = Math.floor(zone / 60)
      value[10] = zone % 60
    }
  }
  writer.octets(value)
}

/** `2026-11-22 19:04:05`, by the OLT's own clock. */
export const clockText = (atMs: number, { skewS, timeZoneMinutes }: WallClock): string =>
  new Date(atMs + skewS * 1000 + timeZoneMinutes * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')

/** `2026-11-22 19:04:05+07:00`, the text form of Huawei's register history. */
export const dateText = (atMs: number, clock: WallClock): string => {
  if (Number.isNaN(atMs)) return '-'
  const zone = Math.abs(clock.timeZoneMinutes)
  const sign = clock.timeZoneMinutes < 0 ? '-' : '+'
  const pair = (n: number): string => String(Math.floor(n)).padStart(2, '0')
  return `${clockText(atMs, clock)}${sign}${pair(zone / 60)}:${pair(zone % 60)}`
}
