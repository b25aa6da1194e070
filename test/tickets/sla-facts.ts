import {
  createWorkingTime,
  type BusinessCalendar,
  type DaySpan,
  type WorkingTime,
} from '../../src-main/tickets/business-calendar.ts'
import type { SlaTerms } from '../../src-main/tickets/sla-clock.ts'
import { offsetAt } from '../../src-main/engine/zone-offset.ts'

/** Calendars and promises of the S cases (shared/facts/business.md). */

export const workdays = (from: number, to: number): DaySpan[][] =>
  Array.from({ length: 5 }, () => [{ fromMinute: from * 60, toMinute: to * 60 }])

export const weekdays = (from: number, to: number): DaySpan[][] => [...workdays(from, to), [], []]

/** An instant of a wall clock: `2026-11-23 10:15:00`. */
export const local = (timeZone: string, text: string): number => {
  const wall = Date.parse(`${text.replace(' ', 'T')}Z`)
  return wall - offsetAt(timeZone, wall - offsetAt(timeZone, wall))
}

export const berlinLong: BusinessCalendar = {
  timeZone: 'Europe/Berlin',
  week: weekdays(8, 21),
  holidays: ['01-01', '05-01', '12-24', '12-25', '12-26', '12-31'],
}

/** Monday to Friday 09–18: in summer 07 to 16 UTC, the closing minute that S05 and S09 name. */
export const berlinNine = createWorkingTime({
  timeZone: 'Europe/Berlin',
  week: weekdays(9, 18),
  holidays: [],
})

export const always = createWorkingTime({
  timeZone: 'UTC',
  week: Array.from({ length: 7 }, () => [{ fromMinute: 0, toMinute: 1440 }]),
  holidays: [],
})

export const promise = (
  first: number | null,
  update: number | null,
  solution: number | null,
  working: WorkingTime = always,
  escalateAfterMin: readonly number[] = [],
): SlaTerms => ({
  firstResponseMin: first,
  updateMin: update,
  solutionMin: solution,
  escalateAfterMin,
  working,
})
