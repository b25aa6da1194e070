import { describe, expect, test } from 'vitest'
import { createBillingBench, type BillingBench } from '../support/billing-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { settle } from '../support/settle.ts'

/** A plan of 310.00 that is changed to one of 620.00 on 13 May, in arrears; and one of 100.00. */
const scene = (): BillingBench => {
  const bench = createBillingBench()
  bench.seller()
  bench.taxRate('PPN', 120_000, [11, 12])
  const more = { mode: 'arrears', taxCodes: ['PPN'] } as const
  const home = bench.plan('Home 20', 31_000, more)
  const fast = bench.plan('Home 50', 62_000, more)
  const id = bench.subscription(bench.subscriber('Citra'), home, '2026-05-01')
  bench.event(id, 'change', '2026-05-13', fast.versionId)
  bench.subscription(bench.subscriber('Ani'), bench.plan('Plain', 10_000), '2026-05-01')
  bench.day.today = '2026-06-01'
  return bench
}

const start = (bench: BillingBench, more: { today?: string; dayIsRight?: boolean } = {}) =>
  bench.act('billing.startRun', { today: bench.day.today, ...more })

describe('a dry run', () => {
  test('says what a run would issue and writes nothing; the run issues just that', async () => {
    const bench = scene()
    const dry = await bench.ask('billing.dryRun', {})
    expect(dry).toMatchObject({
      today: '2026-06-01',
      lastOn: null,
      refusal: null,
      looked: 2,
      invoices: 3,
      creditNotes: 0,
      failed: 0,
      sums: [{ currency: 'USD', net: 70_000, tax: 5_500, total: 75_500, before: 0 }],
    })
    expect(bench.documents()).toEqual([])
    await start(bench)
    await settle()
    const list = await bench.ask('billing.documents', { filter: {} })
    expect(list.sums).toEqual([{ currency: 'USD', net: 70_000, tax: 5_500, total: 75_500 }])
    expect(await bench.ask('billing.dryRun', {})).toMatchObject({ invoices: 0, sums: [] })
  })

  test('explains each line as data: 31 days, 12 at Home 20, 19 at Home 50; tax 11 %', async () => {
    const bench = scene()
    const { dryRunId } = await bench.ask('billing.dryRun', {})
    const { rows } = await bench.ask('billing.dryRunRows', { dryRunId, search: 'citra' })
    const { documents } = await bench.ask('billing.dryRunDocuments', {
      subscriptionId: rows[0]?.subscriptionId ?? '',
    })
    expect(documents).toMatchObject([
      {
        kind: 'invoice',
        days: 31,
        daysAt: [
          { name: 'Home 20', days: 12 },
          { name: 'Home 50', days: 19 },
        ],
        lines: [
          {
            amount: 12_000,
            explanation: [{ why: { kind: 'days', days: 12, of: 31, fixed: false } }],
          },
          { amount: 38_000, explanation: [{ why: { kind: 'days', days: 19, of: 31 } }] },
        ],
        taxes: [
          { code: 'PPN', ratePpm: 120_000, baseNum: 11, baseDen: 12, base: 45_833, amount: 5_500 },
        ],
        total: 55_500,
      },
    ])
  })

  test('tells the difference to the month before, finds, sorts and pages', async () => {
    const bench = scene()
    await bench.run('2026-06-01')
    bench.day.today = '2026-07-01'
    const dry = await bench.ask('billing.dryRun', {})
    expect(dry).toMatchObject({
      changed: 2,
      sums: [{ subscriptions: 2, before: 75_500, total: 78_820 }],
    })
    const page = (more: object) =>
      bench.ask('billing.dryRunRows', { dryRunId: dry.dryRunId, ...more })
    expect((await page({})).rows.map(({ subscriberName }) => subscriberName)).toEqual([
      'Ani',
      'Citra',
    ])
    expect(
      (await page({ sort: 'difference' })).rows.map(({ total, before }) => total - before),
    ).toEqual([-10_000, 13_320])
    expect(
      (await page({ sort: 'total', descending: true, limit: 1 })).rows[0]?.subscriberName,
    ).toBe('Citra')
    expect((await page({ search: 'plain' })).total).toBe(1)
    expect((await page({ view: 'failed' })).total).toBe(0)
    expect((await page({ view: 'credited' })).total).toBe(0)
    expect((await page({ view: 'changed', offset: 1 })).rows).toHaveLength(1)
    expect((await rejectionOf(page({ dryRunId: bench.newId() }))).code).toBe('not-found')
  })

  test('lists what cannot be billed, with why', async () => {
    const bench = scene()
    bench.subscription(
      bench.subscriber('Dewi'),
      bench.plan('GST', 1, { taxCodes: ['GST'] }),
      '2026-05-01',
    )
    const dry = await bench.ask('billing.dryRun', {})
    expect(dry.failed).toBe(1)
    const { rows } = await bench.ask('billing.dryRunRows', {
      dryRunId: dry.dryRunId,
      view: 'failed',
    })
    expect(rows).toMatchObject([
      {
        subscriberName: 'Dewi',
        planName: 'GST',
        problem: { code: 'tax-rate-missing', params: { code: 'GST' } },
      },
    ])
    const { problem } = await bench.ask('billing.dryRunDocuments', {
      subscriptionId: rows[0]?.subscriptionId ?? '',
    })
    expect(problem?.code).toBe('tax-rate-missing')
  })
})

