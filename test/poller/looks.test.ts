import { describe, expect, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import type { PollPlan } from '../../src-main/olt/poller/schedule.ts'
import type { TrapLook } from '../../src-main/olt/traps/trap-rules.ts'
import { createFakeOlt } from './fake-olt.ts'
import { countsOf, noAnswer, ponAt, startPoller } from './poller-bench.ts'

const ponOf = (port: number) => ({ shelf: 0, slot: 1, port })
const onu = (port: number, onuId: number): TrapLook => ({ kind: 'onu', pon: ponOf(port), onuId })
const pon = (port: number): TrapLook => ({ kind: 'pon', pon: ponOf(port) })
const wholeOlt: TrapLook = { kind: 'olt' }

const startOlt = async (options: { readonly isCut?: boolean; readonly plan?: PollPlan } = {}) => {
  const fake = createFakeOlt()
  fake.isCut = options.isCut ?? true
  const bench = startPoller([fake])
  bench.add(0, options.plan === undefined ? {} : { plan: options.plan })
  // Everything has been read; the next status round is due about 50 s from now.
  await bench.run(10_000)
  fake.calls.length = 0
  const statusReads = () => fake.calls.filter((call) => call.startsWith('status'))
  return {
    fake,
    ...bench,
    statusReads,
    look: (looks: TrapLook[]) => bench.poller.look('olt-0', looks),
  }
}

describe('a trap does not lead to', () => {
  test('anything on an OLT that is not polled', async () => {
    const { poller, fake, run } = await startOlt()
    poller.look('nobody', [wholeOlt])
    await run(10_000)
    expect(fake.calls).toEqual([])
  })

  test('a look at a port beside a walk', async () => {
    const { fake, poller, run, look } = await startOlt()
    fake.hold = true
    poller.pollNow('olt-0', 'counters')
    await run(1_000)
    look([pon(3)])
    await run(20_000)
    expect(fake.calls).toEqual(['counters'])
    fake.hold = false
    fake.letGo()
    await run(2_000)
    expect(fake.calls).toEqual(['counters', `status@${ponAt(3)}`])
    expect(fake.mostAtOnce).toBe(1)
  })

  test('a walk of the whole OLT because one port has no number, more than once in 30 s', async () => {
    const { run, look, statusReads } = await startOlt({ isCut: false })
    for (let second = 0; second < 25; second++) {
      look([pon(second)])
      await run(1_000)
    }
    expect(statusReads()).toEqual(['status'])
  })

  test('a look while nobody answers, nor to a failure that is told twice', async () => {
    const { fake, run, look, kinds } = await startOlt()
    for (const call of ['recognise', `status@${ponAt(3)}`]) fake.failures.set(call, noAnswer())
    look([pon(3)])
    await run(2_000)
    expect(kinds('failed')).toMatchObject([{ group: 'status', noAnswer: true }])
    const before = fake.calls.length
    for (let second = 0; second < 10; second++) {
      look([pon(4), wholeOlt])
      await run(1_000)
    }
    expect(fake.calls).toHaveLength(before)
  })

  test('a port whose reading failed being told as a failure of the OLT', async () => {
    const { fake, run, look, kinds } = await startOlt()
    fake.failures.set(`status@${ponAt(3)}`, new NocturneError('olt-answer-garbage'))
    look([pon(3)])
    await run(5_000)
    expect(fake.calls).toEqual([`status@${ponAt(3)}`])
    expect(kinds('failed')).toEqual([])
  })
})

describe('a thousand ONUs that go dark at once', () => {
  /** Readings of ONU tables within the next minutes, with and without the traps. */
  const readsAfter = async (
    plan: PollPlan,
    minutes: number,
    traps: (second: number) => TrapLook[],
  ): Promise<{ readonly rounds: number; readonly ports: number }> => {
    const { run, look, statusReads } = await startOlt({ plan })
    for (let second = 0; second < minutes * 60; second++) {
      const looks = traps(second)
      for (const each of looks) look([each])
      await run(1_000)
    }
    const rounds = statusReads().filter((call) => call === 'status').length
    return { rounds, ports: statusReads().length - rounds }
  }
  const everyMinute = { statusS: 60, countersS: 300, opticsS: 3600 }
  const rarely = { statusS: 300, countersS: 3600, opticsS: 86_400 }
  const dark = (from: number, to: number) => (second: number) =>
    second < from || second >= to
      ? []
      : Array.from({ length: Math.ceil(1_000 / (to - from)) }, (_, at) =>
          onu((second * 7 + at) % 16, 1 + (at % 64)),
        )

  test.each([1, 3, 10, 25])(
    'within %d s cost no more than one status round and the port that was seen first',
    async (seconds) => {
      const without = await readsAfter(everyMinute, 6, () => [])
      const with_ = await readsAfter(everyMinute, 6, dark(5, 5 + seconds))
      expect(with_.rounds - without.rounds).toBeLessThanOrEqual(1)
      expect(with_.ports).toBeLessThanOrEqual(1)
    },
  )

  test('and flap for half an hour cost a few rounds in all, not one per trap', async () => {
    const without = await readsAfter(everyMinute, 30, () => [])
    const with_ = await readsAfter(everyMinute, 30, dark(5, 1_800))
    expect(with_.rounds - without.rounds).toBeLessThanOrEqual(4)
    expect(with_.ports).toBeLessThanOrEqual(8 * (with_.rounds + 1))
    const rare = await readsAfter(rarely, 30, dark(5, 1_800))
    const usual = await readsAfter(rarely, 30, () => [])
    expect(rare.rounds - usual.rounds).toBeLessThanOrEqual(5)
  })

  test('port by port take at most half of the time that a round takes, until the next round', async () => {
    const { fake, poller, run, look, statusReads } = await startOlt({ plan: rarely })
    fake.hold = true
    poller.pollNow('olt-0', 'status')
    await run(8_000)
    fake.letGo()
    await run(20_000)
    fake.calls.length = 0
    let begun = 0
    let beganAt = 0
    for (let second = 0; second < 120 && !statusReads().includes('status'); second++) {
      // Of a few ports only, so that it never looks like the whole OLT. Each takes 2 s.
      look([pon(1 + (second % 5))])
      await run(1_000)
      if (statusReads().length > begun) beganAt = second
      else if (second - beganAt >= 2) fake.letGo()
      begun = statusReads().length
    }
    const ports = statusReads().filter((call) => call !== 'status')
    expect(ports.length).toBeGreaterThanOrEqual(2)
    expect(ports.length).toBeLessThanOrEqual(4)
  })

  test('on an OLT whose rounds take long leave it half of the time to itself', async () => {
    const { fake, run, look, statusReads } = await startOlt({ plan: rarely })
    fake.hold = true
    const begun: number[] = []
    for (let second = 0; second < 200; second++) {
      look([wholeOlt])
      await run(1_000)
      if (statusReads().length > begun.length) begun.push(second)
      // Each round takes 40 s.
      if (second - (begun.at(-1) ?? second) >= 40) fake.letGo()
    }
    expect(begun.length).toBeLessThanOrEqual(3)
    expect(begun.length).toBeGreaterThanOrEqual(2)
  })
})

describe('a trap leads to', () => {
  test('the status of its PON alone, told as such, within two seconds', async () => {
    const { fake, run, look, kinds } = await startOlt()
    const before = kinds('walked').length
    look([onu(3, 7)])
    await run(2_000)
    expect(fake.calls).toEqual([`status@${ponAt(3)}`])
    const walked = kinds('walked').slice(before)
    expect(walked).toMatchObject([{ pon: ponAt(3), walk: { columns: { group: 'status' } } }])
    expect(kinds('ended').at(-1)).not.toMatchObject({ group: 'status', nextAt: 0 })
  })

  test('a look at each of a few ports, 5 s apart', async () => {
    const { run, look, statusReads, poller } = await startOlt()
    look([onu(1, 1), onu(1, 2), onu(2, 1), pon(3)])
    await run(2_000)
    expect(statusReads()).toHaveLength(1)
    expect(poller.careOf('olt-0')).toMatchObject({ looksWaiting: 2, looksAsked: 4, looksMade: 1 })
    await run(10_000)
    expect(statusReads()).toEqual([1, 2, 3].map((port) => `status@${ponAt(port)}`))
    expect(poller.careOf('olt-0')).toMatchObject({ looksWaiting: 0, looksMade: 3 })
  })

  test('the status of all where it says no place, or the place cannot be asked for alone', async () => {
    for (const [isCut, what] of [
      [true, wholeOlt],
      [false, pon(3)],
      [true, { kind: 'pon', pon: { shelf: 99, slot: 0, port: 0 } }],
    ] as const) {
      const { run, look, kinds } = await startOlt({ isCut })
      const before = kinds('walked').length
      look([what])
      await run(3_000)
      expect(kinds('walked').slice(before)).toMatchObject([{ pon: null }])
    }
  })

  test('the list of new ONUs, and not more often than every 10 s', async () => {
    const { fake, run, look } = await startOlt()
    for (let second = 0; second < 20; second++) {
      look([{ kind: 'unconfigured' }])
      await run(1_000)
    }
    expect(countsOf(fake.calls)).toEqual({ unconfigured: 2 })
  })

  test('nothing of its own when the round that is due sees it in a moment', async () => {
    const { poller, run, look, statusReads } = await startOlt()
    await run(49_000)
    look([pon(3)])
    await run(5_000)
    expect(statusReads()).toEqual(['status'])
    expect(poller.careOf('olt-0')).toMatchObject({ looksWaiting: 0, looksMade: 0 })
  })

  test('nothing of its own when the round that is under way comes to its port anyway', async () => {
    const { fake, poller, run, look, statusReads } = await startOlt()
    fake.pons = [ponAt(1), ponAt(2), ponAt(3)]
    fake.hold = true
    poller.pollNow('olt-0', 'status')
    await run(1_000)
    look([pon(3)])
    await run(3_000)
    fake.hold = false
    fake.letGo()
    await run(4_000)
    expect(statusReads()).toEqual([1, 2, 3].map((port) => `status@${ponAt(port)}`))
    expect(poller.careOf('olt-0')).toMatchObject({ looksWaiting: 0, looksMade: 0 })
  })

  test('a second look at a port that the round had read before it came', async () => {
    const { fake, poller, run, look, statusReads } = await startOlt()
    fake.pons = [ponAt(1), ponAt(2)]
    fake.hold = true
    poller.pollNow('olt-0', 'status')
    await run(1_000)
    fake.letGo()
    await run(1_000)
    look([pon(1)])
    await run(3_000)
    fake.hold = false
    fake.letGo()
    await run(4_000)
    expect(statusReads()).toEqual([1, 2, 1].map((port) => `status@${ponAt(port)}`))
  })
})
