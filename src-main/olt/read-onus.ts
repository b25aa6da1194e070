import { ponOf } from '../../src-shared/domain/onu-address.ts'
import { walkFields, type FieldReader } from './column-walk.ts'
import { onuFieldsByGroup, type OnuField, type OnuGroup } from './family/onu-fields.ts'
import { isSerialCodecName } from './family/onu-codecs.ts'
import type { ColumnRule } from './family/column-schema.ts'
import type { OltFamily } from './family/load-families.ts'
import { cellWriter, markDisabled } from './onu-cells.ts'
import type { OnuReadings } from './onu-readings.ts'
import { createOnuTable } from './onu-table.ts'
import type { OnuPlaces } from './onu-places.ts'
import type { OnuRoster } from './onu-roster.ts'
import { createProblemLog } from './problem-log.ts'
import type { ReadingContext } from './reading-context.ts'
import { createRowLocator, isOnPon, otherRow, scopeOf } from './row-locator.ts'
import type { HeardColumn } from './shared-column.ts'
import type { WalkProgress } from './snmp/walker.ts'

export interface ReadOnusRequest extends ReadingContext {
  readonly group: OnuGroup
  readonly places: OnuPlaces | null
  /** Columns that were read just now for `places`. */
  readonly heard?: readonly HeardColumn[] | undefined
  readonly roster: OnuRoster
  /** Packed PON address: read this PON only. */
  readonly pon?: number | undefined
  readonly onProgress?: ((progress: WalkProgress & { readonly onus: number }) => void) | undefined
  /** ONUs that were read whole before the walk failed are given with its failure. */
  readonly keepPartial?: boolean | undefined
  /** Told the index arcs of every row: read them, keep nothing. */
  readonly onRow?: ((row: OnuRow) => void) | undefined
}

export interface OnuRow {
  readonly field: OnuField
  readonly column: ColumnRule
  /** Packed ONU address. */
  readonly packed: number
  readonly arcs: Float64Array
  readonly arcCount: number
}

/** One group of fields of all ONUs, or of one PON's. Errors: those of `walk`. */
export const readOnuGroup = async (request: ReadOnusRequest): Promise<OnuReadings> => {
  const { family, names, pon, group, places, roster } = request
  const fields: readonly OnuField[] = onuFieldsByGroup[group]
  const table = createOnuTable(fields)
  const problems = createProblemLog()
  const numberingsOf = (column: ColumnRule) => column.index ?? family.onus.index
  /** Rows of the table that each field has had a cell of. */
  const seen = new Map<OnuField, RowMarks>()

  const openColumn = (field: OnuField, column: ColumnRule) => {
    const store = cellWriter(field, column, table, problems, request.context)
    const numberings = numberingsOf(column)
    const locate = createRowLocator({ column, numberings, names, places, roster, problems })
    const marks = createRowMarks()
    seen.set(field, marks)
    let row = -1
    let readable = 0
    return {
      readable: () => readable,
      take: (
        arcs: Float64Array,
        arcCount: number,
        tag: number,
        buffer: Buffer,
        start: number,
        end: number,
      ): void => {
        const packed = locate(arcs, arcCount)
        if (packed === otherRow) return
        if (packed < 0) {
          problems.note('undecodable-index', field, () => arcs.subarray(0, arcCount).join('.'))
          return
        }
        if (!isOnPon(packed, pon)) return
        row = table.rowOf(packed, row)
        marks.mark(row)
        request.onRow?.({ field, column, packed, arcs, arcCount })
        if (store(row, tag, buffer, start, end)) readable++
      },
    }
  }

  const result = await walkFields({
    session: request.session,
    pace: request.pace,
    choices: request.choices,
    table: 'onus',
    signal: request.signal,
    keepPartial: request.keepPartial,
    heard: request.heard,
    onProgress: (progress) => request.onProgress?.({ ...progress, onus: table.count() }),
    onColumnFailed: (field, { oid }) => problems.note('column-failed', field, () => oid),
    fields: fields.flatMap((field): FieldReader[] => {
      const columns = family.onus.fields[field]
      if (columns === undefined) return []
      const chosen = request.choices.get(`onus.${field}`)
      return [
        {
          field,
          // An empty PON is no reason to ask for every alternative once more.
          columns: pon === undefined || chosen === undefined ? columns : [chosen],
          within: (column) =>
            pon === undefined ? undefined : scopeOf(column, numberingsOf(column), names, pon),
          open: (column) => openColumn(field, column),
        },
      ]
    }),
  })

  const { failure } = result
  const offered = fields
    .filter((field) => result.offered.has(field))
    .filter((field) => failure === null || isTold(field, family, result.settled, result.offered))
  const cutShort = offered.filter((field) => !result.settled.has(field))
  const { address, numbers, codes, texts } = table.finish(
    offered,
    failure === null
      ? undefined
      : (row) => cutShort.every((field) => seen.get(field)?.has(row) === true),
  )
  if (failure !== null && address.length === 0) throw failure
  markDisabled(codes.state, numbers.adminDisabled)
  const spelt = group === 'identity' ? serialsOfIndex(family, address, roster) : null
  if (spelt !== null) texts.serial = spelt
  return {
    group,
    count: address.length,
    address,
    numbers,
    codes,
    texts,
    notOffered: fields.filter(
      (field) => !result.offered.has(field) && !(field === 'serial' && spelt !== null),
    ),
    unproven: offered.filter((field) => result.offered.get(field)?.certainty === 'unproven'),
    problems: problems.entries(),
    ...(table.isNarrow() ? { counterBits: 32 as const } : {}),
    varbinds: result.varbinds,
    pdus: result.pdus,
    failure,
  }
}

/** A state is told only with what the operator has switched off, or "disabled" would look like "down". */
const isTold = (
  field: OnuField,
  { onus }: OltFamily,
  settled: ReadonlySet<string>,
  offered: ReadonlyMap<string, ColumnRule>,
): boolean =>
  field !== 'state' ||
  onus.fields.adminDisabled === undefined ||
  settled.has('adminDisabled') ||
  offered.has('adminDisabled')

interface RowMarks {
  readonly mark: (row: number) => void
  readonly has: (row: number) => boolean
}

const createRowMarks = (): RowMarks => {
  let marks = new Uint8Array(256)
  return {
    mark: (row) => {
      if (row >= marks.length) {
        const wider = new Uint8Array(Math.max(row + 1, marks.length * 2))
        wider.set(marks)
        marks = wider
      }
      marks[row] = 1
    },
    has: (row) => marks[row] === 1,
  }
}

/** Whether a group can be asked for one PON alone: every column that may be asked for is numbered by PON. */
export const isScoped = (
  { family, names, choices }: Pick<ReadingContext, 'family' | 'names' | 'choices'>,
  group: OnuGroup,
  pon: number,
): boolean =>
  onuFieldsByGroup[group].every((field) => {
    const chosen = choices.get(`onus.${field}`)
    const columns = chosen === undefined ? (family.onus.fields[field] ?? []) : [chosen]
    return columns.every(
      (column) =>
        scopeOf(column, column.index ?? family.onus.index, names, ponOf(pon)) !== undefined,
    )
  })

/** Serial numbers that stand in the index itself; null where this family's index has none. */
const serialsOfIndex = (
  { onus }: OltFamily,
  address: Int32Array,
  roster: OnuRoster,
): (string | null)[] | null =>
  onus.index.some(isSerialCodecName)
    ? Array.from(address, (packed) => roster.serialOf(packed) ?? null)
    : null
