import { describe, expect, test } from 'vitest'
import { documentById } from '../../src-main/billing/documents/document-tables.ts'
import { ledgerRows } from '../../src-main/billing/ledger/ledger-tables.ts'
import { idOf } from '../support/store-workspace.ts'
import { openDocuments } from '../../src-main/billing/payments/payment-tables.ts'
import { aged, ani, budi, codeOf, createPaymentsBench } from './payments-bench.ts'

describe('a payment', () => {
  test('settles what is due longest, and the rest is credit that the next document uses', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const second = bench.invoice(5000, '2026-06-01')
    const taken = await bench.pay(12_000, '2026-06-10')
    expect(taken).toEqual({
      number: 'RC-A-2026-000001',
      settles: [
        { invoiceId: first.id, number: first.number, amount: 10_000 },
        { invoiceId: second.id, number: second.number, amount: 2000 },
      ],
      credit: 0,
    })
    expect((await bench.pay(5000, '2026-06-11')).credit).toBe(2000)
    expect([bench.open(), bench.credit(), bench.balance()]).toEqual([{}, 2000, -2000])
    // E01: the next one is paid as far as the credit reaches.
    const third = bench.invoice(10_000, '2026-06-12')
    expect([bench.open(), bench.credit()]).toEqual([{ [third.number]: 8000 }, 0])
    expect(bench.noted).toEqual(['payment-taken', 'payment-taken'])
  })

  test('settles first what was chosen', async () => {
    const bench = createPaymentsBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const second = bench.invoice(5000, '2026-06-01')
    await bench.pay(6000, '2026-06-10', { settles: [{ documentId: second.id, amount: 5000 }] })
    expect(bench.open()).toEqual({ [first.number]: 9000 })
  })

  test('is refused for whom there is none, of a day to come, and where the choice does not fit', async () => {
    const bench = createPaymentsBench()
    const mine = bench.invoice(1000, '2026-06-01')
    const hers = bench.invoice(1000, '2026-06-01', '2026-06-01', ani)
    const code = (over: Parameters<typeof bench.pay>[2], on = '2026-06-10') =>
      codeOf(() => bench.pay(500, on, over))
    expect(await code({ subscriberId: idOf(9) })).toBe('not-found')
    expect(await code({}, '2026-06-16')).toBe('day-in-future')
    expect(await code({}, '2020-06-16')).toBe('day-too-early')
    const settles = (documentId: string, amount: number) => ({ settles: [{ documentId, amount }] })
    expect(await code(settles(hers.id, 10))).toBe('document-not-open')
    expect(await code(settles(mine.id, 501))).toBe('allocation-beyond-payment')
    expect(await code(settles(mine.id, 1001))).toBe('allocation-beyond-document')
    // Another currency settles nothing of it.
    expect(await code({ currency: 'USD', ...settles(mine.id, 10) })).toBe('document-not-open')
    // Nothing of all that took a number.
    expect((await bench.pay(1, '2026-06-10')).number).toBe('RC-A-2026-000001')
  })

  test('E04: the same reference is the same money, however it is written', async () => {
    const bench = createPaymentsBench()
    const paymentId = idOf(77)
    await bench.pay(100, '2026-06-10', { paymentId, method: 'transfer', reference: 'TRX 12-34' })
    const again = (reference: string, method: 'transfer' | 'card' = 'transfer') =>
      codeOf(() => bench.pay(100, '2026-06-11', { method, reference }))
    expect(await again('trx1234')).toBe('payment-known')
    expect(await again('TRX-12/34')).toBe('payment-known')
    expect(await again('TRX 12-35')).toBeNull()
    // Of a terminal it is another number.
    expect(await again('TRX 12-34', 'card')).toBeNull()
    expect(await codeOf(() => bench.pay(100, '2026-06-11', { paymentId }))).toBe('payment-known')
    // Without one, two equal payments are two.
    await bench.pay(100, '2026-06-10')
    await bench.pay(100, '2026-06-10')
    expect(bench.balance()).toBe(-500)
  })
})

