import { describe, expect, it } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import { alarmId, createTicketsBench, north, rudi } from './tickets-bench.ts'

const hour = 3_600_000

describe('what lies beyond the reach', () => {
  it('is no way to a ticket either: neither the name of its subscriber nor his id', async () => {
    const bench = createTicketsBench()
    const { id: subscriberId } = await bench.make({ name: 'Dewi Lestari' })
    await bench.open({ subscriberId, source: { kind: 'alarm', id: alarmId } })
    const found = async (filter: { search?: string; subscriberId?: string }) => {
      const { tickets, total } = await bench.query('tickets.list', { filter })
      expect(total).toBe(tickets.length)
      return tickets.map(({ subscriber }) => subscriber?.name ?? null)
    }
    expect(await found({ search: 'dewi' })).toEqual(['Dewi Lestari'])
    bench.reach = { kind: 'regions', accountId: rudi, olts: new Set([north]) }
    expect(await found({})).toEqual([null])
    expect(await found({ search: 'light' })).toEqual([null])
    expect(await found({ search: 'dewi' })).toEqual([])
    expect(await found({ subscriberId })).toEqual([])
    bench.reach = { kind: 'own', accountId: rudi, olts: new Set() }
    expect(await found({ search: 'dewi' })).toEqual([])
  })
})

describe('people who are gone', () => {
  it('get no ticket, and what was theirs is everybody’s', async () => {
    const bench = createTicketsBench()
    bench.permissions.add('tickets.ticket.assign')
    await bench.promise({ firstResponseMin: null, updateMin: null })
    const mine = await bench.open()
    const other = await bench.open()
    const give = (id: string, ownerId: string, baseVersion: number) =>
      bench.command('tickets.change', { id, baseVersion, ownerId })
    await give(mine.id, rudi, 1)
    bench.sql(`UPDATE account SET disabled_at = 1 WHERE id = ?`, rudi)
    for (const refused of [
      give(other.id, rudi, 1),
      bench.command('tickets.watch', { id: other.id, accountId: rudi, watching: true }),
    ]) {
      expect(await rejectionOf(refused)).toMatchObject({
        code: 'not-found',
        params: { what: 'account' },
      })
    }
    bench.tickets.start()
    bench.clock.jump(24 * hour + 7 * hour)
    bench.tickets.wake()
    expect(bench.notices.map(({ ownerId }) => ownerId)).toEqual([null, null])
    bench.tickets.stop()
  })

  it('as subscribers: of whom nothing is known any more no ticket is opened', async () => {
    const bench = createTicketsBench()
    const { id: subscriberId } = await bench.make({ name: 'Dewi Lestari' })
    bench.sql(`UPDATE subscriber SET anonymised_at = 1 WHERE id = ?`, subscriberId)
    expect(await rejectionOf(bench.open({ subscriberId }))).toMatchObject({
      code: 'not-found',
      params: { what: 'subscriber' },
    })
  })
})

describe('a mass fault', () => {
  it('tells each customer’s own time line that it was solved', async () => {
    const bench = createTicketsBench()
    const parent = await bench.open()
    const { id: subscriberId } = await bench.make({ name: 'Dewi Lestari' })
    const child = await bench.open({ subscriberId, parentId: parent.id })
    await bench.move(parent.id, 'solved', { withChildren: true })
    const solved = bench.reads.all<{ objectId: string }>(
      `SELECT object_id AS objectId FROM subscriber_event WHERE subscriber_id = ?
        AND kind = 'ticket-solved'`,
      subscriberId,
    )
    expect(solved).toEqual([{ objectId: child.id }])
  })

  it('does not say of one customer what another was told, when their tickets are merged', async () => {
    const bench = createTicketsBench()
    const [one, other] = [await bench.make({ name: 'Dewi' }), await bench.make({ name: 'Budi' })]
    const into = await bench.open({ subscriberId: one.id })
    const from = await bench.open({ subscriberId: other.id })
    await bench.say(from.id, 'reply', 'Budi, we are on it')
    await bench.merge(from.id, into.id)
    expect((await bench.query('tickets.ticket', { id: into.id })).told).toBeNull()
    await bench.say(into.id, 'reply', 'Dewi, we are on it')
    expect((await bench.query('tickets.ticket', { id: into.id })).told).toMatchObject({
      body: 'Dewi, we are on it',
    })
  })
})

describe('a word in one that is closed', () => {
  it('opens the next in no queue that was put away', async () => {
    const bench = createTicketsBench()
    const queue = { name: 'Field', position: 1 }
    const { id: queueId } = await bench.command('tickets.saveQueue', {
      id: null,
      baseVersion: 0,
      ...queue,
      active: true,
    })
    const { id } = await bench.open({ queueId })
    await bench.move(id, 'solved')
    await bench.move(id, 'closed')
    await bench.command('tickets.saveQueue', {
      id: queueId,
      baseVersion: 1,
      ...queue,
      active: false,
    })
    const next = await bench.say(id, 'customer')
    expect((await bench.query('tickets.ticket', { id: next.id })).ticket.queue).toBeNull()
  })
})
