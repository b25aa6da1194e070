import { createHmac } from 'node:crypto'

/** Names for things that must not be told: equal stays equal, and the shape stays what it was. */
export interface Pseudonyms {
  readonly text: (text: string) => string
  readonly octets: (octets: Uint8Array) => Uint8Array
  /** IPv4, into 198.18.0.0/15, which is nobody's (RFC 2544). */
  readonly address: (octets: Uint8Array) => Uint8Array
}

/** Octets without end, from what is to be hidden. */
const streamOf = (key: Buffer, kind: string, original: string): (() => number) => {
  let block = Buffer.alloc(0)
  let at = 0
  let turn = 0
  return () => {
    if (at === block.length) {
      block = createHmac('sha256', key).update(`${kind}\0${turn++}\0${original}`).digest()
      at = 0
    }
    return block[at++] as number
  }
}

const mac = String.raw`[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|[0-9a-f]{4}([.-])[0-9a-f]{4}\2[0-9a-f]{4}`
const known = new RegExp(
  [
    String.raw`(?<mac>${mac})`,
    String.raw`(?<ip>\b\d{1,3}(?:\.\d{1,3}){3}\b)`,
    String.raw`(?<serial>\b[a-z]{4}[0-9a-f]{8}\b)`,
    String.raw`(?<hex>\b(?=[a-f]*\d)[0-9a-f]{12,}\b)`,
  ].join('|'),
  'giu',
)

const digits = '0123456789'
const letters = 'abcdefghijklmnopqrstuvwxyz'

/** A letter for a letter, a digit for a digit. */
const sameShape = (text: string, next: () => number): string =>
  text.replaceAll(/[\p{L}\p{M}]|\p{N}/gu, (character) => {
    const octet = next()
    if (/\p{N}/u.test(character)) return digits.charAt(octet % 10)
    const letter = letters.charAt(octet % 26)
    return /\p{Lu}/u.test(character) ? letter.toUpperCase() : letter
  })

const hexShape = (text: string, next: () => number): string =>
  text.replaceAll(/[0-9a-f]/giu, (digit) => {
    const made = (next() & 15).toString(16)
    return digit === digit.toLowerCase() && /[a-f]/u.test(text) ? made : made.toUpperCase()
  })

/** No address of a device: unset, masks, loopback. */
const isNobody = (octets: Uint8Array): boolean =>
  octets[0] === 0 || octets[0] === 127 || octets[0] === 255 || octets.every((octet) => octet === 0)

/**
 * @param key 32 random octets, thrown away with the work.
 * SECURITY: without the key a serial number's 32 bits cannot be found again by trying them all.
 */
export const createPseudonyms = (key: Buffer): Pseudonyms => {
  const plain = (hex: string): string => hex.replaceAll(/[^0-9a-f]/giu, '').toLowerCase()

  /** Locally administered, so that it is no maker's (IEEE 802). */
  const macHex = (hex: string): string => {
    const next = streamOf(key, 'mac', plain(hex))
    return `02${hexShape('a'.repeat(10), next)}`
  }
  /** The maker's four letters say what the ONU is, not whose it is. */
  const serialText = (text: string): string =>
    text.slice(0, 4) + hexShape(text.slice(4), streamOf(key, 'serial', text.toUpperCase()))

  const address = (octets: Uint8Array): Uint8Array => {
    if (isNobody(octets)) return octets
    const next = streamOf(key, 'ip', octets.join('.'))
    return Uint8Array.of(198, 18 + (next() & 1), next(), 1 + (next() % 254))
  }

  const spelt = (like: string, hex: string): string => {
    let at = 0
    const made = like.replaceAll(/[0-9a-f]/giu, () => hex.charAt(at++))
    return /[A-F]/u.test(like) ? made.toUpperCase() : made
  }

  const text = (original: string): string => {
    const next = streamOf(key, 'text', original)
    let made = ''
    let done = 0
    for (const match of original.matchAll(known)) {
      const [found] = match
      made += sameShape(original.slice(done, match.index), next)
      done = match.index + found.length
      const { groups = {} } = match
      if (groups['mac'] !== undefined) made += spelt(found, macHex(found))
      else if (groups['ip'] !== undefined) {
        made += address(Uint8Array.from(found.split('.').map(Number))).join('.')
      } else if (groups['serial'] !== undefined) made += serialText(found)
      else made += hexShape(found, streamOf(key, 'hex', plain(found)))
    }
    return made + sameShape(original.slice(done), next)
  }

  const octets = (original: Uint8Array): Uint8Array => {
    const buffer = Buffer.from(original)
    const hex = buffer.toString('hex')
    if (buffer.length === 6) return Buffer.from(macHex(hex), 'hex')
    if (buffer.length === 8 && /^[A-Z]{4}/u.test(buffer.toString('latin1'))) {
      const made = serialText(buffer.toString('latin1', 0, 4) + hex.slice(8).toUpperCase())
      return Buffer.concat([buffer.subarray(0, 4), Buffer.from(made.slice(4), 'hex')])
    }
    const next = streamOf(key, 'octets', hex)
    return Uint8Array.from(buffer, () => next())
  }

  return { text, octets, address }
}
