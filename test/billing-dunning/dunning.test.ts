import { afterEach, beforeEach, expect, test } from 'vitest'
import { isNocturneError } from '../../src-shared/errors.ts'
import { subscriberId } from '../support/plans-bench.ts'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'
import { createDunningBench, usual, type DunningBench } from './dunning-bench.ts'

let bench: DunningBench
beforeEach(async () => {
  bench = await createDunningBench()
})
afterEach(() => {
  bench.billing.stop()
  bench.close()
})

const codeOf = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act()
  } catch (error) {
    if (isNocturneError(error)) return error.code
    throw error
  }
  return 'nothing'
}

/** Today is Sunday 22 November 2026: so many days overdue. */
const owes = (days: number, total = 30_000_000): string => {
  const due = new Date(bench.clock.now() - days * 86_400_000).toISOString().slice(0, 10)
  return bench.invoice(total, due)
}

/** Warned long ago, cut today. */
const cut = async (): Promise<void> => {
  await bench.save()
  owes(7)
  bench.billing.start()
  await bench.sleep(8)
}

test('a policy that cannot be kept is refused with where and why', async () => {
  const refused = (over: Partial<typeof usual>) => codeOf(() => bench.save(over))
  expect(await refused({ stages: [] })).toBe('dunning-policy-refused')
  expect(await refused({ weekdays: [] })).toBe('dunning-policy-refused')
  expect(await refused({ stages: [usual.stages[2]!] })).toBe('dunning-policy-refused')
  const twice = [usual.stages[0]!, { ...usual.stages[1]!, key: 'remind' }]
  expect(await refused({ stages: twice })).toBe('dunning-policy-refused')
  const free = [{ ...usual.stages[0]!, action: 'fee' as const }]
  expect(await refused({ stages: free })).toBe('dunning-policy-refused')
  await bench.save()
  expect(
    await codeOf(() =>
      bench.command('billing.saveDunningPolicy', { baseNumber: 1, policy: usual }),
    ),
  ).toBe('conflict')
})

test('as it comes, dunning is off: nobody is reminded, nothing is opened', async () => {
  owes(40)
  bench.billing.start()
  await bench.sleep(2)
  expect(await bench.live()).toBeNull()
  expect(bench.done()).toEqual([])
})

test('each stage on its day and once: reminded, warned, cut with the line, the last notice', async () => {
  await bench.save()
  owes(0)
  bench.billing.start()
  await bench.sleep(40)
  expect(bench.done()).toEqual([
    '2026-11-25 remind',
    '2026-11-29 warn',
    '2026-12-06 suspend',
    '2026-12-22 final-notice',
  ])
  expect(bench.line()).toMatchObject({ desired: 'suspended', source: 'billing', cause: 'debt' })
  expect(await bench.status()).toBe('suspended')
  const { notices, total } = await bench.query('billing.dunningNotices', {})
  expect(total).toBe(4)
  expect(notices.map(({ channel, state }) => `${channel} ${state}`)).toContain('call to-do')
})

test('the worker looks by itself, each hour', async () => {
  await bench.save()
  owes(7)
  bench.billing.start()
  await bench.hours(1)
  expect(bench.done()).toEqual(['2026-11-22 warn'])
  bench.jump(8)
  await bench.hours(2)
  expect(await bench.status()).toBe('suspended')
})

test('money that clears the case brings the line back in its own transaction, and ends it', async () => {
  await cut()
  expect(await bench.status()).toBe('suspended')
  const looks = bench.network.looks()
  await bench.pay(30_000_000)
  expect(await bench.live()).toMatchObject({ state: 'closed', cut: 'none', debt: 0 })
  expect(bench.line()).toMatchObject({ desired: 'active', cause: 'running' })
  expect(await bench.status()).toBe('active')
  // The worker is woken; what was to be said of a debt that is gone is not said.
  expect(bench.network.looks()).toBe(looks + 1)
  expect((await bench.query('billing.dunningNotices', {})).total).toBe(0)
})

test('what was dropped with its debt is never to be said again; what a person dropped he takes back', async () => {
  await bench.save()
  owes(7)
  await bench.run()
  const list = async (state: 'to-do' | 'done' | 'dropped') =>
    (await bench.query('billing.dunningNotices', { states: [state] })).notices
  const [notice] = await list('to-do')
  const noticeIds = [notice!.id]
  const mark = (state: 'to-do' | 'done' | 'dropped') =>
    bench.command('billing.markNotices', { noticeIds, state })
  expect(await mark('dropped')).toEqual({ marked: 1 })
  expect(await mark('dropped')).toEqual({ marked: 0 })
  expect(await mark('to-do')).toEqual({ marked: 1 })
  expect(bench.rows(`SELECT kind FROM change_feed WHERE entity = 'dunning-notice'`)).toHaveLength(2)
  const paymentId = await bench.pay(30_000_000)
  expect(await list('dropped')).toHaveLength(1)
  expect([await codeOf(() => mark('to-do')), await codeOf(() => mark('done'))]).toEqual([
    'dunning-closed',
    'dunning-closed',
  ])
  // The same case opens again when the payment was none: another debt than the one that was to be told.
  await bench.command('billing.reversePayment', {
    paymentId,
    kind: 'mistake',
    on: '2026-11-22',
    reason: 'of somebody else',
  })
  expect(await codeOf(() => mark('to-do'))).toBe('dunning-closed')
  expect(await list('dropped')).toHaveLength(1)
})

