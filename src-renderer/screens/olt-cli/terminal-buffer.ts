import type { Terminal } from '@xterm/xterm'

export interface BufferHit {
  readonly row: number
  readonly column: number
  readonly length: number
}

const rowsOf = (
  terminal: Terminal,
): readonly { readonly text: string; readonly wrapped: boolean }[] => {
  const { active } = terminal.buffer
  return Array.from({ length: active.length }, (_, row) => {
    const line = active.getLine(row)
    return { text: line?.translateToString(true) ?? '', wrapped: line?.isWrapped ?? false }
  })
}

/** All that stands in it, rows that belong together joined, without the empty ones below. */
export const bufferText = (terminal: Terminal): string => {
  let text = ''
  for (const row of rowsOf(terminal))
    text += row.wrapped || text === '' ? row.text : `\n${row.text}`
  return `${text.trimEnd()}\n`
}

/** Every place of the text, whatever its case, from the top; within one row each. */
export const findInBuffer = (terminal: Terminal, wanted: string): readonly BufferHit[] => {
  const needle = wanted.toLowerCase()
  if (needle === '') return []
  const hits: BufferHit[] = []
  rowsOf(terminal).forEach(({ text }, row) => {
    const lower = text.toLowerCase()
    for (let at = lower.indexOf(needle); at >= 0; at = lower.indexOf(needle, at + needle.length)) {
      hits.push({ row, column: at, length: needle.length })
    }
  })
  return hits
}
