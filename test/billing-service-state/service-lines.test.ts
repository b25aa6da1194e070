import { afterEach, beforeEach, expect, test } from 'vitest'
import { createModelLines } from '../support/model-lines.ts'
import { createPlansBench, north, serviceId, type PlansBench } from '../support/plans-bench.ts'
import { runFor } from '../support/settle.ts'

const serial = `HWTC0000${serviceId.slice(-4).toUpperCase()}`
const dayMs = 86_400_000

let network: ReturnType<typeof createModelLines>
let bench: PlansBench
beforeEach(() => {
  network = createModelLines()
  network.onus.push({ oltId: north, serial, address: 5, state: 'online' })
  bench = createPlansBench(false, network.portOf)
})
afterEach(() => {
  bench.billing.stop()
  bench.close()
})

const running = async (): Promise<string> => {
  const { versionId } = await bench.sell()
  return bench.start(versionId)
}
const based = async (subscriptionId: string) => ({
  subscriptionId,
  baseVersion: (await bench.row(subscriptionId)).version,
  reason: 'asked for it',
})
const wanted = () => network.wanted(bench.store)
const byHand = (desired: string): void =>
  bench.write('test.hand', (tx) =>
    tx.run(
      `INSERT INTO provisioning_service (olt_id, address, serial, desired, desired_since, desired_by,
        reason, actual) VALUES (?, 5, ?, ?, 1, 'Sari', 'abuse', 'unknown')
        ON CONFLICT DO UPDATE SET desired = excluded.desired, source = 'hand', cause = NULL`,
      north,
      serial,
      desired,
    ),
  )

test('a start leaves a line that is on alone; a pause takes it off at once, and back', async () => {
  const subscriptionId = await running()
  expect(wanted()).toEqual([])
  await bench.command('billing.pauseSubscription', {
    ...(await based(subscriptionId)),
    fromOn: '2026-11-22',
    untilOn: null,
  })
  expect(wanted()).toEqual([{ serial, desired: 'suspended', source: 'billing', cause: 'paused' }])
  expect(network.looks()).toBe(1)
  await bench.command('billing.resumeSubscription', {
    ...(await based(subscriptionId)),
    on: '2026-11-22',
  })
  expect(wanted()).toEqual([{ serial, desired: 'active', source: 'billing', cause: 'running' }])
  expect(network.said).toEqual([`${serial} suspended paused`, `${serial} active running`])
})

test('what is planned for a day takes the line off on that day, not before, and only once', async () => {
  const subscriptionId = await running()
  bench.billing.start()
  await bench.command('billing.endSubscription', {
    ...(await based(subscriptionId)),
    when: '2026-11-25',
    waiveTerm: false,
  })
  expect(wanted()).toEqual([])
  await runFor(bench.clock, 2 * dayMs, 3_600_000)
  expect(wanted()).toEqual([])
  await runFor(bench.clock, 2 * dayMs, 3_600_000)
  expect(wanted()).toEqual([{ serial, desired: 'suspended', source: 'billing', cause: 'ended' }])
  await runFor(bench.clock, 2 * dayMs, 3_600_000)
  expect(network.said).toHaveLength(1)
})

test('an ended service is removed after the days that the house gave', async () => {
  bench.write('test.rules', (tx) =>
    tx.run(`UPDATE service_rules SET after_end = 'remove', remove_after_days = 3`),
  )
  const subscriptionId = await running()
  bench.billing.start()
  await bench.command('billing.endSubscription', {
    ...(await based(subscriptionId)),
    when: '2026-11-22',
    waiveTerm: false,
  })
  expect(wanted()).toMatchObject([{ desired: 'suspended', cause: 'ended' }])
  await runFor(bench.clock, 3 * dayMs, 3_600_000)
  expect(wanted()).toMatchObject([{ desired: 'removed', cause: 'ended' }])
})

test('who was switched off by hand stays off when his subscription runs again, and it is told', async () => {
  const subscriptionId = await running()
  byHand('suspended')
  await bench.command('billing.pauseSubscription', {
    ...(await based(subscriptionId)),
    fromOn: '2026-11-22',
    untilOn: null,
  })
  await bench.command('billing.resumeSubscription', {
    ...(await based(subscriptionId)),
    on: '2026-11-22',
  })
  expect(wanted()).toEqual([{ serial, desired: 'suspended', source: 'hand', cause: null }])
  expect(bench.notes.map(({ kind }) => kind)).toContain('line-kept')
})

