import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'
import { idOf, rawConnection } from '../support/store-workspace.ts'
import { codeOf } from '../billing-payments/payments-bench.ts'
import { ani, budi, createAgentsBench, joko, wati } from './agents-bench.ts'

const reversal = { kind: 'returned', on: '2026-06-12', reason: 'no funds' } as const

describe('what an agent earns', () => {
  test('stands with the payment, and goes with its reversal to the last unit', async () => {
    const bench = createAgentsBench()
    await bench.agent()
    bench.taxedInvoice(11_111, 1101, '2026-05-01')
    await bench.pay(3333, '2026-06-01')
    await bench.pay(3333, '2026-06-02', { paymentId: idOf(70) })
    await bench.pay(4445, '2026-06-03')
    // 10 % of 10,010, in three parts.
    expect(bench.entries()).toEqual(['commission 300', 'commission 301', 'commission 400'])
    await bench.call('billing.reversePayment', { paymentId: idOf(70), ...reversal })
    expect(bench.entries().slice(3)).toEqual(['commission -300'])
    bench.again()
    bench.again()
    expect(bench.entries()).toHaveLength(4)
    await bench.pay(3333, '2026-06-13')
    expect(bench.owed()).toBe(1001)
  })

  test('is taken back by a refund and by a credit note, and never given for a write-off', async () => {
    const bench = createAgentsBench()
    await bench.agent()
    const first = bench.invoice(10_000, '2026-05-01')
    await bench.pay(10_000, '2026-06-01', { paymentId: idOf(70) })
    const back = { refundId: idOf(80), paymentId: idOf(70), amount: 2500, on: '2026-06-02' }
    await bench.call('billing.refundPayment', { ...back, method: 'cash', reason: 'r' })
    expect(bench.entries()).toEqual(['commission 1000', 'commission -250'])
    await bench.call('billing.writeOff', {
      subscriberId: budi,
      currency: 'EUR',
      documents: [{ documentId: first.id, amount: 2500 }],
      reason: 'r',
    })
    expect(bench.owed()).toBe(750)
    // Half of what was paid goes back as credit, and pays the next one: there it is earned anew.
    bench.creditNote(first, 5000, '2026-06-03')
    expect(bench.owed()).toBe(250)
    bench.invoice(5000, '2026-06-04')
    expect(bench.owed()).toBe(750)
    bench.again()
    expect(bench.owed()).toBe(750)
  })

  test('is by credit that lies there, in the transaction that issues the document', async () => {
    const bench = createAgentsBench()
    await bench.agent()
    await bench.pay(4000, '2026-05-01')
    expect(bench.entries()).toEqual([])
    bench.invoice(3000, '2026-06-01')
    expect(bench.entries()).toEqual(['commission 300'])
  })

  test('is whose customer he was when the document was issued', async () => {
    const bench = createAgentsBench()
    await bench.agent()
    const kind = { kind: 'agent', currency: 'EUR', active: true } as const
    await bench.act('billing.saveAgent', { accountId: joko, baseVersion: 0, ...kind })
    await bench.terms(joko, '2026-01-01', { ratePpm: 200_000 })
    bench.invoice(1000, '2026-05-01')
    bench.give(budi, joko)
    bench.invoice(1000, '2026-06-01')
    await bench.pay(2000, '2026-06-02')
    expect([bench.entries(wati), bench.entries(joko)]).toEqual([
      ['commission 100'],
      ['commission 200'],
    ])
    // Nobody's, and an account that is no agent: nothing.
    bench.invoice(1000, '2026-06-03', '2026-06-03', ani)
    await bench.pay(1000, '2026-06-04', { subscriberId: ani })
    expect([bench.owed(wati), bench.owed(joko)]).toEqual([100, 200])
  })

  test('keeps its rate: terms begin after the last day that something was settled on', async () => {
    const bench = createAgentsBench()
    await bench.agent()
    bench.invoice(1000, '2026-05-01')
    await bench.pay(500, '2026-06-10')
    expect(await codeOf(() => bench.terms(wati, '2026-06-10', { ratePpm: 500_000 }))).toBe(
      'agent-terms-day',
    )
    await bench.terms(wati, '2026-06-11', { ratePpm: 500_000 })
    bench.again()
    expect(bench.entries()).toEqual(['commission 50'])
    await bench.pay(500, '2026-06-12')
    expect(bench.entries()).toEqual(['commission 50', 'commission 250'])
  })

  test('has a bonus for the first payment, once, for as long as one stands', async () => {
    const bench = createAgentsBench()
    await bench.agent('agent', { ratePpm: 0, bonus: 700 })
    bench.invoice(1000, '2026-05-01')
    await bench.pay(500, '2026-06-01', { paymentId: idOf(70) })
    await bench.pay(200, '2026-06-02', { paymentId: idOf(71) })
    expect(bench.entries()).toEqual(['bonus 700'])
    await bench.call('billing.reversePayment', { paymentId: idOf(70), ...reversal })
    expect(bench.entries()).toEqual(['bonus 700'])
    await bench.call('billing.reversePayment', { paymentId: idOf(71), ...reversal })
    expect(bench.entries()).toEqual(['bonus 700', 'bonus -700'])
  })

  test('comes to the same whatever happens to the money, and to nothing when all of it goes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4000 })), {
          minLength: 4,
          maxLength: 14,
        }),
        async (acts) => {
          const bench = createAgentsBench()
          await bench.agent('agent', { bonus: 77 })
          const paid: string[] = []
          const documents: { id: string; lineId: string; left: number }[] = []
          const reverse = async (paymentId: string): Promise<void> => {
            await bench.call('billing.reversePayment', { paymentId, ...reversal })
          }
          for (const [act, amount] of acts) {
            if (act === 0) {
              const made = bench.invoice(amount, '2026-05-01')
              documents.push({ ...made, left: amount })
            } else if (act === 1) {
              const paymentId = bench.newId()
              await bench.pay(amount, '2026-06-01', { paymentId })
              paid.push(paymentId)
            } else if (act === 2 && paid.length > 0) {
              await reverse(paid.splice(amount % paid.length, 1)[0]!)
            } else if (act === 3 && documents.length > 0) {
              const of = documents[amount % documents.length]!
              const part = Math.min(amount, of.left)
              if (part === 0) continue
              of.left -= part
              bench.creditNote(of, part, '2026-06-02')
            }
            const before = bench.entries()
            bench.again()
            expect(bench.entries()).toEqual(before)
          }
          for (const paymentId of paid) await reverse(paymentId)
          expect(bench.owed()).toBe(0)
        },
      ),
      { seed: 380_004, numRuns: 5 },
    )
  })
})

