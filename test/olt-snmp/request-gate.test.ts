import { describe, expect, it } from 'vitest'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { createRequestGate } from '../../src-main/olt/snmp/request-gate.ts'
import type { SnmpClock } from '../../src-main/olt/snmp/clock.ts'
import { walk } from '../../src-main/olt/snmp/walker.ts'
import { openMemorySession } from '../olt/support/memory-session.ts'
import { createScriptedAgent } from '../olt/support/scripted-agent.ts'
import { column, tableObjects } from '../olt/support/walked-table.ts'

const manualClock = (): SnmpClock & { readonly pass: (ms: number) => void } => {
  let now = 0
  let waiting: { at: number; run: () => void }[] = []
  return {
    monotonicMs: () => now,
    after: (delayMs, run) => {
      const entry = { at: now + delayMs, run }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    pass: (ms) => {
      const end = now + ms
      for (;;) {
        const next = waiting.toSorted((left, right) => left.at - right.at)[0]
        if (next === undefined || next.at > end) break
        waiting = waiting.filter((other) => other !== next)
        now = next.at
        next.run()
      }
      now = end
    },
  }
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

describe('the gate of an OLT', () => {
  it('lets no second request in before the first has ended, in the order they came', async () => {
    const gate = createRequestGate({ clock: manualClock() })
    const order: number[] = []
    const enter = async (number: number): Promise<(answered: boolean) => void> => {
      const leave = await gate.enter()
      order.push(number)
      return leave
    }
    const first = enter(1)
    const second = enter(2)
    const third = enter(3)
    await settled()
    expect(order).toEqual([1])
    expect(gate.figures()).toMatchObject({ inFlight: 1, waiting: 2 })
    ;(await first)(true)
    ;(await second)(true)
    ;(await third)(true)
    expect(order).toEqual([1, 2, 3])
    expect(gate.figures()).toMatchObject({ inFlight: 0, waiting: 0, maxInFlight: 1, requests: 3 })
  })

  it('holds requests back when the minute’s budget is used, until time has passed', async () => {
    const clock = manualClock()
    const gate = createRequestGate({ clock, budgetShare: 0.5 })
    for (let turn = 0; turn < 30; turn++) {
      const leave = await gate.enter()
      clock.pass(1000)
      leave(true)
    }
    expect(gate.figures()).toMatchObject({ usedMs: 30_000, leftMs: 0, answerMs: 1000 })
    let admitted = false
    const next = gate.enter().then((leave) => {
      admitted = true
      return leave
    })
    await settled()
    expect(admitted).toBe(false)
    clock.pass(29_000)
    await settled()
    expect(admitted).toBe(false)
    clock.pass(2000)
    await settled()
    expect(admitted).toBe(true)
    ;(await next)(true)
    clock.pass(120_000)
    expect(gate.figures()).toMatchObject({ usedMs: 0, requests: 0, answerMs: null })
  })

  it('lets go of a request that is called off while it waits, and goes on with the next', async () => {
    const gate = createRequestGate({ clock: manualClock() })
    const leave = await gate.enter()
    const controller = new AbortController()
    const called = gate.enter(controller.signal)
    const next = gate.enter()
    controller.abort()
    await expect(called).rejects.toMatchObject({ code: 'cancelled' })
    await expect(gate.enter(controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
    leave(false)
    leave(false)
    ;(await next)(true)
    expect(gate.figures()).toMatchObject({ inFlight: 0, requests: 2, unanswered: 1 })
  })
})

describe('two walks and a live view of one OLT', () => {
  it('share one request in flight, and the figures say so', async () => {
    const pace = createWalkPace()
    let inFlight = 0
    let most = 0
    const agent = createScriptedAgent({
      objects: tableObjects(2, 200),
      behave: (_request, honest) => {
        most = Math.max(most, ++inFlight)
        queueMicrotask(() => {
          inFlight--
        })
        return [honest()]
      },
    })
    const open = () => openMemorySession(agent, { gate: pace.gate })
    const sessions = await Promise.all([open(), open(), open()])
    const [one, two, live] = sessions
    const walkOver = (session: typeof one, number: number) =>
      walk({ session, pace, columns: [column(number)], onVarbind: () => undefined })
    const liveView = async (): Promise<void> => {
      for (let turn = 0; turn < 10; turn++) await live.get(['1.3.6.1.4.1.9999.2.1.0'])
    }
    await Promise.all([walkOver(one, 1), walkOver(two, 2), liveView()])
    expect(most).toBe(1)
    expect(pace.figures()).toMatchObject({
      maxInFlight: 1,
      inFlight: 0,
      sockets: 3,
      unanswered: 0,
      maxRepetitions: 20,
      ceiling: 20,
      limit: 20,
      troubles: 0,
    })
    for (const session of sessions) session.close()
    expect(pace.figures().sockets).toBe(0)
  })
})
