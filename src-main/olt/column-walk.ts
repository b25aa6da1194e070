import { isNocturneError, type NocturneError } from '../../src-shared/errors.ts'
import type { ColumnRule } from './family/column-schema.ts'
import { encodeOid, parseOid } from './snmp/oid.ts'
import type { WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import { walk, type WalkProgress } from './snmp/walker.ts'
import {
  covers,
  createTape,
  fanOut,
  onlyWithin,
  shareColumns,
  type HeardColumn,
  type SharedColumn,
  type TakeVarbind,
  type Wish,
} from './shared-column.ts'

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
    readonly take: TakeVarbind
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
  /** Columns that were read just now, and are not asked for again. */
  readonly heard?: readonly HeardColumn[] | undefined
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

/** A field with the column that is tried for it now. */
interface Attempt extends Wish {
  readonly reader: FieldReader
  readonly column: ColumnRule
  readonly others: readonly ColumnRule[]
  readonly readable: () => number
}

/**
 * Walks all fields of a table together. A field whose column has no readable row is tried again
 * with its next alternative; what an OLT offered once is asked first from then on. Fields that are
 * decoded from the same column share it: an OLT is never asked twice for the same value.
 */
export const walkFields = async (request: ColumnWalkRequest): Promise<ColumnWalkResult> => {
  const { choices, table } = request
  const offered = new Map<string, ColumnRule>()
  const settled = new Set<string>()
  const heard: HeardColumn[] = [...(request.heard ?? [])]
  let failure: NocturneError | null = null
  let varbinds = 0
  let pdus = 0
  let waiting = request.fields.map((reader) => ({
    reader,
    candidates: inOrder(reader.columns, choices.get(`${table}.${reader.field}`)),
  }))

  while (waiting.length > 0 && failure === null) {
    const round = waiting.flatMap(({ reader, candidates: [column, ...others] }) =>
      column === undefined ? [] : [attemptOf(reader, column, others)],
    )
    if (round.length === 0) break
    const toAsk: Attempt[] = []
    for (const attempt of round) {
      const { oid, within } = attempt
      const known = heard.find((column) => column.oid === oid && covers(column.within, within))
      if (known === undefined) toAsk.push(attempt)
      else known.tape?.play(onlyWithin(attempt))
    }
    if (toAsk.length > 0) {
      const wanted = new Set(round.flatMap(({ others }) => others.map(({ oid }) => oid)))
      const outcome = await walkShared(request, shareColumns(toAsk), wanted, { varbinds, pdus })
      failure = outcome.failure
      varbinds += outcome.varbinds
      pdus += outcome.pdus
      heard.push(...outcome.ended)
    }
    waiting = []
    for (const { reader, column, within, others, readable } of round) {
      const ended = heard.find(
        ({ oid, ...all }) => oid === column.oid && covers(all.within, within),
      )
      if (ended?.failed === true) request.onColumnFailed?.(reader.field, column)
      if (readable() > 0) {
        offered.set(reader.field, column)
        choices.set(`${table}.${reader.field}`, column)
      } else if (others.length > 0) {
        waiting.push({ reader, candidates: others })
        continue
      }
      if (ended !== undefined) settled.add(reader.field)
    }
  }
  return { varbinds, pdus, offered, settled, failure }
}

const attemptOf = (
  reader: FieldReader,
  column: ColumnRule,
  others: readonly ColumnRule[],
): Attempt => {
  const { take, readable } = reader.open(column)
  return { reader, column, others, take, readable, oid: column.oid, within: reader.within(column) }
}

/** One walk over columns, each of them once. Those whose OID is `wanted` later on are kept. */
const walkShared = async (
  { session, pace, signal, keepPartial, onProgress }: ColumnWalkRequest,
  columns: readonly SharedColumn<Attempt>[],
  wanted: ReadonlySet<string>,
  before: WalkProgress,
) => {
  const tapes = columns.map(({ oid }) => (wanted.has(oid) ? createTape() : null))
  const sinks = columns.map((column, position) => fanOut(column, tapes[position]?.take ?? null))
  const ended = new Set<number>()
  let heard: WalkProgress = { varbinds: 0, pdus: 0 }
  const outcome = await walk({
    session,
    pace,
    signal,
    columns: columns.map(({ oid, within }) => ({ oid: berOf(oid), within })),
    onVarbind: (position, arcs, arcCount, tag, buffer, start, end) =>
      sinks[position]?.(arcs, arcCount, tag, buffer, start, end),
    onColumnEnd: (position) => ended.add(position),
    onProgress: (progress) => {
      heard = progress
      onProgress?.({
        varbinds: before.varbinds + progress.varbinds,
        pdus: before.pdus + progress.pdus,
      })
    },
  }).then(
    (result) => ({ ...result, failure: null }),
    (error: unknown) => {
      if (keepPartial !== true || !leavesRows(error)) throw error
      const failed: readonly number[] = []
      return { ...heard, failed, failure: error }
    },
  )
  return {
    varbinds: outcome.varbinds,
    pdus: outcome.pdus,
    failure: outcome.failure,
    ended: columns.flatMap(({ oid, within }, position): HeardColumn[] =>
      ended.has(position)
        ? [
            {
              oid,
              within,
              failed: outcome.failed.includes(position),
              tape: tapes[position] ?? null,
            },
          ]
        : [],
    ),
  }
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
