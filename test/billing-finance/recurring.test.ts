import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  createPlansBench,
  otherServiceId,
  otherSubscriberId,
  type PlansBench,
} from '../support/plans-bench.ts'

let bench: PlansBench
beforeEach(() => {
  bench = createPlansBench()
  bench.state.permissions.add('billing.report.read')
})
afterEach(() => bench.close())

const months = async (count = 4) => {
  const { currencies, subscribers } = await bench.query('billing.finance', { months: count })
  return { recurring: currencies[0]?.months.map(({ recurring }) => recurring) ?? [], subscribers }
}
const step = async (
  name: 'billing.endSubscription' | 'billing.pauseSubscription',
  subscriptionId: string,
  more: object,
): Promise<void> => {
  const { version } = await bench.row(subscriptionId)
  await bench.command(name, { subscriptionId, baseVersion: version, reason: 'x', ...more } as never)
}

test('what is charged every month: begun, another price, lost, and the sums add up', async () => {
  const home = await bench.sell()
  const faster = await bench.sell({ price: 50_000_000 })
  const year = await bench.sell({ price: 120_000_000, interval: 'year' })
  const one = await bench.start(home.versionId, '2026-09-05')
  const other = await bench.start(year.versionId, '2026-09-20', {
    subscriberId: otherSubscriberId,
    serviceId: otherServiceId,
  })
  const { version } = await bench.row(one)
  await bench.command('billing.changeSubscription', {
    subscriptionId: one,
    baseVersion: version,
    bought: { planVersionId: faster.versionId },
    when: '2026-10-10',
    reason: 'more',
  })
  await step('billing.endSubscription', other, { when: '2026-11-03' })
  const { recurring, subscribers } = await months()
  expect(recurring).toEqual([
    { amount: 0, fresh: 0, changed: 0, lost: 0 },
    { amount: 40_000_000, fresh: 40_000_000, changed: 0, lost: 0 },
    { amount: 60_000_000, fresh: 0, changed: 20_000_000, lost: 0 },
    { amount: 50_000_000, fresh: 0, changed: 0, lost: 10_000_000 },
  ])
  expect(subscribers.map(({ active, begun, ended }) => [active, begun, ended])).toEqual([
    [0, 0, 0],
    [2, 2, 0],
    [2, 0, 0],
    [1, 0, 1],
  ])
  recurring.slice(1).forEach(({ amount, fresh, changed, lost }, at) => {
    expect(amount).toBe(recurring[at]!.amount + fresh + changed - lost)
  })
})

test('a pause that is not billed is neither new nor lost; a trial costs nothing yet', async () => {
  const { versionId } = await bench.sell({ trialDays: 40 })
  const id = await bench.start(versionId, '2026-09-01')
  await step('billing.pauseSubscription', id, { fromOn: '2026-11-10', untilOn: null })
  const { recurring, subscribers } = await months()
  expect(
    recurring.map(({ amount, fresh, changed, lost }) => [amount, fresh, changed, lost]),
  ).toEqual([
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [30_000_000, 30_000_000, 0, 0],
    [0, 0, -30_000_000, 0],
  ])
  expect(subscribers.at(-1)).toMatchObject({ active: 0, paused: 1, ended: 0 })
})
