import { describe, expect, test } from 'vitest'
import { commands, queries } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { ani, budi, codeOf } from '../billing-payments/payments-bench.ts'
import { idOf } from '../support/store-workspace.ts'
import { createCounterBench, rina, sari, tono } from './counter-bench.ts'
import { roleMay } from './roles-of.ts'

describe('money over the counter', () => {
  test('is dated today, settles what is due longest, and says the change', async () => {
    const bench = createCounterBench()
    const first = bench.invoice(4000, '2026-05-01')
    const second = bench.invoice(5000, '2026-06-01')
    await bench.open(rina)
    const receipt = await bench.take(rina, 6000, { tendered: 10_000 })
    expect(receipt).toMatchObject({
      number: 'RC-A-2026-000001',
      on: '2026-06-15',
      amount: 6000,
      tendered: 10_000,
      change: 4000,
      settles: [
        { number: first.number, amount: 4000 },
        { number: second.number, amount: 2000 },
      ],
      credit: 0,
      by: 'Rina',
      printed: 0,
    })
    expect(await bench.expected(rina)).toBe(16_000)
    // Dunning looks at him in the same transaction.
    expect(bench.moved).toEqual([`${budi} EUR`])
  })

  test('is refused for too little in the hand, another currency, and whom there is none', async () => {
    const bench = createCounterBench()
    await bench.open(rina)
    const code = (over: Parameters<typeof bench.take>[2]) =>
      codeOf(() => bench.take(rina, 100, over))
    expect(await code({ tendered: 99 })).toBe('tendered-too-little')
    expect(await code({ currency: 'USD' })).toBe('cash-other-currency')
    expect(await code({ currency: 'USD', method: 'card' })).toBe('cash-other-currency')
    expect(await code({ subscriberId: ani })).toBe('not-found')
    expect(bench.reads.all(`SELECT id FROM payment`)).toEqual([])
    expect(await bench.expected(rina)).toBe(10_000)
  })

  test('pressed twice it is one payment with one answer; with other figures it is refused', async () => {
    const bench = createCounterBench()
    await bench.open(rina)
    const paymentId = idOf(0x99)
    const once = await bench.take(rina, 100, { paymentId })
    expect(await bench.take(rina, 100, { paymentId })).toEqual(once)
    expect(await codeOf(() => bench.take(rina, 101, { paymentId }))).toBe('payment-known')
    const dollars = () => bench.take(rina, 100, { paymentId, currency: 'USD' })
    expect(await codeOf(dollars)).toBe('payment-known')
    expect(await bench.expected(rina)).toBe(10_100)
    await bench.open(tono, 0, (bench.make(idOf(0x7222), 'Back'), idOf(0x7222)))
    expect(await codeOf(() => bench.take(tono, 100, { paymentId }))).toBe('payment-known')
  })

  test('T24: coins make a difference of its own, of cash alone; what is owed stays to the unit', async () => {
    const bench = createCounterBench({ coin: 5 })
    bench.invoice(114_996, '2026-05-01')
    await bench.open(rina, 0)
    const receipt = await bench.take(rina, 114_996, { tendered: 120_000 })
    expect(receipt).toMatchObject({ amount: 114_996, rounding: -1, change: 5005, credit: 0 })
    expect([bench.openOf(), bench.balance()]).toEqual([{}, 0])
    expect(await bench.expected(rina)).toBe(114_995)
    expect((await bench.take(rina, 114_996, { method: 'card' })).rounding).toBe(0)
    const { session } = await bench.ask(rina, 'billing.counter', {})
    expect(session?.report).toMatchObject({ rounding: -1, expected: 114_995 })
    const need = () => bench.take(rina, 8, { tendered: 9 })
    expect(await codeOf(need)).toBe('tendered-too-little')
  })

  test('cash that is entered in the account lands in the drawer of who runs one; the rest does not', async () => {
    const bench = createCounterBench()
    const pay = (method: 'cash' | 'card') =>
      bench.run(sari, 'billing.takePayment', {
        paymentId: bench.newId(),
        subscriberId: budi,
        method,
        currency: 'EUR',
        amount: 500,
        receivedOn: '2026-06-15',
      })
    await pay('cash')
    await bench.open(sari, 0)
    await pay('cash')
    await pay('card')
    const { session } = await bench.ask(sari, 'billing.counter', {})
    expect(session?.report.methods).toEqual([{ method: 'cash', count: 1, amount: 500 }])
  })

  test('a machine that stops at any statement leaves all of a payment or nothing', async () => {
    const bench = createCounterBench({ coin: 5 })
    bench.invoice(10_002, '2026-05-01')
    await bench.open(rina)
    const input = {
      paymentId: idOf(0x99),
      subscriberId: budi,
      method: 'cash',
      currency: 'EUR',
      amount: 10_002,
    } as const
    let stopAt = 0
    for (; stopAt < 50; stopAt++) {
      let statement = 0
      const stop = (): void => {
        if (statement++ === stopAt) throw new Error('stopped')
      }
      const done = await bench.run(rina, 'billing.counterTake', input, stop).then(
        () => true,
        (error: Error) => {
          expect(error.message).toBe('stopped')
          return false
        },
      )
      if (done) break
      expect([bench.balance(), await bench.expected(rina)]).toEqual([10_002, 10_000])
    }
    expect(stopAt).toBeGreaterThan(5)
    expect([bench.balance(), await bench.expected(rina)]).toEqual([0, 20_000])
  })
})

