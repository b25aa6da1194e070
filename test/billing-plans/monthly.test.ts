import { expect, test } from 'vitest'
import {
  createPlansBench,
  otherServiceId,
  otherSubscriberId,
  serviceId,
} from '../support/plans-bench.ts'

test('what services bring a month, by the prices of their plans', async () => {
  const bench = createPlansBench()
  const monthly = (...services: readonly string[]) => bench.billing.monthlyOf(services)
  expect(monthly(serviceId)).toBeNull()

  const extras = [
    { code: 'IP', name: 'Fixed address', kind: 'recurring', price: 5_000_000, required: true },
    { code: 'SET', name: 'Installation', kind: 'one-off', price: 9_000_000, required: true },
    { code: 'TV', name: 'Television', kind: 'recurring', price: 7_000_000, required: false },
  ] as const
  const home = await bench.sell({ extras: [...extras] })
  const yearly = await bench.sell({ price: 120_000_001, interval: 'year' })
  const id = await bench.start(home.versionId)
  expect(monthly(serviceId)).toEqual({ minor: 35_000_000, currency: 'IDR' })
  await bench.start(yearly.versionId, '2026-11-01', {
    subscriberId: otherSubscriberId,
    serviceId: otherServiceId,
  })
  expect(monthly(serviceId, otherServiceId)).toEqual({ minor: 45_000_000, currency: 'IDR' })
  expect(monthly(otherServiceId)).toEqual({ minor: 10_000_000, currency: 'IDR' })

  bench.write('test.ended', (tx) => {
    tx.run(`UPDATE subscription SET status = 'ended' WHERE id = ?`, id)
  })
  expect(monthly(serviceId)).toBeNull()
  bench.close()
})

test('of two currencies there is no sum', async () => {
  const bench = createPlansBench()
  const rupiah = await bench.sell()
  const dollars = await bench.sell({ price: 2000 }, { currency: 'USD' })
  await bench.start(rupiah.versionId)
  const his = { subscriberId: otherSubscriberId, serviceId: otherServiceId }
  await bench.start(dollars.versionId, '2026-11-01', his)
  expect(bench.billing.monthlyOf([otherServiceId])).toEqual({ minor: 2000, currency: 'USD' })
  expect(bench.billing.monthlyOf([serviceId, otherServiceId])).toBeNull()
  bench.close()
})