describe('going back', () => {
  test('the document and the ledger say which payment it was, and no longer once it is taken back', async () => {
    const bench = createPaymentsBench()
    const invoice = bench.invoice(10_000, '2026-05-01')
    const paymentId = idOf(70)
    const { number } = await bench.pay(4000, '2026-06-10', { paymentId })
    const record = () => documentById(bench.reads, invoice.id, () => null)
    expect(record()).toMatchObject({
      settled: 4000,
      settledBy: [{ kind: 'payment', id: paymentId, number, on: '2026-06-10', amount: 4000 }],
    })
    await bench.call('billing.reversePayment', {
      paymentId,
      kind: 'mistake',
      on: '2026-06-12',
      reason: 'another subscriber',
    })
    expect(record()).toMatchObject({ settled: 0, settledBy: [] })
    const rows = ledgerRows(bench.reads, {
      subscriberId: budi,
      currency: 'EUR',
      fromOn: '2026-01-01',
      untilOn: '2027-01-01',
      offset: 0,
      limit: 10,
    })
    expect(rows.map((row) => [row.kind, row.number, row.paymentId])).toEqual([
      ['invoice', invoice.number, null],
      ['payment', number, paymentId],
      ['reversal', number, paymentId],
    ])
  })

  test('a reversal restores exactly what was open, and is made once', async () => {
    const bench = createPaymentsBench()
    bench.invoice(10_000, '2026-05-01')
    bench.invoice(5000, '2026-06-01')
    const before = [bench.open(), bench.credit(), bench.balance()]
    const paymentId = idOf(70)
    await bench.pay(20_000, '2026-06-10', { paymentId })
    const reverse = () =>
      bench.call('billing.reversePayment', {
        paymentId,
        kind: 'returned',
        on: '2026-06-12',
        reason: 'no funds',
      })
    const { reopened } = await reverse()
    expect(reopened.map(({ amount }) => amount).toSorted()).toEqual([10_000, 5000])
    expect([bench.open(), bench.credit(), bench.balance()]).toEqual(before)
    expect(await codeOf(reverse)).toBe('payment-reversed')
    const { payment } = await bench.handlers.queries['billing.payment'](
      { paymentId },
      bench.context,
    )
    expect(payment).toMatchObject({ reversal: 'returned', settled: 0, reversalReason: 'no funds' })
  })

  test('other credit takes the place of money that was fetched back', async () => {
    const bench = createPaymentsBench()
    const { number } = bench.invoice(10_000, '2026-05-01')
    const paymentId = idOf(70)
    await bench.pay(10_000, '2026-06-01', { paymentId })
    await bench.pay(4000, '2026-06-02')
    const input = { paymentId, kind: 'chargeback', on: '2026-06-03', reason: 'r' } as const
    await bench.call('billing.reversePayment', input)
    expect([bench.open(), bench.credit()]).toEqual([{ [number]: 6000 }, 0])
  })

  test('E05: money given back opens the document, a credit note lowers it: two acts', async () => {
    const bench = createPaymentsBench()
    const invoice = bench.invoice(24_995, '2026-05-01')
    const paymentId = idOf(70)
    await bench.pay(24_995, '2026-05-02', { paymentId })
    const refund = (amount: number, on = '2026-05-03') =>
      bench.call('billing.refundPayment', {
        refundId: bench.newId(),
        paymentId,
        amount,
        on,
        method: 'cash',
        reason: 'r',
      })
    await refund(1000)
    expect(bench.open()).toEqual({ [invoice.number]: 1000 })
    await refund(100)
    bench.creditNote(invoice, 100, '2026-05-03')
    expect(bench.open()).toEqual({ [invoice.number]: 1000 })
    await refund(1000)
    bench.creditNote(invoice, 1000, '2026-05-03')
    expect(bench.open()).toEqual({ [invoice.number]: 1000 })
    const { payment } = await bench.handlers.queries['billing.payment'](
      { paymentId },
      bench.context,
    )
    expect(payment.refunded).toBe(2100)
    expect(await codeOf(() => refund(22_896))).toBe('refund-beyond-payment')
    expect(await codeOf(() => refund(1, '2026-05-01'))).toBe('day-too-early')
    const input = { paymentId, kind: 'mistake', on: '2026-05-04', reason: 'r' } as const
    expect(await codeOf(() => bench.call('billing.reversePayment', input))).toBe('payment-refunded')
  })

  test('the same refund is never made twice, whatever it says the second time', async () => {
    const bench = createPaymentsBench()
    bench.invoice(1000, '2026-05-01')
    const paymentId = idOf(70)
    await bench.pay(1000, '2026-05-02', { paymentId })
    const refund = (amount: number) =>
      bench.call('billing.refundPayment', {
        refundId: idOf(80),
        paymentId,
        amount,
        on: '2026-05-03',
        method: 'cash',
        reason: 'r',
      })
    await refund(400)
    expect([await codeOf(() => refund(400)), await codeOf(() => refund(100))]).toEqual([
      'refund-known',
      'refund-known',
    ])
    expect(Object.values(bench.open())).toEqual([400])
  })

  test('credit goes back before anything that is settled', async () => {
    const bench = createPaymentsBench()
    bench.invoice(1000, '2026-05-01')
    const paymentId = idOf(70)
    await bench.pay(1500, '2026-05-02', { paymentId })
    const refunded = await bench.call('billing.refundPayment', {
      refundId: idOf(71),
      paymentId,
      amount: 500,
      on: '2026-05-03',
      method: 'cash',
      reason: 'paid too much',
    })
    expect([refunded.reopened, bench.open(), bench.credit()]).toEqual([[], {}, 0])
  })
})

