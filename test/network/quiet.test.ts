import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { createLiveState } from '../../src-main/network/live-state.ts'
import { createOltRecords } from '../../src-main/network/olt-records.ts'
import { createQuietSwitch } from '../../src-main/network/quiet-switch.ts'
import { communityShown } from '../../src-main/network/snmp-access.ts'
import type { OltRow, Quiet } from '../../src-main/network/tables.ts'
import { rejectionOf } from '../support/error-code.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { idOf } from '../support/store-workspace.ts'
import { createNetworkBench } from './network-bench.ts'
import { columnsOf, onlineOnus } from './onu-columns.ts'

const minute = 60_000

const rowWith = (quiet: Quiet): OltRow => ({
  id: idOf(1),
  name: 'North',
  host: '192.0.2.1',
  port: 161,
  sealedAs: 'access',
  accessSealed: new Uint8Array(0),
  snmp: communityShown('2c'),
  opticClass: 'B+',
  intervals: { statusS: 60, countersS: 300, opticsS: 3600 },
  opticsPolling: 'family',
  quiet,
  note: null,
  version: 1,
  deletedAt: null,
})

const quietBench = async (overrides: Parameters<typeof createNetworkBench>[0] = {}) => {
  const bench = createNetworkBench(overrides)
  const oltId = await bench.addOlt('North', '192.0.2.1')
  const fake = bench.fakeAt('192.0.2.1')
  fake.columns.status = columnsOf('status', onlineOnus(3))
  return {
    ...bench,
    oltId,
    fake,
    setQuiet: (quiet: boolean, minutes: number | null = null) =>
      bench.run('network.setQuiet', { oltId, quiet, minutes }),
    shown: () => bench.olt(oltId),
    /** Calls that come while so much time passes. */
    callsWithin: async (ms: number) => {
      const before = fake.calls.length
      await bench.runFor(ms, 5_000)
      return fake.calls.slice(before)
    },
  }
}

describe('the quiet switch refuses', () => {
  test('an OLT that is not there, or was removed', async () => {
    const { run, oltId } = await quietBench()
    const quiet = { quiet: true, minutes: 5 }
    const unknown = run('network.setQuiet', { ...quiet, oltId: idOf(0xffff) })
    expect((await rejectionOf(unknown)).code).toBe('not-found')
    await run('network.removeOlt', { oltId, baseVersion: 1 })
    const removed = run('network.setQuiet', { ...quiet, oltId })
    expect((await rejectionOf(removed)).code).toBe('not-found')
  })

  test.each([0, -5, 1.5, 10_081])('%d minutes', (minutes) => {
    const input = { oltId: idOf(1), quiet: true, minutes }
    expect(commands['network.setQuiet'].input.safeParse(input).success).toBe(false)
  })
})

