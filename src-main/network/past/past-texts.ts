import { lowerBound, type LiveState } from '../live-state.ts'
import { compareNatural } from '../natural-order.ts'
import type { TextColumn } from '../onu-table.ts'
import type { OltRecords } from '../olt-records.ts'
import type { TextOrders } from '../text-orders.ts'

/**
 * Orders of texts at a past moment. Most texts are those of now, whose order is kept anyway: it is
 * taken over, and the few others are sorted in.
 */
export const createPastTexts = (
  past: LiveState,
  now: { readonly live: LiveState; readonly records: OltRecords; readonly texts: TextOrders },
): TextOrders => {
  const kept = new Map<TextColumn, Int32Array>()

  /** Rows of the past by rows of now; -1: it was not there. */
  const rowsThen = (): Int32Array => {
    const then = new Int32Array(now.live.table.capacity).fill(-1)
    for (const olt of past.olts) {
      const present = now.live.olt(olt.id)
      if (present === undefined) continue
      for (let index = 0; index < olt.rows.length; index++) {
        const place = lowerBound(present.addresses, olt.addresses[index]!)
        if (present.addresses[place] === olt.addresses[index]) {
          then[present.rows[place]!] = olt.rows[index]!
        }
      }
    }
    return then
  }

  const build = (column: TextColumn): Int32Array => {
    const { table } = past
    const texts = table[column]
    const textsNow = now.live.table[column]
    const then = rowsThen()
    const taken = new Uint8Array(table.capacity)
    const same: number[] = []
    for (const row of now.texts.order(column)) {
      const was = then[row] ?? -1
      if (was < 0 || texts[was] !== textsNow[row]) continue
      taken[was] = 1
      same.push(was)
    }
    const compare = (a: number, b: number): number =>
      compareNatural(texts[a]!, texts[b]!) ||
      table.oltIndex[a]! - table.oltIndex[b]! ||
      table.address[a]! - table.address[b]!
    const others: number[] = []
    for (let row = 0; row < table.used; row++) {
      const text = texts[row]
      if (taken[row] === 0 && typeof text === 'string' && text !== '') others.push(row)
    }
    others.sort(compare)
    const rows = new Int32Array(same.length + others.length)
    let next = 0
    let place = 0
    for (const row of same) {
      while (next < others.length && compare(others[next]!, row) < 0)
        rows[place++] = others[next++]!
      rows[place++] = row
    }
    while (next < others.length) rows[place++] = others[next++]!
    return rows
  }

  return {
    order: (column) => {
      const known = kept.get(column)
      if (known !== undefined) return known
      const rows = build(column)
      kept.set(column, rows)
      return rows
    },
    mark: () => undefined,
    step: () => false,
  }
}
