import { describe, expect, test } from 'vitest'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'
import { idOf } from '../support/store-workspace.ts'
import { ani, budi, codeOf, createPaymentsBench } from './payments-bench.ts'

type Bench = ReturnType<typeof createPaymentsBench>

const giveUp = (
  bench: Bench,
  documents: readonly { readonly documentId: string; readonly amount: number }[],
  over: { readonly subscriberId?: string; readonly currency?: string } = {},
) =>
  bench.call('billing.writeOff', {
    subscriberId: budi,
    currency: 'EUR',
    documents: [...documents],
    reason: 'moved away',
    ...over,
  })
const takeBack = (bench: Bench, writeOffId: string) =>
  bench.call('billing.reverseWriteOff', { writeOffId, reason: 'he pays' })

describe('a write-off', () => {
  test('is refused for what is not open, beyond it, twice, and of somebody else', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const hers = bench.invoice(1000, '2026-05-01', '2026-05-01', ani)
    const code = (
      documents: Parameters<typeof giveUp>[1],
      over: Parameters<typeof giveUp>[2] = {},
    ) => codeOf(() => giveUp(bench, documents, over))
    const part = (amount: number, documentId = first.id) => ({ documentId, amount })
    expect(await code([part(10_001)])).toBe('allocation-beyond-document')
    expect(await code([part(1), part(2)])).toBe('allocation-twice')
    expect(await code([part(1, hers.id)])).toBe('document-not-open')
    expect(await code([part(1)], { currency: 'USD' })).toBe('document-not-open')
    expect(await code([part(1)], { subscriberId: idOf(9) })).toBe('not-found')
    expect([bench.open(), bench.balance()]).toEqual([{ [first.number]: 10_000 }, 10_000])
  })

  test('settles what was chosen, in full or in part, and lowers what is owed; no document changes', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const second = bench.invoice(5000, '2026-06-01')
    await giveUp(bench, [
      { documentId: first.id, amount: 10_000 },
      { documentId: second.id, amount: 2000 },
    ])
    expect([bench.open(), bench.balance()]).toEqual([{ [second.number]: 3000 }, 3000])
    expect(
      bench.reads.all(`SELECT kind, amount FROM ledger_entry ORDER BY seq DESC LIMIT 1`),
    ).toEqual([{ kind: 'write-off', amount: -12_000 }])
    expect(bench.reads.all(`SELECT id FROM invoice WHERE kind = 'credit-note'`)).toEqual([])
    expect(bench.noted).toContain('written-off')
  })

  test('taken back, it opens exactly what it settled; the payment then settles it', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const before = [bench.open(), bench.credit(), bench.balance()]
    const { writeOffId } = await giveUp(bench, [{ documentId: first.id, amount: 10_000 }])
    const { reopened } = await takeBack(bench, writeOffId)
    expect(reopened).toEqual([{ documentId: first.id, number: first.number, amount: 10_000 }])
    expect([bench.open(), bench.credit(), bench.balance()]).toEqual(before)
    expect(await codeOf(() => takeBack(bench, writeOffId))).toBe('write-off-reversed')
    expect(await codeOf(() => takeBack(bench, idOf(9)))).toBe('not-found')
    await bench.pay(10_000, '2026-06-15')
    expect([bench.open(), bench.balance()]).toEqual([{}, 0])
  })

  test('credit that came meanwhile settles what is open again', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const { writeOffId } = await giveUp(bench, [{ documentId: first.id, amount: 10_000 }])
    await bench.pay(4000, '2026-06-15')
    expect(bench.credit()).toBe(4000)
    await takeBack(bench, writeOffId)
    expect([bench.open(), bench.credit()]).toEqual([{ [first.number]: 6000 }, 0])
  })

  test('and its taking back are told to dunning in their own transaction, as it stands by then', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const { writeOffId } = await giveUp(bench, [{ documentId: first.id, amount: 4000 }])
    expect(bench.moved).toEqual([[budi, 6000]])
    await takeBack(bench, writeOffId)
    expect(bench.moved.slice(1)).toEqual([[budi, 10_000]])
  })

  test('a machine that stops at any statement of it or of its taking back leaves all or nothing', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const rows = (): unknown =>
      ['write_off', 'write_off_reversal', 'allocation', 'ledger_entry'].map((table) =>
        bench.reads.all(`SELECT * FROM ${table} ORDER BY 1, 2`),
      )
    const same = (now: unknown, before: unknown, stop: number): void => {
      expect(now, `stopped before statement ${stop + 1}`).toEqual(before)
    }
    const input = {
      subscriberId: budi,
      currency: 'EUR',
      documents: [{ documentId: first.id, amount: 4000 }],
      reason: 'moved away',
    }
    const stops = await stoppedAtEveryStatement(
      (onStatement) => bench.call('billing.writeOff', input, onStatement),
      rows,
      same,
    )
    expect(stops).toBeGreaterThan(2)
    expect(bench.balance()).toBe(6000)
    // Credit that takes its place is written in the same step.
    await bench.pay(8000, '2026-06-15')
    const [row] = bench.reads.all<{ id: string }>(`SELECT id FROM write_off`)
    const back = { writeOffId: row?.id ?? '', reason: 'he pays' }
    const backStops = await stoppedAtEveryStatement(
      (onStatement) => bench.call('billing.reverseWriteOff', back, onStatement),
      rows,
      same,
    )
    expect(backStops).toBeGreaterThan(2)
    expect([bench.open(), bench.balance()]).toEqual([{ [first.number]: 2000 }, 2000])
  })

  test('is never changed, nor settles more than it is, whoever writes', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    await giveUp(bench, [{ documentId: first.id, amount: 4000 }])
    for (const sql of [
      `UPDATE write_off SET amount = 1`,
      `DELETE FROM write_off`,
      `INSERT INTO allocation (id, write_off_id, invoice_id, amount, allocated_on, at)
        SELECT 'x', write_off_id, invoice_id, 1, '2026-06-01', 0 FROM allocation LIMIT 1`,
      `INSERT INTO allocation (id, write_off_id, invoice_id, amount, allocated_on, at, takes_back_id)
        SELECT 'x', write_off_id, invoice_id, -4001, '2026-06-01', 0, id FROM allocation LIMIT 1`,
      `INSERT INTO allocation (id, invoice_id, amount, allocated_on, at)
        SELECT 'x', invoice_id, 1, '2026-06-01', 0 FROM allocation LIMIT 1`,
      `INSERT INTO write_off_reversal (id, write_off_id, reversed_on, reason, at)
        SELECT 'x', id, '2026-06-16', 'r', 0 FROM write_off`,
    ]) {
      expect(() => bench.write((tx) => tx.run(sql)), sql).toThrow(
        /never|more is|CHECK|not taken back/u,
      )
    }
    expect([bench.open(), bench.balance()]).toEqual([{ [first.number]: 6000 }, 6000])
  })
})
