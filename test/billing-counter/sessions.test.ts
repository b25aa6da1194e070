import { describe, expect, test } from 'vitest'
import { codeOf } from '../billing-payments/payments-bench.ts'
import { idOf } from '../support/store-workspace.ts'
import { createCounterBench, dewi, rina, sari, till, tono } from './counter-bench.ts'

describe('a session', () => {
  test('takes no money before it is open, and none once it is closed', async () => {
    const bench = createCounterBench()
    expect(await codeOf(() => bench.take(rina, 100))).toBe('cash-session-needed')
    const move = { moveId: idOf(1), kind: 'drop', amount: 1 } as const
    expect(await codeOf(() => bench.run(rina, 'billing.moveCash', move))).toBe(
      'cash-session-needed',
    )
    const id = await bench.open(rina)
    await bench.take(rina, 100)
    await bench.close(rina, id, 10_100)
    expect(await codeOf(() => bench.take(rina, 100))).toBe('cash-session-needed')
    expect(await codeOf(() => bench.run(rina, 'billing.moveCash', move))).toBe(
      'cash-session-needed',
    )
    expect(await codeOf(() => bench.close(rina, id, 10_100))).toBe('cash-session-closed')
  })

  test('is one at a till and one of a person', async () => {
    const bench = createCounterBench()
    const back = idOf(0x7222)
    bench.make(back, 'Back')
    await bench.open(rina)
    expect(await codeOf(() => bench.open(tono))).toBe('till-in-use')
    expect(await codeOf(() => bench.open(rina, 0, back))).toBe('cash-session-open')
    expect(await codeOf(() => bench.open(rina))).toBe('cash-session-open')
    await bench.open(tono, 0, back)
    expect(await codeOf(() => bench.open(sari, 0, idOf(0x7999)))).toBe('not-found')
  })

  test('expects its float and what moved in cash; a card is told beside it', async () => {
    const bench = createCounterBench()
    bench.invoice(50_000, '2026-05-01')
    const id = await bench.open(rina)
    await bench.take(rina, 5000, { tendered: 10_000 })
    await bench.take(rina, 700, { method: 'card', reference: 'T1' })
    await bench.take(rina, 300, { method: 'transfer', reference: 'T2' })
    const move = (kind: 'in' | 'out' | 'drop', amount: number, reason = 'r') =>
      bench.run(rina, 'billing.moveCash', { moveId: bench.newId(), kind, amount, reason })
    await move('in', 2000)
    await move('out', 500)
    expect(await move('drop', 6000, '')).toEqual({ expected: 10_500 })
    const { session } = await bench.ask(rina, 'billing.counter', {})
    expect(session?.report).toEqual({
      float: 10_000,
      methods: [
        { method: 'card', count: 1, amount: 700 },
        { method: 'cash', count: 1, amount: 5000 },
        { method: 'transfer', count: 1, amount: 300 },
      ],
      rounding: 0,
      cashIn: 2000,
      cashOut: -500,
      drops: -6000,
      refunds: 0,
      expected: 10_500,
      clockBack: 0,
    })
    expect(session?.id).toBe(id)
    // All of it settled the invoice, by whatever method.
    expect(Object.values(bench.openOf())).toEqual([44_000])
  })

  test('lets no more leave the drawer than is in it, and nothing in or out without a reason', async () => {
    const bench = createCounterBench()
    await bench.open(rina, 1000)
    const move = (kind: 'in' | 'out' | 'drop', amount: number, reason: string) =>
      codeOf(() =>
        bench.run(rina, 'billing.moveCash', { moveId: bench.newId(), kind, amount, reason }),
      )
    expect(await move('drop', 1001, '')).toBe('cash-not-enough')
    expect(await move('out', 1001, 'r')).toBe('cash-not-enough')
    expect(await move('out', 10, '')).toBe('invalid-input')
    expect(await move('in', 10, '')).toBe('invalid-input')
    expect(await move('drop', 1000, '')).toBeNull()
  })

  test('a movement that is sent again is one; with another amount it is refused', async () => {
    const bench = createCounterBench()
    await bench.open(rina, 1000)
    const drop = (amount: number) =>
      bench.run(rina, 'billing.moveCash', { moveId: idOf(0x93), kind: 'drop', amount })
    expect(await drop(700)).toEqual({ expected: 300 })
    expect(await drop(700)).toEqual({ expected: 300 })
    expect(await codeOf(() => drop(100))).toBe('conflict')
    expect(await bench.expected(rina)).toBe(300)
    // Nor is one of somebody else's drawer, or of an earlier session, one of his.
    const back = idOf(0x7222)
    bench.make(back, 'Back')
    await bench.open(tono, 1000, back)
    const his = { moveId: idOf(0x93), kind: 'drop', amount: 700 } as const
    expect(await codeOf(() => bench.run(tono, 'billing.moveCash', his))).toBe('conflict')
  })

  test('a count or a correction that is sent again is one, with the same answer', async () => {
    const bench = createCounterBench()
    const sessionId = await bench.open(rina, 1000)
    const count = (counted: number) =>
      bench.run(rina, 'billing.countCash', { countId: idOf(0x94), counted })
    const first = await count(1100)
    await bench.take(rina, 500)
    expect(await count(1100)).toEqual(first)
    expect(await codeOf(() => count(1000))).toBe('conflict')
    const { counts } = await bench.ask(rina, 'billing.counter', {})
    expect(counts).toHaveLength(1)

    await bench.close(rina, sessionId, 1500)
    const correct = (amount: number) =>
      bench.run(sari, 'billing.correctCash', {
        correctionId: idOf(0x95),
        sessionId,
        amount,
        reason: 'counted again',
      })
    await correct(10)
    await correct(10)
    expect(await codeOf(() => correct(20))).toBe('conflict')
    const { session } = await bench.ask(sari, 'billing.cashSession', { sessionId })
    expect(session.corrections).toHaveLength(1)
    // Nor does a session begin under the id of one that is over.
    const again = { sessionId, tillId: till, float: 0 }
    expect(await codeOf(() => bench.run(rina, 'billing.openCash', again))).toBe('conflict')
  })

  test('who runs a till learns where the printer of his own one listens, and of no other', async () => {
    const bench = createCounterBench()
    const printers = async (person: typeof rina) =>
      (await bench.ask(person, 'billing.tills', {})).tills.map(({ printer }) => printer?.host)
    expect([await printers(rina), await printers(sari)]).toEqual([[undefined], ['10.0.0.9']])
    const own = async () => (await bench.ask(rina, 'billing.counter', {})).till?.printer?.host
    expect(await own()).toBeUndefined()
    await bench.open(rina)
    expect(await own()).toBe('10.0.0.9')
  })

  test('is counted in between without ending', async () => {
    const bench = createCounterBench()
    await bench.open(rina, 1000)
    const count = (counted: number, pieces: { value: number; count: number }[] | null) =>
      bench.run(rina, 'billing.countCash', { countId: bench.newId(), counted, pieces })
    const wrong = () => count(1000, [{ value: 500, count: 1 }])
    expect(await codeOf(wrong)).toBe('invalid-input')
    expect(await count(1100, [{ value: 100, count: 11 }])).toEqual({
      expected: 1000,
      difference: 100,
    })
    const { counts, session } = await bench.ask(rina, 'billing.counter', {})
    expect(counts).toMatchObject([{ counted: 1100, expected: 1000 }])
    expect(session?.closed).toBeNull()
  })

  test('closes with a signed difference, and says why there is one', async () => {
    const bench = createCounterBench()
    const id = await bench.open(rina, 1000)
    expect(await codeOf(() => bench.close(rina, id, 990))).toBe('cash-reason-needed')
    // Seen before something came in: looked at again first.
    expect(await codeOf(() => bench.close(rina, id, 900, { expected: 900 }))).toBe('conflict')
    expect(await bench.close(rina, id, 990, { reason: 'a coin fell' })).toEqual({
      number: 1,
      difference: -10,
    })
    const { session } = await bench.ask(rina, 'billing.cashSession', { sessionId: id })
    expect(session.closed).toMatchObject({ number: 1, counted: 990, difference: -10, by: 'Rina' })
    const next = await bench.open(tono, 990)
    expect(await bench.close(tono, next, 1000, { reason: 'found it' })).toEqual({
      number: 2,
      difference: 10,
    })
  })

  test('its report shows no foreign one to a cashier', async () => {
    const bench = createCounterBench()
    const id = await bench.open(rina)
    const seen = (person: typeof rina) =>
      codeOf(() => bench.ask(person, 'billing.cashSession', { sessionId: id }))
    expect([await seen(rina), await seen(tono), await seen(sari)]).toEqual([
      null,
      'not-found',
      null,
    ])
    const list = () => bench.ask(rina, 'billing.cashSessions', {})
    expect(await codeOf(list)).toBe('permission-denied')
    // Nor can one close what another runs, unless he may sign.
    expect(
      await codeOf(() =>
        bench.run(tono, 'billing.closeCash', {
          sessionId: id,
          counted: 10_000,
          expected: 10_000,
        }),
      ),
    ).toBe('not-found')
  })

  test('left open over midnight it is found again, with all of it; a clock set back is told', async () => {
    const bench = createCounterBench()
    const id = await bench.open(rina)
    await bench.take(rina, 100)
    bench.setToday('2026-06-17')
    bench.clock.jump(-3_600_000)
    await bench.take(rina, 50)
    const { session, today, moves } = await bench.ask(rina, 'billing.counter', {})
    expect([session?.id, session?.openedOn, today]).toEqual([id, '2026-06-15', '2026-06-17'])
    expect(session?.report).toMatchObject({ expected: 10_150, clockBack: 1 })
    // The latest first, as they were written.
    expect(moves.map(({ amount }) => amount)).toEqual([50, 100])
    expect(await codeOf(() => bench.open(tono))).toBe('till-in-use')
    // Who may sign ends a session that was left; somebody else signs it then.
    await bench.close(sari, id, 10_150)
    const sign = (person: typeof sari) =>
      codeOf(() => bench.run(person, 'billing.signCash', { sessionId: id }))
    expect([await sign(sari), await sign(dewi), await sign(dewi)]).toEqual([
      'cash-own-session',
      null,
      'cash-signed',
    ])
  })
})

