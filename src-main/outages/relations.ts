import type { OutageThresholds } from './thresholds.ts'

/** What falls say by themselves: gasps mean power; silence of those that could gasp means dark fibre. */
export type Nature = 'power' | 'dark' | 'unclear'

/** What of an outage, or of ONUs that fell together, decides whether two of them are one. */
export interface Trace {
  readonly olts: ReadonlySet<string>
  /** OLT and packed PON. */
  readonly ponKeys: ReadonlySet<string>
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  readonly clocked: boolean
  /** Nobody on its PONs is up. */
  readonly whole: boolean
  /** It took all of an OLT, or nearly. */
  readonly wholeOlt: boolean
  readonly gasps: number
  readonly silentCapable: number
  readonly nature: Nature
  /** Streets or areas, as far as they are known. */
  readonly areas: ReadonlySet<string>
  /** The plant's nodes that all share, from the lowest to the top; empty: none, or not known. */
  readonly path: readonly string[]
}

export const natureOf = (
  { count, gasps, silentCapable }: Pick<Trace, 'count' | 'gasps' | 'silentCapable'>,
  limits: OutageThresholds,
): Nature => {
  if (gasps >= 2 && gasps >= limits.someGaspShare * count) return 'power'
  return gasps === 0 && silentCapable >= limits.silentForDark ? 'dark' : 'unclear'
}

/** Time between the two, ms; 0 when they overlap. */
export const gapMs = (one: Trace, other: Trace): number =>
  Math.max(0, Math.max(one.firstAt, other.firstAt) - Math.min(one.lastAt, other.lastAt))

const overlap = <Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>): boolean => {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  for (const value of small) if (large.has(value)) return true
  return false
}

/** Known to lie in different places: neither street nor node in common, and one of them known. */
export const disjoint = (one: Trace, other: Trace): boolean => {
  const byNode =
    one.path.length > 0 &&
    other.path.length > 0 &&
    !one.path.includes(other.path[0]!) &&
    !other.path.includes(one.path[0]!)
  const byArea = one.areas.size > 0 && other.areas.size > 0 && !overlap(one.areas, other.areas)
  return byNode || byArea
}

/**
 * Whether one cause explains both. Two that are told apart here stay two rows; two that are taken
 * for one are weighed together (and may turn out "mixed").
 */
export const related = (one: Trace, other: Trace, limits: OutageThresholds): boolean => {
  const gap = gapMs(one, other)
  const natures = new Set([one.nature, other.nature])
  if (one.wholeOlt && other.wholeOlt) return gap <= limits.windowS * 1000
  if (natures.has('power') && natures.has('dark')) return false
  const isMoment = gap <= limits.momentS * 1000
  const isStaggered = [one, other].some(
    ({ firstAt, lastAt }) => lastAt - firstAt > limits.staggeredS * 1000,
  )
  const arePower = one.nature === 'power' && other.nature === 'power'
  const sameOlt = overlap(one.olts, other.olts)
  if (overlap(one.ponKeys, other.ponKeys)) {
    if (isMoment) return true
    // Elsewhere on the PON: a blackout spreads for a while, a second cut is another one.
    const isSlow = natures.has('power') || isStaggered
    if (disjoint(one, other)) return isSlow && gap <= limits.windowS * 1000
    return gap <= (isSlow ? limits.batteryS : limits.windowS) * 1000
  }
  const shareArea = overlap(one.areas, other.areas)
  const shareNode = one.path.length > 0 && other.path.some((node) => one.path.includes(node))
  if (arePower) {
    // Two blackouts within ten seconds are one; later ones are on one OLT, or in one place.
    return (
      gap <= 2 * limits.momentS * 1000 ||
      (gap <= limits.windowS * 1000 && sameOlt) ||
      (gap <= limits.batteryS * 1000 && (shareArea || shareNode))
    )
  }
  // A few gasps were heard on one PON, most on the other: the OLT loses some.
  const hasGasps = one.gasps > 0 && other.gasps > 0
  if (sameOlt && isMoment && hasGasps && natures.has('power')) return true
  if (one.whole && other.whole && sameOlt) return gap <= 2 * limits.momentS * 1000
  return isMoment && (shareNode || (shareArea && natures.has('unclear')))
}

/** Both as one. */
export const joinTraces = (one: Trace, other: Trace, limits: OutageThresholds): Trace => {
  const sums = {
    count: one.count + other.count,
    gasps: one.gasps + other.gasps,
    silentCapable: one.silentCapable + other.silentCapable,
  }
  return {
    olts: new Set([...one.olts, ...other.olts]),
    ponKeys: new Set([...one.ponKeys, ...other.ponKeys]),
    ...sums,
    firstAt: Math.min(one.firstAt, other.firstAt),
    lastAt: Math.max(one.lastAt, other.lastAt),
    clocked: one.clocked && other.clocked,
    whole: one.whole && other.whole,
    // A latecomer does not make it less of a whole OLT.
    wholeOlt: one.wholeOlt || other.wholeOlt,
    nature: natureOf(sums, limits),
    areas: new Set([...one.areas, ...other.areas]),
    path: one.path.filter((node) => other.path.includes(node)),
  }
}
