import { describe, expect, it } from 'vitest'
import { createTicketsBench, nadia, rudi } from './tickets-bench.ts'

const hour = 3_600_000
const day = 24 * hour

describe('lists', () => {
  it('filter, sort, count and page; the board holds what is not closed, due first', async () => {
    const bench = createTicketsBench()
    await bench.promise({ priorities: ['P1', 'P2'] })
    const queue = await bench.command('tickets.saveQueue', {
      id: null,
      baseVersion: 0,
      name: 'Field',
      active: true,
      position: 1,
    })
    const { id: subscriberId } = await bench.make({ name: 'Dewi Lestari' })
    const light = await bench.open({ priority: 'P2', tags: ['light'], queueId: queue.id })
    const slow = await bench.open({ subject: 'Slow in the evening', subscriberId })
    const mine = await bench.open({ subject: 'Router', priority: 'P1' })
    await bench.command('tickets.change', {
      id: mine.id,
      baseVersion: 1,
      ownerId: nadia,
    })
    await bench.move(slow.id, 'solved')
    const found = async (
      filter: NonNullable<Parameters<typeof bench.query<'tickets.list'>>[1]['filter']>,
    ) => {
      const { tickets, total } = await bench.query('tickets.list', {
        filter,
        sort: 'number',
        descending: false,
      })
      expect(total).toBe(tickets.length)
      return tickets.map(({ number }) => number)
    }
    expect(await found({})).toEqual([light.number, slow.number, mine.number])
    expect(await found({ states: ['solved'] })).toEqual([slow.number])
    expect(await found({ priorities: ['P1'] })).toEqual([mine.number])
    expect(await found({ queue: queue.id })).toEqual([light.number])
    expect(await found({ queue: 'none' })).toEqual([slow.number, mine.number])
    expect(await found({ owner: 'me' })).toEqual([mine.number])
    expect(await found({ owner: 'none' })).toEqual([light.number, slow.number])
    expect(await found({ tag: 'light' })).toEqual([light.number])
    expect(await found({ subscriberId })).toEqual([slow.number])
    // By the customer's name, by the beginning of a word, by a number as it is said.
    expect(await found({ search: 'dewi' })).toEqual([slow.number])
    expect(await found({ search: 'even slo' })).toEqual([slow.number])
    expect(await found({ search: '3' })).toEqual([mine.number])
    expect(await found({ sla: 'warned' })).toEqual([])
    bench.clock.jump(3 * day)
    expect(await found({ sla: 'breached' })).toEqual([light.number, mine.number])
    // What is missed says which promise it is.
    const missed = await bench.query('tickets.list', { filter: { sla: 'breached' } })
    expect(missed.tickets.map(({ dueMetric }) => dueMetric)).toEqual([
      'first-response',
      'first-response',
    ])
    const { states } = await bench.query('tickets.list', { filter: { states: ['solved'] } })
    expect(states).toEqual([
      { state: 'new', count: 2 },
      { state: 'solved', count: 1 },
    ])
    const paged = await bench.query('tickets.list', {
      sort: 'dueAt',
      descending: false,
      limit: 1,
      offset: 2,
    })
    expect(paged).toMatchObject({ total: 3, tickets: [{ number: slow.number }] })
    const board = await bench.query('tickets.board', { by: 'priority', perColumn: 1 })
    expect(board.columns.map(({ key, total, tickets }) => [key, total, tickets.length])).toEqual([
      ['P1', 1, 1],
      ['P2', 1, 1],
      ['P3', 0, 0],
      ['P4', 1, 1],
    ])
    const byQueue = await bench.query('tickets.board', { by: 'queue' })
    expect(byQueue.columns.map(({ name, total }) => [name, total])).toEqual([
      [null, 2],
      ['Field', 1],
    ])
  })

  it('views are one’s own or everybody’s, and templates speak the customer’s language', async () => {
    const bench = createTicketsBench()
    const view = { filter: {}, sort: 'dueAt', descending: false } as const
    const save = (shared: boolean) =>
      bench.command('tickets.saveView', {
        id: null,
        baseVersion: 0,
        name: 'Due',
        shared,
        view,
      } as never)
    await expect(save(true)).rejects.toMatchObject({ code: 'permission-denied' })
    const own = await save(false)
    bench.reach = { ...bench.reach, accountId: rudi }
    expect((await bench.query('tickets.views', {})).views).toEqual([])
    await expect(bench.command('tickets.removeView', { id: own.id })).rejects.toMatchObject({
      code: 'not-found',
    })
    const { id: templateId } = await bench.command('tickets.saveTemplate', {
      id: null,
      baseVersion: 0,
      name: 'Seen',
      bodyEn: 'Dear {{customer}}, {{ number }} is being looked at.',
      bodyId: 'Yth. {{customer}}, {{number}} sedang diperiksa.',
    })
    const { id: subscriberId } = await bench.make({ name: 'Sri {{agent}}' })
    const ticket = await bench.open({ subscriberId })
    // A name that looks like a place is a name.
    expect(await bench.query('tickets.fillTemplate', { templateId, ticketId: ticket.id })).toEqual({
      language: 'id',
      body: 'Yth. Sri {{agent}}, T-000001 sedang diperiksa.',
    })
  })

  it('the report counts what came, how fast it went, and what came back', async () => {
    const bench = createTicketsBench()
    await bench.promise({ firstResponseMin: 600, solutionMin: 1200, updateMin: null })
    bench.clock.jump(day)
    const from = bench.clock.now()
    const [one, two, three] = [
      await bench.open({ tags: ['light'] }),
      await bench.open(),
      await bench.open(),
    ]
    bench.clock.jump(2 * hour)
    await bench.say(one.id, 'reply')
    await bench.move(one.id, 'solved')
    await bench.move(one.id, 'open')
    bench.clock.jump(2 * hour)
    await bench.move(one.id, 'solved')
    await bench.merge(three.id, two.id)
    const report = await bench.query('tickets.report', {
      from,
      to: from + 1,
      timeZone: 'Asia/Jakarta',
    })
    expect(report).toMatchObject({
      opened: 2,
      solved: 1,
      merged: 1,
      reopened: 1,
      open: 1,
      days: [{ on: '2026-11-23', opened: 2, solved: 1 }],
      tags: [{ key: 'light', count: 1 }],
      promises: [
        { metric: 'first-response', promised: 2, met: 1, missed: 0, medianMs: 2 * hour },
        { metric: 'update', promised: 0 },
        { metric: 'solution', met: 1, medianMs: 4 * hour },
      ],
    })
    await expect(
      bench.query('tickets.report', { from, to: from, timeZone: 'UTC' }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
