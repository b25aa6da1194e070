import { describe, expect, test } from 'vitest'
import { ani, budi, codeOf } from '../billing-payments/payments-bench.ts'
import { idOf } from '../support/store-workspace.ts'
import { createBankBench, tableOf, type BankBench } from './bank-bench.ts'

const iban = 'DE89370400440532013000'

/** Two subscribers with an open document each, and a file that pays both and a fee. */
const filled = async () => {
  const bench = createBankBench()
  bench.name(budi, 'Budi Santoso', 'S-0001')
  bench.name(ani, 'Ani Lestari', 'S-0002')
  const mine = bench.invoice(10_000, '2026-05-01')
  const hers = bench.invoice(5000, '2026-05-02', '2026-05-02', ani)
  await bench.bring(
    tableOf(
      ['2026-06-01', 'SANTOSO BUDI', iban, `Internet ${mine.number}`, 'R1', '100.00'],
      ['2026-06-02', 'Somebody', '', 'for S 0002', 'R2', '50.00'],
      ['2026-06-03', 'Nobody', '', 'thanks', 'R3', '33.00'],
      ['2026-06-04', 'The bank', '', 'fee', 'R4', '-1.50'],
    ),
  )
  return { bench, mine, hers }
}

const takeSure = async (bench: BankBench, count = 2, minor = 15_000) => {
  const out = await bench.act('billing.takeSureBankLines', {
    lineIds: [],
    count,
    sums: [{ currency: 'EUR', minor }],
  })
  await new Promise((resolve) => setImmediate(resolve))
  return out
}

const states = async (bench: BankBench) => (await bench.lines()).map(({ state }) => state)

describe('a movement is refused', () => {
  test('in parts that do not make it up, twice, for nobody, and when it went out', async () => {
    const { bench } = await filled()
    const [first, , , fee] = await bench.lines()
    const take = (lineId: string, ...parts: [string, number][]) =>
      codeOf(() =>
        bench.act('billing.takeBankLine', {
          lineId,
          parts: parts.map(([subscriberId, amount]) => ({ subscriberId, amount })),
        }),
      )
    expect(await take(first!.id, [budi, 9999])).toBe('bank-line-parts')
    expect(await take(first!.id, [budi, 5000], [budi, 5000])).toBe('bank-line-parts')
    expect(await take(first!.id, [idOf(9), 10_000])).toBe('not-found')
    expect(await take(idOf(9), [budi, 1])).toBe('not-found')
    expect(await take(fee!.id, [budi, 150])).toBe('bank-line-not-its')
    expect(bench.count('payment')).toBe(0)
    expect(await take(first!.id, [budi, 10_000])).toBeNull()
    expect(await take(first!.id, [budi, 10_000])).toBe('bank-line-decided')
    expect(bench.count('payment')).toBe(1)
  })

  test('when all sure ones are not those that the person saw', async () => {
    const { bench } = await filled()
    const code = (count: number, minor: number) => codeOf(() => takeSure(bench, count, minor))
    expect(await code(3, 15_000)).toBe('conflict')
    expect(await code(2, 15_001)).toBe('conflict')
    expect(bench.count('payment')).toBe(0)
  })

  test('when its money was entered by hand already', async () => {
    const { bench } = await filled()
    await bench.pay(10_000, '2026-06-01', { method: 'transfer', reference: 'r-1' })
    await bench.act('billing.matchBankLines', {})
    const [first] = await bench.lines()
    expect(first?.proposals[0]).toMatchObject({
      strength: 'likely',
      reasons: expect.arrayContaining(['taken-by-hand']) as unknown,
      payment: { number: 'RC-A-2026-000001' },
    })
    const lineId = first!.id
    const parts = [{ subscriberId: budi, amount: 10_000 }]
    expect(await codeOf(() => bench.act('billing.takeBankLine', { lineId, parts }))).toBe(
      'payment-known',
    )
    const { id: paymentId } = first!.proposals[0]!.payment!
    await bench.act('billing.linkBankLine', { lineId, paymentId })
    expect(bench.count('payment')).toBe(1)
    expect((await bench.lines())[0]).toMatchObject({ state: 'taken', left: 0 })
    const [, second] = await bench.lines()
    expect(
      await codeOf(() => bench.act('billing.linkBankLine', { lineId: second!.id, paymentId })),
    ).toBe('bank-line-not-its')
  })

  test('as one with money that came in over the counter', async () => {
    const { bench } = await filled()
    await bench.pay(3300, '2026-06-03', { method: 'cash' })
    const [, , third] = await bench.lines()
    const [cash] = bench.reads.all<{ id: string }>(`SELECT id FROM payment`)
    const link = { lineId: third!.id, paymentId: cash!.id }
    expect(await codeOf(() => bench.act('billing.linkBankLine', link))).toBe('bank-line-not-its')
    expect(bench.count('bank_match')).toBe(0)
  })
})

