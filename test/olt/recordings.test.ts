import { describe, expect, it } from 'vitest'
import {
  formatOnu,
  formatPon,
  ponOf,
  unpackOnuAddress,
} from '../../src-shared/domain/onu-address.ts'
import { openOlt, type OltDriver } from '../../src-main/olt/driver.ts'
import { recognise } from '../../src-main/olt/recognise.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import type { SnmpSession } from '../../src-main/olt/snmp/session.ts'
import type { WireValue } from './support/ber-writer.ts'
import { openMemorySession } from './support/memory-session.ts'
import {
  readSnmprec,
  readSnmpwalk,
  recordingsMissing,
  withRecordings,
} from './support/recordings.ts'
import { createScriptedAgent } from './support/scripted-agent.ts'
import { shippedFamilies, shippedFamily } from './support/shipped-families.ts'

const sessionOver = (objects: Record<string, WireValue>): Promise<SnmpSession> =>
  openMemorySession(createScriptedAgent({ objects }))

const driverOver = async (family: string, objects: Record<string, WireValue>): Promise<OltDriver> =>
  openOlt({
    session: await sessionOver(objects),
    family: shippedFamily(family),
    pace: createWalkPace(),
    utcOffsetMinutes: 0,
  })

describe.skipIf(recordingsMissing !== null)(withRecordings('a recorded Huawei SmartAX'), () => {
  it('is recognised by its sysObjectID', async () => {
    const session = await sessionOver(readSnmprec('smartax.snmprec'))
    expect(await recognise(session, shippedFamilies, createWalkPace())).toMatchObject({
      kind: 'family',
      model: 'MA5603T',
      certainty: 'proven',
      reason: 'sysObjectID 1.3.6.1.4.1.2011.2.123 → Huawei MA5603T',
      system: { sysDescr: 'Huawei Integrated Access Software', upTimeS: 1_114_047 },
    })
  })

  it('has four boards', async () => {
    const olt = await driverOver('huawei-smartax-gpon', readSnmprec('smartax.snmprec'))
    const { boards, problems } = await olt.readBoards()
    expect(problems).toEqual([])
    expect(
      boards.map(({ slot, name, cpuPercent, temperatureC }) => [
        slot,
        name,
        cpuPercent,
        temperatureC,
      ]),
    ).toEqual([
      [0, 'H805GPFD', 11, 35],
      [1, 'H805GPFD', 12, 29],
      [7, 'H802SCUN', 17, 22],
      [8, 'H802X2CS', null, 20],
    ])
  })

  it('has 32 PON ports, known by their names, with the light they send', async () => {
    const olt = await driverOver('huawei-smartax-gpon', readSnmprec('smartax.snmprec'))
    const { ports, problems } = await olt.readPonPorts()
    expect(problems).toEqual([])
    expect(ports).toHaveLength(32)
    expect(ports.every((port) => port.ifName === `GPON ${formatPon(port)}`)).toBe(true)
    expect(ports.find((port) => formatPon(port) === '0/1/15')).toMatchObject({
      txDbm: 7.23,
      rxDbm: null,
      temperatureC: 38,
      voltageV: 3.21,
      biasMa: 43,
      onuCount: 0,
    })
  })

  it('has three ONTs whose optics are read right in both directions', async () => {
    const objects = readSnmpwalk('huawei-gpon.snmpwalk')
    const olt = await driverOver('huawei-smartax-gpon', objects)
    const optics = await olt.readOnus('optics')
    expect([...optics.address].map((packed) => formatOnu(unpackOnuAddress(packed)))).toEqual([
      '0/1/0:1',
      '0/1/0:2',
      '0/1/0:3',
    ])
    expect([...(optics.numbers.oltRxDbm ?? [])]).toEqual([-19.36, -19.71, -18.57])
    expect([...(optics.numbers.onuRxDbm ?? [])]).toEqual([-14.14, -15.65, -14.64])
    expect([...(optics.numbers.onuTxDbm ?? [])]).toEqual([2.13, 2.16, 2.73])
    expect([...(optics.numbers.voltageV ?? [])]).toEqual([3.22, 3.3, 3.34])
    expect([...(optics.numbers.temperatureC ?? [])]).toEqual([41, 31, 51])
    expect([...(optics.numbers.biasMa ?? [])]).toEqual([19, 14, 17])
    expect(optics.unproven).toEqual(['biasMa'])

    const identity = await olt.readOnus('identity')
    expect(identity.texts.serial).toEqual(['ANON00000001', 'ANON00000002', 'ANON00000003'])
    expect(identity.texts.description).toEqual(['xDSL ANO 1', 'xDSL ANO 2', 'DSLAM ANO 3'])
    const counters = await olt.readOnus('counters')
    expect([...(counters.numbers.upBytes ?? [])]).toEqual([
      136888321822, 347104932968, 1121587301106,
    ])
    expect([...(counters.numbers.downBytes ?? [])]).toEqual([
      722546186186, 1616996021246, 11743711188810,
    ])
  })

  it('does not offer states in that recording: said so, nobody is called offline', async () => {
    const olt = await driverOver('huawei-smartax-gpon', readSnmpwalk('huawei-gpon.snmpwalk'))
    const status = await olt.readOnus('status')
    expect(status.codes.state).toBeUndefined()
    expect(status.notOffered).toContain('state')
  })
})

