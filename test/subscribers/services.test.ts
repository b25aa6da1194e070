import { describe, expect, it } from 'vitest'
import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf } from '../support/store-workspace.ts'
import {
  createSubscribersBench,
  nadia,
  north,
  south,
  type SubscribersBench,
} from '../support/subscribers-bench.ts'

const code = async (work: Promise<unknown>): Promise<string> => (await rejectionOf(work)).code

const serve = (
  bench: SubscribersBench,
  id: string,
  onu: { oltId: string; serial: string } | null,
  more: { serviceId?: string; baseVersion?: number; addressId?: string } = {},
) =>
  bench.command('subscribers.saveService', {
    id,
    serviceId: null,
    baseVersion: 0,
    name: 'Home',
    onu,
    ...more,
  })

const one = { oltId: north, serial: 'HWTC00000001' }
const address = unpackOnuAddress(packOnuAddress({ shelf: 1, slot: 1, port: 1, onuId: 1 }))

describe('an ONU', () => {
  it('carries at most one live service', async () => {
    const bench = createSubscribersBench()
    bench.seen.set(north, ['HWTC00000001'])
    const first = await bench.make({ name: 'Sri' })
    const second = await bench.make({ name: 'Budi' })
    const { serviceId } = await serve(bench, first.id, one)
    const taken = await rejectionOf(serve(bench, second.id, { ...one, serial: 'hwtc-00000001' }))
    expect([taken.code, taken.params['who']]).toEqual(['onu-has-service', 'S-000001 Sri'])
    // Not of the same subscriber either, and not past the check.
    expect(await code(serve(bench, first.id, one))).toBe('onu-has-service')
    expect(() =>
      bench.write('test.force', (tx) =>
        tx.run(
          `INSERT INTO subscriber_service (id, subscriber_id, version, name, state, olt_id, serial,
            created_at, updated_at) VALUES (?, ?, 1, 'x', 'live', ?, ?, 1, 1)`,
          idOf(0xfff1),
          second.id,
          north,
          one.serial,
        ),
      ),
    ).toThrow(/UNIQUE/u)
    await bench.command('subscribers.endService', { id: first.id, serviceId, baseVersion: 1 })
    await serve(bench, second.id, one)
    const again = { id: first.id, serviceId, baseVersion: 2 }
    expect(await code(bench.command('subscribers.resumeService', again))).toBe('onu-has-service')
  })

  it('that moved to another OLT is the same one, and a double of it is another', async () => {
    const bench = createSubscribersBench()
    const first = await bench.make()
    const second = await bench.make()
    bench.seen.set(north, [one.serial])
    await serve(bench, first.id, one)
    // Seen on both: two ONUs with one serial number.
    bench.seen.set(south, [one.serial])
    const double = await serve(bench, second.id, { oltId: south, serial: one.serial })
    await bench.command('subscribers.endService', {
      id: second.id,
      serviceId: double.serviceId,
      baseVersion: 1,
    })
    // Gone from the first: it has moved, and carries its service with it.
    bench.seen.set(north, [])
    const moved = serve(bench, second.id, { oltId: south, serial: one.serial })
    expect(await code(moved)).toBe('onu-has-service')
  })

  it('tells who is behind it, the live one first, and where to find him', async () => {
    const bench = createSubscribersBench()
    bench.seen.set(north, ['HWTC00000001'])
    const first = await bench.make({ name: 'Sri', addresses: [{ kind: 'service', lines: 'Old' }] })
    const { serviceId } = await serve(bench, first.id, one)
    await bench.command('subscribers.endService', { id: first.id, serviceId, baseVersion: 1 })
    const second = await bench.make({
      name: 'Budi',
      neverSuspend: true,
      addresses: [
        { kind: 'billing', lines: 'Elsewhere' },
        {
          kind: 'service',
          lines: 'Jl. Melati 1',
          city: 'Bandung',
          coordinates: { latitude: -6.9, longitude: 107.6 },
        },
      ],
    })
    const { addresses } = await bench.query('subscribers.record', { id: second.id })
    await serve(bench, second.id, one, { addressId: addresses[1]!.id })
    const asked = { oltId: north, address }
    const found = await bench.query('subscribers.behindOnu', asked)
    expect(found.serial).toBe('HWTC00000001')
    expect(found.behind).toMatchObject([
      {
        name: 'Budi',
        serviceState: 'live',
        neverSuspend: true,
        address: 'Jl. Melati 1, Bandung',
        coordinates: { latitude: -6.9, longitude: 107.6 },
      },
      { name: 'Sri', serviceState: 'ended', address: 'Old' },
    ])
    expect(found.readable).toBe(true)
    bench.permissions = new Set(['subscribers.onu.read'])
    expect((await bench.query('subscribers.behindOnu', asked)).readable).toBe(false)
    const nobody = { oltId: north, address: { ...address, onuId: 9 } }
    expect(await bench.query('subscribers.behindOnu', nobody)).toMatchObject({
      serial: null,
      behind: [],
    })
    // Of the OLT of another region nothing is told.
    bench.reach = { kind: 'regions', accountId: nadia, olts: new Set([south]) }
    expect(await code(bench.query('subscribers.behindOnu', asked))).toBe('beyond-scope')
  })

  it('that a plan moves or replaces takes its service with it', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    await serve(bench, id, one)
    const to = { oltId: south, serial: 'ZTEG0000000A' }
    bench.write('test.moved', (tx) => bench.subscribers.onuFollowed(tx, one, to))
    const record = await bench.query('subscribers.record', { id })
    expect(record.services[0]).toMatchObject({ version: 2, onu: { ...to, oltName: 'South' } })
    expect((await bench.query('subscribers.timeline', { id })).events[0]).toMatchObject({
      kind: 'service-followed',
      by: null,
      data: { before: one.serial, serial: to.serial },
    })
    expect((await bench.query('subscribers.list', { filter: { oltId: south } })).total).toBe(1)
    // One that carries a service of its own keeps it: a person decides.
    const other = await bench.make()
    await serve(bench, other.id, one)
    bench.write('test.moved', (tx) => bench.subscribers.onuFollowed(tx, one, to))
    const left = await bench.query('subscribers.record', { id: other.id })
    expect(left.services[0]?.onu).toMatchObject(one)
  })
})

