import {
  addDays,
  addMonths,
  dateParts,
  dateFrom,
  daysBetween,
  daysInMonth,
  earlierDate,
  weekday,
  type CalendarDate,
  type DateRange,
} from '../../src-shared/domain/calendar-date.ts'

/**
 * Bill dates and periods. A bill date depends on the anchor and its number alone: anchor + n
 * intervals, clamped to the month. It is never counted from the bill date before, which would drift
 * (31 Dec, 28 Feb, 28 Mar). Periods are half-open: [bill date n, bill date n + 1).
 */

export type Interval = 'week' | '30d' | 'month' | 'quarter' | 'half-year' | 'year'

export type IntervalLength =
  | { readonly unit: 'month'; readonly count: number }
  | { readonly unit: 'day'; readonly count: number }

export const intervalLength: Readonly<Record<Interval, IntervalLength>> = {
  week: { unit: 'day', count: 7 },
  '30d': { unit: 'day', count: 30 },
  month: { unit: 'month', count: 1 },
  quarter: { unit: 'month', count: 3 },
  'half-year': { unit: 'month', count: 6 },
  year: { unit: 'month', count: 12 },
}

export interface Schedule {
  readonly interval: Interval
  /** Bill date number 0. */
  readonly anchorOn: CalendarDate
  /** The day of the month that is wanted, 1 to 31; the anchor's own month may be too short for it. */
  readonly anchorDay: number
}

/**
 * Where the first whole period begins.
 * - `anniversary`: on the first day of service.
 * - `billing-day`: on the billing day on or after it: the month's own, else one interval later.
 * - `calendar`: on the first day of a week (Monday), month, quarter, half-year or year.
 * Intervals of days have no day of the month: they begin with the service, unless a week is
 * `calendar`.
 */
export type Alignment =
  | { readonly kind: 'anniversary' }
  | { readonly kind: 'billing-day'; readonly day: number }
  | { readonly kind: 'calendar' }

export const createSchedule = (
  interval: Interval,
  startsOn: CalendarDate,
  alignment: Alignment,
): Schedule => {
  const { unit, count } = intervalLength[interval]
  const own = dateParts(startsOn)
  if (alignment.kind === 'anniversary' || (unit === 'day' && alignment.kind === 'billing-day'))
    return { interval, anchorOn: startsOn, anchorDay: own.day }
  if (unit === 'day') {
    const past = interval === 'week' ? (8 - weekday(startsOn)) % 7 : 0
    return { interval, anchorOn: addDays(startsOn, past), anchorDay: own.day }
  }
  if (alignment.kind === 'calendar') {
    const block = Math.floor((own.month - 1) / count) * count + 1
    const first = dateFrom({ year: own.year, month: block, day: 1 })
    return {
      interval,
      anchorOn: first === startsOn ? first : addMonths(first, count),
      anchorDay: 1,
    }
  }
  const { day } = alignment
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new RangeError(`no billing day: ${day}`)
  const here = dateFrom({ ...own, day: Math.min(day, daysInMonth(own.year, own.month)) })
  return {
    interval,
    anchorOn: here >= startsOn ? here : addMonths(here, count, day),
    anchorDay: day,
  }
}

/** `n` may be negative: before the anchor. */
export const billDate = ({ interval, anchorOn, anchorDay }: Schedule, n: number): CalendarDate => {
  const { unit, count } = intervalLength[interval]
  return unit === 'day' ? addDays(anchorOn, n * count) : addMonths(anchorOn, n * count, anchorDay)
}

/** The greatest n whose bill date is not after `date`. */
export const periodIndex = (schedule: Schedule, date: CalendarDate): number => {
  const { unit, count } = intervalLength[schedule.interval]
  if (unit === 'day') return Math.floor(daysBetween(schedule.anchorOn, date) / count)
  const [from, to] = [dateParts(schedule.anchorOn), dateParts(date)]
  const months = (to.year - from.year) * 12 + to.month - from.month
  const guess = Math.floor(months / count)
  // The guess looks at months alone: the bill date may still be to come in this one.
  return billDate(schedule, guess) > date ? guess - 1 : guess
}

export interface Period extends DateRange {
  readonly index: number
}

export const periodAt = (schedule: Schedule, index: number): Period => ({
  index,
  start: billDate(schedule, index),
  end: billDate(schedule, index + 1),
})

/** The full aligned period that holds the day. */
export const periodHolding = (schedule: Schedule, date: CalendarDate): Period =>
  periodAt(schedule, periodIndex(schedule, date))

export interface Piece {
  /** What of the aligned period is meant. */
  readonly range: DateRange
  readonly period: Period
  readonly whole: boolean
}

/** A range cut at the bill dates: each piece lies in one aligned period. */
export const piecesOf = (schedule: Schedule, { start, end }: DateRange): readonly Piece[] => {
  const pieces: Piece[] = []
  let from = start
  while (from < end) {
    const period = periodHolding(schedule, from)
    const range = { start: from, end: earlierDate(period.end, end) }
    pieces.push({ range, period, whole: from === period.start && range.end === period.end })
    from = range.end
  }
  return pieces
}

/** Whole intervals from `start` to `end`, counted from `start`. */
export const wholePeriods = (interval: Interval, { start, end }: DateRange): number =>
  Math.max(0, periodIndex(createSchedule(interval, start, { kind: 'anniversary' }), end))

export type BillingMode = 'advance' | 'arrears'

/**
 * Up to which day (exclusive) is to be billed on `asOf`. In advance: through the end of the period
 * that has begun; in arrears: through the end of the last one that is over. The end of the service
 * is billed at once, and nothing beyond it. `leadDays`: so many days before a bill date it counts
 * as reached. Null: nothing is due yet.
 */
export const dueThrough = ({
  schedule,
  mode,
  startsOn,
  endsOn = null,
  asOf,
  leadDays = 0,
}: {
  readonly schedule: Schedule
  readonly mode: BillingMode
  readonly startsOn: CalendarDate
  /** Exclusive: the first day without service. */
  readonly endsOn?: CalendarDate | null
  readonly asOf: CalendarDate
  readonly leadDays?: number
}): CalendarDate | null => {
  const seen = leadDays === 0 ? asOf : addDays(asOf, leadDays)
  if (seen < startsOn) return null
  const period = periodHolding(schedule, seen)
  const ended = endsOn !== null && endsOn <= (mode === 'advance' ? period.end : asOf)
  const through = ended ? endsOn : mode === 'advance' ? period.end : period.start
  return through > startsOn ? through : null
}

/** The bill date after `asOf` on which something more is due. */
export const nextBillDate = (schedule: Schedule, asOf: CalendarDate): CalendarDate =>
  billDate(schedule, periodIndex(schedule, asOf) + 1)
