import { describe, expect, test } from 'vitest'
import { dueOf } from '../../src-main/billing/rules.ts'
import type { SubscriptionFacts } from '../../src-main/billing/subscription-facts.ts'
import { creditFrom, unusedCredit } from '../../src-main/billing/unused.ts'
import { factsOf, issued, on, told, versionOf } from '../support/billing-facts.ts'

/** Runs on each day in turn, and what the last of them told. */
const run = (facts: SubscriptionFacts, ...days: readonly string[]): SubscriptionFacts =>
  days.reduce((now, day) => issued(now, dueOf(now, on(day))), facts)

const dayOf = (day: number) => ({ kind: 'billing-day', day }) as const

describe('a change in the middle of a period', () => {
  test('C06 credits what was not used and charges the new plan up to its own bill date', () => {
    const home = versionOf({ from: '2016-05-01' })
    const before = run(factsOf([home]), '2016-05-01')
    const fast = versionOf({
      from: '2016-05-05',
      name: 'Home 100',
      price: 59_995,
      align: dayOf(10),
    })
    const changed = { ...before, versions: [home, fast] }
    const due = dueOf(changed, on('2016-05-05'))
    expect(told(due)).toEqual(['2016-05-05→2016-06-01 -217.70', '2016-05-05→2016-05-10 99.99'])
    expect(due.credits[0]?.explanation.why).toMatchObject({
      kind: 'credit',
      reason: 'changed',
      days: 27,
    })
    expect(due.charges[0]?.explanation.why).toMatchObject({ kind: 'days', days: 5, of: 30 })
    const next = dueOf(issued(changed, due), on('2016-05-10'))
    expect(told(next)).toEqual(['2016-05-10→2016-06-10 599.95'])
  })

  test('C16 of the period: a year gives all of it back on its first day', () => {
    const year = versionOf({ from: '2012-05-01', name: 'Year', price: 239_995, interval: 'year' })
    const before = run(factsOf([year]), '2012-05-01')
    const month = versionOf({ from: '2012-05-01' })
    expect(told(dueOf({ ...before, versions: [year, month] }, on('2012-05-01')))).toEqual([
      '2012-05-01→2013-05-01 -2399.95',
      '2012-05-01→2012-06-01 249.95',
    ])
  })

  test('that is still to come changes nothing before its day', () => {
    const home = versionOf({ from: '2026-05-01' })
    const fast = versionOf({
      from: '2026-05-13',
      name: 'Home 50',
      price: 50_000,
      schedule: home.schedule,
    })
    const facts = run(factsOf([home]), '2026-05-01')
    const planned = { ...facts, versions: [home, fast] }
    expect(told(dueOf(planned, on('2026-05-12')))).toEqual([])
    expect(told(dueOf(planned, on('2026-05-13')))).toEqual([
      '2026-05-13→2026-06-01 -153.20',
      '2026-05-13→2026-06-01 306.45',
    ])
  })

  test('in arrears waits for the bill date, and says in words that data can carry what was used', () => {
    const arrears = { mode: 'arrears' } as const
    const home = versionOf({ from: '2026-05-01', price: 31_000, ...arrears })
    const fast = versionOf({
      from: '2026-05-13',
      name: 'Home 50',
      price: 62_000,
      schedule: home.schedule,
      ...arrears,
    })
    const facts = factsOf([home, fast])
    expect(told(dueOf(facts, on('2026-05-31')))).toEqual([])
    const due = dueOf(facts, on('2026-06-01'))
    expect(told(due)).toEqual(['2026-05-01→2026-05-13 120.00', '2026-05-13→2026-06-01 380.00'])
    expect(due.summary).toEqual({
      days: 31,
      parts: [
        { name: 'Home 20', days: 12 },
        { name: 'Home 50', days: 19 },
      ],
    })
  })

  test('with a plan that is never prorated costs nothing before the next period', () => {
    const none = { proration: 'none' } as const
    const home = versionOf({ from: '2026-05-01', ...none })
    const fast = versionOf({
      from: '2026-05-13',
      name: 'Home 50',
      price: 50_000,
      schedule: home.schedule,
      ...none,
    })
    const facts = { ...run(factsOf([home]), '2026-05-01'), versions: [home, fast] }
    expect(told(dueOf(facts, on('2026-05-13')))).toEqual([])
    expect(told(dueOf(facts, on('2026-06-01')))).toEqual(['2026-06-01→2026-07-01 500.00'])
  })

  test('of the billing day alone leaves no hole and charges nothing twice (invariant 8)', () => {
    const home = versionOf({ from: '2026-05-01' })
    const moved = {
      ...home,
      fromOn: on('2026-06-01'),
      schedule: versionOf({ from: '2026-06-01', align: dayOf(10) }).schedule,
    }
    const facts = { ...run(factsOf([home]), '2026-05-01'), versions: [home, moved] }
    expect(told(dueOf(facts, on('2026-06-10')))).toEqual([
      '2026-06-01→2026-06-10 72.57',
      '2026-06-10→2026-07-10 249.95',
    ])
  })
})

