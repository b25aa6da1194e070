import {
  addDays,
  type CalendarDate,
  type DateRange,
} from '../../src-shared/domain/calendar-date.ts'
import { scaleMinor } from '../../src-shared/domain/money.ts'
import { dayShare, type Proration } from './proration.ts'
import type { Interval } from './schedule.ts'

/**
 * What of a billed line was not used: what a change, a cancellation or a pause gives back. Never
 * more than is left of the line, and all that is left when none of it was used.
 */
export interface BilledPart {
  /** What of its days the line still stands for. */
  readonly range: DateRange
  /** What the line charged for `range` when it was issued, after discounts. */
  readonly amount: number
  /** What of it was not credited yet. */
  readonly left: number
  /** The full aligned period that holds it. */
  readonly period: DateRange
}

/**
 * Is the day of the change or end itself paid for? `free`: it is the first day without service, as
 * half-open periods have it; `charged`: the credit begins on the day after.
 */
export type EndDay = 'free' | 'charged'

export const creditFrom = (on: CalendarDate, endDay: EndDay): CalendarDate =>
  endDay === 'free' ? on : addDays(on, 1)

/** @throws RangeError for days that are not of the line. */
export const unusedCredit = (
  { range, amount, left, period }: BilledPart,
  unused: DateRange,
  interval: Interval,
  proration: Proration,
): number => {
  if (unused.start < range.start || unused.end > range.end)
    throw new RangeError('days that the line does not stand for')
  if (unused.start >= unused.end) return 0
  if (unused.start === range.start && unused.end === range.end) return left
  if (proration === 'none') return 0
  const billed = dayShare(range, period, interval, proration).days
  const given = dayShare(unused, period, interval, proration).days
  return billed === 0 ? 0 : Math.min(left, scaleMinor(amount, given, billed))
}
