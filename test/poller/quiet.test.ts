import { describe, expect, test } from 'vitest'
import { createFakeOlt } from './fake-olt.ts'
import { noAnswer, ponAt, startPoller } from './poller-bench.ts'

const minute = 60_000
const untilEnded = { until: null }

describe('a quiet OLT is asked nothing by itself', () => {
  test('not even what it is, when it is added quiet', async () => {
    const fake = createFakeOlt()
    const { poller, add, run } = startPoller([fake])
    add(0, { quiet: untilEnded })
    await run(600 * minute, minute)
    expect(fake.calls).toEqual([])
    expect(poller.careOf('olt-0')).toMatchObject({ quiet: { until: null } })
  })

  test('and a walk that nobody asked for is broken off, without a word of failure', async () => {
    const fake = createFakeOlt()
    const { poller, add, run, kinds } = startPoller([fake])
    add(0)
    await run(50_000)
    fake.hold = true
    await run(30_000)
    expect(kinds('started').at(-1)).toEqual({ kind: 'started', group: 'status' })
    poller.setQuiet('olt-0', untilEnded)
    fake.hold = false
    await run(10 * minute, 5_000)
    expect(kinds('failed')).toEqual([])
    expect(kinds('ended').at(-1)).toEqual({ kind: 'ended', group: 'status', nextAt: null })
    expect(fake.calls.filter((call) => call === 'status')).toHaveLength(2)
  })

  test('nor does a round go on that was between two ports', async () => {
    const fake = createFakeOlt()
    fake.pons = [ponAt(1), ponAt(2), ponAt(3)]
    fake.hold = true
    const { poller, add, run } = startPoller([fake])
    add(0)
    for (let turn = 0; turn < 3; turn++) {
      await run(1_000)
      fake.letGo()
    }
    poller.setQuiet('olt-0', untilEnded)
    fake.hold = false
    fake.letGo()
    const before = fake.calls.length
    await run(10 * minute, 5_000)
    expect(fake.calls).toHaveLength(before)
  })

  test('nor does a trap lead to a look', async () => {
    const fake = createFakeOlt()
    fake.isCut = true
    const { poller, add, run } = startPoller([fake])
    add(0)
    await run(20_000)
    poller.setQuiet('olt-0', untilEnded)
    const before = fake.calls.length
    poller.look('olt-0', [{ kind: 'pon', pon: { shelf: 0, slot: 1, port: 3 } }])
    await run(5 * minute, 5_000)
    expect(fake.calls).toHaveLength(before)
    expect(poller.careOf('olt-0')).toMatchObject({ looksAsked: 1, looksMade: 0, looksWaiting: 0 })
  })
})

describe('what a person asks of a quiet OLT', () => {
  test('is read: a group, with what it needs first, once', async () => {
    const fake = createFakeOlt()
    const { poller, add, run } = startPoller([fake])
    add(0, { quiet: untilEnded })
    expect(poller.pollNow('olt-0', 'optics')).toBe(true)
    await run(10 * minute, 5_000)
    expect(fake.calls).toEqual(['recognise', 'optics'])
  })

  test('is tried once when nobody answers, and not again when nobody expects it', async () => {
    const fake = createFakeOlt()
    fake.failures.set('recognise', noAnswer())
    const { poller, add, run, kinds } = startPoller([fake])
    add(0, { quiet: untilEnded })
    poller.pollNow('olt-0', 'status')
    await run(30 * minute, 5_000)
    expect(fake.calls).toEqual(['recognise'])
    expect(kinds('failed')).toHaveLength(1)
  })

  test('of a family that nobody knows does not make it be asked for ever what it is', async () => {
    const fake = createFakeOlt()
    fake.recognition = { kind: 'unrecognised', system: fake.recognition.system, maybeOlt: true }
    const { poller, add, run } = startPoller([fake])
    add(0)
    await run(5_000)
    poller.pollNow('olt-0', 'status')
    poller.setQuiet('olt-0', untilEnded)
    await run(10 * minute, 5_000)
    expect(fake.calls).toEqual(['recognise', 'recognise'])
  })

  test('runs on when quiet begins meanwhile', async () => {
    const fake = createFakeOlt()
    const { poller, add, run, kinds } = startPoller([fake])
    add(0)
    await run(20_000)
    fake.hold = true
    poller.pollNow('olt-0', 'counters')
    await run(1_000)
    poller.setQuiet('olt-0', untilEnded)
    fake.hold = false
    fake.letGo()
    await run(1_000)
    expect(kinds('walked').at(-1)).toMatchObject({ walk: { columns: { group: 'counters' } } })
    expect(kinds('failed')).toEqual([])
  })

  test('is lent: a probe runs', async () => {
    const { poller, add, run } = startPoller([createFakeOlt()])
    add(0, { quiet: untilEnded })
    const answer = poller.borrow('olt-0', () => Promise.resolve('lent'))
    await run(1_000)
    expect(await answer).toBe('lent')
  })
})

