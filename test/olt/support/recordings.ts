import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { WireValue } from './ber-writer.ts'

/** Recordings of real devices; data for tests, not part of the product (shared/captures/SOURCES.md). */
const folder = fileURLToPath(new URL('../../../../shared/captures/snmp', import.meta.url))

export const recordingsMissing: string | null = existsSync(folder)
  ? null
  : `no recordings at ${folder}`

/** `describe` title that says why it is skipped, when it is. */
export const withRecordings = (title: string): string =>
  recordingsMissing === null ? title : `${title} (skipped: ${recordingsMissing})`

const unescape = (text: string): Buffer => {
  const octets: number[] = []
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') {
      octets.push(...Buffer.from(text[at] ?? ''))
      continue
    }
    const next = text[++at] ?? ''
    if (next === 'x') {
      octets.push(Number.parseInt(text.slice(at + 1, at + 3), 16))
      at += 2
    } else {
      octets.push(next === 'n' ? 10 : next === 'r' ? 13 : next === 't' ? 9 : next.charCodeAt(0))
    }
  }
  return Buffer.from(octets)
}

const valueOf = (type: string, text: string): WireValue | null => {
  switch (type) {
    case '2':
      return { type: 'integer', value: Number(text) }
    case '4':
      return { type: 'octets', value: Buffer.from(text) }
    case '4x':
      return { type: 'octets', value: Buffer.from(text, 'hex') }
    case '4e':
      return { type: 'octets', value: unescape(text) }
    case '6':
      return { type: 'oid', value: text.replace(/^\./u, '').split('.').map(Number) }
    case '65':
      return { type: 'counter32', value: Number(text) }
    case '66':
      return { type: 'gauge32', value: Number(text) }
    case '67':
      return { type: 'timeTicks', value: Number(text) }
    case '70':
      return { type: 'counter64', value: BigInt(text) }
    default:
      return null
  }
}

/** A `.snmprec` file: `OID|type|value`. */
export const readSnmprec = (name: string): Record<string, WireValue> => {
  const objects: Record<string, WireValue> = {}
  for (const line of readFileSync(`${folder}/${name}`, 'utf8').split('\n')) {
    const [oid, type, ...rest] = line.split('|')
    const value = type === undefined ? null : valueOf(type, rest.join('|'))
    if (oid !== undefined && value !== null) objects[oid] = value
  }
  return objects
}

/** A text of net-snmp's snmpwalk: `.1.3... = TYPE: value`. */
export const readSnmpwalk = (name: string): Record<string, WireValue> => {
  const objects: Record<string, WireValue> = {}
  for (const line of readFileSync(`${folder}/${name}`, 'utf8').split('\n')) {
    const match = /^\.(?<oid>[\d.]+) = (?<type>[\w-]+): (?<text>.*)$/u.exec(line)
    const { oid, type, text } = match?.groups ?? {}
    if (oid === undefined || text === undefined) continue
    const value =
      type === 'INTEGER'
        ? valueOf('2', text)
        : type === 'Counter64'
          ? valueOf('70', text)
          : type === 'Hex-STRING'
            ? valueOf('4x', text.replaceAll(' ', ''))
            : valueOf('4', text.replaceAll('"', ''))
    if (value !== null) objects[oid] = value
  }
  return objects
}
