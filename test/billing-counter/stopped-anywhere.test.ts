import { expect, test } from 'vitest'
import { idOf } from '../support/store-workspace.ts'
import { stoppedAtEveryStatement } from '../support/every-statement.ts'
import { createCounterBench, rina } from './counter-bench.ts'

type Bench = ReturnType<typeof createCounterBench>

/** Every row that a drawer has a part in. */
const rows = (bench: Bench): unknown =>
  ['cash_session', 'cash_move', 'cash_count', 'cash_correction', 'cash_sign', 'change_feed'].map(
    (table) => bench.reads.all(`SELECT * FROM ${table} ORDER BY 1, 2`),
  )

const same = (now: unknown, before: unknown, stop: number): void => {
  expect(now, `stopped before statement ${stop + 1}`).toEqual(before)
}

const opened = async (): Promise<{ readonly bench: Bench; readonly sessionId: string }> => {
  const bench = createCounterBench()
  const sessionId = await bench.open(rina, 10_000)
  await bench.take(rina, 5000)
  return { bench, sessionId }
}

test('a machine that stops at any statement of a movement leaves the drawer as it was; done again, it is one', async () => {
  const { bench } = await opened()
  const input = { moveId: idOf(0x93), kind: 'drop', amount: 6000 } as const
  const stops = await stoppedAtEveryStatement(
    (onStatement) => bench.run(rina, 'billing.moveCash', input, onStatement),
    () => rows(bench),
    same,
  )
  expect(stops).toBeGreaterThan(0)
  expect(await bench.expected(rina)).toBe(9000)
  expect(bench.reads.all(`SELECT amount FROM cash_move WHERE kind = 'drop'`)).toEqual([
    { amount: -6000 },
  ])
})

test('a machine that stops at any statement of a closing leaves the session open; its number goes to the next', async () => {
  const { bench, sessionId } = await opened()
  const input = { sessionId, counted: 14_990, expected: 15_000, reason: 'a coin fell' }
  const stops = await stoppedAtEveryStatement(
    (onStatement) => bench.run(rina, 'billing.closeCash', input, onStatement),
    () => rows(bench),
    same,
  )
  expect(stops).toBeGreaterThan(0)
  const { session } = await bench.ask(rina, 'billing.cashSession', { sessionId })
  expect(session.closed).toMatchObject({ number: 1, counted: 14_990, difference: -10 })
})
