import type { OltBoard } from '../../../src-shared/contract/network-model.ts'

/** Clocks of OLTs run a little off; less than this is no restart, ms. */
const uptimeToleranceMs = 60_000

/**
 * Whether an OLT began anew between two looks at its uptime. `at` by a clock that nobody sets
 * (monotonic ms); uptime in s.
 */
export const hasRestarted = (
  before: { readonly uptimeS: number; readonly at: number },
  now: { readonly uptimeS: number; readonly at: number },
): boolean => now.uptimeS * 1000 + uptimeToleranceMs < before.uptimeS * 1000 + (now.at - before.at)

/** By the name that the OLT gives it: no family's own word. */
export const isFan = ({ name }: Pick<OltBoard, 'name'>): boolean => /fan/iu.test(name ?? '')

/**
 * Out of service by its own word; or its slot is empty although ONUs stand on its ports.
 */
export const isBoardAtFault = ({ state }: Pick<OltBoard, 'state'>, onusOnIt: number): boolean =>
  state === 'out-of-service' || (state === 'empty' && onusOnIt > 0)

/**
 * Data are stale when nothing came for so many intervals, s. `since`: what counts as the last
 * reading at the earliest (it answers again, it is left alone no more, the console started or woke).
 */
export const isStale = (
  readAt: number | null,
  since: number,
  now: number,
  intervalS: number,
  intervals: number,
): boolean => now - Math.max(readAt ?? since, since) > intervalS * intervals * 1000

/** Whole days since the last backup, or since the workspace was made. */
export const backupAgeDays = (lastAt: number | null, createdAt: number, now: number): number =>
  Math.floor((now - (lastAt ?? createdAt)) / 86_400_000)
