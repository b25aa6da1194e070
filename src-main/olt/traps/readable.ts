import type { SnmpValue } from '../snmp/snmp-value.ts'

const longest = 256

/** A value for people: text where it is text, else its octets in hex. */
export const readableValue = (value: SnmpValue): string => {
  switch (value.kind) {
    case 'number':
      return String(value.value)
    case 'oid':
      return shortened(value.value)
    case 'absent':
      return ''
    case 'octets':
      return readableOctets(value.value)
  }
}

const readableOctets = (octets: Buffer): string => {
  const ended = octets.at(-1) === 0 ? octets.subarray(0, -1) : octets
  return isText(ended)
    ? shortened(ended.toString('latin1').trim().replace(whiteSpace, pictureOf))
    : shortened(
        // Three characters an octet: what lies behind could not be shown anyway.
        (octets.subarray(0, longest).toString('hex').match(/../gu) ?? []).join(' '),
      )
}

const shortened = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest)} …` : text

/** Printable ASCII and white space; the NUL that some agents end their texts with is cut off before. */
const isText = (octets: Buffer): boolean =>
  octets.every((octet) => (octet >= 0x20 && octet < 0x7f) || (octet >= 0x09 && octet <= 0x0d))

// oxlint-disable-next-line no-control-regex -- these are what is made visible
const whiteSpace = /[\u0009-\u000d]/gu
/** Tabs and line ends in the middle, as the pictures that Unicode has for them. */
const pictureOf = (character: string): string =>
  String.fromCodePoint(0x2400 + (character.codePointAt(0) ?? 0))