describe('what is wanted of a line', () => {
  it('stands in the time line of whom it serves, and of nobody else', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    await serve(bench, id, one)
    const wish = { desired: 'suspended', reason: 'unpaid', accountId: nadia }
    bench.write('test.wanted', (tx) => {
      bench.subscribers.onuWanted(tx, one, wish)
      bench.subscribers.onuWanted(tx, { ...one, serial: 'HWTC0000FFFF' }, wish)
    })
    const { events } = await bench.query('subscribers.timeline', { id })
    expect(events[0]).toMatchObject({
      kind: 'line-suspended',
      by: 'Nadia',
      data: { serial: one.serial, reason: 'unpaid' },
    })
    expect(events).toHaveLength(3)
  })
})

describe('a service', () => {
  it('is refused on an OLT or at an address that there is not, stale, or once it has ended', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make()
    const nowhere = serve(bench, id, { oltId: idOf(0xdead), serial: 'HWTC00000001' })
    expect(await code(nowhere)).toBe('not-found')
    const other = await bench.make({ addresses: [{ kind: 'service', lines: 'Not his' }] })
    const [foreign] = (await bench.query('subscribers.record', { id: other.id })).addresses
    expect(await code(serve(bench, id, null, { addressId: foreign!.id }))).toBe('not-found')
    const { serviceId } = await serve(bench, id, null)
    expect(await code(serve(bench, id, one, { serviceId, baseVersion: 4 }))).toBe('conflict')
    const stolen = serve(bench, other.id, one, { serviceId, baseVersion: 1 })
    expect(await code(stolen)).toBe('not-found')
    await bench.command('subscribers.endService', { id, serviceId, baseVersion: 1 })
    expect(await code(serve(bench, id, one, { serviceId, baseVersion: 2 }))).toBe('conflict')
    const twice = { id, serviceId, baseVersion: 2 }
    expect(await code(bench.command('subscribers.endService', twice))).toBe('conflict')
  })

  it('is planned without an ONU and live with one; ended, it keeps what it named', async () => {
    const bench = createSubscribersBench()
    bench.seen.set(north, [one.serial])
    const { id } = await bench.make()
    const { serviceId } = await serve(bench, id, null)
    const service = async () => (await bench.query('subscribers.record', { id })).services[0]
    expect(await service()).toMatchObject({ state: 'planned', onu: null, liveSince: null })
    bench.clock.advance(60_000)
    await serve(bench, id, one, { serviceId, baseVersion: 1 })
    expect(await service()).toMatchObject({ state: 'live', liveSince: bench.clock.now() })
    await bench.command('subscribers.endService', { id, serviceId, baseVersion: 2 })
    expect(await service()).toMatchObject({
      state: 'ended',
      endedAt: bench.clock.now(),
      onu: { serial: one.serial },
    })
    await bench.command('subscribers.resumeService', { id, serviceId, baseVersion: 3 })
    expect(await service()).toMatchObject({ state: 'live', endedAt: null })
  })

  it('finds its ONU where the network sees the serial number now, with what is wanted of it', async () => {
    const bench = createSubscribersBench()
    bench.seen.set(north, ['HWTC000000FF', one.serial])
    bench.seen.set(south, [one.serial])
    const { id } = await bench.make()
    await serve(bench, id, one)
    const onu = async () => (await bench.query('subscribers.record', { id })).services[0]?.onu
    expect(await onu()).toMatchObject({
      oltName: 'North',
      wanted: null,
      reached: true,
      elsewhere: [{ oltName: 'South' }],
    })
    bench.seen.set(north, [])
    expect(await onu()).toMatchObject({ onu: null, elsewhere: [{ oltName: 'South' }] })
    bench.reach = { kind: 'regions', accountId: nadia, olts: new Set([north]) }
    expect(await onu()).toMatchObject({ elsewhere: [] })
  })

  it('loses an address that is taken off, and nothing else', async () => {
    const bench = createSubscribersBench()
    const { id } = await bench.make({ addresses: [{ kind: 'service', lines: 'Jl. Melati 1' }] })
    const [place] = (await bench.query('subscribers.record', { id })).addresses
    await serve(bench, id, one, { addressId: place!.id })
    await bench.command('subscribers.setAddresses', { id, baseVersion: 1, addresses: [] })
    const record = await bench.query('subscribers.record', { id })
    expect(record.services[0]).toMatchObject({ state: 'live', addressId: null })
  })
})

