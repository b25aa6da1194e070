/** One object of a recording, its value as an SNMP type and content. */
export type RecordedValue =
  | { readonly type: 'integer' | 'counter32' | 'gauge32' | 'timeTicks'; readonly value: number }
  | { readonly type: 'counter64'; readonly value: bigint }
  | { readonly type: 'octets' | 'opaque' | 'ipAddress'; readonly value: Uint8Array }
  | { readonly type: 'oid'; readonly value: readonly number[] }
  | { readonly type: 'null' }

export interface RecordedObject {
  readonly oid: readonly number[]
  readonly value: RecordedValue
}

/** What a device said, in OID order, each OID once. */
export interface Recording {
  readonly objects: readonly RecordedObject[]
  /** Lines that no reader understood: number, from 1, and what is wrong. */
  readonly problems: readonly RecordingProblem[]
}

export interface RecordingProblem {
  readonly line: number
  readonly message: string
}

/** OID order (RFC 3416 section 2): a shorter OID comes before those below it. */
export const compareArcs = (left: readonly number[], right: readonly number[]): number => {
  const shared = Math.min(left.length, right.length)
  for (let at = 0; at < shared; at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** Null when the text is no OID; a leading dot is taken. */
export const arcsOf = (text: string): readonly number[] | null => {
  if (!/^\.?\d+(?:\.\d+)+$/u.test(text)) return null
  const arcs = text.replace(/^\./u, '').split('.').map(Number)
  return arcs.length <= 128 && arcs.every((arc) => arc <= 0xff_ff_ff_ff) ? arcs : null
}

/** Sorts; of an OID that stands twice the last value counts, as in the files' own tools. */
export const toRecording = (
  objects: readonly RecordedObject[],
  problems: readonly RecordingProblem[],
): Recording => {
  const byOid = new Map(objects.map((object) => [object.oid.join('.'), object]))
  return {
    objects: [...byOid.values()].toSorted((left, right) => compareArcs(left.oid, right.oid)),
    problems,
  }
}

/** A decimal number within a range; null when it is none. */
export const wholeNumber = (text: string, min: number, max: number): number | null => {
  const value = /^-?\d+$/u.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : null
}

export const unsigned32 = 0xff_ff_ff_ff

export const counter64 = (text: string): RecordedValue | null => {
  if (!/^\d{1,20}$/u.test(text)) return null
  const value = BigInt(text)
  return value < 2n ** 64n ? { type: 'counter64', value } : null
}

export const ipAddress = (text: string): RecordedValue | null => {
  const octets = text.split('.').map((part) => wholeNumber(part, 0, 255))
  return octets.length === 4 && octets.every((octet) => octet !== null)
    ? { type: 'ipAddress', value: Uint8Array.from(octets) }
    : null
}

export const hexOctets = (text: string): Uint8Array | null => {
  const digits = text.replaceAll(/\s/gu, '')
  return /^(?:[0-9a-f]{2})*$/iu.test(digits) ? new Uint8Array(Buffer.from(digits, 'hex')) : null
}
