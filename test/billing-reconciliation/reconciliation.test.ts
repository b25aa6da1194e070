import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FindingKind } from '../../src-shared/contract/billing-reconciliation.ts'
import type { CallInput } from '../../src-shared/contract/index.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { rejectionOf } from '../support/error-code.ts'
import {
  createPlansBench,
  fast,
  north,
  otherServiceId,
  otherSubscriberId,
  serviceId,
  subscriberId,
  type PlansBench,
} from '../support/plans-bench.ts'
import { idOf } from '../support/store-workspace.ts'

const south = idOf(0xa2)
const taskId = idOf(0x77)
const place = (onuId: number): number => packOnuAddress({ shelf: 0, slot: 1, port: 0, onuId })
const serialOf = (service: string): string => `HWTC0000${service.slice(-4).toUpperCase()}`
const [sri, budi] = [serialOf(serviceId), serialOf(otherServiceId)]

let bench: PlansBench
beforeEach(() => {
  bench = createPlansBench()
  bench.state.permissions.add('billing.reconciliation.read')
  bench.state.permissions.add('billing.reconciliation.manage')
  bench.network.others.push({ id: south, name: 'South' })
  bench.write('test.olt', (tx) =>
    tx.run(
      `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
        intervals_s, created_at, updated_at) VALUES (?, 'South', 's', 161, '2c', x'00', 'B+', '{}', 1, 1)`,
      south,
    ),
  )
  bench.network.onus = [
    { oltId: north, address: place(1), serial: sri, state: 'online' },
    { oltId: north, address: place(2), serial: budi, state: 'offline' },
  ]
})
afterEach(() => bench.close())

const errorCode = async (run: () => Promise<unknown>) => (await rejectionOf(run())).code

const look = async () => {
  const { lookId } = await bench.command('billing.reconcile', { taskId })
  return lookId
}
const list = async (lookId: string, asked: Partial<CallInput<'billing.findings'>> = {}) =>
  bench.query('billing.findings', { lookId, ...asked })
const found = async (): Promise<Partial<Record<FindingKind, number>>> => {
  await look()
  const { summary } = await bench.query('billing.reconciliation', {})
  return Object.fromEntries(summary!.kinds.map(({ kind, count }) => [kind, count]))
}
const speedIsRight = (): void => {
  const same = { state: 'same', address: null, differences: [] } as const
  bench.network.speeds.set(sri, same).set(budi, same)
}

test('where the books and the network agree nothing is told', async () => {
  speedIsRight()
  const { versionId } = await bench.sell()
  await bench.start(versionId)
  expect(await found()).toEqual({})
})

test('an ONU that is online without a plan, one without a service, one in two places', async () => {
  bench.network.onus.push(
    { oltId: south, address: place(3), serial: 'ZTEG00000001', state: 'online' },
    { oltId: south, address: place(4), serial: sri, state: 'offline' },
  )
  expect(await found()).toEqual({
    'live-no-subscription': 1,
    'live-no-service': 1,
    'duplicate-serial': 1,
  })
  const lookId = (await bench.query('billing.reconciliation', {})).lookId!
  const { findings } = await list(lookId, { kinds: ['duplicate-serial'] })
  expect(findings).toMatchObject([
    {
      subscriber: { id: subscriberId, name: 'Sri Rahayu' },
      onu: { oltName: 'North', serial: sri },
      places: [{ oltName: 'South', state: 'offline' }],
    },
  ])
})

test('what is at stake is a month of the plan, by currency; what has no price is counted apart', async () => {
  const { versionId } = await bench.sell({ speedId: fast })
  await bench.start(versionId)
  const lookId = await look()
  const { findings, sums } = await list(lookId)
  expect(findings).toMatchObject([
    {
      kind: 'speed-differs',
      subscription: { planName: 'Plan 1', speedId: fast, speedName: '50 / 25' },
      differences: [{ part: 'lineProfile', actual: '20M', wanted: '50M' }],
      stake: { currency: 'IDR', minor: 30_000_000 },
    },
  ])
  expect(sums).toEqual([{ currency: 'IDR', minor: 30_000_000 }])
  bench.network.onus.push({
    oltId: north,
    address: place(9),
    serial: 'ZTEG00000009',
    state: 'online',
  })
  await look()
  const { summary } = await bench.query('billing.reconciliation', {})
  expect(summary?.kinds).toContainEqual({
    kind: 'live-no-service',
    count: 1,
    stakes: [],
    unpriced: 1,
  })
})

