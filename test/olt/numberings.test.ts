import { describe, expect, it } from 'vitest'
import { formatOnu, packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { openOlt, type OltDriver } from '../../src-main/olt/driver.ts'
import { serialCodecs } from '../../src-main/olt/family/onu-codecs.ts'
import type { OnuReadings } from '../../src-main/olt/onu-readings.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import type { WireValue } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import { createScriptedAgent } from './support/scripted-agent.ts'
import { shippedFamily } from './support/shipped-families.ts'

type Objects = Record<string, WireValue>
const integer = (value: number): WireValue => ({ type: 'integer', value })
const text = (value: string): WireValue => ({ type: 'octets', value: Buffer.from(value) })

/** An OLT whose objects can change between readings. */
const openDevice = async (family: string, objects: Objects) => {
  let now = createScriptedAgent({ objects })
  const session = await openMemorySession({
    requests: [],
    answer: (datagram) => now.answer(datagram),
  })
  const olt: OltDriver = openOlt({
    session,
    family: shippedFamily(family),
    pace: createWalkPace(),
    utcOffsetMinutes: 0,
  })
  return { olt, become: (next: Objects) => void (now = createScriptedAgent({ objects: next })) }
}

const places = ({ address }: OnuReadings): readonly string[] =>
  [...address].map((packed) => formatOnu(unpackOnuAddress(packed)))

describe('ONUs known by the name of their interface', () => {
  const ifName = '1.3.6.1.2.1.31.1.1.1.1'
  const operStatus = '1.3.6.1.2.1.2.2.1.8'
  const objects: Objects = {
    [`${ifName}.5`]: text('GPON0/1'),
    [`${ifName}.6`]: text('GPON0/2'),
    [`${ifName}.7`]: text('GigaEthernet0/1'),
    [`${ifName}.20`]: text('GPON0/1:4'),
    [`${ifName}.21`]: text('GPON0/2:1'),
    ...Object.fromEntries([5, 6, 7, 20, 21].map((index) => [`${operStatus}.${index}`, integer(1)])),
  }

  it('are read without the ports and uplinks that stand in the same table', async () => {
    const { olt } = await openDevice('bdcom-gp3600-gpon', objects)
    const status = await olt.readOnus('status')
    expect(places(status)).toEqual(['0/0/1:4', '0/0/2:1'])
    expect(status.problems).toEqual([])
  })

  it('are read of one PON alone when asked', async () => {
    const { olt } = await openDevice('bdcom-gp3600-gpon', objects)
    const pon = packOnuAddress({ shelf: 0, slot: 0, port: 2, onuId: 0 })
    expect(places(await olt.readOnus('status', { pon }))).toEqual(['0/0/2:1'])
  })

  it('are seen when they come, with the next reading of names', async () => {
    const device = await openDevice('bdcom-gp3600-gpon', objects)
    await device.olt.readOnus('status')
    device.become({
      ...objects,
      [`${ifName}.30`]: text('GPON0/1:9'),
      [`${operStatus}.30`]: integer(2),
    })
    await device.olt.readOnus('identity')
    expect(places(await device.olt.readOnus('status'))).toContain('0/0/1:9')
  })
})

describe('ONUs whose serial number is their index', () => {
  const table = '1.3.6.1.4.1.41112.1.5.6.2.1'
  const row = (serial: string, port: number): Objects => {
    const key = serialCodecs['ascii-serial'].encodeSerial({ serial, slot: null }).join('.')
    return {
      [`${table}.2.${key}`]: text('at home'),
      [`${table}.3.${key}`]: integer(port === 0 ? 2 : 1),
      [`${table}.5.${key}`]: integer(port),
    }
  }

  it('keep port and number while they are offline', async () => {
    const device = await openDevice('ubiquiti-ufiber-gpon', row('UBNT01020304', 3))
    const before = places(await device.olt.readOnus('identity'))
    device.become(row('UBNT01020304', 0))
    const after = await device.olt.readOnus('identity')
    expect(places(after)).toEqual(before)
    expect(after.texts.serial).toEqual(['UBNT01020304'])
  })

  it('are left out and counted when the index is no serial number', async () => {
    const { olt } = await openDevice('ubiquiti-ufiber-gpon', {
      ...row('UBNT01020304', 3),
      [`${table}.3.3.65.66.400`]: integer(1),
    })
    const status = await olt.readOnus('status')
    expect(status.count).toBe(1)
    expect(status.problems).toMatchObject([{ kind: 'undecodable-index', field: 'state', count: 1 }])
  })
})

describe('ONUs whose number holds their address', () => {
  const serial = '1.3.6.1.4.1.17409.2.8.4.1.1.3'
  const name = '1.3.6.1.4.1.17409.2.8.4.1.1.2'
  const ifName = '1.3.6.1.2.1.31.1.1.1.1'
  const onu = text('HWTC1234')

  it('are where their name says, else where the name of their port says, else by arithmetic', async () => {
    const { olt } = await openDevice('cdata-nscrtv-gpon', {
      [`${ifName}.1310722`]: text('pon0/1/2'),
      [`${name}.4718593`]: text('gpon 0/0/7 onu 9'),
      [`${name}.4722689`]: text('Mrs Miller'),
      [`${name}.4726785`]: text('Mr Smith'),
      [`${serial}.4718593`]: onu,
      [`${serial}.4722689`]: onu,
      [`${serial}.4726785`]: onu,
    })
    expect(places(await olt.readOnus('identity'))).toEqual(['0/0/3:1', '0/0/7:9', '0/1/2:1'])
  })

  it('in either of two forms are read side by side', async () => {
    const { olt } = await openDevice('cdata-nscrtv-gpon', {
      [`${serial}.4718593`]: onu,
      [`${serial}.16777986`]: onu,
      [`${serial}.99`]: onu,
    })
    const identity = await olt.readOnus('identity')
    expect(places(identity)).toEqual(['0/0/1:1', '0/0/3:2'])
    expect(identity.problems).toMatchObject([{ kind: 'undecodable-index', count: 1 }])
  })
})

describe('boards of a table that lists more than boards', () => {
  const ent = '1.3.6.1.2.1.47.1.1.1.1'
  it('are its modules, each in a place of its own', async () => {
    const entry = (index: number, kind: number, place: number, label: string): Objects => ({
      [`${ent}.5.${index}`]: integer(kind),
      [`${ent}.6.${index}`]: integer(place),
      [`${ent}.7.${index}`]: text(label),
    })
    const { olt } = await openDevice('generic-olt', {
      ...entry(1, 3, 0, 'chassis'),
      ...entry(2, 9, 1, 'card A'),
      ...entry(3, 9, 1, 'card B'),
      ...entry(4, 7, 1, 'fan'),
    })
    const { boards, problems } = await olt.readBoards()
    expect(boards.map(({ slot, name }) => [slot, name])).toEqual([
      [1, 'card A'],
      [2, 'card B'],
    ])
    expect(problems).toEqual([])
  })
})
