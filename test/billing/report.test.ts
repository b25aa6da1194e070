import { expect, test } from 'vitest'
import { createBillingBench } from '../support/billing-bench.ts'

test('taxes and revenue of what was issued: invoices less credit notes, by rate and by what was sold', async () => {
  const bench = createBillingBench()
  bench.seller()
  bench.taxRate('PPN', 120_000, [11, 12])
  bench.taxRate('VAT', 100_000)
  const home = bench.plan('Home 20', 31_000, { taxCodes: ['PPN'] })
  bench.subscription(bench.subscriber('Ani'), home, '2026-01-31')
  bench.subscription(bench.subscriber('School', 'exempt'), home, '2026-01-31')
  const inside = bench.plan('Line', 1_100, { taxCodes: ['VAT'], taxIncluded: true })
  const budi = bench.subscriber('Budi')
  bench.subscription(budi, inside, '2026-01-31')
  await bench.run('2026-01-31')
  await bench.run('2026-02-28')
  bench.day.today = '2026-02-28'
  const of = (fromOn: string, untilOn: string) => bench.ask('billing.report', { fromOn, untilOn })
  const before = await of('2026-02-01', '2026-03-01')
  const wrong = await bench.ask('billing.documents', {
    filter: { subscriberId: budi, fromOn: '2026-01-31', untilOn: '2026-02-01' },
  })
  await bench.act('billing.credit', {
    documentId: wrong.documents[0]?.id ?? '',
    lines: null,
    reason: 'wrong',
  })
  const proforma = await bench.act('billing.saveDraft', {
    documentId: null,
    baseVersion: 0,
    kind: 'proforma',
    subscriberId: budi,
    currency: 'USD',
    lines: [
      {
        description: 'x',
        quantity: 1,
        unitPrice: 9,
        unitScale: 0,
        taxIncluded: false,
        taxCodes: [],
      },
    ],
  })
  await bench.act('billing.issueDraft', { documentId: proforma.documentId, baseVersion: 1 })

  expect(before).toMatchObject({
    documents: 3,
    taxes: [
      { code: 'PPN', ratePpm: 0, relief: 'exempt', base: 28_417, amount: 0 },
      { code: 'PPN', ratePpm: 120_000, baseNum: 11, baseDen: 12, base: 28_417, amount: 3_410 },
      { code: 'VAT', ratePpm: 100_000, relief: null, base: 1_000, amount: 100 },
    ],
    revenue: [
      { name: 'Home 20', lines: 2, net: 62_000, tax: 3_410 },
      { name: 'Line', lines: 1, net: 1_000, tax: 100 },
    ],
    sums: [{ currency: 'USD', documents: 3, net: 63_000, tax: 3_510, rounding: 0, total: 66_510 }],
  })
  const after = await of('2026-02-01', '2026-03-01')
  expect(after.documents).toBe(4)
  expect(after.taxes[2]).toMatchObject({ code: 'VAT', base: 0, amount: 0 })
  expect(after.revenue[1]).toMatchObject({ name: 'Line', net: 0, tax: 0 })
  expect(after.sums).toMatchObject([{ net: 62_000, tax: 3_410, total: 65_410 }])
  expect((await of('2026-01-31', '2026-02-01')).sums).toMatchObject([{ total: 66_510 }])
  expect(await of('2025-01-01', '2025-02-01')).toEqual({
    documents: 0,
    taxes: [],
    revenue: [],
    sums: [],
  })
  await expect(of('2026-02-01', '2026-02-01')).rejects.toThrow(/ends before it begins/u)
})