test('an OLT that does not answer makes its ONUs not known, never gone or off', async () => {
  const { versionId } = await bench.sell({ speedId: fast })
  await bench.start(versionId)
  bench.network.silent.add(north)
  bench.network.onus = [bench.network.onus[1]!]
  await look()
  const { summary } = await bench.query('billing.reconciliation', {})
  expect(summary).toMatchObject({
    kinds: [],
    notKnown: { services: 2, onus: 1 },
    olts: [
      { oltName: 'North', answers: false, notKnown: 1 },
      { oltName: 'South', answers: true },
    ],
  })
})

test('the same of an OLT that answers: billed, and not there', async () => {
  const { versionId } = await bench.sell()
  await bench.start(versionId)
  bench.network.onus = [{ oltId: south, address: place(1), serial: sri, state: 'online' }]
  const lookId = await look()
  const { findings } = await list(lookId, { kinds: ['billed-not-on-olt'] })
  expect(findings).toMatchObject([
    { subscriber: { id: subscriberId }, places: [{ oltName: 'South', state: 'online' }] },
  ])
})

test('a subscription that was taken back on its day was never sold', async () => {
  const { versionId } = await bench.sell()
  const subscriptionId = await bench.start(versionId, '2026-11-22')
  const { version } = await bench.row(subscriptionId)
  await bench.command('billing.endSubscription', {
    subscriptionId,
    baseVersion: version,
    when: '2026-11-22',
    reason: 'a mistake',
  })
  expect(await found()).toEqual({ 'live-no-subscription': 1 })
})

test('once sold and ended, the line that stays on is told with what it brought', async () => {
  speedIsRight()
  const { versionId } = await bench.sell()
  const subscriptionId = await bench.start(versionId)
  const { version } = await bench.row(subscriptionId)
  await bench.command('billing.endSubscription', {
    subscriptionId,
    baseVersion: version,
    when: 'now',
    reason: 'moved',
  })
  const lookId = await look()
  expect((await list(lookId)).findings).toMatchObject([
    {
      kind: 'ended-authorised',
      sinceOn: '2026-11-22',
      stake: { minor: 30_000_000 },
      subscription: { status: 'ended' },
    },
  ])
})

describe('what is ignored', () => {
  test('is not counted until its last day is over, and can be counted again', async () => {
    const lookId = await look()
    const [finding] = (await list(lookId)).findings
    const keys = [finding!.key]
    await bench.command('billing.ignoreFindings', {
      lookId,
      keys,
      reason: 'a friend of the house',
      untilOn: '2026-11-23',
    })
    expect((await list(lookId)).total).toBe(0)
    expect((await list(lookId, { view: 'ignored' })).findings).toMatchObject([
      { ignored: { reason: 'a friend of the house', untilOn: '2026-11-23', by: 'Nadia' } },
    ])
    expect((await bench.query('billing.reconciliation', {})).summary).toMatchObject({
      kinds: [],
      ignored: 1,
    })
    bench.clock.advance(86_400_000)
    expect((await list(lookId)).total).toBe(0)
    bench.clock.advance(86_400_000)
    expect((await list(lookId)).total).toBe(1)

    await bench.command('billing.ignoreFindings', { lookId, keys, reason: 'x', untilOn: null })
    expect((await list(lookId)).total).toBe(0)
    await bench.command('billing.heedFindings', { lookId, keys })
    expect((await list(lookId)).total).toBe(1)
  })

  test('is refused without a reason, of a day that is over, and of what was not found', async () => {
    const lookId = await look()
    const [finding] = (await list(lookId)).findings
    const ignore = (change: object) => () =>
      bench.command('billing.ignoreFindings', {
        lookId,
        keys: [finding!.key],
        reason: 'x',
        untilOn: null,
        ...change,
      })
    expect(await errorCode(ignore({ reason: ' ' }))).toBe('invalid-input')
    expect(await errorCode(ignore({ untilOn: '2026-11-21' }))).toBe('day-too-early')
    expect(await errorCode(ignore({ keys: ['live-no-service|||X'] }))).toBe('not-found')
    expect(await errorCode(ignore({ lookId: idOf(0x99) }))).toBe('not-found')
    expect((await list(lookId)).total).toBe(1)
  })
})

