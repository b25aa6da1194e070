import type { Severity } from '../../src-shared/domain/severity.ts'
import type { OutageThresholds } from './thresholds.ts'

/** Pure rules of outages; verdicts have files of their own (verdict.ts, relations.ts, clusters.ts). */

/**
 * By impact, never by element (facts/noc.md E1, E9): every outage takes service away, so none is less
 * than major.
 */
export const severityOf = (
  impact: { readonly affected: number; readonly wholePons: number },
  limits: OutageThresholds,
): Severity =>
  impact.affected >= limits.criticalOnus ||
  (impact.wholePons > 0 && impact.affected >= limits.criticalPon)
    ? 'critical'
    : 'major'

/** `forGood`: nobody is down. `leftover`: a few are, and it ends when that lasts. */
export const endingOf = (
  counts: { readonly affected: number; readonly down: number },
  limits: OutageThresholds,
): 'open' | 'leftover' | 'forGood' => {
  if (counts.down === 0) return 'forGood'
  const few = Math.max(1, Math.floor(counts.affected * limits.leftoverShare))
  return counts.down <= few && counts.down < counts.affected ? 'leftover' : 'open'
}

/** How long falls stay near enough to be one cause, ms: at least one poll cycle (facts/noc.md E3.1). */
export const windowMs = (statusS: number, limits: OutageThresholds): number =>
  Math.max(limits.windowS, statusS * 1.5) * 1000
