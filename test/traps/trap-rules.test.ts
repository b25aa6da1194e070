import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexCodecs } from '../../src-main/olt/family/index-codecs.ts'
import { mergeLooks } from '../../src-main/olt/traps/merge-looks.ts'
import type { Trap } from '../../src-main/olt/traps/trap-message.ts'
import {
  createTrapMatcher,
  indexReaderOf,
  type TrapLook,
  type TrapRule,
} from '../../src-main/olt/traps/trap-rules.ts'

const zte = '1.3.6.1.4.1.3902.1082.500.10'
const nameColumn = `${zte}.2.3.3.1.2`
const rules: readonly TrapRule[] = [
  {
    trap: `${zte}.3.1.9`,
    meaning: 'onu-offline',
    look: 'onu',
    at: [{ in: 'name', object: nameColumn, index: 'zte-1082' }],
    certainty: 'unproven',
  },
  {
    trap: `${zte}.3`,
    subtree: true,
    meaning: 'other',
    look: 'pon',
    at: [{ in: 'value', object: `${zte}.9.9`, index: 'zte-1082' }],
    certainty: 'unproven',
  },
  { trap: '1.3.6.1.4.1.3902', subtree: true, meaning: 'other', look: 'olt', certainty: 'proven' },
  {
    trap: '1.3.6.1.4.1.3902.7.1',
    meaning: 'onu-found',
    look: 'unconfigured',
    certainty: 'unproven',
  },
]
const match = createTrapMatcher(rules, {
  byIndex: (name) => (name === 'zte-1082' ? indexReaderOf(indexCodecs['zte-1082']) : null),
  byName: null,
})
const trap = (trapOid: string, varbinds: Trap['varbinds'] = []): Trap => ({
  kind: 'trap',
  trapOid,
  uptimeTicks: 1,
  agentAddress: null,
  varbinds,
})
const text = { kind: 'octets', value: Buffer.from('shop') } as const

describe('a rule does not', () => {
  it('match another trap, nor one whose OID only begins with the same digits', () => {
    expect(match(trap('1.3.6.1.6.3.1.1.5.3'))).toBeNull()
    expect(match(trap('1.3.6.1.4.1.39021.1'))).toBeNull()
    expect(match(trap('1.3.6.1.4.1.3902'))).toBeNull()
  })

  it('invent an address: what is no PON makes it look at the whole OLT', () => {
    for (const oid of [`${nameColumn}.1.2`, nameColumn, `${nameColumn}.x`, '1.3.6.1.9']) {
      expect(match(trap(`${zte}.3.1.9`, [{ oid, value: text }]))?.look).toEqual({ kind: 'olt' })
    }
    expect(match(trap(`${zte}.3.1.9`))?.look).toEqual({ kind: 'olt' })
  })

  it('take an ONU number out of range for an ONU', () => {
    const oid = `${nameColumn}.285278465.4000`
    expect(match(trap(`${zte}.3.1.9`, [{ oid, value: text }]))?.look).toEqual({
      kind: 'pon',
      pon: { shelf: 1, slot: 1, port: 1 },
    })
  })
})

describe('a rule', () => {
  it('finds the ONU in the name of a varbind', () => {
    const oid = `${nameColumn}.285278977.12`
    const found = match(trap(`${zte}.3.1.9`, [{ oid, value: text }]))
    expect(found).toMatchObject({
      rule: { meaning: 'onu-offline', certainty: 'unproven' },
      look: { kind: 'onu', pon: { shelf: 1, slot: 3, port: 1 }, onuId: 12 },
    })
  })

  it('finds the PON in the value of a varbind', () => {
    const value = { kind: 'number', value: 285278465 } as const
    expect(match(trap(`${zte}.3.1.77`, [{ oid: `${zte}.9.9.0`, value }]))?.look).toEqual({
      kind: 'pon',
      pon: { shelf: 1, slot: 1, port: 1 },
    })
  })

  it('fits with and without the zero that version 1 puts in', () => {
    expect(match(trap(`${zte}.3.1.0.9`))?.rule.meaning).toBe('onu-offline')
    expect(match(trap('1.3.6.1.4.1.3902.7.0.1'))?.look).toEqual({ kind: 'unconfigured' })
  })

  it('that is the most specific wins', () => {
    expect(match(trap(`${zte}.3.5`))?.rule.trap).toBe(`${zte}.3`)
    expect(match(trap('1.3.6.1.4.1.3902.99'))?.look).toEqual({ kind: 'olt' })
  })
})

describe('looks of a moment', () => {
  const look: fc.Arbitrary<TrapLook> = fc.oneof(
    { weight: 1, arbitrary: fc.constant({ kind: 'olt' } as const) },
    { weight: 5, arbitrary: fc.constant({ kind: 'unconfigured' } as const) },
    {
      weight: 20,
      arbitrary: fc.record({
        kind: fc.constant('pon' as const),
        pon: fc.record({
          shelf: fc.constant(0),
          slot: fc.nat({ max: 2 }),
          port: fc.nat({ max: 5 }),
        }),
      }),
    },
    {
      weight: 60,
      arbitrary: fc.record({
        kind: fc.constant('onu' as const),
        pon: fc.record({
          shelf: fc.constant(0),
          slot: fc.nat({ max: 2 }),
          port: fc.nat({ max: 5 }),
        }),
        onuId: fc.nat({ max: 127 }),
      }),
    },
  )
  const samePon = (left: TrapLook, right: TrapLook): boolean =>
    'pon' in left && 'pon' in right && JSON.stringify(left.pon) === JSON.stringify(right.pon)
  const covers = (outer: TrapLook, inner: TrapLook): boolean => {
    if (inner.kind === 'unconfigured') return outer.kind === 'unconfigured'
    if (outer.kind === 'olt') return true
    if (outer.kind === 'pon') return samePon(outer, inner)
    return (
      outer.kind === 'onu' &&
      inner.kind === 'onu' &&
      samePon(outer, inner) &&
      outer.onuId === inner.onuId
    )
  }

  it('are at most nine, cover every place, and stay so when merged again', () => {
    fc.assert(
      fc.property(fc.array(look, { maxLength: 300 }), (looks) => {
        const merged = mergeLooks(looks)
        expect(merged.length).toBeLessThanOrEqual(9)
        for (const inner of looks) {
          expect(merged.some((outer) => covers(outer, inner))).toBe(true)
        }
        expect(mergeLooks(merged)).toEqual(merged)
      }),
      { seed: 31, numRuns: 400 },
    )
  })

  it('of a thousand dark ONUs are one', () => {
    const onus = Array.from({ length: 1000 }, (_, n): TrapLook => ({
      kind: 'onu',
      pon: { shelf: 0, slot: 1, port: n % 16 },
      onuId: Math.floor(n / 16),
    }))
    expect(mergeLooks(onus)).toEqual([{ kind: 'olt' }])
    const onePon = onus.filter((one) => one.kind === 'onu' && one.pon.port === 3)
    expect(mergeLooks(onePon)).toEqual([{ kind: 'pon', pon: { shelf: 0, slot: 1, port: 3 } }])
  })
})
