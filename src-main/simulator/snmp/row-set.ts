import { encodeSubIdentifiers, type Oid } from './oid.ts'

export interface Row {
  readonly index: readonly number[]
  /** What the columns know this row by: an ONU, a port, a card. */
  readonly item: number
}

/**
 * The rows of one or more tables with the same index, sorted, with their index octets encoded once.
 * `refresh` reads the source again after a change of configuration.
 */
export class RowSet {
  readonly arity: number
  count = 0
  items: Int32Array = new Int32Array(0)
  encoded: Uint8Array = new Uint8Array(0)
  encodedAt: Uint32Array = new Uint32Array(1)
  private index: Uint32Array = new Uint32Array(0)
  private readonly source: () => readonly Row[]

  constructor(arity: number, source: () => readonly Row[]) {
    this.arity = arity
    this.source = source
    this.refresh()
  }

  refresh(): void {
    const rows = [...this.source()].sort(byIndex)
    this.count = rows.length
    this.index = new Uint32Array(rows.length * this.arity)
    this.items = Int32Array.from(rows, (row) => row.item)
    this.encodedAt = new Uint32Array(rows.length + 1)
    const octets: number[] = []
    for (const [r, row] of rows.entries()) {
      this.index.set(row.index, r * this.arity)
      for (const octet of encodeSubIdentifiers(row.index)) octets.push(octet)
      this.encodedAt[r + 1] = octets.length
    }
    this.encoded = Uint8Array.from(octets)
  }

  /** The first row whose index is greater than the sub-identifiers of `oid` from `from` on. */
  after(oid: Oid, from: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.compareRow(middle, oid, from) > 0) high = middle
      else low = middle + 1
    }
    return low
  }

  /** The row with exactly this index, or -1. */
  find(oid: Oid, from: number): number {
    if (oid.length - from !== this.arity) return -1
    const row = this.after(oid, from) - 1
    return row >= 0 && this.compareRow(row, oid, from) === 0 ? row : -1
  }

  private compareRow(row: number, oid: Oid, from: number): number {
    const base = row * this.arity
    const length = oid.length - from
    for (let i = 0; i < this.arity; i++) {
      if (i >= length) return 1
      const difference = (this.index[base + i] as number) - (oid[from + i] as number)
      if (difference !== 0) return difference
    }
    return this.arity - length
  }
}

const byIndex = (a: Row, b: Row): number => {
  for (let i = 0; i < a.index.length; i++) {
    const difference = (a.index[i] as number) - (b.index[i] as number)
    if (difference !== 0) return difference
  }
  return 0
}
