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

/**
 * A `.snmprec` file: `OID|type|value`, the type an ASN.1 tag in decimal with a letter behind it for
 * the spelling: `x` hexadecimal, `e` with escapes. Lines that are empty or begin with # are no
 * objects. Types with a function behind them (`:`) are refused: a recording holds values.
 */
export const readSnmprec = (text: string): Recording => {
  const objects: RecordedObject[] = []
  const problems: RecordingProblem[] = []
  for (const [at, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [oidText = '', type = '', ...rest] = line.split('|')
    const oid = arcsOf(oidText.trim())
    const value = oid === null ? null : valueOf(type.trim(), rest.join('|'))
    if (oid === null) problems.push({ line: at + 1, message: 'does not begin with an OID' })
    else if (value === null) problems.push({ line: at + 1, message: `no value of type ${type}` })
    else objects.push({ oid, value })
  }
  return toRecording(objects, problems)
}

const numeric = (
  type: 'integer' | 'counter32' | 'gauge32' | 'timeTicks',
  text: string,
): RecordedValue | null => {
  const value =
    type === 'integer'
      ? wholeNumber(text, -(2 ** 31), unsigned32)
      : wholeNumber(text, 0, unsigned32)
  // Some agents hand out an unsigned number where their MIB says Integer32.
  return value === null ? null : { type, value: type === 'integer' ? value | 0 : value }
}

const valueOf = (type: string, text: string): RecordedValue | null => {
  switch (type) {
    case '2':
      return numeric('integer', text.trim())
    case '65':
      return numeric('counter32', text.trim())
    case '66':
      return numeric('gauge32', text.trim())
    case '67':
      return numeric('timeTicks', text.trim())
    case '70':
      return counter64(text.trim())
    case '5':
      return { type: 'null' }
    case '6': {
      const oid = arcsOf(text.trim())
      return oid === null ? null : { type: 'oid', value: oid }
    }
    case '64':
      return ipAddress(text.trim())
    case '64x':
      return octets('ipAddress', hexOctets(text))
    case '4':
      return { type: 'octets', value: new Uint8Array(Buffer.from(text)) }
    case '4x':
      return octets('octets', hexOctets(text))
    case '4e':
      return octets('octets', unescaped(text))
    case '68x':
      return octets('opaque', hexOctets(text))
    default:
      return null
  }
}

const octets = (
  type: 'octets' | 'opaque' | 'ipAddress',
  value: Uint8Array | null,
): RecordedValue | null => {
  if (value === null || (type === 'ipAddress' && value.length !== 4)) return null
  return { type, value }
}

const letters: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12, v: 11, a: 7 }

/** `\xc0\xa8oo\n`: what the recorder could not print. */
const unescaped = (text: string): Uint8Array | null => {
  const found: number[] = []
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (letter !== '\\') {
      found.push(...Buffer.from(letter))
      continue
    }
    const next = text.charAt(++at)
    if (next === 'x') {
      const digits = text.slice(at + 1, at + 3)
      if (!/^[0-9a-f]{2}$/iu.test(digits)) return null
      found.push(Number.parseInt(digits, 16))
      at += 2
    } else {
      found.push(letters[next] ?? next.charCodeAt(0))
    }
  }
  return found.some(Number.isNaN) ? null : Uint8Array.from(found)
}