describe('a quiet OLT', () => {
  test('is asked nothing by itself until its time has passed, and then again', async () => {
    const { network, clock, setQuiet, shown, callsWithin } = await quietBench()
    network.start()
    expect(await callsWithin(5 * minute)).toContain('status')
    const since = clock.now()
    expect(await setQuiet(true, 30)).toEqual({ version: 2 })
    expect(shown()).toMatchObject({ quiet: { since, until: since + 30 * minute }, version: 2 })
    expect(await callsWithin(29 * minute)).toEqual([])
    expect(await callsWithin(2 * minute)).toContain('status')
    expect(shown()).toMatchObject({ quiet: null })
  })

  test('is left alone until someone ends it, where no time was given', async () => {
    const { network, setQuiet, shown, callsWithin } = await quietBench()
    network.start()
    await callsWithin(minute)
    await setQuiet(true)
    expect(await callsWithin(5 * 60 * minute)).toEqual([])
    expect(shown()).toMatchObject({ quiet: { until: null } })
    expect(await setQuiet(false)).toEqual({ version: 3 })
    expect(shown()).toMatchObject({ quiet: null })
    expect(await callsWithin(2 * minute)).toContain('status')
  })

  test('is left in the middle of a walk, which is no fault of its own', async () => {
    const { network, fake, setQuiet, shown, runFor, callsWithin } = await quietBench()
    network.start()
    await callsWithin(minute)
    fake.hold = true
    await runFor(2 * minute)
    expect(shown()).toMatchObject({ polling: { group: expect.any(String) } })
    await setQuiet(true)
    await runFor(2_000)
    expect(shown()).toMatchObject({
      polling: null,
      nextPollAt: null,
      problem: null,
      reachability: 'reachable',
      counts: { online: 3, unknown: 0 },
    })
  })

  test('makes no age of the network grow, and is in it again when it is over', async () => {
    const bench = await quietBench()
    const { network, oltId, setQuiet, callsWithin } = bench
    const readAt = (oltId: string) => bench.olt(oltId)?.ages.status
    const oldest = () => {
      const answer = bench.queries['network.summary']({ oltIds: [] }, bench.context)
      return queries['network.summary'].output.parse(answer).oldestStatusAt
    }
    const southId = await bench.addOlt('South', '192.0.2.2')
    bench.fakeAt('192.0.2.2').columns.status = columnsOf('status', onlineOnus(1))
    network.start()
    await callsWithin(minute)
    await setQuiet(true)
    await callsWithin(10 * minute)
    expect(oldest()).toBe(readAt(southId))
    expect(oldest()).toBeGreaterThan(readAt(oltId) ?? Infinity)
    await bench.run('network.setQuiet', { oltId: southId, quiet: true, minutes: null })
    expect(oldest()).toBeNull()
    await bench.runFor(1_000, 250)
    expect(bench.payloads('network.changed').at(-1)).toMatchObject({ oldestStatusAt: null })
    await setQuiet(false)
    expect(oldest()).toBe(readAt(oltId))
  })

  test('is still read when a person asks for it', async () => {
    const { network, run, oltId, setQuiet, callsWithin } = await quietBench()
    network.start()
    await callsWithin(minute)
    await setQuiet(true)
    await run('network.pollNow', { oltId, group: 'optics' })
    const calls = await callsWithin(minute)
    expect(calls).toContain('optics')
    expect(calls).not.toContain('status')
  })

  test('is not asked what it is because families have changed, until its quiet is over', async () => {
    const { network, setQuiet, callsWithin } = await quietBench()
    network.start()
    await callsWithin(minute)
    await setQuiet(true, 10)
    network.familiesChanged({ gone: new Set(['fake-family']), fresh: [] })
    expect(await callsWithin(9 * minute)).toEqual([])
    expect(await callsWithin(2 * minute)).toEqual(
      expect.arrayContaining(['recognise', 'identity', 'status']),
    )
  })

  test('keeps when it began, when it is made longer', async () => {
    const { clock, setQuiet, shown, runFor } = await quietBench()
    const since = clock.now()
    await setQuiet(true, 10)
    await runFor(5 * minute, minute)
    await setQuiet(true, 30)
    expect(shown()).toMatchObject({ quiet: { since, until: since + 35 * minute } })
    await runFor(36 * minute, minute)
    await setQuiet(true)
    expect(shown()).toMatchObject({ quiet: { since: since + 41 * minute, until: null } })
  })

  test('is quiet after a restart of the engine, and no longer than it was to be', async () => {
    const first = await quietBench()
    await first.setQuiet(true, 30)
    await first.runFor(10 * minute, minute)
    await first.stop()
    const second = createNetworkBench({ store: first.store })
    second.clock.jump(10 * minute)
    second.network.start()
    const { calls } = second.fakeAt('192.0.2.1')
    await second.runFor(19 * minute, 5_000)
    expect(calls).toEqual([])
    await second.runFor(2 * minute, 5_000)
    expect(calls).toContain('recognise')
    const third = createNetworkBench({ store: first.store })
    third.clock.jump(60 * minute)
    expect(third.olt(first.oltId)).toMatchObject({ version: 2 })
    third.network.start()
    await third.runFor(minute)
    expect(third.olt(first.oltId)).toMatchObject({ quiet: null })
    expect(third.fakeAt('192.0.2.1').calls).toContain('recognise')
  })

  test('wakes when the machine has slept past its end', async () => {
    const { network, clock, setQuiet, shown, callsWithin } = await quietBench()
    network.start()
    await callsWithin(minute)
    await setQuiet(true, 60)
    clock.jump(60 * minute)
    expect(await callsWithin(2 * minute)).toContain('status')
    expect(shown()).toMatchObject({ quiet: null })
  })

  test('is no quieter for a clock that was set back a year, before or after a restart', async () => {
    const { network, clock, store, oltId, setQuiet, shown, callsWithin, stop } = await quietBench()
    network.start()
    await callsWithin(minute)
    await setQuiet(true, 60)
    clock.jump(-365 * 24 * 60 * minute)
    expect(await callsWithin(59 * minute)).toEqual([])
    expect(await callsWithin(3 * minute)).toContain('status')
    expect(shown()).toMatchObject({ quiet: null })
    await stop()
    const later = createNetworkBench({ store })
    later.clock.jump(-365 * 24 * 60 * minute)
    const restarted = createNetworkBench({ store, clock: later.clock })
    restarted.network.start()
    await later.runFor(61 * minute, minute)
    expect(restarted.olt(oltId)).toMatchObject({ quiet: null })
  })

  test('is over as soon as one of both clocks says so, and not before', () => {
    const step = fc.record({
      passMs: fc.integer({ min: 0, max: 20 * minute }),
      jumpMs: fc.oneof(
        fc.constant(0),
        fc.integer({ min: -40 * minute, max: 40 * minute }),
        fc.constant(-365 * 24 * 60 * minute),
      ),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(step, { maxLength: 8 }),
        (minutes, steps) => {
          const clock = createManualClock()
          const quietSwitch = createQuietSwitch({ clock, onChange: () => undefined })
          const since = clock.now()
          const until = since + minutes * minute
          const record = createOltRecords(createLiveState()).add(rowWith({ since, until }), false)
          quietSwitch.take(record)
          const endsAt = minutes * minute
          const isTime = () => clock.now() >= until || clock.monotonic() >= endsAt
          let wasTime = false
          for (const { passMs, jumpMs } of steps) {
            clock.advance(passMs)
            wasTime ||= isTime()
            clock.jump(jumpMs)
            wasTime ||= isTime()
            clock.advance(5_000)
            wasTime ||= isTime()
            if (isTime()) expect(record.status.quiet).toBeNull()
            if (!wasTime) expect(record.status.quiet).toEqual({ since, until })
          }
          clock.advance(Math.max(0, endsAt - clock.monotonic()))
          expect(record.status.quiet).toBeNull()
          expect(clock.pending).toBe(0)
        },
      ),
      { numRuns: 300, seed: 4 },
    )
  })

  test('is in the audit and in the feed, and can be undone by setting it back', async () => {
    const { store, setQuiet, shown } = await quietBench()
    await setQuiet(true, 30)
    await setQuiet(false)
    const audited = store.reader
      .prepare<[], { name: string; outcome: string }>(`SELECT name, outcome FROM audit`)
      .all()
    expect(audited.filter(({ name }) => name === 'network.setQuiet')).toHaveLength(2)
    const fed = store.reader
      .prepare<[], { version: number; data: string }>(
        `SELECT version, data FROM change_feed WHERE entity = 'olt' ORDER BY seq`,
      )
      .all()
    expect(fed.map(({ version, data }) => [version, JSON.parse(data).quiet !== null])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ])
    expect(shown()).toMatchObject({ quiet: null, version: 3 })
  })
})

describe('whether light is read', () => {
  test('is as it was entered, and as it is changed', async () => {
    const { run, addOlt, olt } = createNetworkBench()
    const asFamily = await addOlt('North', '192.0.2.1')
    const off = await addOlt('South', '192.0.2.2', { opticsPolling: 'off' })
    expect(olt(asFamily)).toMatchObject({ opticsPolling: 'family', opticsPolled: true })
    expect(olt(off)).toMatchObject({ opticsPolling: 'off', opticsPolled: false })
    await run('network.updateOlt', { oltId: off, baseVersion: 1, opticsPolling: 'on' })
    await run('network.updateOlt', { oltId: asFamily, baseVersion: 1, name: 'N' })
    expect(olt(off)).toMatchObject({ opticsPolling: 'on' })
    expect(olt(asFamily)).toMatchObject({ opticsPolling: 'family', name: 'N' })
  })
})
