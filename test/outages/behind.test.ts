import { expect, test } from 'vitest'
import type { Behind, BehindLookup } from '../../src-main/engine/capability-ports.ts'
import { createBehind } from '../../src-main/subscribers/behind.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { idOf, newTestStore, testCall } from '../support/store-workspace.ts'
import { createFakeFacts, offlineState } from './fake-facts.ts'
import { createOutageBench } from './outage-bench.ts'

const size = { olts: 2, pons: 3, onusPerPon: 16 }

/** ONUs of the first PON go dark, `down` of them; what was asked of whom. */
const withOutage = async (answer: Behind | null, down = 16) => {
  const network = createFakeFacts(size)
  const asked: Parameters<BehindLookup>[0][] = []
  const behind: BehindLookup = (onus) => {
    asked.push(onus)
    return answer
  }
  const bench = createOutageBench(network.facts, { behind })
  bench.outages.start()
  const fall = (rows: Iterable<number>): void => {
    for (const row of rows) network.set(row, offlineState, 'losi', bench.clock.now() - 20_000)
    for (let olt = 0; olt < size.olts; olt++) network.walk(olt, bench.clock.now())
    bench.clock.advance(2_000)
  }
  fall([])
  bench.clock.advance(60_000)
  const rows = network.rowsOf(0)
  fall(rows.slice(0, down))
  const row = async () => (await bench.ask('outages.list', {})).outages[0]
  return { ...bench, asked, network, rows, fall, row }
}

test('an outage says how many subscribers and how much a month are behind it', async () => {
  const revenue = { minor: 4_200_000, currency: 'IDR' }
  const { row, asked, network, rows } = await withOutage({ subscribers: 12, revenue })
  expect(await row()).toMatchObject({ affectedOnus: 16, subscribers: 12, revenue })
  expect(asked.at(-1)).toMatchObject([
    { serials: Array.from(rows.slice(0, 16), (one) => network.facts.onus.serial(one)) },
  ])
})

test('where nobody is linked it says that it does not know', async () => {
  const { row } = await withOutage(null)
  expect(await row()).toMatchObject({ subscribers: null, revenue: null })
})

test('it is asked again when the outage grows, and not each time somebody looks', async () => {
  const { row, asked, fall, rows, outages } = await withOutage(
    { subscribers: 1, revenue: null },
    12,
  )
  const before = asked.length
  await row()
  await row()
  expect(asked.length).toBe(before)
  fall(rows.slice(12, 16))
  expect(await row()).toMatchObject({ affectedOnus: 16 })
  expect(asked.length).toBeGreaterThan(before)
  outages.stop()
})

const subscriber = (tx: Transaction, id: string, code: string): void => {
  tx.run(
    `INSERT INTO subscriber (id, version, code, code_key, kind, name, name_key, status, status_since,
      language, created_at, updated_at) VALUES (?, 1, ?, ?, 'person', ?, ?, 'active', 0, 'en', 0, 0)`,
    id,
    code,
    code,
    code,
    code,
  )
}
const service = (
  tx: Transaction,
  number: number,
  subscriberId: string,
  state: 'live' | 'ended',
  serial: string,
): void => {
  tx.run(
    `INSERT INTO subscriber_service (id, subscriber_id, version, name, state, olt_id, serial,
      live_since, ended_at, created_at, updated_at) VALUES (?, ?, 1, 'Home', ?, ?, ?, 0, ?, 0, 0)`,
    idOf(number),
    subscriberId,
    state,
    idOf(500),
    serial,
    state === 'ended' ? 1 : null,
  )
}

test('a subscriber counts once, by what is live on that very OLT', () => {
  const store = newTestStore()
  const behind = createBehind(store.reader)
  const all = [{ oltId: idOf(500), serials: ['A1', 'A2', 'A3', 'A4'] }]
  expect(behind(all)).toBeNull()
  runCommand(store, testCall(1), (tx) => {
    tx.run(
      `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
        intervals_s, created_at, updated_at)
        VALUES (?, 'O', '127.0.0.1', 161, '2c', x'00', 'B+', '{}', 0, 0)`,
      idOf(500),
    )
    subscriber(tx, idOf(1), 'S-1')
    subscriber(tx, idOf(2), 'S-2')
    service(tx, 11, idOf(1), 'live', 'A1')
    service(tx, 12, idOf(1), 'live', 'A2')
    service(tx, 13, idOf(2), 'ended', 'A3')
    service(tx, 14, idOf(2), 'live', 'B9')
    return { result: {} }
  })
  expect(behind(all)).toEqual({ subscribers: 1, serviceIds: [idOf(11), idOf(12)] })
  expect(behind([{ oltId: idOf(501), serials: ['A1'] }])).toEqual({
    subscribers: 0,
    serviceIds: [],
  })
})
