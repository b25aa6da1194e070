import { isAbsence } from './ber-types.ts'
import { readArcs } from './oid.ts'

/** An OID has at most 128 arcs (RFC 2578 section 3.5); a longer one is an agent gone astray. */
const maxIndexArcs = 128

/** Called once per value. Everything handed over is reused afterwards: read it, keep nothing. */
export type VarbindSink = (
  column: number,
  /** Index arcs behind the column's OID. */
  arcs: Float64Array,
  arcCount: number,
  tag: number,
  buffer: Buffer,
  start: number,
  end: number,
) => void

export type ColumnStep = 'row' | 'ended' | 'looped' | 'garbage'

/** Where a walk stands in one column of a table. */
export interface WalkColumn {
  readonly position: number
  readonly oid: Buffer
  /** OID to ask for next, BER. */
  readonly next: () => Uint8Array
  /** Takes the agent's next varbind for this column. */
  readonly take: (
    buffer: Buffer,
    oidStart: number,
    oidEnd: number,
    valueStart: number,
    valueEnd: number,
    sink: VarbindSink,
  ) => ColumnStep
  readonly rows: () => number
}

/**
 * @param base the column's OID, and behind it the arcs of `scope`, BER
 * @param columnLength octets of `base` that belong to the column; the rest is the scope
 */
export const createWalkColumn = (
  position: number,
  base: Buffer,
  columnLength: number,
): WalkColumn => {
  let last = new Float64Array(maxIndexArcs)
  let lastCount = 0
  let current = new Float64Array(maxIndexArcs)
  let lastOid: Uint8Array = base
  let rows = 0

  const isBelowBase = (buffer: Buffer, start: number, end: number): boolean => {
    if (end - start < base.length) return false
    // From the end: columns of one table differ in their last octets only.
    for (let index = base.length - 1; index >= 0; index--) {
      if (buffer[start + index] !== base[index]) return false
    }
    return true
  }

  return {
    position,
    oid: base.subarray(0, columnLength),
    next: () => lastOid,
    rows: () => rows,
    take: (buffer, oidStart, oidEnd, valueStart, valueEnd, sink) => {
      if (!isBelowBase(buffer, oidStart, oidEnd)) return 'ended'
      const tag = buffer[oidEnd] as number
      const count = readArcs(buffer, oidStart + columnLength, oidEnd, current)
      if (count < 0) return 'garbage'
      if (!isAfter(current, count, last, lastCount)) return isAbsence(tag) ? 'ended' : 'looped'
      const previous = last
      last = current
      lastCount = count
      current = previous
      lastOid = buffer.subarray(oidStart, oidEnd)
      if (isAbsence(tag)) return 'row'
      rows++
      sink(position, last, count, tag, buffer, valueStart, valueEnd)
      return 'row'
    },
  }
}

/**
 * Strictly greater in OID order.
 * SECURITY: an equal OID is not greater; an agent that repeats itself would be walked forever.
 */
const isAfter = (
  arcs: Float64Array,
  count: number,
  before: Float64Array,
  beforeCount: number,
): boolean => {
  const shared = count < beforeCount ? count : beforeCount
  for (let index = 0; index < shared; index++) {
    const difference = (arcs[index] as number) - (before[index] as number)
    if (difference !== 0) return difference > 0
  }
  return count > beforeCount
}
