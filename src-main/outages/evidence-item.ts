import type { EvidenceKind, Verdict } from '../../src-shared/domain/outage-verdicts.ts'
import type { ErrorParams } from '../../src-shared/errors.ts'

/** Causes that are weighed against one another for several ONUs that fell together. */
export const weighedVerdicts = [
  'feeder',
  'pon-port',
  'card',
  'distribution',
  'area-power',
  'olt-restart',
  'mixed',
] as const satisfies readonly Verdict[]

export type WeighedVerdict = (typeof weighedVerdicts)[number]
export type Weights = Partial<Record<WeighedVerdict, number>>

/**
 * One thing that was seen, and how it moves each cause: natural logarithms of how many times likelier
 * (or, below zero, unlikelier) the cause makes it. They add up (docs/outages.md has the table).
 */
export interface EvidenceItem {
  readonly kind: EvidenceKind
  readonly params: ErrorParams
  readonly weights: Weights
}

/** How common each cause is before anything was seen: fibre and power first, electronics rarely fail. */
export const commonness: Readonly<Record<WeighedVerdict, number>> = {
  feeder: 0,
  'pon-port': -1.2,
  card: -2,
  distribution: 0,
  'area-power': 0,
  'olt-restart': -3,
  mixed: -2,
}

export const optical = (weight: number): Weights => ({
  feeder: weight,
  'pon-port': weight,
  card: weight,
  distribution: weight,
})

export const percent = (share: number): number => Math.round(share * 100)

export const item = (kind: EvidenceKind, params: ErrorParams, weights: Weights): EvidenceItem => ({
  kind,
  params,
  weights,
})
