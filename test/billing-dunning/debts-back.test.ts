import { afterEach, beforeEach, expect, test } from 'vitest'
import { isNocturneError } from '../../src-shared/errors.ts'
import { subscriberId } from '../support/plans-bench.ts'
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

test('a payment taken back at once: the stage is the one before, and its fee is not charged again', async () => {
  await bench.save({
    stages: usual.stages.map((stage) => ({ ...stage, fee: { IDR: 1_000_000 } })),
  })
  owes(7)
  await bench.run()
  const before = (await bench.live())!
  expect(before).toMatchObject({ stageKey: 'warn', debt: 30_000_000 })
  const paymentId = await bench.pay(30_000_000)
  expect(await bench.live()).toMatchObject({ state: 'closed' })
  await bench.command('billing.reversePayment', {
    paymentId,
    kind: 'mistake',
    on: '2026-11-22',
    reason: 'of somebody else',
  })
  expect(await bench.live()).toMatchObject({
    id: before.id,
    stageKey: 'warn',
    debt: 30_000_000,
    oldestOn: before.oldestOn,
    closedOn: null,
  })
  await bench.run()
  await bench.run()
  expect(bench.rows(`SELECT id FROM invoice WHERE reason = 'dunning'`)).toHaveLength(1)
})

test('a debt given up brings the line back in its own transaction; taken back, it is a debt again', async () => {
  await cut()
  const [debt] = bench.rows<{ id: string }>(`SELECT id FROM invoice`)
  const { writeOffId } = await bench.command('billing.writeOff', {
    subscriberId,
    currency: 'IDR',
    documents: [{ documentId: debt!.id, amount: 30_000_000 }],
    reason: 'moved away',
  })
  expect(await bench.live()).toMatchObject({ state: 'closed', cut: 'none' })
  expect(bench.line()).toMatchObject({ desired: 'active' })
  await bench.command('billing.reverseWriteOff', { writeOffId, reason: 'he is back' })
  expect(await bench.live()).toMatchObject({ state: 'due', nextAction: 'suspend', closedOn: null })
})

test('counted from the day of issue: what was not due when a case ended is a debt of its own', async () => {
  await bench.save({ basis: 'issued' })
  owes(7)
  await bench.run()
  // Issued before the first was paid, due after it.
  bench.invoice(30_000_000, '2026-12-05', { issuedOn: '2026-11-15' })
  await bench.pay(30_000_000)
  expect(await bench.live()).toMatchObject({ state: 'closed' })
  bench.jump(20)
  await bench.run()
  // Nobody warned him of this one.
  expect(bench.done()).toEqual(['2026-11-22 warn', '2026-12-12 warn'])
  expect(await bench.status()).toBe('active')
})

test('nobody is cut by hand who owes nothing at that moment, though the board still shows him', async () => {
  await bench.save()
  owes(7)
  await bench.run()
  const caseIds = [(await bench.live())!.id]
  bench.jump(-20)
  expect(await codeOf(() => bench.command('billing.suspendNow', { caseIds, reason: 'owes' }))).toBe(
    'dunning-closed',
  )
  expect(await bench.status()).toBe('active')
})
