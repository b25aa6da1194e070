import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import {
  createPlansBench,
  fast,
  north,
  someTerms,
  type PlansBench,
} from '../support/plans-bench.ts'

let bench: PlansBench
beforeAll(() => {
  bench = createPlansBench()
})
afterAll(() => bench.close())

const save = (over: object) =>
  bench.command('billing.savePlan', {
    planId: null,
    baseVersion: 0,
    code: 'HOME-20',
    name: 'Home 20',
    note: '',
    kind: 'main',
    payment: 'postpaid',
    currency: 'IDR',
    sold: true,
    ...over,
  })

describe('refused', () => {
  test('two plans of one code, whatever its case', async () => {
    await save({ code: 'Twin' })
    expect(await rejectionOf(save({ code: 'TWIN' }))).toMatchObject({ code: 'plan-code-taken' })
  })

  test.each([
    ['a currency that is not in our table', { currency: 'XYZ' }],
    ['a code that would be a formula', { code: '=1+1' }],
    ['no name', { name: '  ' }],
  ])('%s', async (_, over) => {
    expect(await rejectionOf(save({ code: 'NEW', ...over }))).toMatchObject({
      code: 'invalid-input',
    })
  })

  test.each([
    ['a negative price', { price: -1 }],
    ['a price that is no whole number', { price: 1.5 }],
    ['a price beyond what a double holds', { price: 2 ** 53 }],
    ['two prices', { unitPrice: 1 }],
    ['no price', { price: null }],
    ['a day that is none', { validFromOn: '2026-02-30' }],
    ['a tax twice', { taxCodes: ['A', 'A'] }],
    [
      'a discount of both sorts',
      {
        discounts: [
          {
            name: 'x',
            amount: 1,
            percentPpm: 1,
            fromOn: '2026-01-01',
            untilOn: null,
            cycles: null,
          },
        ],
      },
    ],
    [
      'a discount that ends before it begins',
      {
        discounts: [
          {
            name: 'x',
            amount: 1,
            percentPpm: null,
            fromOn: '2026-01-02',
            untilOn: '2026-01-02',
            cycles: null,
          },
        ],
      },
    ],
    [
      'two extras of one code',
      {
        extras: ['IP', 'ip'].map((code) => ({
          code,
          name: 'Address',
          kind: 'recurring' as const,
          price: 1,
          required: false,
        })),
      },
    ],
  ])('a version with %s', async (_, terms) => {
    const { planId } = await save({
      code: `V${Math.abs(JSON.stringify(terms).length)}-${_.length}`,
    })
    const refused = bench.command('billing.saveVersion', {
      planId,
      versionId: null,
      baseVersion: 1,
      terms: someTerms(terms),
    })
    expect(await rejectionOf(refused)).toMatchObject({ code: 'invalid-input' })
  })

  test('a tax without a rate on the first day, and a speed that there is not', async () => {
    expect(await rejectionOf(bench.sell({ taxCodes: ['GST'] }))).toMatchObject({
      code: 'tax-rate-missing',
    })
    bench.speed.there = false
    expect(await rejectionOf(bench.sell({ speedId: fast }))).toMatchObject({ code: 'not-found' })
    bench.speed.there = true
  })

  test('a base version that somebody overtook', async () => {
    const { planId } = await bench.sell()
    expect(await rejectionOf(save({ planId, baseVersion: 1 }))).toMatchObject({ code: 'conflict' })
  })

  test('another kind, way of paying or currency once there is a version', async () => {
    const { planId } = await bench.sell()
    const over = { planId, baseVersion: 2, code: 'FIXED' }
    for (const change of [{ kind: 'extra' }, { payment: 'prepaid' }, { currency: 'USD' }]) {
      expect(await rejectionOf(save({ ...over, ...change }))).toMatchObject({ code: 'plan-fixed' })
    }
  })
})

