import { lowerBound, type LiveOlt, type LiveState } from '../live-state.ts'
import { textColumns, type OnuTable } from '../onu-table.ts'

/**
 * What is known now of the ONUs of an OLT and was so at a past moment already: texts, and what has
 * not changed since. Copied at once: the live state moves while the history is asked.
 */
export interface OltNow {
  /** Ascending: their state has not changed since the moment. */
  readonly settled: Int32Array
  /** Where the same ONU stands now; -1: another one, or none. */
  readonly placeOf: (address: number, serial: string | null) => number
  readonly copyTexts: (place: number, table: OnuTable, row: number) => void
  /** Since when it is so, when it went down last and why, as far as that has not changed since. */
  readonly copyUnchanged: (
    place: number,
    table: OnuTable,
    row: number,
    then: { readonly state: number; readonly readAt: number },
  ) => void
}

export const oltNow = (live: LiveState, olt: LiveOlt, at: number): OltNow => {
  const { table } = live
  const { addresses, rows } = olt
  const count = rows.length
  const state = new Uint8Array(count)
  const cause = new Uint8Array(count)
  const stateSince = new Float64Array(count)
  const lastDownAt = new Float64Array(count)
  const distance = new Int32Array(count)
  const search: string[] = []
  const texts = Object.fromEntries(
    textColumns.map((column) => [column, Array.from(rows, (row) => table[column][row] ?? null)]),
  ) as Record<(typeof textColumns)[number], (string | null)[]>
  const settled: number[] = []
  const isSettled = new Uint8Array(count)
  for (let place = 0; place < count; place++) {
    const row = rows[place]!
    state[place] = table.state[row]!
    cause[place] = table.cause[row]!
    stateSince[place] = table.stateSince[row]!
    lastDownAt[place] = table.lastDownAt[row]!
    distance[place] = table.distance[row]!
    search.push(table.search[row] ?? '')
    const isKnown = table.outage[row] === olt.outage && !Number.isNaN(table.statusAt[row]!)
    // Not "<= at" of the second: NaN is "never".
    if (!isKnown || !(stateSince[place]! <= at) || lastDownAt[place]! > at) continue
    isSettled[place] = 1
    settled.push(addresses[place]!)
  }
  return {
    settled: Int32Array.from(settled),
    placeOf: (address, serial) => {
      const place = lowerBound(addresses, address)
      if (addresses[place] !== address) return -1
      const standing = texts.serial[place] ?? null
      return serial === null || standing === null || serial === standing ? place : -1
    },
    copyTexts: (place, target, row) => {
      for (const column of textColumns) target[column][row] = texts[column][place] ?? null
      target.search[row] = search[place]!
      target.distance[row] = distance[place]!
    },
    copyUnchanged: (place, target, row, then) => {
      // Read before the moment, and the last of all: it was the last then.
      if (lastDownAt[place]! <= then.readAt || isSettled[place] === 1) {
        target.lastDownAt[row] = lastDownAt[place]!
        target.cause[row] = cause[place]!
      }
      if (isSettled[place] === 1 && state[place] === then.state) {
        target.stateSince[row] = stateSince[place]!
      }
    },
  }
}
