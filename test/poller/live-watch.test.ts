import { describe, expect, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import type { WatchReading, WatchRequest } from '../../src-main/olt/poller/live-watch.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createFakeOlt } from './fake-olt.ts'
import { noAnswer, ponAt, startPoller } from './poller-bench.ts'

const address = ponAt(3) + 7

const startOlt = async () => {
  const fake = createFakeOlt()
  const bench = startPoller([fake])
  bench.add(0)
  await bench.run(10_000)
  fake.calls.length = 0
  const readings: WatchReading[] = []
  const controller = new AbortController()
  const request = (more: Partial<WatchRequest> = {}): WatchRequest => ({
    address,
    forMs: 60_000,
    everyMs: 2_000,
    signal: controller.signal,
    onReading: (reading) => readings.push(reading),
    ...more,
  })
  const onuReads = () => fake.calls.filter((call) => call === 'onu').length
  return { fake, ...bench, readings, controller, request, onuReads }
}

describe('a live view is refused', () => {
  test('to a second one on the same OLT, and given to it when the first has ended', async () => {
    const { poller, request, controller, run } = await startOlt()
    const first = poller.watch('olt-0', request())
    const second = rejectionOf(poller.watch('olt-0', request()))
    expect((await second).code).toBe('live-view-taken')
    controller.abort()
    expect(await first).toBe('closed')
    const third = poller.watch('olt-0', request({ signal: new AbortController().signal }))
    expect(poller.careOf('olt-0')?.liveView).toMatchObject({ address })
    await run(61_000)
    expect(await third).toBe('time')
    expect(poller.careOf('olt-0')?.liveView).toBeNull()
  })

  test('on an OLT that is not polled', async () => {
    const { poller, request } = await startOlt()
    expect((await rejectionOf(poller.watch('nobody', request()))).code).toBe('not-found')
  })

  test('more than 60 s, and more than one reading in 2 s, whatever is asked for', async () => {
    const { clock, poller, request, run, onuReads } = await startOlt()
    const ended = poller.watch('olt-0', request({ forMs: 3_600_000, everyMs: 10 }))
    expect(poller.careOf('olt-0')?.liveView?.until).toBe(clock.now() + 60_000)
    await run(59_000)
    expect(onuReads()).toBe(30)
    await run(2_000)
    expect(await ended).toBe('time')
    await run(60_000)
    expect(onuReads()).toBe(30)
  })
})

describe('a live view ends', () => {
  test('without another reading, when it is closed while one is under way', async () => {
    const { fake, poller, request, controller, run, readings, kinds } = await startOlt()
    fake.hold = true
    const ended = poller.watch('olt-0', request())
    await run(1_000)
    controller.abort()
    expect(await ended).toBe('closed')
    fake.letGo()
    await run(30_000)
    expect(readings).toEqual([])
    expect(kinds('failed')).toEqual([])
  })

  test('before it began, when it was closed already', async () => {
    const { poller, request, run, onuReads } = await startOlt()
    const ended = poller.watch('olt-0', request({ signal: AbortSignal.abort() }))
    expect(await ended).toBe('closed')
    await run(10_000)
    expect(onuReads()).toBeLessThanOrEqual(1)
  })

  test('when the OLT is removed, gets another address, or polling stops', async () => {
    for (const [what, end] of [
      ['remove', 'olt-removed'],
      ['update', 'closed'],
      ['stop', 'closed'],
    ] as const) {
      const { poller, oltOf, request, run, readings, awake } = await startOlt()
      const ended = poller.watch('olt-0', request())
      await run(5_000)
      const before = readings.length
      expect(before).toBeGreaterThan(1)
      const olt = oltOf(0)
      let stopped: Promise<void> | null = null
      if (what === 'remove') poller.remove('olt-0')
      else if (what === 'update')
        poller.update({ ...olt, target: { ...olt.target, port: 1, host: 'b' } })
      else stopped = poller.stop()
      expect(await ended).toBe(end)
      await stopped
      await run(10_000)
      expect(readings).toHaveLength(before)
      expect(awake.pending).toBeLessThanOrEqual(1)
    }
  })

  test('when it fails again and again, with the reason in each reading', async () => {
    const { fake, poller, request, run, readings } = await startOlt()
    fake.failures.set('onu', new NocturneError('olt-answer-garbage'))
    const ended = poller.watch('olt-0', request())
    await run(20_000)
    expect(await ended).toBe('problem')
    expect(readings).toHaveLength(4)
    expect(readings[3]).toMatchObject({ reading: null, error: { code: 'olt-answer-garbage' } })
  })

  test('not because of one reading that failed', async () => {
    const { fake, poller, request, run, readings } = await startOlt()
    const ended = poller.watch('olt-0', request())
    await run(5_000)
    fake.failures.set('onu', new NocturneError('olt-answer-garbage'))
    await run(2_000)
    fake.failures.clear()
    await run(60_000)
    expect(await ended).toBe('time')
    expect(readings.filter(({ error }) => error !== null)).toHaveLength(1)
  })

  test('a reading that never comes, and tries the next one', async () => {
    const { fake, poller, request, run, readings, onuReads } = await startOlt()
    fake.hold = true
    void poller.watch('olt-0', request())
    await run(22_000)
    expect(readings).toMatchObject([{ reading: null, error: { code: 'timeout' } }])
    fake.hold = false
    fake.letGo()
    await run(25_000)
    expect(onuReads()).toBeGreaterThan(1)
    expect(readings.at(-1)).toMatchObject({ error: null })
  })
})

describe('a live view', () => {
  test('goes on beside a walk, which it does not hold up nor break off', async () => {
    const { fake, poller, request, run, onuReads, kinds } = await startOlt()
    fake.hold = true
    poller.pollNow('olt-0', 'counters')
    await run(1_000)
    fake.hold = false
    void poller.watch('olt-0', request())
    await run(10_000)
    expect(onuReads()).toBeGreaterThanOrEqual(5)
    expect(fake.calls.filter((call) => call !== 'onu')).toEqual(['counters'])
    fake.letGo()
    await run(1_000)
    expect(kinds('walked').at(-1)).toMatchObject({ walk: { columns: { group: 'counters' } } })
  })

  test('is slower, and says so, where the whole PON must be walked for it', async () => {
    const { fake, poller, request, run, readings } = await startOlt()
    fake.reading = { how: 'pon', columns: [], answerMs: 12 }
    void poller.watch('olt-0', request())
    await run(31_000)
    expect(readings).toHaveLength(4)
    expect(readings[0]).toMatchObject({ reading: { how: 'pon', answerMs: 12 }, everyMs: 10_000 })
  })

  test('of a quiet OLT that was never asked asks first what it is, and no more', async () => {
    const fake = createFakeOlt()
    const { poller, add, run } = startPoller([fake])
    add(0, { quiet: { until: null } })
    const readings: WatchReading[] = []
    const { signal } = new AbortController()
    void poller.watch('olt-0', {
      address,
      forMs: 10_000,
      everyMs: 2_000,
      signal,
      onReading: (reading) => readings.push(reading),
    })
    await run(60_000)
    expect(fake.calls).toEqual(['recognise', 'onu', 'onu', 'onu', 'onu', 'onu'])
    expect(readings.every(({ error }) => error === null)).toBe(true)
  })

  test('finds its OLT again after a walk has found it silent', async () => {
    const { fake, poller, request, run, readings } = await startOlt()
    void poller.watch('olt-0', request())
    await run(5_000)
    fake.failures.set('status', noAnswer())
    poller.pollNow('olt-0', 'status')
    await run(1_000)
    fake.failures.clear()
    const before = readings.length
    await run(10_000)
    expect(fake.calls).toContain('recognise')
    expect(readings.slice(before).at(-1)).toMatchObject({ error: null })
  })

  test('outlives a wake that closes its session, without a word of it', async () => {
    const { fake, poller, request, run, readings } = await startOlt()
    void poller.watch('olt-0', request())
    await run(4_000)
    fake.hold = true
    await run(3_000)
    poller.wake()
    fake.hold = false
    fake.letGo()
    await run(10_000)
    expect(readings.length).toBeGreaterThanOrEqual(6)
    expect(readings.filter(({ error }) => error !== null)).toEqual([])
  })

  test('of an OLT of no known family says so and ends', async () => {
    const fake = createFakeOlt()
    const { system } = fake.recognition
    fake.recognition = { kind: 'unrecognised', system, maybeOlt: true }
    const { poller, add, run } = startPoller([fake])
    add(0)
    await run(5_000)
    const readings: WatchReading[] = []
    const { signal } = new AbortController()
    const onReading = (reading: WatchReading) => readings.push(reading)
    const ended = poller.watch('olt-0', {
      address,
      forMs: 60_000,
      everyMs: 2_000,
      signal,
      onReading,
    })
    await run(30_000)
    expect(await ended).toBe('problem')
    expect(readings[0]).toMatchObject({ error: { code: 'not-found' } })
  })
})
