import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { subscriberId } from '../support/plans-bench.ts'
import { createPrepaidBench, type PrepaidBench } from './prepaid-bench.ts'

let bench: PrepaidBench
beforeEach(() => {
  bench = createPrepaidBench()
})
afterEach(() => bench.close())

const tables = [
  'payment',
  'allocation',
  'invoice',
  'invoice_line',
  'billed_period',
  'ledger_entry',
  'number_series',
  'subscription',
  'subscription_event',
  'prepaid_view',
  'provisioning_service',
  'service_wish',
]
const stands = (of: PrepaidBench): unknown =>
  tables.map((table) => of.reads.all(`SELECT * FROM ${table} ORDER BY 1, 2`))

/** Stops before every statement in turn, until it is through; how often it was stopped. */
const stopped = async (of: PrepaidBench, act: () => Promise<unknown>): Promise<number> => {
  const before = stands(of)
  of.state.mayFail = true
  for (let stopAt = 0; stopAt < 300; stopAt += 1) {
    let statement = 0
    let isStopped = false
    of.hook.onStatement = () => {
      if (statement++ < stopAt || isStopped) return
      isStopped = true
      throw new Error('the machine has stopped')
    }
    await act().catch(() => undefined)
    of.hook.onStatement = () => undefined
    if (!isStopped) return stopAt
    expect(stands(of), `stopped before statement ${stopAt + 1}`).toEqual(before)
  }
  throw new Error('it does not end')
}

test('a machine that stops at any statement of a top-up leaves all of it or nothing', async () => {
  const { versionId } = await bench.card()
  await bench.begin(versionId)
  await bench.days(2)
  const stops = await stopped(bench, () => bench.topUp(10_000_000))
  expect(stops).toBeGreaterThan(15)
  expect(bench.bills()).toEqual(['2026-11-24 2026-11-24–2026-12-24 10000000'])
  expect(bench.line()).toBe('active')
})

test('a machine that stops at any statement of a charge or a cut does it whole the next time', async () => {
  await bench.topUp(10_000_000)
  const { versionId } = await bench.card()
  await bench.begin(versionId)
  await bench.run()
  bench.sleep(30)
  expect(await stopped(bench, bench.run)).toBeGreaterThan(4)
  expect(bench.line()).toBe('suspended')
})

test('a machine that stops at any statement of an expiry does it once', async () => {
  const { versionId } = await bench.card({ balanceDays: 20 })
  await bench.begin(versionId)
  await bench.topUp(13_000_000)
  await bench.days(19)
  bench.sleep(1)
  expect(await stopped(bench, bench.run)).toBeGreaterThan(8)
  expect(bench.documents('debit-note')).toHaveLength(1)
})

type Move =
  | { readonly kind: 'days'; readonly count: number }
  | { readonly kind: 'pay'; readonly amount: number }
  | { readonly kind: 'back'; readonly which: number }
  | { readonly kind: 'change'; readonly big: boolean }

const moves: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('days' as const),
      count: fc.integer({ min: 1, max: 20 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      amount: fc.integer({ min: 1, max: 25_000_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('change' as const), big: fc.boolean() }) },
)

test('whatever comes: nothing is served unpaid, nothing paid is dark, and what a list shows is so', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 4 }),
      fc.array(moves, { maxLength: 8 }),
      async (graceDays, list) => {
        const own = createPrepaidBench()
        try {
          const small = await own.card({ graceDays, interval: 'month' })
          const big = await own.card({ graceDays, price: 17_000_000 })
          const id = await own.begin(small.versionId)
          const paid: string[] = []
          const returned = new Set<string>()
          for (const move of list) {
            if (move.kind === 'days') await own.days(move.count)
            else if (move.kind === 'pay') paid.push(await own.topUp(move.amount))
            else if (move.kind === 'back') {
              const paymentId = paid[move.which % Math.max(1, paid.length)]
              if (paymentId === undefined || returned.has(paymentId)) continue
              returned.add(paymentId)
              await own.command('billing.reversePayment', {
                paymentId,
                kind: 'returned',
                on: own.today(),
                reason: 'r',
              })
            } else {
              const { version } = await own.row(id)
              const bought = { planVersionId: (move.big ? big : small).versionId }
              const change = {
                subscriptionId: id,
                baseVersion: version,
                bought,
                when: 'now',
                reason: 'r',
              } as const
              await own.command('billing.changeSubscription', change).catch(() => undefined)
            }
            const row = (await own.one())!
            const { balances, open } = await own.query('billing.account', { subscriberId })
            const credit = balances[0]?.credit ?? 0
            const owed = open.reduce((sum, document) => sum + document.open, 0)
            // What a list shows is what the ledger says.
            expect([row.balance, row.owes]).toEqual([credit, owed])
            const status = await own.status(id)
            // Served: paid for beyond today, or in its days of grace.
            if (status === 'active') {
              expect(owed).toBe(0)
              const served = row.paidUntilOn !== null && row.paidUntilOn > own.today()
              expect(served || row.state === 'unpaid').toBe(true)
              if (row.state === 'unpaid') expect(row.offOn! > own.today()).toBe(true)
            } else {
              // Dark: something is missing still.
              expect([status, row.missing > 0]).toEqual(['suspended', true])
              expect(own.line()).toBe('suspended')
            }
            // A second look changes nothing.
            const before = stands(own)
            await own.run()
            expect(stands(own)).toEqual(before)
          }
        } finally {
          own.close()
        }
      },
    ),
    { numRuns: 10, seed: 20_261_124 },
  )
})
