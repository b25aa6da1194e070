import { expect, it } from 'vitest'
import { errorOf } from '../support/error-code.ts'
import { createTicketsBench, nadia, north, outageId, rudi } from './tickets-bench.ts'
import { rawConnection } from '../support/store-workspace.ts'
import { weekdays } from './sla-facts.ts'

const code = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) =>
      errorOf(() => {
        throw error
      }).code,
  )

it('a ticket goes nowhere that its life does not lead, and a version that is old is refused', async () => {
  const bench = createTicketsBench()
  const { id } = await bench.open()
  expect(await code(bench.move(id, 'closed'))).toBe('ticket-state')
  expect(await code(bench.move(id, 'pending-reminder'))).toBe('invalid-input')
  expect(await code(bench.move(id, 'pending-customer', { until: bench.clock.now() }))).toBe(
    'invalid-input',
  )
  expect(await code(bench.move(id, 'solved', { until: bench.clock.now() + 1 }))).toBe(
    'invalid-input',
  )
  await bench.move(id, 'solved')
  expect(await code(bench.command('tickets.move', { id, baseVersion: 1, to: 'open' }))).toBe(
    'conflict',
  )
  await bench.move(id, 'closed')
  expect(await code(bench.move(id, 'open'))).toBe('ticket-state')
  expect(await code(bench.say(id, 'reply'))).toBe('ticket-shut')
  expect(await code(bench.say(id, 'note'))).toBe('ticket-shut')
})

it('what is not there is not found: queue, subscriber, service, alarm, account', async () => {
  const bench = createTicketsBench()
  const { id: subscriberId } = await bench.make()
  const wrong = bench.newId()
  for (const more of [
    { queueId: wrong },
    { subscriberId: wrong },
    { subscriberId, serviceId: wrong },
    { serviceId: wrong },
    { source: { kind: 'alarm', id: wrong } },
    { parentId: wrong },
  ] as const) {
    expect(await code(bench.open(more)), JSON.stringify(more)).toBe('not-found')
  }
  // Nothing of it took a number.
  expect((await bench.open()).number).toBe('T-000001')
})

it('work is given to others, and looks at it, only by whoever hands it out', async () => {
  const bench = createTicketsBench()
  const { id } = await bench.open()
  const give = async (ownerId: string | null) =>
    code(bench.command('tickets.change', { id, baseVersion: await bench.versionOf(id), ownerId }))
  expect(await give(rudi)).toBe('permission-denied')
  expect(await give(nadia)).toBe('done')
  expect(await give(null)).toBe('done')
  const watch = (accountId: string) =>
    code(bench.command('tickets.watch', { id, accountId, watching: true }))
  expect(await watch(rudi)).toBe('permission-denied')
  expect(await watch(nadia)).toBe('done')
  bench.permissions.add('tickets.ticket.assign')
  expect(await give(rudi)).toBe('done')
  expect(await give(bench.newId())).toBe('not-found')
  bench.permissions.delete('tickets.ticket.assign')
  // What is another's is not taken from him.
  expect(await give(nadia)).toBe('permission-denied')
  expect(await give(null)).toBe('permission-denied')
})

it('promises are not counted by a calendar that is never open, nor templates filled with what is not there', async () => {
  const bench = createTicketsBench()
  const calendar = {
    id: null,
    baseVersion: 0,
    name: 'Office',
    timeZone: 'Asia/Jakarta',
    week: weekdays(8, 17),
    holidays: [] as { on: string }[],
  }
  const never = Array.from({ length: 7 }, () => [])
  for (const { change, problem } of [
    { change: { week: never }, problem: 'no-open-hour' },
    { change: { timeZone: 'Nowhere' }, problem: 'zone' },
    { change: { holidays: [{ on: '02-31' }] }, problem: 'holiday' },
  ]) {
    const refused = bench.command('tickets.saveCalendar', { ...calendar, ...change })
    await expect(refused).rejects.toMatchObject({ code: 'ticket-calendar', params: { problem } })
  }
  await bench.promise()
  expect(await code(bench.command('tickets.saveCalendar', { ...calendar, name: 'OFFICE' }))).toBe(
    'ticket-name-taken',
  )
  const template = { id: null, baseVersion: 0, name: 'Thanks' }
  for (const [bodyEn, bodyId, why] of [
    ['{{password}}', '{{password}}', 'unknown'],
    ['Dear {{customer}}', 'Halo', 'one-language'],
    ['Dear {{customer}} {{', 'Halo {{customer}}', 'brace'],
  ] as const) {
    const refused = bench.command('tickets.saveTemplate', { ...template, bodyEn, bodyId })
    await expect(refused).rejects.toMatchObject({ code: 'ticket-placeholder', params: { why } })
  }
})