describe('who reaches a part', () => {
  test('sees what lies on his OLTs alone, and no sums of the whole', async () => {
    bench.network.onus.push({
      oltId: south,
      address: place(3),
      serial: sri,
      state: 'online',
    })
    await look()
    bench.state.reach = { kind: 'regions', accountId: idOf(0xb1), olts: new Set([south]) }
    const before = await bench.query('billing.reconciliation', {})
    expect(before).toMatchObject({ lookId: null, summary: null })
    const lookId = await look()
    const { findings } = await list(lookId)
    // Of the one on North he is not even told that it has the same serial number.
    expect(findings.map(({ kind, places }) => [kind, places])).toEqual([['live-no-service', []]])
    const { summary } = await bench.query('billing.reconciliation', {})
    expect(summary?.olts.map(({ oltName }) => oltName)).toEqual(['South'])
  })

  test('does not read on in a look of a wider reach', async () => {
    const lookId = await look()
    bench.state.reach = { kind: 'regions', accountId: idOf(0xb1), olts: new Set([south]) }
    expect(await errorCode(() => list(lookId))).toBe('not-found')
    bench.state.reach = everything
    expect((await list(lookId)).total).toBe(1)
  })
})

test('sorted by what one asks for, what is not known last either way, page by page', async () => {
  const { versionId } = await bench.sell({ speedId: fast })
  await bench.start(versionId)
  for (let onu = 10; onu < 15; onu++) {
    bench.network.onus.push({
      oltId: south,
      address: place(onu),
      serial: `ZTEG000000${onu}`,
      state: 'online',
    })
  }
  const lookId = await look()
  for (const descending of [true, false]) {
    const { findings, total } = await list(lookId, { sort: 'subscriber', descending })
    expect(total).toBe(6)
    expect(findings.map(({ subscriber }) => subscriber?.name ?? null)).toEqual([
      'Sri Rahayu',
      null,
      null,
      null,
      null,
      null,
    ])
  }
  const serials = (offset: number) => async () =>
    (await list(lookId, { sort: 'onu', descending: false, offset, limit: 3 })).findings.map(
      ({ onu }) => onu?.serial,
    )
  expect([...(await serials(0)()), ...(await serials(3)())]).toEqual([
    sri,
    ...[10, 11, 12, 13, 14].map((onu) => `ZTEG000000${onu}`),
  ])
  expect((await list(lookId, { search: 'zteg00000012' })).total).toBe(1)
})

test('a service that ended and whose ONU serves somebody else now is none', async () => {
  bench.write('test.moved', (tx) => {
    tx.run(`UPDATE subscriber_service SET state = 'ended', ended_at = 5 WHERE id = ?`, serviceId)
    tx.run(`UPDATE subscriber_service SET serial = ? WHERE id = ?`, sri, otherServiceId)
  })
  bench.network.onus = [{ oltId: north, address: place(1), serial: sri, state: 'online' }]
  const lookId = await look()
  expect((await list(lookId)).findings).toMatchObject([
    { kind: 'live-no-subscription', subscriber: { id: otherSubscriberId } },
  ])
})

test('the store keeps no finding ignored without a reason or of a day that is none', () => {
  const ignore = (reason: string, untilOn: string | null) => () =>
    bench.write('test.ignored', (tx) =>
      tx.run(
        `INSERT INTO reconciliation_ignored (key, kind, reason, until_on, at) VALUES ('k', 'x', ?, ?, 1)`,
        reason,
        untilOn,
      ),
    )
  expect(ignore('', null)).toThrow(/constraint failed/u)
  expect(ignore('x', 'soon')).toThrow(/constraint failed/u)
  expect(ignore('x', '2026-12-01')).not.toThrow()
  expect(() =>
    bench.write('test.look', (tx) =>
      tx.run(`INSERT INTO reconciliation_look (id, at, summary) VALUES (2, 1, '{}')`),
    ),
  ).toThrow(/constraint failed/u)
})
