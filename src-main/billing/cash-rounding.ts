import { roundToStep, type Rounding } from '../../src-shared/domain/money.ts'

/**
 * Coins that are not there. What is paid in cash is rounded to the coin; what is owed otherwise is
 * not. `line`: a line of its own, the tax stays what it is (the rule here). `largest-tax`: put on
 * the largest tax amount, as some systems do; kept for comparison, nothing here asks for it.
 */
export interface CashRounding {
  /** The coin in minor units; 1: no rounding. */
  readonly step: number
  readonly rounding: Rounding
}

/** To add to the total, of either sign, so that it can be paid in coins. */
export const cashDifference = (total: number, { step, rounding }: CashRounding): number => {
  const rounded = roundToStep(total, step, rounding) - total
  return rounded === 0 ? 0 : rounded
}

/** The tax amounts with the difference on the largest one: the alternative to a line. */
export const roundLargestTax = (
  taxes: readonly number[],
  difference: number,
): readonly number[] => {
  const largest = taxes.reduce(
    (best, tax, index) => (Math.abs(tax) > Math.abs(taxes[best] ?? 0) ? index : best),
    0,
  )
  return taxes.map((tax, index) => (index === largest ? tax + difference : tax))
}
