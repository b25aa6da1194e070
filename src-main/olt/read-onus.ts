import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import { walkFields, type FieldReader } from './column-walk.ts'
import {
  buildCodeDecoder,
  buildNumberDecoder,
  buildTextDecoder,
  type NumberDecoder,
} from './family/decoders.ts'
import {
  isCodeField,
  isNumberField,
  onuFieldsByGroup,
  type OnuField,
  type OnuGroup,
} from './family/onu-fields.ts'
import { isSerialCodecName } from './family/onu-codecs.ts'
import type { ColumnRule } from './family/column-schema.ts'
import { undecodable, type DecodeContext } from './family/value-functions.ts'
import type { OltFamily } from './family/load-families.ts'
import type { OnuReadings } from './onu-readings.ts'
import { createOnuTable, type OnuTable } from './onu-table.ts'
import type { OnuPlaces } from './onu-places.ts'
import type { OnuRoster } from './onu-roster.ts'
import { createProblemLog, type ProblemLog } from './problem-log.ts'
import type { ReadingContext } from './reading-context.ts'
import { createRowLocator, isOnPon, otherRow, scopeOf } from './row-locator.ts'
import type { WalkProgress } from './snmp/walker.ts'

export interface ReadOnusRequest extends ReadingContext {
  readonly group: OnuGroup
  readonly places: OnuPlaces | null
  readonly roster: OnuRoster
  /** Packed PON address: read this PON only. */
  readonly pon?: number | undefined
  readonly onProgress?: ((progress: WalkProgress & { readonly onus: number }) => void) | undefined
}

/** One group of fields of all ONUs, or of one PON's. Errors: those of `walk`. */
export const readOnuGroup = async (request: ReadOnusRequest): Promise<OnuReadings> => {
  const { family, names, pon, group, places, roster } = request
  const fields: readonly OnuField[] = onuFieldsByGroup[group]
  const table = createOnuTable(fields)
  const problems = createProblemLog()
  const numberingsOf = (column: ColumnRule) => column.index ?? family.onus.index

  const openColumn = (field: OnuField, column: ColumnRule) => {
    const store = cellWriter(field, column, table, problems, request.context)
    const numberings = numberingsOf(column)
    const locate = createRowLocator({ column, numberings, names, places, roster, problems })
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
    onProgress: (progress) => request.onProgress?.({ ...progress, onus: table.count() }),
    onColumnFailed: (field, { oid }) => problems.note('column-failed', field, () => oid),
    fields: fields.flatMap((field): FieldReader[] => {
      const columns = family.onus.fields[field]
      if (columns === undefined) return []
      return [
        {
          field,
          columns,
          within: (column) =>
            pon === undefined ? undefined : scopeOf(column, numberingsOf(column), names, pon),
          open: (column) => openColumn(field, column),
        },
      ]
    }),
  })

  const offered = fields.filter((field) => result.offered.has(field))
  const { address, numbers, codes, texts } = table.finish(offered)
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
    varbinds: result.varbinds,
    pdus: result.pdus,
  }
}

/** Serial numbers that stand in the index itself; null where this family's index has none. */
const serialsOfIndex = (
  { onus }: OltFamily,
  address: Int32Array,
  roster: OnuRoster,
): (string | null)[] | null =>
  onus.index.some(isSerialCodecName)
    ? Array.from(address, (packed) => roster.serialOf(packed) ?? null)
    : null

type StoreCell = (row: number, tag: number, buffer: Buffer, start: number, end: number) => boolean

/** Decodes one value into its cell; false when it could not be read. */
const cellWriter = (
  field: OnuField,
  { decode: rule }: ColumnRule,
  table: OnuTable,
  problems: ProblemLog,
  context: DecodeContext,
): StoreCell => {
  const note = (kind: 'undecodable-value' | 'unknown-code', tag: number, octets: Buffer): false => {
    problems.note(kind, field, () => `tag ${tag}: ${octets.subarray(0, 24).toString('hex')}`)
    return false
  }
  if (isCodeField(field)) {
    const decode = buildCodeDecoder(rule, field === 'state' ? onuStates : downCauses)
    return numeric(
      decode,
      (row, value) => table.setCode(field, row, value),
      (tag, octets) => note('unknown-code', tag, octets),
    )
  }
  if (isNumberField(field)) {
    const decode = buildNumberDecoder(rule, context)
    return numeric(
      decode,
      (row, value) => table.setNumber(field, row, value),
      (tag, octets) => note('undecodable-value', tag, octets),
    )
  }
  const decode = buildTextDecoder(rule, context)
  return (row, tag, buffer, start, end) => {
    const text = decode(tag, buffer, start, end)
    if (text === undefined) return note('undecodable-value', tag, buffer.subarray(start, end))
    if (text !== null) table.setText(field, row, text)
    return true
  }
}

const numeric =
  (
    decode: NumberDecoder,
    set: (row: number, value: number) => void,
    onUnreadable: (tag: number, octets: Buffer) => false,
  ): StoreCell =>
  (row, tag, buffer, start, end) => {
    const value = decode(tag, buffer, start, end)
    if (value === undecodable) return onUnreadable(tag, buffer.subarray(start, end))
    if (!Number.isNaN(value)) set(row, value)
    return true
  }

const online = onuStates.indexOf('online')
const disabled = onuStates.indexOf('disabled')

/** An ONU that the operator has switched off is not "offline": nobody needs to go there. */
const markDisabled = (state: Uint8Array | undefined, off: Float64Array | undefined): void => {
  if (state === undefined || off === undefined) return
  for (let row = 0; row < state.length; row++) {
    if (off[row] === 1 && state[row] !== online) state[row] = disabled
  }
}
