import { longestMatched } from './pattern-schema.ts'

/** A part of a line: what a pattern means in it. */
export interface LinePart {
  readonly start: number
  readonly end: number
  /** False: the pattern has no group of that name, and this is all that it fits. */
  readonly isGroup: boolean
}

/** What is no longer than this is seen whole in one of two neighbouring pieces. */
const overlap = 200

/**
 * Where `pattern` fits along a line of any length, by its group of this name. `pattern` is one of
 * `searchPatterns`.
 * SECURITY: looked at in pieces as long as the pattern's cost was worked out for, so that the work
 * grows with the line and no faster. Parts may overlap: the next one is looked for from the begin of
 * the last on (`password secret x`).
 */
export const partsAlong = (pattern: RegExp, group: string, line: string): readonly LinePart[] => {
  const parts: LinePart[] = []
  let at = 0
  do {
    // One character before, for what looks back at it: `^` and `\b`.
    const from = Math.max(0, at - 1)
    const piece = line.slice(from, from + longestMatched)
    const pieceEnd = from + piece.length
    pattern.lastIndex = at - from
    const found = pattern.exec(piece)
    if (found === null) {
      if (pieceEnd === line.length) break
      at = pieceEnd - overlap
      continue
    }
    const start = from + found.index
    const isCut = start + found[0].length === pieceEnd && pieceEnd < line.length
    if (isCut && start > at) {
      // What begins here may go on behind the piece: once more with more of it.
      at = start
      continue
    }
    const place = found.indices?.groups?.[group]
    const part =
      place === undefined
        ? { start, end: start + found[0].length, isGroup: false }
        : { start: from + place[0], end: from + place[1], isGroup: true }
    // Nobody knows where it ends: it is all that is left.
    parts.push(isCut ? { ...part, end: line.length } : part)
    at = Math.max(part.start, at + 1)
  } while (at < line.length)
  return parts
}
