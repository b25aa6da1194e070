import { describe, expect, test } from 'vitest'
import { codeOf } from '../billing-payments/payments-bench.ts'
import { idOf } from '../support/store-workspace.ts'
import { createPayPalBench, type PayPalBench } from './paypal-bench.ts'

const hours = 3_600_000
const day = 24 * hours

/** An invoice of EUR 50 that was paid by a link. */
const paid = async (
  more: Parameters<PayPalBench['make']>[0] = {},
): Promise<{ readonly bench: PayPalBench; readonly id: string }> => {
  const bench = await createPayPalBench()
  bench.invoice(5000, '2026-06-01')
  const id = await bench.make(more)
  await bench.turn()
  bench.provider.approve('ORDER1')
  await bench.turn(5000)
  return { bench, id }
}

const giveBack = (
  bench: PayPalBench,
  paymentId: string,
  amount: number,
  refundId = bench.newId(),
) => bench.call('billing.refundPayPal', { refundId, paymentId, amount, reason: 'moved away' })

const refundsOf = async (bench: PayPalBench, paymentId: string) =>
  bench.ask('billing.payPalOfPayment', { paymentId })

const booked = (bench: PayPalBench) =>
  bench.reads
    .all<{ amount: number; method: string; reference: string }>(
      'SELECT amount, method, reference FROM refund ORDER BY reference',
    )
    .map((row) => ({ ...row }))