describe('who paid is proposed, with why', () => {
  test('by number, code and name; what nobody knows waits', async () => {
    const { bench, mine } = await filled()
    const lines = await bench.lines()
    expect(lines.map(({ proposals: [one] }) => [one?.strength, one?.reasons])).toEqual([
      ['certain', ['document-number', 'same-amount', 'name']],
      ['certain', ['subscriber-code', 'same-amount']],
      [undefined, undefined],
      [undefined, undefined],
    ])
    expect(lines[0]?.proposals[0]?.settles).toMatchObject([{ number: mine.number, amount: 10_000 }])
  })

  test('an account that paid for somebody before is known again', async () => {
    const { bench } = await filled()
    await takeSure(bench)
    bench.invoice(2000, '2026-06-04')
    const [account] = (await bench.ask('billing.bankAccounts', {})).accounts
    await bench.bring(tableOf(['2026-06-05', 'B', iban, 'July', 'R9', '20.00']), {
      accountId: account!.id,
    })
    const [line] = await bench.lines({ states: ['proposed'] })
    expect(line?.proposals[0]).toMatchObject({
      subscriberId: budi,
      strength: 'certain',
      reasons: ['known-account', 'same-amount'],
    })
  })
})

describe('all that is sure', () => {
  test('is taken one by one, with the bank’s reference, and settles what it named', async () => {
    const { bench } = await filled()
    expect(await takeSure(bench)).toEqual({ total: 2 })
    expect(await states(bench)).toEqual(['taken', 'taken', 'unmatched', 'unmatched'])
    expect([bench.open(), bench.open(ani)]).toEqual([{}, {}])
    expect(
      bench.reads.all(`SELECT method, reference, amount, received_on AS "on" FROM payment`),
    ).toEqual([
      { method: 'transfer', reference: 'R1', amount: 10_000, on: '2026-06-01' },
      { method: 'transfer', reference: 'R2', amount: 5000, on: '2026-06-02' },
    ])
    expect(bench.told.at(-1)).toEqual({ state: 'done', done: 2, total: 2, taken: 2, left: 0 })
  })

  test('what is no longer sure at the moment of acting waits', async () => {
    const { bench } = await filled()
    // Paid over the counter since the proposals were made.
    await bench.pay(10_000, '2026-06-03')
    await takeSure(bench)
    expect(await states(bench)).toEqual(['proposed', 'taken', 'unmatched', 'unmatched'])
    expect(bench.told.at(-1)).toMatchObject({ taken: 1, left: 1 })
  })

  test('what somebody entered by hand meanwhile is not taken a second time', async () => {
    const { bench, mine } = await filled()
    const other = bench.invoice(10_000, '2026-05-03')
    await bench.act('billing.matchBankLines', {})
    // For another document: the one that the words name stays open by just the amount.
    await bench.pay(10_000, '2026-06-01', {
      method: 'transfer',
      settles: [{ documentId: other.id, amount: 10_000 }],
    })
    expect(bench.open()).toEqual({ [mine.number]: 10_000 })
    await takeSure(bench)
    expect(await states(bench)).toEqual(['proposed', 'taken', 'unmatched', 'unmatched'])
    expect(bench.told.at(-1)).toMatchObject({ taken: 1, left: 1 })
  })

  test('killed between and within two lines: what is taken is whole, and the rest is taken next', async () => {
    // Every statement of it, one after the other.
    for (let dieAt = 1; ; dieAt++) {
      const { bench } = await filled()
      let statements = 0
      bench.hook.onStatement = (sql) => {
        if (!sql.startsWith('INSERT INTO bank_') && ++statements === dieAt + 1) {
          throw new Error('killed')
        }
      }
      await takeSure(bench)
      const wasKilled = statements > dieAt
      bench.hook.onStatement = () => undefined
      const taken = (await bench.lines()).filter(({ state }) => state === 'taken')
      expect(bench.count('payment')).toBe(taken.length)
      expect(bench.count('bank_match')).toBe(taken.length)
      const left = taken.reduce((sum, { minor }) => sum - minor, 15_000)
      if (left > 0) await takeSure(bench, 2 - taken.length, left)
      expect([bench.balance(), bench.balance(ani), bench.count('payment')]).toEqual([0, 0, 2])
      if (!wasKilled) break
    }
  })

  test('cancelled, it ends after the line that it is at', async () => {
    const { bench } = await filled()
    let asked = 0
    bench.hook.onWrite = () => {
      asked += 1
      // The command's own part is done before: what it does after it, here.
      if (asked === 1) bench.cancelTaking()
    }
    await takeSure(bench)
    expect(await states(bench)).toEqual(['taken', 'proposed', 'unmatched', 'unmatched'])
    expect(bench.told.at(-1)).toMatchObject({ state: 'cancelled', done: 1, taken: 1 })
    bench.hook.onWrite = () => undefined
    expect(await codeOf(() => bench.act('billing.cancelBankTaking', {}))).toBe('not-found')
  })
})

