import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import type { Preferences } from '../../../src-shared/contract/preferences.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import type { Live } from '../../state/live.ts'

/** What the wallboard shows next, when its data is too old to be believed, and how it spares the screen. */

type ChosenPage = Preferences['wallboard']['pages'][number]

/** Those that can be shown; a page that is chosen and cannot be shown yet is passed over. */
export const wallPages = ['outages', 'counters', 'olts', 'light', 'alarms'] as const
export type WallPage = (typeof wallPages)[number]

const isWallPage = (page: ChosenPage): page is WallPage =>
  (wallPages as readonly ChosenPage[]).includes(page)

export const shownPages = (chosen: readonly ChosenPage[]): readonly WallPage[] => {
  const pages = [...new Set(chosen.filter(isWallPage))]
  return pages.length === 0 ? ['counters'] : pages
}

/** Pages on which something critical is open: shown alone, whether they were chosen or not. */
export const pagesInAlarm = (
  outages: readonly Pick<OutageRow, 'severity'>[],
  criticalAlarms: number,
): readonly WallPage[] => {
  const pages: WallPage[] = []
  if (outages.some((outage) => outage.severity === 'critical')) pages.push('outages')
  if (criticalAlarms > 0) pages.push('alarms')
  return pages
}

/** The page after (or before) one; the first where that one is not among them. */
export const pageBeside = (
  pages: readonly WallPage[],
  current: WallPage,
  step: 1 | -1,
): WallPage => {
  const at = pages.indexOf(current)
  if (at < 0) return pages[0] ?? 'counters'
  return pages[(at + step + pages.length) % pages.length] ?? current
}

/** px: a slow walk around a square, a step a minute, so that no line burns into the screen. */
export const burnShift = (minute: number): { readonly x: number; readonly y: number } => {
  const side = 8
  const step = ((minute % (4 * side)) + 4 * side) % (4 * side)
  const half = side / 2
  if (step < side) return { x: step - half, y: -half }
  if (step < 2 * side) return { x: half, y: step - side - half }
  if (step < 3 * side) return { x: half - (step - 2 * side), y: half }
  return { x: -half, y: half - (step - 3 * side) }
}

/**
 * `engine`: it is silent; `old`: the oldest status among the OLTs that answer is older than three of
 * its turns; `never`: there are OLTs, and none was read. An OLT that is left alone makes nothing stale.
 */
export type WallStale =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'engine' | 'old' | 'never'; readonly since: number | null }

const leastMs = 90_000

export const wallStale = (
  live: Pick<Live, 'engineRunning' | 'oldestStatusAt' | 'oltsTotal' | 'counts'>,
  olts: readonly Pick<OltRow, 'reachability' | 'quiet' | 'intervals' | 'ages'>[],
  now: number,
): WallStale => {
  const { oldestStatusAt } = live
  if (!live.engineRunning) return { kind: 'engine', since: oldestStatusAt }
  if (live.counts === undefined || live.oltsTotal === 0) return { kind: 'fresh' }
  const read = olts.filter((olt) => olt.reachability === 'reachable' && olt.quiet === null)
  if (oldestStatusAt === null) {
    if (olts.length === 0 || olts.some((olt) => olt.quiet !== null)) return { kind: 'fresh' }
    // Answers, and its first walk is under way: not yet read is not stale.
    if (read.length > 0) return { kind: 'fresh' }
    const last = Math.max(...olts.map((olt) => olt.ages.status ?? 0))
    return { kind: 'never', since: last === 0 ? null : last }
  }
  const slowestS = Math.max(60, ...read.map((olt) => olt.intervals.statusS))
  const grace = Math.max(leastMs, slowestS * 3000)
  return now - oldestStatusAt > grace ? { kind: 'old', since: oldestStatusAt } : { kind: 'fresh' }
}
