import type { SnmpValue } from '../snmp/snmp-value.ts'

const longest = 256

/** A value for people: text where it is text, else its octets in hex. */
export const readableValue = (value: SnmpValue): string => {
  switch (value.kind) {
    case 'number':
      return String(value.value)
    case 'oid':
      return value.value
    case 'absent':
      return ''
    case 'octets':
      return readableOctets(value.value)
  }
}

const readableOctets = (octets: Buffer): string => {
  const shown = octets.subarray(0, longest)
  const text = isText(shown)
    ? shown.toString('latin1').replace(/\0$/u, '').trim()
    : (shown.toString('hex').match(/../gu) ?? []).join(' ')
  return shown.length < octets.length ? `${text} …` : text
}

/** Printable ASCII and white space, with the NUL that some agents end their texts with. */
const isText = (octets: Buffer): boolean =>
  octets.every(
    (octet, index) =>
      (octet >= 0x20 && octet < 0x7f) ||
      (octet >= 0x09 && octet <= 0x0d) ||
      (octet === 0 && index === octets.length - 1),
  )