describe('money that goes back by way of PayPal', () => {
  test('is refused of what did not come that way, beyond what is left, twice, and with other credentials', async () => {
    const { bench, id } = await paid()
    const cash = idOf(77)
    await bench.pay(100, '2026-06-10', { paymentId: cash })
    expect(await codeOf(() => giveBack(bench, cash, 100))).toBe('paypal-not-its')
    expect(await codeOf(() => giveBack(bench, idOf(9), 100))).toBe('not-found')
    expect(await codeOf(() => giveBack(bench, id, 5001))).toBe('refund-beyond-payment')
    await giveBack(bench, id, 3000, idOf(80))
    expect(await codeOf(() => giveBack(bench, id, 1, idOf(80)))).toBe('paypal-known')
    // What PayPal has not answered yet is no longer left.
    expect(await codeOf(() => giveBack(bench, id, 2001))).toBe('refund-beyond-payment')
    await bench.settings({ credentials: { clientId: 'somebody-else', secret: 'other' } })
    expect(await codeOf(() => giveBack(bench, id, 1))).toBe('paypal-other-account')
    await bench.settings({ enabled: false })
    expect(await codeOf(() => giveBack(bench, id, 1))).toBe('paypal-off')
    expect(bench.provider.counts().refunds).toBe(0)
  })

  test('is booked with PayPal’s own number when it has been sent, in parts to the last cent', async () => {
    const { bench, id } = await paid()
    await giveBack(bench, id, 2000, idOf(80))
    expect(booked(bench)).toEqual([])
    expect((await refundsOf(bench, id)).refunds).toMatchObject([
      { state: 'pending', isThere: false },
    ])
    await bench.turn()
    expect(booked(bench)).toEqual([{ amount: 2000, method: 'paypal', reference: 'RF1' }])
    expect(bench.balance()).toBe(2000)
    await giveBack(bench, id, 3000)
    await bench.turn()
    expect(await refundsOf(bench, id)).toMatchObject({
      left: 0,
      refunds: [{ state: 'done' }, { state: 'done' }],
    })
    expect(bench.provider.bodies.filter((body) => body.includes('custom_id":"0190')).length).toBe(3)
    expect(bench.balance()).toBe(5000)
    await bench.turn(2 * day)
    expect(await bench.matters()).toEqual([])
  })

  test('in another currency goes back at the rate of the payment, together exactly what was captured', async () => {
    const bench = await createPayPalBench()
    const exchange = { currency: 'USD', rate: 16_250, scale: 0, amount: 615 }
    const id = await bench.make({ currency: 'IDR', amount: 10_000_000, exchange })
    await bench.turn()
    bench.provider.approve('ORDER1')
    await bench.turn(5000)
    for (const amount of [3_333_333, 3_333_333, 3_333_334]) {
      await giveBack(bench, id, amount)
      await bench.turn()
    }
    expect(await codeOf(() => giveBack(bench, id, 1))).toBe('refund-beyond-payment')
    const { refunds } = await refundsOf(bench, id)
    expect(refunds.map(({ providerAmount }) => providerAmount)).toEqual([205, 205, 205])
    const tiny = await createPayPalBench()
    const small = await tiny.make({ currency: 'IDR', amount: 10_000_000, exchange })
    await tiny.turn()
    tiny.provider.approve('ORDER1')
    await tiny.turn(5000)
    expect(await codeOf(() => giveBack(tiny, small, 1))).toBe('paypal-too-little')
  })

  test('that PayPal is at waits, and is booked when it is through; one that failed is told', async () => {
    const { bench, id } = await paid()
    bench.provider.outcome.refund = 'PENDING'
    await giveBack(bench, id, 1000)
    await giveBack(bench, id, 2000)
    await bench.turn()
    expect((await refundsOf(bench, id)).refunds).toMatchObject([
      { state: 'pending', isThere: true },
      { state: 'pending', isThere: true },
    ])
    expect(booked(bench)).toEqual([])
    bench.provider.settleRefund('RF1', 'COMPLETED')
    bench.provider.settleRefund('RF2', 'FAILED')
    await bench.turn(hours)
    expect(booked(bench)).toEqual([{ amount: 1000, method: 'paypal', reference: 'RF1' }])
    expect(await refundsOf(bench, id)).toMatchObject({
      left: 4000,
      refunds: [{ state: 'done' }, { state: 'failed', problem: 'FAILED' }],
    })
  })

  test('that PayPal refuses has failed by its own word', async () => {
    const { bench, id } = await paid()
    bench.provider.trouble(/refund$/u, { refusal: 'REFUND_TIME_LIMIT_EXCEEDED' })
    await giveBack(bench, id, 1000)
    await bench.turn()
    expect((await refundsOf(bench, id)).refunds).toMatchObject([
      { state: 'failed', problem: 'REFUND_TIME_LIMIT_EXCEEDED' },
    ])
  })

  test('whose answer was lost goes back once, even when PayPal has forgotten the request', async () => {
    const { bench, id } = await paid()
    await giveBack(bench, id, 1000)
    bench.provider.trouble(/refund$/u, 'lost', 'lost', 'lost', 'lost')
    await bench.turn()
    expect(booked(bench)).toEqual([])
    bench.restart()
    bench.provider.forgetRequestIds()
    await bench.turn()
    expect(booked(bench)).toEqual([{ amount: 1000, method: 'paypal', reference: 'RF1' }])
    expect(bench.provider.counts().refunds).toBe(1)
  })

  test('stopped at any statement it is booked once, and sent once', async () => {
    const { bench, id } = await paid()
    await giveBack(bench, id, 2000, idOf(80))
    let stops = 0
    for (; stops < 100; stops += 1) {
      let statement = 0
      bench.hook.onStatement = () => {
        if (statement++ === stops) throw new Error('the machine stopped')
      }
      await bench.turn()
      bench.hook.onStatement = () => undefined
      if (booked(bench).length > 0) break
      expect(bench.balance(), `stopped before statement ${stops + 1}`).toBe(0)
      bench.restart()
    }
    expect(stops).toBeGreaterThan(3)
    expect(booked(bench)).toEqual([{ amount: 2000, method: 'paypal', reference: 'RF1' }])
    expect([bench.balance(), bench.provider.counts().refunds]).toEqual([2000, 1])
  })

  test('that is on its way leaves no second time, neither in cash nor by a reversal', async () => {
    const { bench, id } = await paid()
    const inCash = (amount: number) =>
      bench.refund({
        refundId: bench.newId(),
        paymentId: id,
        amount,
        on: '2026-06-15',
        method: 'cash',
        reason: 'x',
      })
    const reversal = { paymentId: id, kind: 'returned', on: '2026-06-15', reason: 'x' } as const
    bench.provider.outcome.refund = 'PENDING'
    await giveBack(bench, id, 2000)
    for (const turns of [0, 1]) {
      if (turns > 0) await bench.turn()
      expect(await codeOf(() => bench.reverse(reversal))).toBe('refund-under-way')
      expect(await codeOf(() => inCash(3001))).toBe('refund-under-way')
      expect(await codeOf(() => inCash(5001))).toBe('refund-beyond-payment')
    }
    // What PayPal was not asked for may go back meanwhile, and what it refused may after all.
    await inCash(1000)
    bench.provider.settleRefund('RF1', 'FAILED')
    await bench.turn(hours)
    await inCash(4000)
    expect(booked(bench).map(({ amount }) => amount)).toEqual([1000, 4000])
  })

  test('where PayPal refused it, the payment may be reversed again', async () => {
    const { bench, id } = await paid()
    bench.provider.trouble(/refund$/u, { refusal: 'REFUND_TIME_LIMIT_EXCEEDED' })
    await giveBack(bench, id, 1000)
    await bench.turn()
    await bench.reverse({ paymentId: id, kind: 'chargeback', on: '2026-06-15', reason: 'x' })
    expect(bench.balance()).toBe(5000)
  })

  test('that our books refuse is a matter for a person: the clock was set back before the payment', async () => {
    const { bench, id } = await paid()
    await giveBack(bench, id, 2000)
    bench.setDay('2026-06-14')
    await bench.turn()
    expect(await bench.matters()).toMatchObject([
      { kind: 'refund-not-booked', problem: 'day-too-early', paymentId: id },
    ])
    expect((await refundsOf(bench, id)).refunds).toMatchObject([{ state: 'done' }])
  })
})