describe('going back', () => {
  const reverse = (
    bench: ReturnType<typeof createCounterBench>,
    person: typeof rina,
    paymentId: string,
  ) =>
    codeOf(() =>
      bench.run(person, 'billing.reversePayment', {
        paymentId,
        kind: 'mistake',
        on: '2026-06-15',
        reason: 'wrong person',
      }),
    )

  test('in an open session a reversal leaves that session, with what coins had made of it', async () => {
    const bench = createCounterBench({ coin: 5 })
    await bench.open(rina, 0)
    const [cash, card] = [idOf(0x91), idOf(0x92)]
    await bench.take(rina, 1002, { paymentId: cash })
    await bench.take(rina, 300, { paymentId: card, method: 'card' })
    // A cashier may not; finance does, and the drawer of the cashier knows.
    expect(await reverse(bench, rina, cash)).toBe('permission-denied')
    expect(await reverse(bench, sari, cash)).toBeNull()
    expect(await reverse(bench, sari, card)).toBeNull()
    const { session, moves } = await bench.ask(rina, 'billing.counter', {})
    expect(session?.report).toMatchObject({
      expected: 0,
      rounding: 0,
      methods: [
        { method: 'card', count: 0, amount: 0 },
        { method: 'cash', count: 0, amount: 0 },
      ],
    })
    expect(moves.at(-1)?.payment?.reversed).toBe(true)
  })

  test('cash of a closed session leaves today’s drawer of who reverses it, and the report stays', async () => {
    const bench = createCounterBench()
    const id = await bench.open(rina, 0)
    const [cash, card] = [idOf(0x91), idOf(0x92)]
    await bench.take(rina, 1000, { paymentId: cash })
    await bench.take(rina, 300, { paymentId: card, method: 'card' })
    await bench.close(rina, id, 1000)
    const { session: before } = await bench.ask(rina, 'billing.cashSession', { sessionId: id })
    expect(await reverse(bench, sari, cash)).toBe('cash-session-needed')
    await bench.open(sari, 400)
    expect(await reverse(bench, sari, cash)).toBe('cash-not-enough')
    const input = { moveId: idOf(0x93), kind: 'in', amount: 600, reason: 'from the safe' } as const
    await bench.run(sari, 'billing.moveCash', input)
    expect(await reverse(bench, sari, cash)).toBeNull()
    expect(await bench.expected(sari)).toBe(0)
    // What a card brought touches no drawer.
    expect(await reverse(bench, sari, card)).toBeNull()
    expect(await bench.expected(sari)).toBe(0)
    const { session } = await bench.ask(rina, 'billing.cashSession', { sessionId: id })
    expect(session).toEqual(before)
  })

  test('cash that is given back leaves the drawer', async () => {
    const bench = createCounterBench()
    await bench.open(sari, 0)
    const paymentId = idOf(0x91)
    await bench.take(sari, 1000, { paymentId })
    const refund = (amount: number) =>
      bench.run(sari, 'billing.refundPayment', {
        refundId: bench.newId(),
        paymentId,
        amount,
        on: '2026-06-15',
        method: 'cash',
        reason: 'r',
      })
    await refund(400)
    const { session } = await bench.ask(sari, 'billing.counter', {})
    expect(session?.report).toMatchObject({ refunds: -400, expected: 600 })
  })
})

