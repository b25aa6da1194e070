import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFinance } from '../../src-main/billing/finance/finance.ts'
import { agedReceivables } from '../../src-main/billing/payments/aged.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { queries } from '../../src-shared/contract/index.ts'
import type { CallInput, Output } from '../../src-shared/contract/index.ts'
import {
  ani,
  budi,
  codeOf,
  createPaymentsBench,
  type PaymentsBench,
} from '../billing-payments/payments-bench.ts'

const financeOf = async (
  bench: PaymentsBench,
  asked: CallInput<'billing.finance'> = {},
  today = '2026-06-15',
  context = bench.context,
): Promise<Output<'billing.finance'>> => {
  const definition = queries['billing.finance']
  const finance = createFinance({
    reads: bench.reads,
    today: () => calendarDate(today),
    monotonic: () => 0,
    nextTurn: () => Promise.resolve(),
  })
  const answer = await finance['billing.finance'](definition.input.parse(asked), context)
  return definition.output.parse(answer)
}

const ledgerSum = (bench: PaymentsBench, from: string, until: string): number =>
  bench.reads.all<{ sum: number }>(
    `SELECT coalesce(sum(amount), 0) AS sum FROM ledger_entry
      WHERE entry_on >= ? AND entry_on <= ?`,
    from,
    until,
  )[0]!.sum

const moved = (month: Output<'billing.finance'>['currencies'][number]['months'][number]): number =>
  month.total - month.credited - month.collected + month.returned + month.other

test('a day that is still to come is refused', async () => {
  const bench = createPaymentsBench()
  expect(await codeOf(() => financeOf(bench, { asOfOn: '2026-06-16' }))).toBe('day-in-future')
})

test('it is called off between two slices', async () => {
  const bench = createPaymentsBench()
  bench.invoice(1_000, '2026-06-01')
  const stop = new AbortController()
  stop.abort()
  let now = 0
  const finance = createFinance({
    reads: bench.reads,
    today: () => calendarDate('2026-06-15'),
    monotonic: () => (now += 100),
    nextTurn: () => Promise.resolve(),
  })
  await expect(async () =>
    finance['billing.finance'](
      { asOfOn: null, months: 12 },
      { ...bench.context, signal: stop.signal },
    ),
  ).rejects.toThrow()
})

test('months show what was issued, credited, collected and given back', async () => {
  const bench = createPaymentsBench()
  bench.invoice(10_000, '2025-01-10')
  const one = bench.invoice(5_000, '2026-05-03', '2026-05-17')
  bench.creditNote(one, 1_000, '2026-05-20')
  await bench.pay(3_000, '2026-05-28')
  const { paymentId } = { paymentId: bench.newId() }
  await bench.pay(2_000, '2026-06-01', { paymentId, method: 'transfer' })
  await bench.call('billing.refundPayment', {
    refundId: bench.newId(),
    paymentId,
    amount: 500,
    on: '2026-06-02',
    method: 'transfer',
    reason: 'r',
  })
  const { currencies, lastRun, stake } = await financeOf(bench, { months: 2 })
  expect(currencies).toHaveLength(1)
  const [euro] = currencies
  expect(euro).toMatchObject({ currency: 'EUR', opening: 10_000, closing: bench.balance() })
  expect(euro!.months).toMatchObject([
    {
      month: '2026-05',
      documents: 1,
      net: 5_000,
      total: 5_000,
      creditedNet: 1_000,
      credited: 1_000,
      collected: 3_000,
      methods: [{ method: 'cash', collected: 3_000, returned: 0 }],
    },
    {
      month: '2026-06',
      collected: 2_000,
      returned: 500,
      methods: [{ method: 'transfer', collected: 2_000, returned: 500 }],
    },
  ])
  expect([lastRun, stake]).toEqual([null, null])
})

test('what falls due in the seven days from the day on, and what is past due', async () => {
  const bench = createPaymentsBench()
  bench.invoice(1_000, '2026-06-01', '2026-06-14')
  bench.invoice(2_000, '2026-06-01', '2026-06-15')
  bench.invoice(4_000, '2026-06-01', '2026-06-21', ani)
  bench.invoice(8_000, '2026-06-01', '2026-06-22', ani)
  const [euro] = (await financeOf(bench)).currencies
  expect(euro).toMatchObject({
    overdue: { documents: 1, amount: 1_000 },
    dueThisWeek: { documents: 2, amount: 6_000 },
    debtors: [
      { subscriberId: ani, balance: 12_000, overdue: 0 },
      { subscriberId: budi, balance: 3_000, overdue: 1_000 },
    ],
  })
})

test('a day that is over says the same after what came later', async () => {
  const bench = createPaymentsBench()
  const one = bench.invoice(5_000, '2026-05-03', '2026-05-17')
  await bench.pay(2_000, '2026-05-28')
  const before = await financeOf(bench, { asOfOn: '2026-05-31', months: 3 })
  bench.creditNote(one, 1_000, '2026-06-10')
  bench.invoice(9_000, '2026-06-11')
  await bench.pay(2_000, '2026-06-12')
  expect(await financeOf(bench, { asOfOn: '2026-05-31', months: 3 })).toEqual(before)
})

describe('whatever happened', () => {
  const day = fc
    .integer({ min: 0, max: 150 })
    .map((days) => new Date(Date.UTC(2026, 0, 10 + days)).toISOString().slice(0, 10))
  const act = fc.record({
    what: fc.constantFrom('invoice', 'invoice', 'pay', 'credit'),
    amount: fc.integer({ min: 1, max: 50_000 }),
    on: day,
    who: fc.constantFrom(budi, ani),
  })

  test('Σ by month = the ledger, and the ages are those of the receivables', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 14 }), day, async (acts, on) => {
        const bench = createPaymentsBench()
        try {
          for (const { what, amount, on: at, who } of acts) {
            if (what === 'pay') await bench.pay(amount, at, { subscriberId: who })
            else {
              const made = bench.invoice(amount, at, at, who)
              if (what === 'credit' && who === budi)
                bench.creditNote(made, Math.ceil(amount / 2), at)
            }
          }
          const { currencies } = await financeOf(bench, { asOfOn: on, months: 3 })
          const [euro] = currencies
          const total = ledgerSum(bench, '0001-01-01', on)
          if (euro === undefined) {
            expect(total).toBe(0)
            return
          }
          expect(euro.closing).toBe(total)
          for (const month of euro.months) {
            const last = month.month === on.slice(0, 7) ? on : `${month.month}-31`
            expect(moved(month)).toBe(ledgerSum(bench, `${month.month}-01`, last))
            const ways = month.methods.reduce((sum, way) => sum + way.collected, 0)
            expect(ways).toBe(month.collected)
          }
          const [aged] = agedReceivables(bench.reads, on, 500, 0).totals
          if (aged === undefined) expect(euro.ages.balance).toBe(0)
          else {
            const { currency: _, subscribers: __, ...ages } = aged
            expect(euro.ages).toEqual(ages)
          }
          expect(euro.ages.balance).toBe(total)
        } finally {
          bench.store.stop()
        }
      }),
      { seed: 350, numRuns: 25 },
    )
  }, 60_000)
})