describe('quiet ends', () => {
  test('by itself, and what is overdue then comes one question after the other', async () => {
    const fake = createFakeOlt()
    const { clock, poller, add, run, kinds } = startPoller([fake])
    add(0)
    await run(30_000)
    const until = clock.now() + 240 * minute
    poller.setQuiet('olt-0', { until })
    fake.calls.length = 0
    await run(240 * minute - 1_000, minute)
    expect(fake.calls).toEqual([])
    expect(poller.careOf('olt-0')?.quiet).toEqual({ until })
    await run(2_000)
    expect(fake.calls.toSorted()).toEqual([
      'chassis',
      'counters',
      'identity',
      'optics',
      'status',
      'unconfigured',
    ])
    expect(fake.mostAtOnce).toBe(1)
    expect(poller.careOf('olt-0')?.quiet).toBeNull()
    fake.calls.length = 0
    await run(3 * minute, 5_000)
    expect(fake.calls.filter((call) => call === 'status')).toHaveLength(3)
    expect(kinds('failed')).toEqual([])
  })

  test('at its time although the wall clock was set back or forth meanwhile', async () => {
    for (const jump of [-86_400_000, 86_400_000]) {
      const fake = createFakeOlt()
      const { clock, awake, poller, add, run } = startPoller([fake])
      add(0, { quiet: { until: clock.now() + 10 * minute } })
      await run(minute)
      awake.jump(jump)
      await run(8 * minute, 5_000)
      expect(fake.calls).toEqual([])
      expect(poller.careOf('olt-0')?.quiet).not.toBeNull()
      await run(2 * minute, 5_000)
      expect(fake.calls).toContain('status')
    }
  })

  test('by the wall clock when the machine slept through it with its own clock standing', async () => {
    const fake = createFakeOlt()
    const { clock, awake, poller, add, run } = startPoller([fake])
    add(0, { quiet: { until: clock.now() + 60 * minute } })
    await run(minute)
    // Asleep for two hours on a system whose monotonic clock sleeps too.
    awake.jump(120 * minute)
    poller.wake()
    await run(5_000)
    expect(fake.calls).toContain('status')
  })

  test('when it is ended, at once', async () => {
    const fake = createFakeOlt()
    const { poller, add, run } = startPoller([fake])
    add(0, { quiet: untilEnded })
    await run(minute)
    poller.setQuiet('olt-0', null)
    await run(2_000)
    expect(fake.calls).toContain('status')
  })

  test('is never begun by a time that has passed already', async () => {
    const fake = createFakeOlt()
    const { clock, poller, add, run } = startPoller([fake])
    add(0)
    poller.setQuiet('olt-0', { until: clock.now() - 1 })
    expect(poller.careOf('olt-0')?.quiet).toBeNull()
    await run(2_000)
    expect(fake.calls).toContain('status')
  })

  test('says with each turn when the next one comes', async () => {
    const fake = createFakeOlt()
    const { clock, poller, add, run, kinds } = startPoller([fake])
    const until = clock.now() + 10 * minute
    add(0, { quiet: { until } })
    poller.pollNow('olt-0', 'status')
    await run(2_000)
    expect(kinds('ended').at(-1)).toEqual({ kind: 'ended', group: 'status', nextAt: until })
  })
})