describe('a version in use', () => {
  test('is neither changed nor removed, by the console or by the store', async () => {
    const { planId, versionId } = await bench.sell({
      extras: [{ code: 'IP', name: 'IP', kind: 'recurring', price: 1, required: false }],
    })
    await bench.start(versionId)
    const change = bench.command('billing.saveVersion', {
      planId,
      versionId,
      baseVersion: 2,
      terms: someTerms({ price: 1 }),
    })
    expect(await rejectionOf(change)).toMatchObject({ code: 'plan-version-used' })
    const remove = bench.command('billing.removeVersion', { planId, versionId, baseVersion: 2 })
    expect(await rejectionOf(remove)).toMatchObject({ code: 'plan-version-used' })
    for (const sql of [
      `UPDATE plan_version SET price = 1 WHERE id = ?`,
      `DELETE FROM plan_version WHERE id = ?`,
      `UPDATE plan_extra SET price = 2 WHERE plan_version_id = ?`,
      `DELETE FROM plan_extra WHERE plan_version_id = ?`,
      `INSERT INTO plan_extra VALUES (?, 'X', 9, 'X', 'one-off', 1, 'IDR', 1)`,
      `INSERT INTO plan_discount VALUES (?, 9, 'X', NULL, NULL, 1, '2026-01-01', NULL, NULL)`,
    ]) {
      expect(() => bench.write('test.edit', (tx) => tx.run(sql, versionId))).toThrow(
        /never changed/u,
      )
    }
    const { versions } = await bench.query('billing.plan', { planId })
    expect(versions).toMatchObject([{ used: true, live: 1, price: 30_000_000 }])
  })

  test('one that nobody has is changed and removed', async () => {
    const { planId, versionId } = await bench.sell()
    await bench.command('billing.saveVersion', {
      planId,
      versionId,
      baseVersion: 2,
      terms: someTerms({ price: 7 }),
    })
    expect((await bench.query('billing.plan', { planId })).versions).toMatchObject([
      { id: versionId, number: 1, price: 7, used: false },
    ])
    await bench.command('billing.removeVersion', { planId, versionId, baseVersion: 3 })
    expect((await bench.query('billing.plan', { planId })).versions).toEqual([])
  })
})

test('of several versions the one that began last is sold; a later one is announced', async () => {
  const { planId, versionId } = await bench.sell()
  const second = await bench.command('billing.saveVersion', {
    planId,
    versionId: null,
    baseVersion: 2,
    terms: someTerms({ validFromOn: '2026-11-22', price: 2 }),
  })
  await bench.command('billing.saveVersion', {
    planId,
    versionId: null,
    baseVersion: 3,
    terms: someTerms({ validFromOn: '2026-12-01', price: 3 }),
  })
  const sameDay = bench.command('billing.saveVersion', {
    planId,
    versionId: null,
    baseVersion: 4,
    terms: someTerms({ validFromOn: '2026-12-01' }),
  })
  expect(await rejectionOf(sameDay)).toMatchObject({
    code: 'plan-version-day',
    params: { number: 3 },
  })
  const { currentId, versions } = await bench.query('billing.plan', { planId })
  expect(currentId).toBe(second.versionId)
  expect(versions.map(({ number }) => number)).toEqual([3, 2, 1])
  const listed = (await bench.query('billing.plans', {})).plans.find(({ id }) => id === planId)
  expect(listed).toMatchObject({ nextOn: '2026-12-01', current: { number: 2 } })
  expect(await rejectionOf(bench.start(versionId, '2026-11-22'))).toMatchObject({
    code: 'plan-not-sold',
  })
})

test('where a speed cannot be given is told, not hidden', async () => {
  bench.speed.gap = { why: 'unmapped', profile: null }
  const { planId } = await bench.sell({ speedId: fast })
  const speedOf = async () => (await bench.query('billing.plan', { planId })).versions[0]?.speed
  expect(await speedOf()).toEqual({
    name: '50 / 25',
    downKbps: 50_000,
    upKbps: 25_000,
    olts: 1,
    gaps: [
      {
        oltId: north,
        oltName: 'North',
        family: 'huawei-ma5800',
        why: 'unmapped',
        profile: null,
      },
    ],
  })
  expect(bench.billing.sellsSpeed(fast)).toBe(true)
  bench.speed.there = false
  expect(await speedOf()).toMatchObject({ name: null })
  bench.speed.there = true
  bench.speed.gap = null
})

