import { walkFields, type ColumnChoices, type FieldReader } from './column-walk.ts'
import { buildCodeDecoder, buildNumberDecoder, buildTextDecoder } from './family/decoders.ts'
import { kindOf, type ColumnRule } from './family/column-schema.ts'
import { undecodable, type DecodeContext } from './family/value-functions.ts'
import type { ProblemLog } from './problem-log.ts'
import type { WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'

export type Cell = string | number | null

/** One row of a small table: fields that the OLT offered and had a value for. */
export type Row = ReadonlyMap<string, Cell>

export interface ReadTableRequest {
  readonly session: SnmpSession
  readonly pace: WalkPace
  readonly choices: ColumnChoices
  readonly context: DecodeContext
  readonly problems: ProblemLog
  readonly table: string
  readonly fields: Readonly<Record<string, readonly ColumnRule[] | undefined>>
  /** What the numbers of an enum column mean. */
  readonly words: readonly string[]
  /**
   * Names a row from the arcs of its index; null when the arcs make no sense, undefined for a row of
   * something else that is passed over.
   */
  readonly keyOf: (column: ColumnRule, arcs: readonly number[]) => string | null | undefined
  readonly signal?: AbortSignal | undefined
}

export interface TableRead extends TableCost {
  readonly rows: ReadonlyMap<string, Row>
  /** Fields of which the OLT had at least one readable value. */
  readonly offered: readonly string[]
  /** Those of them that were read through a column whose meaning is not proven. */
  readonly unproven: readonly string[]
}

/** What a reading has cost the OLT. */
export interface TableCost {
  readonly varbinds: number
  readonly pdus: number
}

/** Boards, PON ports, unconfigured ONUs: tables of at most a few hundred rows. Errors: those of `walk`. */
export const readTable = async (request: ReadTableRequest): Promise<TableRead> => {
  const { fields, problems, keyOf } = request
  const rows = new Map<string, Map<string, Cell>>()

  const open = (field: string, column: ColumnRule): ReturnType<FieldReader['open']> => {
    const decode = cellDecoder(column, request.words, request.context)
    let readable = 0
    return {
      readable: () => readable,
      take: (arcs, arcCount, tag, buffer, start, end) => {
        const index = [...arcs.subarray(0, arcCount)]
        const key = keyOf(column, index)
        if (key === undefined) return
        if (key === null) {
          problems.note('undecodable-index', field, () => index.join('.'))
          return
        }
        const row = rows.get(key) ?? new Map<string, Cell>()
        rows.set(key, row)
        const cell = decode(tag, buffer, start, end)
        if (cell === undefined) {
          const octets = buffer.subarray(start, end)
          problems.note('undecodable-value', field, () => `tag ${tag}: ${octets.toString('hex')}`)
          return
        }
        readable++
        if (cell !== null) row.set(field, cell)
      },
    }
  }

  const result = await walkFields({
    session: request.session,
    pace: request.pace,
    choices: request.choices,
    table: request.table,
    signal: request.signal,
    onColumnFailed: (field, { oid }) => problems.note('column-failed', field, () => oid),
    fields: Object.entries(fields).flatMap(([field, columns]) =>
      columns === undefined
        ? []
        : [
            {
              field,
              columns,
              within: () => undefined,
              open: (column: ColumnRule) => open(field, column),
            },
          ],
    ),
  })
  const unproven = [...result.offered]
    .filter(([, { certainty }]) => certainty === 'unproven')
    .map(([field]) => field)
  return {
    rows,
    offered: [...result.offered.keys()],
    unproven,
    varbinds: result.varbinds,
    pdus: result.pdus,
  }
}

type CellDecoder = (tag: number, buffer: Buffer, start: number, end: number) => Cell | undefined

const cellDecoder = (
  { decode: rule }: ColumnRule,
  words: readonly string[],
  context: DecodeContext,
): CellDecoder => {
  const kind = kindOf(rule)
  if (kind === 'text' || kind === 'text-function') return buildTextDecoder(rule, context)
  const isCode = kind === 'enum' || kind === 'words'
  const decode = isCode ? buildCodeDecoder(rule, words) : buildNumberDecoder(rule, context)
  return (tag, buffer, start, end) => {
    const value = decode(tag, buffer, start, end)
    if (value === undecodable) return isCode ? null : undefined
    if (Number.isNaN(value)) return null
    return isCode ? (words[value] ?? null) : value
  }
}

export const textCell = (row: Row, field: string): string | null => {
  const cell = row.get(field)
  return typeof cell === 'string' ? cell : null
}

export const numberCell = (row: Row, field: string): number | null => {
  const cell = row.get(field)
  return typeof cell === 'number' ? cell : null
}
