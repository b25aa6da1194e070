import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import {
  isCodeField,
  isNumberField,
  type CodeField,
  type NumberField,
  type OnuField,
  type TextField,
} from './family/onu-fields.ts'

/** What a cell of a code column holds until the OLT has said more. */
const emptyCode: Readonly<Record<CodeField, number>> = {
  state: onuStates.indexOf('unknown'),
  lastDownCause: downCauses.indexOf('unknown'),
}

/** Rows of ONUs that grow while columns arrive in any order; every cell begins without a value. */
export interface OnuTable {
  readonly count: () => number
  /** Row of a packed address; a new one is begun for an address not seen. */
  readonly rowOf: (packed: number, after: number) => number
  readonly setNumber: (field: NumberField, row: number, value: number) => void
  readonly setCode: (field: CodeField, row: number, value: number) => void
  readonly setText: (field: TextField, row: number, value: string | null) => void
  /** A counter of octets came as Counter32: it wraps at 2^32. */
  readonly noteNarrow: () => void
  readonly isNarrow: () => boolean
  /**
   * Columns in ascending order of address; the table is used up. `keeps` leaves out rows that were
   * not read whole.
   */
  readonly finish: (offered: readonly OnuField[], keeps?: (row: number) => boolean) => FinishedTable
}

export interface FinishedTable {
  readonly address: Int32Array
  readonly numbers: Partial<Record<NumberField, Float64Array>>
  readonly codes: Partial<Record<CodeField, Uint8Array>>
  readonly texts: Partial<Record<TextField, (string | null)[]>>
}

export const createOnuTable = (fields: readonly OnuField[]): OnuTable => {
  let capacity = 256
  let count = 0
  let narrow = false
  let address = new Int32Array(capacity)
  const rows = new Map<number, number>()
  const numbers = new Map<NumberField, Float64Array>()
  const codes = new Map<CodeField, Uint8Array>()
  const texts = new Map<TextField, (string | null)[]>()
  for (const field of fields) {
    if (isNumberField(field)) numbers.set(field, new Float64Array(capacity).fill(Number.NaN))
    else if (isCodeField(field)) codes.set(field, new Uint8Array(capacity).fill(emptyCode[field]))
    else texts.set(field, [])
  }

  const grow = (): void => {
    capacity *= 2
    const wider = new Int32Array(capacity)
    wider.set(address)
    address = wider
    for (const [field, column] of numbers) {
      const grown = new Float64Array(capacity).fill(Number.NaN, column.length)
      grown.set(column)
      numbers.set(field, grown)
    }
    for (const [field, column] of codes) {
      const grown = new Uint8Array(capacity).fill(emptyCode[field], column.length)
      grown.set(column)
      codes.set(field, grown)
    }
  }

  const rowOf = (packed: number, after: number): number => {
    // Columns run in step: the row wanted is nearly always the one behind this column's last.
    const next = after + 1
    if (next < count && address[next] === packed) return next
    const known = rows.get(packed)
    if (known !== undefined) return known
    if (count === capacity) grow()
    address[count] = packed
    rows.set(packed, count)
    for (const column of texts.values()) column.push(null)
    return count++
  }

  const finish: OnuTable['finish'] = (offered, keeps) => {
    const order = ascendingOrder(address, count, keeps)
    const finished: FinishedTable = {
      address: permuted(address.subarray(0, count), order),
      numbers: {},
      codes: {},
      texts: {},
    }
    for (const field of offered) {
      if (isNumberField(field)) {
        const column = numbers.get(field)
        if (column) finished.numbers[field] = permuted(column.subarray(0, count), order)
      } else if (isCodeField(field)) {
        const column = codes.get(field)
        if (column) finished.codes[field] = permuted(column.subarray(0, count), order)
      } else {
        const column = texts.get(field)
        if (column)
          finished.texts[field] = order ? Array.from(order, (row) => column[row] ?? null) : column
      }
    }
    return finished
  }

  return {
    count: () => count,
    rowOf,
    setNumber: (field, row, value) => {
      const column = numbers.get(field)
      if (column) column[row] = value
    },
    setCode: (field, row, value) => {
      const column = codes.get(field)
      if (column) column[row] = value
    },
    noteNarrow: () => {
      narrow = true
    },
    isNarrow: () => narrow,
    setText: (field, row, value) => {
      const column = texts.get(field)
      if (column) column[row] = value
    },
    finish,
  }
}

/** Null when all rows are in order already, as they are when index order is address order. */
const ascendingOrder = (
  address: Int32Array,
  count: number,
  keeps: ((row: number) => boolean) | undefined,
): Uint32Array | null => {
  let sorted = keeps === undefined
  for (let row = 1; row < count && sorted; row++) {
    sorted = (address[row - 1] as number) < (address[row] as number)
  }
  if (sorted) return null
  const rows = Uint32Array.from({ length: count }, (_, row) => row)
  const order = keeps === undefined ? rows : rows.filter((row) => keeps(row))
  return order.sort((left, right) => (address[left] as number) - (address[right] as number))
}

const permuted = <Column extends Int32Array | Float64Array | Uint8Array>(
  column: Column,
  order: Uint32Array | null,
): Column => {
  const copy = column.slice(0, order?.length) as Column
  if (order !== null) order.forEach((row, position) => (copy[position] = column[row] as number))
  return copy
}
