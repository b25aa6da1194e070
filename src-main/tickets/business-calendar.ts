import {
  dateOfDayNumber,
  dayNumber,
  isCalendarDate,
  weekday,
  type CalendarDate,
} from '../../src-shared/domain/calendar-date.ts'
import { changeBetween, isZone, offsetAt } from '../engine/zone-offset.ts'

/**
 * When people work. An instant is working time when the wall clock of the zone shows a time of one of
 * the day's spans: what the clock leaves out when it is put on is not worked, what it shows twice when
 * it is put back is worked twice. All spans are half-open.
 */
export interface BusinessCalendar {
  /** IANA. */
  readonly timeZone: string
  /** Monday first; spans in order, apart. */
  readonly week: readonly (readonly DaySpan[])[]
  /** `2026-12-25`, or `12-25` for each year. */
  readonly holidays: readonly string[]
}

/** Minutes of the local day, 0 to 1440. */
export interface DaySpan {
  readonly fromMinute: number
  readonly toMinute: number
}

export type CalendarProblem =
  | 'zone'
  | 'week'
  | 'spans'
  | 'no-open-hour'
  | 'holiday'
  | 'holiday-twice'
  | 'holidays-too-many'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const minuteMs = 60_000
const shortestWeek = 60
/** So that some day of any open weekday is left: none falls on the same date each year. */
const mostHolidays = 500
const mostYearly = 60

const isYearly = (holiday: string): boolean => holiday.length === 5

/** Null: it is one that things can be counted by. */
export const calendarProblem = (calendar: BusinessCalendar): CalendarProblem | null => {
  const { timeZone, week, holidays } = calendar
  if (!isZone(timeZone)) return 'zone'
  if (week.length !== 7) return 'week'
  let minutes = 0
  for (const spans of week) {
    let last = -1
    for (const { fromMinute, toMinute } of spans) {
      const whole = Number.isInteger(fromMinute) && Number.isInteger(toMinute)
      if (!whole || fromMinute <= last || toMinute <= fromMinute || toMinute > 1440) return 'spans'
      minutes += toMinute - fromMinute
      last = toMinute
    }
  }
  if (minutes < shortestWeek) return 'no-open-hour'
  // 2024 was a leap year: 29 February may be a holiday.
  if (holidays.some((one) => !isCalendarDate(isYearly(one) ? `2024-${one}` : one))) return 'holiday'
  if (new Set(holidays).size < holidays.length) return 'holiday-twice'
  if (holidays.length > mostHolidays || holidays.filter(isYearly).length > mostYearly) {
    return 'holidays-too-many'
  }
  return null
}

/** Half-open, instants. */
interface OpenSpan {
  readonly start: number
  readonly end: number
}

/** With the days that were looked at: one instance counts for many tickets. */
export interface WorkingTime {
  /** The first instant at which so much has been worked since `from`; of 0 it is `from` itself. */
  readonly add: (from: number, workingMs: number) => number
  /** What is worked in [from, to); 0 where `to` is not later. */
  readonly between: (from: number, to: number) => number
}

/** Beyond it something is wrong with the calendar or with what is counted. */
const longestDays = 366 * 60

/** @throws RangeError for a calendar that has a problem. */
export const createWorkingTime = (calendar: BusinessCalendar): WorkingTime => {
  const problem = calendarProblem(calendar)
  if (problem !== null) throw new RangeError(`no calendar to count by: ${problem}`)
  const { timeZone, week } = calendar
  const holidays = new Set(calendar.holidays)
  const days = new Map<number, readonly OpenSpan[]>()

  const lookAt = (date: CalendarDate): readonly OpenSpan[] => {
    if (holidays.has(date) || holidays.has(date.slice(5))) return []
    const spans = week[weekday(date) - 1] ?? []
    if (spans.length === 0) return []
    const midnight = Date.parse(`${date}T00:00:00Z`)
    // Wherever on earth the day is: offsets lie between -12 and +14 hours.
    const [from, to] = [midnight - 15 * hourMs, midnight + dayMs + 15 * hourMs]
    const change = changeBetween(timeZone, from, to)
    const parts =
      change === null
        ? [{ from, to }]
        : [
            { from, to: change },
            { from: change, to },
          ]
    return parts.flatMap((part) => {
      const begins = midnight - offsetAt(timeZone, part.from)
      return spans.flatMap(({ fromMinute, toMinute }) => {
        const start = Math.max(part.from, begins + fromMinute * minuteMs)
        const end = Math.min(part.to, begins + toMinute * minuteMs)
        return start < end ? [{ start, end }] : []
      })
    })
  }

  const openOn = (number: number): readonly OpenSpan[] => {
    let open = days.get(number)
    if (open === undefined) {
      open = lookAt(dateOfDayNumber(number))
      if (days.size > 5000) days.clear()
      days.set(number, open)
    }
    return open
  }

  const epoch = dayNumber('1970-01-01' as CalendarDate)
  /** The local day of the zone at an instant. */
  const dayAt = (at: number): number => epoch + Math.floor((at + offsetAt(timeZone, at)) / dayMs)

  return {
    add: (from, workingMs) => {
      if (!(workingMs >= 0)) throw new RangeError('working time is not counted backwards')
      if (workingMs === 0) return from
      const first = dayAt(from)
      let left = workingMs
      for (let day = first; day < first + longestDays; day++) {
        for (const { start, end } of openOn(day)) {
          const begin = Math.max(start, from)
          if (begin >= end) continue
          if (end - begin >= left) return begin + left
          left -= end - begin
        }
      }
      throw new RangeError('so much is not worked in sixty years')
    },
    between: (from, to) => {
      if (to <= from) return 0
      const last = dayAt(to)
      let worked = 0
      for (let day = dayAt(from); day <= last; day++) {
        for (const { start, end } of openOn(day)) {
          worked += Math.max(0, Math.min(end, to) - Math.max(start, from))
        }
      }
      return worked
    },
  }
}