describe('an end', () => {
  test('on the first day gives back everything, extras and the one-off with it (invariant 12)', () => {
    const home = versionOf({
      from: '2026-05-17',
      extras: [{ code: 'ip', name: 'Fixed address', price: 5_000 }],
    })
    const setUp = {
      code: 'install',
      name: 'Installation',
      price: 10_000,
      onOn: on('2026-05-17'),
      taxIncluded: false,
      taxCodes: [],
    }
    const facts = run(factsOf([home], { oneOffs: [setUp] }), '2026-05-17')
    expect(facts.billed.map(({ chargeKind, amount }) => [chargeKind, amount])).toEqual([
      ['plan', 24_995],
      ['extra:ip', 5_000],
      ['once:install', 10_000],
    ])
    const due = dueOf({ ...facts, endsOn: on('2026-05-17') }, on('2026-05-17'))
    expect(due.credits.map(({ amount }) => amount)).toEqual([24_995, 5_000, 10_000])
    expect(due.charges).toEqual([])
  })

  test('what brought a one-off, taken back on its day, gives the one-off back', () => {
    const home = versionOf({ from: '2026-05-01' })
    const install = {
      code: 'install',
      name: 'Installation',
      price: 10_000,
      onOn: on('2026-05-10'),
      taxIncluded: false,
      taxCodes: [],
    }
    const fast = versionOf({ from: '2026-05-10', name: 'Home 50', schedule: home.schedule })
    const before = run(factsOf([home, fast], { oneOffs: [install] }), '2026-05-01', '2026-05-10')
    // The same day he is back at the plan that he had, and the installation is not to be.
    const back = versionOf({ from: '2026-05-10', name: 'Home 20 b', schedule: home.schedule })
    const due = dueOf({ ...before, versions: [home, fast, back], oneOffs: [] }, on('2026-05-10'))
    expect(due.credits.filter(({ chargeKind }) => chargeKind === 'once:install')).toMatchObject([
      { amount: 10_000 },
    ])
    const after = issued({ ...before, versions: [home, fast, back], oneOffs: [] }, due)
    expect(told(dueOf(after, on('2026-05-10')))).toEqual([])
  })

  test('later keeps the one-off and the days that were used', () => {
    const setUp = {
      code: 'install',
      name: 'Installation',
      price: 10_000,
      onOn: on('2026-05-01'),
      taxIncluded: false,
      taxCodes: [],
    }
    const facts = run(
      factsOf([versionOf({ from: '2026-05-01', price: 31_000 })], { oneOffs: [setUp] }),
      '2026-05-01',
    )
    const due = dueOf({ ...facts, endsOn: on('2026-05-11') }, on('2026-05-11'))
    expect(told(due)).toEqual(['2026-05-11→2026-06-01 -210.00'])
    expect(due.credits[0]?.explanation.why).toMatchObject({ reason: 'ended', days: 21 })
    expect(due.credits[0]?.kept).toEqual([
      { range: { start: '2026-05-01', end: '2026-05-11' }, amount: 10_000 },
    ])
  })

  test('C26, C31 where the day of the end is charged, the credit begins the day after', () => {
    expect(creditFrom(on('2023-02-08'), 'charged')).toBe('2023-02-09')
    for (const [interval, price, invoice, credit] of [
      ['month', 5_000, 3_750, 3_571],
      ['week', 2_999, 2_999, 2_571],
    ] as const) {
      const align =
        interval === 'month' ? ({ kind: 'calendar' } as const) : ({ kind: 'anniversary' } as const)
      const plan = versionOf({ from: '2023-02-08', price, interval, align })
      const policy = { leadDays: 0, endDay: 'charged' } as const
      const first = dueOf(factsOf([plan]), on('2023-02-08'), policy)
      expect(first.charges.map(({ amount }) => amount)).toEqual([invoice])
      const ended = { ...issued(factsOf([plan]), first), endsOn: on('2023-02-08') }
      expect(dueOf(ended, on('2023-02-08'), policy).credits.map(({ amount }) => amount)).toEqual([
        credit,
      ])
    }
  })

  test('C01 at 30 fixed days keeps 8 of them', () => {
    const facts = run(
      factsOf([versionOf({ from: '2023-05-15', price: 1_995, proration: 'fixed30' })]),
      '2023-05-15',
    )
    const due = dueOf({ ...facts, endsOn: on('2023-05-23') }, on('2023-05-23'))
    expect(due.credits[0]?.kept[0]?.amount).toBe(532)
  })

  test('in arrears is billed at once', () => {
    const plan = versionOf({ from: '2026-05-01', price: 31_000, mode: 'arrears' })
    expect(told(dueOf(factsOf([plan], { endsOn: on('2026-05-11') }), on('2026-05-11')))).toEqual([
      '2026-05-01→2026-05-11 100.00',
    ])
  })

  test('of a plan that is never prorated gives nothing back after the first day', () => {
    const facts = run(factsOf([versionOf({ from: '2026-05-01', proration: 'none' })]), '2026-05-01')
    expect(told(dueOf({ ...facts, endsOn: on('2026-05-02') }, on('2026-05-02')))).toEqual([])
    expect(told(dueOf({ ...facts, endsOn: on('2026-05-01') }, on('2026-05-01')))).toEqual([
      '2026-05-01→2026-06-01 -249.95',
    ])
  })

  test('never gives back more than was left of the line', () => {
    const range = { start: on('2026-05-01'), end: on('2026-06-01') }
    const line = { range, amount: 31_000, left: 1_000, period: range }
    const late = { start: on('2026-05-11'), end: on('2026-06-01') }
    expect(unusedCredit(line, late, 'month', 'actual')).toBe(1_000)
    expect(unusedCredit(line, range, 'month', 'actual')).toBe(1_000)
    expect(unusedCredit(line, { start: range.end, end: range.end }, 'month', 'actual')).toBe(0)
    expect(() =>
      unusedCredit(line, { start: on('2026-04-30'), end: range.end }, 'month', 'actual'),
    ).toThrow(RangeError)
  })

  test('taken back charges again exactly what it had given', () => {
    const facts = run(factsOf([versionOf({ from: '2026-05-01', price: 24_993 })]), '2026-05-01')
    const ended = { ...facts, endsOn: on('2026-05-18') }
    const after = issued(ended, dueOf(ended, on('2026-05-18')))
    const again = { ...after, endsOn: null }
    const due = dueOf(again, on('2026-05-18'))
    const standing = after.billed.reduce((sum, { amount }) => sum + amount, 0)
    expect(standing + (due.charges[0]?.amount ?? 0)).toBe(24_993)
  })
})

