import { describe, expect, test } from 'vitest'
import { createPayPalApi, payPalAddresses } from '../../src-main/billing/paypal/paypal-api.ts'
import { PayPalError, type PayPalFailure } from '../../src-main/billing/paypal/paypal-http.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import { startPayPalStandIn } from '../support/paypal-stand-in.ts'

const money = (minor: number, code = 'USD') => ({ minor, currency: currencyCode(code) })
const { signal } = new AbortController()

const bench = async (secret = 'secret', betweenTries = (): void => undefined) => {
  const provider = await startPayPalStandIn()
  const waits: number[] = []
  const clock = { at: 0 }
  const api = createPayPalApi({
    baseUrl: provider.url,
    loopback: true,
    now: () => clock.at,
    credentials: () => ({ clientId: 'client', secret }),
    random: () => 0,
    sleep: (ms, stop) => {
      waits.push(ms)
      betweenTries()
      return stop.aborted ? Promise.reject(new Error('stopped')) : Promise.resolve()
    },
  })
  const order = (requestId = 'r-1', of = money(1999)) =>
    api.createOrder(
      {
        requestId,
        money: of,
        reference: 'p-1',
        description: 'Internet',
        merchant: 'Desa Net',
        returnUrl: '',
      },
      signal,
    )
  return { api, provider, waits, clock, order }
}

const failureOf = async (run: () => Promise<unknown>): Promise<PayPalFailure | null> => {
  try {
    await run()
    return null
  } catch (error) {
    if (error instanceof PayPalError) return error.code
    throw error
  }
}

describe('refused before anything is sent', () => {
  test('M04: a currency that PayPal does not take, and decimals where it takes none', async () => {
    const { order, provider } = await bench()
    expect(await failureOf(() => order('r', money(100_000, 'IDR')))).toBe('currency')
    expect(await failureOf(() => order('r', money(1050, 'HUF')))).toBe('decimals')
    expect(await failureOf(() => order('r', money(1050, 'TWD')))).toBe('decimals')
    expect(provider.seen).toEqual([])
    await order('h', money(1000, 'HUF'))
    await order('j', money(1234, 'JPY'))
    expect(provider.bodies.join('\n')).toContain('{"currency_code":"HUF","value":"10"}')
    expect(provider.bodies.join('\n')).toContain('{"currency_code":"JPY","value":"1234"}')
  })

  test('an address without TLS, but for this machine in a test', () => {
    const make = (baseUrl: string, loopback: boolean) => () =>
      createPayPalApi({
        baseUrl,
        loopback,
        now: () => 0,
        credentials: () => ({ clientId: '', secret: '' }),
        random: () => 0,
        sleep: () => Promise.resolve(),
      })
    expect(make('http://api-m.paypal.com', true)).toThrow(RangeError)
    expect(make('http://127.0.0.1:1', false)).toThrow(RangeError)
    expect(make(payPalAddresses.live, false)).not.toThrow()
    expect(make(payPalAddresses.trial, false)).not.toThrow()
  })
})

describe('an order', () => {
  test('is made, waits for the customer, is approved and captured once', async () => {
    const { api, order, provider } = await bench()
    const made = await order()
    expect(made).toEqual({
      id: 'ORDER1',
      state: 'waiting',
      approveAt: `${provider.url}/checkoutnow?token=ORDER1`,
      capture: null,
      refunds: [],
    })
    expect(provider.bodies.at(-1)).toContain('"brand_name":"Desa Net"')
    const capture = () => api.capture({ orderId: made.id, requestId: 'c-1' }, signal)
    expect(await failureOf(capture)).toBe('not-approved')
    provider.approve(made.id)
    expect((await api.order(made.id, signal)).state).toBe('approved')
    const taken = await capture()
    expect(taken).toMatchObject({
      state: 'captured',
      approveAt: null,
      capture: { id: 'CAP1', state: 'completed', value: '19.99', currency: 'USD' },
    })
    const back = () =>
      api.refund({ captureId: 'CAP1', requestId: 'b', money: money(500), reference: 'r-1' }, signal)
    expect(await back()).toEqual({ id: 'RF1', state: 'done' })
    await back()
    // A part of it went back: the rest stands, and the order knows whose wish it was.
    const after = await api.order(made.id, signal)
    expect(after.capture?.state).toBe('partly-given-back')
    expect(after.refunds).toEqual([
      { id: 'RF1', isDone: true, reference: 'r-1', value: '5.00', currency: 'USD' },
    ])
    expect((await api.captureOf('CAP1', signal)).state).toBe('partly-given-back')
    expect((await api.refundOf('RF1', signal)).state).toBe('done')
    expect(provider.counts()).toMatchObject({ orders: 1, captures: 1, refunds: 1 })
  })

  test('whose answers were lost is the same order, and is captured exactly once', async () => {
    const { api, order, provider } = await bench()
    provider.trouble(/\/orders$/u, 'lost')
    const { id } = await order()
    // After a crash, with the id that was kept.
    expect((await order()).id).toBe(id)
    provider.approve(id)
    provider.trouble(/capture$/u, 'lost', 'lost', 'lost', 'lost')
    const capture = () => api.capture({ orderId: id, requestId: 'c-1' }, signal)
    expect(await failureOf(capture)).toBe('unreachable')
    // Hours later, when PayPal knows the id no more.
    provider.forgetRequestIds()
    expect((await capture()).capture?.id).toBe('CAP1')
    expect(provider.counts()).toMatchObject({ orders: 1, captures: 1 })
  })

  test('that nobody knows is gone', async () => {
    const { api } = await bench()
    expect(await failureOf(() => api.order('NONE', signal))).toBe('gone')
  })
})