test('who reaches a part sees what is sold, and neither how many have it nor other OLTs', async () => {
  const { planId } = await bench.sell({ speedId: fast })
  bench.speed.gap = { why: 'unmapped', profile: null }
  bench.state.reach = { kind: 'regions', accountId: 'x', olts: new Set(['elsewhere']) }
  const { versions } = await bench.query('billing.plan', { planId })
  expect(versions[0]).toMatchObject({ live: null, speed: { gaps: [], olts: 0 } })
  expect(await rejectionOf(save({ code: 'PART' }))).toMatchObject({ code: 'beyond-scope' })
  const { everything } = await import('../../src-main/engine/reach.ts')
  bench.state.reach = everything
  bench.speed.gap = null
})

describe('a tax rate', () => {
  const rate = (over: object = {}) =>
    bench.command('billing.saveTaxRate', {
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
      ...over,
    })

  test('that has begun stays; its end may be set ahead; another begins on a day of its own', async () => {
    const { rateId } = await rate()
    const change = (over: object) => rate({ rateId, baseVersion: 1, ...over })
    for (const over of [
      { ratePpm: 110_000 },
      { baseNum: 1, baseDen: 1 },
      { validFromOn: '2025-02-01' },
      { validToOn: '2026-11-22' },
      { code: 'VAT' },
    ]) {
      expect(await rejectionOf(change(over))).toMatchObject({ code: 'tax-rate-in-force' })
    }
    expect(await rejectionOf(rate())).toMatchObject({ code: 'tax-rate-overlaps' })
    await change({ name: 'PPN 12 %', validToOn: '2027-01-01' })
    await rate({ validFromOn: '2027-01-01', ratePpm: 130_000 })
    const { rates } = await bench.query('billing.taxRates', {})
    expect(rates.map(({ validFromOn }) => validFromOn)).toEqual(['2027-01-01', '2025-01-01'])
  })

  test.each([
    ['more than the whole', { baseNum: 13, baseDen: 12 }],
    ['an end before its beginning', { validToOn: '2024-01-01' }],
    ['more than 100 %', { ratePpm: 1_000_001 }],
    ['a country of three letters', { country: 'IDN' }],
  ])('of %s is refused', async (_, over) => {
    expect(await rejectionOf(rate({ code: 'X', ...over }))).toMatchObject({ code: 'invalid-input' })
  })
})

test('today is the day in the seller’s zone', async () => {
  const settings = await bench.query('billing.settings', {})
  await bench.command('billing.configure', {
    baseVersion: settings.version,
    currency: 'IDR',
    timeZone: 'Pacific/Kiritimati',
  })
  // 08:00 UTC and 14 hours on.
  expect((await bench.query('billing.settings', {})).today).toBe('2026-11-22')
  bench.clock.jump(3 * 3_600_000)
  expect((await bench.query('billing.settings', {})).today).toBe('2026-11-23')
  const wrong = bench.command('billing.configure', {
    baseVersion: 2,
    currency: 'IDR',
    timeZone: 'Mars/Olympus',
  })
  expect(await rejectionOf(wrong)).toMatchObject({ code: 'invalid-input' })
})

test('a workspace to look around in begins with plans, once; one of one’s own with none', async () => {
  const demo = createPlansBench(true)
  for (let starts = 0; starts < 2; starts++) {
    demo.billing.start()
    demo.billing.stop()
    const { plans } = await demo.query('billing.plans', {})
    expect(plans.map(({ code }) => code)).toContain('RUMAH-50')
    expect(plans).toHaveLength(6)
  }
  const { plans } = await demo.query('billing.plans', {})
  const terms = plans.find(({ code }) => code === 'RUMAH-50')?.current
  expect(terms).toMatchObject({ number: 2, price: 29_900_000, taxCodes: ['PPN'] })
  demo.close()
  bench.billing.start()
  bench.billing.stop()
  const own = await bench.query('billing.plans', {})
  expect(own.plans.every(({ code }) => code !== 'RUMAH-50')).toBe(true)
})
