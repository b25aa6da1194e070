import type { OltFamily } from '../olt/family/load-families.ts'
import type { RecordedObject, RecordedValue } from '../replay/recording.ts'
import { knownColumns } from './known-columns.ts'
import { createPseudonyms } from './pseudonyms.ts'

export interface RedactOptions {
  readonly families: readonly OltFamily[]
  /** Subtrees whose texts stay. */
  readonly keep: readonly string[]
  /** 32 random octets, for this file only. */
  readonly key: Buffer
}

const interfaceNames = ['1.3.6.1.2.1.2.2.1.2.', '1.3.6.1.2.1.31.1.1.1.1.']
const interfaceWords =
  /(?:pon|eth|uplink|vlan|port|mgmt|lag|trunk|onu|ont|slot|sfp|null|loop|cpu|tunnel|board|\b(?:ge|xe|xge|gei|xgei|fe|te|lo|br|if|sit|gre|bond|team|out|in)[-_ ]?\d|^lo$)/iu

const reading = String.raw`[-+]?\d{1,6}(?:\.\d{1,6})?\s*(?:dbm?|ma|mw|v|mv|c|°c|%|m|km|s|ms|nm|[gmk]?b(?:it)?\/?s?)?\s*`

/** A reading, a moment, a state, a port: what tells nobody who or where a subscriber is. */
const harmlessTexts = [
  /^\s*$/u,
  // Seven digits and more may be a telephone number.
  new RegExp(`^\\s*${reading}$`, 'iu'),
  new RegExp(`^\\s*${reading}\\(${reading}\\)$`, 'iu'),
  /^\d{2,4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T,]+\d{1,2}:\d{2}(?::\d{2})?.{0,6})?$/u,
  /^(?:\d+ ?d(?:ays?)?,? *)?\d{1,3}:\d{2}(?::\d{2})?$/u,
  /^(?:on|off)(?:-?line)?$|^(?:up|down|en-?abled?|dis-?abled?|true|false|yes|no|none|n\/?a|null|unknown|normal|fail(?:ed)?|ok|auto|active|inactive|offline|working|los|dying-?gasp|power-?off|default|--?)$/iu,
  /^(?:x|xg|xgs|g|ge|e)?pon[-_ ]?(?:olt|onu)?[-_ ]?\d+(?:[/:.]\d+)*$|^(?:ge|xge|gei|xgei|eth)[-_ ]?\d+(?:[/:.]\d+)*$/iu,
]

/** DateAndTime (RFC 2579). */
const isMoment = (octets: Uint8Array): boolean => {
  const year = (octets[0] ?? 0) * 256 + (octets[1] ?? 0)
  const [, , month = 0, day = 0, hour = 0, minute = 0, second = 0] = octets
  return (
    (octets.length === 8 || octets.length === 11) &&
    [year === 0 || (year > 1969 && year < 2100), month <= 12, day <= 31].every(Boolean) &&
    [hour < 24, minute < 60, second < 61].every(Boolean)
  )
}

/** A MAC address, or a GPON serial number: octets that may look like letters beyond ASCII. */
const isFixed = (octets: Uint8Array): boolean =>
  octets.length === 6 ||
  (octets.length === 8 && octets.subarray(0, 4).every((octet) => octet >= 65 && octet <= 90))

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Null when the octets are no text. Zeros at the end are padding. */
const textOf = (octets: Uint8Array): string | null => {
  try {
    const text = utf8.decode(octets).replace(/\0+$/u, '')
    // oxlint-disable-next-line no-control-regex
    return /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/u.test(text) ? null : text
  } catch {
    return null
  }
}

/**
 * Serial numbers, names and addresses become pseudonyms, in values and where an index spells them;
 * so does every text that is not known to be harmless. Numbers, counters and OIDs' shapes stay.
 */
