import { isNocturneError, type NocturneError } from '../../src-shared/errors.ts'
import type { ColumnRule } from './family/column-schema.ts'
import { encodeOid, parseOid } from './snmp/oid.ts'
import type { WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import type { VarbindSink } from './snmp/walk-column.ts'
import { walk, type WalkProgress } from './snmp/walker.ts'

/** Which of its alternative columns an OLT offered for a field; kept per OLT from read to read. */
export type ColumnChoices = Map<string, ColumnRule>

/** One field of a table on its way through the walk. */
export interface FieldReader {
  readonly field: string
  readonly columns: readonly ColumnRule[]
  /** Index arcs of the rows wanted, in this column's own numbering; undefined for all rows. */
  readonly within: (column: ColumnRule) => readonly number[] | undefined
  /** Takes the values of one column. The second function says how many of them were readable. */
  readonly open: (column: ColumnRule) => {
    readonly take: (
      arcs: Float64Array,
      arcCount: number,
      tag: number,
      buffer: Buffer,
      start: number,
      end: number,
    ) => void
    readonly readable: () => number
  }
}

export interface ColumnWalkRequest {
  readonly session: SnmpSession
  readonly pace: WalkPace
  readonly choices: ColumnChoices
  /** Names the table, so that one `choices` serves all tables of an OLT. */
  readonly table: string
  readonly fields: readonly FieldReader[]
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: WalkProgress) => void) | undefined
  readonly onColumnFailed?: (field: string, column: ColumnRule) => void
  /** What was read before the walk failed is given with its failure, which is not thrown then. */
  readonly keepPartial?: boolean | undefined
}

export interface ColumnWalkResult extends WalkProgress {
  readonly offered: ReadonlyMap<string, ColumnRule>
  /** Fields of which all is known that this OLT says: read to the end, or not offered. */
  readonly settled: ReadonlySet<string>
  readonly failure: NocturneError | null
}

/**
 * Walks all fields of a table together. A field whose column has no readable row is tried again
 * with its next alternative; what an OLT offered once is asked first from then on.
 */
export const walkFields = async (request: ColumnWalkRequest): Promise<ColumnWalkResult> => {
  const { session, pace, choices, table, signal } = request
  const offered = new Map<string, ColumnRule>()
  const settled = new Set<string>()
  let failure: NocturneError | null = null
  let varbinds = 0
  let pdus = 0
  let waiting = request.fields.map((reader) => ({
    reader,
    candidates: inOrder(reader.columns, choices.get(`${table}.${reader.field}`)),
  }))

  while (waiting.length > 0 && failure === null) {
    const round = waiting.flatMap(({ reader, candidates: [column, ...others] }) =>
      column === undefined ? [] : [{ reader, column, others, values: reader.open(column) }],
    )
    if (round.length === 0) break
    const sinks = round.map(({ values }) => values.take)
    const onVarbind: VarbindSink = (position, arcs, arcCount, tag, buffer, start, end) =>
      sinks[position]?.(arcs, arcCount, tag, buffer, start, end)
    const before = { varbinds, pdus }
    const ended = new Set<number>()
    let heard: WalkProgress = { varbinds: 0, pdus: 0 }
    const outcome = await walk({
      session,
      pace,
      signal,
      onVarbind,
      columns: round.map(({ reader, column }) => ({
        oid: berOf(column.oid),
        within: reader.within(column),
      })),
      onColumnEnd: (position) => ended.add(position),
      onProgress: (progress) => {
        heard = progress
        request.onProgress?.({
          varbinds: before.varbinds + progress.varbinds,
          pdus: before.pdus + progress.pdus,
        })
      },
    }).then(
      (result) => ({ ...result, error: null }),
      (error: unknown) => {
        if (request.keepPartial !== true || !leavesRows(error)) throw error
        const failed: readonly number[] = []
        return { ...heard, failed, error }
      },
    )
    failure = outcome.error
    varbinds += outcome.varbinds
    pdus += outcome.pdus
    waiting = []
    round.forEach(({ reader, column, others, values }, position) => {
      if (outcome.failed.includes(position)) request.onColumnFailed?.(reader.field, column)
      if (values.readable() > 0) {
        offered.set(reader.field, column)
        choices.set(`${table}.${reader.field}`, column)
      } else if (others.length > 0) {
        waiting.push({ reader, candidates: others })
        return
      }
      if (ended.has(position)) settled.add(reader.field)
    })
  }
  return { varbinds, pdus, offered, settled, failure }
}

/** Whether rows that came before this error may be kept. */
const leavesRows = (error: unknown): error is NocturneError =>
  isNocturneError(error) && error.code !== 'cancelled'

const inOrder = (
  columns: readonly ColumnRule[],
  chosen: ColumnRule | undefined,
): readonly ColumnRule[] =>
  chosen === undefined ? columns : [chosen, ...columns.filter((column) => column !== chosen)]

const berByOid = new Map<string, Buffer>()

const berOf = (oid: string): Buffer => {
  let ber = berByOid.get(oid)
  if (ber === undefined) {
    ber = encodeOid(parseOid(oid))
    berByOid.set(oid, ber)
  }
  return ber
}
