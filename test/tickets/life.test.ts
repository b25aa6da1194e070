import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slaClocks } from '../../src-main/tickets/sla-clock.ts'
import { clocksOf, slaFacts } from '../../src-main/tickets/history.ts'
import { ticketIn } from '../../src-main/tickets/tables.ts'
import { createTermsBook } from '../../src-main/tickets/terms.ts'
import { alarmId, createTicketsBench, north, outageId, type TicketsBench } from './tickets-bench.ts'
import { weekdays } from './sla-facts.ts'

const hour = 3_600_000
const day = 24 * hour

const stateOf = async (bench: TicketsBench, id: string) =>
  (await bench.query('tickets.ticket', { id })).ticket.state

describe('numbers', () => {
  it('have no gap, also after what was refused, and the same command opens one ticket', async () => {
    const bench = createTicketsBench()
    const commandId = bench.newId()
    const one = await bench.command('tickets.open', { subject: 'Slow' }, commandId)
    await expect(bench.open({ parentId: bench.newId() })).rejects.toMatchObject({
      code: 'not-found',
    })
    const again = await bench.command('tickets.open', { subject: 'Slow' }, commandId)
    expect(again).toEqual(one)
    const two = await bench.open()
    expect([one.number, two.number]).toEqual(['T-000001', 'T-000002'])
    const { version, ...settings } = (await bench.query('tickets.setup', {})).settings
    await bench.command('tickets.configure', { ...settings, baseVersion: version, prefix: 'NOC-' })
    expect((await bench.open()).number).toBe('NOC-000001')
  })
})

describe('the life of a ticket', () => {
  it('an answer opens it, a word of the customer opens it again, and after the end a new one', async () => {
    const bench = createTicketsBench()
    const { id: subscriberId } = await bench.make()
    const { id } = await bench.open({
      subscriberId,
      said: { kind: 'customer', channel: 'call', body: 'The red light is on' },
    })
    await bench.say(id, 'note')
    expect(await stateOf(bench, id)).toBe('new')
    await bench.say(id, 'reply', 'We are looking')
    expect(await stateOf(bench, id)).toBe('open')
    await bench.move(id, 'pending-customer')
    await bench.say(id, 'customer')
    expect(await stateOf(bench, id)).toBe('open')
    await bench.move(id, 'solved')
    await bench.say(id, 'customer', 'It is back')
    const record = await bench.query('tickets.ticket', { id })
    expect(record.ticket).toMatchObject({ state: 'open', reopened: 1, solvedAt: null })
    // What the customer was told, and when.
    expect(record.told).toMatchObject({ body: 'We are looking', channel: 'call', by: 'Nadia' })
    await bench.move(id, 'solved')
    await bench.move(id, 'closed')
    const after = await bench.say(id, 'customer', 'Again')
    expect(after).toMatchObject({ isNew: true, number: 'T-000002' })
    const next = await bench.query('tickets.ticket', { id: after.id })
    expect(next.ticket).toMatchObject({ state: 'new', source: 'follow-up' })
    expect(next.links).toMatchObject([{ kind: 'follow-up', from: true, ticket: { id } }])
  })

  it('from an alarm it carries what the network shows, its subscriber, and gives its number', async () => {
    const bench = createTicketsBench()
    const { id: subscriberId } = await bench.make()
    bench.seen.get(north)?.push('HWTC00000001')
    const { serviceId } = await bench.house.command('subscribers.saveService', {
      id: subscriberId,
      serviceId: null,
      baseVersion: 0,
      name: 'Home',
      onu: { oltId: north, serial: 'HWTC00000001' },
    })
    bench.serves({ subscriberId, serviceId })
    const { id, number } = await bench.open({ source: { kind: 'alarm', id: alarmId } })
    const record = await bench.query('tickets.ticket', { id })
    expect(record).toMatchObject({
      sourceId: alarmId,
      ticket: { subscriber: { id: subscriberId }, source: 'alarm', priority: 'P4', affected: 1 },
      serviceId,
      snapshot: {
        onu: { onuRxDbm: -29.1, verdict: 'single-drop' },
        siblings: { total: 12, down: 1 },
      },
    })
    await expect(bench.open({ source: { kind: 'alarm', id: alarmId } })).rejects.toMatchObject({
      code: 'ticket-there',
      params: { number },
    })
    const outage = await bench.open({ source: { kind: 'outage', id: outageId } })
    expect((await bench.query('tickets.ticket', { id: outage.id })).ticket.priority).toBe('P1')
    expect(bench.numbered).toEqual([`alarm ${number}`, `outage ${outage.number}`])
  })

  it('a mass fault is solved with all that hangs below it', async () => {
    const bench = createTicketsBench()
    const parent = await bench.open()
    const [one, two] = [
      await bench.open({ parentId: parent.id }),
      await bench.open({ parentId: parent.id }),
    ]
    const below = await bench.open({ parentId: one.id })
    await bench.move(two.id, 'solved')
    await bench.move(two.id, 'closed')
    const { children } = await bench.move(parent.id, 'solved', { withChildren: true })
    expect(children).toBe(2)
    expect(await stateOf(bench, below.id)).toBe('solved')
    expect(await stateOf(bench, two.id)).toBe('closed')
  })
})

