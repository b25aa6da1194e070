import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  debtOf,
  decide,
  interestOf,
  problemsOf,
  staysCut,
  type DunningCase,
  type DunningPolicy,
  type DunningStage,
  type OwedDocument,
} from '../../src-main/billing/dunning/rules.ts'
import type { DunningAction } from '../../src-shared/contract/billing-dunning-model.ts'
import { addDays, calendarDate, dayNumber } from '../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'

const euro = currencyCode('EUR')
const dollar = currencyCode('USD')

const stage = (
  offsetDays: number,
  action: DunningAction,
  over: Partial<DunningStage> = {},
): DunningStage => ({ offsetDays, action, minimum: {}, attempts: 1, gapDays: 0, ...over })

const always = { weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 0, toMinute: 1440, closedOn: [] }

const policy = (
  stages: readonly DunningStage[],
  over: Partial<DunningPolicy> = {},
): DunningPolicy => ({
  basis: 'due',
  stages,
  suspendTimes: always,
  warnedDays: null,
  ...over,
})

const nothingDone: DunningCase = {
  currency: euro,
  done: [],
  promiseOn: null,
  frozenReason: null,
  suspendNotBefore: null,
  neverSuspend: false,
  isCut: false,
}

const owed = (dueOn: string, open = 10_000, over: Partial<OwedDocument> = {}): OwedDocument => ({
  issuedOn: calendarDate(dueOn),
  dueOn: calendarDate(dueOn),
  open,
  isDisputed: false,
  ...over,
})

const at = (on: string, minute = 600) => ({ on: calendarDate(on), minute })

/** Runs every day and notes what was done, as the worker does. */
const everyDay = (
  rules: DunningPolicy,
  documents: readonly OwedDocument[],
  from: string,
  days: number,
  start: Partial<DunningCase> = {},
): readonly string[] => {
  let state: DunningCase = { ...nothingDone, ...start }
  const done: string[] = []
  for (let day = 0; day < days; day++) {
    const on = addDays(calendarDate(from), day)
    const decision = decide(rules, state, documents, 0, { on, minute: 600 })
    if (decision.kind !== 'act') continue
    done.push(`${on} ${decision.action}`)
    state = {
      ...state,
      done: [...state.done, { stage: decision.stage, on }],
      isCut: state.isCut || decision.action === 'suspend',
    }
  }
  return done
}

test('D01: stages by the age of the oldest unpaid document', () => {
  const rules = policy([stage(30, 'remind'), stage(40, 'suspend'), stage(50, 'final-notice')])
  expect(everyDay(rules, [owed('2012-05-31')], '2012-05-31', 90)).toEqual([
    '2012-06-30 remind',
    '2012-07-10 suspend',
    '2012-07-20 final-notice',
  ])
})

test('due on the 15th, cut on the 16th', () => {
  const rules = policy([stage(1, 'suspend')])
  expect(everyDay(rules, [owed('2026-01-15')], '2026-01-10', 10)).toEqual(['2026-01-16 suspend'])
})

test('D09: per currency, thresholds, two attempts, more than two days between', () => {
  const rules = policy([
    stage(0, 'remind', { minimum: { EUR: 15_000, USD: 10_000 }, attempts: 2, gapDays: 2 }),
  ])
  const cases = { EUR: { ...nothingDone }, USD: { ...nothingDone, currency: dollar } }
  const told: string[] = []
  for (const day of ['03', '05', '06', '09', '12']) {
    for (const code of ['EUR', 'USD'] as const) {
      // Ten more euros were owed from the evening of the fifth on.
      const euros = day >= '06' ? 15_900 : 14_900
      const documents = [owed('2025-01-01', code === 'EUR' ? euros : 12_000)]
      const decision = decide(rules, cases[code], documents, 0, at(`2025-01-${day}`))
      if (decision.kind !== 'act') continue
      told.push(`${Number(day)}: ${code}#${decision.attempt}`)
      const done = [...cases[code].done, { stage: 0, on: calendarDate(`2025-01-${day}`) }]
      cases[code] = { ...cases[code], done }
    }
  }
  expect(told).toEqual(['3: USD#1', '6: EUR#1', '6: USD#2', '9: EUR#2'])
  // And then it is over.
  const after = decide(rules, cases.EUR, [owed('2025-01-01', 15_900)], 0, at('2025-01-12'))
  expect(after).toMatchObject({ kind: 'waits', nextOn: null })
})

const usual = policy(
  [stage(3, 'remind'), stage(7, 'warn'), stage(14, 'suspend'), stage(30, 'final-notice')],
  { warnedDays: 5 },
)

