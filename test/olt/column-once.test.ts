import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { walkFields, type FieldReader } from '../../src-main/olt/column-walk.ts'
import { openOlt } from '../../src-main/olt/driver.ts'
import type { ColumnRule } from '../../src-main/olt/family/column-schema.ts'
import { readExpectations } from '../../src-main/olt/family/expectations.ts'
import { readNumber } from '../../src-main/olt/snmp/ber-values.ts'
import { decodeOid } from '../../src-main/olt/snmp/oid.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import type { SnmpSession } from '../../src-main/olt/snmp/session.ts'
import { readRecording } from '../../src-main/replay/read-recording.ts'
import { openRecordingSession } from '../../src-main/replay/recording-session.ts'
import { writeResponse, type WireValue } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent, type ScriptedAgentOptions } from './support/scripted-agent.ts'
import { shippedFamilies, shippedFamily } from './support/shipped-families.ts'

/** An OLT pays for every value it is asked for: fields of one column share what it answers. */
const families = fileURLToPath(new URL('../../assets/olt-families', import.meta.url))
const recordings = fileURLToPath(new URL('../../../shared/captures/snmp', import.meta.url))
const { signal } = new AbortController()
const groups = ['identity', 'status', 'optics', 'counters'] as const

const textOf = (oid: Uint8Array): string => decodeOid(Buffer.from(oid), 0, oid.length) ?? ''

/** The same session; every question that goes through it is written down, per question. */
const listenTo = (session: SnmpSession): { session: SnmpSession; asked: string[][] } => {
  const asked: string[][] = []
  return {
    asked,
    session: {
      ...session,
      getBulk: (oids, ...how) => {
        asked.push(oids.map(textOf))
        return session.getBulk(oids, ...how)
      },
      getRaw: (oids, ...how) => {
        asked.push(oids.map(textOf))
        return session.getRaw(oids, ...how)
      },
    },
  }
}

const repeated = (oids: readonly string[]): string[] =>
  oids.filter((oid, at) => oids.indexOf(oid) !== at)

const openFamily = async (name: string, file: string) => {
  const { session, asked } = listenTo(await openRecordingSession(await readRecording(file)))
  const family = shippedFamily(name)
  return { asked, olt: openOlt({ session, family, pace: createWalkPace(), utcOffsetMinutes: 0 }) }
}

const ownCapture = (name: string) => join(families, name, 'captures', 'from-facts.snmprec')

describe.each(shippedFamilies.map(({ family }) => family))('of %s', (name) => {
  const captures = [
    ownCapture(name),
    ...readExpectations(join(families, name))
      .map(({ expected }) => join(recordings, expected.capture))
      .filter((file) => existsSync(file)),
  ]
  it.each(captures.map((file) => [basename(file), file] as const))(
    'no object of %s is asked for twice in a reading',
    async (_, file) => {
      const { olt, asked } = await openFamily(name, file)
      const once = async <Result>(read: () => Promise<Result>): Promise<Result> => {
        asked.length = 0
        const result = await read()
        expect(repeated(asked.flat())).toEqual([])
        return result
      }
      const [packed] = (await olt.readOnus('status')).address
      for (const group of groups) await once(() => olt.readOnus(group))
      await once(() => olt.readUnconfigured())
      if (packed === undefined) return
      const reader = await olt.openOnuReader(packed)
      for (let turn = 0; turn < 3; turn++) {
        await reader.read(signal)
        if (turn > 0) await once(() => reader.read(signal))
      }
    },
  )
})

describe('the status of a family with two fields in one column', () => {
  it.each([
    ['vsol-v1600g-gpon', 4, 1],
    ['fiberhome-an5516', 2, 1],
    ['zte-c300-epon', 3, 1],
  ])('of %s costs a value per ONU and column: %i', async (name, values, questions) => {
    const { olt } = await openFamily(name, ownCapture(name))
    const { varbinds, pdus, codes, count } = await olt.readOnus('status')
    expect([varbinds, pdus]).toEqual([values, questions])
    expect([codes.state?.length, codes.lastDownCause?.length]).toEqual([count, count])
  })
})

const root = '1.3.6.1.4.1.9999.1.1'

