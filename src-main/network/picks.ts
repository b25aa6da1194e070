import { unpackOnuAddress, formatOnu } from '../../src-shared/domain/onu-address.ts'
import { currentState, type LiveState } from './live-state.ts'
import { noValue } from './onu-table.ts'
import type { ListedOlt } from './row-filter.ts'
import { stateCode } from './rules.ts'

/** Short lists for the dashboard and the palette. */

/** ONUs that are online, by the smallest margin to the limit. */
export const worstSignals = (
  live: LiveState,
  listed: readonly ListedOlt[],
  limit: number,
): number[] => {
  const { table } = live
  const margin = table.margin
  const worst: number[] = []
  let highest = Infinity
  for (const { olt } of listed) {
    if (olt.hidden) continue
    for (const row of olt.rows) {
      const value = margin[row]!
      if (value === noValue || value >= highest) continue
      if (currentState(table, olt, row) !== stateCode.online) continue
      let place = worst.length
      while (place > 0 && margin[worst[place - 1]!]! > value) place--
      worst.splice(place, 0, row)
      if (worst.length > limit) worst.pop()
      if (worst.length === limit) highest = margin[worst.at(-1)!]!
    }
  }
  return worst
}

/** More matches than this need not be ranked: the text says too little. */
const mostRanked = 5_000

/** The best of `rows` for a lower-cased text: whole values first, then beginnings. */
export const bestMatches = (
  live: LiveState,
  rows: Int32Array,
  text: string,
  limit: number,
): number[] => {
  const { table } = live
  const rank = (row: number): number => {
    const values = [
      table.serial[row],
      table.name[row],
      formatOnu(unpackOnuAddress(table.address[row]!)),
      table.description[row],
    ].map((value) => value?.toLowerCase() ?? '')
    if (values.includes(text)) return 0
    if (values.some((value) => value.startsWith(text))) return 1
    // Technicians read out the end of a serial number.
    return values[0]?.endsWith(text) === true ? 2 : 3
  }
  return Array.from(rows.subarray(0, mostRanked), (row, place) => ({ row, place, rank: rank(row) }))
    .toSorted((a, b) => a.rank - b.rank || a.place - b.place)
    .slice(0, limit)
    .map(({ row }) => row)
}
