import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type CalendarDate } from '../../src-shared/domain/calendar-date.ts'
import { daysOf, withoutRanges } from '../../src-main/billing/date-ranges.ts'
import type { Proration } from '../../src-main/billing/proration.ts'
import { dueOf } from '../../src-main/billing/rules.ts'
import type { Interval } from '../../src-main/billing/schedule.ts'
import type { SubscriptionFacts } from '../../src-main/billing/subscription-facts.ts'
import { factsOf, issued, on, told, versionOf } from '../support/billing-facts.ts'

const seed = { seed: 20_261_123, numRuns: 150 }

const dayOf = (day: number) => ({ kind: 'billing-day', day }) as const

describe('discounts on a plan', () => {
  const discount = {
    name: 'Hello',
    fromOn: on('2026-05-01'),
    untilOn: on('2026-07-01'),
    cycles: null,
  }

  test('hold by date; an amount off a period is off its parts in proportion', () => {
    const plan = versionOf({
      from: '2026-05-16',
      price: 31_000,
      align: dayOf(1),
      discounts: [{ ...discount, reduction: { kind: 'amount', minor: 3_100 } }],
    })
    expect(told(dueOf(factsOf([plan]), on('2026-07-01')))).toEqual([
      '2026-05-16→2026-06-01 144.00',
      '2026-06-01→2026-07-01 279.00',
      '2026-07-01→2026-08-01 310.00',
    ])
  })

  test('of a promotion hold for so many cycles of who began between its dates', () => {
    const promotion = {
      ...discount,
      cycles: 2,
      reduction: { kind: 'percent', ppm: 500_000 },
    } as const
    const amounts = (from: string): readonly number[] =>
      dueOf(
        factsOf([versionOf({ from, price: 10_000, discounts: [promotion] })]),
        on('2026-10-01'),
      ).charges.map(({ amount }) => amount)
    expect(amounts('2026-06-30')).toEqual([5_000, 5_000, 10_000, 10_000])
    expect(amounts('2026-07-01')).toEqual([10_000, 10_000, 10_000, 10_000])
  })

  test('stand in the explanation with the number of the cycle', () => {
    const promotion = {
      ...discount,
      cycles: 2,
      reduction: { kind: 'percent', ppm: 500_000 },
    } as const
    const plan = versionOf({ from: '2026-06-01', price: 10_000, discounts: [promotion] })
    const notes = dueOf(factsOf([plan]), on('2026-07-01')).charges.map(
      ({ explanation }) => explanation.discounts,
    )
    expect(notes).toMatchObject([
      [{ name: 'Hello', minor: 5_000, cycle: 1, cycles: 2 }],
      [{ cycle: 2 }],
    ])
  })
})

describe('billing at any days, whatever happens between', () => {
  const start = on('2026-01-15')
  const some = fc.record({
    price: fc.integer({ min: 0, max: 1_000_000 }),
    interval: fc.constantFrom<Interval>('month', '30d', 'quarter', 'week'),
    proration: fc.constantFrom<Proration>('actual', 'fixed30'),
    mode: fc.constantFrom('advance', 'arrears'),
    day: fc.integer({ min: 1, max: 31 }),
    runs: fc.array(fc.nat(300), { minLength: 1, maxLength: 5 }),
    change: fc.option(fc.nat(280), { nil: null }),
    pause: fc.option(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 60 })), { nil: null }),
    end: fc.option(fc.nat(300), { nil: null }),
  })

  test('covers each chargeable day once, without a hole, and a second run adds nothing (invariants 8, 24)', () => {
    fc.assert(
      fc.property(some, ({ price, interval, proration, mode, day, runs, change, pause, end }) => {
        const at = (days: number): CalendarDate => addDays(start, days)
        const first = versionOf({
          from: start,
          name: 'A',
          price,
          interval,
          proration,
          mode: mode === 'advance' ? 'advance' : 'arrears',
          align: dayOf(day),
        })
        const second =
          change === null
            ? []
            : [
                {
                  ...first,
                  planVersionId: 'B',
                  planName: 'B',
                  price: price * 2,
                  fromOn: at(change + 1),
                },
              ]
        const facts = factsOf([first, ...second], {
          absences:
            pause === null
              ? []
              : [{ kind: 'pause', startOn: at(pause[0]), endOn: at(pause[0] + pause[1]) }],
          endsOn: end === null ? null : at(end),
        })
        const days = [...runs, 301].toSorted((a, b) => a - b)
        let now = facts
        for (const dayOfRun of days) {
          const due = dueOf(now, at(dayOfRun))
          now = issued(now, due)
          const again = dueOf(now, at(dayOfRun))
          expect([again.charges, again.credits]).toEqual([[], []])
        }
        const { throughOn } = dueOf(now, at(301))
        const through = throughOn ?? start
        // Covered exactly: every day from the start that is not paused, none of them twice.
        const paused = facts.absences.map(({ startOn, endOn }) => ({
          start: startOn,
          end: endOn ?? through,
        }))
        const wanted = withoutRanges({ start, end: through }, paused)
        const ranges = now.billed.map(({ range }) => range)
        expect(daysOf(ranges)).toBe(daysOf(wanted))
        expect(wanted.flatMap((range) => withoutRanges(range, ranges))).toEqual([])
        for (const row of now.billed) expect(row.amount >= 0 && row.left >= 0).toBe(true)
      }),
      seed,
    )
  })

  test('gives back everything when it ends on the day it began (invariant 12)', () => {
    fc.assert(
      fc.property(
        some,
        fc.nat(30_000),
        ({ price, interval, proration, mode, day, runs }, extra) => {
          const plan = versionOf({
            from: start,
            price,
            interval,
            proration,
            mode: mode === 'advance' ? 'advance' : 'arrears',
            align: dayOf(day),
            extras: [{ code: 'ip', name: 'Fixed address', price: extra }],
            discounts: [
              {
                name: 'Hello',
                reduction: { kind: 'percent', ppm: 333_333 },
                fromOn: start,
                untilOn: null,
                cycles: 2,
              },
            ],
          })
          const facts = factsOf([plan])
          const days = runs.toSorted((a, b) => a - b).map((of) => addDays(start, of))
          const billed = days.reduce((now, of) => issued(now, dueOf(now, of)), facts)
          const charged = billed.billed.reduce((sum, { amount }) => sum + amount, 0)
          const due = dueOf({ ...billed, endsOn: start }, days.at(-1) ?? start)
          expect(due.charges).toEqual([])
          expect(due.credits.reduce((sum, { amount }) => sum + amount, 0)).toBe(charged)
        },
      ),
      seed,
    )
  })

  test('comes to the same money in one run as in many, where nothing was given back', () => {
    fc.assert(
      fc.property(some, ({ price, interval, proration, day, runs }) => {
        const facts = factsOf([
          versionOf({ from: start, price, interval, proration, align: dayOf(day) }),
        ])
        const last = addDays(start, 301)
        const total = ({ billed }: SubscriptionFacts): number =>
          billed.reduce((sum, { amount }) => sum + amount, 0)
        const many = runs
          .toSorted((a, b) => a - b)
          .reduce((now, days) => issued(now, dueOf(now, addDays(start, days))), facts)
        expect(total(issued(many, dueOf(many, last)))).toBe(
          total(issued(facts, dueOf(facts, last))),
        )
      }),
      seed,
    )
  })
})