describe('by hand', () => {
  test('a movement is split over several subscribers, each with a receipt', async () => {
    const { bench } = await filled()
    const [, , third] = await bench.lines()
    const { numbers } = await bench.act('billing.takeBankLine', {
      lineId: third!.id,
      parts: [
        { subscriberId: budi, amount: 3000 },
        { subscriberId: ani, amount: 300 },
      ],
    })
    expect(numbers).toHaveLength(2)
    expect((await bench.lines())[2]?.payments.map(({ amount }) => amount)).toEqual([3000, 300])
    expect([bench.balance(), bench.balance(ani)]).toEqual([7000, 4700])
    expect(bench.reads.all(`SELECT reference FROM payment ORDER BY number`)).toEqual([
      { reference: 'R3' },
      { reference: 'R3 (2)' },
    ])
  })

  test('ignored with a reason, and back', async () => {
    const { bench } = await filled()
    const [first, , , fee] = await bench.lines()
    const lineIds = [first!.id, fee!.id]
    await bench.act('billing.ignoreBankLines', { lineIds, reason: 'not ours' })
    expect(await states(bench)).toEqual(['ignored', 'proposed', 'unmatched', 'ignored'])
    expect((await bench.lines())[3]).toMatchObject({ reason: 'not ours', state: 'ignored' })
    expect(
      await codeOf(() => bench.act('billing.ignoreBankLines', { lineIds, reason: 'again' })),
    ).toBe('bank-line-decided')
    await bench.act('billing.unignoreBankLines', { lineIds })
    expect(await states(bench)).toEqual(['proposed', 'proposed', 'unmatched', 'unmatched'])
  })
})

