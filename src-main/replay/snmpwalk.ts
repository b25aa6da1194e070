import {
  arcsOf,
  counter64,
  hexOctets,
  ipAddress,
  toRecording,
  unsigned32,
  wholeNumber,
  type RecordedObject,
  type RecordedValue,
  type Recording,
  type RecordingProblem,
} from './recording.ts'

const begin = /^\.?(?<oid>\d+(?:\.\d+)+) = (?:(?<type>[\w-]+): ?)?(?<text>.*)$/u

/**
 * The text of net-snmp's `snmpwalk -On` (or `-Oe`): `.1.3.6… = TYPE: value`. A value may go on over
 * several lines: hexadecimal ones do, and texts with line breaks in them. "No more variables" and
 * "No Such …" lines say what is not there and are passed over.
 */
export const readSnmpwalk = (text: string): Recording => {
  const objects: RecordedObject[] = []
  const problems: RecordingProblem[] = []
  const lines = text.split(/\r?\n/u)
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at] ?? ''
    if (first.trim() === '' || first.startsWith('#')) continue
    const match = begin.exec(first)
    const oid = arcsOf(match?.groups?.['oid'] ?? '')
    if (match === null || oid === null) {
      problems.push({ line: at + 1, message: 'is no "OID = TYPE: value"' })
      continue
    }
    const startedAt = at
    let body = match.groups?.['text'] ?? ''
    while (
      at + 1 < lines.length &&
      !begin.test(lines[at + 1] ?? '') &&
      isOpen(body, lines[at + 1])
    ) {
      body += `\n${lines[++at] ?? ''}`
    }
    const type = match.groups?.['type']
    if (/^No (?:more|Such) /iu.test(body)) continue
    const value = valueOf(type, body)
    if (value === null) {
      problems.push({ line: startedAt + 1, message: `no value of type ${type ?? '(none)'}` })
    } else objects.push({ oid, value })
  }
  return toRecording(objects, problems)
}

/** Whether the value goes on in the next line: an open quote, or hexadecimal digits by the pair. */
const isOpen = (body: string, next: string | undefined): boolean => {
  if (next === undefined) return false
  if (body.startsWith('"')) return !/^"(?:[^"\\]|\\[^])*"\s*$/u.test(body)
  return /^(?:[0-9A-F]{2} ?)+$/iu.test(next.trim()) && /^[0-9A-F]{2}( |$)/iu.test(body)
}

const valueOf = (type: string | undefined, body: string): RecordedValue | null => {
  const text = body.trim()
  switch (type) {
    case undefined:
      // An empty OCTET STRING has no type: `.1.3.6… = ""`.
      return text === '""' ? { type: 'octets', value: new Uint8Array() } : null
    case 'INTEGER':
      return numbered('integer', text, -(2 ** 31), 2 ** 31 - 1)
    case 'Counter32':
      return numbered('counter32', text, 0, unsigned32)
    case 'Gauge32':
    case 'Unsigned32':
      return numbered('gauge32', text, 0, unsigned32)
    case 'Timeticks':
      return numbered('timeTicks', text, 0, unsigned32)
    case 'Counter64':
      return counter64(text)
    case 'IpAddress':
    case 'Network Address':
      return ipAddress(text)
    case 'NULL':
      return { type: 'null' }
    case 'OID': {
      const oid = arcsOf(text)
      return oid === null ? null : { type: 'oid', value: oid }
    }
    case 'STRING':
      return { type: 'octets', value: new Uint8Array(Buffer.from(unquoted(body))) }
    case 'Hex-STRING': {
      const octets = hexOctets(text)
      return octets === null ? null : { type: 'octets', value: octets }
    }
    default:
      return null
  }
}

/** `5`, `up(5)`, `(123456) 0:20:34.56`, `5 milli-seconds`. */
const numbered = (
  type: 'integer' | 'counter32' | 'gauge32' | 'timeTicks',
  text: string,
  min: number,
  max: number,
): RecordedValue | null => {
  const digits = /\((-?\d+)\)/u.exec(text)?.[1] ?? /^-?\d+/u.exec(text)?.[0] ?? ''
  const value = wholeNumber(digits, min, max)
  return value === null ? null : { type, value }
}

const unquoted = (body: string): string => {
  const quoted = /^"([^]*)"\s*$/u.exec(body)?.[1]
  return quoted === undefined ? body : quoted.replaceAll(/\\([^])/gu, '$1')
}
