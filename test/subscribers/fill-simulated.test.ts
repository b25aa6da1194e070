import { expect, it } from 'vitest'
import type {
  NetworkFacts,
  NetworkListener,
  OltFacts,
} from '../../src-main/engine/network-facts.ts'
import { fillSimulated } from '../../src-main/subscribers/fill-simulated.ts'
import { createSubscribersBench, north } from '../support/subscribers-bench.ts'

const cycle = { group: 'identity', pon: null, at: 1, monotonic: 1, whole: true } as const

it('a simulated plant gets the same few subscribers each time, once per OLT, and no other has any', async () => {
  const filled = async () => {
    const bench = createSubscribersBench()
    let listener: NetworkListener = {}
    const olt = (simulated: boolean) =>
      ({
        id: north,
        name: 'North',
        simulated,
        rows: Int32Array.from({ length: 900 }, (_, at) => at),
      }) as unknown as OltFacts
    const facts = {
      olts: () => [olt(true)],
      onus: {
        serial: (row: number) => (row === 3 ? null : `HWTC${row.toString(16).padStart(8, '0')}`),
        address: (row: number) => row,
      },
      listen: (told: NetworkListener) => {
        listener = told
        return () => undefined
      },
    } as unknown as NetworkFacts
    let next = 0x9000
    fillSimulated({
      facts,
      clock: bench.clock,
      newId: () => `01900000-0000-7000-8000-${(next++).toString(16).padStart(12, '0')}`,
      write: (name, _input, apply) => bench.write(name, apply),
      log: {
        error: (event, details) => {
          throw new Error(event, { cause: details })
        },
      },
      plant: { streetAddressOf: () => 'Jl. Melati 1' },
      changed: () => undefined,
    })
    listener.cycle?.(olt(false), cycle)
    listener.cycle?.(olt(true), { ...cycle, whole: false })
    expect((await bench.query('subscribers.list', {})).total).toBe(0)
    listener.cycle?.(olt(true), cycle)
    listener.cycle?.(olt(true), cycle)
    return (await bench.query('subscribers.list', { limit: 500 })).subscribers
  }
  const one = await filled()
  expect(one).toHaveLength(299)
  expect(one[0]).toMatchObject({
    address: 'Jl. Melati 1, 40159 Bandung, Jawa Barat',
    liveServices: 1,
  })
  expect(await filled()).toEqual(one)
})
