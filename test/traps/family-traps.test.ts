import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  loadFamilies,
  parseFamily,
  ProfileRefused,
  type OltFamily,
} from '../../src-main/olt/family/load-families.ts'
import type { SnmpValue } from '../../src-main/olt/snmp/snmp-value.ts'
import { trapMatcherOf } from '../../src-main/olt/traps/family-traps.ts'
import type { Trap } from '../../src-main/olt/traps/trap-message.ts'

const families = loadFamilies(join(import.meta.dirname, '../../assets/olt-families'))
const family = (name: string): OltFamily => {
  const found = families.find((one) => one.family === name)
  if (found === undefined) throw new Error(`no family ${name}`)
  return found
}
const trap = (trapOid: string, ...varbinds: (readonly [string, string | number])[]): Trap => ({
  kind: 'trap',
  trapOid,
  uptimeTicks: 1,
  agentAddress: null,
  varbinds: varbinds.map(([oid, said]) => ({ oid, value: valueOf(said) })),
})
const valueOf = (said: string | number): SnmpValue =>
  typeof said === 'number'
    ? { kind: 'number', value: said }
    : { kind: 'octets', value: Buffer.from(said, 'latin1') }

const ifIndex = '1.3.6.1.2.1.2.2.1.1'
const ifDescr = '1.3.6.1.2.1.2.2.1.2'
const linkDown = '1.3.6.1.6.3.1.1.5.3'

