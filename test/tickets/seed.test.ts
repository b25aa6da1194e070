import { describe, expect, it } from 'vitest'
import { checkTemplate } from '../../src-main/tickets/templates.ts'
import { createTicketsBench } from './tickets-bench.ts'

describe('a fresh workspace', () => {
  it('begins with a queue, two calendars, a promise for each priority and four answers', async () => {
    const bench = createTicketsBench()
    bench.tickets.start()
    const { queues, calendars, slas, templates } = await bench.query('tickets.setup', {})
    expect(queues).toMatchObject([{ name: 'Service desk', active: true }])
    expect(calendars.map(({ name, timeZone }) => [name, timeZone])).toEqual([
      ['24 × 7', 'Asia/Jakarta'],
      ['Business hours', 'Asia/Jakarta'],
    ])
    expect(calendars[1]!.holidays.map(({ on }) => on)).toContain('08-17')
    expect(slas.map(({ name, priorities }) => [name, priorities])).toEqual(
      ['P1', 'P2', 'P3', 'P4'].map((priority) => [priority, [priority]]),
    )
    // Each higher one is promised no later than the one below it.
    for (const key of ['firstResponseMin', 'updateMin', 'solutionMin'] as const) {
      const minutes = slas.map((sla) => sla[key] ?? 0)
      expect(minutes).toEqual(minutes.toSorted((one, other) => one - other))
    }
    expect(templates).toHaveLength(4)
    for (const { bodyEn, bodyId } of templates) checkTemplate(bodyEn, bodyId)
    const { id } = await bench.open({ priority: 'P1' })
    expect((await bench.query('tickets.ticket', { id })).promise).toMatchObject({ name: 'P1' })
    bench.tickets.stop()
  })

  it('does not get again what somebody removed', async () => {
    const bench = createTicketsBench()
    bench.tickets.start()
    const { templates } = await bench.query('tickets.setup', {})
    for (const { id, version } of templates) {
      await bench.command('tickets.removeTemplate', { id, baseVersion: version })
    }
    bench.dieAndStart()
    expect((await bench.query('tickets.setup', {})).templates).toEqual([])
    bench.tickets.stop()
  })

  it('keeps to what was made before it started, and adds nothing to it', async () => {
    const bench = createTicketsBench()
    await bench.promise()
    bench.dieAndStart()
    bench.dieAndStart()
    const { queues, calendars, slas, templates } = await bench.query('tickets.setup', {})
    expect([queues.length, calendars.length, slas.length, templates.length]).toEqual([0, 1, 1, 0])
    bench.tickets.stop()
  })
})