describe('a receipt', () => {
  test('is printed with the drawer once; again it is a copy, and the drawer stays shut', async () => {
    const bench = createCounterBench()
    await bench.open(rina)
    const paymentId = idOf(0x91)
    await bench.take(rina, 1000, { paymentId })
    const print = (person = rina) =>
      bench.run(person, 'billing.printReceipt', { paymentId, opensDrawer: true, language: 'en' })
    expect(await print()).toEqual({ printed: 1 })
    expect(await print()).toEqual({ printed: 2 })
    const [first, second] = bench.sent.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    const kick = Buffer.from([0x1b, 0x70, 0, 25, 250]).toString('latin1')
    expect([first?.includes('COPY'), first?.endsWith(kick)]).toEqual([false, true])
    expect([second?.includes('COPY'), second?.endsWith(kick)]).toEqual([true, false])
    expect(first).toContain('RC-A-2026-000001')
    expect(bench.sent[0]?.host).toBe('10.0.0.9')
    expect(await codeOf(() => print(tono))).toBe('not-found')
  })

  test('speaks the customer’s language, English where there is none, another one where it is asked for', async () => {
    const bench = createCounterBench()
    await bench.open(rina)
    const paymentId = idOf(0x91)
    await bench.take(rina, 1000, { paymentId })
    for (const language of ['id', '', 'de', 'id-ID']) {
      bench.spoken.language = language
      await bench.run(rina, 'billing.printReceipt', { paymentId })
    }
    await bench.run(rina, 'billing.printReceipt', { paymentId, language: 'en' })
    const customer = bench.sent.map(({ bytes }) => {
      const text = Buffer.from(bytes).toString('latin1')
      return text.includes('Pelanggan') ? 'id' : text.includes('Customer') ? 'en' : text
    })
    expect(customer).toEqual(['id', 'en', 'en', 'id', 'en'])
  })

  test('asked for again while the first is still going out is a copy', async () => {
    const bench = createCounterBench()
    await bench.open(rina)
    const paymentId = idOf(0x91)
    await bench.take(rina, 1000, { paymentId })
    const print = () =>
      bench.run(rina, 'billing.printReceipt', { paymentId, opensDrawer: true, language: 'en' })
    await Promise.all([print(), print()])
    const copies = bench.sent.map(({ bytes }) => Buffer.from(bytes).includes('COPY'))
    expect(copies).toEqual([false, true])
  })

  test('that does not print leaves the payment as it is, and counts as not printed', async () => {
    const bench = createCounterBench()
    await bench.open(rina)
    const paymentId = idOf(0x91)
    await bench.take(rina, 1000, { paymentId })
    bench.line.fail = new NocturneError('printer-unreachable', {})
    const print = () => bench.run(rina, 'billing.printReceipt', { paymentId, language: 'id' })
    expect(await codeOf(print)).toBe('printer-unreachable')
    expect(await bench.ask(rina, 'billing.counterReceipt', { paymentId })).toMatchObject({
      amount: 1000,
      printed: 0,
    })
    const foreign = () => bench.ask(tono, 'billing.counterReceipt', { paymentId })
    expect(await codeOf(foreign)).toBe('not-found')
  })
})

test('a cashier may run his till and nothing else', () => {
  const may = roleMay('cashier')
  const allowed = [...Object.entries(queries), ...Object.entries(commands)]
    .filter(([, { access }]) => may.has(access))
    .map(([name]) => name)
    .toSorted()
  expect(allowed).toEqual([
    'billing.cashSession',
    'billing.closeCash',
    'billing.countCash',
    'billing.counter',
    'billing.counterFind',
    'billing.counterReceipt',
    'billing.counterSubscriber',
    'billing.counterTake',
    'billing.moveCash',
    'billing.openCash',
    'billing.printReceipt',
    'billing.receiptPdfOfMine',
    'billing.redeemVoucher',
    'billing.tills',
  ])
})