test('nothing is owed on the very day it is due, nor what is disputed or covered by credit', () => {
  const on = calendarDate('2026-01-10')
  expect(debtOf(usual, [owed('2026-01-10')], 0, on)).toBeNull()
  expect(debtOf(usual, [owed('2026-01-01', 100, { isDisputed: true })], 0, on)).toBeNull()
  expect(debtOf(usual, [owed('2026-01-01', 100)], 100, on)).toBeNull()
  // Credit settles the oldest: the age is that of what is left.
  expect(debtOf(usual, [owed('2026-01-01', 100), owed('2026-01-05', 100)], 100, on)).toEqual({
    minor: 100,
    oldestOn: '2026-01-05',
    dueOn: '2026-01-05',
    ageDays: 5,
  })
})

test('a promise and a freeze stop everything, and say until when and why', () => {
  const documents = [owed('2026-01-01')]
  const promised = { ...nothingDone, promiseOn: calendarDate('2026-01-20') }
  expect(decide(usual, promised, documents, 0, at('2026-01-20'))).toMatchObject({
    kind: 'promised',
    until: '2026-01-20',
  })
  expect(decide(usual, promised, documents, 0, at('2026-01-21')).kind).toBe('act')
  const frozen = { ...nothingDone, frozenReason: 'the meter is checked' }
  expect(decide(usual, frozen, documents, 0, at('2026-03-01'))).toMatchObject({
    kind: 'frozen',
    reason: 'the meter is checked',
  })
})

test('a clinic is never cut, and a person sees that it would have been', () => {
  const state = {
    ...nothingDone,
    neverSuspend: true,
    done: [{ stage: 1, on: calendarDate('2026-01-08') }],
  }
  expect(decide(usual, state, [owed('2026-01-01')], 0, at('2026-01-16'))).toMatchObject({
    kind: 'held',
    because: 'never-suspend',
    stage: 2,
  })
})

test('nobody is cut unwarned: after a long sleep the warning goes out first, the cut waits its days', () => {
  expect(everyDay(usual, [owed('2026-01-01')], '2026-01-20', 30)).toEqual([
    '2026-01-20 warn',
    '2026-01-25 suspend',
    '2026-01-31 final-notice',
  ])
  const first = decide(usual, nothingDone, [owed('2026-01-01')], 0, at('2026-01-20'))
  expect(first).toMatchObject({ kind: 'act', skipped: [0] })
  const warned = { ...nothingDone, done: [{ stage: 1, on: calendarDate('2026-01-20') }] }
  expect(decide(usual, warned, [owed('2026-01-01')], 0, at('2026-01-22'))).toMatchObject({
    kind: 'later',
    because: 'warned-too-late',
    on: '2026-01-25',
  })
})

test('lines are cut at the hours and on the days that the policy allows', () => {
  const rules = policy([stage(1, 'suspend')], {
    suspendTimes: {
      weekdays: [1, 2, 3, 4],
      fromMinute: 9 * 60,
      toMinute: 15 * 60,
      closedOn: [calendarDate('2026-01-05')],
    },
  })
  const of = (on: string, minute: number) =>
    decide(rules, nothingDone, [owed('2025-12-20')], 0, at(on, minute))
  // Friday 2 January; Monday the 5th is closed.
  expect(of('2026-01-02', 600)).toMatchObject({ kind: 'later', because: 'hours', on: '2026-01-06' })
  expect(of('2026-01-06', 539)).toMatchObject({ kind: 'later', on: '2026-01-06' })
  expect(of('2026-01-06', 540).kind).toBe('act')
  expect(of('2026-01-06', 899).kind).toBe('act')
  expect(of('2026-01-06', 900)).toMatchObject({ kind: 'later', on: '2026-01-07' })
})

test('a later day that staff set wins; an earlier one changes nothing', () => {
  const rules = policy([stage(10, 'suspend')])
  const documents = [owed('2026-01-01')]
  const later = { ...nothingDone, suspendNotBefore: calendarDate('2026-01-20') }
  expect(decide(rules, later, documents, 0, at('2026-01-11'))).toMatchObject({
    kind: 'later',
    because: 'moved',
    on: '2026-01-20',
  })
  const sooner = { ...nothingDone, suspendNotBefore: calendarDate('2026-01-05') }
  expect(decide(rules, sooner, documents, 0, at('2026-01-06'))).toMatchObject({
    kind: 'waits',
    nextOn: '2026-01-11',
  })
})

test('a policy that cannot be kept is refused with each of its faults', () => {
  expect(problemsOf(policy([]))).toEqual([{ code: 'no-stages' }])
  expect(problemsOf(policy([stage(5, 'remind'), stage(5, 'warn')]))).toEqual([
    { code: 'offsets-not-ascending', stage: 1 },
  ])
  expect(problemsOf(policy([stage(1, 'remind', { attempts: 0 })]))).toEqual([
    { code: 'bad-number', stage: 0 },
  ])
  expect(problemsOf(policy([stage(1, 'suspend')], { warnedDays: 3 }))).toEqual([
    { code: 'no-warning-before-suspend', stage: 0 },
  ])
  const closed = { ...always, weekdays: [] }
  expect(problemsOf(policy([stage(1, 'suspend')], { suspendTimes: closed }))).toEqual([
    { code: 'no-suspend-times' },
  ])
  expect(problemsOf(usual)).toEqual([])
})

