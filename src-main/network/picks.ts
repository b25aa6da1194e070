import { currentState, type LiveState } from './live-state.ts'
import { noValue } from './onu-table.ts'
import type { ListedOlt } from './row-filter.ts'
import { stateCode } from './rules.ts'

/** A short list for the dashboard. */

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