const rule = (column: number): ColumnRule => ({
  oid: `${root}.${column}`,
  certainty: 'proven',
  decode: { number: {} },
})

interface Field {
  readonly field: string
  readonly columns: readonly ColumnRule[]
  readonly within?: readonly number[] | undefined
  /** Lowest value that it can read. */
  readonly from?: number
}

/** Fields that write down what each of their columns gave them. */
const openFields = (fields: readonly Field[]) => {
  const taken: string[] = []
  const readers = fields.map(({ field, columns, within, from = 0 }): FieldReader => ({
    field,
    columns,
    within: () => within,
    open: ({ oid }) => {
      let readable = 0
      return {
        readable: () => readable,
        take: (arcs, arcCount, tag, buffer, start, end) => {
          const value = readNumber(tag, buffer, start, end)
          if (value >= from) readable++
          taken.push(`${field} ${oid} ${arcs.subarray(0, arcCount).join('.')} = ${value}`)
        },
      }
    },
  }))
  return { readers, taken }
}

const walkOf = async (
  objects: Readonly<Record<string, WireValue>>,
  fields: readonly Field[],
  options: { behave?: ScriptedAgentOptions['behave']; keepPartial?: boolean } = {},
) => {
  const { behave, keepPartial } = options
  const agent = createScriptedAgent({ objects, ...(behave && { behave }) })
  const { session, asked } = listenTo(await openMemorySession(agent))
  const { readers, taken } = openFields(fields)
  const failed: string[] = []
  const choices = new Map<string, ColumnRule>()
  const result = await walkFields({
    session,
    pace: createWalkPace(),
    choices,
    table: 'some',
    fields: readers,
    keepPartial,
    onColumnFailed: (field, { oid }) => failed.push(`${field} ${oid}`),
  })
  const offered = [...result.offered].map(([field, { oid }]) => `${field} ${oid}`)
  return { ...result, offered, taken, failed, asked: asked.flat(), choices }
}

/** Columns of rows `<pon>.<onu>`, each with the values given. */
const tableOf = (columns: readonly (readonly number[])[]): Record<string, WireValue> => {
  const objects: Record<string, WireValue> = {}
  for (const [at, values] of columns.entries()) {
    for (const [row, value] of values.entries()) {
      const index = `${1 + (row >> 2)}.${row & 3}`
      objects[`${root}.${at + 1}.${index}`] = { type: 'integer', value }
    }
  }
  return objects
}