const pastTheConsole = [
  `UPDATE payment SET amount = 1`,
  `DELETE FROM payment`,
  `UPDATE allocation SET amount = 1`,
  `DELETE FROM allocation`,
  `INSERT INTO allocation (id, payment_id, invoice_id, amount, allocated_on, at)
      SELECT 'x', payment_id, invoice_id, 1, '2026-06-01', 0 FROM allocation LIMIT 1`,
  `INSERT INTO allocation (id, payment_id, invoice_id, amount, allocated_on, at, takes_back_id)
      SELECT 'x', payment_id, invoice_id, -10001, '2026-06-01', 0, id FROM allocation LIMIT 1`,
  `INSERT INTO refund (id, payment_id, amount, refunded_on, method, reason, at)
      SELECT 'x', id, 1, '2026-06-01', 'cash', 'r', 0 FROM payment`,
  `INSERT INTO payment_reversal (id, payment_id, kind, reversed_on, reason, at)
      SELECT 'x', id, 'mistake', '2026-06-01', 'r', 0 FROM payment`,
  `INSERT INTO payment (id, subscriber_id, method, currency, amount, received_on, series_id,
      sequence, number, taken_at) SELECT 'x', subscriber_id, 'cash', 'EUR', 1, '2026-06-01',
      series_id, 3, 'RC-3', 0 FROM payment`,
]

describe('the database itself', () => {
  test('refuses what is written past the console', async () => {
    const bench = createPaymentsBench()
    bench.invoice(10_000, '2026-05-01')
    await bench.pay(10_000, '2026-06-01')
    for (const sql of pastTheConsole) {
      expect(() => bench.write((tx) => tx.run(sql)), sql).toThrow(/./u)
    }
    expect([bench.open(), bench.balance()]).toEqual([{}, 0])
  })

  test('a machine that stops at any statement leaves all of a payment or nothing', async () => {
    const bench = createPaymentsBench()
    bench.invoice(10_000, '2026-05-01')
    bench.invoice(5000, '2026-06-01')
    const before = [bench.open(), bench.credit(), bench.balance()]
    const input = {
      paymentId: idOf(70),
      subscriberId: budi,
      method: 'cash',
      currency: 'EUR',
      amount: 12_000,
      receivedOn: '2026-06-10',
    } as const
    let stopAt = 0
    for (; stopAt < 50; stopAt++) {
      let statement = 0
      const stop = (): void => {
        if (statement++ === stopAt) throw new Error('stopped')
      }
      const done = await bench.call('billing.takePayment', input, stop).then(
        () => true,
        () => false,
      )
      if (done) break
      expect([bench.open(), bench.credit(), bench.balance()]).toEqual(before)
    }
    expect(stopAt).toBeGreaterThan(4)
    expect(bench.balance()).toBe(3000)
    expect((await bench.pay(1, '2026-06-10')).number).toBe('RC-A-2026-000002')
  })
})

