import { expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createLightLookup, degradationOf } from '../../src-main/alarms/detect/degradation.ts'
import { createLightMedians } from '../../src-main/alarms/detect/light-medians.ts'
import { everything } from '../../src-main/engine/reach.ts'
import type { MediansPart, MediansRequest } from '../../src-main/history/medians.ts'
import { keptOlt } from '../network/kept-network.ts'
import { addressOf, onlineOnus } from '../network/onu-columns.ts'
import { createWatchedNetwork } from './watched-network.ts'

const at = (onuId: number, port = 1): number => packOnuAddress(addressOf(onuId, port))

/** Two parts that come by slot and not by address. */
const parts: readonly MediansPart[] = [
  {
    addresses: Int32Array.of(at(3), at(4), at(1, 2)),
    onuRxDbm: Float64Array.of(-20, Number.NaN, -18),
    oltRxDbm: Float64Array.of(-22, -22, -18),
    samples: Int32Array.of(700, 3, 700),
    next: 3,
  },
  {
    addresses: Int32Array.of(at(1), at(2)),
    onuRxDbm: Float64Array.of(-20, -20),
    oltRxDbm: Float64Array.of(-22, -22),
    samples: Int32Array.of(700, 700),
    next: null,
  },
]

const createMedians = () => {
  const network = createWatchedNetwork()
  const asked: MediansRequest[] = []
  const answers = { failing: false }
  const medians = createLightMedians({
    clock: network.clock,
    olts: network.facts.olts,
    read: (request) => {
      asked.push(request)
      if (answers.failing) return Promise.reject(new Error('no history'))
      return Promise.resolve(parts[request.first === 0 ? 0 : 1]!)
    },
  })
  /** Lets promises settle between two steps of the clock. */
  const wait = async (seconds: number): Promise<void> => {
    for (let step = 0; step < seconds * 4; step++) {
      network.clock.advance(250)
      for (let turn = 0; turn < 8; turn++) await Promise.resolve()
    }
  }
  return { network, medians, asked, answers, wait }
}

test('medians are read part by part after the start, and again a day later', async () => {
  const { network, medians, asked, wait } = createMedians()
  network.walk('status', [...onlineOnus(4), { onuId: 1, port: 2, state: 'online' }])
  const stop = medians.start()
  expect(medians.aligned(network.facts.olts()[0]!, 0)).toBeNull()
  await wait(25)
  expect(asked.map(({ oltId, first, from, to }) => [oltId, first, to - from])).toEqual([
    [keptOlt.id, 0, 30 * 86_400_000],
    [keptOlt.id, 3, 30 * 86_400_000],
  ])
  const [olt] = network.facts.olts()
  expect([...medians.aligned(olt!, 0)!]).toEqual([-20, -20, -20, Number.NaN, -18])
  expect([...medians.aligned(olt!, 1)!]).toEqual([-22, -22, -22, -22, -18])
  expect(medians.of(keptOlt.id, at(3))).toEqual({ onuRxDbm: -20, oltRxDbm: -22 })
  expect(medians.of(keptOlt.id, at(9))).toBeNull()
  expect(medians.madeAt()).not.toBeNull()
  network.clock.advance(86_400_000)
  await wait(2)
  expect(asked).toHaveLength(4)
  stop()
  network.clock.advance(3 * 86_400_000)
  await wait(2)
  expect(asked).toHaveLength(4)
})

test('a history that cannot be read is asked again after some minutes', async () => {
  const { medians, asked, answers, wait } = createMedians()
  answers.failing = true
  const stop = medians.start()
  await wait(25)
  expect([asked.length, medians.madeAt()]).toEqual([1, null])
  answers.failing = false
  await wait(310)
  expect(asked).toHaveLength(3)
  expect(medians.madeAt()).not.toBeNull()
  stop()
})

test('degraded ONUs are told by PON, the worst first, each in the direction that lost more', async () => {
  const { network, medians, wait } = createMedians()
  network.walk('status', [...onlineOnus(4), { onuId: 1, port: 2, state: 'online' }])
  const stop = medians.start()
  await wait(25)
  const light = (onuId: number, onuRxDbm: number, oltRxDbm: number, port = 1) => ({
    onuId,
    port,
    numbers: { onuRxDbm, oltRxDbm },
  })
  network.walk('optics', [
    light(1, -20, -22),
    light(2, -23.5, -26),
    light(3, -20.1, -22),
    // Too young to have a usual light at the ONU.
    light(4, -30, -22),
    light(1, -30, -18, 2),
  ])
  const found = { facts: network.facts, rules: network.rules, medians }
  // Nothing of an OLT that is not reached.
  const elsewhere = { kind: 'regions', accountId: null, olts: new Set(['elsewhere']) } as const
  expect(degradationOf({ ...found, reach: elsewhere }, 50).pons).toEqual([])
  const { pons, mediansAt } = degradationOf({ ...found, reach: everything }, 50)
  expect(mediansAt).toBe(medians.madeAt())
  expect(pons).toMatchObject([
    { oltName: 'North', pon: { port: 2 }, degraded: 1, worstDropDb: 12, averageDropDb: 12 },
    {
      pon: { port: 1 },
      ponName: '0/1/1',
      degraded: 1,
      onus: [
        { address: addressOf(2), direction: 'olt-rx', medianDbm: -22, nowDbm: -26, dropDb: 4 },
      ],
    },
  ])
  const lookup = createLightLookup(network.facts, medians)
  expect(lookup(keptOlt.id, at(2))).toEqual({ dropDb: 4 })
  expect(lookup(keptOlt.id, at(1))).toEqual({ dropDb: 0 })
  expect(lookup(keptOlt.id, at(77))).toBeNull()
  stop()
})
