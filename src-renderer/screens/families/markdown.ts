/**
 * The little of Markdown that a family's README uses, as plain data. What is drawn from it is text
 * in elements of ours: no markup of the author's ever reaches the page.
 */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly text: readonly Span[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly items: readonly (readonly Span[])[]
    }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly head: readonly (readonly Span[])[]
      readonly rows: readonly (readonly (readonly Span[])[])[]
    }

export interface Span {
  readonly kind: 'plain' | 'code' | 'strong'
  readonly text: string
}

/** A README of a person; what is longer is cut. */
const maxLines = 2_000

export const parseMarkdown = (source: string): readonly Block[] => {
  const lines = source.split(/\r?\n/u).slice(0, maxLines)
  const blocks: Block[] = []
  let at = 0
  const take = (fits: (line: string) => boolean): string[] => {
    const taken: string[] = []
    while (at < lines.length && fits(lines[at] ?? '')) taken.push(lines[at++] ?? '')
    return taken
  }
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.trim() === '') at++
    else if (line.startsWith('```')) {
      at++
      const text = take((each) => !each.startsWith('```')).join('\n')
      at++
      blocks.push({ kind: 'code', text })
    } else if (isHeading(line)) {
      at++
      const level = line.indexOf(' ')
      blocks.push({ kind: 'heading', level, text: spansOf(line.slice(level + 1).trim()) })
    } else if (isTableRow(line)) {
      blocks.push(tableOf(take(isTableRow)))
    } else if (isItem(line)) {
      const ordered = !/^\s*[-*+]/u.test(line)
      const taken = take((each) => isItem(each) || /^\s{2,}\S/u.test(each))
      blocks.push({ kind: 'list', ordered, items: itemsOf(taken).map(spansOf) })
    } else {
      const text = take((each) => each.trim() !== '' && !startsBlock(each)).join(' ')
      blocks.push({ kind: 'paragraph', text: spansOf(text) })
    }
  }
  return blocks
}

const isHeading = (line: string): boolean => /^#{1,6} /u.test(line)
const isTableRow = (line: string): boolean => line.startsWith('|')
const isItem = (line: string): boolean => /^\s*(?:[-*+]|\d{1,3}\.) /u.test(line)
const startsBlock = (line: string): boolean =>
  isHeading(line) || isTableRow(line) || isItem(line) || line.startsWith('```')

const itemsOf = (lines: readonly string[]): readonly string[] => {
  const items: string[] = []
  for (const line of lines) {
    if (isItem(line)) items.push(line.replace(/^\s*(?:[-*+]|\d{1,3}\.) /u, '').trim())
    else items.push(`${items.pop() ?? ''} ${line.trim()}`)
  }
  return items
}

const cellsOf = (row: string): readonly (readonly Span[])[] =>
  row
    .replace(/^\||\|\s*$/gu, '')
    .split(/(?<!\\)\|/u)
    .map((cell) => spansOf(cell.replaceAll('\\|', '|').trim()))

const tableOf = (rows: readonly string[]): Block => {
  const isRule = (row: string | undefined): boolean => /^[|\s:-]+$/u.test(row ?? '')
  const [first = '', second, ...rest] = rows
  return isRule(second)
    ? { kind: 'table', head: cellsOf(first), rows: rest.map(cellsOf) }
    : { kind: 'table', head: [], rows: rows.map(cellsOf) }
}

/** Code, strong words, and links as their words with the address behind: nothing to click on. */
const spansOf = (text: string): readonly Span[] => {
  const plain = text.replace(
    /\[([^\]]*)\]\(([^)]*)\)/gu,
    (_whole, words: string, address: string) =>
      words === address ? words : `${words} (${address})`,
  )
  return plain
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/u)
    .filter((part) => part !== '')
    .map((part) => {
      if (/^`[^`]+`$/u.test(part)) return { kind: 'code', text: part.slice(1, -1) }
      if (/^\*\*[^*]+\*\*$/u.test(part)) return { kind: 'strong', text: part.slice(2, -2) }
      return { kind: 'plain', text: part }
    })
}
