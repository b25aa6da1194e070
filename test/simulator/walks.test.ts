import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Column, MibView } from '../../src-main/simulator/snmp/mib-view.ts'
import { parseOid } from '../../src-main/simulator/snmp/oid.ts'
import { RowSet } from '../../src-main/simulator/snmp/row-set.ts'
import { SnmpAgent } from '../../src-main/simulator/snmp/snmp-agent.ts'
import { ask, manualClock, smallPlant, walk } from '../support/simulated-plant.ts'
import { decodeReply, encodeRequest, orderOids } from '../support/snmp-datagrams.ts'

const endOfMibView = 0x82

const increasing = (oids: readonly string[]): boolean =>
  oids.every((oid, i) => i === 0 || orderOids(oids[i - 1] as string, oid) < 0)

describe('walks', () => {
  it.each(['HW', 'ZT'])(
    'of %s by GETNEXT and by GETBULK of any size are the same, in order',
    (olt) => {
      const plant = smallPlant(manualClock())
      const byNext = walk(plant, olt, '1.3')
      expect(byNext.length).toBeGreaterThan(500)
      expect(increasing(byNext.map((binding) => binding.oid))).toBe(true)
      for (const repetitions of [1, 7, 48, 1000]) {
        expect(walk(plant, olt, '1.3', repetitions)).toEqual(byNext)
      }
    },
  )

  it.each(['HW', 'ZT'])('of each column of %s end where the column ends', (olt) => {
    const plant = smallPlant(manualClock())
    const all = walk(plant, olt, '1.3', 50)
    const columns = new Set(all.map((binding) => columnOf(binding.oid)))
    for (const column of columns) {
      const expected = all.filter((binding) => binding.oid.startsWith(`${column}.`))
      expect(walk(plant, olt, column, 9)).toEqual(expected)
    }
  })

  it('go on in order when ONUs disappear and appear in their midst', () => {
    const plant = smallPlant(manualClock())
    const column = '1.3.6.1.4.1.2011.6.128.1.1.2.43.1.3'
    const seen: string[] = []
    for (let at = column; ;) {
      const [binding] = ask(plant, 'HW', { kind: 'getNext', oids: [at] }).bindings
      if (!binding?.oid.startsWith(`${column}.`)) break
      at = binding.oid
      seen.push(at)
      // the very ONU the walker stands on goes, and one before it comes back under a new number
      const [ifIndex, onu] = at.split('.').slice(-2)
      const pon = ifIndex === '4194304000' ? '0/0/0' : '0/1/3'
      plant.control({ kind: 'remove-onus', olt: 'HW', which: { onus: [`${pon}:${onu}`] } })
      if (seen.length === 3) plant.control({ kind: 'add-onu', olt: 'HW', pon: '0/0/0' })
    }
    expect(seen).toHaveLength(11)
    expect(increasing(seen)).toBe(true)
  })

  it('are the same by every method over any set of columns, rows and absent cells', () => {
    const subId = fc.oneof(fc.nat(3), fc.nat(300), fc.constant(0xffffffff))
    const columnArb = fc.record({
      rows: fc.uniqueArray(fc.tuple(subId, subId), {
        maxLength: 8,
        selector: (row) => row.join('.'),
      }),
      number: fc.integer({ min: 1, max: 400 }),
      absent: fc.nat(7),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(columnArb, { maxLength: 7, selector: (column) => column.number }),
        fc.integer({ min: 1, max: 30 }),
        (specs, repetitions) => {
          const columns = specs.map(({ rows, number, absent }): Column => ({
            oid: parseOid(`1.3.9.${number}`),
            rows: new RowSet(2, () => rows.map((index, item) => ({ index, item }))),
            write: (writer, item) => writer.integer(item),
            has: (item) => item !== absent,
          }))
          const agent = new SnmpAgent(new MibView(columns), {
            community: 'lab-read',
            maxReplyBytes: 484,
            hangsOnZeroRepetitions: false,
            oversizedBulk: 'cut',
          })
          const expected = specs
            .flatMap(({ rows, number, absent }) =>
              rows.flatMap((row, item) =>
                item === absent ? [] : [`1.3.9.${number}.${row.join('.')}`],
              ),
            )
            .toSorted(orderOids)
          expect(walkAgent(agent, 'getNext', 0)).toEqual(expected)
          expect(walkAgent(agent, 'getBulk', repetitions)).toEqual(expected)
          for (const oid of expected) {
            const reply = agent.answer(encodeRequest({ kind: 'get', oids: [oid] }), 0) as Uint8Array
            expect(decodeReply(reply).bindings[0]?.tag).toBe(0x02)
          }
        },
      ),
      { numRuns: 150, seed: 11 },
    )
  })

  it('refuse columns that lie within each other', () => {
    const rows = new RowSet(1, () => [])
    const column = (oid: string): Column => ({ oid: parseOid(oid), rows, write: () => {} })
    expect(() => new MibView([column('1.3.6'), column('1.3.6.1')])).toThrow(/nested/)
    expect(() => new MibView([column('1.3.6'), column('1.3.6')])).toThrow(/twice/)
  })
})

/** The column of an instance: everything before the index of the ONU, port, card or scalar. */
const columnOf = (oid: string): string => {
  const parts = oid.split('.')
  const entry = /^1\.3\.6\.1\.2\.1\.(2\.2\.1|31\.1\.1\.1|47\.1\.1\.1\.1)\.\d+/.exec(oid)
  return entry ? entry[0] : parts.slice(0, -1).join('.')
}

const walkAgent = (
  agent: SnmpAgent,
  kind: 'getNext' | 'getBulk',
  maxRepetitions: number,
): string[] => {
  const seen: string[] = []
  for (let at = '1.3'; ;) {
    const answer = agent.answer(
      encodeRequest({ kind, oids: [at], maxRepetitions }),
      0,
    ) as Uint8Array
    for (const { oid, tag } of decodeReply(answer).bindings) {
      if (tag === endOfMibView) return seen
      seen.push(oid)
      at = oid
    }
  }
}