describe('a run that a person starts', () => {
  test('is refused without a seller, on another day than the one that was looked at, and beside another', async () => {
    const bench = scene()
    bench.seller({ name: '' })
    expect((await rejectionOf(start(bench))).code).toBe('billing-seller-missing')
    bench.seller()
    expect((await rejectionOf(start(bench, { today: '2026-05-31' }))).code).toBe('conflict')
    await start(bench)
    expect((await rejectionOf(start(bench))).code).toBe('billing-run-going')
    expect((await rejectionOf(bench.act('billing.cancelRun', { runId: bench.newId() }))).code).toBe(
      'not-found',
    )
    await settle()
    expect((await bench.ask('billing.runs', {})).runningId).toBeNull()
  })

  test('is refused when the clock went back, and asked about when it is 35 days ahead (invariant 27)', async () => {
    const bench = scene()
    await bench.run('2026-06-01')
    bench.day.today = '2026-05-31'
    expect(await rejectionOf(start(bench))).toMatchObject({
      code: 'billing-clock-back',
      params: { lastOn: '2026-06-01', today: '2026-05-31' },
    })
    bench.day.today = '2026-07-06'
    await start(bench)
    await settle()
    bench.day.today = '2026-08-11'
    expect((await bench.ask('billing.dryRun', {})).refusal).toEqual({
      code: 'billing-clock-ahead',
      params: { lastOn: '2026-07-06', today: '2026-08-11', days: 36 },
    })
    expect((await rejectionOf(start(bench))).code).toBe('billing-clock-ahead')
    await start(bench, { dayIsRight: true })
    await settle()
    expect((await bench.ask('billing.runs', {})).runs[0]).toMatchObject({
      asOfOn: '2026-08-11',
      state: 'done',
    })
  })

  test('is told with what it made and what it could not', async () => {
    const bench = scene()
    bench.subscription(
      bench.subscriber('Dewi'),
      bench.plan('GST', 1, { taxCodes: ['GST'] }),
      '2026-05-01',
    )
    const { runId } = await start(bench)
    await settle()
    const { run, failures } = await bench.ask('billing.run', { runId })
    expect(run).toMatchObject({
      state: 'done',
      looked: 3,
      failed: 1,
      invoices: 3,
      creditNotes: 0,
      totals: [{ currency: 'USD', invoiced: 75_500, credited: 0 }],
    })
    expect(failures).toMatchObject([
      { subscriberName: 'Dewi', planName: 'GST', problem: { code: 'tax-rate-missing' } },
    ])
    expect((await bench.ask('billing.documents', { filter: { runId } })).total).toBe(3)
    expect((await rejectionOf(bench.ask('billing.run', { runId: bench.newId() }))).code).toBe(
      'not-found',
    )
  })
})
