import type { ColumnRule } from './family/column-schema.ts'
import { isIndexCodecName, type IndexCodecName } from './family/index-codecs.ts'

/** The numbering of a column in a table of PON ports; the schema lets no other kind in. */
export const ponNumberingOf = (
  { index }: ColumnRule,
  tableNumbering: IndexCodecName,
): IndexCodecName => {
  const [own] = index ?? []
  return own !== undefined && isIndexCodecName(own) ? own : tableNumbering
}

/** The arc that numbers the PON, `after` arcs of the row's own left over; null when they do not fit. */
export const ponIndexArc = (
  { head = 0, tail = [] }: ColumnRule,
  arcs: readonly number[],
  after: number,
): number | null => {
  if (arcs.length !== head + 1 + after + tail.length) return null
  const fits = tail.every(
    (wanted, at) => wanted === 'any' || arcs[head + 1 + after + at] === wanted,
  )
  return fits ? (arcs[head] ?? null) : null
}
