import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  dateOfDayNumber,
  dateParts,
  daysInMonth,
} from '../../src-shared/domain/calendar-date.ts'
import { dueDate, type PaymentTerms } from '../../src-main/billing/payment-terms.ts'
import {
  billDate,
  createSchedule,
  dueThrough,
  nextBillDate,
  periodHolding,
  periodIndex,
  piecesOf,
  wholePeriods,
  type Interval,
} from '../../src-main/billing/schedule.ts'
import { on } from '../support/billing-facts.ts'

const seed = { seed: 20_261_123, numRuns: 300 }
const someDay = fc.integer({ min: 730_000, max: 745_000 }).map(dateOfDayNumber)
const someInterval = fc.constantFrom<Interval>(
  'week',
  '30d',
  'month',
  'quarter',
  'half-year',
  'year',
)
const someSchedule = fc
  .tuple(someDay, someInterval, fc.integer({ min: 0, max: 32 }))
  .map(([start, interval, day]) =>
    createSchedule(
      interval,
      start,
      day === 0
        ? { kind: 'anniversary' }
        : day === 32
          ? { kind: 'calendar' }
          : { kind: 'billing-day', day },
    ),
  )

describe('an anchor', () => {
  test('is refused for a day that no month has', () => {
    for (const day of [0, 32, 1.5, Number.NaN])
      expect(() => createSchedule('month', on('2026-01-01'), { kind: 'billing-day', day })).toThrow(
        RangeError,
      )
  })

  const firstBillDates: readonly (readonly [string, string, number, Interval, string])[] = [
    ['A01', '2012-01-16', 17, 'month', '2012-01-17'],
    ['A01', '2012-01-16', 17, 'year', '2012-01-17'],
    ['A05', '2012-07-16', 15, 'month', '2012-08-15'],
    ['a short month', '2012-02-16', 30, 'month', '2012-02-29'],
    ['the day is past: a month later', '2012-01-31', 30, 'month', '2012-02-29'],
    ['the day is past: a year later', '2012-01-31', 30, 'year', '2013-01-30'],
    ['the day is past: a quarter later', '2012-02-16', 14, 'quarter', '2012-05-14'],
    ['the day itself', '2012-03-03', 3, 'month', '2012-03-03'],
    ['30 days have no billing day', '2012-01-16', 17, '30d', '2012-01-16'],
  ]
  test.each(firstBillDates)(
    'billing day, %s: from %s on day %i each %s',
    (_, start, day, interval, first) => {
      const schedule = createSchedule(interval, on(start), { kind: 'billing-day', day })
      expect(billDate(schedule, 0)).toBe(first)
    },
  )

  test('A09: on the last day of a short month, day 31, is billed through the next 31st', () => {
    const schedule = createSchedule('month', on('2012-04-30'), { kind: 'billing-day', day: 31 })
    const at = on('2012-04-30')
    expect(dueThrough({ schedule, mode: 'advance', startsOn: at, asOf: at })).toBe('2012-05-31')
  })

  test('A13: of 31 January comes back to the 31st after each short month', () => {
    for (const [year, february] of [
      ['2023', '28'],
      ['2024', '29'],
    ] as const) {
      const schedule = createSchedule('month', on(`${year}-01-31`), { kind: 'anniversary' })
      expect([1, 2, 3].map((n) => billDate(schedule, n))).toEqual([
        `${year}-02-${february}`,
        `${year}-03-31`,
        `${year}-04-30`,
      ])
    }
  })

  test('A17: monthly anniversary in arrears, from 2019-04-30, billed on 2020-03-30', () => {
    const schedule = createSchedule('month', on('2019-04-30'), { kind: 'anniversary' })
    const through = dueThrough({
      schedule,
      mode: 'arrears',
      startsOn: on('2019-04-30'),
      asOf: on('2020-03-30'),
    })
    expect(through).toBe('2020-03-30')
    expect(periodHolding(schedule, addDays(on('2020-03-30'), -1))).toMatchObject({
      start: '2020-02-29',
      end: '2020-03-30',
    })
  })

  test('of the calendar begins with a week, month, quarter, half-year or year', () => {
    const first = (interval: Interval, start: string): string =>
      createSchedule(interval, on(start), { kind: 'calendar' }).anchorOn
    expect(first('week', '2026-11-24')).toBe('2026-11-30')
    expect(first('week', '2026-11-23')).toBe('2026-11-23')
    expect(first('month', '2026-11-23')).toBe('2026-12-01')
    expect(first('quarter', '2026-11-23')).toBe('2027-01-01')
    expect(first('half-year', '2026-06-30')).toBe('2026-07-01')
    expect(first('year', '2026-01-02')).toBe('2027-01-01')
    expect(first('year', '2026-01-01')).toBe('2026-01-01')
  })

  test('gives bill dates that depend on it and their number alone, in order (invariant 9)', () => {
    fc.assert(
      fc.property(someSchedule, fc.integer({ min: -40, max: 40 }), (schedule, n) => {
        const date = billDate(schedule, n)
        expect(date < billDate(schedule, n + 1)).toBe(true)
        expect(periodIndex(schedule, date)).toBe(n)
        expect(periodIndex(schedule, addDays(date, -1))).toBe(n - 1)
        if (schedule.interval === 'week' || schedule.interval === '30d') return
        const { year, month, day } = dateParts(date)
        expect(day).toBe(Math.min(schedule.anchorDay, daysInMonth(year, month)))
      }),
      seed,
    )
  })

  test('makes twelve months one year (invariant 10)', () => {
    fc.assert(
      fc.property(someDay, (start) => {
        const months = createSchedule('month', start, { kind: 'anniversary' })
        const years = createSchedule('year', start, { kind: 'anniversary' })
        expect(billDate(months, 12)).toBe(billDate(years, 1))
        expect(billDate(months, 48)).toBe(addMonths(start, 48))
      }),
      seed,
    )
  })
})