test('interest is simple, of 365 days, rounded once', () => {
  expect(interestOf(100_000, 120_000, 365)).toBe(12_000)
  expect(interestOf(100_000, 120_000, 31)).toBe(1019)
  expect(interestOf(100_000, 120_000, 0)).toBe(0)
})

test('whatever happened: no cut without debt, never a stage twice, never under its minimum', () => {
  const day = fc
    .integer({ min: 0, max: 60 })
    .map((days) => addDays(calendarDate('2026-01-01'), days))
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          dueOn: day,
          open: fc.integer({ min: 0, max: 5000 }),
          isDisputed: fc.boolean(),
        }),
        {
          maxLength: 4,
        },
      ),
      fc.integer({ min: 0, max: 6000 }),
      fc.array(day, { maxLength: 3 }),
      day,
      (documents, credit, warnedOn, today) => {
        const rules = policy(
          [stage(2, 'remind'), stage(9, 'suspend', { minimum: { EUR: 1000 } })],
          {
            warnedDays: 3,
          },
        )
        const all = documents.map((one) => ({ ...one, issuedOn: one.dueOn }))
        const done = warnedOn.map((on) => ({ stage: 0, on }))
        const decision = decide(rules, { ...nothingDone, done }, all, credit, {
          on: today,
          minute: 0,
        })
        if (decision.kind !== 'act') return
        const owing = all
          .filter((one) => !one.isDisputed && one.dueOn < today)
          .reduce((sum, { open }) => sum + open, -credit)
        expect(owing).toBeGreaterThan(0)
        expect(decision.debt.minor).toBe(owing)
        if (decision.action === 'suspend') {
          expect(owing).toBeGreaterThanOrEqual(1000)
          expect(warnedOn.some((on) => dayNumber(today) - dayNumber(on) >= 3)).toBe(true)
        } else expect(done).toEqual([])
      },
    ),
    { seed: 11, numRuns: 500 },
  )
})

test('a cut that could not be made is made up for, whatever stage has come since', () => {
  const rules = policy([stage(7, 'warn'), stage(14, 'suspend'), stage(30, 'final-notice')])
  // Asleep from the warning until the day of the last notice: the line goes off, then the notice.
  const done = [{ stage: 0, on: calendarDate('2026-01-08') }]
  const first = decide(rules, { ...nothingDone, done }, [owed('2026-01-01')], 0, at('2026-02-05'))
  expect(first).toMatchObject({ kind: 'act', action: 'suspend', stage: 1 })
  const cut = {
    ...nothingDone,
    isCut: true,
    done: [...done, { stage: 1, on: calendarDate('2026-02-05') }],
  }
  expect(decide(rules, cut, [owed('2026-01-01')], 0, at('2026-02-05')).kind).toBe('waits')
  expect(decide(rules, cut, [owed('2026-01-01')], 0, at('2026-02-06'))).toMatchObject({
    kind: 'act',
    action: 'final-notice',
  })
  // A clinic gets its notice all the same.
  const clinic = { ...nothingDone, done, neverSuspend: true }
  expect(decide(rules, clinic, [owed('2026-01-01')], 0, at('2026-02-05'))).toMatchObject({
    kind: 'act',
    action: 'final-notice',
  })
})

test('switched on again by a promise that was not kept, the line is cut again', () => {
  const rules = policy([stage(14, 'suspend'), stage(30, 'final-notice')])
  const state = {
    ...nothingDone,
    promiseOn: calendarDate('2026-01-25'),
    done: [{ stage: 0, on: calendarDate('2026-01-15') }],
  }
  const documents = [owed('2026-01-01')]
  expect(decide(rules, state, documents, 0, at('2026-01-25')).kind).toBe('promised')
  expect(decide(rules, state, documents, 0, at('2026-01-26'))).toMatchObject({
    kind: 'act',
    action: 'suspend',
    attempt: 2,
  })
})

test('a clock that went back does nothing before the day on which something was done', () => {
  const rules = policy([stage(3, 'remind', { attempts: 3 }), stage(7, 'warn')])
  const state = { ...nothingDone, done: [{ stage: 1, on: calendarDate('2026-01-09') }] }
  expect(decide(rules, state, [owed('2026-01-01')], 0, at('2026-01-05')).kind).toBe('waits')
})

test('a part that is paid brings the line back when what is left is young or small', () => {
  const rules = policy([stage(14, 'suspend', { minimum: { EUR: 1000 } })])
  const on = calendarDate('2026-02-01')
  const stays = (...documents: OwedDocument[]) =>
    staysCut(rules, nothingDone, debtOf(rules, documents, 0, on))
  expect(stays(owed('2026-01-01'), owed('2026-01-25'))).toBe(true)
  expect(stays(owed('2026-01-25'))).toBe(false)
  expect(stays(owed('2026-01-01', 999))).toBe(false)
  expect(stays()).toBe(false)
})