test('what a person wants after it stands: the same opinion is not said again', async () => {
  const subscriptionId = await running()
  bench.billing.start()
  await bench.command('billing.pauseSubscription', {
    ...(await based(subscriptionId)),
    fromOn: '2026-11-22',
    untilOn: null,
  })
  byHand('active')
  await runFor(bench.clock, 2 * dayMs, 3_600_000)
  expect(wanted()).toMatchObject([{ desired: 'active', source: 'hand' }])
})

test('why a line is off is known, also where nothing was said of it yet; not of another ONU', async () => {
  const subscriptionId = await running()
  const held = (of = serial) => {
    let why: string | null = null
    bench.write('test.held', (tx) => {
      why = bench.billing.lines.heldFor(tx, { oltId: north, serial: of })
    })
    return why
  }
  expect(held()).toBeNull()
  await bench.command('billing.pauseSubscription', {
    ...(await based(subscriptionId)),
    fromOn: '2026-11-22',
    untilOn: null,
  })
  expect(held()).toBe('paused')
  bench.write('test.unsaid', (tx) => tx.run(`DELETE FROM service_wish`))
  expect(held()).toBe('paused')
  expect(held('HWTC00000BBB')).toBeNull()
  bench.write('test.other', (tx) =>
    tx.run(`UPDATE subscriber_service SET serial = 'HWTC00000BBB' WHERE id = ?`, serviceId),
  )
  expect(held()).toBeNull()
})

test('an ONU whose service is over is held as ended; sold again, billing brings back what it took off', async () => {
  const held = () => {
    let why: string | null = null
    bench.write('test.held', (tx) => {
      why = bench.billing.lines.heldFor(tx, { oltId: north, serial })
    })
    return why
  }
  const state = (of: 'live' | 'ended') =>
    bench.write('test.state', (tx) => {
      const at = of === 'ended' ? 1 : null
      tx.run(
        `UPDATE subscriber_service SET state = ?, ended_at = ? WHERE id = ?`,
        of,
        at,
        serviceId,
      )
      bench.billing.lines.settle(tx, serviceId, { accountId: null, reason: '' })
    })
  state('ended')
  expect(held()).toBe('ended')
  // Taken off the OLT, as the reconciliation does it for billing.
  byHand('removed')
  bench.write('test.billing', (tx) =>
    tx.run(`UPDATE provisioning_service SET source = 'billing', cause = 'ended'`),
  )
  state('live')
  await running()
  expect(held()).toBeNull()
  expect(wanted()).toEqual([{ serial, desired: 'active', source: 'billing', cause: 'running' }])
})

test('an ONU that the network does not know yet is told as soon as it does', async () => {
  network.onus.length = 0
  const subscriptionId = await running()
  bench.billing.start()
  await bench.command('billing.pauseSubscription', {
    ...(await based(subscriptionId)),
    fromOn: '2026-11-22',
    untilOn: null,
  })
  expect(wanted()).toEqual([])
  await runFor(bench.clock, 120_000, 10_000)
  expect(wanted()).toEqual([])
  network.onus.push({ oltId: north, serial, address: 5, state: 'online' })
  await runFor(bench.clock, 120_000, 10_000)
  expect(wanted()).toMatchObject([{ desired: 'suspended', cause: 'paused' }])
})

test('another ONU of the service is told too; one that follows takes its wish with it', async () => {
  const subscriptionId = await running()
  await bench.command('billing.pauseSubscription', {
    ...(await based(subscriptionId)),
    fromOn: '2026-11-22',
    untilOn: null,
  })
  const other = 'HWTC00000BBB'
  network.onus.push({ oltId: north, serial: other, address: 6, state: 'online' })
  bench.write('test.onu', (tx) => {
    tx.run(`UPDATE subscriber_service SET serial = ? WHERE id = ?`, other, serviceId)
    bench.billing.lines.settle(tx, serviceId, { accountId: null, reason: '' })
  })
  expect(wanted().find((one) => one.serial === other)).toMatchObject({ desired: 'suspended' })
  const said = network.said.length
  bench.write('test.followed', (tx) => {
    tx.run(`UPDATE subscriber_service SET serial = ? WHERE id = ?`, serial, serviceId)
    bench.billing.lines.followed(tx, { oltId: north, serial })
    bench.billing.lines.settle(tx, serviceId, { accountId: null, reason: '' })
  })
  expect(network.said).toHaveLength(said)
})

test('an act that is refused says nothing of the line', async () => {
  const subscriptionId = await running()
  const input = { ...(await based(subscriptionId)), fromOn: '2026-11-22', untilOn: '2026-11-21' }
  await expect(bench.command('billing.pauseSubscription', input)).rejects.toThrow()
  expect(wanted()).toEqual([])
})
