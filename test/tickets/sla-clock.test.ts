import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  slaClocks,
  type SlaClock,
  type SlaFact,
  type SlaMetric,
  type SlaTerms,
} from '../../src-main/tickets/sla-clock.ts'
import { ticketStates } from '../../src-shared/domain/ticket-state.ts'
import { always, berlinNine, promise } from './sla-facts.ts'

const minute = 60_000
const utc = (time: string): number => Date.parse(`2013-06-04T${time}:00Z`)
const at = (minutes: number): number => Date.parse('2026-11-23T00:00Z') + minutes * minute

const one = (facts: readonly SlaFact[], metric: SlaMetric): SlaClock =>
  slaClocks(facts).find((clock) => clock.metric === metric)!
const solution = (facts: readonly SlaFact[]): SlaClock => one(facts, 'solution')
const opened = (minutes: number, terms: SlaTerms | null): SlaFact => ({
  kind: 'opened',
  at: at(minutes),
  terms,
})
const state = (minutes: number, to: (typeof ticketStates)[number]): SlaFact => ({
  kind: 'state',
  at: at(minutes),
  to,
})
const said = (minutes: number, by: 'staff' | 'customer', internal = false): SlaFact => ({
  kind: 'message',
  at: at(minutes),
  by,
  internal,
})
const levels = (clock: SlaClock): [number, number][] =>
  clock.levels.map((level) => [level.level, (level.at - at(0)) / minute])

describe('the clock stands still while somebody else has to act', () => {
  it('S05: created 09:00, waiting 10:00 to 15:00, 120 min: the closing minute', () => {
    const clock = solution([
      { kind: 'opened', at: utc('09:00'), terms: promise(null, null, 120, berlinNine) },
      { kind: 'state', at: utc('10:00'), to: 'pending-customer' },
      { kind: 'state', at: utc('15:00'), to: 'open' },
    ])
    expect(clock).toMatchObject({ state: 'running', usedMs: 60 * minute, dueAt: utc('16:00') })
  })

  it.each([
    [120, '13:30', 90],
    [180, '14:30', 150],
    [240, '15:30', 210],
  ])('S09: waited, open for half an hour, waited, closed: %i min', (minutes, due, spare) => {
    const clock = solution([
      { kind: 'opened', at: utc('09:00'), terms: promise(null, null, minutes, berlinNine) },
      { kind: 'state', at: utc('09:00'), to: 'pending-vendor' },
      { kind: 'state', at: utc('10:30'), to: 'open' },
      { kind: 'state', at: utc('11:00'), to: 'pending-reminder' },
      { kind: 'state', at: utc('12:00'), to: 'closed' },
    ])
    expect(clock).toMatchObject({ state: 'met', dueAt: utc(due), metAt: utc('12:00') })
    expect(clock.usedMs).toBe(30 * minute)
    expect(clock.targetMs! - clock.usedMs).toBe(spare * minute)
    expect(clock.levels).toEqual([])
  })

  it('and nothing is due while it waits', () => {
    const clock = solution([opened(0, promise(null, null, 60)), state(30, 'pending-customer')])
    expect(clock).toMatchObject({ state: 'held', dueAt: null, levels: [], usedMs: 30 * minute })
  })
})

describe('the first response', () => {
  it('S13: is no internal note', () => {
    const clock = one(
      [
        { kind: 'opened', at: utc('20:49'), terms: promise(10, null, null) },
        { kind: 'message', at: utc('20:52'), by: 'staff', internal: true },
        { kind: 'message', at: utc('20:55'), by: 'staff', internal: false },
      ],
      'first-response',
    )
    expect(clock).toMatchObject({ state: 'met', metAt: utc('20:55'), dueAt: utc('20:59') })
  })

  it('is no word of the customer, and a note leaves the clock as it was', () => {
    const before = slaClocks([opened(0, promise(10, 20, 30))])
    expect(
      slaClocks([opened(0, promise(10, 20, 30)), said(0, 'customer'), said(0, 'staff', true)]),
    ).toEqual(before)
  })

  it('is not given by solving without a word', () => {
    const clock = one([opened(0, promise(10, null, null)), state(5, 'solved')], 'first-response')
    expect(clock).toMatchObject({ state: 'held', metAt: null })
  })
})

describe('levels', () => {
  const terms = promise(null, null, 100, always, [30, 60])

  it('lie ahead: three quarters, missed, and each escalation', () => {
    expect(levels(solution([opened(0, terms)]))).toEqual([
      [0, 75],
      [1, 100],
      [2, 130],
      [3, 160],
    ])
  })

  it('that were reached stay, each once, also when it was opened again', () => {
    const clock = solution([
      opened(0, terms),
      state(110, 'solved'),
      state(500, 'open'),
      state(505, 'pending-customer'),
      state(600, 'open'),
    ])
    expect(levels(clock)).toEqual([
      [0, 75],
      [1, 100],
      [2, 615],
      [3, 645],
    ])
    expect(clock).toMatchObject({ state: 'running', metAt: null, dueAt: at(100) })
  })

  it('are not reached by what is done at the very moment', () => {
    const clock = solution([opened(0, terms), state(100, 'solved')])
    expect(levels(clock)).toEqual([[0, 75]])
    expect(clock.dueAt).toBe(clock.metAt)
  })
})

