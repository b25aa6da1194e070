import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { events, queries as contract } from '../../src-shared/contract/index.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createOltPorts } from '../../src-main/olt/poller/driver-port.ts'
import type { TrapLook } from '../../src-main/olt/traps/trap-rules.ts'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { plantStartMs } from '../support/simulated-plant.ts'
import { startCountingRelay } from './counting-relay.ts'
import { createNetworkBench } from './network-bench.ts'

/**
 * How an OLT is treated, counted in datagrams between us and a simulated OLT of 1,024 ONUs. The
 * poller's time goes on by hand; datagrams take the time that they take.
 */
const families = loadFamilies(join(import.meta.dirname, '../../assets/olt-families'))
const ponPorts = 16
const onusPerPon = 64
const minute = 60_000

const start = async (family: 'huawei-smartax' | 'zte-c300', more: object = {}) => {
  const isZte = family === 'zte-c300'
  let plantNow = plantStartMs
  const plant = createPlant({
    clock: { now: () => plantNow },
    scenario: checkScenario({
      name: 'care',
      seed: 7,
      community: 'lab-read',
      fleets: [
        {
          name: 'OLT',
          count: 1,
          family,
          model: isZte ? 'C320' : 'MA5608T',
          slot: 1,
          ponPorts,
          onusPerPon,
          population: { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 },
        },
      ],
    }),
  })
  const [address] = await plant.start()
  if (address === undefined) throw new Error('no OLT')
  onTestFinished(() => plant.stop())
  const relay = await startCountingRelay(address.port)
  const openOltPort = createOltPorts({ families, timeoutMs: 2_000, retries: 1 })
  const bench = createNetworkBench({ families, openOltPort, figuresOf: openOltPort.figuresOf })
  const oltId = await bench.addOlt('OLT', address.host, {
    port: relay.port,
    community: 'lab-read',
    ...more,
  })
  const care = () =>
    contract['network.oltCare'].output.parse(
      bench.queries['network.oltCare']({ oltId }, bench.context),
    )
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
  /** Nothing is under way any more, on the wire or in the poller. */
  const quietWire = async (): Promise<void> => {
    for (let before = -1; before !== relay.sent || (care().requests?.inFlight ?? 0) > 0;) {
      before = relay.sent
      await turns(400)
    }
  }
  const pass = async (ms: number, stepMs = 500): Promise<void> => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      bench.clock.advance(stepMs)
      await quietWire()
    }
  }
  const olt = () =>
    contract['network.olts'].output.parse(bench.queries['network.olts']({}, bench.context)).olts[0]
  /** Datagrams that work cost. */
  const costOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = relay.sent
    await work()
    await quietWire()
    return relay.sent - before
  }
  bench.network.start()
  for (let turn = 0; turn < 200 && olt()?.ages.counters === null; turn++) await pass(500)
  await pass(5_000)
  const [shelf, firstPort] = isZte ? [1, 1] : [0, 0]
  return {
    ...bench,
    plant,
    relay,
    oltId,
    care,
    pass,
    olt,
    costOf,
    pon: (n: number) => ({ shelf, slot: 1, port: firstPort + n }),
    cutAll: () => {
      for (let n = 0; n < ponPorts; n++) {
        plant.control({ kind: 'cut-pon', olt: address.oltName, pon: `${shelf}/1/${firstPort + n}` })
      }
      plantNow += 10_000
    },
    plantAdvance: (ms: number) => {
      plantNow += ms
    },
  }
}

/** Hardly anything comes by itself: whatever else is asked comes of what the test does. */
const rarely = { intervals: { statusS: 3_600, countersS: 86_400, opticsS: 604_800 } }

type Bench = Awaited<ReturnType<typeof start>>

const looksAtAll = ({ pon }: Bench): TrapLook[] =>
  Array.from({ length: ponPorts * onusPerPon }, (_, index) => ({
    kind: 'onu' as const,
    pon: pon(Math.floor(index / onusPerPon)),
    onuId: (index % onusPerPon) + 1,
  }))

