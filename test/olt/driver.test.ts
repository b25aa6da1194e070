import { describe, expect, it } from 'vitest'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import { formatOnu, packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { openOlt, type OltDriver } from '../../src-main/olt/driver.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import type { WireValue } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent, type ScriptedAgent } from './support/scripted-agent.ts'
import { shippedFamily } from './support/shipped-families.ts'

const huawei = '1.3.6.1.4.1.2011.6.128.1.1'
const zte = '1.3.6.1.4.1.3902'
const ifName = '1.3.6.1.2.1.31.1.1.1.1'
const integer = (value: number): WireValue => ({ type: 'integer', value })
const text = (value: string): WireValue => ({ type: 'octets', value: Buffer.from(value) })

const openOver = async (
  family: string,
  objects: Record<string, WireValue>,
): Promise<{ olt: OltDriver; agent: ScriptedAgent }> => {
  const agent = createScriptedAgent({ objects })
  const session = await openMemorySession(agent)
  const olt = openOlt({
    session,
    family: shippedFamily(family),
    pace: createWalkPace(),
    utcOffsetMinutes: 0,
  })
  return { olt, agent }
}

const addresses = (address: Int32Array): string[] =>
  [...address].map((packed) => formatOnu(unpackOnuAddress(packed)))

describe('a reading does not fail over', () => {
  it('rows whose index is no ONU: they are counted, with a sample, and left out', async () => {
    const { olt } = await openOver('huawei-smartax-gpon', {
      [`${ifName}.4194304000`]: text('GPON 0/0/0'),
      [`${huawei}.2.46.1.15.4194304000.1`]: integer(1),
      [`${huawei}.2.46.1.15.4194304000.128`]: integer(1),
      [`${huawei}.2.46.1.15.234938368.1`]: integer(1),
      [`${huawei}.2.46.1.15.4194304000.3.7`]: integer(1),
    })
    const { address, problems } = await olt.readOnus('status')
    expect(addresses(address)).toEqual(['0/0/0:1'])
    expect(problems).toEqual([
      { kind: 'undecodable-index', field: 'state', count: 3, sample: '234938368.1' },
    ])
  })

  it('values of the wrong kind: the cell has no value, the rest of the row stays', async () => {
    const { olt } = await openOver('huawei-smartax-gpon', {
      [`${ifName}.4194304000`]: text('GPON 0/0/0'),
      [`${huawei}.2.46.1.15.4194304000.1`]: integer(77),
      [`${huawei}.2.46.1.15.4194304000.2`]: integer(1),
      [`${huawei}.2.46.1.20.4194304000.1`]: text('far'),
      [`${huawei}.2.46.1.20.4194304000.2`]: integer(900),
    })
    const { codes, numbers, problems } = await olt.readOnus('status')
    expect([...(codes.state ?? [])].map((code) => onuStates[code])).toEqual(['unknown', 'online'])
    expect([...(numbers.distanceM ?? [])]).toEqual([Number.NaN, 900])
    expect(problems).toEqual([
      { kind: 'unknown-code', field: 'state', count: 1, sample: 'tag 2: 4d' },
      {
        kind: 'undecodable-value',
        field: 'distanceM',
        count: 1,
        sample: `tag 4: ${Buffer.from('far').toString('hex')}`,
      },
    ])
  })

  it('an OLT that offers nothing at all', async () => {
    const { olt } = await openOver('zte-c300-gpon', { '1.3.6.1.2.1.1.1.0': text('C320') })
    const readings = await olt.readOnus('optics')
    expect(readings).toMatchObject({ count: 0, numbers: {}, problems: [] })
    expect(readings.notOffered).toHaveLength(6)
    expect((await olt.readBoards()).boards).toEqual([])
    expect((await olt.readPonPorts()).ports).toEqual([])
    expect((await olt.readUnconfigured()).onus).toEqual([])
  })
})

describe('PON ports are known by their names', () => {
  it('and a name that contradicts the number is believed and reported', async () => {
    const { olt } = await openOver('huawei-smartax-gpon', {
      [`${ifName}.4194304000`]: text('GPON 0/9/5'),
      [`${huawei}.2.46.1.15.4194304000.1`]: integer(1),
    })
    const { address, problems } = await olt.readOnus('status')
    expect(addresses(address)).toEqual(['0/9/5:1'])
    expect(problems).toMatchObject([
      { kind: 'pon-name-disagrees', sample: 'GPON 0/9/5 = 4194304000' },
    ])
  })

  it('or by the number alone where there are none, which is reported', async () => {
    const { olt } = await openOver('huawei-smartax-gpon', {
      [`${huawei}.2.46.1.15.4194304000.1`]: integer(1),
    })
    const { address, problems } = await olt.readOnus('status')
    expect(addresses(address)).toEqual(['0/0/0:1'])
    expect(problems).toMatchObject([{ kind: 'pon-names-missing' }])
  })

  it('so that ZTE IF-MIB numbers, which collide with those of 1012, mislead nobody', async () => {
    const { olt } = await openOver('zte-c300-gpon', {
      // Ordinal 1, port 4: the number that means slot 1, port 3 in the 1012 tables.
      [`${ifName}.268501760`]: text('gpon_1/5/4'),
      [`${ifName}.268435968`]: text('gpon_1/1/3'),
      [`${zte}.1012.3.28.2.1.4.268501760.1`]: integer(3),
    })
    const { address, problems } = await olt.readOnus('status')
    expect(addresses(address)).toEqual(['1/1/3:1'])
    expect(problems).toEqual([])
  })
})

describe('alternative columns', () => {
  const inTree1082 = {
    [`${ifName}.268435456`]: text('gpon_1/1/1'),
    [`${zte}.1082.500.10.2.3.8.1.4.285278465.1`]: integer(4),
    [`${zte}.1082.500.10.2.3.8.1.4.285278465.2`]: integer(2),
    [`${zte}.1082.500.10.2.3.3.1.18.285278465.1`]: text('1,ZTEGC0FFEE01'),
    [`${zte}.1082.500.10.2.3.3.1.18.285278465.2`]: text('1,ZTEGC0FFEE02'),
  }

  it('are tried until one is offered: the 1082 tree with its 1-based states', async () => {
    const { olt } = await openOver('zte-c300-gpon', inTree1082)
    const status = await olt.readOnus('status')
    expect([...(status.codes.state ?? [])].map((code) => onuStates[code])).toEqual([
      'online',
      'offline',
    ])
    const identity = await olt.readOnus('identity')
    expect(identity.texts.serial).toEqual(['ZTEGC0FFEE01', 'ZTEGC0FFEE02'])
    expect(identity.unproven).toContain('serial')
  })

  it('are remembered: the next reading asks for the right one at once', async () => {
    const { olt, agent } = await openOver('zte-c300-gpon', inTree1082)
    await olt.readOnus('status')
    const asked = agent.requests.length
    await olt.readOnus('status')
    const state1012 = '1,3,6,1,4,1,3902,1012,3,28,2,1,4'
    const later = agent.requests.slice(asked).flatMap(({ oids }) => oids.map(String))
    expect(later.filter((oid) => oid.startsWith(state1012))).toEqual([])
  })

  it('are tried again when a column answers with values that cannot be read', async () => {
    const { olt } = await openOver('zte-c300-gpon', {
      ...inTree1082,
      [`${zte}.1082.500.10.2.3.3.1.18.285278465.1`]: integer(5),
      [`${zte}.1082.500.10.2.3.3.1.18.285278465.2`]: integer(5),
      [`${zte}.1082.500.10.2.3.3.1.6.285278465.1`]: text('ZTEGC0FFEE01'),
    })
    const identity = await olt.readOnus('identity')
    expect(identity.texts.serial).toEqual(['ZTEGC0FFEE01', null])
  })
})

describe('a reading', () => {
  const board = (onu: number, admin: number, run: number): Record<string, WireValue> => ({
    [`${huawei}.2.46.1.1.4194304000.${onu}`]: integer(admin),
    [`${huawei}.2.46.1.15.4194304000.${onu}`]: integer(run),
  })

  it('calls an ONU disabled when the operator has switched it off, not offline', async () => {
    const { olt } = await openOver('huawei-smartax-gpon', {
      [`${ifName}.4194304000`]: text('GPON 0/0/0'),
      ...board(0, 1, 1),
      ...board(1, 1, 2),
      ...board(2, 2, 2),
      ...board(3, 1, -1),
    })
    const { codes } = await olt.readOnus('status')
    expect([...(codes.state ?? [])].map((code) => onuStates[code])).toEqual([
      'online',
      'offline',
      'disabled',
      'unknown',
    ])
  })

  it('of one PON asks for that PON only', async () => {
    const objects: Record<string, WireValue> = {}
    for (let port = 0; port < 8; port++) {
      const index = 4194304000 + port * 256
      objects[`${ifName}.${index}`] = text(`GPON 0/0/${port}`)
      for (let onu = 0; onu < 20; onu++) objects[`${huawei}.2.46.1.15.${index}.${onu}`] = integer(1)
    }
    const { olt } = await openOver('huawei-smartax-gpon', objects)
    const pon = packOnuAddress({ shelf: 0, slot: 0, port: 5, onuId: 0 })
    const { address } = await olt.readOnus('status', { pon })
    expect(addresses(address)).toEqual(Array.from({ length: 20 }, (_, onu) => `0/0/5:${onu}`))
  })

  it('reports how far it is', async () => {
    const objects: Record<string, WireValue> = { [`${ifName}.4194304000`]: text('GPON 0/0/0') }
    for (let onu = 0; onu < 100; onu++)
      objects[`${huawei}.2.46.1.15.4194304000.${onu}`] = integer(1)
    const { olt } = await openOver('huawei-smartax-gpon', objects)
    const seen: number[] = []
    await olt.readOnus('status', { onProgress: ({ onus }) => seen.push(onus) })
    expect(seen.at(-1)).toBe(100)
    expect(seen.length).toBeGreaterThan(3)
  })

  it('joins columns whose rows differ, and sorts by address', async () => {
    const { olt } = await openOver('huawei-smartax-gpon', {
      [`${ifName}.4194304000`]: text('GPON 0/3/0'),
      [`${ifName}.4194304256`]: text('GPON 0/1/0'),
      [`${huawei}.2.43.1.9.4194304256.4`]: text('second'),
      [`${huawei}.2.43.1.9.4194304000.9`]: text('first'),
      [`${huawei}.2.45.1.4.4194304000.2`]: text('HG8245'),
      [`${huawei}.2.43.1.3.4194304000.9`]: text('HWTC0001'),
    })
    const { address, texts } = await olt.readOnus('identity')
    expect(addresses(address)).toEqual(['0/1/0:4', '0/3/0:2', '0/3/0:9'])
    expect(texts).toMatchObject({
      description: ['second', null, 'first'],
      model: [null, 'HG8245', null],
    })
  })
})
