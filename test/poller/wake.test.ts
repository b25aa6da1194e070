import { describe, expect, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { createFakeOlt } from './fake-olt.ts'
import { countsOf, ponAt, startPoller } from './poller-bench.ts'

const hour = 3_600_000
const noRoute = () => new NocturneError('olt-no-route', { host: '192.0.2.1' })
const noName = () => new NocturneError('olt-host-unresolvable', { host: 'olt.example' })

describe('after hours of sleep', () => {
  test.each(['that its own clock has seen', 'that only the shell tells of'])(
    '%s each OLT is asked one round, in order and on a new session, and no storm comes',
    async (how) => {
      const fakes = Array.from({ length: 6 }, createFakeOlt)
      const { poller, add, run, sleep, awake, kinds } = startPoller(fakes, 2)
      fakes.forEach((_, index) => add(index))
      await run(10_000)
      for (const fake of fakes) fake.calls.length = 0
      if (how.startsWith('that its own')) sleep(8 * hour)
      else awake.jump(8 * hour)
      if (how.startsWith('that only')) poller.wake()
      // The timer that was set before the sleep comes within its minute.
      await run(70_000)
      for (const fake of fakes) {
        expect(fake.calls[0]).toBe('recognise')
        const counts = countsOf(fake.calls)
        expect(counts['recognise']).toBe(1)
        expect(counts['status']).toBeGreaterThanOrEqual(1)
        expect(Math.max(...Object.values(counts))).toBeLessThanOrEqual(2)
        expect(fake.mostAtOnce).toBe(1)
        expect(fake.open).toBe(1)
      }
      expect(kinds('failed')).toEqual([])
    },
  )

  test('a walk that was under way is not told of: half of it is hours old', async () => {
    const fake = createFakeOlt()
    fake.pons = [ponAt(1), ponAt(2)]
    const { poller, add, run, sleep, kinds } = startPoller([fake])
    add(0)
    await run(10_000)
    fake.hold = true
    poller.pollNow('olt-0', 'counters')
    await run(1_000)
    const before = kinds('walked').length
    sleep(3 * hour)
    poller.wake()
    fake.hold = false
    fake.letGo()
    fake.calls.length = 0
    await run(10_000)
    expect(kinds('failed')).toEqual([])
    expect(fake.calls.slice(0, 3)).toEqual([
      'recognise',
      `counters@${ponAt(1)}`,
      `counters@${ponAt(2)}`,
    ])
    expect(kinds('walked').length).toBeGreaterThan(before)
    expect(fake.open).toBe(1)
  })

  test('an OLT that is lent is not taken away from its guest', async () => {
    const fake = createFakeOlt()
    const { poller, add, run } = startPoller([fake])
    add(0)
    await run(10_000)
    let finish = (): void => undefined
    const lent = poller.borrow('olt-0', () => new Promise<void>((resolve) => (finish = resolve)))
    await run(1_000)
    poller.wake()
    fake.calls.length = 0
    await run(5_000)
    expect(fake.calls).toEqual([])
    finish()
    await lent
    await run(5_000)
    expect(fake.calls[0]).toBe('recognise')
  })

  test('two who tell of one waking lead to one', async () => {
    const fake = createFakeOlt()
    const { poller, add, run } = startPoller([fake])
    add(0)
    await run(10_000)
    fake.calls.length = 0
    poller.wake()
    await run(1_000)
    poller.wake()
    await run(5_000)
    expect(countsOf(fake.calls)).toEqual({ recognise: 1, status: 1 })
  })

  test('a quiet OLT stays quiet', async () => {
    const fake = createFakeOlt()
    const { poller, add, run, sleep } = startPoller([fake])
    add(0, { quiet: { until: null } })
    await run(10_000)
    sleep(3 * hour)
    poller.wake()
    await run(600_000, 5_000)
    expect(fake.calls).toEqual([])
  })
})

describe('a network that is gone', () => {
  test.each([
    ['has no way to the OLT', noRoute],
    ['knows no name yet, as its VPN comes late', noName],
  ])('%s is tried again at least once a minute, and found when it is back', async (_, error) => {
    const fake = createFakeOlt()
    fake.failures.set('recognise', error())
    const { add, run, reports, kinds } = startPoller([fake])
    add(0)
    await run(hour, 5_000)
    const tries = reports.filter(({ report }) => report.kind === 'started').map(({ at }) => at)
    const waits = tries.slice(1).map((at, index) => at - (tries[index] ?? 0))
    expect(Math.max(...waits)).toBeLessThanOrEqual(65_000)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(15_000)
    expect(kinds('failed').at(-1)).toMatchObject({ noAnswer: true, unreachable: true })
    expect(fake.open).toBe(0)
    fake.failures.clear()
    await run(65_000, 5_000)
    expect(fake.calls).toContain('status')
  })

  test('is not waited for after the machine woke', async () => {
    const fake = createFakeOlt()
    fake.failures.set('recognise', noRoute())
    const { poller, add, run } = startPoller([fake])
    add(0)
    await run(300_000, 5_000)
    fake.failures.clear()
    poller.wake()
    await run(2_000)
    expect(fake.calls).toContain('status')
  })

  test('while an OLT that is silent itself is left alone longer', async () => {
    const fake = createFakeOlt()
    fake.failures.set('recognise', new NocturneError('olt-no-answer'))
    const { add, run } = startPoller([fake])
    add(0)
    await run(hour, 5_000)
    expect(fake.calls.length).toBeLessThanOrEqual(20)
  })

  test('and an OLT of another session are told apart: each attempt opens a new one', async () => {
    const fake = createFakeOlt()
    let opened = 0
    const { openPort } = fake
    Object.assign(fake, {
      openPort: (...target: Parameters<typeof openPort>) => {
        opened++
        return openPort(...target)
      },
    })
    fake.failures.set('recognise', noName())
    const { add, run } = startPoller([fake])
    add(0)
    await run(300_000, 5_000)
    expect(opened).toBe(fake.calls.length)
  })
})

describe('an OLT that restarted', () => {
  test.each(['status', 'optics', 'counters'] as const)(
    'during its %s is recognised anew, and all of it is read again in order',
    async (group) => {
      const fake = createFakeOlt()
      const { poller, add, run, kinds } = startPoller([fake])
      add(0)
      await run(10_000)
      fake.failures.set(group, new NocturneError('olt-restarted'))
      fake.calls.length = 0
      poller.pollNow('olt-0', group)
      await run(0)
      fake.failures.clear()
      await run(5_000)
      expect(kinds('failed')).toMatchObject([{ group, noAnswer: false, unreachable: false }])
      expect(fake.calls.slice(0, 8)).toEqual([
        group,
        'recognise',
        'identity',
        'status',
        'unconfigured',
        'optics',
        'counters',
        'chassis',
      ])
    },
  )

  test('while nobody could reach it is read anew when it is back', async () => {
    const fake = createFakeOlt()
    const { add, run } = startPoller([fake])
    add(0)
    await run(100_000, 5_000)
    fake.failures.set('recognise', new NocturneError('olt-no-answer'))
    fake.failures.set('status', new NocturneError('olt-no-answer'))
    await run(120_000, 5_000)
    fake.failures.clear()
    fake.uptimeS = -200
    fake.calls.length = 0
    await run(300_000, 5_000)
    expect(fake.calls.slice(0, 4)).toEqual(['recognise', 'status', 'identity', 'unconfigured'])
  })

  test('time and again, as its uptime is broken, is not read anew in a storm', async () => {
    const fake = createFakeOlt()
    fake.failures.set('status', new NocturneError('olt-restarted'))
    const { add, run } = startPoller([fake])
    add(0)
    await run(hour, 5_000)
    const counts = countsOf(fake.calls)
    expect(counts['recognise']).toBeLessThanOrEqual(31)
    expect(counts['status']).toBeLessThanOrEqual(120)
  })
})