test('a payment that is stopped at any statement leaves debt and line together, or neither', async () => {
  await cut()
  const paymentId = bench.newId()
  const stands = () => [
    ...['payment', 'allocation', 'dunning_event', 'service_wish', 'subscription_event'].map(
      (table) => bench.rows(`SELECT * FROM ${table} ORDER BY 1, 2`),
    ),
    bench.rows(`SELECT cut, closed_on, debt FROM dunning_case`),
    bench.rows(`SELECT desired FROM provisioning_service`),
  ]
  const stops = await stoppedAtEveryStatement(
    async (onStatement) => {
      bench.hook.onStatement = onStatement
      try {
        await bench.pay(30_000_000, paymentId)
      } finally {
        bench.hook.onStatement = () => undefined
      }
    },
    stands,
    (now, before, stop) => expect(now, `stopped before statement ${stop + 1}`).toEqual(before),
  )
  expect(stops).toBeGreaterThan(10)
  expect(await bench.status()).toBe('active')
})

test('the worker that is stopped at any statement, run again, comes to what one clean run does', async () => {
  await bench.save({
    stages: usual.stages.map((stage) => ({ ...stage, fee: { IDR: 1_000_000 } })),
  })
  owes(7)
  await bench.run()
  bench.jump(8)
  bench.state.mayFail = true
  const before = bench.done().length
  let stops = 0
  for (; stops < 200; stops++) {
    let statement = 0
    bench.hook.onStatement = () => {
      if (statement++ === stops) throw new Error('the machine stopped')
    }
    const round = await bench.run().catch(() => null)
    bench.hook.onStatement = () => undefined
    if (round !== null && round.failed === 0) break
  }
  expect(stops).toBeGreaterThan(10)
  await bench.run()
  expect(bench.done().slice(before)).toEqual(['2026-11-30 suspend'])
  expect(await bench.status()).toBe('suspended')
  // One fee with each of the two acts, on documents of their own, numbered without a gap.
  const fees = bench.rows<{ kind: string; total: number; sequence: number }>(
    `SELECT kind, total, sequence FROM invoice WHERE reason = 'dunning' ORDER BY sequence`,
  )
  expect(fees.map(({ kind, total }) => [kind, total])).toEqual([
    ['debit-note', 1_000_000],
    ['debit-note', 1_000_000],
  ])
  expect(fees.map(({ sequence }) => sequence)).toEqual([1, 2])
})

test('a payment that was none opens the same debt again, where its age says, and cuts once more', async () => {
  await cut()
  const paymentId = await bench.pay(30_000_000)
  await bench.command('billing.reversePayment', {
    paymentId,
    kind: 'returned',
    on: '2026-11-30',
    reason: 'no funds',
  })
  expect(await bench.live()).toMatchObject({ state: 'due', nextAction: 'suspend', closedOn: null })
  expect(await bench.status()).toBe('active')
  await bench.run()
  expect(await bench.status()).toBe('suspended')
  const { entries } = await bench.query('billing.dunningCase', { caseId: (await bench.live())!.id })
  expect(entries.map(({ kind }) => kind)).toContain('reopened')
})

test('a part brings the line back when what is left is too young to cut for', async () => {
  await bench.save()
  owes(7)
  bench.billing.start()
  await bench.sleep(8)
  owes(2)
  await bench.pay(30_000_000)
  expect(await bench.status()).toBe('active')
  expect(await bench.live()).toMatchObject({ cut: 'none', debt: 30_000_000, closedOn: null })
})

test('what is paid between the look and the act is not cut for', async () => {
  await bench.save()
  owes(7)
  await bench.run()
  bench.jump(8)
  await bench.pay(30_000_000)
  await bench.run()
  expect(await bench.status()).toBe('active')
  expect(bench.done()).toEqual(['2026-11-22 warn'])
})

test('asleep for weeks: one warning and no more, the cut waits its days; a clock set back does nothing', async () => {
  await bench.save()
  owes(0)
  bench.jump(60)
  await bench.run()
  expect(bench.done()).toEqual(['2027-01-21 warn'])
  await bench.run()
  bench.jump(-30)
  await bench.run()
  expect(bench.done()).toHaveLength(1)
  bench.jump(34)
  await bench.run()
  await bench.run()
  expect(bench.done().slice(1)).toEqual(['2027-01-25 suspend'])
  bench.jump(1)
  await bench.run()
  expect(bench.done().slice(2)).toEqual(['2027-01-26 final-notice'])
})

