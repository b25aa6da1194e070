import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import {
  createPlansBench,
  fast,
  otherServiceId,
  otherSubscriberId,
  someTerms,
  subscriberId,
  type PlansBench,
} from '../support/plans-bench.ts'

let bench: PlansBench
let home20: { planId: string; versionId: string }
let home50: { planId: string; versionId: string }
let tv: { planId: string; versionId: string }
const dayMs = 86_400_000

beforeAll(async () => {
  bench = createPlansBench()
  await bench.command('billing.saveTaxRate', {
    rateId: null,
    baseVersion: 0,
    code: 'PPN',
    name: 'PPN',
    ratePpm: 120_000,
    baseNum: 11,
    baseDen: 12,
    country: 'ID',
    validFromOn: '2025-01-01',
    validToOn: null,
  })
  home20 = await bench.sell({ taxCodes: ['PPN'], speedId: fast })
  home50 = await bench.sell({ price: 60_000_000, taxCodes: ['PPN'], minTermMonths: 12 })
  tv = await bench.sell({ price: 5_000_000 }, { kind: 'extra' })
})
afterAll(() => bench.close())
beforeEach(() => {
  bench.state.permissions = new Set(['billing.plan.manage'])
  bench.notes.length = 0
})

/** Nothing stands on Sri's and Budi's services. */
const clear = (): void =>
  bench.write('test.clear', (tx) => {
    tx.run(`UPDATE subscription SET service_id = NULL, kind = 'extra'`)
  })

const step = async (subscriptionId: string) => ({
  subscriptionId,
  baseVersion: (await bench.row(subscriptionId)).version,
  reason: 'asked by telephone',
})
const end = async (id: string, when: string, waiveTerm = false) =>
  bench.command('billing.endSubscription', { ...(await step(id)), when, waiveTerm })

test('what is planned comes to be by itself on its day, one after the other', async () => {
  clear()
  const first = await bench.start(home20.versionId)
  await end(first, '2026-12-01')
  const second = await bench.start(home50.versionId, '2026-12-01')
  const kept = () =>
    bench.store.reader.prepare<[string], { status: string }>(
      `SELECT status FROM subscription WHERE id = ?`,
    )
  bench.billing.start()
  expect([kept().get(first), kept().get(second)]).toEqual([
    { status: 'active' },
    { status: 'draft' },
  ])
  bench.clock.advance(9 * dayMs)
  expect([kept().get(first), kept().get(second)]).toEqual([
    { status: 'ended' },
    { status: 'active' },
  ])
  bench.billing.stop()
  expect(bench.clock.pending).toBe(0)
  bench.clock.jump(-9 * dayMs)
})

test('everybody of a version goes over to another by an act, seen before', async () => {
  clear()
  const { planId, versionId } = await bench.sell()
  const id = await bench.start(versionId, '2026-11-01')
  const paused = await bench.start(versionId, '2026-11-01', {
    subscriberId: otherSubscriberId,
    serviceId: otherServiceId,
  })
  await end(paused, '2026-11-25')
  const next = await bench.command('billing.saveVersion', {
    planId,
    versionId: null,
    baseVersion: 2,
    terms: someTerms({ validFromOn: '2026-11-20', price: 33_000_000 }),
  })
  // Nobody is moved by the new version itself.
  expect((await bench.row(id)).planVersionId).toBe(versionId)
  const move = {
    planId,
    fromVersionId: versionId,
    toVersionId: next.versionId,
    when: 'period-end',
  } as const
  expect(await bench.query('billing.previewMove', move)).toMatchObject({
    count: 1,
    leftOut: [{ subscriberName: 'Budi Santoso', problem: { code: 'subscription-planned' } }],
    firstOn: '2026-12-01',
    priceBefore: 30_000_000,
    priceAfter: 33_000_000,
  })
  expect(
    await bench.command('billing.moveToVersion', { ...move, after: null, reason: 'New prices' }),
  ).toEqual({ changed: 1, leftOut: 1, next: null })
  expect((await bench.row(id)).planned).toMatchObject([{ effectiveOn: '2026-12-01' }])
  expect((await bench.query('billing.planUsers', { planId, versionId })).users).toMatchObject([
    { subscriberName: 'Budi Santoso', status: 'active' },
    { subscriberName: 'Sri Rahayu', versionNumber: 1 },
  ])
})

test('the speed that is wanted is shown against the ONU’s record', async () => {
  clear()
  const id = await bench.start(home20.versionId)
  expect((await bench.query('billing.subscription', { subscriptionId: id })).speed).toMatchObject({
    state: 'differs',
    wanted: { name: '50 / 25' },
    onu: { oltName: 'North' },
    differences: [{ part: 'lineProfile', actual: '20M', wanted: '50M' }],
  })
})

test('who does not reach the subscriber’s OLTs gets nothing of his subscriptions', async () => {
  clear()
  const id = await bench.start(home20.versionId)
  bench.state.reach = { kind: 'regions', accountId: 'x', olts: new Set(['elsewhere']) }
  for (const asked of [
    bench.query('billing.subscriptions', { subscriberId }),
    bench.query('billing.subscription', { subscriptionId: id }),
    bench.start(tv.versionId),
  ]) {
    expect(await rejectionOf(asked)).toMatchObject({ code: 'beyond-scope' })
  }
})
