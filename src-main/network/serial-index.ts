import type { OnuTable } from './onu-table.ts'

/**
 * Which rows carry a serial number: chains in typed arrays, 8 bytes per row in place of a Map's
 * fifty. Keeps the `duplicate` column right while serials come and go.
 */
export interface SerialIndex {
  readonly add: (row: number) => void
  /** Before the serial of the row changes or the row is freed. */
  readonly remove: (row: number) => void
  readonly rowsWith: (serial: string) => number[]
  /** Rows with the same serial, the row itself among them. */
  readonly sameSerial: (row: number) => number[]
  /** How many serial numbers stand in more than one place. */
  readonly duplicates: () => number
}

export const createSerialIndex = (
  table: OnuTable,
  /** Told of every row whose `duplicate` has changed. */
  onChange: (row: number) => void,
): SerialIndex => {
  // Heads and links hold row + 1; 0: none.
  let heads = new Int32Array(1024)
  let links = new Int32Array(0)
  let count = 0
  let duplicates = 0

  const place = (serial: string): number => hash(serial) & (heads.length - 1)

  const link = (row: number, serial: string): void => {
    const slot = place(serial)
    links[row] = heads[slot]!
    heads[slot] = row + 1
  }

  const grow = (): void => {
    heads = new Int32Array(heads.length * 2)
    const old = links
    links = new Int32Array(old.length)
    for (let row = 0; row < table.used; row++) {
      const serial = table.serial[row]
      if (indexed[row] === 1 && typeof serial === 'string') link(row, serial)
    }
  }

  let indexed = new Uint8Array(0)

  const setDuplicate = (row: number, value: 0 | 1): void => {
    if (table.duplicate[row] === value) return
    table.duplicate[row] = value
    onChange(row)
  }

  const rowsWith = (serial: string): number[] => {
    const rows: number[] = []
    for (let next = heads[place(serial)]!; next !== 0; next = links[next - 1]!) {
      if (table.serial[next - 1] === serial) rows.push(next - 1)
    }
    return rows
  }

  const add: SerialIndex['add'] = (row) => {
    const serial = table.serial[row]
    if (typeof serial !== 'string' || serial === '') return
    if (row >= links.length) {
      const wider = new Int32Array(table.capacity)
      wider.set(links)
      links = wider
      const marks = new Uint8Array(table.capacity)
      marks.set(indexed)
      indexed = marks
    }
    if (indexed[row] === 1) return
    if (count >= heads.length) grow()
    const others = rowsWith(serial)
    link(row, serial)
    indexed[row] = 1
    count++
    if (others.length === 0) return
    if (others.length === 1) {
      duplicates++
      setDuplicate(others[0]!, 1)
    }
    setDuplicate(row, 1)
  }

  const remove: SerialIndex['remove'] = (row) => {
    const serial = table.serial[row]
    if (typeof serial !== 'string' || indexed[row] !== 1) return
    const slot = place(serial)
    if (heads[slot] === row + 1) {
      heads[slot] = links[row]!
    } else {
      let before = heads[slot]! - 1
      while (links[before] !== row + 1) before = links[before]! - 1
      links[before] = links[row]!
    }
    indexed[row] = 0
    count--
    setDuplicate(row, 0)
    const others = rowsWith(serial)
    if (others.length === 1) {
      duplicates--
      setDuplicate(others[0]!, 0)
    }
  }

  return {
    add,
    remove,
    rowsWith,
    sameSerial: (row) => {
      const serial = table.serial[row]
      return typeof serial === 'string' && serial !== '' ? rowsWith(serial) : [row]
    },
    duplicates: () => duplicates,
  }
}

/** FNV-1a, 32 bits. Only spreads the chains; equality is always checked on the text. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return (value ^ (value >>> 15)) >>> 0
}