describe('a closed session', () => {
  test('is corrected by a row beside it, by somebody who may and did not run it', async () => {
    const bench = createCounterBench()
    const id = await bench.open(rina, 1000)
    const own = await bench.open(sari, 0, (bench.make(idOf(0x7222), 'Back'), idOf(0x7222)))
    const correct = (person: typeof rina, sessionId = id) =>
      codeOf(() =>
        bench.run(person, 'billing.correctCash', {
          correctionId: bench.newId(),
          sessionId,
          amount: 10,
          reason: 'counted again',
        }),
      )
    expect(await correct(sari)).toBe('cash-session-running')
    await bench.close(rina, id, 990, { reason: 'r' })
    await bench.close(sari, own, 0)
    // Neither the cashier, who may not, nor who may and ran it himself.
    expect([await correct(rina), await correct(tono), await correct(sari, own)]).toEqual([
      'permission-denied',
      'permission-denied',
      'cash-own-session',
    ])
    expect(await correct(sari)).toBeNull()
    const { session } = await bench.ask(sari, 'billing.cashSession', { sessionId: id })
    expect(session.corrections).toMatchObject([{ amount: 10, by: 'Sari' }])
    expect(session.closed).toMatchObject({ counted: 990, difference: -10 })
  })

  test('the database itself keeps it, whoever writes past the console', async () => {
    const bench = createCounterBench()
    const id = await bench.open(rina, 1000)
    await bench.take(rina, 100)
    for (const sql of [
      `UPDATE cash_session SET float = 1`,
      `UPDATE cash_session SET number = 1, closed_at = 1, closed_on = '2026-06-15', closed_by =
        account_id, counted = 5, expected = 5, difference = 0, report = '{}'`,
      `UPDATE cash_move SET amount = 1`,
      `DELETE FROM cash_move`,
    ]) {
      expect(() => bench.write((tx) => tx.run(sql)), sql).toThrow(/./u)
    }
    await bench.close(rina, id, 1100)
    const { session: before } = await bench.ask(sari, 'billing.cashSession', { sessionId: id })
    for (const sql of [
      `UPDATE cash_session SET counted = 1`,
      `UPDATE cash_session SET reason = 'x'`,
      `UPDATE cash_session SET closed_at = NULL`,
      `DELETE FROM cash_session`,
      `INSERT INTO cash_move (id, session_id, kind, method, amount, reason, at)
        SELECT 'x', id, 'in', 'cash', 1, 'r', 0 FROM cash_session`,
      `INSERT INTO cash_count (id, session_id, counted, expected, at)
        SELECT 'x', id, 1, 1, 0 FROM cash_session`,
      `INSERT INTO cash_correction (id, session_id, amount, reason, at, by)
        SELECT 'x', id, 1, 'r', 0, account_id FROM cash_session`,
      `INSERT INTO cash_sign (session_id, at, by) SELECT id, 0, account_id FROM cash_session`,
    ]) {
      expect(() => bench.write((tx) => tx.run(sql)), sql).toThrow(/./u)
    }
    const { session } = await bench.ask(sari, 'billing.cashSession', { sessionId: id })
    expect(session).toEqual(before)
    expect(bench.reads.all(`SELECT id FROM cash_till WHERE id = ?`, till)).toHaveLength(1)
  })
})
