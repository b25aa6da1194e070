import type { SubscriberImportField } from '../../../src-shared/contract/subscribers.ts'
import { parseCsv, separatorOf, type Separator } from '../../../src-shared/domain/csv-records.ts'
import { cellText } from '../../../src-shared/domain/csv-write.ts'
import { decodeText } from '../../../src-shared/domain/decode-text.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { fieldsOf, repeatable } from './headers.ts'

/** One line of a file: its cells by field; what has no field is the rest. */
export interface ImportLine {
  readonly line: number
  readonly text: (field: SubscriberImportField) => string
  readonly texts: (field: SubscriberImportField) => readonly string[]
  readonly rest: readonly { readonly header: string; readonly text: string }[]
}

export interface ReadLines {
  readonly encoding: string
  readonly separator: Separator
  readonly columns: readonly {
    readonly header: string
    readonly field: SubscriberImportField | null
    readonly sample: readonly string[]
  }[]
  readonly lines: readonly ImportLine[]
  readonly problems: readonly {
    readonly line: number
    readonly code: string
    readonly text: string
  }[]
  /** Lines with something in them, the broken ones too. */
  readonly rows: number
}

const mostBytes = 16 * 1024 * 1024
/** What one transaction carries in a few seconds; a longer file is split by the person. */
const mostLines = 10_000
const mostColumns = 200
const sampleSize = 3

/**
 * `mapping`: the field of each column; null: by the headers. Errors: `import-unreadable` (`why`: size,
 * text, empty, columns, mapping).
 */
export const readLines = (
  bytes: Uint8Array,
  mapping: readonly (SubscriberImportField | null)[] | null,
): ReadLines => {
  const refuse = (why: string): never => {
    throw new NocturneError('import-unreadable', { why })
  }
  if (bytes.length > mostBytes) return refuse('size')
  const decoded = decodeText(bytes)
  if (decoded === null) return refuse('text')
  // Some spreadsheets say their separator in a line of its own.
  const said = /^sep=([,;\t])\r?\n/iu.exec(decoded.text)
  const text = said === null ? decoded.text : decoded.text.slice(said[0].length)
  const separator = said === null ? separatorOf(text) : (said[1] as Separator)
  const records = parseCsv(text, separator)
  const head = records.next()
  if (head.done === true) return refuse('empty')
  const headers = head.value.cells.map((cell) => cellText(cell).slice(0, 100))
  if (headers.length > mostColumns) return refuse('columns')
  if (mapping !== null && (mapping.length !== headers.length || isTwice(mapping))) {
    return refuse('mapping')
  }
  const fields = mapping ?? fieldsOf(headers)
  // Without a name nobody is known; the mapping can still be made by hand.
  if (mapping !== null && !fields.includes('name')) return refuse('columns')

  const lines: ImportLine[] = []
  const problems: { line: number; code: string; text: string }[] = []
  const samples: string[][] = headers.map(() => [])
  let rows = 0
  for (const { line: counted, cells, broken } of records) {
    const line = counted + (said === null ? 0 : 1)
    if (!broken && cells.every((cell) => cell.trim() === '')) continue
    if (++rows > mostLines) return refuse('size')
    if (broken) {
      problems.push({ line, code: 'quote', text: '' })
      continue
    }
    if (cells.slice(headers.length).some((one) => one.trim() !== '')) {
      problems.push({ line, code: 'cells', text: String(cells.length) })
      continue
    }
    const values = headers.map((_, at) => cellText(cells[at] ?? ''))
    for (const [at, value] of values.entries()) {
      const sample = samples[at]
      if (value !== '' && sample !== undefined && sample.length < sampleSize) {
        sample.push(value.slice(0, 60))
      }
    }
    lines.push(lineOf(line, headers, fields, values))
  }
  return {
    encoding: decoded.encoding,
    separator,
    columns: headers.map((header, at) => ({
      header,
      field: fields[at] ?? null,
      sample: samples[at] ?? [],
    })),
    lines,
    problems,
    rows,
  }
}

const isTwice = (mapping: readonly (SubscriberImportField | null)[]): boolean => {
  const single = mapping.filter((field) => field !== null && !repeatable.has(field))
  return new Set(single).size < single.length
}

const lineOf = (
  line: number,
  headers: readonly string[],
  fields: readonly (SubscriberImportField | null)[],
  values: readonly string[],
): ImportLine => {
  const texts = (field: SubscriberImportField): string[] =>
    values.filter((value, at) => fields[at] === field && value !== '')
  return {
    line,
    text: (field) => texts(field)[0] ?? '',
    texts,
    rest: headers.flatMap((header, at) => {
      const text = values[at] ?? ''
      return fields[at] === null && text !== '' ? [{ header, text }] : []
    }),
  }
}
