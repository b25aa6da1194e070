import { describe, expect, it } from 'vitest'
import { demoTickets } from '../../src-main/tickets/demo/fill-desk.ts'
import { clocksOf, slaFacts } from '../../src-main/tickets/history.ts'
import { slaClocks } from '../../src-main/tickets/sla-clock.ts'
import { ticketIn } from '../../src-main/tickets/tables.ts'
import { createTermsBook } from '../../src-main/tickets/terms.ts'
import { settle } from '../support/settle.ts'
import { createTicketsBench, north, outageId } from './tickets-bench.ts'

describe('a simulated workspace', () => {
  it('gets a desk to look around in, once, of its own subscribers and outages, quietly', async () => {
    const bench = createTicketsBench({ simulated: true })
    bench.tickets.start()
    for (const [at, name] of ['Dewi', 'Budi', 'Citra'].entries()) {
      const serial = `HWTC0000000${at}`
      bench.seen.get(north)?.push(serial)
      const { id } = await bench.make({ name })
      await bench.house.command('subscribers.saveService', {
        id,
        serviceId: null,
        baseVersion: 0,
        name: 'Home',
        onu: { oltId: north, serial },
      })
    }
    bench.sql(
      `INSERT INTO outage (id, verdict, severity, began_at, affected_onus, search, row, detail)
        VALUES (?, 'feeder-cut', 0, 0, 150, '', '{}', '{}')`,
      outageId,
    )
    for (let look = 0; look < 6; look++) {
      bench.clock.advance(4_000)
      await settle()
    }
    const { tickets, total, states } = await bench.query('tickets.list', { limit: 200 })
    expect(total).toBe(demoTickets + 1)
    // In all states in which one can stand still, some of them due, some nobody's.
    expect(states.length).toBeGreaterThanOrEqual(6)
    expect(tickets.some(({ dueAt }) => dueAt !== null)).toBe(true)
    expect(tickets.some(({ owner }) => owner === null)).toBe(true)
    const of = tickets.filter(({ source }) => source === 'outage')
    expect(of).toMatchObject([{ affected: 150, priority: 'P1' }])
    expect(tickets.filter(({ subscriber }) => subscriber === null)).toEqual(of)
    // Nobody hears of two weeks at once.
    expect(bench.notices).toEqual([])
    const { reads } = bench
    for (const { id } of tickets) {
      expect(clocksOf(reads, ticketIn(reads, id).seq)).toEqual(
        slaClocks(slaFacts(reads, createTermsBook(), id)),
      )
    }
    bench.dieAndStart()
    bench.clock.advance(20_000)
    await settle()
    expect((await bench.query('tickets.list', {})).total).toBe(demoTickets + 1)
    bench.tickets.stop()
    expect(bench.clock.pending).toBe(0)
  })

  it('that is none gets nothing', async () => {
    const bench = createTicketsBench()
    bench.tickets.start()
    await bench.make({ name: 'Dewi' })
    bench.clock.advance(60_000)
    await settle()
    expect((await bench.query('tickets.list', {})).total).toBe(0)
    bench.tickets.stop()
  })
})
