import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  calendarDate,
  commonRange,
  dateOfDayNumber,
  dateParts,
  dayNumber,
  daysBetween,
  endOfMonth,
  isCalendarDate,
  startOfMonth,
  weekday,
} from '../../src-shared/domain/calendar-date.ts'

const day = calendarDate
const seed = { seed: 20_261_123, numRuns: 500 }
const someDay = fc.integer({ min: 600_000, max: 800_000 }).map(dateOfDayNumber)

describe('a calendar date', () => {
  test('is refused when there is no such day', () => {
    for (const text of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '0000-01-01',
      '26-1-1',
      '2026-1-01',
      '2026-01-01T00:00Z',
      '',
    ])
      expect([text, isCalendarDate(text)]).toEqual([text, false])
    expect(() => calendarDate('2100-02-29')).toThrow(RangeError)
    expect(isCalendarDate('2000-02-29')).toBe(true)
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError)
  })

  test('counts days as the calendar does, and agrees with UTC on the day of the week', () => {
    expect(dayNumber(day('0001-01-01'))).toBe(0)
    expect(daysBetween(day('1970-01-01'), day('2026-11-23'))).toBe(20_780)
    expect(daysBetween(day('2024-02-28'), day('2024-03-01'))).toBe(2)
    expect(weekday(day('2026-11-23'))).toBe(1)
    fc.assert(
      fc.property(someDay, fc.integer({ min: -50_000, max: 50_000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days)
        expect(dateOfDayNumber(dayNumber(date))).toBe(date)
        const utc = new Date(`${date}T00:00:00Z`)
        expect(weekday(date) % 7).toBe(utc.getUTCDay())
        expect(dateParts(addDays(date, 1)).day).toBe(
          new Date(utc.getTime() + 86_400_000).getUTCDate(),
        )
      }),
      seed,
    )
  })

  test('adds months from an anchor, clamped, and comes back to the day of the anchor (A13)', () => {
    const anchor = day('2023-01-31')
    expect([1, 2, 3, 13].map((months) => addMonths(anchor, months))).toEqual([
      '2023-02-28',
      '2023-03-31',
      '2023-04-30',
      '2024-02-29',
    ])
    expect(addMonths(day('2019-02-28'), 1, 31)).toBe('2019-03-31')
    expect(addMonths(anchor, -2)).toBe('2022-11-30')
    fc.assert(
      fc.property(someDay, fc.integer({ min: -600, max: 600 }), (date, months) => {
        const there = addMonths(date, months)
        expect(there < addMonths(date, months + 1)).toBe(true)
        expect(dateParts(there).day).toBe(
          Math.min(dateParts(date).day, dateParts(endOfMonth(there)).day),
        )
        expect(addMonths(startOfMonth(date), months)).toBe(startOfMonth(there))
      }),
      seed,
    )
  })

  test('has ranges whose end is not in them', () => {
    const january = { start: day('2026-01-01'), end: day('2026-02-01') }
    expect(commonRange(january, { start: day('2026-02-01'), end: day('2026-03-01') })).toBeNull()
    expect(commonRange(january, { start: day('2026-01-31'), end: day('2026-03-01') })).toEqual({
      start: '2026-01-31',
      end: '2026-02-01',
    })
  })
})