describe('terms that change on the way', () => {
  it('hold what was counted against the new target', () => {
    const changed = (minutes: number): SlaClock =>
      solution([
        opened(0, promise(null, null, 100)),
        { kind: 'terms', at: at(50), terms: promise(null, null, minutes) },
      ])
    expect(changed(240).dueAt).toBe(at(240))
    const shorter = changed(40)
    expect(shorter).toMatchObject({ state: 'running', dueAt: at(50) })
    expect(levels(shorter)).toEqual([
      [0, 50],
      [1, 50],
    ])
  })

  it('count on by the other calendar, and promise nothing where there are none', () => {
    const changed = solution([
      { kind: 'opened', at: utc('15:00'), terms: promise(null, null, 120) },
      { kind: 'terms', at: utc('15:30'), terms: promise(null, null, 120, berlinNine) },
    ])
    // Half an hour is left of the day: the rest is worked the next morning, from 07:00 UTC.
    expect(changed.dueAt).toBe(utc('08:00') + 86_400_000)
    expect(
      solution([opened(0, promise(null, null, 10)), { kind: 'terms', at: at(5), terms: null }]),
    ).toMatchObject({ state: 'off', dueAt: null, usedMs: 5 * minute })
  })
})

describe('updates', () => {
  it('are promised from the first answer on, and begin anew with each', () => {
    const terms = promise(10, 60, null)
    expect(one([opened(0, terms)], 'update')).toMatchObject({ state: 'off', dueAt: null })
    expect(one([opened(0, terms), said(5, 'staff')], 'update')).toMatchObject({
      state: 'running',
      dueAt: at(65),
    })
    expect(
      one([opened(0, terms), said(5, 'staff'), said(50, 'staff'), said(55, 'customer')], 'update'),
    ).toMatchObject({ round: 2, dueAt: at(110) })
  })

  it('are promised at once where no first response is, and anew when it is opened again', () => {
    const terms = promise(null, 60, null)
    expect(one([opened(0, terms)], 'update').dueAt).toBe(at(60))
    expect(one([opened(0, terms), state(50, 'solved'), state(500, 'open')], 'update').dueAt).toBe(
      at(560),
    )
  })
})

const anyTerms = fc.constantFrom(
  null,
  promise(10, 60, 240, always, [10, 20]),
  promise(30, null, 120, berlinNine, [60]),
  promise(null, 45, 300, berlinNine),
)
const anyFact = fc.oneof(
  fc.record({ kind: fc.constant('state' as const), to: fc.constantFrom(...ticketStates) }),
  fc.record({ kind: fc.constant('terms' as const), terms: anyTerms }),
  fc.record({
    kind: fc.constant('message' as const),
    by: fc.constantFrom('staff' as const, 'customer' as const),
    internal: fc.boolean(),
  }),
)
const anyHistory = fc
  .tuple(anyTerms, fc.array(fc.tuple(fc.integer({ min: 0, max: 200 }), anyFact), { maxLength: 12 }))
  .map(([terms, rest]): SlaFact[] => {
    let minutes = 600
    return [
      opened(600, terms),
      ...rest.map(([gap, fact]) => ({ ...fact, at: at((minutes += gap)) }) as SlaFact),
    ]
  })

describe('in any history', () => {
  it('a level that was reached is reached at the same moment, whatever comes after', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 12 }), (facts, cut) => {
        const now = facts[Math.min(cut, facts.length - 1)]!.at
        for (const [index, before] of slaClocks(facts.slice(0, cut)).entries()) {
          const after = slaClocks(facts)[index]!
          if (after.round !== before.round) continue
          for (const { level, at: reached } of before.levels) {
            if (reached < now) {
              expect(after.levels).toContainEqual({ level, at: reached })
            }
          }
        }
      }),
      { seed: 33, numRuns: 150 },
    )
  })

  it('internal notes and words of the customer change nothing', () => {
    fc.assert(
      fc.property(anyHistory, (facts) => {
        const counted = facts.filter(
          (fact) => fact.kind !== 'message' || (fact.by === 'staff' && !fact.internal),
        )
        const strip = (clocks: readonly SlaClock[]) =>
          clocks.map((clock) => ({ ...clock, usedMs: 0 }))
        // What is used is told up to the last fact: the same of those that stand still.
        expect(strip(slaClocks(facts))).toEqual(strip(slaClocks(counted)))
      }),
      { seed: 34, numRuns: 150 },
    )
  })

  it('waiting and what is over never count', () => {
    fc.assert(
      fc.property(anyHistory, (facts) => {
        let ticking = 0
        let runs = true
        for (const [index, fact] of facts.entries()) {
          if (index > 0 && runs) ticking += fact.at - facts[index - 1]!.at
          if (fact.kind === 'state') runs = fact.to === 'new' || fact.to === 'open'
        }
        for (const { usedMs } of slaClocks(facts)) expect(usedMs).toBeLessThanOrEqual(ticking)
      }),
      { seed: 35, numRuns: 150 },
    )
  })
})