describe('periods', () => {
  test('A21: whole ones of 30 days and of a week', () => {
    const whole = (interval: Interval, ends: readonly string[]): readonly number[] =>
      ends.map((end) => wholePeriods(interval, { start: on('2012-07-16'), end: on(end) }))
    expect(whole('30d', ['2012-09-13', '2012-09-14', '2012-09-15'])).toEqual([1, 2, 2])
    expect(whole('week', ['2012-07-29', '2012-07-30', '2012-07-31'])).toEqual([1, 2, 2])
    expect(whole('month', ['2012-09-15', '2012-09-16', '2012-09-17'])).toEqual([1, 2, 2])
    expect(wholePeriods('month', { start: on('2017-01-31'), end: on('2017-03-31') })).toBe(2)
    expect(wholePeriods('month', { start: on('2017-01-31'), end: on('2017-01-01') })).toBe(0)
  })

  test('cut any range without a hole or an overlap, each piece in one period (invariant 8)', () => {
    fc.assert(
      fc.property(
        someSchedule,
        someDay,
        fc.integer({ min: 1, max: 900 }),
        (schedule, start, days) => {
          const end = addDays(start, days)
          const pieces = piecesOf(schedule, { start, end })
          expect(pieces[0]?.range.start).toBe(start)
          expect(pieces.at(-1)?.range.end).toBe(end)
          pieces.forEach(({ range, period, whole }, index) => {
            expect(range.start >= period.start && range.end <= period.end).toBe(true)
            expect(whole).toBe(range.start === period.start && range.end === period.end)
            if (index > 0) expect(pieces[index - 1]?.range.end).toBe(range.start)
          })
        },
      ),
      seed,
    )
  })

  const arrears: readonly (readonly [string, string | null, string, number, string | null])[] = [
    ['2012-01-16', null, '2012-01-16', 13, null],
    ['2012-01-16', null, '2012-02-13', 13, '2012-02-13'],
    ['2012-01-16', null, '2012-01-19', 25, null],
    ['2012-01-16', '2012-01-19', '2012-01-25', 25, '2012-01-19'],
    ['2012-01-16', '2012-01-20', '2012-01-25', 18, '2012-01-20'],
    ['2012-01-16', null, '2012-01-25', 18, '2012-01-18'],
    ['2012-01-16', '2012-01-28', '2012-01-25', 18, '2012-01-18'],
    ['2012-01-16', '2012-02-16', '2012-02-18', 18, '2012-02-16'],
  ]
  test.each(arrears)(
    'in arrears from %s to %s, seen on %s, day %i: through %s',
    (start, end, asOf, day, through) => {
      const schedule = createSchedule('month', on(start), { kind: 'billing-day', day })
      const endsOn = end === null ? null : on(end)
      expect(
        dueThrough({ schedule, mode: 'arrears', startsOn: on(start), endsOn, asOf: on(asOf) }),
      ).toBe(through)
    },
  )

  test('in advance: from the first day, to the end of the service at most, and some days early', () => {
    const schedule = createSchedule('month', on('2012-07-16'), { kind: 'anniversary' })
    const advance = { schedule, mode: 'advance', startsOn: on('2012-07-16') } as const
    expect(dueThrough({ ...advance, asOf: on('2012-07-15') })).toBeNull()
    expect(dueThrough({ ...advance, asOf: on('2012-08-16') })).toBe('2012-09-16')
    expect(dueThrough({ ...advance, endsOn: on('2012-09-15'), asOf: on('2012-08-16') })).toBe(
      '2012-09-15',
    )
    expect(dueThrough({ ...advance, endsOn: on('2012-07-16'), asOf: on('2012-08-16') })).toBeNull()
    expect(dueThrough({ ...advance, asOf: on('2012-08-06'), leadDays: 10 })).toBe('2012-09-16')
    expect(nextBillDate(schedule, on('2012-08-16'))).toBe('2012-09-16')
  })
})

