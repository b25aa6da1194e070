/**
 * Perceived severity as in ITU-T X.733 8.1.2.3, given by impact and not by element (facts/noc.md E1).
 * The order is fixed: the worst first; stored and compared by position.
 */
export const severities = ['critical', 'major', 'minor', 'warning', 'indeterminate'] as const

export type Severity = (typeof severities)[number]

/** Negative: `one` is worse. */
export const compareSeverity = (one: Severity, other: Severity): number =>
  severities.indexOf(one) - severities.indexOf(other)

export const worstSeverity = (list: Iterable<Severity>): Severity | null => {
  let worst: Severity | null = null
  for (const one of list) if (worst === null || compareSeverity(one, worst) < 0) worst = one
  return worst
}