describe('the list', () => {
  const filled = async () => {
    const bench = createSubscribersBench()
    for (const [name, phone] of [
      ['Émile Zola', '0812 1111 1111'],
      ['Zainal Abidin', '0812 2222 2222'],
      ['agus salim', '0812 3333 3333'],
    ] as const) {
      await bench.make({ name, contacts: [{ role: 'owner', phone }] })
    }
    return bench
  }
  const names = async (
    bench: SubscribersBench,
    input: Parameters<SubscribersBench['query']>[1] & object,
  ) => (await bench.query('subscribers.list', input as object)).subscribers.map(({ name }) => name)

  it('finds by name, code, number however typed, address and serial', async () => {
    const bench = await filled()
    const { id } = await bench.make({
      name: 'Sri',
      contacts: [],
      addresses: [{ kind: 'service', lines: 'Gang Kelinci 7', city: 'Cimahi' }],
    })
    await serve(bench, id, { oltId: north, serial: 'ZTEGC8F21A07' })
    for (const [search, found] of [
      ['emile', ['Émile Zola']],
      ['+62 812-2222-2222', ['Zainal Abidin']],
      ['(0812) 3333 3333', ['agus salim']],
      ['62812333', ['agus salim']],
      ['s-000002', ['Zainal Abidin']],
      ['kelinci 7 cimahi', ['Sri']],
      ['zteg-c8f21a07', ['Sri']],
      ['c8f21a07', ['Sri']],
      ['z', []],
      ['za abi', ['Zainal Abidin']],
    ] as const) {
      expect(await names(bench, { filter: { search } }), search).toEqual(found)
    }
    // What no longer serves him finds him no longer.
    const [service] = (await bench.query('subscribers.record', { id })).services
    await bench.command('subscribers.endService', { id, serviceId: service!.id, baseVersion: 1 })
    expect(await names(bench, { filter: { search: 'c8f21a07' } })).toEqual([])
  })

  it('is sorted as people sort, filtered and paged by the store', async () => {
    const bench = await filled()
    expect(await names(bench, {})).toEqual(['agus salim', 'Émile Zola', 'Zainal Abidin'])
    expect(await names(bench, { descending: true, limit: 1, offset: 1 })).toEqual(['Émile Zola'])
    expect(await names(bench, { sort: 'code', descending: true })).toEqual([
      'agus salim',
      'Zainal Abidin',
      'Émile Zola',
    ])
    const { id } = await bench.make({ name: 'PT Maju', kind: 'company', status: 'active' })
    await serve(bench, id, one)
    for (const filter of [
      { statuses: ['active' as const] },
      { kind: 'company' as const },
      { oltId: north },
      { service: 'live' as const },
    ]) {
      expect(await names(bench, { filter }), JSON.stringify(filter)).toEqual(['PT Maju'])
    }
    expect(await names(bench, { filter: { service: 'none', agent: 'none' }, limit: 1 })).toEqual([
      'agus salim',
    ])
  })

  it('gives many to another agent as the preview said, and takes it back', async () => {
    const bench = await filled()
    const which = { filter: { statuses: ['lead' as const] } }
    const preview = await bench.query('subscribers.previewAgent', { which, agentId: nadia })
    expect(preview).toMatchObject({
      chosen: 3,
      changing: 3,
      from: [{ agentName: null, count: 3 }],
    })
    const set = (expected: number) =>
      bench.command('subscribers.setAgent', { which, agentId: nadia, expected })
    await bench.make()
    expect(await code(set(3))).toBe('conflict')
    const done = await set(4)
    expect(done.changed).toBe(4)
    expect((await bench.query('subscribers.list', { filter: { agent: nadia } })).total).toBe(4)
    const ids = done.before[0]!.ids
    await bench.command('subscribers.setAgent', { which: { ids }, agentId: null, expected: 4 })
    expect((await bench.query('subscribers.list', { filter: { agent: 'none' } })).total).toBe(4)
    const stranger = { which, agentId: idOf(0xdead), expected: 4 }
    expect(await code(bench.command('subscribers.setAgent', stranger))).toBe('not-found')
  })

  it('goes out as a table that no spreadsheet computes', async () => {
    const bench = createSubscribersBench()
    await bench.make({
      name: '=HYPERLINK("http://x")',
      contacts: [{ role: 'owner', phone: '0812 3456 7890' }],
    })
    const { csv, rows } = await bench.query('subscribers.export', {})
    expect(rows).toBe(1)
    expect(csv.startsWith('\ufeffcode,kind,name,status')).toBe(true)
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`)
  })

  it('tells who looks the same before somebody is entered twice', async () => {
    const bench = await filled()
    const { alike } = await bench.query('subscribers.alike', {
      name: 'AGUS SALIM',
      phone: '+62812 1111 1111',
    })
    expect(alike.map(({ subscriber, by }) => [subscriber.name, by])).toEqual([
      ['agus salim', ['name']],
      ['Émile Zola', ['phone']],
    ])
    bench.reach = { kind: 'regions', accountId: nadia, olts: new Set([south]) }
    expect((await bench.query('subscribers.alike', { name: 'agus salim' })).alike).toEqual([])
  })

  it('gives the search of the console the way to his page, or to his ONU for who runs the network', async () => {
    const bench = await filled()
    bench.seen.set(north, [one.serial])
    const { id } = await bench.make({ name: 'Sri Rahayu' })
    await serve(bench, id, one)
    const find = (text: string, permission: string) =>
      bench.subscribers.find(text, 8, {
        reach: bench.reach,
        session: { permissions: new Set([permission]) },
      } as never)
    const { rows, total } = find('rahayu', 'subscribers.subscriber.read')
    expect(total).toBe(1)
    expect(rows).toMatchObject([{ id, readable: true, serial: one.serial, onu: { oltId: north } }])
    expect(find('0812 2222 2222', 'x').rows).toMatchObject([{ name: 'Zainal Abidin', onu: null }])
    expect(find('hwtc00000001', 'subscribers.onu.read').rows[0]?.readable).toBe(false)
    bench.reach = { kind: 'regions', accountId: nadia, olts: new Set([south]) }
    expect(find('rahayu', 'subscribers.subscriber.read').total).toBe(0)
  })
})
