import { expect, test } from 'vitest'
import { idOf } from '../support/store-workspace.ts'
import { aged, createPaymentsBench } from './payments-bench.ts'

test('receivables of a day are those of that day, and make the ledger', async () => {
  const bench = createPaymentsBench('2026-07-01')
  bench.invoice(10_000, '2026-01-01', '2026-01-15')
  bench.invoice(5000, '2026-04-01', '2026-05-01')
  const third = bench.invoice(3000, '2026-06-20', '2026-07-15')
  const paymentId = idOf(70)
  await bench.pay(4000, '2026-06-01', { paymentId })
  // Entered late: it settles a document that is younger than it.
  await bench.pay(12_000, '2026-05-02')
  const nothing = { notDue: 0, days30: 0, days60: 0, days90: 0, days120: 0, older: 0, credit: 0 }
  expect(await aged(bench, '2026-01-10')).toMatchObject({ ...nothing, notDue: 10_000 })
  expect(await aged(bench, '2026-04-15')).toMatchObject({
    ...nothing,
    notDue: 5000,
    days90: 10_000,
  })
  expect(await aged(bench, '2026-05-02')).toMatchObject({ balance: 3000 })
  // 16,000 paid and 15,000 owed: the rest waits for the third document.
  expect(await aged(bench, '2026-06-19')).toMatchObject({
    ...nothing,
    credit: 1000,
    balance: -1000,
  })
  expect(await aged(bench, '2026-06-20')).toMatchObject({ ...nothing, notDue: 2000, balance: 2000 })
  const input = { paymentId, kind: 'returned', on: '2026-06-25', reason: 'r' } as const
  await bench.call('billing.reversePayment', input)
  expect(await aged(bench, '2026-06-20')).toMatchObject({ notDue: 2000, balance: 2000 })
  expect(await aged(bench, '2026-06-25')).toMatchObject({ balance: 6000 })
  bench.creditNote(third, 3000, '2026-06-26')
  expect(await aged(bench, '2026-07-01')).toMatchObject({ balance: bench.balance() })
  expect(bench.balance()).toBe(3000)
})

test('receivables stand by days past due: 0, 1 to 30, to 60, to 90, to 120, and more', async () => {
  const bench = createPaymentsBench('2026-12-31')
  for (const [place, dueOn] of [
    '2026-08-31',
    '2026-08-30',
    '2026-09-29',
    '2026-09-30',
    '2026-10-29',
    '2026-10-30',
    '2026-11-28',
    '2026-11-29',
    '2026-12-28',
    '2026-12-29',
  ].entries()) {
    bench.invoice(2 ** place, '2026-01-01', dueOn)
  }
  expect(await aged(bench, '2026-12-28')).toMatchObject({
    notDue: 2 ** 8 + 2 ** 9,
    days30: 2 ** 6 + 2 ** 7,
    days60: 2 ** 4 + 2 ** 5,
    days90: 2 ** 2 + 2 ** 3,
    days120: 2 ** 0 + 2 ** 1,
    older: 0,
  })
  expect(await aged(bench, '2026-12-29')).toMatchObject({
    notDue: 2 ** 9,
    days30: 2 ** 7 + 2 ** 8,
    days60: 2 ** 5 + 2 ** 6,
    days90: 2 ** 3 + 2 ** 4,
    days120: 2 ** 0 + 2 ** 2,
    older: 2 ** 1,
  })
})