describe('merging', () => {
  it('shows every message once, keeps both numbers, is final and makes no circle', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 6 }),
        async (merges) => {
          const bench = createTicketsBench()
          const ids: string[] = []
          for (let index = 0; index < 5; index++) {
            const { id } = await bench.open({ subject: `fault ${index}`, tags: [`tag${index}`] })
            await bench.say(id, 'note', `note ${index}`)
            ids.push(id)
          }
          await bench.command('tickets.link', { id: ids[0]!, otherId: ids[1]!, kind: 'child' })
          await bench.command('tickets.link', { id: ids[1]!, otherId: ids[2]!, kind: 'child' })
          for (const [from, to] of merges) {
            await bench.merge(ids[from]!, ids[to]!).catch((error: { code: string }) => {
              expect(['ticket-link', 'ticket-shut', 'ticket-state']).toContain(error.code)
            })
          }
          const seen: string[] = []
          for (const id of ids) {
            const record = await bench.query('tickets.ticket', { id })
            if (record.ticket.state === 'merged') {
              expect(record.mergedInto).not.toBeNull()
              expect(record.next).toEqual([])
              continue
            }
            const { events } = await bench.query('tickets.timeline', { id, limit: 500 })
            seen.push(...events.flatMap(({ message }) => message?.body ?? []))
          }
          expect(seen.toSorted()).toEqual(ids.map((_, index) => `note ${index}`))
          for (const index of ids.keys()) {
            const { tickets } = await bench.query('tickets.list', {
              filter: { search: `T-00000${index + 1}` },
            })
            expect(tickets).toHaveLength(1)
          }
          bench.store.stop()
        },
      ),
      { seed: 35, numRuns: 6 },
    )
  })
})