describe('payment terms', () => {
  const dates = ['2019-01-01', '2019-01-15', '2019-01-31'].map(on)
  const due = (terms: PaymentTerms): readonly string[] => dates.map((date) => dueDate(date, terms))

  test('A25: a day of the month, strictly after the invoice, clamped', () => {
    for (const [from, to] of [
      ['2020-01-31', '2020-02-29'],
      ['2020-02-29', '2020-03-31'],
      ['2019-01-31', '2019-02-28'],
      ['2019-02-28', '2019-03-31'],
      ['2019-01-10', '2019-01-31'],
    ] as const)
      expect([from, dueDate(on(from), { kind: 'day-of-month', day: 31 })]).toEqual([from, to])
  })

  test('A29: the last day of this month; the first day of the next', () => {
    expect(due({ kind: 'end-of-month' })).toEqual(['2019-01-31', '2019-01-31', '2019-01-31'])
    expect(due({ kind: 'start-of-next-month' })).toEqual(['2019-02-01', '2019-02-01', '2019-02-01'])
  })

  test('days, with and without the end of a month', () => {
    expect(due({ kind: 'days', days: 0 })).toEqual(dates)
    expect(due({ kind: 'days', days: 30 })).toEqual(['2019-01-31', '2019-02-14', '2019-03-02'])
    expect(due({ kind: 'days-after-month-end', days: 15 })).toEqual([
      '2019-02-15',
      '2019-02-15',
      '2019-02-15',
    ])
    expect(due({ kind: 'months-after-month-end', months: 1 })).toEqual([
      '2019-02-28',
      '2019-02-28',
      '2019-02-28',
    ])
    expect(due({ kind: 'days-then-month-end', days: 30, day: 10 })).toEqual([
      '2019-02-10',
      '2019-03-10',
      '2019-04-10',
    ])
    expect(due({ kind: 'days-then-month-end', days: 30, day: 0 })).toEqual([
      '2019-01-31',
      '2019-02-28',
      '2019-03-31',
    ])
    expect(due({ kind: 'day-of-later-month', day: 31, months: 1 })).toEqual([
      '2019-02-28',
      '2019-02-28',
      '2019-02-28',
    ])
  })
})
