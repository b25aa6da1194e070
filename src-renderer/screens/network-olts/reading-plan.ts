import type { OltRow, ReadingGroup } from '../../../src-shared/contract/network-model.ts'

/**
 * How often a group of readings is due, in seconds: what an age is judged by. The last two are not
 * a person's to set; a test compares them with the poller's own.
 */
export const chassisS = 300
const identityS = 900

/** In the order of the page. */
export const readingGroups = [
  'status',
  'optics',
  'counters',
  'identity',
] as const satisfies readonly ReadingGroup[]

export const dueEveryS = (olt: Pick<OltRow, 'intervals'>, group: ReadingGroup): number => {
  switch (group) {
    case 'status':
      return olt.intervals.statusS
    case 'optics':
      return olt.intervals.opticsS
    case 'counters':
      return olt.intervals.countersS
    case 'identity':
      return identityS
  }
}