describe('clocks', () => {
  it('count by the terms of their time: a new calendar, promise or priority counts from then on', async () => {
    const bench = createTicketsBench()
    const { calendarId, slaId } = await bench.promise()
    const { id } = await bench.open()
    const due = async () =>
      (await bench.query('tickets.ticket', { id })).clocks.map(({ dueAt }) =>
        dueAt === null ? null : new Date(dueAt).toISOString().slice(5, 16),
      )
    // Opened on a Sunday: Monday 08:00 and an hour; and a day of eight hours.
    expect(await due()).toEqual(['11-23T09:00', null, '11-23T16:00'])
    await bench.command('tickets.saveCalendar', {
      id: calendarId,
      baseVersion: 1,
      name: 'Office',
      timeZone: 'UTC',
      week: weekdays(8, 17),
      holidays: [{ on: '2026-11-23' }],
    })
    expect(await due()).toEqual(['11-24T09:00', null, '11-24T16:00'])
    await bench.command('tickets.saveSla', {
      id: slaId,
      baseVersion: 1,
      name: 'P4 only',
      active: true,
      position: 0,
      calendarId,
      firstResponseMin: null,
      updateMin: null,
      solutionMin: 60,
      escalateAfterMin: [],
      priorities: ['P4'],
      queues: [],
    })
    expect(await due()).toEqual([null, null, '11-24T09:00'])
    await bench.command('tickets.change', {
      id,
      baseVersion: await bench.versionOf(id),
      priority: 'P2',
    })
    expect(await due()).toEqual([null, null, null])
    expect((await bench.query('tickets.ticket', { id })).promise).toBeNull()
  })

  it('are what the time line gives, whatever was done: the cache is never another', async () => {
    const act = fc.tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.constantFrom(
        'reply',
        'customer',
        'note',
        'open',
        'pending-customer',
        'solved',
        'P1',
        'P4',
        'terms',
        'back',
      ),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
        const bench = createTicketsBench()
        const { calendarId, slaId } = await bench.promise({ priorities: ['P3', 'P4'] })
        bench.tickets.start()
        const { id } = await bench.open()
        let version = 1
        for (const [hours, what] of acts) {
          bench.clock.advance(hours * hour)
          if (what === 'back') bench.clock.jump(-2 * hour)
          else if (what === 'terms') {
            await bench.command('tickets.saveSla', {
              id: slaId,
              baseVersion: version++,
              name: 'All',
              active: true,
              position: 0,
              calendarId,
              firstResponseMin: 30,
              updateMin: 60 * version,
              solutionMin: 100 * version,
              escalateAfterMin: [10, 20],
              priorities: ['P3', 'P4'],
              queues: [],
            })
          } else if (what === 'P1' || what === 'P4') {
            const baseVersion = await bench.versionOf(id)
            await bench.command('tickets.change', { id, baseVersion, priority: what })
          } else if (what === 'reply' || what === 'customer' || what === 'note') {
            await bench.say(id, what).catch(() => undefined)
          } else await bench.move(id, what).catch(() => undefined)
          const { reads } = bench
          const { seq } = ticketIn(reads, id)
          const anew = slaClocks(slaFacts(reads, createTermsBook(), id))
          expect(clocksOf(reads, seq)).toEqual(anew)
        }
        bench.tickets.stop()
        bench.store.stop()
      }),
      { seed: 833, numRuns: 10 },
    )
  })
})

describe('what time alone does', () => {
  it('tells each level once: warned, missed, escalated, also after a crash and a sleep', async () => {
    const bench = createTicketsBench()
    await bench.promise({ firstResponseMin: null, updateMin: null })
    bench.tickets.start()
    await bench.open()
    const told = () => bench.notices.map(({ metric, level }) => `${metric} ${level}`)
    // Monday 08:00 and six hours: three quarters.
    bench.clock.advance(day + 6 * hour - 1)
    expect(told()).toEqual([])
    bench.clock.advance(1)
    expect(told()).toEqual(['solution 0'])
    bench.dieAndStart()
    expect(told()).toEqual(['solution 0'])
    // The machine slept over both: each is told once, late.
    bench.clock.jump(3 * hour)
    bench.tickets.wake()
    bench.tickets.wake()
    expect(told()).toEqual(['solution 0', 'solution 1', 'solution 2'])
    bench.clock.jump(-2 * day)
    bench.tickets.wake()
    bench.dieAndStart()
    expect(told()).toHaveLength(3)
    bench.tickets.stop()
  })

  it('brings back what waited for a day, and closes what was solved long enough', async () => {
    const bench = createTicketsBench()
    bench.tickets.start()
    const { id } = await bench.open()
    const until = bench.clock.now() + 2 * day
    await bench.move(id, 'pending-reminder', { until })
    const { due } = await bench.query('tickets.due', { from: until, to: until + 1 })
    expect(due).toMatchObject([{ at: until, what: 'reminder', ticket: { id } }])
    bench.clock.advance(2 * day - 1)
    expect(await stateOf(bench, id)).toBe('pending-reminder')
    bench.clock.advance(1)
    expect(await stateOf(bench, id)).toBe('open')
    await bench.move(id, 'solved')
    bench.clock.advance(7 * day - 1)
    expect(await stateOf(bench, id)).toBe('solved')
    bench.clock.advance(1)
    expect(await stateOf(bench, id)).toBe('closed')
    bench.tickets.stop()
    expect(bench.clock.pending).toBe(0)
  })
})
