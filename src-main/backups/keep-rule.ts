/** Which backups stay: the latest ones, and the last one of each of so many days and weeks. */
export interface KeepRule {
  /** At least 1. */
  readonly last: number
  readonly daily: number
  readonly weekly: number
}

export const usualKeepRule: KeepRule = { last: 10, daily: 7, weekly: 4 }

export interface Kept {
  readonly name: string
  /** Wall ms. */
  readonly at: number
  /** As it proved itself when it was last opened; null: nobody has looked. */
  readonly good: boolean | null
}

const dayMs = 86_400_000
/** In UTC, so that no change of the clocks makes a day of its own. Weeks begin on Mondays. */
const dayOf = (at: number): number => Math.floor(at / dayMs)
const weekOf = (at: number): number => Math.floor((dayOf(at) + 3) / 7)

const latestOfEach = (
  sorted: readonly Kept[],
  periods: number,
  periodOf: (at: number) => number,
): readonly Kept[] => {
  const latest = new Map<number, Kept>()
  for (const one of sorted) {
    const period = periodOf(one.at)
    if (!latest.has(period)) latest.set(period, one)
  }
  return [...latest.values()].slice(0, periods)
}

/**
 * The names of those that may go. `made` is the one that was just written: it stays however the
 * clock was set, and takes one of the latest's places. A damaged one takes nobody's place, and goes
 * only when a later one has proved itself; the latest that has proved itself never goes.
 */
export const toRemove = (
  backups: readonly Kept[],
  rule: KeepRule,
  made: string | null,
): readonly string[] => {
  const sorted = backups.toSorted((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))
  const usable = sorted.filter(({ good }) => good !== false)
  const newest = usable.find(({ name }) => name === made)
  const others = usable.filter(({ name }) => name !== made)
  const lastGood = usable.find(({ good }) => good === true)
  const stay = new Set(
    [
      ...(newest === undefined ? [] : [newest]),
      ...others.slice(0, Math.max(1, rule.last) - (newest === undefined ? 0 : 1)),
      ...latestOfEach(usable, rule.daily, dayOf),
      ...latestOfEach(usable, rule.weekly, weekOf),
      ...(lastGood === undefined ? [] : [lastGood]),
    ].map(({ name }) => name),
  )
  return sorted
    .filter(({ name, at, good }) =>
      good === false ? lastGood !== undefined && lastGood.at > at : !stay.has(name),
    )
    .filter(({ name }) => name !== made)
    .map(({ name }) => name)
}