describe.skipIf(recordingsMissing !== null)(withRecordings('a recorded ZTE C320'), () => {
  it('is recognised by its sysObjectID', async () => {
    const session = await sessionOver(readSnmprec('zxa10_c320.snmprec'))
    expect(await recognise(session, shippedFamilies, createWalkPace())).toMatchObject({
      kind: 'family',
      model: 'C320 V2.1',
      reason: 'sysObjectID 1.3.6.1.4.1.3902.1082.1001.320.2.1 → ZTE C320 V2.1',
    })
  })

  it('has 125 ONUs on 7 PON ports, with distances', async () => {
    const olt = await driverOver('zte-c300-gpon', readSnmprec('zxa10_c320.snmprec'))
    const status = await olt.readOnus('status')
    expect(status.problems).toEqual([])
    expect(status.count).toBe(125)
    expect(new Set([...status.address].map(ponOf)).size).toBe(7)
    expect(formatOnu(unpackOnuAddress(status.address[0] ?? 0))).toBe('1/1/1:1')
    const distances = [...(status.numbers.distanceM ?? [])]
    expect(distances.slice(0, 3)).toEqual([1235, 1473, 1181])
    expect(distances.filter(Number.isNaN)).toHaveLength(3)
  })

  it('has eight PON ports whose names, numbers and capacity agree', async () => {
    const olt = await driverOver('zte-c300-gpon', readSnmprec('zxa10_c320.snmprec'))
    const { ports, problems } = await olt.readPonPorts()
    expect(problems).toEqual([])
    expect(ports.map(({ ifName, name, onuCapacity }) => [ifName, name, onuCapacity])).toEqual(
      Array.from({ length: 8 }, (_, port) => [`gpon_1/1/${port + 1}`, `OLT-${port + 1}`, 128]),
    )
    expect(ports.map(({ oper }) => oper)).toEqual([
      'up',
      'down',
      'up',
      'up',
      'up',
      'up',
      'up',
      'up',
    ])
  })

  it('has three cards', async () => {
    const olt = await driverOver('zte-c300-gpon', readSnmprec('zxa10_c320.snmprec'))
    const { boards } = await olt.readBoards()
    expect(
      boards.map(({ shelf, slot, name, state, cpuPercent }) => [
        shelf,
        slot,
        name,
        state,
        cpuPercent,
      ]),
    ).toEqual([
      [1, 1, 'GTGOG', 'in-service', 11],
      [1, 3, 'PRAM', 'in-service', 0],
      [1, 4, 'SMXA', 'in-service', 8],
    ])
    expect(boards[2]).toMatchObject({ memoryPercent: 25, software: 'V2.1.0', hardware: 'V1.0.0' })
  })
})

describe.skipIf(recordingsMissing !== null)(withRecordings('recordings of other makers'), () => {
  it.each([
    // An EPON box without ONUs: nothing tells it from its GPON relatives.
    ['cdata.snmprec'],
    ['raisecom.snmprec'],
    ['datacom-dmos_dm4610-hw2.snmprec'],
    ['dasan-nos.snmprec'],
    ['smartax-mdu.snmprec'],
  ])('%s is an OLT perhaps, and shown by its interfaces', async (file) => {
    const session = await sessionOver(readSnmprec(file))
    const found = await recognise(session, shippedFamilies, createWalkPace())
    expect(found).toMatchObject({
      kind: 'unknown',
      isOlt: 'maybe',
      generic: { family: 'generic-olt' },
    })
  })
})
