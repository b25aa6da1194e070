import type { Output } from '../../src-shared/contract/index.ts'
import { isEverything, type Reach } from '../engine/reach.ts'
import type { LiveState } from './live-state.ts'
import type { OltRecords } from './olt-records.ts'

export const networkSummary = (
  live: LiveState,
  records: OltRecords,
  oltIds: readonly string[],
  at: number,
  reach: Reach,
): Output<'network.summary'> => {
  const wanted = oltIds.length === 0 ? null : new Set(oltIds)
  const olts = { total: 0, reachable: 0, unreachable: 0, never: 0, unrecognised: 0 }
  let oldest: number | null = null
  for (const { row, status } of records.present()) {
    if (wanted !== null && !wanted.has(row.id)) continue
    olts.total++
    olts[status.reachability]++
    const age = status.ages.status
    // One that is left alone grows old because a person wants it so: its own mark tells.
    if (status.reachability !== 'reachable' || status.quiet !== null || age === null) continue
    oldest = Math.min(oldest ?? age, age)
  }
  return {
    counts: records.counts(oltIds),
    olts,
    oldestStatusAt: oldest,
    duplicateSerials: isEverything(reach)
      ? live.serials.duplicates()
      : duplicatesWithin(live, wanted),
    at,
  }
}

/** Serial numbers that stand in several places, of which one is within. */
const duplicatesWithin = (live: LiveState, wanted: ReadonlySet<string> | null): number => {
  const { table } = live
  const serials = new Set<string>()
  for (const olt of live.olts) {
    if (olt.hidden || wanted?.has(olt.id) === false) continue
    for (const row of olt.rows) {
      const serial = table.serial[row]
      if (table.duplicate[row] === 1 && serial != null) serials.add(serial)
    }
  }
  return serials.size
}
