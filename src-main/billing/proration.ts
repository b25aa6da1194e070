import {
  dateParts,
  daysBetween,
  type CalendarDate,
  type DateRange,
} from '../../src-shared/domain/calendar-date.ts'
import { scaleMinor, type Rounding } from '../../src-shared/domain/money.ts'
import { intervalLength, type Interval, type Piece } from './schedule.ts'

/**
 * What a part of a period costs.
 * - `actual`: its days ÷ the days of the full aligned period that holds it.
 * - `fixed30`: months of 30 days, whatever the calendar says (a day of month 31 counts nothing, the
 *   last days of February count for those that it lacks).
 * - `none`: a period that has begun costs all of it, and nothing of it is given back.
 */
export type Proration = 'actual' | 'fixed30' | 'none'

export interface DayShare {
  readonly days: number
  readonly of: number
}

/** Months of `ofMonth` days each: the position of a day within [start, …), never before it. */
const fixedDays = (start: CalendarDate, date: CalendarDate, ofMonth: number): number => {
  const [from, to] = [dateParts(start), dateParts(date)]
  const months = (to.year - from.year) * 12 + to.month - from.month
  return Math.max(0, months * ofMonth + Math.min(to.day, ofMonth) - Math.min(from.day, ofMonth))
}

/**
 * Days of the range and of the period, as the policy counts them. The range need not end with the
 * period (a factor above 1 is the caller's to cap).
 */
export const dayShare = (
  range: DateRange,
  period: DateRange,
  interval: Interval,
  proration: Exclude<Proration, 'none'>,
  fixedMonth = 30,
): DayShare => {
  const length = intervalLength[interval]
  if (proration === 'actual' || length.unit === 'day')
    return {
      days: daysBetween(range.start, range.end),
      of: daysBetween(period.start, period.end),
    }
  const of = length.count * fixedMonth
  const position = (date: CalendarDate): number =>
    date === period.end ? of : fixedDays(period.start, date, fixedMonth)
  const within = (date: CalendarDate): number =>
    date < period.end ? Math.min(of, position(date)) : position(date)
  return { days: within(range.end) - within(range.start), of }
}

/** What was charged before for days of the same aligned period at the same price. */
export interface ChargedBefore {
  readonly days: number
  readonly minor: number
}

/**
 * Prices of pieces of one aligned period, in order, for something that costs `price` a period. Each
 * is rounded by itself; the one that makes the period whole gets the remainder, so that a period cut
 * at any days still costs exactly the price. No piece, and no sum of them, is beyond it.
 */
export const prorate = (
  price: number,
  pieces: readonly Piece[],
  interval: Interval,
  proration: Proration,
  before: ChargedBefore = { days: 0, minor: 0 },
  rounding: Rounding = 'half-away-from-zero',
): readonly { readonly minor: number; readonly share: DayShare }[] => {
  let { days, minor: charged } = before
  return pieces.map(({ range, period }) => {
    const share = dayShare(range, period, interval, proration === 'none' ? 'actual' : proration)
    days += share.days
    const left = Math.max(0, price - charged)
    const whole = proration === 'none' || days >= share.of
    const minor = whole ? left : Math.min(left, scaleMinor(price, share.days, share.of, rounding))
    charged += minor
    return { minor, share }
  })
}

/** The price of one piece by itself. */
export const pieceOfPrice = (
  price: number,
  piece: Piece,
  interval: Interval,
  proration: Proration,
): number => prorate(price, [piece], interval, proration)[0]?.minor ?? 0
