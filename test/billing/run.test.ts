import { describe, expect, test } from 'vitest'
import { createBillingBench, type BillingBench } from '../support/billing-bench.ts'
import { on } from '../support/billing-facts.ts'

const count = ({ reads }: BillingBench, table: string, where = '1'): number =>
  reads.all<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE ${where}`)[0]?.n ?? -1

const balances = ({ reads }: BillingBench): readonly number[] =>
  reads
    .all<{ balance: number }>(
      `SELECT (SELECT balance_after FROM ledger_entry e WHERE e.subscriber_id = s.id
        ORDER BY seq DESC LIMIT 1) AS balance FROM subscriber s ORDER BY s.number`,
    )
    .map(({ balance }) => balance)

/** Two subscribers, one of a taxed plan, and one that is billed in arrears. */
const filled = (): BillingBench => {
  const bench = createBillingBench()
  bench.seller()
  bench.taxRate('PPN', 120_000, [11, 12])
  const home = bench.plan('Home 20', 31_000, { taxCodes: ['PPN'] })
  const late = bench.plan('Line', 10_000, { mode: 'arrears' })
  bench.subscription(bench.subscriber('Ani'), home, '2026-01-31')
  bench.subscription(bench.subscriber('Budi'), late, '2026-01-31')
  return bench
}

describe('a billing run', () => {
  test('bills what is due, with tax, number, due day and ledger; and again, nothing', async () => {
    const bench = filled()
    await bench.run('2026-01-31')
    expect(bench.documents()).toEqual([
      JSON.stringify({
        kind: 'invoice',
        number: 'INV-A-2026-000001',
        status: 'issued',
        issuedOn: '2026-01-31',
        dueOn: '2026-02-14',
        net: 31_000,
        tax: 3_410,
        total: 34_410,
        code: 'S-1',
        lines: 'Home 20 2026-01-31→2026-02-28 31000',
        corrects: null,
      }),
    ])
    expect(balances(bench)).toEqual([34_410, null])
    const before = bench.documents()
    await bench.run('2026-01-31')
    expect(bench.documents()).toEqual(before)
    await bench.run('2026-02-28')
    expect(bench.documents()).toHaveLength(3)
    expect(balances(bench)).toEqual([68_820, 10_000])
  })

  test('after a sleep of three months bills each period, in order, or one document for all', async () => {
    const each = filled()
    await each.run('2026-04-30')
    const of = ({ reads }: BillingBench): readonly unknown[] =>
      reads.all(
        `SELECT i.number, group_concat(l.period_start_on) AS starts FROM invoice i
          JOIN invoice_line l ON l.invoice_id = i.id JOIN subscriber s ON s.id = i.subscriber_id
          WHERE s.code = 'S-1' GROUP BY i.id ORDER BY i.number`,
      )
    expect(of(each)).toEqual([
      { number: 'INV-A-2026-000001', starts: '2026-01-31' },
      { number: 'INV-A-2026-000002', starts: '2026-02-28' },
      { number: 'INV-A-2026-000003', starts: '2026-03-31' },
      { number: 'INV-A-2026-000004', starts: '2026-04-30' },
    ])
    const combined = filled()
    combined.seller({ catch_up: 'combined' })
    await combined.run('2026-04-30')
    expect(of(combined)).toEqual([
      { number: 'INV-A-2026-000001', starts: '2026-01-31,2026-02-28,2026-03-31,2026-04-30' },
    ])
    expect(balances(combined)).toEqual(balances(each))
  })

  test('never bills a day again when the clock was set back', async () => {
    const bench = filled()
    await bench.run('2026-04-30')
    const before = bench.documents()
    for (const day of ['2026-02-01', '2026-01-31', '2026-04-29']) await bench.run(day)
    expect(bench.documents()).toEqual(before)
  })

  test('gives back what a change left unused, by a credit note against its invoice', async () => {
    const bench = createBillingBench()
    bench.seller()
    bench.taxRate('VAT', 100_000)
    const home = bench.plan('Home 20', 31_000, { taxCodes: ['VAT'] })
    const fast = bench.plan('Home 50', 62_000, { taxCodes: ['VAT'] })
    const id = bench.subscription(bench.subscriber('Ani'), home, '2026-05-01')
    await bench.run('2026-05-01')
    bench.event(id, 'change', '2026-05-13', fast.versionId)
    await bench.run('2026-05-13')
    expect(bench.documents().map((text) => JSON.parse(text) as object)).toMatchObject([
      {
        number: 'CN-A-2026-000001',
        corrects: 'INV-A-2026-000001',
        net: 19_000,
        tax: 1_900,
        lines: 'Home 20 → 19000',
      },
      { number: 'INV-A-2026-000001', net: 31_000, tax: 3_100 },
      { number: 'INV-A-2026-000002', net: 38_000, tax: 3_800 },
    ])
    expect(balances(bench)).toEqual([34_100 - 20_900 + 41_800])
    const before = bench.documents()
    await bench.run('2026-05-13')
    await bench.run('2026-05-31')
    expect(bench.documents()).toEqual(before)
  })

  test('looks at what has ended until all of it is settled, and then no more', async () => {
    const bench = filled()
    await bench.run('2026-02-28')
    const [first] = bench.reads.all<{ id: string }>(
      `SELECT id FROM subscription ORDER BY id LIMIT 1`,
    )
    bench.event(first?.id ?? '', 'end', '2026-03-10')
    await bench.run('2026-03-12')
    expect(bench.documents().some((text) => text.includes('"CN-A-2026-000001"'))).toBe(true)
    bench.told.length = 0
    await bench.run('2026-03-13')
    expect(bench.told.at(-1)).toMatchObject({ documents: 0, failed: 0 })
  })

  test('goes on past one that cannot be billed, and lists it with why', async () => {
    const bench = filled()
    const broken = bench.plan('No rate', 5_000, { taxCodes: ['GST'] })
    bench.subscription(bench.subscriber('Citra'), broken, '2026-01-31')
    bench.subscription(bench.subscriber('Dewi'), bench.plan('Plain', 5_000), '2026-01-31')
    const runId = await bench.run('2026-01-31')
    expect(count(bench, 'invoice')).toBe(2)
    expect(bench.reads.all(`SELECT run_id AS run, code, params FROM billing_run_failure`)).toEqual([
      { run: runId, code: 'tax-rate-missing', params: '{"code":"GST","on":"2026-01-31"}' },
    ])
    expect(bench.reads.all(`SELECT state, looked_at AS looked, failed FROM billing_run`)).toEqual([
      { state: 'done', looked: 4, failed: 1 },
    ])
    bench.taxRate('GST', 100_000)
    await bench.run('2026-01-31')
    expect(count(bench, 'invoice')).toBe(3)
  })

  test('leaves prepaid ones to their balance, and what is free without a document', async () => {
    const bench = createBillingBench()
    bench.seller()
    bench.subscription(
      bench.subscriber('Ani'),
      bench.plan('Card', 10_000, { payment: 'prepaid' }),
      '2026-01-31',
    )
    bench.subscription(bench.subscriber('Budi'), bench.plan('Staff', 0), '2026-01-31')
    await bench.run('2026-02-28')
    expect([count(bench, 'invoice'), count(bench, 'billed_period')]).toEqual([0, 2])
    bench.told.length = 0
    await bench.run('2026-02-28')
    expect(count(bench, 'billed_period')).toBe(2)
  })

  test('charges a buyer who is freed of tax the price less the tax that is in it', async () => {
    const bench = createBillingBench()
    bench.seller()
    bench.taxRate('VAT', 100_000)
    const home = bench.plan('Home', 11_000, { taxCodes: ['VAT'], taxIncluded: true })
    bench.subscription(bench.subscriber('School', 'exempt'), home, '2026-01-31')
    await bench.run('2026-01-31')
    expect(bench.reads.all(`SELECT net, tax, total FROM invoice`)).toEqual([
      { net: 10_000, tax: 0, total: 10_000 },
    ])
    expect(bench.reads.all(`SELECT code, rate_ppm AS ppm, relief FROM invoice_tax`)).toEqual([
      { code: 'VAT', ppm: 0, relief: 'exempt' },
    ])
  })

  test('stops between two subscriptions when it is cancelled, and the next takes up the rest', async () => {
    const bench = filled()
    const plan = bench.plan('Plain', 5_000)
    for (const name of ['Citra', 'Dewi', 'Eka'])
      bench.subscription(bench.subscriber(name), plan, '2026-01-31')
    const runs = bench.console()
    let billed = 0
    bench.hook.onWrite = (name) => {
      billed += name === 'billing.billed' ? 1 : 0
      const id = runs.running()
      if (billed === 2 && id !== null) runs.cancel(id)
    }
    await bench.run('2026-01-31', runs)
    expect(bench.reads.all(`SELECT state FROM billing_run`)).toEqual([{ state: 'cancelled' }])
    expect(count(bench, 'invoice')).toBe(2)
    bench.hook.onWrite = () => undefined
    await bench.run('2026-01-31')
    expect(count(bench, 'invoice')).toBe(4)
  })
})

describe('two runs at once', () => {
  test('make one set of documents between them (invariant 25)', async () => {
    const alone = filled()
    await alone.run('2026-03-31')
    const bench = filled()
    const [first, second] = [bench.console(), bench.console()]
    const today = on('2026-03-31')
    const rowOf = (id: string, state: string): void =>
      bench.write('test.run', {}, (tx) => {
        tx.run(
          `INSERT INTO billing_run (id, as_of_on, started_at, finished_at, state)
            VALUES (?, ?, 1, ?, ?)`,
          id,
          today,
          state === 'running' ? null : 1,
          state,
        )
      })
    rowOf('one', 'running')
    // A second one beside it is refused by the store; even past that, nothing is billed twice.
    expect(() => rowOf('two', 'running')).toThrow(/UNIQUE/u)
    rowOf('two', 'cancelled')
    await Promise.all([
      first.begin({ runId: 'one', today, accountId: null }),
      second.begin({ runId: 'two', today, accountId: null }),
    ])
    expect(bench.errors).toEqual([])
    expect(bench.documents()).toEqual(alone.documents())
  })
})

describe('a console that dies at any statement of a run', () => {
  class Killed extends Error {}

  test('gives, run again, the documents of one clean run, numbers without a gap (invariants 14, 24)', async () => {
    const billedFirst = async (): Promise<BillingBench> => {
      const bench = createBillingBench()
      bench.seller()
      bench.taxRate('VAT', 100_000)
      const home = bench.plan('Home 20', 31_000, { taxCodes: ['VAT'] })
      const fast = bench.plan('Home 50', 62_000, { taxCodes: ['VAT'] })
      const id = bench.subscription(bench.subscriber('Ani'), home, '2026-05-01')
      bench.subscription(bench.subscriber('Budi'), home, '2026-05-13')
      await bench.run('2026-05-12')
      bench.event(id, 'change', '2026-05-13', fast.versionId)
      return bench
    }
    const clean = await billedFirst()
    await clean.run('2026-05-13')
    const wanted = clean.documents()

    const bench = await billedFirst()
    // Each transaction of the run is killed before its first statement, then before its second, and
    // so on until it is through; then the next one. What a dead console writes is not written.
    let dead = false
    let survived = 0
    let passed = 0
    let kills = 0
    let counted = false
    bench.hook.onWrite = (name) => {
      if (dead) throw new Killed()
      // The one before was committed.
      if (passed > 0) survived = 0
      passed = 0
      counted = name === 'billing.billed' || name === 'billing.runEnded'
    }
    bench.hook.onStatement = () => {
      if (dead) throw new Killed()
      if (!counted) return
      if (passed === survived) {
        dead = true
        survived += 1
        kills += 1
        throw new Killed()
      }
      passed += 1
    }
    let alive = false
    for (let console = 0; console < 200 && !alive; console += 1) {
      dead = false
      passed = 0
      await bench.run('2026-05-13', bench.console()).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
      alive = !dead
      if (alive) break
      const { hook } = bench
      const { onWrite, onStatement } = hook
      hook.onWrite = () => undefined
      hook.onStatement = () => undefined
      bench.console().start()
      expect(count(bench, 'billing_run', `state = 'running'`)).toBe(0)
      Object.assign(hook, { onWrite, onStatement })
    }
    expect(alive).toBe(true)
    // A credit note, two invoices, their lines, taxes, numbers, entries and periods.
    expect(kills).toBeGreaterThan(25)
    expect(bench.documents()).toEqual(wanted)
    expect(
      bench.reads.all(`SELECT kind, next_no AS next FROM number_series ORDER BY kind`),
    ).toEqual(clean.reads.all(`SELECT kind, next_no AS next FROM number_series ORDER BY kind`))
  })
})