describe('what goes wrong on the way', () => {
  test('wrong credentials are refused; a token that ended is renewed once', async () => {
    const wrong = await bench('other')
    expect(await failureOf(() => wrong.api.check(signal))).toBe('credentials-refused')
    const { api, order, provider, clock } = await bench()
    await api.check(signal)
    await order()
    expect(provider.counts().tokens).toBe(1)
    provider.endToken()
    await order('r-2')
    expect(provider.counts().tokens).toBe(2)
    // A minute before its end a new one is fetched.
    clock.at = 541_000
    await order('r-3')
    expect(provider.counts().tokens).toBe(3)
    provider.trouble(/\/orders$/u, { status: 401 }, { status: 401 })
    expect(await failureOf(() => order('r-4'))).toBe('credentials-refused')
  })

  test('too many calls and failures of theirs are tried again, longer each time, and not forever', async () => {
    const { order, provider, waits } = await bench()
    provider.trouble(
      /\/orders$/u,
      { status: 503 },
      { status: 429, retryAfterS: 7 },
      'refused-connection',
    )
    await order()
    expect(waits).toEqual([500, 7000, 2000])
    const ids = provider.seen.filter(({ path }) => path.endsWith('/orders'))
    expect(new Set(ids.map(({ requestId }) => requestId))).toEqual(new Set(['r-1']))
    provider.trouble(/\/orders$/u, ...Array.from({ length: 4 }, () => ({ status: 500 })))
    expect(await failureOf(() => order('r-2'))).toBe('busy')
  })

  test('a token follows no redirect, wherever it leads', async () => {
    const { api, order, provider } = await bench()
    const elsewhere = await startPayPalStandIn()
    await api.check(signal)
    const away = { status: 307, location: `${elsewhere.url}/v2/checkout/orders` }
    provider.trouble(/\/orders$/u, away, away, away, away)
    expect(await failureOf(() => order())).toBe('unreachable')
    expect(elsewhere.seen).toEqual([])
  })

  test('answers that no interface of theirs allows are not believed', async () => {
    const { order, provider } = await bench()
    const of = (answer: string) => {
      provider.trouble(/\/orders$/u, { answer })
      return failureOf(() => order('r-9'))
    }
    expect(await of('<html>')).toBe('unreadable')
    expect(await of('{"id":"A","status":"DANCING"}')).toBe('unreadable')
    expect(await of('{"id":"../../x","status":"CREATED"}')).toBe('unreadable')
    expect(await of(`{"id":"${'A'.repeat(600_000)}","status":"CREATED"}`)).toBe('unreadable')
    const link = (href: string) =>
      of(JSON.stringify({ id: 'A', status: 'CREATED', links: [{ rel: 'approve', href }] }))
    // Customers are sent to PayPal and nowhere else.
    expect(await link('https://paypal.com.example.org/x')).toBe('unreadable')
    expect(await link('http://www.paypal.com/x')).toBe('unreadable')
    expect(await link('javascript:alert(1)')).toBe('unreadable')
    expect(await link('https://www.sandbox.paypal.com/checkoutnow?token=A')).toBeNull()
  })

  test('nothing of the secret stands in an error', async () => {
    const { order, provider } = await bench('top-secret')
    provider.trouble(/token$/u, ...Array.from({ length: 4 }, () => 'refused-connection' as const))
    const error = await order().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PayPalError)
    expect(`${String(error)} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toContain(
      'top-secret',
    )
    expect((error as Error).cause).toBeUndefined()
  })

  test('cancelled between two tries, it ends', async () => {
    const stop = new AbortController()
    const { api, provider } = await bench('secret', () => stop.abort())
    provider.trouble(/token$/u, { status: 500 })
    expect(await failureOf(() => api.check(stop.signal))).toBe('cancelled')
    expect(provider.seen).toHaveLength(1)
    // And where it was before, nothing is sent.
    expect(await failureOf(() => api.check(stop.signal))).toBe('cancelled')
    expect(provider.seen).toHaveLength(1)
  })
})
