import { NocturneError } from '../../../src-shared/errors.ts'
import { readField, readPlace, Unreadable } from './field-values.ts'
import type { Cell, CliParser, CliRecord, ParsedField, RecordKind } from './parser-schema.ts'
import { longestMatched } from './pattern-schema.ts'

type Fields = Readonly<Record<string, ParsedField>>
type RowsParser = Extract<CliParser, { kind: 'rows' }>
type BlockParser = Extract<CliParser, { kind: 'block' }>
type StatementsParser = Extract<CliParser, { kind: 'statements' }>

const unexpected = (line: string): NocturneError =>
  new NocturneError('cli-unexpected-answer', { line: line.trim().slice(0, 200) })

/**
 * The records of an answer.
 * Errors: `cli-unexpected-answer` {line}: a line that is not understood is an error of the whole
 * reading, never a row left out: what is read decides what is written.
 */
export const parseAnswer = (parser: CliParser, text: string): readonly CliRecord[] => {
  const lines = text.split('\n').map((line) => line.trimEnd())
  switch (parser.kind) {
    case 'rows':
      return parseRows(parser, lines)
    case 'block':
      return parseBlock(parser, lines)
    case 'statements':
      return parseStatements(parser, lines)
  }
}

/** SECURITY: a pattern of a profile is never tried on a longer text than it was judged for. */
const match = (pattern: RegExp, line: string): RegExpExecArray | null =>
  line.length > longestMatched ? null : pattern.exec(line)

const fieldsOf = (
  fields: Fields,
  found: Readonly<Record<string, string | undefined>>,
  line: string,
): Record<string, Cell> => {
  const cells: Record<string, Cell> = {}
  for (const [name, field] of Object.entries(fields)) {
    const text = found[field.from ?? name]
    if (text === undefined) {
      if (field.required) throw unexpected(line)
      continue
    }
    Object.assign(cells, read(name, field, text, line))
  }
  return cells
}

/** A place is three cells, anything else one. */
const read = (
  name: string,
  field: ParsedField,
  text: string,
  line: string,
): Readonly<Record<string, Cell>> => {
  try {
    return field.as === 'place' ? readPlace(text) : { [name]: readField(field, text) }
  } catch (error) {
    throw error instanceof Unreadable ? unexpected(line) : error
  }
}

/** Groups without a field of their own are texts, or numbers where they are digits alone. */
const cellsOfMatch = (fields: Fields, found: RegExpExecArray): Record<string, Cell> => {
  const groups = found.groups ?? {}
  const cells: Record<string, Cell> = {}
  for (const [name, text] of Object.entries(groups)) {
    if (text === undefined || name in fields) continue
    cells[name] = numbers.has(name) ? Number(text) : text.trim()
  }
  return { ...cells, ...fieldsOf(fields, groups, found.input) }
}

/** Names that are numbers wherever they come from. */
const numbers: ReadonlySet<string> = new Set([
  'shelf',
  'slot',
  'port',
  'onuId',
  'index',
  'vlan',
  'gemPort',
  'tcont',
  'ethPort',
  'ethPorts',
  'voicePorts',
  'downKbps',
  'upKbps',
  'inUse',
  'wifiIndex',
])

const parseRows = (parser: RowsParser, lines: readonly string[]): CliRecord[] => {
  const records: { kind: RecordKind; cells: Record<string, Cell> }[] = []
  let context: Readonly<Record<string, Cell>> = {}
  let begun = parser.begin === undefined
  for (const line of lines) {
    if (!begun) {
      begun = parser.begin !== undefined && match(parser.begin, line) !== null
      continue
    }
    if (parser.end !== undefined && match(parser.end, line) !== null) break
    const above = parser.context === undefined ? null : match(parser.context, line)
    if (above !== null) {
      context = cellsOfMatch({}, above)
      continue
    }
    if (line.trim() === '' || parser.ignore.some((one) => match(one, line) !== null)) continue
    const fitting = parser.rows
      .map((row) => ({ row, found: match(row.match, line) }))
      .find(({ found }) => found !== null)
    if (fitting?.found) {
      const { row, found } = fitting
      records.push({
        kind: row.record,
        cells: { ...context, ...row.constants, ...cellsOfMatch(row.fields, found) },
      })
      continue
    }
    const last = records.at(-1)
    const more = parser.continuation === undefined ? null : match(parser.continuation.match, line)
    if (last === undefined || more === null || parser.continuation === undefined) {
      throw unexpected(line)
    }
    const { field } = parser.continuation
    last.cells[field] = `${String(last.cells[field] ?? '')}${more.groups?.[field] ?? ''}`
  }
  return records
}

