import { daysBetween, type CalendarDate } from '../../src-shared/domain/calendar-date.ts'

/**
 * Receivables by age: days past the due date, as of a day. Credit that settles nothing yet stands by
 * itself: the buckets without it are the balance of the ledger on that day.
 */
export interface AgedItem {
  readonly dueOn: CalendarDate
  /** What was open of it on the day; not negative. */
  readonly open: number
}

export interface Aged {
  readonly notDue: number
  /** By the ranges, and one more for what is older than the last. */
  readonly buckets: readonly number[]
  readonly credit: number
  readonly balance: number
}

/** 1 to 30 days, 31 to 60, 61 to 90, 91 to 120, and more. */
export const defaultAgeRanges: readonly number[] = [30, 60, 90, 120]

export const agedReceivables = (
  items: readonly AgedItem[],
  credit: number,
  asOf: CalendarDate,
  ranges: readonly number[] = defaultAgeRanges,
): Aged => {
  const buckets = [...ranges.map(() => 0), 0]
  let notDue = 0
  for (const { dueOn, open } of items) {
    const days = daysBetween(dueOn, asOf)
    if (days <= 0) {
      notDue += open
      continue
    }
    const place = ranges.findIndex((last) => days <= last)
    const bucket = place < 0 ? ranges.length : place
    buckets[bucket] = (buckets[bucket] ?? 0) + open
  }
  const owed = buckets.reduce((sum, part) => sum + part, notDue)
  return { notDue, buckets, credit, balance: owed - credit }
}
