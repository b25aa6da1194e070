import { describe, expect, test } from 'vitest'
import { approved, createPayPalBench } from './paypal-bench.ts'

const hours = 3_600_000
const minutes = 60_000

describe('whatever is lost on the way', () => {
  test('a lost answer, a dead process and forgotten ids come to one order, one capture, one payment', async () => {
    const bench = await createPayPalBench()
    const id = await bench.make()
    bench.provider.trouble(/\/orders$/u, 'lost', 'lost', 'lost', 'lost')
    await bench.turn()
    bench.restart()
    await bench.turn()
    expect((await bench.link(id)).approveAt).toContain('ORDER1')
    bench.provider.approve('ORDER1')
    bench.provider.trouble(/capture$/u, 'lost', 'lost', 'lost', 'lost')
    await bench.turn(5000)
    expect(bench.payments()).toEqual([])
    bench.restart()
    bench.provider.forgetRequestIds()
    await bench.turn()
    expect(bench.payments()).toMatchObject([{ id, reference: 'CAP1' }])
    expect(bench.provider.counts()).toMatchObject({ orders: 1, captures: 1 })
  })

  test('a machine that stops at any statement of the booking has booked all of it or nothing', async () => {
    const bench = await createPayPalBench()
    bench.invoice(5000, '2026-06-01')
    const id = await approved(bench)
    const before = bench.provider.counts().captures
    let stops = 0
    for (; stops < 100 && (await bench.link(id)).state !== 'captured'; stops += 1) {
      let statement = 0
      bench.hook.onStatement = () => {
        if (statement++ === stops) throw new Error('the machine stopped')
      }
      await bench.turn()
      bench.hook.onStatement = () => undefined
      if ((await bench.link(id)).state === 'captured') break
      expect(bench.payments(), `stopped before statement ${stops + 1}`).toEqual([])
      expect(bench.open()).not.toEqual({})
      bench.restart()
    }
    expect(stops).toBeGreaterThan(6)
    expect(bench.payments()).toMatchObject([{ id, amount: 5000 }])
    expect([bench.open(), bench.balance()]).toEqual([{}, 0])
    expect(bench.provider.counts().captures - before).toBe(1)
    expect(await bench.matters()).toEqual([])
  })

  test('without a way to PayPal it asks later and later, and says why; when it is back it goes on', async () => {
    const bench = await createPayPalBench()
    const id = await bench.make()
    await bench.turn()
    bench.provider.approve('ORDER1')
    const none = Array.from({ length: 12 }, () => ({ status: 503 }))
    bench.provider.trouble(/ORDER1$/u, ...none)
    await bench.turn(5000)
    const tries = () => bench.provider.seen.filter(({ path }) => path.endsWith('ORDER1')).length
    expect(tries()).toBe(4)
    expect((await bench.ask('billing.payPalSettings', {})).trouble?.code).toBe('paypal-busy')
    await bench.turn(14_000)
    expect(tries()).toBe(4)
    await bench.turn(1000)
    expect(tries()).toBe(8)
    await bench.turn(29_000)
    expect(tries()).toBe(8)
    await bench.turn(1000)
    expect(tries()).toBe(12)
    await bench.turn(10 * minutes)
    expect((await bench.link(id)).state).toBe('captured')
    expect((await bench.ask('billing.payPalSettings', {})).trouble).toBeNull()
  })

  test('switched off it asks nothing; switched on again it finds what was paid', async () => {
    const bench = await createPayPalBench()
    const id = await approved(bench)
    await bench.settings({ enabled: false })
    const asked = bench.provider.seen.length
    await bench.turn(hours)
    expect(bench.provider.seen).toHaveLength(asked)
    await bench.settings()
    await bench.turn()
    expect((await bench.link(id)).state).toBe('captured')
  })

  test('by itself it looks when its time has come, one thing at a time', async () => {
    const bench = await createPayPalBench()
    bench.start()
    const ids = [await bench.make(), await bench.make()]
    await bench.turn()
    expect(
      (await Promise.all(ids.map((id) => bench.link(id)))).map(({ approveAt }) => approveAt),
    ).not.toContain(null)
    expect(bench.clock.pending).toBe(1)
    bench.stop()
    expect(bench.clock.pending).toBe(0)
    await bench.turn(hours)
    expect(bench.errors).toEqual([])
  })
})
