import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dateOfDayNumber, daysBetween } from '../../src-shared/domain/calendar-date.ts'
import {
  dayShare,
  pieceOfPrice,
  prorate,
  type Proration,
} from '../../src-main/billing/proration.ts'
import {
  createSchedule,
  periodHolding,
  piecesOf,
  type Alignment,
  type Interval,
  type Piece,
} from '../../src-main/billing/schedule.ts'
import { on } from '../support/billing-facts.ts'

const seed = { seed: 20_261_123, numRuns: 300 }

/** The factor of a fragment, 9 decimals. */
const factor = (
  start: string,
  end: string,
  aligned: 'leading' | 'trailing',
  proration: 'actual' | 'fixed30',
  fixedMonth?: number,
): string => {
  const anchor = on(aligned === 'leading' ? end : start)
  const schedule = createSchedule('month', anchor, { kind: 'anniversary' })
  const range = { start: on(start), end: on(end) }
  const period = periodHolding(schedule, range.start)
  const { days, of } = dayShare(range, period, 'month', proration, fixedMonth)
  return (days / of).toFixed(9)
}

describe('a fragment', () => {
  const pairs = [
    ['2023-05-23', '2023-06-15', '0.741935484'],
    ['2023-06-23', '2023-07-15', '0.733333333'],
    ['2023-02-23', '2023-03-15', '0.714285714'],
    ['2024-02-23', '2024-03-15', '0.724137931'],
  ] as const
  test.each(pairs)(
    'B01, B05 actual/actual: %s→%s is %s of its month, leading and trailing',
    (start, end, expected) => {
      expect(factor(start, end, 'leading', 'actual')).toBe(expected)
      expect(factor(start, end, 'trailing', 'actual')).toBe(expected)
    },
  )

  test.each(pairs)('B09 fixed 30 days: %s→%s is 22 days', (start, end) => {
    expect(factor(start, end, 'leading', 'fixed30')).toBe('0.733333333')
    expect(factor(start, end, 'trailing', 'fixed30')).toBe('0.733333333')
    expect(factor(start, end, 'leading', 'fixed30', 28)).toBe((20 / 28).toFixed(9))
  })

  /** Factors of all pieces from start to what is due, in advance. */
  const pieces = (start: string, end: string, day: number): readonly string[] =>
    piecesOf(createSchedule('month', on(start), { kind: 'billing-day', day }), {
      start: on(start),
      end: on(end),
    }).map(({ range, period, whole }) =>
      whole
        ? '1'
        : `${daysBetween(range.start, range.end)}/${daysBetween(period.start, period.end)}`,
    )

  test('B13 actual/actual: start 2011-02-01, day 13', () => {
    expect(pieces('2011-02-01', '2011-02-13', 13)).toEqual(['12/31'])
    expect(pieces('2011-02-01', '2011-03-13', 13)).toEqual(['12/31', '1'])
    expect(pieces('2011-02-01', '2011-05-13', 13)).toEqual(['12/31', '1', '1', '1'])
  })

  test('B17 actual/actual: another plan with another billing day', () => {
    expect(pieces('2011-01-31', '2011-03-10', 7)).toEqual(['7/31', '1', '3/31'])
    expect(pieces('2011-03-10', '2011-05-15', 15)).toEqual(['5/28', '1', '1'])
  })

  const piece = (start: string, end: string, interval: Interval, align: Alignment): Piece => {
    const [first] = piecesOf(createSchedule(interval, on(start), align), {
      start: on(start),
      end: on(end),
    })
    if (first === undefined) throw new Error('no piece')
    return first
  }

  test('C01 fixed 30 days: 19.95 a month, 8 days of a long and of a short month', () => {
    for (const month of ['05', '06']) {
      const part = piece(`2023-${month}-15`, `2023-${month}-23`, 'month', {
        kind: 'billing-day',
        day: 23,
      })
      expect(pieceOfPrice(1995, part, 'month', 'fixed30')).toBe(532)
    }
  })

  test('C11 actual/actual, an exact half: 29.95 for half of a February', () => {
    const part = piece('2017-02-15', '2017-03-01', 'month', { kind: 'calendar' })
    expect(pieceOfPrice(2995, part, 'month', 'actual')).toBe(1498)
  })

  test('C21 a calendar year that began on 15 March costs 292 of 365 days', () => {
    const part = piece('2022-03-15', '2023-01-01', 'year', { kind: 'calendar' })
    expect(pieceOfPrice(10_000, part, 'year', 'actual')).toBe(8000)
  })

  test('costs all of it where the plan charges what has begun', () => {
    const part = piece('2017-02-28', '2017-03-01', 'month', { kind: 'calendar' })
    expect(pieceOfPrice(2995, part, 'month', 'none')).toBe(2995)
  })
})

describe('a price over days', () => {
  const policies: readonly Proration[] = ['actual', 'fixed30', 'none']
  const some = fc.record({
    start: fc.integer({ min: 730_000, max: 745_000 }).map(dateOfDayNumber),
    interval: fc.constantFrom<Interval>('week', '30d', 'month', 'quarter', 'year'),
    price: fc.integer({ min: 0, max: 500_000_000 }),
    proration: fc.constantFrom(...policies),
    cuts: fc.array(fc.nat(400), { maxLength: 4 }),
  })

  test('costs exactly the price however a period is cut, and never less than nothing (invariants 10, 11)', () => {
    fc.assert(
      fc.property(some, ({ start, interval, price, proration, cuts }) => {
        const schedule = createSchedule(interval, start, { kind: 'anniversary' })
        const period = periodHolding(schedule, start)
        const length = daysBetween(period.start, period.end)
        const places = [...new Set([0, ...cuts.map((cut) => cut % length), length])].toSorted(
          (a, b) => a - b,
        )
        const parts = places.slice(1).map((end, index): Piece => ({
          range: { start: addDays(start, places[index] ?? 0), end: addDays(start, end) },
          period,
          whole: false,
        }))
        const prices = prorate(price, parts, interval, proration)
        expect(prices.reduce((sum, { minor }) => sum + minor, 0)).toBe(price)
        for (const { minor } of prices) expect(minor >= 0 && minor <= price).toBe(true)
        // Cut once and charged apart: at most a unit more or less.
        const [first, ...rest] = parts
        if (first !== undefined && rest.length === 1 && proration !== 'none') {
          const apart = parts.map((part) => pieceOfPrice(price, part, interval, proration))
          expect(
            Math.abs(apart.reduce((sum, minor) => sum + minor, 0) - price),
          ).toBeLessThanOrEqual(1)
        }
      }),
      seed,
    )
  })

  test('never falls as days are added (invariant 11)', () => {
    fc.assert(
      fc.property(some, fc.nat(364), ({ start, interval, price, proration }, from) => {
        const schedule = createSchedule(interval, start, { kind: 'anniversary' })
        const period = periodHolding(schedule, addDays(start, from))
        let before = 0
        for (let end = addDays(period.start, 1); end <= period.end; end = addDays(end, 7)) {
          const part = { range: { start: period.start, end }, period, whole: end === period.end }
          const minor = pieceOfPrice(price, part, interval, proration)
          expect(minor >= before && minor <= price).toBe(true)
          before = minor
        }
      }),
      { ...seed, numRuns: 60 },
    )
  })
})
