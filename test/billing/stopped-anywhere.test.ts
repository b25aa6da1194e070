import { expect, test } from 'vitest'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'
import { createBillingBench, type BillingBench } from '../support/billing-bench.ts'

/** Every row that a document has a part in. */
const rows = (bench: BillingBench): unknown =>
  [
    'invoice',
    'invoice_line',
    'invoice_tax',
    'number_series',
    'ledger_entry',
    'allocation',
    'billed_period',
  ].map((table) => bench.reads.all(`SELECT * FROM ${table} ORDER BY 1, 2`))

const same = (now: unknown, before: unknown, stop: number): void => {
  expect(now, `stopped before statement ${stop + 1}`).toEqual(before)
}

const billed = async () => {
  const bench = createBillingBench()
  bench.seller()
  bench.taxRate('VAT', 110_000)
  const subscriberId = bench.subscriber('Ani')
  const home = bench.plan('Home 20', 3_100, { taxCodes: ['VAT'] })
  bench.subscription(subscriberId, home, '2026-01-31')
  await bench.run('2026-01-31')
  const [invoice] = bench.reads.all<{ id: string }>(`SELECT id FROM invoice`)
  return { bench, subscriberId, invoiceId: invoice!.id }
}

const numbers = (bench: BillingBench): unknown =>
  bench.reads.all(`SELECT number FROM invoice WHERE number IS NOT NULL ORDER BY number`)

test('a machine that stops at any statement of an issue leaves a draft, and its number to the next', async () => {
  const { bench, subscriberId } = await billed()
  const line = { quantity: 1, unitScale: 2, taxIncluded: false, taxCodes: ['VAT'] }
  const { documentId } = await bench.act('billing.saveDraft', {
    documentId: null,
    baseVersion: 0,
    kind: 'invoice',
    subscriberId,
    currency: 'USD',
    lines: [
      { ...line, description: 'Cable', unitPrice: 1000 },
      { ...line, description: 'Router', unitPrice: 5000, taxCodes: [] },
    ],
  })
  const stops = await stoppedAtEveryStatement(
    (onStatement) => {
      bench.hook.onStatement = onStatement
      return bench.act('billing.issueDraft', { documentId, baseVersion: 1 })
    },
    () => rows(bench),
    same,
  )
  expect(stops).toBeGreaterThan(8)
  expect(numbers(bench)).toEqual([{ number: 'INV-A-2026-000001' }, { number: 'INV-A-2026-000002' }])
  expect((await bench.ask('billing.ledger', { subscriberId })).balance).toBe(3_441 + 6_110)
})

test('a machine that stops at any statement of a credit leaves all of it or nothing', async () => {
  const { bench, subscriberId, invoiceId } = await billed()
  const stops = await stoppedAtEveryStatement(
    (onStatement) => {
      bench.hook.onStatement = onStatement
      return bench.act('billing.credit', {
        documentId: invoiceId,
        lines: null,
        reason: 'wrong plan',
        billAgain: true,
      })
    },
    () => rows(bench),
    same,
  )
  expect(stops).toBeGreaterThan(8)
  expect(numbers(bench)).toEqual([{ number: 'CN-A-2026-000001' }, { number: 'INV-A-2026-000001' }])
  expect((await bench.ask('billing.ledger', { subscriberId })).balance).toBe(0)
})
