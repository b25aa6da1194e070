import type { CalendarDate } from '../../src-shared/domain/calendar-date.ts'
import { allocateMinor, scaleMinor } from '../../src-shared/domain/money.ts'

/** Discounts lower the base before tax; they never make a line cost less than nothing. */

export type Reduction =
  | { readonly kind: 'amount'; readonly minor: number }
  /** Millionths: 10 % is 100000. */
  | { readonly kind: 'percent'; readonly ppm: number }

export interface Discount {
  readonly name: string
  readonly reduction: Reduction
  readonly fromOn: CalendarDate
  /** Exclusive; null: without end. */
  readonly untilOn: CalendarDate | null
  /** A promotion: the first so many cycles of who begins between the dates; null: no promotion. */
  readonly cycles: number | null
}

/**
 * Does it hold for a cycle? A discount by the day on which the cycle begins; a promotion by the day
 * on which the subscription began and the number of the cycle, the first being 0.
 */
export const discountHolds = (
  { fromOn, untilOn, cycles }: Pick<Discount, 'fromOn' | 'untilOn' | 'cycles'>,
  cycle: {
    readonly startOn: CalendarDate
    readonly subscribedOn: CalendarDate
    readonly number: number
  },
): boolean => {
  const day = cycles === null ? cycle.startOn : cycle.subscribedOn
  const within = fromOn <= day && (untilOn === null || day < untilOn)
  return within && (cycles === null || cycle.number < cycles)
}

/**
 * Several on one amount. `sequential`: each on what the one before has left; `parallel`: each on the
 * full amount. Together never more than the amount.
 */
export type Stacking = 'sequential' | 'parallel'

/** What each takes off, all of them not negative, for an amount that is not negative. */
export const discountsOn = (
  amount: number,
  reductions: readonly Reduction[],
  stacking: Stacking = 'sequential',
): readonly number[] => {
  let left = Math.max(0, amount)
  return reductions.map((reduction) => {
    const on = stacking === 'sequential' ? left : Math.max(0, amount)
    const wanted =
      reduction.kind === 'amount' ? reduction.minor : scaleMinor(on, reduction.ppm, 1_000_000)
    const taken = Math.min(wanted, left)
    left -= taken
    return taken
  })
}

/**
 * A discount of the whole document over its lines by their share, so that each tax group gets its
 * part; what rounding leaves goes to the largest fractions. `eligible`: the lines it is for; the
 * others, and credits, get nothing of it.
 */
export const spreadDiscount = (
  reduction: Reduction,
  amounts: readonly number[],
  eligible: readonly boolean[] = amounts.map(() => true),
): readonly number[] => {
  const weights = amounts.map((amount, index) =>
    eligible[index] === true ? Math.max(0, amount) : 0,
  )
  const [taken] = discountsOn(
    weights.reduce((sum, weight) => sum + weight, 0),
    [reduction],
  )
  return taken === undefined || taken === 0 ? amounts.map(() => 0) : allocateMinor(taken, weights)
}
