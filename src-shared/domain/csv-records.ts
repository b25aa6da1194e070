/** One record of a file. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** A quote that never closes, or text behind a closing one. */
  readonly broken: boolean
}

export const separators = [',', ';', '\t'] as const
export type Separator = (typeof separators)[number]

/**
 * Records of a text, after RFC 4180, also with ; and tab, and with CRLF, LF or CR at the end of a
 * line. Empty lines are left out. A generator: who reads a large file stops in between.
 */
export function* parseCsv(text: string, separator: Separator): Generator<CsvRecord, void, void> {
  let at = 0
  let line = 1
  while (at < text.length) {
    const record = readRecord(text, at, line, separator)
    if (record.cells.length > 1 || record.cells[0] !== '' || record.broken) {
      yield { line, cells: record.cells, broken: record.broken }
    }
    at = record.next
    line = record.nextLine
  }
}

const quote = '"'

interface ReadRecord {
  readonly cells: string[]
  readonly broken: boolean
  readonly next: number
  readonly nextLine: number
}

const readRecord = (text: string, from: number, line: number, separator: string): ReadRecord => {
  const cells: string[] = []
  let at = from
  let nextLine = line
  let broken = false
  for (;;) {
    if (text[at] === quote) {
      const cell = readQuoted(text, at + 1)
      cells.push(cell.value)
      nextLine += lineBreaksIn(cell.value)
      at = cell.next
      if (!cell.closed) return { cells, broken: true, next: at, nextLine }
      const end = endOfPlain(text, at, separator)
      if (text.slice(at, end).trim() !== '') broken = true
      at = end
    } else {
      const end = endOfPlain(text, at, separator)
      cells.push(text.slice(at, end))
      at = end
    }
    if (at >= text.length) return { cells, broken, next: at, nextLine }
    const ending = text[at]
    if (ending === separator) {
      at++
      continue
    }
    at += ending === '\r' && text[at + 1] === '\n' ? 2 : 1
    return { cells, broken, next: at, nextLine: nextLine + 1 }
  }
}

/** Behind the opening quote; two quotes in it are one. */
const readQuoted = (
  text: string,
  from: number,
): { readonly value: string; readonly next: number; readonly closed: boolean } => {
  let value = ''
  let at = from
  for (;;) {
    const end = text.indexOf(quote, at)
    if (end < 0) return { value: value + text.slice(at), next: text.length, closed: false }
    value += text.slice(at, end)
    if (text[end + 1] !== quote) return { value, next: end + 1, closed: true }
    value += quote
    at = end + 2
  }
}

const endOfPlain = (text: string, from: number, separator: string): number => {
  let at = from
  while (at < text.length) {
    const here = text[at]
    if (here === separator || here === '\n' || here === '\r') break
    at++
  }
  return at
}

const lineBreaksIn = (value: string): number => value.match(/\r\n|\r|\n/gu)?.length ?? 0

/**
 * The separator that splits the first records most evenly: a comma inside an address of a file with
 * semicolons must not win.
 */
export const separatorOf = (text: string): Separator => {
  const start = text.slice(0, 20_000)
  let best: Separator = ','
  let bestScore = 0
  for (const separator of separators) {
    const widths: number[] = []
    for (const { cells } of parseCsv(start, separator)) {
      widths.push(cells.length)
      if (widths.length === 10) break
    }
    const head = widths[0] ?? 1
    const alike = widths.filter((width) => width === head).length / Math.max(1, widths.length)
    const score = head > 1 ? head * alike : 0
    if (score > bestScore) {
      best = separator
      bestScore = score
    }
  }
  return best
}
