import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Confirm } from '../../src-main/engine/confirm.ts'
import { codeOf } from '../billing-payments/payments-bench.ts'
import { serviceId } from '../support/plans-bench.ts'
import { createDunningBench, type DunningBench } from './dunning-bench.ts'

let bench: DunningBench
beforeEach(async () => {
  bench = await createDunningBench()
})
afterEach(() => {
  bench.billing.stop()
  bench.close()
})

test('nobody is cut from a page alone: a person says yes to these lines, outside of it', async () => {
  await bench.save()
  // Today is 22 November 2026.
  bench.invoice(30_000_000, '2026-11-18')
  await bench.run()
  const caseIds = [(await bench.live())!.id]
  const cut = () => bench.command('billing.suspendNow', { caseIds, reason: 'moves away' })
  const asked: Parameters<Confirm>[1][] = []
  bench.state.confirm = (_client, request) => {
    asked.push(request)
    return Promise.resolve(false)
  }
  expect(await codeOf(cut)).toBe('confirmation-refused')
  expect(await bench.status()).toBe('active')
  expect(asked).toMatchObject([
    {
      action: 'apply-plan',
      risk: 'disruptive',
      how: 'confirm',
      change: 'suspend',
      onus: 1,
      by: 'Nadia',
      words: [{ label: 'reason', value: 'moves away' }],
    },
  ])
  expect(asked[0]?.olts).toHaveLength(1)
  expect(asked[0]?.samples[0]).toContain('HWTC')
  // What stands there when the answer comes is something else: nobody said yes to that.
  bench.state.confirm = () => {
    bench.write('test.moved', (tx) =>
      tx.run(`UPDATE subscriber_service SET serial = 'HWTC00000042' WHERE id = ?`, serviceId),
    )
    return Promise.resolve(true)
  }
  expect(await codeOf(cut)).toBe('conflict')
  expect(await bench.status()).toBe('active')
})
