import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import {
  createPlansBench,
  fast,
  otherServiceId,
  serviceId,
  subscriberId,
  type PlansBench,
} from '../support/plans-bench.ts'

let bench: PlansBench
let home20: { planId: string; versionId: string }
let home50: { planId: string; versionId: string }
let tv: { planId: string; versionId: string }
let prepaid: { planId: string; versionId: string }

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
  prepaid = await bench.sell({}, { payment: 'prepaid' })
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
const change = async (id: string, planVersionId: string, when: string | null = null) =>
  bench.command('billing.changeSubscription', {
    ...(await step(id)),
    bought: { planVersionId },
    when,
  })
const pause = async (id: string, fromOn: string, untilOn: string | null = null) =>
  bench.command('billing.pauseSubscription', { ...(await step(id)), fromOn, untilOn })
const end = async (id: string, when: string, waiveTerm = false) =>
  bench.command('billing.endSubscription', { ...(await step(id)), when, waiveTerm })

describe('a start is refused', () => {
  test.each([
    ['of a main plan without a service', { serviceId: null }, 'subscription-needs-service'],
    ['on somebody else’s service', { serviceId: otherServiceId }, 'not-found'],
    ['for nobody', { subscriberId: '00000000-0000-7000-8000-000000000999' }, 'not-found'],
  ])('%s', async (_, over, code) => {
    clear()
    const refused = bench.start(home20.versionId, '2026-11-22', over)
    expect(await rejectionOf(refused)).toMatchObject({ code })
  })

  test('beside a main plan that runs, and beside one that is planned', async () => {
    clear()
    const first = await bench.start(home20.versionId)
    expect(await rejectionOf(bench.start(home50.versionId, '2026-12-01'))).toMatchObject({
      code: 'service-has-subscription',
    })
    await end(first, '2026-12-01')
    await bench.start(home20.versionId, '2026-12-01')
    expect(await rejectionOf(bench.start(home50.versionId, '2026-12-15'))).toMatchObject({
      code: 'service-has-subscription',
      params: { from: '2026-12-01' },
    })
  })

  test('at another price than the plan’s, unless one makes the prices', async () => {
    clear()
    bench.state.permissions = new Set()
    const own = { bought: { planVersionId: home20.versionId, priceOverride: 1 } }
    expect(await rejectionOf(bench.start('', '2026-11-22', own))).toMatchObject({
      code: 'permission-denied',
    })
    bench.state.permissions = new Set(['billing.plan.manage'])
    expect((await bench.row(await bench.start('', '2026-11-22', own))).price).toBe(1)
  })

  test('of a plan that is withdrawn, and with an extra that it does not have', async () => {
    clear()
    const { planId, versionId } = await bench.sell()
    const extra = { bought: { planVersionId: versionId, extras: [{ code: 'NO', quantity: 1 }] } }
    expect(await rejectionOf(bench.start('', '2026-11-22', extra))).toMatchObject({
      code: 'not-found',
    })
    await bench.command('billing.savePlan', {
      planId,
      baseVersion: 2,
      code: 'GONE',
      name: 'Gone',
      note: '',
      kind: 'main',
      payment: 'postpaid',
      currency: 'IDR',
      sold: false,
    })
    expect(await rejectionOf(bench.start(versionId))).toMatchObject({ code: 'plan-not-sold' })
  })
})

test('one live main subscription of a service is the store’s word too; extras stand beside it', async () => {
  clear()
  await bench.start(home20.versionId)
  await bench.start(tv.versionId)
  await bench.start(tv.versionId, '2026-11-02', { serviceId: null })
  expect(() =>
    bench.write('test.second', (tx) =>
      tx.run(
        `INSERT INTO subscription (id, version, subscriber_id, service_id, plan_id, kind, currency,
          starts_on, anchor_on, anchor_day, plan_version_id, status, status_since_on, created_at,
          updated_at) SELECT 'second', 1, subscriber_id, service_id, plan_id, kind, currency,
          starts_on, anchor_on, anchor_day, plan_version_id, status, status_since_on, 1, 1
          FROM subscription WHERE service_id = ? AND kind = 'main'`,
        serviceId,
      ),
    ),
  ).toThrow(/UNIQUE/u)
})

