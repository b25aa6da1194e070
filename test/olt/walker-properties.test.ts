import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { parseOid } from '../../src-main/olt/snmp/oid.ts'
import { writeResponse, type WireValue, type WireVarbind } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import { compareArcs, createScriptedAgent } from './support/scripted-agent.ts'
import { collect, column, table } from './support/walked-table.ts'

describe('the walker', () => {
  it('reads every row of any table exactly once and in order', async () => {
    const arcs = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.array(arcs, { maxLength: 60 }), async (indexes) => {
        const objects: Record<string, WireValue> = {}
        for (const index of indexes) {
          objects[`${table}.1.${index.join('.')}`] = { type: 'integer', value: 5 }
        }
        const session = await openMemorySession(createScriptedAgent({ objects }))
        const { rows } = await collect(session, { columns: [column(1)] })
        const expected = [...new Set(indexes.map((index) => index.join('.')))]
          .map((index) => index.split('.').map(Number))
          .toSorted(compareArcs)
          .map((index) => index.join('.'))
        expect(rows.map((row) => row.index)).toEqual(expected)
      }),
      { numRuns: 60, seed: 7 },
    )
  })

  it('ends against any agent, however it answers', async () => {
    const arcs = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 })
    const varbind = fc.record({
      column: fc.integer({ min: 0, max: 4 }),
      arcs,
      absent: fc.boolean(),
    })
    const reply = fc.record({
      varbinds: fc.array(varbind, { maxLength: 12 }),
      status: fc.constantFrom(0, 0, 0, 0, 1, 2, 5, 99),
      index: fc.integer({ min: 0, max: 9 }),
      silent: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(reply, { minLength: 1, maxLength: 30 }), async (replies) => {
        const agent = createScriptedAgent({
          objects: {},
          behave: ({ requestId }) => {
            const scripted = replies[(agent.requests.length - 1) % replies.length]
            if (scripted === undefined || scripted.silent) return []
            const varbinds = scripted.varbinds.map((entry): WireVarbind => ({
              oid: [...parseOid(table), entry.column, ...entry.arcs],
              value: entry.absent ? { type: 'noSuchInstance' } : { type: 'integer', value: 1 },
            }))
            return [writeResponse('public', requestId, varbinds, scripted)]
          },
        })
        const session = await openMemorySession(agent)
        const outcome: unknown = await collect(session, {
          columns: [1, 2, 3].map((number) => column(number)),
        }).catch((error: unknown) => error)
        expect(outcome instanceof NocturneError || Object.hasOwn(Object(outcome), 'result')).toBe(
          true,
        )
        // 85 indexes in each of three columns, and a few attempts at each, are all there can be.
        expect(agent.requests.length).toBeLessThan(2000)
      }),
      { numRuns: 300, seed: 11 },
    )
  })
})
