import { describe, expect, test } from 'vitest'
import { codeOf, ani, budi } from '../billing-payments/payments-bench.ts'
import { idOf } from '../support/store-workspace.ts'
import { approved, createPayPalBench, type PayPalBench } from './paypal-bench.ts'

const hours = 3_600_000
const minutes = 60_000

describe('a link is refused before anything is sent', () => {
  test('while it is switched off, which it is at first', async () => {
    const bench = await createPayPalBench({ enabled: false })
    expect(await codeOf(() => bench.make())).toBe('paypal-off')
    expect((await bench.ask('billing.payPalOf', { subscriberId: budi })).offered).toBeNull()
    await bench.turn()
    expect(bench.provider.seen).toEqual([])
  })

  test('for nobody, twice, of decimals that PayPal does not take, and of documents that are not open', async () => {
    const bench = await createPayPalBench()
    const mine = bench.invoice(1000, '2026-06-01')
    const hers = bench.invoice(1000, '2026-06-01', '2026-06-01', ani)
    const code = (more: Parameters<PayPalBench['make']>[0]) => codeOf(() => bench.make(more))
    expect(await code({ subscriberId: idOf(9) })).toBe('not-found')
    expect(await code({ currency: 'HUF', amount: 1050 })).toBe('paypal-decimals')
    const settles = (documentId: string, amount: number) => ({ settles: [{ documentId, amount }] })
    expect(await code(settles(hers.id, 10))).toBe('document-not-open')
    expect(await code(settles(mine.id, 1001))).toBe('allocation-beyond-document')
    expect(await code({ amount: 10, ...settles(mine.id, 11) })).toBe('allocation-beyond-payment')
    const linkId = await bench.make()
    expect(await code({ linkId })).toBe('paypal-known')
    expect(bench.provider.seen).toEqual([])
  })

  test('in a currency that PayPal does not take, until a person says at what rate in another one', async () => {
    const bench = await createPayPalBench()
    const rupiah = { currency: 'IDR', amount: 29_970_000 }
    expect(await codeOf(() => bench.make(rupiah))).toBe('paypal-currency')
    const at = { currency: 'USD', rate: 162_505, scale: 1 }
    const exchange = (amount: number, more: object = {}) => ({
      ...rupiah,
      exchange: { ...at, amount, ...more },
    })
    // 299,700 ÷ 16,250.5 = 18.4425…
    expect(await codeOf(() => bench.make(exchange(1845)))).toBe('paypal-rate')
    expect(await codeOf(() => bench.make(exchange(1844, { currency: 'IDR' })))).toBe(
      'paypal-currency',
    )
    // What it takes is asked for as it is owed.
    const euro = { ...exchange(1844), currency: 'EUR' }
    expect(await codeOf(() => bench.make(euro))).toBe('invalid-input')
    expect(bench.provider.seen).toEqual([])

    const id = await approved(bench, exchange(1844))
    expect(bench.provider.bodies.join('\n')).toContain('{"currency_code":"USD","value":"18.44"}')
    await bench.turn(5000)
    // Booked as it is owed, to the rupiah; what was paid stands beside it.
    expect(bench.payments()).toMatchObject([{ id, amount: 29_970_000, reference: 'CAP1' }])
    expect(bench.reads.all('SELECT currency, note FROM payment')).toEqual([
      { currency: 'IDR', note: 'PayPal USD 18.44 (1 USD = 16250.5 IDR)' },
    ])
    expect(await bench.link(id)).toMatchObject({
      state: 'captured',
      providerCurrency: 'USD',
      providerAmount: 1844,
      exchange: { rate: 162_505, scale: 1 },
    })
  })
})

