import type { BerWriter } from './ber-writer.ts'
import { compareOids, encodeOidContent, type Oid, startsWithOid } from './oid.ts'
import type { RowSet } from './row-set.ts'

/** Writes one value (tag, length, content) of an item at a moment (epoch ms). */
export type ValueWriter = (writer: BerWriter, item: number, nowMs: number) => void

export interface Column {
  readonly oid: Oid
  readonly rows: RowSet
  readonly write: ValueWriter
  /** A cell that can be absent answers noSuchInstance and is skipped by GETNEXT. */
  readonly has?: (item: number, nowMs: number) => boolean
  /** What writing to a cell does; without it, it cannot be written. */
  readonly set?: CellSetter
}

/** A value of a SET as it came: the tag, the octets, and the number they are of an INTEGER. */
export interface WrittenValue {
  readonly tag: number
  readonly octets: Uint8Array
  readonly number: number
}

/** RFC 3416 section 4.2.5: what an agent answers to a SET. */
export type SetOutcome = 'done' | 'wrongType' | 'wrongLength' | 'wrongValue'

/** Writes to a cell; nothing has been changed unless it says `done`. */
export type CellSetter = (item: number, value: WrittenValue, nowMs: number) => SetOutcome

/** How the successor of a row misbehaves: an OID repeated for ever, or a column that starts again. */
export type LoopFault = 'off' | 'repeat' | 'cycle'

export type Lookup = 'instance' | 'noSuchObject' | 'noSuchInstance'

/**
 * The variables of one agent: columns in OID order times their rows in index order, never a map of
 * OIDs. A lookup leaves its place in `column` and `row`; nothing is allocated on the way.
 */
export class MibView {
  column = 0
  row = 0
  loop: LoopFault = 'off'
  /** Called before every request: tables that are out of date are read anew. */
  freshen: () => void = () => {}
  /** Walks see no more rows than this in a column: a table that the agent cuts short. */
  rowLimit = Number.POSITIVE_INFINITY
  private readonly columns: readonly Column[]
  private readonly prefixes: readonly Uint8Array[]
  private readonly lacking: readonly Oid[]

  /** `lacking`: columns whose object the firmware knows but of which it has no instance. */
  constructor(columns: readonly Column[], lacking: readonly Oid[] = []) {
    this.columns = [...columns].sort((a, b) => compareOids(a.oid, b.oid))
    this.prefixes = this.columns.map((column) => encodeOidContent(column.oid))
    this.lacking = lacking
    for (const [i, column] of this.columns.entries()) {
      const next = this.columns[i + 1]
      if (next && startsWithOid(next.oid, column.oid)) {
        throw new RangeError(`column ${column.oid.join('.')} is defined twice or nested`)
      }
    }
  }

  find(oid: Oid, nowMs: number): Lookup {
    const c = this.columnFor(oid)
    const column = this.columns[c]
    if (column && startsWithOid(oid, column.oid)) {
      const row = column.rows.find(oid, column.oid.length)
      if (row < 0 || !present(column, row, nowMs)) return 'noSuchInstance'
      this.column = c
      this.row = row
      return 'instance'
    }
    return this.lacking.some((lack) => startsWithOid(oid, lack)) ? 'noSuchInstance' : 'noSuchObject'
  }

  /** Moves to the first instance after `oid`; false at the end of the view. */
  next(oid: Oid, nowMs: number): boolean {
    const c = this.columnFor(oid)
    const column = this.columns[c]
    if (!column) return this.settle(0, 0, nowMs)
    if (!startsWithOid(oid, column.oid)) return this.settle(c + 1, 0, nowMs)
    if (this.loop === 'repeat' && this.find(oid, nowMs) === 'instance') return true
    return this.follow(c, column.rows.after(oid, column.oid.length), nowMs)
  }

  /** Moves on from the current place; the same as `next` of its own OID. */
  advance(nowMs: number): boolean {
    if (this.loop === 'repeat') return true
    return this.follow(this.column, this.row + 1, nowMs)
  }

  writeName(writer: BerWriter): void {
    const column = this.columns[this.column] as Column
    const prefix = this.prefixes[this.column] as Uint8Array
    const { encoded, encodedAt } = column.rows
    const mark = writer.openShort(0x06)
    writer.raw(prefix)
    writer.raw(encoded, encodedAt[this.row], encodedAt[this.row + 1])
    writer.closeShort(mark)
  }

  writeValue(writer: BerWriter, nowMs: number): void {
    const column = this.columns[this.column] as Column
    column.write(writer, column.rows.items[this.row] as number, nowMs)
  }

  /** What writing to the current place does. */
  get setter(): CellSetter | undefined {
    return this.columns[this.column]?.set
  }

  get item(): number {
    return this.columns[this.column]?.rows.items[this.row] as number
  }

  private follow(c: number, row: number, nowMs: number): boolean {
    const column = this.columns[c] as Column
    if (this.loop === 'cycle' && row >= Math.min(column.rows.count, this.rowLimit))
      return this.settle(c, 0, nowMs)
    return this.settle(c, row, nowMs)
  }

  /** The first present cell at or after a place. */
  private settle(fromColumn: number, fromRow: number, nowMs: number): boolean {
    let row = fromRow
    for (let c = fromColumn; c < this.columns.length; c++, row = 0) {
      const column = this.columns[c] as Column
      const rows = Math.min(column.rows.count, this.rowLimit)
      for (; row < rows; row++) {
        if (present(column, row, nowMs)) {
          this.column = c
          this.row = row
          return true
        }
      }
    }
    return false
  }

  /** The last column whose OID is not after `oid`, or -1. */
  private columnFor(oid: Oid): number {
    let low = 0
    let high = this.columns.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareOids((this.columns[middle] as Column).oid, oid) > 0) high = middle
      else low = middle + 1
    }
    return low - 1
  }
}

const present = (column: Column, row: number, nowMs: number): boolean =>
  column.has === undefined || column.has(column.rows.items[row] as number, nowMs)