describe('a machine that stops at any statement', () => {
  const same = (now: unknown, before: unknown, stop: number): void => {
    expect(now, `stopped before statement ${stop + 1}`).toEqual(before)
  }

  test('of a payment leaves it with its commission, or neither', async () => {
    const bench = createAgentsBench()
    await bench.agent('agent', { bonus: 500 })
    bench.invoice(10_000, '2026-05-01')
    bench.invoice(5000, '2026-06-01')
    const input = {
      paymentId: idOf(70),
      subscriberId: budi,
      method: 'cash',
      currency: 'EUR',
      amount: 12_000,
      receivedOn: '2026-06-10',
    } as const
    const stops = await stoppedAtEveryStatement(
      (onStatement) => bench.call('billing.takePayment', input, onStatement),
      bench.rows,
      same,
    )
    expect(stops).toBeGreaterThan(7)
    expect([bench.owed(), bench.balance()]).toEqual([1700, 3000])
  })

  test('of a reversal takes both back, or neither', async () => {
    const bench = createAgentsBench()
    await bench.agent('agent', { bonus: 500 })
    bench.invoice(10_000, '2026-05-01')
    await bench.pay(12_000, '2026-06-10', { paymentId: idOf(70) })
    const input = { paymentId: idOf(70), ...reversal }
    const stops = await stoppedAtEveryStatement(
      (onStatement) => bench.call('billing.reversePayment', input, onStatement),
      bench.rows,
      same,
    )
    expect(stops).toBeGreaterThan(4)
    expect([bench.owed(), bench.balance()]).toEqual([0, 10_000])
  })
})

test('the ledger of agents is only ever added to, adds up, and takes no step twice', async () => {
  const bench = createAgentsBench()
  await bench.agent()
  bench.invoice(1000, '2026-05-01')
  await bench.pay(1000, '2026-06-01')
  const raw = rawConnection(bench.store.path)
  for (const sql of [
    `UPDATE agent_ledger SET amount = 1`,
    `DELETE FROM agent_ledger`,
    `UPDATE agent_terms SET rate_ppm = 1`,
    `UPDATE invoice_agent SET account_id = 'x'`,
    `DELETE FROM agent`,
    `INSERT INTO agent_ledger (id, account_id, currency, entry_on, at, kind, ref_id, subscriber_id,
      amount, stands, step, balance_after) SELECT 'x', account_id, currency, entry_on, at, kind,
      ref_id, subscriber_id, amount, 2 * stands, step, 2 * balance_after FROM agent_ledger`,
    `INSERT INTO agent_ledger (id, account_id, currency, entry_on, at, kind, ref_id, subscriber_id,
      amount, stands, step, balance_after) SELECT 'x', account_id, currency, entry_on, at, kind,
      ref_id, subscriber_id, amount, 2 * stands, 2, 5 FROM agent_ledger`,
  ]) {
    expect(() => raw.exec(sql), sql).toThrow(/never|adds? up|UNIQUE/u)
  }
})
