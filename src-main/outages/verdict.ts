import type { Confidence, EvidenceKind, Verdict } from '../../src-shared/domain/outage-verdicts.ts'
import type { ErrorParams } from '../../src-shared/errors.ts'
import {
  commonness,
  weighedVerdicts,
  type EvidenceItem,
  type WeighedVerdict,
} from './evidence-item.ts'
import type { OutageFacts } from './outage-facts.ts'
import type { OutageThresholds } from './thresholds.ts'
import { evidenceOf } from './verdict-evidence.ts'

export interface Evidence {
  readonly kind: EvidenceKind
  readonly speaks: 'for' | 'against'
  /** 0 to 1, for the eye: a weight of 0 says nothing, one of 4 nearly all. */
  readonly weight: number
  readonly params: ErrorParams
}

export interface Judgement {
  readonly verdict: Verdict
  readonly confidence: Confidence
  /** The weightiest first. */
  readonly evidence: readonly Evidence[]
  /** The others, the likelier first; their shares and the verdict's own sum to 1. */
  readonly weighed: readonly { readonly verdict: Verdict; readonly share: number }[]
}

/** Below this share of the likeliest cause nothing is said. */
const fewestShare = 0.4

/**
 * What took these ONUs down. Pure and explainable: every piece of evidence moves every cause by a
 * fixed weight, the sums give shares, and "high" needs proof of its own kind besides.
 */
export const judge = (facts: OutageFacts, limits: OutageThresholds): Judgement => {
  const items = evidenceOf(facts, limits)
  const scores = weighedVerdicts.map((verdict) => ({
    verdict,
    score: items.reduce((sum, { weights }) => sum + (weights[verdict] ?? 0), commonness[verdict]),
  }))
  const best = Math.max(...scores.map(({ score }) => score))
  const total = scores.reduce((sum, { score }) => sum + Math.exp(score - best), 0)
  const ranked = scores
    .map(({ verdict, score }) => ({ verdict, share: Math.exp(score - best) / total }))
    .sort((one, other) => other.share - one.share)
  const [winner, ...others] = ranked
  if (winner === undefined) throw new Error('no cause was weighed')
  const explained = explain(items, winner.verdict, ranked)
  const evidence = explained.map(({ effect, ...rest }) => ({
    ...rest,
    weight: Math.round((1 - Math.exp(-effect / 2)) * 100) / 100,
  }))
  if (winner.share < fewestShare) {
    return { verdict: 'undetermined', confidence: 'low', evidence, weighed: ranked }
  }
  return {
    verdict: winner.verdict,
    confidence: confidenceOf(facts, winner, explained, limits),
    evidence,
    weighed: others,
  }
}

/**
 * Each item against the average of what else might be: what moves all causes alike says nothing for
 * this one.
 */
const explain = (
  items: readonly EvidenceItem[],
  verdict: WeighedVerdict,
  ranked: readonly { readonly verdict: WeighedVerdict; readonly share: number }[],
): (Omit<Evidence, 'weight'> & { readonly effect: number })[] => {
  const others = ranked.filter((one) => one.verdict !== verdict)
  const total = others.reduce((sum, { share }) => sum + share, 0)
  return items
    .map(({ kind, params, weights }) => {
      const elsewhere = others.reduce(
        (sum, one) =>
          sum + ((weights[one.verdict] ?? 0) * one.share) / Math.max(total, Number.MIN_VALUE),
        0,
      )
      const own = weights[verdict] ?? 0
      // Said of the verdict itself it is for or against; what only helps others less is for it.
      const effect = own === 0 ? -elsewhere : own
      return {
        kind,
        params,
        speaks: effect < 0 ? ('against' as const) : ('for' as const),
        effect: Math.abs(effect),
      }
    })
    .sort((one, other) => other.effect - one.effect)
}

const confidenceOf = (
  facts: OutageFacts,
  winner: { readonly verdict: WeighedVerdict; readonly share: number },
  evidence: ReturnType<typeof explain>,
  limits: OutageThresholds,
): Confidence => {
  const isContradicted = evidence.some(
    ({ speaks, effect }) => speaks === 'against' && effect >= limits.weighty,
  )
  if (
    winner.share >= limits.highShare &&
    !isContradicted &&
    facts.settled &&
    isProved(facts, winner.verdict, limits)
  ) {
    return 'high'
  }
  return winner.share >= limits.mediumShare ? 'medium' : 'low'
}

/**
 * "High" sends a crew without another look. So it needs more than what is missing: silence of ONUs is
 * no proof (facts/noc.md E3.7), nor is a whole PON (its street may be dark).
 */
const isProved = (
  facts: OutageFacts,
  verdict: WeighedVerdict,
  limits: OutageThresholds,
): boolean => {
  const { gasps, pons, ports, cards, areas, plant, members, time, restarted, shareOfOlts } = facts
  const couldBeRestart = shareOfOlts >= 0.5 && restarted !== false
  const isSilent = gasps.seen === 0 && gasps.silentCapable >= limits.silentCapable
  // Neighbours of the same streets have power.
  const hasPower = areas.elsewhereUp >= 3 || areas.sameUp >= 3
  switch (verdict) {
    case 'olt-restart':
      return restarted === true
    case 'area-power': {
      if (couldBeRestart) return false
      const share = gasps.seen / Math.max(1, members)
      const isClear = gasps.seen >= 3 && share >= limits.powerGaspShare
      const isStaggered =
        share >= limits.someGaspShare && time.spreadS > limits.staggeredS && pons.count > 1
      return gasps.silentPons === 0 && (isClear || isStaggered)
    }
    case 'pon-port':
      return ports.dark > 0 && pons.count === 1 && cards.failed === 0
    case 'card':
      return cards.failed > 0 || (ports.dark > 1 && cards.explainAll)
    case 'feeder':
      return (
        !couldBeRestart &&
        isSilent &&
        ports.lit === pons.whole &&
        areas.elsewhereUp >= 3 &&
        plant.placed >= 0.7
      )
    case 'distribution':
      return (
        isSilent && hasPower && plant.placed >= 0.7 && plant.node !== null && plant.besideUp > 0
      )
    case 'mixed':
      return false
  }
}