describe('a column that several fields read', () => {
  const three = tableOf([
    [5, 6, 7],
    [1, 2, 3],
  ])

  it('is asked once, and every field has all of it', async () => {
    const { varbinds, taken, offered } = await walkOf(three, [
      { field: 'state', columns: [rule(1)] },
      { field: 'cause', columns: [rule(1)] },
      { field: 'since', columns: [rule(1)] },
    ])
    expect(varbinds).toBe(3)
    expect(taken).toHaveLength(9)
    expect(offered).toHaveLength(3)
  })

  it('is noted for each of them when the agent gives up at it, and not asked again by a third', async () => {
    const { failed, asked, offered } = await walkOf(
      three,
      [
        { field: 'state', columns: [rule(1)] },
        { field: 'cause', columns: [rule(1), rule(2)] },
        { field: 'later', columns: [rule(3), rule(1)] },
      ],
      {
        behave: ({ oids, requestId }) => {
          const at = oids.findIndex((oid) => oid.join('.').startsWith(`${root}.1`))
          return at < 0
            ? undefined
            : [writeResponse('public', requestId, [], { status: 5, index: at + 1 })]
        },
      },
    )
    expect(failed).toEqual([`state ${root}.1`, `cause ${root}.1`, `later ${root}.1`])
    expect(offered).toEqual([`cause ${root}.2`])
    expect(asked.filter((oid) => oid === `${root}.1`)).toHaveLength(1)
  })

  it('is refused by one and kept by the other, each by what it can read', async () => {
    const { varbinds, offered, choices } = await walkOf(three, [
      { field: 'state', columns: [rule(2), rule(1)], from: 5 },
      { field: 'cause', columns: [rule(2)] },
    ])
    expect(offered).toEqual([`cause ${root}.2`, `state ${root}.1`])
    expect(choices.get('some.state')?.oid).toBe(`${root}.1`)
    expect(varbinds).toBe(6)
  })

  it('is not asked again by a field that turns to it later', async () => {
    const { varbinds, offered, taken, settled } = await walkOf(three, [
      { field: 'state', columns: [rule(1)] },
      { field: 'cause', columns: [rule(3), rule(1)] },
    ])
    expect(offered).toEqual([`state ${root}.1`, `cause ${root}.1`])
    expect(varbinds).toBe(3)
    expect(taken.filter((line) => line.startsWith('cause'))).toHaveLength(3)
    expect([...settled]).toEqual(['state', 'cause'])
  })

  it('is not asked again by the same field that reads it in another way', async () => {
    const { varbinds, pdus, taken } = await walkOf(three, [
      { field: 'state', columns: [rule(1), { ...rule(1), head: 1 }], from: 100 },
    ])
    expect([varbinds, taken.length]).toEqual([3, 6])
    expect(pdus).toBe(1)
  })

  it('gives a field that wants one port no row of another that all are read for', async () => {
    const two = tableOf([[1, 2, 3, 4, 5, 6, 7, 8]])
    const { varbinds, taken } = await walkOf(two, [
      { field: 'one', columns: [rule(1)], within: [2] },
      { field: 'all', columns: [rule(1)] },
    ])
    expect(varbinds).toBe(8)
    expect(taken.filter((line) => line.startsWith('one '))).toEqual(
      [0, 1, 2, 3].map((onu) => `one ${root}.1 2.${onu} = ${onu + 5}`),
    )
    expect(taken.filter((line) => line.startsWith('all '))).toHaveLength(8)
  })

  it('is settled for none of them when the walk breaks off in it', async () => {
    let left = 1
    const many = tableOf([Array.from({ length: 200 }, (_, at) => at)])
    const { settled, failure, offered } = await walkOf(
      many,
      [
        { field: 'state', columns: [rule(1)] },
        { field: 'cause', columns: [rule(1)] },
      ],
      { keepPartial: true, behave: (_request, honest) => (left-- > 0 ? [honest()] : []) },
    )
    expect(failure).toMatchObject({ code: 'olt-silent-mid-walk' })
    expect(settled.size).toBe(0)
    expect(offered).toHaveLength(2)
  })
})

describe('whatever fields and columns there are', () => {
  const column = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 })
  const field = fc.record({
    columns: fc
      .uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
      .map((numbers) => numbers.map(rule)),
    within: fc.option(fc.constantFrom([1], [2], [3]), { nil: undefined }),
    from: fc.integer({ min: 0, max: 12 }),
  })

  it('each field has what it would have if it were walked alone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(column, { maxLength: 5 }),
        fc.array(field, { minLength: 1, maxLength: 5 }),
        async (columns, drafts) => {
          const objects = tableOf(columns)
          const fields = drafts.map((draft, at) => ({ ...draft, field: `field${at}` }))
          const together = await walkOf(objects, fields)
          for (const one of fields) {
            const alone = await walkOf(objects, [one])
            const isOwn = (line: string) => line.startsWith(`${one.field} `)
            expect(together.taken.filter(isOwn)).toEqual(alone.taken)
            expect(together.offered.filter(isOwn)).toEqual(alone.offered)
            expect(together.settled.has(one.field)).toBe(alone.settled.has(one.field))
          }
          return true
        },
      ),
      { seed: 20_261_122, numRuns: 200 },
    )
  })

  it('no object is asked for twice where all fields want the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(column, { maxLength: 5 }),
        fc.array(field, { minLength: 1, maxLength: 5 }),
        async (columns, drafts) => {
          const fields = drafts.map((draft, at) => ({
            ...draft,
            within: undefined,
            field: `field${at}`,
          }))
          const { asked, varbinds } = await walkOf(tableOf(columns), fields)
          expect(repeated(asked)).toEqual([])
          expect(varbinds).toBeLessThanOrEqual(columns.flat().length)
        },
      ),
      { seed: 20_261_122, numRuns: 200 },
    )
  })
})
