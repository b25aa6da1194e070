import type { LiveState } from './live-state.ts'
import { compareNatural } from './natural-order.ts'
import { orderByNumber } from './radix-order.ts'
import { textColumns, type TextColumn } from './onu-table.ts'

/**
 * All rows in order of a text column, kept up to date OLT by OLT: after an identity walk only the
 * rows of that OLT are sorted and merged into the rest. Equal texts are ordered by OLT (as they were added) and address.
 */
export interface TextOrders {
  /** Rows that have a text, ascending. Finishes what is outstanding for this column. */
  readonly order: (column: TextColumn) => Int32Array
  /** Texts or rows of this OLT have changed. */
  readonly mark: (oltIndex: number) => void
  /** Does one small piece of outstanding work for the columns people sort by; false: none left. */
  readonly step: () => boolean
}

/** Few texts there are models and firmwares: those are sorted when somebody asks. */
const ahead: readonly TextColumn[] = ['serial', 'name', 'description']

export const createTextOrders = (live: LiveState): TextOrders => {
  const { table } = live
  const orders = new Map<TextColumn, { rows: Int32Array; readonly dirty: Set<number> }>(
    textColumns.map((column) => [column, { rows: new Int32Array(0), dirty: new Set<number>() }]),
  )

  const compareRows = (texts: readonly (string | null)[]) => (a: number, b: number) => {
    const x = texts[a]!
    const y = texts[b]!
    const byText = x === y ? 0 : compareNatural(x, y)
    if (byText !== 0) return byText
    return table.oltIndex[a]! - table.oltIndex[b]! || table.address[a]! - table.address[b]!
  }

  const refresh = (column: TextColumn, oltIndexes: readonly number[]): void => {
    const order = orders.get(column)!
    const texts = table[column]
    const kept = withoutOlts(order.rows, order.dirty)
    const fresh: number[] = []
    for (const index of oltIndexes) {
      order.dirty.delete(index)
      for (const row of live.olts[index]?.rows ?? []) {
        const text = texts[row]
        if (typeof text === 'string' && text !== '') fresh.push(row)
      }
    }
    const compare = compareRows(texts)
    const rows = Int32Array.from(fresh)
    order.rows = merge(kept, byFewTexts(rows, texts) ?? rows.sort(compare), compare)
  }

  /** Rows of every OLT that waits leave: their texts are no longer those they were sorted by. */
  const withoutOlts = (rows: Int32Array, dirty: ReadonlySet<number>): Int32Array => {
    const leaves = new Uint8Array(live.olts.length)
    for (const index of dirty) leaves[index] = 1
    const kept = new Int32Array(rows.length)
    const { live: stands, oltIndex } = table
    let place = 0
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index]!
      if (stands[row] === 1 && leaves[oltIndex[row]!] === 0) kept[place++] = row
    }
    return kept.subarray(0, place)
  }

  return {
    order: (column) => {
      const { dirty } = orders.get(column)!
      if (dirty.size > 0)
        refresh(
          column,
          [...dirty].toSorted((a, b) => a - b),
        )
      return orders.get(column)!.rows
    },
    mark: (oltIndex) => {
      for (const order of orders.values()) order.dirty.add(oltIndex)
    },
    step: () => {
      for (const column of ahead) {
        const [next] = orders.get(column)!.dirty
        if (next === undefined) continue
        refresh(column, [next])
        return true
      }
      return false
    },
  }
}

/**
 * Models and firmwares: a few texts in many rows. The texts are sorted, the rows by the place of
 * theirs. `rows` come by OLT and address. Null: too many texts for that.
 */
const byFewTexts = (rows: Int32Array, texts: readonly (string | null)[]): Int32Array | null => {
  const places = new Map<string, number>()
  const most = rows.length / 16
  for (const row of rows) {
    places.set(texts[row]!, 0)
    if (places.size > most) return null
  }
  // Texts that differ in case alone share a place.
  let place = 0
  let before: string | null = null
  for (const text of [...places.keys()].toSorted(compareNatural)) {
    if (before !== null && compareNatural(before, text) !== 0) place++
    places.set(text, place)
    before = text
  }
  return orderByNumber(rows, (row) => places.get(texts[row]!)!).rows
}

/** Few into many: each of the few finds its place by halving. */
const merge = (
  many: Int32Array,
  few: Int32Array,
  compare: (a: number, b: number) => number,
): Int32Array => {
  const result = new Int32Array(many.length + few.length)
  let from = 0
  let place = 0
  for (const row of few) {
    let low = from
    let high = many.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compare(many[middle]!, row) < 0) low = middle + 1
      else high = middle
    }
    result.set(many.subarray(from, low), place)
    place += low - from
    from = low
    result[place++] = row
  }
  result.set(many.subarray(from), place)
  return result
}