export const redact = (
  objects: readonly RecordedObject[],
  options: RedactOptions,
): readonly RecordedObject[] => {
  const known = knownColumns(options.families, options.keep)
  const make = createPseudonyms(options.key)
  /** Octets that were hidden, to their pseudonym, both as arcs: "72.87.84.67". */
  const hidden = new Map<string, readonly number[]>()
  const lengthsByStart = new Map<string, Set<number>>()

  const remember = (original: Uint8Array, made: Uint8Array): void => {
    if (original.length < 4 || original.length !== made.length) return
    const key = original.join('.')
    hidden.set(key, [...made])
    const start = original.subarray(0, 4).join('.')
    const lengths = lengthsByStart.get(start) ?? new Set()
    lengthsByStart.set(start, lengths.add(original.length))
  }

  const hide = (original: Uint8Array): Uint8Array => {
    const text = textOf(original)
    const isBinary = text === null || (isFixed(original) && !/^[ -~]+$/u.test(text))
    const made = isBinary
      ? make.octets(original)
      : Buffer.concat([Buffer.from(make.text(text)), original.subarray(Buffer.byteLength(text))])
    remember(original, made)
    return made
  }

  /** The device's own name and place, which stand in other texts too. */
  const own = objects.flatMap(({ oid, value }) => {
    const isOwn = /^1\.3\.6\.1\.2\.1\.1\.[456]\.0$/u.test(oid.join('.'))
    const text = isOwn && value.type === 'octets' ? textOf(value.value) : null
    return text !== null && text.trim().length > 3 ? [text.trim()] : []
  })
  /** A text that may stay, without what is not its own business. */
  const scrub = (octets: Uint8Array): Uint8Array => {
    const text = textOf(octets)
    if (text === null) return octets
    let made = text
    for (const name of own) made = made.replaceAll(name, () => make.text(name))
    made = made.replaceAll(
      /\b[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}\b|\b[a-z]{4}[0-9a-f]{8}\b/giu,
      (found) => make.text(found),
    )
    return made === text ? octets : Buffer.from(made)
  }

  const octetsFor = (oid: readonly number[], octets: Uint8Array): Uint8Array => {
    const name = oid.join('.')
    const text = textOf(octets)
    if (interfaceNames.some((prefix) => name.startsWith(prefix))) {
      return text !== null && interfaceWords.test(text) ? scrub(octets) : hide(octets)
    }
    if (known.isPrivate(oid)) return text?.trim() === '' ? octets : hide(octets)
    if (known.isHarmless(oid)) return scrub(octets)
    if (text === null) {
      const says = octets.length > 2 && octets.some((octet) => octet !== octets[0])
      return says && !isMoment(octets) ? hide(octets) : octets
    }
    return harmlessTexts.some((pattern) => pattern.test(text)) ? octets : hide(octets)
  }

  const valueFor = ({ oid, value }: RecordedObject): RecordedValue => {
    switch (value.type) {
      case 'octets':
        return { type: 'octets', value: octetsFor(oid, value.value) }
      case 'ipAddress': {
        const made = make.address(value.value)
        if (made !== value.value) remember(value.value, made)
        return { type: 'ipAddress', value: made }
      }
      default:
        return value
    }
  }

  const values = objects.map((object) => valueFor(object))

  /** Arcs that spell something hidden, or a serial number that stands nowhere else. */
  const arcsFor = (oid: readonly number[]): readonly number[] => {
    let made: number[] | null = null
    for (let at = indexMayBegin; at + 4 <= oid.length; at++) {
      const lengths = lengthsByStart.get(oid.slice(at, at + 4).join('.'))
      const whole = [...(lengths ?? [])]
        .toSorted((left, right) => right - left)
        .map((length) => hidden.get(oid.slice(at, at + length).join('.')))
        .find((arcs) => arcs !== undefined)
      const replacement = whole ?? spelledSerial(oid, at)
      if (replacement === null) continue
      made ??= [...oid]
      made.splice(at, replacement.length, ...replacement)
      at += replacement.length - 1
    }
    return made ?? oid
  }

  /** Four capital letters and what follows: eight hexadecimal digits, or four octets. */
  const spelledSerial = (oid: readonly number[], at: number): readonly number[] | null => {
    if (!oid.slice(at, at + 4).every((arc) => arc >= 65 && arc <= 90)) return null
    const rest = oid.slice(at + 4, at + 12).map((arc) => (arc < 256 ? arc : 0))
    if (rest.length === 8 && /^[0-9a-f]{8}$/iu.test(String.fromCharCode(...rest))) {
      return [...Buffer.from(make.text(String.fromCharCode(...oid.slice(at, at + 4), ...rest)))]
    }
    const octets = oid.slice(at, at + 8)
    return octets.length === 8 && octets.every((arc) => arc < 256)
      ? [...make.octets(Uint8Array.from(octets))]
      : null
  }

  return objects.map(({ oid }, at): RecordedObject => {
    const value = values[at] as RecordedValue
    return {
      oid: arcsFor(oid),
      value: value.type === 'oid' ? { type: 'oid', value: arcsFor(value.value) } : value,
    }
  })
}

/** 1.3.6.1.4.1.enterprise, 1.3.6.1.2.1.group: no index stands before that. */
const indexMayBegin = 7
