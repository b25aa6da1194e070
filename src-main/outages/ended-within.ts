import type { OutageRow } from '../../src-shared/contract/outages.ts'
import { isEverything, oltIdsWithin, type Reach } from '../engine/reach.ts'
import { searchTextOf } from './outage-rows.ts'
import type { EndedFilter, OutageReads } from './tables.ts'
import { partWithin } from './within.ts'

/** Ended outages that are reached, or a part of them; of whole ones at most `limit`, and how many. */
export const endedWithin = (
  reads: Pick<OutageReads, 'ended' | 'endedInPart' | 'parts'>,
  reach: Reach,
  filter: EndedFilter,
): { readonly rows: readonly OutageRow[]; readonly total: number } => {
  if (isEverything(reach)) return reads.ended(filter)
  if (reach.kind === 'own') {
    return reads.ended({ ...filter, within: { kind: 'own', accountId: reach.accountId ?? '' } })
  }
  const asked = {
    ...filter,
    oltIds: oltIdsWithin(reach, filter.oltIds),
    within: { kind: 'olts', oltIds: [...(reach.olts ?? [])] },
  } as const
  const whole = reads.ended(asked)
  // SECURITY: the words are looked for in what is shown: a hit tells what stands there. Outages that
  // reach over the border of somebody's regions are few.
  const inPart = reads
    .endedInPart({ ...asked, words: [] })
    .map((stored) => partWithin(reach, { ...stored, parts: reads.parts(stored.row.id) }))
    .filter(({ row, detail }) => {
      const text = searchTextOf(row, detail.timeline)
      return filter.words.every((word) => text.includes(word))
    })
    .map(({ row }) => row)
  return { rows: [...whole.rows, ...inPart], total: whole.total + inPart.length }
}