describe('what happened', () => {
  test('is never changed, removed or rewritten', async () => {
    clear()
    const id = await bench.start(home20.versionId)
    for (const sql of [
      `UPDATE subscription_event SET reason = 'other' WHERE subscription_id = ?`,
      `DELETE FROM subscription_event WHERE subscription_id = ?`,
      `DELETE FROM subscription WHERE id = ?`,
    ]) {
      expect(() => bench.write('test.edit', (tx) => tx.run(sql, id))).toThrow(/never/u)
    }
    await change(id, home50.versionId, '2026-11-10')
    expect(await rejectionOf(pause(id, '2026-11-09'))).toMatchObject({
      code: 'subscription-day-refused',
      params: { rule: 'before-last' },
    })
  })

  test('stands on the subscriber’s time line, with who, when and why', async () => {
    clear()
    const id = await bench.start(home20.versionId)
    await change(id, home50.versionId)
    expect(bench.notes.map(({ kind, subscriberId: of, data }) => [kind, of, data?.['on']])).toEqual(
      [
        ['subscription-started', subscriberId, '2026-11-01'],
        ['subscription-changed', subscriberId, '2026-11-22'],
      ],
    )
    const { events } = await bench.query('billing.subscription', { subscriptionId: id })
    expect(events[0]).toMatchObject({ kind: 'change', by: 'Nadia', reason: 'asked by telephone' })
  })

  test('a base version that somebody overtook is refused', async () => {
    clear()
    const id = await bench.start(home20.versionId)
    const old = await step(id)
    await pause(id, '2026-12-01')
    const late = bench.command('billing.pauseSubscription', {
      ...old,
      fromOn: '2027-01-01',
      untilOn: null,
    })
    expect(await rejectionOf(late)).toMatchObject({ code: 'conflict' })
  })
})

describe('a change', () => {
  test('up is now, down at the end of the period, by the price of a year', async () => {
    clear()
    const id = await bench.start(home20.versionId)
    expect(await change(id, home50.versionId)).toEqual({ effectiveOn: '2026-11-22' })
    expect(await bench.row(id)).toMatchObject({ planId: home50.planId, status: 'active' })
    expect(await change(id, home20.versionId)).toEqual({ effectiveOn: '2026-12-01' })
    expect(await bench.row(id)).toMatchObject({
      planId: home50.planId,
      planned: [{ kind: 'change', effectiveOn: '2026-12-01', planName: 'Plan 1' }],
    })
  })

  test('beside one that is planned, to what runs, or to another family is refused', async () => {
    clear()
    const id = await bench.start(home50.versionId, '2026-11-22')
    expect(await rejectionOf(change(id, home50.versionId))).toMatchObject({
      code: 'subscription-unchanged',
    })
    await change(id, home20.versionId)
    expect(await rejectionOf(change(id, home20.versionId, 'now'))).toMatchObject({
      code: 'subscription-planned',
    })
    clear()
    const other = await bench.start(home20.versionId)
    expect(await rejectionOf(change(other, prepaid.versionId))).toMatchObject({
      code: 'plan-other-family',
      params: { part: 'payment' },
    })
    expect(await rejectionOf(change(other, tv.versionId))).toMatchObject({
      params: { part: 'kind' },
    })
  })

  test('that is planned is taken back before it takes effect, and not after', async () => {
    clear()
    const id = await bench.start(home50.versionId, '2026-11-22')
    await change(id, home20.versionId)
    const { planned } = await bench.row(id)
    await bench.command('billing.undoPlanned', {
      ...(await step(id)),
      eventId: planned[0]!.eventId,
    })
    expect((await bench.row(id)).planned).toEqual([])
    const { events } = await bench.query('billing.subscription', { subscriptionId: id })
    expect(events).toMatchObject([{ kind: 'undo' }, { kind: 'change', undone: true }, {}])
    const taken = bench.command('billing.undoPlanned', {
      ...(await step(id)),
      eventId: events.at(-1)!.id,
    })
    expect(await rejectionOf(taken)).toMatchObject({ code: 'subscription-in-effect' })
  })

  test('is seen with its amounts before it is made, exempt where the subscriber is', async () => {
    clear()
    const id = await bench.start(home20.versionId, '2026-11-22', { billingDay: 1 })
    const preview = () =>
      bench.query('billing.previewAct', {
        subscriptionId: id,
        act: { kind: 'change', bought: { planVersionId: home50.versionId }, when: 'now' },
      })
    // Nine of thirty days: 9,000,000 back and 18,000,000 charged, and PPN of the difference.
    expect(await preview()).toMatchObject({
      problem: null,
      direction: 'upgrade',
      effectiveOn: '2026-11-22',
      bill: { net: 9_000_000, tax: 990_000 },
      nextBill: { on: '2026-12-01', net: 60_000_000 },
    })
    bench.state.treatment = 'exempt'
    expect(await preview()).toMatchObject({ bill: { net: 9_000_000, tax: 0 } })
    bench.state.treatment = 'standard'
    expect((await bench.row(id)).planned).toEqual([])
  })
})