describe('a profile is refused, with its place, when a trap rule', () => {
  const issuesOf = (traps: string): readonly string[] => {
    const yaml = `schema: 1
family: a-b
vendor: V
title: T
technology: gpon
recognise:
  - { sysObjectId: 1.3.6.1.4.1.9, model: M, certainty: proven }
ponPorts:
  index: pon-number
  fields: {}
onus:
  index: pon-number
  fields: {}
traps:
${traps}`
    try {
      parseFamily('profile.yaml', yaml)
      return []
    } catch (error) {
      if (!(error instanceof ProfileRefused)) throw error
      return error.issues.map(
        ({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`,
      )
    }
  }

  it('has a meaning, a codec or a key that is not known', () => {
    expect(
      issuesOf(`  - trap: 1.3.6.1.4.1.9.1
    meaning: on-fire
    look: olt
    certainty: proven
    colour: red
`),
    ).toEqual([
      expect.stringMatching(/^16:5 traps\.0\.meaning: /u),
      '19:5 traps.0.colour: unknown key',
    ])
    expect(
      issuesOf(`  - trap: 1.3.6.1.4.1.9.1
    meaning: other
    look: pon
    at: { in: value, object: 1.3.6.1.4.1.9.2, index: made-up }
    certainty: proven
`),
    ).toEqual([expect.stringMatching(/^18:47 traps\.0\.at\.index: /u)])
  })

  it('points at a PON without saying where, or says where and does not point', () => {
    expect(
      issuesOf(`  - { trap: 1.3.6.1.4.1.9.1, meaning: other, look: pon, certainty: proven }\n`),
    ).toEqual(['15:46 traps.0.look: a pon or an onu needs at'])
    expect(
      issuesOf(`  - trap: 1.3.6.1.4.1.9.1
    meaning: other
    look: olt
    at: { in: text, object: 1.3.6.1.2.1.2.2.1.2 }
    certainty: proven
`),
    ).toEqual(['18:5 traps.0.at: only a look at a pon or an onu has at'])
  })

  it('is for the trap of another rule', () => {
    expect(
      issuesOf(`  - { trap: 1.3.6.1.4.1.9.1, meaning: other, look: olt, certainty: proven }
  - { trap: 1.3.6.1.4.1.9.1, subtree: true, meaning: other, look: olt, certainty: proven }
  - { trap: 1.3.6.1.4.1.9.1, meaning: other, look: unconfigured, certainty: proven }
`),
    ).toEqual(['17:7 traps.2.trap: another rule is for this trap'])
  })
})

describe('every family', () => {
  it('knows the notifications of the standards, one that is not recognised too', () => {
    for (const one of [null, ...families]) {
      const match = trapMatcherOf(one)
      for (const oid of ['1.3.6.1.6.3.1.1.5.1', '1.3.6.1.6.3.1.1.5.2', '1.3.6.1.2.1.47.2.0.1']) {
        expect(match(trap(oid))).toMatchObject({ look: { kind: 'olt' }, generic: true })
      }
      expect(match(trap(linkDown))).toMatchObject({
        rule: { meaning: 'pon-changed' },
        look: { kind: 'olt' },
      })
    }
  })

  it('leaves a wrong community that somebody said to an OLT for people to see', () => {
    for (const one of families) expect(trapMatcherOf(one)(trap('1.3.6.1.6.3.1.1.5.5'))).toBeNull()
  })

  it('knows only traps below the vendors it recognises', () => {
    for (const { recognise, traps = [], family: name } of families) {
      const vendors = recognise.flatMap(({ sysObjectId }) =>
        sysObjectId === undefined ? [] : [sysObjectId.split('.').slice(0, 7).join('.')],
      )
      for (const { trap: oid } of traps) {
        expect(
          vendors.some((vendor) => oid.startsWith(`${vendor}.`)),
          `${name} ${oid}`,
        ).toBe(true)
      }
    }
  })
})

describe('a link that goes down', () => {
  it('is a PON where the number says so by the arithmetic of the family', () => {
    const huawei = trapMatcherOf(family('huawei-smartax-gpon'))
    const pon = { kind: 'pon', pon: { shelf: 0, slot: 1, port: 15 } }
    expect(huawei(trap(linkDown, [`${ifIndex}.4194316032`, 4194316032]))?.look).toEqual(pon)
    // 32 bits in a signed number, and a name without them.
    expect(huawei(trap(linkDown, [`${ifIndex}.0`, 4194316032 | 0]))?.look).toEqual(pon)
    expect(huawei(trap(linkDown, [`${ifIndex}.4194316032`, 4194316032 | 0]))?.look).toEqual(pon)
  })

  it('is no news where it is an uplink', () => {
    const huawei = trapMatcherOf(family('huawei-smartax-gpon'))
    expect(huawei(trap(linkDown, [`${ifIndex}.234938368`, 234938368]))?.look).toBeNull()
    const bdcom = trapMatcherOf(family('bdcom-gp3600-gpon'))
    expect(bdcom(trap(linkDown, [`${ifDescr}.3`, 'GigaEthernet0/1']))?.look).toBeNull()
  })

  it('is a PON or an ONU where its name says so', () => {
    const bdcom = trapMatcherOf(family('bdcom-gp3600-gpon'))
    expect(bdcom(trap(linkDown, [`${ifDescr}.11`, 'GPON0/1']))?.look).toEqual({
      kind: 'pon',
      pon: { shelf: 0, slot: 0, port: 1 },
    })
    expect(bdcom(trap(linkDown, [`${ifDescr}.77`, 'GPON0/1:3']))?.look).toEqual({
      kind: 'onu',
      pon: { shelf: 0, slot: 0, port: 1 },
      onuId: 3,
    })
  })

  it('is looked at as a whole OLT where only a number came that says nothing', () => {
    const bdcom = trapMatcherOf(family('bdcom-gp3600-gpon'))
    expect(bdcom(trap(linkDown, [`${ifIndex}.77`, 77]))?.look).toEqual({ kind: 'olt' })
  })
})

describe('traps of', () => {
  it('Huawei that are known lead to unconfigured ONTs, all below that branch to the OLT', () => {
    const match = trapMatcherOf(family('huawei-smartax-gpon'))
    const branch = '1.3.6.1.4.1.2011.6.128.1.1.12'
    expect(match(trap(`${branch}.3.0.2`))).toMatchObject({
      rule: { meaning: 'onu-found', certainty: 'unproven' },
      look: { kind: 'unconfigured' },
      generic: false,
    })
    expect(match(trap(`${branch}.9.9`))?.look).toEqual({ kind: 'olt' })
    expect(match(trap('1.3.6.1.4.1.2011.6.128.1.2'))).toBeNull()
  })

  it.each(['zte-c300-gpon', 'zte-c600-gpon'])('%s lead to the ONU in the index', (name) => {
    const match = trapMatcherOf(family(name))
    const base = '1.3.6.1.4.1.3902.1082.500.10'
    expect(
      match(trap(`${base}.3.1.9`, [`${base}.2.3.3.1.1.285278977.12`, 'ZTE-F660'])),
    ).toMatchObject({
      rule: { meaning: 'onu-offline', certainty: 'unproven' },
      look: { kind: 'onu', pon: { shelf: 1, slot: 3, port: 1 }, onuId: 12 },
    })
    expect(match(trap(`${base}.3.1.10`))).toMatchObject({
      rule: { meaning: 'onu-online' },
      look: { kind: 'olt' },
    })
  })

  it.each(['vsol-v1600d-epon', 'vsol-v1600g-gpon'])(
    '%s name the PON, as number or text',
    (name) => {
      const match = trapMatcherOf(family(name))
      const base = '1.3.6.1.4.1.37950.1.1.5.10.13'
      for (const said of [4, '4']) {
        expect(match(trap(`${base}.6.1`, [`${base}.2.2.0`, said]))?.look).toEqual({
          kind: 'pon',
          pon: { shelf: 0, slot: 0, port: 4 },
        })
      }
      for (const said of ['', '4; rm', 0, -1, 'ÿÿ', '99999999999']) {
        expect(match(trap(`${base}.6.1`, [`${base}.2.2.0`, said]))?.look).toEqual({ kind: 'olt' })
      }
    },
  )

  it('BDCOM name the ONU by its interface', () => {
    const match = trapMatcherOf(family('bdcom-gp3600-gpon'))
    expect(
      match(trap('1.3.6.1.4.1.3320.10.3.8.2', [`${ifDescr}.55`, 'GPON0/4:17\0'])),
    ).toMatchObject({
      rule: { meaning: 'dying-gasp', certainty: 'proven' },
      look: { kind: 'onu', pon: { shelf: 0, slot: 0, port: 4 }, onuId: 17 },
    })
  })
})
