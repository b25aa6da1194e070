import { describe, expect, it } from 'vitest'
import { createFieldworkBench, nadia, png, rudi, strokes } from './fieldwork-bench.ts'

const hour = 3_600_000
const shining = (rxDbm: number, at: number) => ({
  oltName: 'North',
  now: { rxDbm, at },
  range: { minDbm: -27, maxDbm: -8 },
  path: { launchDbm: 4, fibreM: 4000, splits: [4, 8], connectors: 4 },
})

const begin = async () => {
  const bench = createFieldworkBench()
  await bench.technician(rudi)
  return bench
}

describe('refusals', () => {
  it('an order is worked at by who has it, and handed out by who plans', async () => {
    const bench = await begin()
    const { id } = await bench.open()
    bench.asRudi()
    await expect(
      bench.note(id, { kind: 'answered', itemId: 'clean', value: true }),
    ).rejects.toMatchObject({ code: 'order-not-yours' })
    await expect(bench.move(id, { kind: 'cancelled', reason: 'x' })).rejects.toMatchObject({
      code: 'permission-denied',
    })
    // A note is everybody's.
    await bench.note(id, { kind: 'noted', text: 'The dog bites' })
    bench.asNadia()
    await bench.give(id, rudi)
    await bench.move(id, { kind: 'dispatched' })
    bench.asRudi()
    await bench.move(id, { kind: 'accepted' })
    expect((await bench.record(id)).order.state).toBe('accepted')
  })

  it('only a technician who works is given one, and for a time that is one', async () => {
    const bench = await begin()
    const { id } = await bench.open()
    await expect(bench.give(id, nadia)).rejects.toMatchObject({ code: 'not-found' })
    const at = { id, baseVersion: 1, assigneeId: rudi }
    const now = bench.clock.now()
    await expect(
      bench.command('fieldwork.schedule', { ...at, from: now, to: now }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(
      bench.command('fieldwork.schedule', { ...at, from: now, to: now + 25 * hour }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('it is not done while something is missing, and no step is left out', async () => {
    const bench = await begin()
    const { id } = await bench.there()
    await expect(bench.sign(id)).rejects.toMatchObject({
      code: 'order-state',
    })
    await expect(bench.move(id, { kind: 'done' })).rejects.toMatchObject({
      code: 'order-incomplete',
    })
    expect((await bench.record(id)).missing.map((one) => one.id)).toEqual([
      'found',
      'clean',
      'online',
      'before',
      'after',
    ])
    // What was refused left nothing behind.
    expect((await bench.record(id)).events).toHaveLength(5)
  })

  it('an answer fits its question, and a photo is a picture', async () => {
    const bench = await begin()
    const { id } = await bench.there()
    await expect(
      bench.note(id, { kind: 'answered', itemId: 'clean', value: 'yes' }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(
      bench.note(id, { kind: 'answered', itemId: 'nothing', value: true }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      bench.command('fieldwork.addPhoto', {
        id,
        slotId: null,
        name: 'a.pdf',
        bytes: new TextEncoder().encode('%PDF-1.7\n'),
      }),
    ).rejects.toMatchObject({ code: 'file-not-accepted' })
    await bench.command('fieldwork.addPhoto', { id, slotId: 'cause', name: 'a.png', bytes: png })
    await expect(
      bench.command('fieldwork.addPhoto', { id, slotId: 'cause', name: 'b.png', bytes: png }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const [photo] = (await bench.record(id)).photos
    const kept = await bench.query('fieldwork.photo', { id, photoId: photo!.id })
    expect(kept.content).toEqual(png)
  })

  it('one serial is used once, and a dot is no signature', async () => {
    const bench = await begin()
    const { id } = await bench.there()
    const used = { kind: 'used', name: 'ONU', sku: 'ONU-1', quantityMilli: 1000, unit: '' } as const
    await bench.note(id, { ...used, lineId: bench.newId(), serial: 'HWTC11112222' })
    await expect(
      bench.note(id, { ...used, lineId: bench.newId(), serial: 'HWTC11112222' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(bench.sign(id, [{ points: [1, 1] }])).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })
})

describe('a repair from the ticket to the signature', () => {
  it('takes over whose and where, writes into the ticket, and is a paper at the end', async () => {
    const bench = await begin()
    const { id: subscriberId } = await bench.desk.make()
    const ticket = await bench.desk.open({ subscriberId })
    const { id, number } = await bench.there({ ticketId: ticket.id })
    expect(number).toBe('WO-000001')
    bench.asNadia()
    await expect(bench.open({ ticketId: ticket.id })).rejects.toMatchObject({
      code: 'order-there',
    })
    bench.asRudi()
    bench.clock.advance(30 * 60_000)
    await bench.fill(id)
    bench.clock.advance(15 * 60_000)
    await bench.move(id, { kind: 'done' })
    await bench.sign(id)
    await expect(
      bench.note(id, { kind: 'answered', itemId: 'clean', value: false }),
    ).rejects.toMatchObject({ code: 'order-signed' })
    await bench.note(id, { kind: 'amended', text: 'The connector was replaced, too.' })
    const record = await bench.record(id)
    expect(record).toMatchObject({
      order: { state: 'signed-off', subscriber: { id: subscriberId }, ticket: { id: ticket.id } },
      light: { before: { verdict: 'bad' }, after: { verdict: 'good', by: 'meter' } },
      signature: { name: 'Dewi', strokes },
      spent: { travel: 0, work: 45 },
      missing: [],
      ticketState: 'new',
    })
    const lines = (await bench.desk.query('tickets.timeline', { id: ticket.id })).events
    expect(
      lines.flatMap(({ data }) => (data['link'] === 'work-order' ? [data['step']] : [])),
    ).toEqual(['signed', 'done', 'opened'])
    const paper = await bench.command('fieldwork.certificate', { id, language: 'en' })
    const again = await bench.command('fieldwork.certificate', { id, language: 'en' })
    expect(paper.fileName).toBe('WO-000001-en.pdf')
    expect(again.sha256).toBe(paper.sha256)
    expect(Buffer.from(bench.written.get(paper.fileName)!).toString('latin1', 0, 5)).toBe('%PDF-')
    const other = await bench.command('fieldwork.certificate', { id, language: 'id' })
    expect(other.sha256).not.toBe(paper.sha256)
    bench.asNadia()
    await bench.move(id, { kind: 'closed' })
    expect((await bench.record(id)).order.state).toBe('closed')
  })

  it('what could not be completed goes on as an order of its own', async () => {
    const bench = await begin()
    const { id } = await bench.there()
    const { next } = await bench.move(id, { kind: 'not-completed', reason: 'Nobody at home' })
    expect(next).toMatchObject({ number: 'WO-000002' })
    const after = await bench.record(next!.id)
    expect(after).toMatchObject({ order: { state: 'draft' }, follows: { id } })
    expect((await bench.record(id)).reason).toBe('Nobody at home')
  })

  it('light is taken from the network where it was read just now, with the target of the way', async () => {
    const bench = await begin()
    const { id: subscriberId } = await bench.desk.make()
    const { id } = await bench.there({ subscriberId })
    await expect(
      bench.command('fieldwork.measure', { id, when: 'after', rxDbm: null }),
    ).rejects.toMatchObject({ code: 'order-no-light' })
    bench.desk.sql(
      `UPDATE work_order SET olt_id = (SELECT id FROM olt LIMIT 1), serial = 'HWTC00000001'
        WHERE id = ?`,
      id,
    )
    bench.shines(shining(-18.25, bench.clock.now() - 2 * hour))
    await expect(
      bench.command('fieldwork.measure', { id, when: 'after', rxDbm: null }),
    ).rejects.toMatchObject({ code: 'order-no-light' })
    bench.shines(shining(-18.25, bench.clock.now() - 60_000))
    await bench.command('fieldwork.measure', { id, when: 'after', rxDbm: null })
    expect((await bench.record(id)).light).toMatchObject({
      after: { rxDbm: -18.25, by: 'network', targetDbm: -17.2, verdict: 'weak' },
      target: { expectedDbm: -15.2, assumed: [] },
    })
  })
})

describe('the plan', () => {
  it('shows each technician’s days, what does not fit, and what nobody has', async () => {
    const bench = await begin()
    const one = await bench.open()
    const two = await bench.open({ subject: 'Second' })
    const waiting = await bench.open({ subject: 'Nobody has it' })
    await bench.give(one.id, rudi, 24)
    await bench.give(two.id, rudi, 25)
    const from = bench.clock.now()
    const plan = await bench.query('fieldwork.plan', { from, to: from + 48 * hour })
    expect(plan.technicians).toHaveLength(1)
    const [who] = plan.technicians
    expect(who!.orders.map(({ id }) => id)).toEqual([one.id, two.id])
    expect(who!.conflicts).toContainEqual({
      orderId: two.id,
      kind: 'overlap',
      otherId: one.id,
      minutes: 30,
    })
    expect(plan.waiting.map(({ id }) => id)).toEqual([waiting.id])
    const calendar = await bench.query('fieldwork.calendar', {
      from,
      to: from + 48 * hour,
      assigneeId: rudi,
    })
    expect(calendar.events).toBe(2)
    expect(calendar.text).toContain('SUMMARY:WO-000002 Second')
    await expect(
      bench.query('fieldwork.plan', { from, to: from + 36 * 24 * hour }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('the list is filtered, counted and found by words, and what was changed since is refused', async () => {
    const bench = await begin()
    const one = await bench.open({ subject: 'Tórn cable', place: 'Jalan Mawar 5' })
    await bench.open({ subject: 'Other' })
    const found = await bench.query('fieldwork.orders', { filter: { search: 'torn mawar' } })
    expect(found.orders.map(({ id }) => id)).toEqual([one.id])
    expect(found.states).toEqual([{ state: 'draft', count: 1 }])
    await bench.give(one.id, rudi)
    const mine = await bench.query('fieldwork.orders', { filter: { assignee: rudi } })
    expect(mine.total).toBe(1)
    await expect(
      bench.command('fieldwork.move', {
        id: one.id,
        baseVersion: 1,
        move: { kind: 'dispatched' },
      }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('a type keeps what an order took along, and hours are spans in order', async () => {
    const bench = await begin()
    const { id } = await bench.open()
    const { version, ...type } = await bench.typeOf('repair')
    await bench.command('fieldwork.saveType', {
      ...type,
      baseVersion: version,
      paper: { ...type.paper, items: [] },
    })
    expect((await bench.record(id)).paper.items).toHaveLength(3)
    await expect(
      bench.command('fieldwork.saveType', { ...type, baseVersion: version }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      bench.command('fieldwork.saveTechnician', {
        accountId: nadia,
        baseVersion: 0,
        week: Array.from({ length: 7 }, () => [
          [600, 700],
          [650, 720],
        ]),
        home: null,
        active: true,
      }),
    ).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('reach', () => {
  it('who reaches his own alone sees what he does and what he opened', async () => {
    const bench = await begin()
    const one = await bench.open()
    const two = await bench.open()
    await bench.give(one.id, rudi)
    bench.asRudi()
    bench.desk.reach = { kind: 'own', accountId: rudi, olts: new Set() }
    const seen = await bench.query('fieldwork.orders', {})
    expect(seen.orders.map(({ id }) => id)).toEqual([one.id])
    expect(seen.states.reduce((sum, { count }) => sum + count, 0)).toBe(1)
    await expect(bench.record(two.id)).rejects.toMatchObject({ code: 'beyond-scope' })
  })
})
