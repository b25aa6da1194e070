import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRestartWatch, hasRestarted } from '../../src-main/olt/snmp/restart-watch.ts'
import { createIdleClock, openMemorySession } from '../olt/support/memory-session.ts'
import { createScriptedAgent } from '../olt/support/scripted-agent.ts'
import { collect, column, table, tableObjects } from '../olt/support/walked-table.ts'
import { writeResponse } from '../olt/support/ber-writer.ts'

const day = 8_640_000
const upTime = [1, 3, 6, 1, 2, 1, 1, 3, 0] as const

describe('an uptime tells', () => {
  it('no restart while it runs on, a little fast or slow, nor when our own clock slept', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 0, max: 3_600_000 }),
        fc.double({ min: -0.019, max: 0.019, noNaN: true }),
        fc.integer({ min: 0, max: day }),
        (ticks, elapsedMs, drift, asleep) => {
          const now = (ticks + (elapsedMs / 10) * (1 + drift)) % 2 ** 32
          const before = { ticks, at: 1000 }
          expect(hasRestarted(before, { ticks: now, at: 1000 + elapsedMs })).toBe(false)
          const awake = ticks + elapsedMs / 10 + asleep
          if (awake < 2 ** 32) {
            expect(hasRestarted(before, { ticks: awake, at: 1000 + elapsedMs })).toBe(false)
          }
        },
      ),
      { seed: 5, numRuns: 500 },
    )
  })

  it('a restart when it falls, also after 300 days', () => {
    expect(hasRestarted({ ticks: 90 * 60 * 100, at: 0 }, { ticks: 3000, at: 90_000 })).toBe(true)
    expect(hasRestarted({ ticks: 300 * day, at: 0 }, { ticks: 10, at: 5000 })).toBe(true)
  })

  it('a restart when it is less than the time that passed', () => {
    expect(hasRestarted({ ticks: 6000, at: 0 }, { ticks: 7000, at: 3_600_000 })).toBe(true)
  })
})

describe('an OLT that restarts while it is walked', () => {
  const restartingAgent = (layoutAfter: (index: readonly number[]) => readonly number[]) => {
    let requests = 0
    const isAfter = (): boolean => requests > 4
    const agent = createScriptedAgent({
      objects: { ...tableObjects(1, 300), [upTime.join('.')]: { type: 'timeTicks', value: day } },
      behave: (request, honest) => {
        if (request.kind === 'get') {
          const value = { type: 'timeTicks', value: isAfter() ? 4000 : day } as const
          return [writeResponse('public', request.requestId, [{ oid: upTime, value }])]
        }
        requests++
        if (!isAfter()) return [honest()]
        // Other rows, under other numbers, for as long as it is asked; then the end.
        const last = (request.oids[0] ?? []).slice(table.split('.').length + 1)
        if (requests > 8) {
          return [
            writeResponse('public', request.requestId, [
              { oid: [...table.split('.').map(Number), 2, 1], value: { type: 'null' } },
            ]),
          ]
        }
        const oid = [...table.split('.').map(Number), 1, ...layoutAfter(last)]
        return [
          writeResponse('public', request.requestId, [
            { oid, value: { type: 'integer', value: 9 } },
          ]),
        ]
      },
    })
    return { agent }
  }

  it('with the same rows is found out when the walk has ended', async () => {
    const { agent } = restartingAgent(([pon = 0, onu = 0]) => [pon, onu + 1])
    const session = await openMemorySession(agent, { clock: createIdleClock() })
    const watch = createRestartWatch()
    expect(await watch.look(session)).toBe(false)
    await collect(session, { columns: [column(1)] })
    expect(await watch.look(session)).toBe(true)
    expect(await watch.look(session)).toBe(false)
  })

  it('and numbers its rows anew, lower, is not walked in circles', async () => {
    const { agent } = restartingAgent(() => [285_278_465, 1])
    const session = await openMemorySession(agent, { clock: createIdleClock() })
    const watch = createRestartWatch()
    await watch.look(session)
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-walk-looped',
    })
    expect(await watch.look(session)).toBe(true)
  })

  it('and numbers its rows anew, higher, is found out too', async () => {
    let next = 0
    const { agent } = restartingAgent(() => [4_294_000_000, ++next])
    const session = await openMemorySession(agent, { clock: createIdleClock() })
    const watch = createRestartWatch()
    await watch.look(session)
    const { rows } = await collect(session, { columns: [column(1)] })
    expect(rows.some(({ index }) => index.startsWith('4294000000.'))).toBe(true)
    expect(await watch.look(session)).toBe(true)
  })

  it('and has no uptime to tell is believed', async () => {
    const session = await openMemorySession(createScriptedAgent({ objects: {} }))
    const watch = createRestartWatch()
    expect(await watch.look(session)).toBe(false)
    expect(await watch.look(session)).toBe(false)
  })
})

describe('values at their edges', () => {
  it('of a counter that wraps come as they are, each within its width', async () => {
    const counts = [2 ** 32 - 2, 2 ** 32 - 1, 0, 1]
    let turn = 0
    const agent = createScriptedAgent({
      objects: {},
      behave: ({ requestId, oids }) => [
        writeResponse('public', requestId, [
          { oid: oids[0] ?? [], value: { type: 'counter32', value: counts[turn++] ?? 0 } },
        ]),
      ],
    })
    const session = await openMemorySession(agent)
    for (const value of counts) {
      expect(await session.get(['1.3.6.1.2.1.2.2.1.10.1'])).toEqual([{ kind: 'number', value }])
    }
  })

  it('of a Counter64 above 2^63 stay positive', async () => {
    const agent = createScriptedAgent({
      objects: { '1.3.6.1.2.1.31.1.1.1.6.1': { type: 'counter64', value: 2n ** 64n - 1n } },
    })
    const session = await openMemorySession(agent)
    expect(await session.get(['1.3.6.1.2.1.31.1.1.1.6.1'])).toEqual([
      { kind: 'number', value: 2 ** 64 },
    ])
  })
})
