import type { OltFamily } from '../olt/family/load-families.ts'
import type { PollGroup } from '../olt/poller/schedule.ts'
import { couldBe } from '../olt/recognise.ts'
import type { OltRecord } from './olt-records.ts'

/** Families that are no more or not as they were, and those that are new or not as they were. */
export interface FamiliesChanged {
  readonly gone: ReadonlySet<string>
  readonly fresh: readonly OltFamily[]
}

/** What the columns of a family decide; light and traffic follow in their own time. */
const groups: readonly PollGroup[] = ['recognise', 'identity', 'status', 'unconfigured', 'chassis']

/** Asks OLTs again what they are, and only those of which the answer may be another one now. */
export const recogniseAnew = (
  olts: readonly OltRecord[],
  { gone, fresh }: FamiliesChanged,
  pollNow: (oltId: string, group: PollGroup) => unknown,
): void => {
  for (const { row, status } of olts) {
    const { familyId, system } = status
    const isConcerned =
      (familyId !== null && gone.has(familyId)) ||
      (system !== null && fresh.some((family) => couldBe(family, system)))
    if (!isConcerned) continue
    for (const group of groups) pollNow(row.id, group)
  }
}

export const countByFamily = (olts: readonly OltRecord[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { status } of olts) {
    const { familyId } = status
    if (familyId !== null) counts.set(familyId, (counts.get(familyId) ?? 0) + 1)
  }
  return counts
}
