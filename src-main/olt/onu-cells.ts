import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import type { ColumnRule } from './family/column-schema.ts'
import {
  buildCodeDecoder,
  buildNumberDecoder,
  buildTextDecoder,
  type NumberDecoder,
} from './family/decoders.ts'
import { isCodeField, isNumberField, type OnuField } from './family/onu-fields.ts'
import { undecodable, type DecodeContext } from './family/value-functions.ts'
import { berTag } from './snmp/ber-types.ts'
import type { OnuTable } from './onu-table.ts'
import type { ProblemLog } from './problem-log.ts'

export type StoreCell = (
  row: number,
  tag: number,
  buffer: Buffer,
  start: number,
  end: number,
) => boolean

/** Decodes one value into its cell; false when it could not be read. */
export const cellWriter = (
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
    const store = numeric(
      decode,
      (row, value) => table.setNumber(field, row, value),
      (tag, octets) => note('undecodable-value', tag, octets),
    )
    if (field !== 'upBytes' && field !== 'downBytes') return store
    return (row, tag, buffer, start, end) => {
      if (tag === berTag.counter32) table.noteNarrow()
      return store(row, tag, buffer, start, end)
    }
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
export const markDisabled = (
  state: Uint8Array | undefined,
  off: Float64Array | undefined,
): void => {
  if (state === undefined || off === undefined) return
  for (let row = 0; row < state.length; row++) {
    if (off[row] === 1 && state[row] !== online) state[row] = disabled
  }
}
