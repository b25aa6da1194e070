import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterGroupFailure,
  afterNoAnswer,
  afterRecognised,
  afterSuccess,
  afterUnrecognised,
  askNow,
  intervalMs,
  longestBackOffMs,
  missedUntilUnreachable,
  nextTurn,
  pollGroups,
  startSchedule,
  withPlan,
  type PollGroup,
  type Schedule,
} from '../../src-main/olt/poller/schedule.ts'

const plan = { statusS: 60, countersS: 300, opticsS: 3600 }
const middle = () => 0.5

const known = (now = 0): Schedule =>
  afterRecognised(
    startSchedule(now, plan),
    { group: 'recognise', startedAt: now, endedAt: now },
    plan,
  )

/** Plays turns for a while; every turn takes `tookMs`. */
const play = (options: {
  readonly untilMs: number
  readonly tookMs: (group: PollGroup) => number
  readonly outcome: (group: PollGroup, turn: number) => 'read' | 'group' | 'silent'
  readonly random: () => number
}): { group: PollGroup; at: number; dueAt: number }[] => {
  let now = 0
  let schedule = startSchedule(0, plan)
  const turns: { group: PollGroup; at: number; dueAt: number }[] = []
  while (now < options.untilMs && turns.length < 5_000) {
    const next = nextTurn(schedule)
    if (next === null) break
    now = Math.max(now, next.at)
    turns.push({ group: next.group, at: now, dueAt: schedule.due[next.group] })
    const turn = { group: next.group, startedAt: now, endedAt: now + options.tookMs(next.group) }
    now = turn.endedAt
    const outcome = options.outcome(next.group, turns.length)
    schedule =
      outcome === 'silent'
        ? afterNoAnswer(schedule, turn, options.random)
        : outcome === 'group'
          ? afterGroupFailure(schedule, turn, plan, options.random)
          : next.group === 'recognise'
            ? afterRecognised(schedule, turn, plan)
            : afterSuccess(schedule, turn, plan, options.random)
  }
  return turns
}

const randomOf = (values: readonly number[]) => {
  let index = 0
  return () => values[index++ % values.length] ?? 0.5
}

const randoms = fc
  .array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { minLength: 1, maxLength: 20 })
  .map(randomOf)

