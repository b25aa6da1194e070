import type { DecodeRule } from '../../src-main/olt/family/column-schema.ts'
import type { ValueFunctionName } from '../../src-main/olt/family/value-functions.ts'
import type { RecordedValue } from '../../src-main/replay/recording.ts'

/** Values for made-up rows of an ONU table. */

export const octets = (text: string): RecordedValue => ({
  type: 'octets',
  value: Buffer.from(text, 'latin1'),
})

const hex = (digits: string): RecordedValue => ({
  type: 'octets',
  value: Buffer.from(digits, 'hex'),
})
const integer = (value: number): RecordedValue => ({ type: 'integer', value })

const byFunction: Readonly<Record<ValueFunctionName, RecordedValue>> = {
  'date-and-time': hex('07ea0b140a1e0f00'),
  'dbm-text': octets('-18.73'),
  'mac-address': hex('0025689f0a01'),
  'number-text': octets('3.27'),
  'onu-identity': octets('FHTT01020304'),
  'onu-serial': hex('485754430a0b0c0d'),
  'tenth-microwatt': integer(301),
  'time-text': octets('2026-09-03 16:06:20'),
  'zte-onu-power': integer(5635),
}

/** Something that this decoder takes, of the kind that agents send for such a field. */
export const madeValue = (rule: DecodeRule, field: string): RecordedValue => {
  if (rule.function !== undefined) return byFunction[rule.function]
  if (rule.enum !== undefined) return integer(Number(Object.keys(rule.enum)[0] ?? 0))
  if (rule.words !== undefined) return octets(Object.keys(rule.words)[0] ?? '')
  if (rule.flag !== undefined) return integer(1)
  if (rule.text !== undefined) return octets(`${field} of an ONU`)
  return field.endsWith('Bytes') ? { type: 'counter64', value: 9_007_199_254n } : integer(1500)
}

/** The same format, another number: octets at the end, or digits of its text. */
export const freshSerial = (value: RecordedValue, position: number): RecordedValue => {
  if (value.type !== 'octets') return value
  const text = Buffer.from(value.value).toString('latin1')
  if (/^[\w:,.-]+$/u.test(text)) {
    const digits = position.toString(16).toUpperCase().padStart(4, '0')
    const parts = [digits.slice(0, 2), digits.slice(2, 4)]
    return octets(
      /[0-9a-f]{2}:[0-9a-f]{2}$/iu.test(text)
        ? `${text.slice(0, -5)}${parts.join(':')}`
        : text.slice(0, -4) + parts.join(''),
    )
  }
  const fresh = Buffer.from(value.value)
  fresh.writeUInt16BE(position, fresh.length - 2)
  return { type: 'octets', value: fresh }
}