describe('a pause by wish', () => {
  test('has its end planned with it, and is over early when somebody comes back', async () => {
    clear()
    const id = await bench.start(home20.versionId)
    await pause(id, '2026-11-22', '2027-01-01')
    expect(await bench.row(id)).toMatchObject({
      status: 'paused',
      planned: [{ kind: 'resume', effectiveOn: '2027-01-01' }],
    })
    await bench.command('billing.resumeSubscription', { ...(await step(id)), on: '2026-12-15' })
    expect((await bench.row(id)).planned).toMatchObject([
      { kind: 'resume', effectiveOn: '2026-12-15' },
    ])
  })

  test('does not lift a suspension for debt', async () => {
    clear()
    const id = await bench.start(home20.versionId)
    bench.write('test.suspend', (tx) => {
      tx.run(
        `INSERT INTO subscription_event (id, subscription_id, seq, kind, effective_on, payload, at)
          VALUES (?, ?, 2, 'suspend', '2026-11-20', '{}', 1)`,
        '00000000-0000-7000-8000-0000000000ff',
        id,
      )
    })
    expect((await bench.row(id)).status).toBe('suspended')
    const resume = bench.command('billing.resumeSubscription', {
      ...(await step(id)),
      on: '2026-11-22',
    })
    expect(await rejectionOf(resume)).toMatchObject({ code: 'subscription-act-refused' })
    expect(await rejectionOf(pause(id, '2026-11-22'))).toMatchObject({
      code: 'subscription-act-refused',
    })
  })
})

describe('an end', () => {
  test('within the minimum term is for who makes the plans to allow', async () => {
    clear()
    const id = await bench.start(home50.versionId)
    expect((await bench.row(id)).minTermUntilOn).toBe('2027-11-01')
    expect(await rejectionOf(end(id, 'now'))).toMatchObject({
      code: 'minimum-term',
      params: { until: '2027-11-01' },
    })
    bench.state.permissions = new Set()
    expect(await rejectionOf(end(id, 'now', true))).toMatchObject({ code: 'permission-denied' })
    bench.state.permissions = new Set(['billing.plan.manage'])
    expect(await end(id, 'now', true)).toEqual({ endsOn: '2026-11-22' })
    expect(await bench.row(id)).toMatchObject({ status: 'ended', period: null })
  })

  test('says what the final document will say', async () => {
    clear()
    const id = await bench.start(home20.versionId, '2026-11-01')
    const { bill, nextBill, warnings } = await bench.query('billing.previewAct', {
      subscriptionId: id,
      act: { kind: 'end', when: '2026-11-26' },
    })
    // Five of thirty days, once November is billed.
    expect(bill).toMatchObject({ net: -5_000_000, total: -5_550_000 })
    expect(nextBill).toBeNull()
    expect(warnings.map(({ code }) => code)).toEqual(['line-goes-off', 'bills-waiting'])
  })

  test('that another plan waits for is not taken back', async () => {
    clear()
    const id = await bench.start(home20.versionId)
    await end(id, '2026-12-01')
    await bench.start(home50.versionId, '2026-12-01')
    const { planned, status } = await bench.row(id)
    expect(status).toBe('ending')
    const undo = bench.command('billing.undoPlanned', {
      ...(await step(id)),
      eventId: planned[0]!.eventId,
    })
    expect(await rejectionOf(undo)).toMatchObject({ code: 'service-has-subscription' })
  })
})
