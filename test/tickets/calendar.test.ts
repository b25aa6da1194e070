import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calendarProblem,
  createWorkingTime,
  type BusinessCalendar,
} from '../../src-main/tickets/business-calendar.ts'
import { offsetAt } from '../../src-main/engine/zone-offset.ts'
import { berlinLong, local, weekdays, workdays } from './sla-facts.ts'

const hour = 3_600_000
const minute = 60_000
const berlin: BusinessCalendar = {
  timeZone: 'Europe/Berlin',
  week: weekdays(9, 17),
  holidays: [],
}

describe('a calendar is refused', () => {
  it.each([
    ['without any open hour', { week: weekdays(9, 9) }, 'spans'],
    ['that is never open', { week: Array.from({ length: 7 }, () => []) }, 'no-open-hour'],
    ['with a zone that there is not', { timeZone: 'Mars/Olympus' }, 'zone'],
    ['with an offset for a zone', { timeZone: '+07:00' }, 'zone'],
    ['with a week of five days', { week: workdays(9, 17) }, 'week'],
    [
      'with spans that overlap',
      {
        week: [
          [
            { fromMinute: 60, toMinute: 120 },
            { fromMinute: 119, toMinute: 200 },
          ],
          ...weekdays(9, 17).slice(1),
        ],
      },
      'spans',
    ],
    ['with a holiday that is no day', { holidays: ['2026-02-30'] }, 'holiday'],
    ['with a holiday twice', { holidays: ['12-25', '12-25'] }, 'holiday-twice'],
    [
      'that is closed all year by its yearly holidays',
      {
        holidays: Array.from(
          { length: 61 },
          (_, day) => `0${1 + Math.floor(day / 28)}-${String((day % 28) + 1).padStart(2, '0')}`,
        ),
      },
      'holidays-too-many',
    ],
  ])('%s', (_why, change, problem) => {
    const wrong = { ...berlin, ...change }
    expect(calendarProblem(wrong)).toBe(problem)
    expect(() => createWorkingTime(wrong)).toThrow(RangeError)
  })

  it('and one with 29 February as a holiday is taken', () => {
    expect(calendarProblem({ ...berlin, holidays: ['02-29', '2026-12-24'] })).toBeNull()
  })
})

describe('working time', () => {
  it.each([
    [60, '2013-03-21T10:30:00Z'],
    [180, '2013-03-21T12:30:00Z'],
    [240, '2013-03-21T13:30:00Z'],
  ])('S01: Berlin 09–17, from 09:30 UTC, %i min', (minutes, due) => {
    const from = Date.parse('2013-03-21T09:30:00Z')
    expect(new Date(createWorkingTime(berlin).add(from, minutes * minute))).toEqual(new Date(due))
  })

  it.each([
    ['S17', '2006-11-12 10:15:00', 4, '2006-11-13 12:00:00'],
    ['S21', '2006-12-29 10:15:00', 11, '2007-01-02 08:15:00'],
    ['S25', '2007-10-26 18:12:23', 5.5, '2007-10-29 10:42:23'],
    ['S29', '2013-03-16 10:00:00', 13, '2013-03-18 21:00:00'],
  ])('%s: Berlin 08–21 with holidays, %s + %f h', (_id, from, hours, due) => {
    const start = local('Europe/Berlin', from)
    const time = createWorkingTime(berlinLong)
    const end = time.add(start, hours * hour)
    expect(end).toBe(local('Europe/Berlin', due))
    expect(time.between(start, end)).toBe(hours * hour)
  })

  it('is shorter where the clock is put on, longer where it is put back', () => {
    const nights: BusinessCalendar = {
      timeZone: 'Europe/Berlin',
      week: Array.from({ length: 7 }, () => [{ fromMinute: 60, toMinute: 240 }]),
      holidays: [],
    }
    const worked = (from: string, to: string): number =>
      createWorkingTime(nights).between(Date.parse(from), Date.parse(to)) / hour
    expect(worked('2026-03-28T22:00Z', '2026-03-29T12:00Z')).toBe(2)
    expect(worked('2026-10-24T22:00Z', '2026-10-25T12:00Z')).toBe(4)
    expect(worked('2026-06-24T22:00Z', '2026-06-25T12:00Z')).toBe(3)
  })

  it('goes past a day that a zone left out', () => {
    // Samoa had no 30 December 2011.
    const apia = createWorkingTime({
      timeZone: 'Pacific/Apia',
      week: Array.from({ length: 7 }, () => [{ fromMinute: 540, toMinute: 600 }]),
      holidays: [],
    })
    const from = local('Pacific/Apia', '2011-12-29 09:00:00')
    expect(apia.add(from, 2 * hour)).toBe(local('Pacific/Apia', '2011-12-31 10:00:00'))
  })

  const spans = fc
    .uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 4 })
    .map((minutes) => minutes.toSorted((one, other) => one - other))
    .map((sorted) =>
      sorted.length < 2
        ? []
        : [
            { fromMinute: sorted[0]!, toMinute: sorted[1]! },
            ...(sorted.length < 4 ? [] : [{ fromMinute: sorted[2]!, toMinute: sorted[3]! }]),
          ],
    )
  const anyCalendar = fc
    .record({
      timeZone: fc.constantFrom(
        'Asia/Jakarta',
        'Europe/Berlin',
        'America/Sao_Paulo',
        'America/New_York',
        'Australia/Lord_Howe',
        'Africa/Casablanca',
        'Pacific/Apia',
      ),
      week: fc.array(spans, { minLength: 7, maxLength: 7 }),
      holidays: fc.constantFrom([], ['12-25', '01-01'], ['2026-03-29', '10-25', '2026-11-01']),
    })
    .filter((calendar) => calendarProblem(calendar) === null)
  const day = 86_400_000
  const anyInstant = fc
    .integer({ min: 0, max: 730 * 1440 })
    .map((minutes) => Date.parse('2025-06-01T00:00Z') + minutes * minute)

  it('is what a wall clock shows, minute by minute', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, (calendar, from) => {
        const to = from + 2 * day
        let open = 0
        for (let at = from; at < to; at += minute) {
          const wall = new Date(at + offsetAt(calendar.timeZone, at))
          const on = wall.toISOString().slice(0, 10)
          if (calendar.holidays.some((one) => on.endsWith(one))) continue
          const minutes = wall.getUTCHours() * 60 + wall.getUTCMinutes()
          const today = calendar.week[(wall.getUTCDay() + 6) % 7] ?? []
          if (today.some((one) => minutes >= one.fromMinute && minutes < one.toMinute)) open++
        }
        expect(createWorkingTime(calendar).between(from, to)).toBe(open * minute)
      }),
      { seed: 8, numRuns: 12 },
    )
  })

  it('that is added is there between, and no earlier instant has it', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.integer({ min: 1, max: 50 * hour }),
        fc.integer({ min: 0, max: 50 * hour }),
        (calendar, from, first, second) => {
          const time = createWorkingTime(calendar)
          const due = time.add(from, first)
          expect(time.between(from, due)).toBe(first)
          expect(time.between(from, due - 1)).toBe(first - 1)
          // In two parts as in one.
          expect(time.add(due, second)).toBe(time.add(from, first + second))
        },
      ),
      { seed: 88, numRuns: 150 },
    )
  })
})