it('nobody is told by a line what he does not want to hear, nor asked twice how it was', async () => {
  const bench = createTicketsBench()
  const { id: quiet } = await bench.make({
    contacts: [{ role: 'owner', phone: '0812 3000 9999', channel: 'none' }],
  })
  const first = await bench.open({ subscriberId: quiet })
  await expect(bench.say(first.id, 'reply')).rejects.toMatchObject({
    code: 'ticket-no-contact',
    params: { why: 'wish' },
  })
  await bench.command('tickets.say', {
    id: first.id,
    said: { kind: 'reply', channel: 'counter', body: 'Told at the counter' },
  })
  const { id: subscriberId } = await bench.make()
  const { id } = await bench.open({ subscriberId })
  const ask = (ticketId: string) =>
    code(bench.command('tickets.askSatisfaction', { id: ticketId, channel: 'whatsapp' }))
  expect(await ask(id)).toBe('ticket-asked')
  await bench.move(id, 'solved')
  const answer = () => code(bench.command('tickets.answerSatisfaction', { id, score: 4 }))
  expect(await answer()).toBe('ticket-asked')
  bench.write('test.refused', (tx) => {
    tx.run(`UPDATE subscriber SET marketing_consent = 0 WHERE id = ?`, subscriberId)
  })
  expect(await ask(id)).toBe('ticket-no-contact')
  bench.write('test.agreed', (tx) => {
    tx.run(`UPDATE subscriber SET marketing_consent = 1 WHERE id = ?`, subscriberId)
  })
  expect([await ask(id), await ask(id), await answer(), await answer()]).toEqual([
    'done',
    'ticket-asked',
    'done',
    'ticket-asked',
  ])
})

it('links make no circle, no second parent, and nothing twice', async () => {
  const bench = createTicketsBench()
  const [one, two, three] = [await bench.open(), await bench.open(), await bench.open()]
  const link = (id: string, otherId: string, kind: 'child' | 'related' = 'child') =>
    bench.command('tickets.link', { id, otherId, kind }).then(
      () => 'done',
      (error: { params: { rule: string } }) => error.params.rule,
    )
  expect(await link(one.id, one.id)).toBe('itself')
  expect(await link(two.id, one.id)).toBe('done')
  expect(await link(one.id, two.id, 'related')).toBe('twice')
  expect(await link(three.id, two.id)).toBe('done')
  expect(await link(three.id, one.id)).toBe('parent')
  expect(await link(one.id, three.id)).toBe('circle')
})

it('files are what their content says, each once, and come back as they were', async () => {
  const bench = createTicketsBench()
  const { id } = await bench.open()
  const add = (name: string, bytes: Uint8Array<ArrayBuffer>) =>
    bench.command('tickets.addFile', { id, name, bytes })
  const html = new TextEncoder().encode('<html><script>1</script></html>')
  expect(await code(add('page.txt', html))).toBe('file-not-accepted')
  expect(await code(add('photo.png', html))).toBe('file-not-as-named')
  const png = Uint8Array.from(Buffer.from('89504e470d0a1a0a00', 'hex'))
  const { fileId } = await add('photo.png', png)
  expect(await code(add('again.png', png))).toBe('conflict')
  const other = await bench.open()
  expect(await code(bench.query('tickets.file', { id: other.id, fileId }))).toBe('not-found')
  await bench.merge(id, other.id)
  expect((await bench.query('tickets.file', { id: other.id, fileId })).content).toEqual(png)
})

it('what was said, what happened and what was promised is never changed, whoever tries', async () => {
  const bench = createTicketsBench()
  await bench.promise()
  const { id } = await bench.open({ said: { kind: 'note', body: 'first' } })
  await bench.command('tickets.addFile', {
    id,
    name: 'a.txt',
    bytes: new TextEncoder().encode('level'),
  })
  bench.store.stop()
  const raw = rawConnection(bench.store.path)
  for (const [table, column] of [
    ['ticket_message', 'body'],
    ['ticket_event', 'kind'],
    ['ticket_terms', 'content'],
    ['ticket_file', 'name'],
    ['ticket_file_content', 'content'],
  ] as const) {
    expect(() => raw.exec(`UPDATE ${table} SET ${column} = ${column}`), table).toThrow(
      /stay|change/u,
    )
    expect(() => raw.exec(`DELETE FROM ${table}`), table).toThrow(/stay|change/u)
  }
  expect(() => raw.exec(`DELETE FROM ticket`)).toThrow(/never removed/u)
  expect(() => raw.exec(`UPDATE ticket SET number = 'T-9'`)).toThrow(/number/u)
  raw.close()
})

it('who reaches a part sees, counts and touches no more than that', async () => {
  const bench = createTicketsBench()
  const { id: subscriberId } = await bench.make({ name: 'Sri Rahayu', agentId: rudi })
  const own = await bench.open({ subscriberId })
  const foreign = await bench.open({ subject: 'Somewhere else' })
  const there = await bench.open({ source: { kind: 'outage', id: outageId } })
  bench.reach = { kind: 'own', accountId: rudi, olts: new Set() }
  const list = async () => {
    const { tickets, total, states } = await bench.query('tickets.list', {})
    expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(total)
    return tickets.map(({ number }) => number).toSorted()
  }
  expect(await list()).toEqual([own.number])
  expect(await code(bench.query('tickets.ticket', { id: foreign.id }))).toBe('beyond-scope')
  expect(await code(bench.say(foreign.id, 'note'))).toBe('beyond-scope')
  expect(await code(bench.merge(own.id, foreign.id))).toBe('beyond-scope')
  bench.reach = { kind: 'regions', accountId: nadia, olts: new Set([north]) }
  // Who opened a ticket watches it, wherever it lies.
  expect(await list()).toEqual([own.number, foreign.number, there.number].toSorted())
  bench.reach = { kind: 'regions', accountId: rudi, olts: new Set([north]) }
  expect(await list()).toEqual([own.number, there.number].toSorted())
  expect((await bench.query('tickets.ticket', { id: there.id })).snapshot).not.toBeNull()
  const board = await bench.query('tickets.board', {})
  expect(board.columns.reduce((sum, { total }) => sum + total, 0)).toBe(2)
})