describe('time without service', () => {
  const home = versionOf({ from: '2012-05-31', billWhileSuspended: false })
  const suspended = { kind: 'suspension', startOn: on('2012-07-10') } as const

  test('D05 suspended, then resumed and upgraded on one day', () => {
    const fast = versionOf({
      from: '2012-07-20',
      name: 'Home 100',
      price: 59_995,
      schedule: home.schedule,
      billWhileSuspended: false,
    })
    const facts = run(factsOf([home]), '2012-05-31', '2012-06-30')
    const resumed = {
      ...facts,
      versions: [home, fast],
      absences: [{ ...suspended, endOn: on('2012-07-20') }],
    }
    const due = dueOf(resumed, on('2012-07-20'))
    expect(told(due)).toEqual([
      '2012-07-10→2012-07-20 -80.63',
      '2012-07-20→2012-07-31 -88.69',
      '2012-07-20→2012-07-31 212.89',
    ])
    expect(due.credits.map(({ explanation }) => explanation.why)).toMatchObject([
      { reason: 'suspended', days: 10 },
      { reason: 'changed', days: 11 },
    ])
  })

  test('because of debt is charged or not as the plan says', () => {
    const facts = run(factsOf([home]), '2012-05-31', '2012-06-30')
    const off = { ...facts, absences: [{ ...suspended, endOn: null }] }
    expect(told(dueOf(off, on('2012-07-31')))).toEqual(['2012-07-10→2012-07-31 -169.32'])
    const billed = { ...off, versions: [{ ...home, billWhileSuspended: true }] }
    expect(told(dueOf(billed, on('2012-07-31')))).toEqual(['2012-07-31→2012-08-31 249.95'])
  })

  test('by wish is not charged, and what is left of the period is after it', () => {
    const plan = versionOf({ from: '2026-05-01', price: 31_000 })
    const pause = { kind: 'pause', startOn: on('2026-05-11') } as const
    const facts = run(factsOf([plan]), '2026-05-01')
    const paused = run(
      { ...facts, absences: [{ ...pause, endOn: null }] },
      '2026-05-11',
      '2026-06-01',
    )
    expect(told(dueOf(paused, on('2026-07-05')))).toEqual([])
    const back = { ...paused, absences: [{ ...pause, endOn: on('2026-06-16') }] }
    expect(told(dueOf(back, on('2026-06-16')))).toEqual(['2026-06-16→2026-07-01 155.00'])
  })

  test('that is known before is left out at once, and the parts make what the days cost', () => {
    const plan = versionOf({ from: '2026-05-01', price: 31_000 })
    const pause = { kind: 'pause', startOn: on('2026-05-11'), endOn: on('2026-05-21') } as const
    expect(told(dueOf(factsOf([plan], { absences: [pause] }), on('2026-05-01')))).toEqual([
      '2026-05-01→2026-05-11 100.00',
      '2026-05-21→2026-06-01 110.00',
    ])
  })

  test('of a trial costs nothing, and bill dates go on', () => {
    const plan = versionOf({ from: '2026-05-01', price: 31_000 })
    const facts = factsOf([plan], { trialUntilOn: on('2026-05-15') })
    expect(told(dueOf(facts, on('2026-05-10')))).toEqual(['2026-05-15→2026-06-01 170.00'])
    expect(dueOf(facts, on('2026-05-10')).throughOn).toBe('2026-06-01')
  })
})