describe('what happens at PayPal’s own site', () => {
  test('money given back there is a matter for a person, once, and nothing is booked', async () => {
    const { bench, id } = await paid()
    await giveBack(bench, id, 1000)
    await bench.turn()
    bench.provider.giveBackThere('CAP1', '20.00')
    await bench.turn(day)
    bench.setDay('2026-06-16')
    await bench.turn()
    expect(await bench.matters()).toMatchObject([
      { kind: 'given-back-there', saidValue: '20.00', saidCurrency: 'EUR', paymentId: id },
    ])
    expect(booked(bench)).toHaveLength(1)
    bench.setDay('2026-06-17')
    await bench.turn(day)
    expect(await bench.matters()).toHaveLength(1)
  })

  test('money that was fetched back is one as well, until the payment is reversed here', async () => {
    const { bench, id } = await paid()
    bench.provider.settleCapture('CAP1', 'REVERSED')
    bench.setDay('2026-06-16')
    await bench.turn(day)
    expect(await bench.matters()).toMatchObject([{ kind: 'fetched-back', paymentId: id }])
    const other = await paid()
    const reversal = {
      paymentId: other.id,
      kind: 'chargeback',
      on: '2026-06-15',
      reason: 'x',
    } as const
    await other.bench.reverse(reversal)
    other.bench.provider.settleCapture('CAP1', 'REVERSED')
    other.bench.setDay('2026-06-16')
    await other.bench.turn(day)
    expect(await other.bench.matters()).toEqual([])
  })

  test('where PayPal keeps the order no more, the state of the capture alone tells it', async () => {
    const { bench, id } = await paid()
    bench.provider.giveBackThere('CAP1', '50.00')
    bench.provider.hideOrders()
    bench.setDay('2026-06-16')
    await bench.turn(day)
    expect(await bench.matters()).toMatchObject([
      { kind: 'given-back-there', saidValue: null, paymentId: id },
    ])
  })

  test('is looked at once a day, and less often when it is old', async () => {
    const { bench } = await paid()
    await bench.turn()
    const asked = () => bench.provider.seen.filter(({ method }) => method === 'GET').length
    const lookOf = async (on: string, ms: number): Promise<number> => {
      const before = asked()
      bench.setDay(on)
      await bench.turn(ms)
      await bench.turn(hours)
      bench.restart()
      await bench.turn()
      return asked() - before
    }
    expect(await lookOf('2026-06-16', day)).toBe(1)
    expect(await lookOf('2026-07-17', 31 * day)).toBe(0)
    expect(await lookOf('2026-07-20', 3 * day)).toBe(1)
    expect(await lookOf('2027-07-20', 365 * day)).toBe(0)
  })
})
