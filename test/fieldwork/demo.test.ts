import { describe, expect, it } from 'vitest'
import { north } from '../tickets/tickets-bench.ts'
import { createFieldworkBench } from './fieldwork-bench.ts'

describe('a simulated workspace', () => {
  it('gets some days of three technicians, in all states, and only once', async () => {
    const bench = createFieldworkBench({ simulated: true })
    const { desk, clock } = bench
    for (let index = 0; index < 8; index += 1) {
      const { id } = await desk.make()
      const serial = `HWTC0000000${index}`
      desk.seen.get(north)?.push(serial)
      await desk.house.command('subscribers.saveService', {
        id,
        serviceId: null,
        baseVersion: 0,
        name: 'Home',
        onu: { oltId: north, serial },
      })
    }
    // Subscribers come OLT after OLT: it waits until none came since it looked last.
    clock.advance(4_000)
    clock.advance(4_000)
    const all = await bench.query('fieldwork.orders', { limit: 100 })
    expect(all.total).toBe(17)
    expect(new Set(all.states.map(({ state }) => state))).toEqual(
      new Set(['draft', 'scheduled', 'dispatched', 'en-route', 'on-site', 'closed', 'cancelled']),
    )
    // Nothing of it lies in the future, and nothing clashes.
    for (const { updatedAt, clashes } of all.orders) {
      expect(updatedAt).toBeLessThanOrEqual(clock.now())
      expect(clashes).toBe(0)
    }
    const { technicians } = await bench.query('fieldwork.setup', {})
    expect(technicians).toHaveLength(3)
    bench.fieldwork.stop()
    bench.fieldwork.start()
    clock.advance(20_000)
    expect((await bench.query('fieldwork.orders', {})).total).toBe(17)
    bench.fieldwork.stop()
  })
})