test('whatever happens: open − credit is the ledger, today and on every day before', async () => {
  const bench = createPaymentsBench('2026-06-30')
  let seed = 42
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return seed % below
  }
  const day = (): string => `2026-0${1 + random(6)}-${String(1 + random(28)).padStart(2, '0')}`
  const invoices: ReturnType<typeof bench.invoice>[] = []
  const payments: string[] = []
  const writeOffs: string[] = []
  /** Later with each step. */
  const writeOffDay = (step: number): string =>
    `2026-06-${String(1 + Math.floor(step / 5)).padStart(2, '0')}`
  const log: { readonly on: string; readonly amount: number }[] = []
  for (let step = 0; step < 120; step++) {
    const on = day()
    const amount = 1 + random(5000)
    const kind = random(8)
    if (kind < 2) {
      invoices.push(bench.invoice(amount, on, day()))
      log.push({ on, amount })
    } else if (kind < 4) {
      const paymentId = bench.newId()
      await bench.pay(amount, on, { paymentId })
      payments.push(paymentId)
      log.push({ on, amount: -amount })
    } else if (kind === 6) {
      // A debt is given up today: the day goes on through the half year.
      bench.setDay(writeOffDay(step))
      const open = openDocuments(bench.reads, budi).find(
        ({ issuedOn }) => issuedOn <= writeOffDay(step),
      )
      if (open === undefined) continue
      const part = Math.max(1, Math.min(amount, open.open))
      const { writeOffId } = await bench.call('billing.writeOff', {
        subscriberId: budi,
        currency: 'EUR',
        documents: [{ documentId: open.id, amount: part }],
        reason: 'moved away',
      })
      writeOffs.push(writeOffId)
      log.push({ on: writeOffDay(step), amount: -part })
      bench.setDay('2026-06-30')
    } else if (kind === 7 && writeOffs.length > 0) {
      bench.setDay(writeOffDay(step))
      const { reopened } = await bench.call('billing.reverseWriteOff', {
        writeOffId: writeOffs.pop()!,
        reason: 'he pays',
      })
      const back = reopened.reduce((sum, one) => sum + one.amount, 0)
      log.push({ on: writeOffDay(step), amount: back })
      bench.setDay('2026-06-30')
    } else if (kind < 6 && payments.length > 0) {
      const paymentId = payments[random(payments.length)]!
      const { payment } = await bench.handlers.queries['billing.payment'](
        { paymentId },
        bench.context,
      )
      const later = payment.receivedOn > on ? payment.receivedOn : on
      if (payment.reversal !== null) continue
      if (kind === 4 && payment.refunded === 0) {
        const input = { paymentId, kind: 'returned', on: later, reason: 'r' } as const
        await bench.call('billing.reversePayment', input)
        log.push({ on: later, amount: payment.amount })
      } else if (payment.refunded < payment.amount) {
        const part = Math.min(amount, payment.amount - payment.refunded)
        await bench.call('billing.refundPayment', {
          refundId: bench.newId(),
          paymentId,
          amount: part,
          on: later,
          method: 'cash',
          reason: 'r',
        })
        log.push({ on: later, amount: part })
      }
    }
    const open = Object.values(bench.open()).reduce((total, one) => total + one, 0)
    expect(open - bench.credit()).toBe(bench.balance())
    // What is free while something is open would be a forgotten settlement.
    expect(Math.min(open, bench.credit())).toBe(0)
  }
  for (const on of ['2026-01-31', '2026-03-15', '2026-05-01', '2026-06-30']) {
    const owed = log.filter((one) => one.on <= on).reduce((total, one) => total + one.amount, 0)
    expect((await aged(bench, on))['balance'] ?? 0).toBe(owed)
  }
  expect(invoices.length).toBeGreaterThan(20)
})