describe('a link', () => {
  test('is made, waits for the customer, and is paid: what it settles is settled', async () => {
    const bench = await createPayPalBench()
    const first = bench.invoice(10_000, '2026-05-01')
    const second = bench.invoice(5000, '2026-06-01')
    const settles = [{ documentId: second.id, amount: 5000 }]
    const id = await bench.make({ amount: 6000, settles })
    expect(await bench.link(id)).toMatchObject({ state: 'created', approveAt: null })
    await bench.turn()
    expect(await bench.link(id)).toMatchObject({
      state: 'created',
      approveAt: `${bench.provider.url}/checkoutnow?token=ORDER1`,
      trouble: null,
    })
    expect(bench.provider.bodies.join('\n')).toContain(`"custom_id":"${id}"`)
    // Looks that bring nothing new write nothing.
    const written = bench.written.length
    await bench.turn(5000)
    await bench.turn(5000)
    expect(bench.provider.seen.filter(({ method }) => method === 'GET')).toHaveLength(2)
    expect(bench.written).toHaveLength(written)
    expect(bench.payments()).toEqual([])

    bench.provider.approve('ORDER1')
    await bench.turn(5000)
    expect(bench.payments()).toEqual([{ id, amount: 6000, reference: 'CAP1', method: 'paypal' }])
    expect(bench.open()).toEqual({ [first.number]: 9000 })
    expect(await bench.link(id)).toMatchObject({
      state: 'captured',
      approveAt: null,
      captureId: 'CAP1',
      paymentId: id,
      number: 'RC-A-2026-000001',
    })
    const events = bench.reads.all<{ kind: string }>('SELECT kind FROM provider_event ORDER BY seq')
    expect(events.map(({ kind }) => kind)).toEqual(['made', 'approved', 'capture-completed'])
    expect(bench.moved).toEqual([[budi, 9000]])
    await bench.turn(24 * hours)
    expect(bench.payments()).toHaveLength(1)
    expect(bench.errors).toEqual([])
  })

  test('settles what is open still when it is paid: money is taken whatever was settled meanwhile', async () => {
    const bench = await createPayPalBench()
    const mine = bench.invoice(5000, '2026-06-01')
    const id = await approved(bench, { settles: [{ documentId: mine.id, amount: 5000 }] })
    await bench.pay(3000, '2026-06-10')
    await bench.turn(5000)
    expect(bench.payments().map(({ id: paid }) => paid)).toContain(id)
    expect([bench.open(), bench.credit()]).toEqual([{}, 3000])
  })

  test('that nobody approves is over after three hours, and is looked at no more', async () => {
    const bench = await createPayPalBench()
    const id = await bench.make()
    await bench.turn()
    await bench.turn(3 * hours - 1000)
    expect((await bench.link(id)).state).toBe('created')
    await bench.turn(60_000)
    expect(await bench.link(id)).toMatchObject({ state: 'expired', approveAt: null })
    const asked = bench.provider.seen.length
    bench.provider.approve('ORDER1')
    await bench.turn(hours)
    expect(bench.provider.seen).toHaveLength(asked)
    expect(bench.payments()).toEqual([])
    expect(bench.provider.counts().captures).toBe(0)
  })

  test('that was never made at PayPal is over in its time as well', async () => {
    const bench = await createPayPalBench()
    const id = await bench.make()
    bench.provider.trouble(
      /token$/u,
      ...Array.from({ length: 40 }, () => 'refused-connection' as const),
    )
    await bench.turn()
    expect(await bench.link(id)).toMatchObject({
      state: 'created',
      trouble: { code: 'paypal-unreachable' },
    })
    await bench.turn(4 * hours)
    expect((await bench.link(id)).state).toBe('expired')
  })

  test('that PayPal knows no more is over', async () => {
    const bench = await createPayPalBench()
    const id = await bench.make()
    await bench.turn()
    bench.provider.forgetOrder('ORDER1')
    await bench.turn(5000)
    expect((await bench.link(id)).state).toBe('expired')
  })

  test('whose card is declined has failed, by PayPal’s own word, and nothing is booked', async () => {
    const bench = await createPayPalBench()
    const id = await approved(bench)
    bench.provider.trouble(/capture$/u, { refusal: 'INSTRUMENT_DECLINED' })
    await bench.turn(5000)
    expect(await bench.link(id)).toMatchObject({ state: 'failed', problem: 'INSTRUMENT_DECLINED' })
    const other = await approved(bench)
    bench.provider.outcome.capture = 'DECLINED'
    await bench.turn(5000)
    expect(await bench.link(other)).toMatchObject({ state: 'failed', problem: 'DECLINED' })
    expect(bench.payments()).toEqual([])
  })

  test('whose money PayPal keeps back is booked when it lets go of it, however late', async () => {
    const bench = await createPayPalBench()
    const id = await approved(bench)
    bench.provider.outcome.capture = 'PENDING'
    await bench.turn(5000)
    expect(await bench.link(id)).toMatchObject({ state: 'approved', held: true, captureId: 'CAP1' })
    await bench.turn(5 * hours)
    expect(bench.payments()).toEqual([])
    bench.provider.settleCapture('CAP1', 'COMPLETED')
    // Its order is gone there by then: its capture is not.
    bench.provider.forgetRequestIds()
    await bench.turn(hours)
    expect(bench.payments()).toMatchObject([{ id, reference: 'CAP1' }])
  })

  test('that is cancelled is not captured, whatever the customer does; twice it is refused', async () => {
    const bench = await createPayPalBench()
    const id = await approved(bench)
    const cancel = (subscriberId = budi) =>
      bench.call('billing.cancelPayPalLink', { subscriberId, linkId: id })
    expect(await codeOf(() => cancel(ani))).toBe('not-found')
    await cancel()
    expect(await codeOf(() => cancel())).toBe('paypal-link-over')
    await bench.turn(hours)
    expect(bench.provider.counts().captures).toBe(0)
    expect((await bench.link(id)).state).toBe('cancelled')
    // Nor is one that we knew to be approved, and could not capture before it was cancelled.
    const other = await approved(bench)
    bench.provider.trouble(
      /capture$/u,
      ...Array.from({ length: 4 }, () => 'refused-connection' as const),
    )
    await bench.turn(5000)
    expect((await bench.link(other)).state).toBe('approved')
    await bench.call('billing.cancelPayPalLink', { subscriberId: budi, linkId: other })
    await bench.turn(hours)
    await bench.turn(24 * hours)
    expect(bench.provider.counts().captures).toBe(0)
  })

  test('that was captured after it was cancelled is booked all the same: money is money', async () => {
    const bench = await createPayPalBench()
    const id = await approved(bench)
    // PayPal has captured, and its answer is lost.
    bench.provider.trouble(/capture$/u, 'lost', 'lost', 'lost', 'lost')
    await bench.turn(5000)
    expect((await bench.link(id)).state).toBe('approved')
    await bench.call('billing.cancelPayPalLink', { subscriberId: budi, linkId: id })
    expect((await bench.link(id)).state).toBe('cancelled')
    await bench.turn(hours)
    expect(bench.payments()).toMatchObject([{ id, reference: 'CAP1' }])
    expect((await bench.link(id)).state).toBe('captured')
    expect(bench.provider.counts().captures).toBe(1)
  })

  test('of another amount or currency than was asked for is a matter for a person, never booked', async () => {
    const bench = await createPayPalBench()
    const amounts = [
      { currency_code: 'EUR', value: '49.99' },
      { currency_code: 'USD', value: '50.00' },
    ]
    for (const amount of amounts) {
      const id = await approved(bench)
      bench.provider.outcome.amount = amount
      await bench.turn(5000)
      expect(await bench.link(id)).toMatchObject({ state: 'captured', paymentId: null })
    }
    expect(bench.payments()).toEqual([])
    const matters = await bench.matters()
    expect(
      matters.map(({ kind, saidValue, saidCurrency }) => [kind, saidValue, saidCurrency]),
    ).toEqual(
      expect.arrayContaining([
        ['captured-differs', '49.99', 'EUR'],
        ['captured-differs', '50.00', 'USD'],
      ]),
    )
    const [{ id: matterId } = { id: '' }] = matters
    const settle = () =>
      bench.call('billing.settlePayPalMatter', { matterId, note: 'given back at PayPal' })
    await settle()
    expect(await bench.matters()).toHaveLength(1)
    expect(await codeOf(settle)).toBe('not-found')
  })

  test('on trial goes the whole way and books nothing', async () => {
    const bench = await createPayPalBench({ mode: 'trial' })
    const id = await approved(bench)
    await bench.turn(5000)
    expect(await bench.link(id)).toMatchObject({
      mode: 'trial',
      state: 'captured',
      paymentId: null,
    })
    expect(bench.payments()).toEqual([])
    expect(await bench.matters()).toEqual([])
  })

  test('of other credentials is not asked about with these, and says so', async () => {
    const bench = await createPayPalBench()
    const id = await bench.make()
    await bench.turn()
    await bench.settings({ credentials: { clientId: 'somebody-else', secret: 'other' } })
    const asked = bench.provider.seen.length
    await bench.turn(minutes)
    expect(bench.provider.seen).toHaveLength(asked)
    expect((await bench.link(id)).isOthers).toBe(true)
    expect((await bench.ask('billing.payPalSettings', {})).others).toBe(1)
  })
})

test('the store itself refuses a link that moves back, is agreed anew, named anew or removed', async () => {
  const bench = await createPayPalBench()
  const id = await approved(bench)
  await bench.turn(5000)
  const other = await bench.make()
  const tried = (sql: string) => () => bench.write((tx) => tx.run(sql))
  const on = (set: string, of = id) => tried(`UPDATE provider_order SET ${set} WHERE id = '${of}'`)
  expect(on(`state = 'created', ended_at = NULL, payment_id = NULL`)).toThrow()
  expect(on(`state = 'cancelled'`)).toThrow('only moves on')
  expect(on('amount = 1, provider_amount = 1', other)).toThrow('never changed')
  expect(on(`capture_request_id = 'another'`, other)).toThrow('never changed')
  expect(on(`capture_id = 'CAP9'`)).toThrow('never named anew')
  expect(on(`state = 'captured', ended_at = 1`, other)).toThrow()
  expect(tried(`DELETE FROM provider_order WHERE id = '${other}'`)).toThrow('never removed')
  expect(tried(`UPDATE provider_event SET kind = 'x'`)).toThrow('never changed')
  expect(tried('DELETE FROM provider_event')).toThrow('never removed')
})
