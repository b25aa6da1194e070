/** What ends with a line end has no empty line after it. */
export const linesOf = (text: string): readonly string[] => {
  const lines = text.split(/\r?\n/)
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** Lines (from 0) that hold the text, whatever its case; nothing for an empty one. */
export const linesWith = (lines: readonly string[], text: string): readonly number[] => {
  const wanted = text.toLowerCase()
  if (wanted === '') return []
  const found: number[] = []
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]!.toLowerCase().includes(wanted)) found.push(at)
  }
  return found
}

export interface TextPiece {
  readonly text: string
  readonly kind: 'plain' | 'hit' | 'secret' | 'changed'
}

/** A line in pieces: what was searched for, what is masked, and the part that changed. */
export const piecesOf = (
  text: string,
  search: string,
  mask: string,
  part: readonly [number, number] | null = null,
): readonly TextPiece[] => {
  const kinds = Array.from({ length: text.length }, (): TextPiece['kind'] => 'plain')
  const mark = (needle: string, haystack: string, kind: TextPiece['kind']): void => {
    if (needle === '') return
    let at = haystack.indexOf(needle)
    for (; at >= 0; at = haystack.indexOf(needle, at + needle.length)) {
      kinds.fill(kind, at, at + needle.length)
    }
  }
  if (part !== null) kinds.fill('changed', part[0], part[1])
  mark(mask, text, 'secret')
  mark(search.toLowerCase(), text.toLowerCase(), 'hit')
  const pieces: TextPiece[] = []
  let from = 0
  for (let at = 1; at <= text.length; at += 1) {
    if (at < text.length && kinds[at] === kinds[from]) continue
    pieces.push({ text: text.slice(from, at), kind: kinds[from]! })
    from = at
  }
  return pieces
}