const keyOf = (text: string): string => text.trim().replaceAll(/\s+/gu, ' ').toLowerCase()

const parseBlock = (parser: BlockParser, lines: readonly string[]): CliRecord[] => {
  const { continuation } = parser
  const start = parser.start === undefined ? null : keyOf(parser.start)
  const wanted = new Set(
    Object.entries(parser.fields).map(([name, { from }]) => keyOf(from ?? name)),
  )
  const blocks: Block[] = []
  let current: Block | null = start === null ? newBlock() : null
  if (current !== null) blocks.push(current)
  /** The key whose value the next line may go on with, and the last piece of it. */
  let open: { key: string; piece: string } | null = null

  for (const line of lines) {
    if (continuation !== undefined && open !== null && current !== null) {
      const indent = line.slice(0, continuation.blanks)
      if (line.length > continuation.blanks && indent.trim() === '') {
        const piece = line.slice(continuation.blanks)
        // A full line was cut wherever it ended; a shorter one was broken at a blank.
        const joint = open.piece.length >= continuation.width ? '' : ' '
        const before: string = current.found.get(open.key) ?? ''
        current.found.set(open.key, `${before}${joint}${piece}`)
        open = { key: open.key, piece }
        continue
      }
    }
    open = null
    const at = line.indexOf(parser.separator)
    const key = at < 0 ? '' : keyOf(line.slice(0, at))
    if (at >= 0 && key === start) {
      current = newBlock()
      blocks.push(current)
    }
    if (current === null) continue
    if (at >= 0 && wanted.has(key)) {
      const value = line.slice(at + parser.separator.length).trim()
      if (!current.found.has(key)) {
        current.found.set(key, value)
        open = { key, piece: value }
      }
      continue
    }
    for (const extra of parser.lines) {
      const found = match(extra.match, line)
      if (found === null) continue
      const cells = { ...extra.constants, ...cellsOfMatch(extra.fields, found) }
      if (extra.record === undefined) Object.assign(current.extra, cells)
      else current.others.push({ kind: extra.record, cells })
    }
  }

  return blocks.flatMap(({ found, extra, others }) => {
    const cells: Record<string, Cell> = { ...parser.constants }
    for (const [name, field] of Object.entries(parser.fields)) {
      const text = found.get(keyOf(field.from ?? name))
      if (text !== undefined) {
        Object.assign(cells, read(name, field, text, `${field.from ?? name}: ${text}`))
      }
      if (text === undefined && field.required)
        throw unexpected(lines.find((line) => line.trim() !== '') ?? '')
    }
    return [{ kind: parser.record, cells: { ...cells, ...extra } }, ...others]
  })
}

interface Block {
  readonly found: Map<string, string>
  readonly extra: Record<string, Cell>
  /** What its lines tell besides: records of their own. */
  readonly others: CliRecord[]
}

const newBlock = (): Block => ({ found: new Map(), extra: {}, others: [] })

const parseStatements = (parser: StatementsParser, lines: readonly string[]): CliRecord[] => {
  const records: CliRecord[] = []
  for (const line of lines) {
    const text = line.trim()
    const rules = parser.statements.filter(({ begins }) => text.startsWith(begins))
    if (rules.length === 0) continue
    let understood = false
    for (const rule of rules) {
      const found = rule.match === undefined ? null : match(rule.match, text)
      if (rule.match !== undefined && found === null) continue
      understood = true
      const cells = found === null ? {} : cellsOfMatch(rule.fields, found)
      records.push({ kind: rule.record, cells: { ...rule.constants, ...cells } })
      break
    }
    if (!understood) throw unexpected(line)
  }
  return records
}
