/**
 * A day on the wall calendar, `YYYY-MM-DD`, of the proleptic Gregorian calendar. It has no zone and
 * no time; periods of billing are half-open ranges [start, end) of such days. All of it is whole
 * numbers: no `Date`, so that no process zone and no summer time can move a day.
 * Texts of equal length sort and compare as the days do (`<`, `===`).
 */
declare const calendarDateBrand: unique symbol
export type CalendarDate = string & { readonly [calendarDateBrand]: true }

export interface DateParts {
  /** 1 to 9999. */
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
}

/** Half-open: `start` is in it, `end` is not. */
export interface DateRange {
  readonly start: CalendarDate
  readonly end: CalendarDate
}

const isLeapYear = (year: number): boolean =>
  year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** `month`: 1 to 12. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/u

const readParts = (text: string): DateParts | null => {
  const match = pattern.exec(text)
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const real = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return real ? { year, month, day } : null
}

export const isCalendarDate = (text: string): text is CalendarDate => readParts(text) !== null

/** @throws RangeError when the text is no day, such as 2026-02-30. */
export const calendarDate = (text: string): CalendarDate => {
  if (!isCalendarDate(text)) throw new RangeError(`no such day: ${text}`)
  return text
}

/** @throws RangeError when there is no such day. */
export const dateFrom = ({ year, month, day }: DateParts): CalendarDate =>
  calendarDate(
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  )

export const dateParts = (date: CalendarDate): DateParts => {
  const parts = readParts(date)
  if (parts === null) throw new RangeError(`no such day: ${date}`)
  return parts
}

/** Days since 0001-01-01 (which is 0). */
export const dayNumber = (date: CalendarDate): number => {
  const { year, month, day } = dateParts(date)
  // Years that begin in March put the leap day last, so that months before it need no look at it.
  const marchYear = month > 2 ? year : year - 1
  const marchMonth = (month + 9) % 12
  const days = Math.floor((153 * marchMonth + 2) / 5) + day - 1
  return (
    marchYear * 365 +
    Math.floor(marchYear / 4) -
    Math.floor(marchYear / 100) +
    Math.floor(marchYear / 400) +
    days -
    306
  )
}

/** The opposite of `dayNumber`. @throws RangeError outside the years 1 to 9999. */
export const dateOfDayNumber = (number: number): CalendarDate => {
  const shifted = number + 306
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return dateFrom({
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  })
}

export const addDays = (date: CalendarDate, days: number): CalendarDate =>
  dateOfDayNumber(dayNumber(date) + days)

/** Days from `from` to `to`: the length of [from, to); negative when `to` is earlier. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  dayNumber(to) - dayNumber(from)

/**
 * The same day so many months on (or back), or the last of that month where it has no such day.
 * `day` (1 to 31) is the day that is wanted, for an anchor whose own month was too short for it;
 * always count from the anchor: adding month by month drifts (31 Dec, 28 Feb, 28 Mar).
 */
export const addMonths = (
  anchor: CalendarDate,
  months: number,
  day: number = dateParts(anchor).day,
): CalendarDate => {
  const parts = dateParts(anchor)
  const count = parts.year * 12 + parts.month - 1 + months
  const year = Math.floor(count / 12)
  const month = count - year * 12 + 1
  return dateFrom({ year, month, day: Math.min(day, daysInMonth(year, month)) })
}

export const startOfMonth = (date: CalendarDate): CalendarDate =>
  dateFrom({ ...dateParts(date), day: 1 })

export const endOfMonth = (date: CalendarDate): CalendarDate => addMonths(date, 0, 31)

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export const weekday = (date: CalendarDate): number => (dayNumber(date) % 7) + 1

export const earlierDate = <D extends CalendarDate>(first: D, second: D): D =>
  first < second ? first : second

export const laterDate = <D extends CalendarDate>(first: D, second: D): D =>
  first > second ? first : second

/** The days of both; null when there is none. */
export const commonRange = (first: DateRange, second: DateRange): DateRange | null => {
  const start = laterDate(first.start, second.start)
  const end = earlierDate(first.end, second.end)
  return start < end ? { start, end } : null
}