test('a promise holds everything until its day, and may bring the line back; it has its limits', async () => {
  await cut()
  bench.state.permissions.delete('billing.dunning.manage')
  const caseId = (await bench.live())!.id
  const promise = (untilOn: string) =>
    bench.command('billing.promise', { caseId, untilOn, note: 'salary', resume: true })
  expect(await codeOf(() => promise('2026-12-30'))).toBe('dunning-day-refused')
  expect(await codeOf(() => promise('2026-11-29'))).toBe('dunning-day-refused')
  expect(await promise('2026-12-05')).toEqual({ lines: 1 })
  expect(await bench.status()).toBe('active')
  expect(await codeOf(() => promise('2026-12-06'))).toBe('dunning-promises')
  await bench.sleep(5)
  expect(await bench.live()).toMatchObject({ state: 'promised', nextOn: '2026-12-05' })
  expect(await bench.status()).toBe('active')
  // It was not kept.
  await bench.sleep(2)
  expect(await bench.status()).toBe('suspended')
})

test('frozen, nothing is done; a document that is argued about counts for nothing', async () => {
  await bench.save()
  const documentId = owes(7)
  await bench.run()
  const caseId = (await bench.live())!.id
  await bench.command('billing.freezeDunning', { caseId, frozen: true, reason: 'meter checked' })
  bench.jump(8)
  await bench.run()
  expect(await bench.status()).toBe('active')
  await bench.command('billing.freezeDunning', { caseId, frozen: false, reason: 'it was right' })
  await bench.command('billing.disputeDocument', { documentId, frozen: true, reason: 'one line' })
  expect(await bench.live()).toMatchObject({ state: 'closed' })
  await bench.command('billing.disputeDocument', { documentId, frozen: false, reason: 'settled' })
  await bench.run()
  expect(await bench.status()).toBe('suspended')
})

test('a clinic is never cut, by nobody; its mark taken off, it is', async () => {
  bench.state.spared.add(subscriberId)
  await bench.save()
  owes(7)
  await bench.run()
  bench.jump(8)
  await bench.run()
  expect(await bench.live()).toMatchObject({ state: 'held', because: 'never-suspend' })
  const caseIds = [(await bench.live())!.id]
  expect(
    await codeOf(() => bench.command('billing.suspendNow', { caseIds, reason: 'owes much' })),
  ).toBe('dunning-never-suspend')
  bench.state.spared.clear()
  await bench.run()
  expect(await bench.status()).toBe('suspended')
  // And the other way round: marked while it is off, it comes back.
  bench.state.spared.add(subscriberId)
  await bench.run()
  expect(await bench.status()).toBe('active')
})

test('a person cuts before the stage and brings back, with a day before which it is not cut again', async () => {
  await bench.save()
  bench.billing.start()
  owes(4)
  await bench.run()
  const caseIds = [(await bench.live())!.id]
  await bench.command('billing.suspendNow', { caseIds, reason: 'moves away' })
  expect(await bench.status()).toBe('suspended')
  // The worker leaves what a person did; it is not old enough for its stage.
  await bench.sleep(1)
  expect(await bench.status()).toBe('suspended')
  await bench.command('billing.resumeNow', {
    caseIds,
    notBeforeOn: '2026-12-20',
    reason: 'pays on Friday',
  })
  expect(await bench.status()).toBe('active')
  await bench.sleep(20)
  expect(await bench.status()).toBe('active')
  expect(await bench.live()).toMatchObject({ state: 'later', because: 'moved' })
  await bench.sleep(10)
  expect(await bench.status()).toBe('suspended')
})

test('lines are cut in the hours that the policy allows, and the preview says the same', async () => {
  await bench.save({ fromMinute: 9 * 60, toMinute: 15 * 60 })
  owes(7)
  await bench.run()
  // 08:00, eight days later.
  bench.jump(8)
  await bench.run()
  expect(await bench.live()).toMatchObject({ state: 'later', because: 'hours' })
  const early = await bench.query('billing.dunningPreview', {})
  expect(early.rows).toMatchObject([{ outcome: 'hours', on: '2026-11-30' }])
  bench.jump(2 / 24)
  const now = await bench.query('billing.dunningPreview', {})
  expect(now).toMatchObject({ suspended: 1, lines: 1, rows: [{ outcome: 'suspend', ageDays: 15 }] })
  expect(await bench.status()).toBe('active')
  await bench.run()
  expect(await bench.status()).toBe('suspended')
})

test('a change that was planned is taken back with the cut; what was paused stays paused', async () => {
  await bench.save()
  owes(7)
  await bench.run()
  const { version } = await bench.row(bench.subscriptionId)
  await bench.command('billing.pauseSubscription', {
    subscriptionId: bench.subscriptionId,
    baseVersion: version,
    fromOn: '2026-12-24',
    untilOn: null,
    reason: 'holidays',
  })
  bench.jump(8)
  await bench.run()
  expect(await bench.status()).toBe('suspended')
  await bench.pay(30_000_000)
  expect(await bench.status()).toBe('active')
})

test('who has no right does not see or move it: commands name their permissions', async () => {
  const { commands } = await import('../../src-shared/contract/index.ts')
  expect(commands['billing.suspendNow']).toMatchObject({
    access: 'billing.dunning.run',
    stepUp: true,
  })
  expect(commands['billing.promise'].access).toBe('billing.dunning.promise')
  expect(commands['billing.saveDunningPolicy'].access).toBe('billing.dunning.manage')
})