describe('an OLT with 1,024 ONUs', () => {
  test('gets no datagram while it is quiet, and then again', async () => {
    const bench = await start('huawei-smartax')
    await bench.run('network.setQuiet', { oltId: bench.oltId, quiet: true, minutes: 60 })
    await bench.pass(1_000)
    expect(bench.care().quiet).not.toBeNull()
    expect(await bench.costOf(() => bench.pass(58 * minute, 15_000))).toBe(0)
    bench.network.look(bench.oltId, looksAtAll(bench))
    expect(await bench.costOf(() => bench.pass(30_000, 1_000))).toBe(0)
    expect(await bench.costOf(() => bench.pass(3 * minute, 5_000))).toBeGreaterThan(10)
    expect(bench.care().quiet).toBeNull()
  })

  test.each(['huawei-smartax', 'zte-c300'] as const)(
    '(%s) whose feeders are all cut is read about once more, however many traps tell of it',
    async (family) => {
      const bench = await start(family, rarely)
      const round = await bench.costOf(async () => {
        await bench.run('network.pollNow', { oltId: bench.oltId, group: 'status' })
        await bench.pass(2_000)
      })
      expect(round).toBeGreaterThan(20)
      await bench.pass(2 * minute, 5_000)
      expect(await bench.costOf(() => bench.pass(30_000, 1_000))).toBeLessThan(round / 2)

      bench.cutAll()
      const cost = await bench.costOf(async () => {
        for (const look of looksAtAll(bench)) bench.network.look(bench.oltId, [look])
        await bench.pass(25_000, 500)
      })
      expect(bench.olt()?.counts).toMatchObject({ total: 1_024, online: 0, offlineOptical: 1_024 })
      expect(cost).toBeGreaterThan(0)
      expect(cost).toBeLessThan(round * 1.6)
      expect(bench.care()).toMatchObject({ looksAsked: 1_024, looksWaiting: 0 })
      expect(bench.care().looksMade).toBeLessThanOrEqual(9)

      // Every ONU says so again each second for a minute: 61,440 traps.
      const flood = await bench.costOf(async () => {
        for (let second = 0; second < 60; second++) {
          bench.network.look(bench.oltId, looksAtAll(bench))
          await bench.pass(1_000, 500)
        }
      })
      expect(flood).toBeLessThan(round * 4)
      expect(bench.relay.mostInFlight).toBe(1)
      expect(bench.care().requests?.maxInFlight).toBe(1)
    },
  )

  test.each(['huawei-smartax', 'zte-c300'] as const)(
    '(%s) of which one feeder is cut is read on that port alone',
    async (family) => {
      const bench = await start(family, rarely)
      const round = await bench.costOf(async () => {
        await bench.run('network.pollNow', { oltId: bench.oltId, group: 'status' })
        await bench.pass(2_000)
      })
      await bench.pass(minute, 5_000)
      const read = bench.olt()?.ages.status
      const { shelf, slot, port } = bench.pon(2)
      bench.plant.control({ kind: 'cut-pon', olt: 'OLT', pon: `${shelf}/${slot}/${port}` })
      bench.plantAdvance(10_000)
      const cost = await bench.costOf(async () => {
        for (let onuId = 1; onuId <= onusPerPon; onuId++) {
          bench.network.look(bench.oltId, [{ kind: 'onu', pon: bench.pon(2), onuId }])
        }
        await bench.pass(10_000)
      })
      expect(cost).toBeLessThan(round / 3)
      expect(bench.olt()).toMatchObject({
        counts: { total: 1_024, online: 960, offlineOptical: 64 },
        ages: { status: read },
      })
      // Gone from the OLT itself, as after a change of configuration: two looks agree on it.
      bench.plant.control({
        kind: 'remove-onus',
        olt: 'OLT',
        which: { pon: `${shelf}/${slot}/${port}` },
      })
      for (const left of [1_024, 960]) {
        bench.network.look(bench.oltId, [{ kind: 'pon', pon: bench.pon(2) }])
        await bench.pass(10_000)
        expect(bench.olt()?.counts).toMatchObject({ total: left })
      }
      expect(bench.olt()).toMatchObject({ counts: { online: 960 }, ages: { status: read } })
    },
  )

  test.each(['huawei-smartax', 'zte-c300'] as const)(
    '(%s) whose ONU somebody watches is asked for it at most once in two seconds',
    async (family) => {
      const bench = await start(family, rarely)
      const { pon, oltId } = bench
      const address = { ...pon(3), onuId: 7 }
      const readings = () =>
        bench.events
          .filter(({ name }) => name === 'network.liveReading')
          .map(({ make }) => events['network.liveReading'].payload.parse(make()))
      const opened = bench.queries['network.openLiveView']({ oltId, address }, bench.context)
      const cost = await bench.costOf(async () => {
        await opened
        await bench.pass(20_000, 250)
      })
      const made = readings()
      expect(made.length).toBeGreaterThanOrEqual(8)
      expect(made.length).toBeLessThanOrEqual(11)
      made.slice(1).forEach(({ at }, index) => {
        // Told when it has ended, and time goes on in steps of 250 ms.
        expect(at - (made[index]?.at ?? 0)).toBeGreaterThanOrEqual(1_750)
      })
      const truth = bench.plant
        .truth('OLT')
        .onus.find(({ onu }) => onu === `${address.shelf}/1/${address.port}:7`)
      expect(made.at(-1)).toMatchObject({ problem: null, onu: { state: 'online' } })
      expect(made.at(-1)?.onu?.onuRxDbm).toBeCloseTo(truth?.rxDbm ?? NaN, 1)
      expect(cost / made.length).toBeLessThan(4)
      expect(bench.relay.mostInFlight).toBe(1)

      // Beside a whole round there is still one question in flight.
      await bench.run('network.pollNow', { oltId, group: 'optics' })
      await bench.run('network.pollNow', { oltId, group: 'status' })
      await bench.pass(10_000, 250)
      expect(readings().length).toBeGreaterThan(made.length)
      expect(bench.relay.mostInFlight).toBe(1)
      await bench.pass(minute, 1_000)
      expect(readings().at(-1)).toMatchObject({ ended: 'time' })
      expect(await bench.costOf(() => bench.pass(20_000, 1_000))).toBeLessThan(20)
    },
  )
})
