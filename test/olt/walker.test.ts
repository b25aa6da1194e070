import { describe, expect, it } from 'vitest'
import { parseOid } from '../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { writeResponse, type WireVarbind } from './support/ber-writer.ts'
import { createIdleClock, openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent } from './support/scripted-agent.ts'
import { collect, column, table, tableObjects } from './support/walked-table.ts'

describe('the walker refuses', () => {
  it('an agent that repeats an OID, after two PDUs instead of for ever', async () => {
    const stuck = { oid: parseOid(`${table}.1.7.7`), value: { type: 'integer', value: 1 } } as const
    const agent = createScriptedAgent({
      objects: {},
      behave: (request) => [writeResponse('public', request.requestId, [stuck])],
    })
    const session = await openMemorySession(agent)
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-walk-looped',
      params: { column: `${table}.1` },
    })
    expect(agent.requests).toHaveLength(2)
  })

  it('an agent that goes round in a circle inside one answer', async () => {
    const varbind = (row: number): WireVarbind => ({
      oid: parseOid(`${table}.1.${row}`),
      value: { type: 'integer', value: row },
    })
    const agent = createScriptedAgent({
      objects: {},
      behave: ({ requestId }) => [
        writeResponse('public', requestId, [varbind(1), varbind(2), varbind(3), varbind(2)]),
      ],
    })
    const session = await openMemorySession(agent)
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-walk-looped',
    })
    expect(agent.requests).toHaveLength(1)
  })

  it('a table that never ends, at the row cap', async () => {
    let row = 0
    const agent = createScriptedAgent({
      objects: {},
      behave: ({ requestId, third }) => [
        writeResponse(
          'public',
          requestId,
          Array.from({ length: third }, () => ({
            oid: parseOid(`${table}.1.${++row}`),
            value: { type: 'integer', value: row },
          })),
        ),
      ],
    })
    const session = await openMemorySession(agent)
    await expect(
      collect(session, { columns: [column(1)], limits: { maxRows: 500 } }),
    ).rejects.toMatchObject({ code: 'olt-walk-too-long', params: { limit: 'rows' } })
    expect(row).toBeLessThan(600)
  })

  it('a walk that takes too many PDUs', async () => {
    const session = await openMemorySession(createScriptedAgent({ objects: tableObjects(1, 900) }))
    await expect(
      collect(session, { columns: [column(1)], limits: { maxPdus: 5 } }),
    ).rejects.toMatchObject({ code: 'olt-walk-too-long', params: { limit: 'pdus' } })
  })

  it('a walk that takes too long', async () => {
    const clock = createIdleClock()
    const agent = createScriptedAgent({
      objects: tableObjects(1, 900),
      behave: (_request, honest) => {
        clock.advance(400)
        return [honest()]
      },
    })
    const session = await openMemorySession(agent, { clock })
    await expect(
      collect(session, { columns: [column(1)], limits: { totalMs: 2000 } }),
    ).rejects.toMatchObject({ code: 'olt-walk-too-long', params: { limit: 'time', seconds: 2 } })
  })

  it('an index of more arcs than an OID may have', async () => {
    const oid = [...parseOid(`${table}.1`), ...Array.from({ length: 140 }, (_, arc) => arc)]
    const agent = createScriptedAgent({
      objects: {},
      behave: ({ requestId }) => [
        writeResponse('public', requestId, [{ oid, value: { type: 'integer', value: 1 } }]),
      ],
    })
    const session = await openMemorySession(agent)
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-answer-garbage',
    })
  })
})

