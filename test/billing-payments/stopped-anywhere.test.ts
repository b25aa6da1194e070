import { expect, test } from 'vitest'
import { idOf } from '../support/store-workspace.ts'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'
import { createPaymentsBench, type PaymentsBench } from './payments-bench.ts'

/** Every row about money, as it stands. */
const rows = (bench: PaymentsBench): unknown =>
  ['payment', 'payment_reversal', 'refund', 'allocation', 'ledger_entry', 'number_series'].map(
    (table) => bench.reads.all(`SELECT * FROM ${table} ORDER BY 1, 2`),
  )

const same = (now: unknown, before: unknown, stop: number): void => {
  expect(now, `stopped before statement ${stop + 1}`).toEqual(before)
}

const paid = async (): Promise<PaymentsBench> => {
  const bench = createPaymentsBench()
  bench.invoice(10_000, '2026-05-01')
  bench.invoice(5000, '2026-06-01')
  await bench.pay(12_000, '2026-06-10', { paymentId: idOf(70) })
  // Other credit, that takes the place of what goes.
  await bench.pay(4000, '2026-06-11', { paymentId: idOf(71) })
  return bench
}

test('a machine that stops at any statement of a reversal leaves all of it or nothing', async () => {
  const bench = await paid()
  const input = {
    paymentId: idOf(70),
    kind: 'returned',
    on: '2026-06-12',
    reason: 'no funds',
  } as const
  const stops = await stoppedAtEveryStatement(
    (onStatement) => bench.call('billing.reversePayment', input, onStatement),
    () => rows(bench),
    same,
  )
  expect(stops).toBeGreaterThan(4)
  expect([bench.balance(), bench.credit()]).toEqual([11_000, 0])
})

test('a machine that stops at any statement of a refund leaves all of it or nothing', async () => {
  const bench = await paid()
  const input = {
    refundId: idOf(80),
    paymentId: idOf(70),
    amount: 6000,
    on: '2026-06-12',
    method: 'transfer',
    reason: 'moved away',
  } as const
  const stops = await stoppedAtEveryStatement(
    (onStatement) => bench.call('billing.refundPayment', input, onStatement),
    () => rows(bench),
    same,
  )
  expect(stops).toBeGreaterThan(3)
  expect([bench.balance(), bench.credit()]).toEqual([5000, 0])
})
