import type { PlanTerms } from '../../../src-shared/contract/billing-model.ts'

export type Direction = 'upgrade' | 'downgrade' | 'same'

/** Intervals of a year, as a fraction: 30-day periods fit it 365/30 times. */
const perYear: Readonly<Record<PlanTerms['interval'], readonly [bigint, bigint]>> = {
  month: [12n, 1n],
  quarter: [4n, 1n],
  year: [1n, 1n],
  '30d': [365n, 30n],
}

interface Costs {
  /** Minor units of an interval. */
  readonly price: number
  readonly interval: PlanTerms['interval']
}

/** By what a year of it costs, whatever the interval. */
export const directionOf = (before: Costs, after: Costs): Direction => {
  const [beforeTimes, beforeOf] = perYear[before.interval]
  const [afterTimes, afterOf] = perYear[after.interval]
  const was = BigInt(before.price) * beforeTimes * afterOf
  const will = BigInt(after.price) * afterTimes * beforeOf
  return will > was ? 'upgrade' : will < was ? 'downgrade' : 'same'
}