describe('the schedule of an OLT', () => {
  test('reads nothing before it is known what it is', () => {
    expect(nextTurn(startSchedule(0, plan))?.group).toBe('recognise')
    expect(nextTurn(askNow(startSchedule(0, plan), 'optics', 0))?.group).toBe('recognise')
  })

  test('fills the dashboard first: identity and status before optics and counters', () => {
    const turns = play({
      untilMs: 1_000,
      tookMs: () => 1,
      outcome: () => 'read',
      random: middle,
    })
    expect(turns.slice(0, pollGroups.length).map(({ group }) => group)).toEqual([...pollGroups])
  })

  test('waits after silence, longer each time, never longer than five minutes', () => {
    fc.assert(
      fc.property(randoms, fc.integer({ min: 1, max: 40 }), (random, times) => {
        let schedule = startSchedule(0, plan)
        let now = 0
        let before = 0
        for (let turn = 1; turn <= times; turn++) {
          schedule = afterNoAnswer(
            schedule,
            { group: 'recognise', startedAt: now, endedAt: now },
            random,
          )
          const wait = (nextTurn(schedule)?.at ?? NaN) - now
          expect(wait).toBeGreaterThan(0)
          expect(wait).toBeLessThanOrEqual(longestBackOffMs + 0.001)
          if (turn <= 3) expect(wait).toBeGreaterThan(before)
          before = wait
          now += wait
        }
        expect(schedule.missed).toBe(times)
      }),
      { seed: 15300 },
    )
  })

  test('asks again what it is after silence, which is the cheapest question', () => {
    const schedule = afterNoAnswer(known(), { group: 'status', startedAt: 0, endedAt: 10 }, middle)
    expect(nextTurn(schedule)?.group).toBe('recognise')
  })

  test('does not ask ever faster an agent that says what it is and answers no walk', () => {
    const turns = play({
      untilMs: 3_600_000,
      tookMs: () => 100,
      outcome: (group) => (group === 'recognise' ? 'read' : 'silent'),
      random: middle,
    })
    expect(turns.length).toBeLessThan(60)
  })

  test('a group that cannot be read rests alone; the others go on', () => {
    const turns = play({
      untilMs: 3_600_000,
      tookMs: () => 100,
      outcome: (group) => (group === 'optics' ? 'group' : 'read'),
      random: middle,
    })
    const of = (group: PollGroup) => turns.filter((turn) => turn.group === group).length
    expect(of('optics')).toBeLessThan(20)
    expect(of('status')).toBeGreaterThan(50)
  })

  test('two missed attempts make it unreachable, one answer ends that', () => {
    const turn = { group: 'status', startedAt: 0, endedAt: 0 } as const
    let schedule = afterNoAnswer(known(), turn, middle)
    expect(schedule.missed).toBeLessThan(missedUntilUnreachable)
    schedule = afterNoAnswer(schedule, turn, middle)
    expect(schedule.missed).toBeGreaterThanOrEqual(missedUntilUnreachable)
    expect(afterRecognised(schedule, { ...turn, group: 'recognise' }, plan).missed).toBe(0)
  })

  test('an OLT of no known family is only asked what it is', () => {
    let schedule = afterUnrecognised(
      startSchedule(0, plan),
      { group: 'recognise', startedAt: 0, endedAt: 0 },
      middle,
    )
    expect(nextTurn(schedule)?.group).toBe('recognise')
    schedule = afterRecognised(schedule, { group: 'recognise', startedAt: 5, endedAt: 5 }, plan)
    expect(nextTurn(schedule)?.group).toBe('identity')
  })

  test('no group starves, however long walks take', () => {
    fc.assert(
      fc.property(
        randoms,
        fc.record({
          status: fc.integer({ min: 1, max: 180_000 }),
          identity: fc.integer({ min: 1, max: 180_000 }),
          optics: fc.integer({ min: 1, max: 180_000 }),
          counters: fc.integer({ min: 1, max: 180_000 }),
        }),
        (random, took) => {
          const tookMs = (group: PollGroup): number =>
            ({ ...took, recognise: 10, unconfigured: 50, chassis: 50 })[group]
          const turns = play({ untilMs: 8 * 3_600_000, tookMs, outcome: () => 'read', random })
          // The longest wait: every other group once before it.
          const all = pollGroups.reduce((sum, group) => sum + tookMs(group), 0)
          for (const { at, dueAt } of turns) expect(at - dueAt).toBeLessThanOrEqual(2 * all + 8_000)
          for (const group of pollGroups) {
            expect(turns.some((turn) => turn.group === group)).toBe(true)
          }
        },
      ),
      { seed: 49630, numRuns: 30 },
    )
  })

  test('keeps its pace: each turn about one interval after the one before', () => {
    fc.assert(
      fc.property(randoms, (random) => {
        const turns = play({
          untilMs: 2 * 3_600_000,
          tookMs: () => 200,
          outcome: () => 'read',
          random,
        })
        const status = turns.filter(({ group }) => group === 'status').map(({ at }) => at)
        for (let index = 1; index < status.length; index++) {
          const gap = (status[index] ?? 0) - (status[index - 1] ?? 0)
          expect(gap).toBeGreaterThan(intervalMs('status', plan) * 0.9)
          expect(gap).toBeLessThan(intervalMs('status', plan) * 1.1)
        }
      }),
      { seed: 28040, numRuns: 30 },
    )
  })

  test('what a person asks for comes first, back-off or not', () => {
    const silent = afterNoAnswer(known(), { group: 'status', startedAt: 0, endedAt: 0 }, middle)
    const asked = askNow(silent, 'optics', 100)
    expect(nextTurn(asked)?.at).toBeLessThanOrEqual(100)
    expect(nextTurn(askNow(known(1_000), 'optics', 1_000))?.group).toBe('optics')
  })

  test('shorter intervals count at once', () => {
    let schedule = known()
    for (const group of pollGroups) {
      if (group === 'recognise') continue
      schedule = afterSuccess(schedule, { group, startedAt: 0, endedAt: 0 }, plan, middle)
    }
    const faster = withPlan(schedule, plan, { ...plan, opticsS: 300 }, 10_000)
    expect(faster.due.optics).toBe(310_000)
    expect(faster.due.counters).toBe(schedule.due.counters)
  })
})
