import { afterEach, beforeEach, expect, test } from 'vitest'
import { createPlansBench, subscriberId, type PlansBench } from '../support/plans-bench.ts'

let bench: PlansBench
beforeEach(() => {
  bench = createPlansBench()
  stands('lead')
})
afterEach(() => bench.close())

const stands = (status: 'lead' | 'suspended'): void =>
  bench.write('test.stands', (tx) =>
    tx.run(`UPDATE subscriber SET status = ? WHERE id = ?`, status, subscriberId),
  )
const statusOf = (): string =>
  bench.store.reader
    .prepare<[string], { status: string }>(`SELECT status FROM subscriber WHERE id = ?`)
    .get(subscriberId)!.status
const told = (): readonly string[] =>
  bench.store.reader
    .prepare<[string], { data: string }>(
      `SELECT data FROM subscriber_event WHERE subscriber_id = ? AND kind = 'status'`,
    )
    .all(subscriberId)
    .map(({ data }) => data)

test('a lead is active once his first subscription begins, and his time line says so', async () => {
  const { versionId } = await bench.sell()
  await bench.start(versionId)
  expect(statusOf()).toBe('active')
  expect(told().map((data): unknown => JSON.parse(data))).toEqual([
    { from: 'lead', to: 'active', reason: '' },
  ])
})

test('one that is planned makes him active on its day, and not before', async () => {
  const { versionId } = await bench.sell()
  await bench.start(versionId, '2026-11-24')
  expect(statusOf()).toBe('lead')
  bench.billing.start()
  expect(statusOf()).toBe('lead')
  bench.clock.advance(2 * 86_400_000)
  bench.billing.wake()
  expect(statusOf()).toBe('active')
  expect(told()).toHaveLength(1)
  bench.billing.stop()
})

test('whoever is no lead stays as he is', async () => {
  stands('suspended')
  const { versionId } = await bench.sell()
  await bench.start(versionId)
  expect(statusOf()).toBe('suspended')
  expect(told()).toEqual([])
})