describe('an agent in trouble', () => {
  it('that never answered is reported as "check community and address"', async () => {
    const session = await openMemorySession(createScriptedAgent({ objects: {}, community: 'x' }))
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-no-snmp-answer-community',
    })
  })

  it('that answered before and not now is reported as gone', async () => {
    let silent = false
    const agent = createScriptedAgent({
      objects: tableObjects(1, 3),
      behave: () => (silent ? [] : undefined),
    })
    const session = await openMemorySession(agent)
    await collect(session, { columns: [column(1)] })
    silent = true
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-no-answer',
    })
  })

  it('that falls silent in mid-walk is asked for less and less, then reported with how far it came', async () => {
    const agent = createScriptedAgent({
      objects: tableObjects(1, 100),
      behave: ({ oids }) => ((oids[0]?.at(-1) ?? 0) >= 29 ? [] : undefined),
    })
    const session = await openMemorySession(agent)
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-silent-mid-walk',
      params: { afterRows: 30 },
    })
    expect(agent.requests.slice(-4).map((request) => request.third)).toEqual([20, 10, 5, 2])
  })

  it('that drops big answers is walked to the end in smaller ones, and this is remembered', async () => {
    const agent = createScriptedAgent({
      objects: tableObjects(1, 100),
      behave: ({ third }) => (third > 5 ? [] : undefined),
    })
    const session = await openMemorySession(agent)
    const pace = createWalkPace()
    const { rows } = await collect(session, { columns: [column(1)], pace })
    expect(rows).toHaveLength(100)
    expect(agent.requests.filter((request) => request.third > 5)).toHaveLength(1)
    await collect(session, { columns: [column(1)], pace })
    expect(agent.requests.filter((request) => request.third > 5)).toHaveLength(1)
  })

  it('that says tooBig is asked for half, down to single columns', async () => {
    const agent = createScriptedAgent({
      objects: tableObjects(4, 10),
      behave: ({ third, oids, requestId }) =>
        third * oids.length > 1
          ? [writeResponse('public', requestId, [], { status: 1, index: 0 })]
          : undefined,
    })
    const session = await openMemorySession(agent)
    const { rows } = await collect(session, {
      columns: [1, 2, 3, 4].map((number) => column(number)),
    })
    expect(rows).toHaveLength(40)
  })

  it('that says tooBig to a single value is given up', async () => {
    const agent = createScriptedAgent({
      objects: {},
      behave: ({ requestId }) => [writeResponse('public', requestId, [], { status: 1, index: 0 })],
    })
    const session = await openMemorySession(agent)
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-too-big',
    })
  })

  it('that garbles one answer is asked again', async () => {
    let garbled = 0
    const agent = createScriptedAgent({
      objects: tableObjects(1, 50),
      behave: (_request, honest) => {
        if (garbled++ !== 1) return undefined
        const answer = honest()
        return [answer.subarray(0, answer.length - 3)]
      },
    })
    const session = await openMemorySession(agent)
    const { rows } = await collect(session, { columns: [column(1)] })
    expect(rows).toHaveLength(50)
  })

  it('that answers nothing but garbage is reported so', async () => {
    const agent = createScriptedAgent({
      objects: {},
      behave: () => [Buffer.from([0x30, 0x84, 0xff, 0xff])],
    })
    const session = await openMemorySession(agent)
    await expect(collect(session, { columns: [column(1)] })).rejects.toMatchObject({
      code: 'olt-answer-garbage',
    })
  })

  it('that fails at one column loses that column only', async () => {
    const agent = createScriptedAgent({
      objects: tableObjects(3, 10),
      behave: ({ requestId, oids }) => {
        const bad = oids.findIndex((oid) => oid[table.split('.').length] === 2)
        return bad < 0
          ? undefined
          : [writeResponse('public', requestId, [], { status: 5, index: bad + 1 })]
      },
    })
    const session = await openMemorySession(agent)
    const { result } = await collect(session, {
      columns: [1, 2, 3].map((number) => column(number)),
    })
    expect(result.rows).toEqual([10, 0, 10])
    expect(result.failed).toEqual([1])
  })

  it('is left alone at once when the walk is called off', async () => {
    const controller = new AbortController()
    const agent = createScriptedAgent({
      objects: tableObjects(1, 900),
      behave: () => {
        if (agent.requests.length === 3) controller.abort()
        return undefined
      },
    })
    const session = await openMemorySession(agent)
    await expect(
      collect(session, { columns: [column(1)], signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    expect(agent.requests).toHaveLength(3)
  })
})

describe('the walker', () => {
  it('reads several columns together, row by row, and nothing behind the table', async () => {
    const agent = createScriptedAgent({ objects: tableObjects(3, 300) })
    const session = await openMemorySession(agent)
    const { rows, result } = await collect(session, {
      columns: [1, 2, 3].map((number) => column(number)),
    })
    expect(result.rows).toEqual([300, 300, 300])
    expect(result.varbinds).toBe(900)
    expect(rows.slice(0, 4).map((row) => row.value)).toEqual([100_000, 200_000, 300_000, 100_001])
    expect(rows.every((row) => row.value > 0)).toBe(true)
  })

  it('reports columns that are not offered as empty, wherever they stand', async () => {
    const session = await openMemorySession(createScriptedAgent({ objects: tableObjects(2, 20) }))
    const { result } = await collect(session, {
      columns: [9, 1, 7, 2].map((number) => column(number)),
    })
    expect(result.rows).toEqual([0, 20, 0, 20])
  })

  it('reads columns whose rows do not match', async () => {
    const objects = tableObjects(2, 60)
    for (let row = 0; row < 60; row += 3) delete objects[`${table}.2.4194304000.${row}`]
    const session = await openMemorySession(createScriptedAgent({ objects }))
    const { result, rows } = await collect(session, {
      columns: [1, 2].map((number) => column(number)),
    })
    expect(result.rows).toEqual([60, 40])
    expect(new Set(rows.map((row) => `${row.column}:${row.index}`)).size).toBe(100)
  })

  it('stays inside the PON it is scoped to', async () => {
    const session = await openMemorySession(createScriptedAgent({ objects: tableObjects(2, 384) }))
    const { rows } = await collect(session, {
      columns: [column(1, [4194304256]), column(2, [4194304256])],
    })
    expect(rows).toHaveLength(256)
    expect(rows.every((row) => row.index.startsWith('4194304256.'))).toBe(true)
  })

  it('never asks for zero rows, begins with ten and keeps answers under 1400 octets', async () => {
    const sizes: number[] = []
    const agent = createScriptedAgent({
      objects: tableObjects(6, 400),
      behave: (_request, honest) => {
        const answer = honest()
        sizes.push(answer.length)
        return [answer]
      },
    })
    const session = await openMemorySession(agent)
    await collect(session, { columns: [1, 2, 3, 4, 5, 6].map((number) => column(number)) })
    expect(agent.requests.every((request) => request.third >= 1 && request.third <= 20)).toBe(true)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1400)
    const single = createScriptedAgent({ objects: tableObjects(1, 200) })
    await collect(await openMemorySession(single), { columns: [column(1)] })
    expect(single.requests[0]?.third).toBe(10)
    expect(single.requests.at(-1)?.third).toBe(20)
  })
})
