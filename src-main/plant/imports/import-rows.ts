import type { Output } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { nextTurn } from '../next-turn.ts'
import { decodeText } from '../../../src-shared/domain/decode-text.ts'
import {
  columnsOf,
  columnsSuffice,
  type Column,
  type ImportField,
  type ImportKind,
} from './headers.ts'
import { parseCsv, separatorOf, type Separator } from '../../../src-shared/domain/csv-records.ts'
import { cellText } from '../../../src-shared/domain/csv-write.ts'

export type Preview = Output<'plant.previewImport'>
export type ImportProblem = Preview['problems'][number]

/** One row of a file: its cells by field, trimmed; a field without a cell is not there. */
export interface ImportRow {
  readonly line: number
  readonly text: (field: ImportField) => string
}

export interface ReadRows {
  readonly encoding: string
  readonly separator: Separator
  readonly columns: readonly Column[]
  readonly rows: readonly ImportRow[]
}

/** How a long reading tells how far it is, and ends when nobody wants it any more. */
export interface Pace {
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}

/** Rows between two looks at who else wants the engine: some milliseconds. */
export const rowsPerSlice = 2_000

const mostBytes = 64 * 1024 * 1024
const mostRows = 500_000

/**
 * Errors: `import-unreadable` (`why`: size, text, empty, columns), `cancelled`. Broken records go
 * to `problem` and are left out.
 */
export const readRows = async (
  kind: ImportKind,
  bytes: Uint8Array,
  problem: (problem: ImportProblem) => void,
  pace: Pace,
): Promise<ReadRows> => {
  if (bytes.length > mostBytes) throw new NocturneError('import-unreadable', { why: 'size' })
  const decoded = decodeText(bytes)
  if (decoded === null) throw new NocturneError('import-unreadable', { why: 'text' })
  // Some spreadsheets say their separator in a line of its own.
  const said = /^sep=([,;\t])\r?\n/iu.exec(decoded.text)
  const text = said === null ? decoded.text : decoded.text.slice(said[0].length)
  const separator = said === null ? separatorOf(text) : (said[1] as Separator)
  const records = parseCsv(text, separator)
  const head = records.next()
  if (head.done === true) throw new NocturneError('import-unreadable', { why: 'empty' })
  const columns = columnsOf(
    kind,
    head.value.cells.map((cell) => cellText(cell).slice(0, 100)),
  )
  if (!columnsSuffice(kind, columns)) {
    throw new NocturneError('import-unreadable', { why: 'columns' })
  }
  const position = new Map<ImportField, number>()
  for (const [at, { field }] of columns.entries()) if (field !== null) position.set(field, at)

  const linesBefore = said === null ? 0 : 1
  const rows: ImportRow[] = []
  let read = 0
  for (const { line: counted, cells, broken } of records) {
    const line = counted + linesBefore
    read++
    if (read > mostRows) throw new NocturneError('import-unreadable', { why: 'size' })
    if (read % rowsPerSlice === 0) await breathe(pace)
    if (broken) problem({ line, column: null, code: 'quote', text: '' })
    else if (
      cells.length > columns.length &&
      cells.slice(columns.length).some((one) => one !== '')
    ) {
      problem({ line, column: null, code: 'cells', text: String(cells.length) })
    } else if (cells.some((cell) => cell.trim() !== '')) {
      rows.push({
        line,
        text: (field) => {
          const at = position.get(field)
          return at === undefined ? '' : cellText(cells[at] ?? '')
        },
      })
    }
  }
  return { encoding: decoded.encoding, separator, columns, rows }
}

/** Lets others have their turn. Errors: `cancelled`. */
export const breathe = async ({ signal }: Pace): Promise<void> => {
  await nextTurn()
  if (signal.aborted) throw new NocturneError('cancelled')
}

/** Problems, of which the first are told and all are counted. */
export const createProblems = (columns: () => readonly Column[]) => {
  const list: ImportProblem[] = []
  let total = 0
  const add = (problem: ImportProblem): void => {
    total++
    if (list.length < mostProblems) list.push({ ...problem, text: problem.text.slice(0, 200) })
  }
  return {
    list,
    total: () => total,
    add,
    /** At a cell: named by the header as it stands in the file. */
    at: (row: ImportRow, field: ImportField | null, code: string, text: string): void =>
      add({
        line: row.line,
        column:
          columns().find((column) => field !== null && column.field === field)?.header ?? null,
        code,
        text,
      }),
  }
}

export type Problems = ReturnType<typeof createProblems>

const mostProblems = 200