describe('undone', () => {
  const reverse = (bench: BankBench, paymentId: string, kind: 'mistake' | 'returned') =>
    bench.call('billing.reversePayment', { paymentId, kind, on: '2026-06-10', reason: 'r' })

  test('a payment reversed as a mistake puts its line back, to be taken again', async () => {
    const { bench } = await filled()
    await takeSure(bench)
    const [first] = await bench.lines()
    await reverse(bench, first!.payments[0]!.id, 'mistake')
    expect(await states(bench)).toEqual(['unmatched', 'taken', 'unmatched', 'unmatched'])
    const parts = [{ subscriberId: ani, amount: 10_000 }]
    await bench.act('billing.takeBankLine', { lineId: first!.id, parts })
    expect((await bench.lines())[0]).toMatchObject({
      state: 'taken',
      payments: [{ reversed: true }, { reversed: false, subscriberId: ani }],
    })
  })

  test('of a movement that was split only the reversed part is left', async () => {
    const { bench } = await filled()
    const [, , third] = await bench.lines()
    const lineId = third!.id
    await bench.act('billing.takeBankLine', {
      lineId,
      parts: [
        { subscriberId: budi, amount: 3000 },
        { subscriberId: ani, amount: 300 },
      ],
    })
    const [, part] = (await bench.lines())[2]!.payments
    await reverse(bench, part!.id, 'mistake')
    expect((await bench.lines())[2]).toMatchObject({ state: 'unmatched', left: 300 })
    // The rest of it is looked for, and taken by nobody but a person.
    bench.name(ani, 'Nobody Else', 'THANKS')
    bench.invoice(300, '2026-05-04', '2026-05-04', ani)
    await bench.act('billing.matchBankLines', {})
    expect((await bench.lines())[2]?.proposals).toMatchObject([
      { subscriberId: ani, strength: 'likely', reasons: ['subscriber-code', 'same-amount'] },
    ])
    expect((await bench.lines({ strength: 'certain' })).map(({ id }) => id)).not.toContain(lineId)
    const ignore = () => bench.act('billing.ignoreBankLines', { lineIds: [lineId], reason: 'r' })
    expect(await codeOf(ignore)).toBe('bank-line-decided')
    await bench.act('billing.takeBankLine', {
      lineId,
      parts: [{ subscriberId: budi, amount: 300 }],
    })
    expect((await bench.lines())[2]?.state).toBe('taken')
  })

  test('money that the bank sent back proposes the payment that it takes back', async () => {
    const { bench } = await filled()
    await takeSure(bench)
    const [account] = (await bench.ask('billing.bankAccounts', {})).accounts
    await bench.bring(tableOf(['2026-06-06', 'Budi Santoso', iban, 'returned', 'X1', '-100.00']), {
      accountId: account!.id,
    })
    const [out] = await bench.lines({ states: ['proposed'], direction: 'out' })
    expect(out?.proposals).toMatchObject([
      { strength: 'likely', reasons: ['known-account', 'name', 'same-amount'] },
    ])
    const { payment } = out!.proposals[0]!
    const lineId = out!.id
    await bench.act('billing.returnBankLine', {
      lineId,
      paymentId: payment!.id,
      reason: 'no funds',
    })
    expect(bench.balance()).toBe(10_000)
    // The money was there: its own line stays taken.
    expect(await states(bench)).toEqual(['taken', 'taken', 'unmatched', 'unmatched', 'taken'])
    const [, , third] = await bench.lines()
    const wrong = { lineId: third!.id, paymentId: payment!.id, reason: 'r' }
    expect(await codeOf(() => bench.act('billing.returnBankLine', wrong))).toBe('bank-line-not-its')
  })
})

test('the list is filtered, searched and summed', async () => {
  const { bench } = await filled()
  const found = async (filter: Parameters<typeof bench.lines>[0]) =>
    (await bench.lines(filter)).map(({ minor }) => minor)
  expect(await found({ search: 'santoso inter' })).toEqual([10_000])
  expect(await found({ direction: 'out' })).toEqual([-150])
  expect(await found({ strength: 'certain' })).toEqual([10_000, 5000])
  expect(await found({ fromOn: '2026-06-02', untilOn: '2026-06-04' })).toEqual([5000, 3300])
  const page = await bench.ask('billing.bankLines', { filter: {}, limit: 1 })
  expect(page).toMatchObject({
    total: 4,
    sums: [{ currency: 'EUR', count: 4, minor: 18_150 }],
    waiting: { in: 3, out: 1, certain: 2 },
    running: null,
  })
})
