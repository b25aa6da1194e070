import { afterEach, describe, expect, it } from 'vitest'
import {
  downCauses,
  onuStates,
  type DownCause,
  type OnuState,
} from '../../src-shared/domain/onu-state.ts'
import { formatOnu, formatPon, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { openOlt, type OltDriver } from '../../src-main/olt/driver.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import { testOlt, type OltTestResult } from '../../src-main/olt/test-olt.ts'
import type { PlantControl } from '../../src-main/simulator/control-schema.ts'
import type { Plant } from '../../src-main/simulator/plant.ts'
import type { OnuTruth } from '../../src-main/simulator/plant-truth.ts'
import { createSmallPlant, openPlantSession, plantUtcOffsetMinutes } from './support/small-plant.ts'
import { shippedFamilies, shippedFamily } from './support/shipped-families.ts'

const familyOf = { huawei: 'huawei-smartax-gpon', zte: 'zte-c300-gpon' } as const
type OltName = keyof typeof familyOf

const driverFor = async (plant: Plant, name: OltName): Promise<OltDriver> =>
  openOlt({
    session: await openPlantSession(plant, name),
    family: shippedFamily(familyOf[name]),
    pace: createWalkPace(),
    utcOffsetMinutes: plantUtcOffsetMinutes,
  })

const stateByPhase: Readonly<Record<OltName, Readonly<Record<OnuTruth['phase'], OnuState>>>> = {
  zte: {
    working: 'online',
    starting: 'starting',
    los: 'offline',
    dyingGasp: 'offline',
    authFailed: 'auth-failed',
    offline: 'offline',
    disabled: 'disabled',
  },
  // A SmartAX says up or down, and no more.
  huawei: {
    working: 'online',
    starting: 'offline',
    los: 'offline',
    dyingGasp: 'offline',
    authFailed: 'offline',
    offline: 'offline',
    disabled: 'disabled',
  },
}

const causeByTruth: Readonly<Record<OnuTruth['cause'], DownCause>> = {
  none: 'unknown',
  dyingGasp: 'dying-gasp',
  los: 'los',
  losi: 'losi',
  lofi: 'lofi',
  deactivated: 'deactivated',
  rebooted: 'rebooted',
  authFailed: 'auth-failed',
}

/** Reads everything of one OLT and compares each ONU with what the plant says is so. */
const expectTruth = async (plant: Plant, name: OltName): Promise<void> => {
  const truth = new Map(plant.truth(name).onus.map((onu) => [onu.onu, onu]))
  expect(truth.size).toBe(73)
  const olt = await driverFor(plant, name)
  const identity = await olt.readOnus('identity')
  const status = await olt.readOnus('status')
  const optics = await olt.readOnus('optics')
  for (const { count, problems } of [identity, status]) {
    expect(problems).toEqual([])
    expect(count).toBe(truth.size)
  }
  expect(optics.problems).toEqual([])

  const states = new Set<string>()
  status.address.forEach((packed, row) => {
    const address = formatOnu(unpackOnuAddress(packed))
    const onu = truth.get(address)
    if (onu === undefined) throw new Error(`no ONU ${address} in the plant`)
    const state = onuStates[status.codes.state?.[row] ?? 0]
    states.add(state ?? '')
    const cause = downCauses[status.codes.lastDownCause?.[row] ?? 0]
    expect([address, state]).toEqual([address, stateByPhase[name][onu.phase]])
    if (onu.cause !== 'rebooted')
      expect([address, cause]).toEqual([address, causeByTruth[onu.cause]])
    expect(identity.texts.serial?.[row]).toBe(onu.serial)
    expect(identity.texts.description?.[row]).toContain(onu.address)
    expect(identity.texts.model?.[row]).toContain(onu.equipment)
    for (const [read, meant] of [
      [status.numbers.lastUpAt, onu.lastUpMs],
      [status.numbers.lastDownAt, onu.lastDownMs],
    ] as const) {
      const difference = (read?.[row] ?? Number.NaN) - meant
      expect(Number.isNaN(meant) || Math.abs(difference) < 1000, `${address} ${difference}`).toBe(
        true,
      )
    }
    const distance = status.numbers.distanceM?.[row]
    if (onu.phase === 'working') expect(distance).toBe(onu.distanceM)
    else expect(distance).toBeNaN()

    const opticsRow = optics.address.indexOf(packed)
    const onuRx = optics.numbers.onuRxDbm?.[opticsRow] ?? Number.NaN
    const oltRx = optics.numbers.oltRxDbm?.[opticsRow] ?? Number.NaN
    if (Number.isNaN(onu.rxDbm)) {
      expect([onuRx, oltRx]).toEqual([Number.NaN, Number.NaN])
    } else {
      expect(onuRx).toBeCloseTo(onu.rxDbm, 1)
      expect(oltRx).toBeCloseTo(onu.oltRxDbm, 1)
    }
  })
  expect(states).toContain('online')
  expect(states).toContain('offline')
  expect(states).toContain('disabled')
}

describe.each(['huawei', 'zte'] as const)('what is read of the simulated %s', (name) => {
  it.each([
    ['8 octets of time and markers for missing optics', { dateAndTimeOctets: 8 }],
    [
      '11 octets of time and optics that vanish',
      { dateAndTimeOctets: 11, offlineOptics: 'absent' },
    ],
    ['small answers', { maxReplyBytes: 484 }],
  ])('is what is so: %s', async (_title, quirks) => {
    await expectTruth(createSmallPlant(quirks), name)
  })

  it('holds traffic, PON ports, boards and unconfigured ONUs', async () => {
    const plant = createSmallPlant()
    const olt = await driverFor(plant, name)
    const counters = await olt.readOnus('counters')
    expect(counters.count).toBe(73)
    expect(Math.min(...(counters.numbers.downBytes ?? []))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...(counters.numbers.downBytes ?? []))).toBeGreaterThan(1e9)
    const { ports, problems } = await olt.readPonPorts()
    expect(problems).toEqual([])
    expect(ports.filter(({ txDbm }) => txDbm !== null && txDbm > 1 && txDbm < 9).length).toBe(
      ports.length,
    )
    expect((await olt.readBoards()).boards.length).toBeGreaterThan(1)
    const truth = plant.truth(name).unconfigured.map(({ pon, serial }) => [pon, serial])
    const found = (await olt.readUnconfigured()).onus.map((onu) => [formatPon(onu), onu.serial])
    expect(found).toEqual(truth)
    expect((await olt.readSystem()).upTimeS).toBeGreaterThan(86_400)
  })
})

describe('a ZTE whose firmware lacks the 1012 tree', () => {
  it('is read through the 1082 tree, with the same truth', async () => {
    const lacking = ['1.3.6.1.4.1.3902.1012', '1.3.6.1.4.1.3902.1015']
    await expectTruth(createSmallPlant({ unknownObjects: lacking }), 'zte')
    await expectTruth(createSmallPlant({ lackingColumns: lacking, serialTextPrefix: '' }), 'zte')
  })

  it('and optics too says that optics are not offered', async () => {
    const plant = createSmallPlant({
      unknownObjects: [
        '1.3.6.1.4.1.3902.1012.3.50',
        '1.3.6.1.4.1.3902.1015.1010.11',
        '1.3.6.1.4.1.3902.1082.500.20',
        '1.3.6.1.4.1.3902.1082.500.1.2.4',
      ],
    })
    const optics = await (await driverFor(plant, 'zte')).readOnus('optics')
    expect(optics).toMatchObject({ count: 0, problems: [] })
    expect(optics.notOffered).toHaveLength(6)
  })
})

describe('over real datagrams', () => {
  let plant: Plant | null = null
  afterEach(() => plant?.stop())

  const test = async (...trouble: readonly PlantControl[]): Promise<OltTestResult> => {
    plant = createSmallPlant()
    const [huawei] = await plant.start()
    if (huawei === undefined) throw new Error('the plant has no OLT')
    for (const control of trouble) plant.control(control)
    return testOlt({
      host: huawei.host,
      port: huawei.port,
      version: '2c',
      community: Buffer.from('public'),
      timeoutMs: 120,
      retries: 1,
      families: shippedFamilies,
    })
  }
  const olt = 'huawei'

  it('an OLT is tested and every ONU counted', async () => {
    const result = await test()
    expect(result).toMatchObject({ kind: 'recognised', onus: 73, unconfigured: 2, problems: [] })
    if (result.kind !== 'recognised') return
    const perPon = Object.fromEntries(result.pons.map((pon) => [pon.address, pon.onus]))
    expect(perPon).toMatchObject({ '0/1/0': 37, '0/1/1': 24, '0/1/2': 0, '0/1/3': 12 })
  })

  it.each<[string, PlantControl, object]>([
    ['repeats itself', { kind: 'loop', olt, mode: 'repeat' }, { code: 'olt-walk-looped' }],
    ['goes in circles', { kind: 'loop', olt, mode: 'cycle' }, { code: 'olt-walk-looped' }],
    ['answers garbage', { kind: 'garbage', olt, on: true }, { code: 'olt-answer-garbage' }],
    ['is silent', { kind: 'silence', olt, on: true }, { code: 'olt-no-snmp-answer-community' }],
    [
      'has another community',
      { kind: 'set-community', olt, community: 'secret' },
      { code: 'olt-no-snmp-answer-community' },
    ],
    ['falls silent', { kind: 'silent-after', olt, answers: 4 }, { code: 'olt-silent-mid-walk' }],
    [
      'answers from another port',
      { kind: 'answer-from-other-port', olt, on: true },
      { code: 'olt-no-snmp-answer-community' },
    ],
    [
      'answers what nobody asked',
      { kind: 'wrong-request-id', olt, on: true },
      { code: 'olt-no-snmp-answer-community' },
    ],
  ])('an OLT that %s is reported so', async (_title, control, expected) => {
    expect(await test(control)).toMatchObject({ kind: 'failed', ...expected })
  })

  it.each<[string, PlantControl]>([
    ['answers twice', { kind: 'duplicate-answers', olt, on: true }],
    ['loses a tenth of the datagrams', { kind: 'loss', olt, percent: 10 }],
    ['answers at most 600 octets, else tooBig', { kind: 'oversized-bulk', olt, answer: 'too-big' }],
    ['drops answers that are too big', { kind: 'oversized-bulk', olt, answer: 'drop' }],
  ])('an OLT that %s is read whole all the same', async (_title, control) => {
    const small: PlantControl = { kind: 'max-reply-bytes', olt, bytes: 600 }
    expect(await test(small, control)).toMatchObject({ kind: 'recognised', onus: 73, problems: [] })
  })

  it('a table cut short is read as far as it goes, without an error', async () => {
    expect(await test({ kind: 'truncate', olt, rows: 20 })).toMatchObject({
      kind: 'recognised',
      onus: 20,
    })
  })

  it('a session follows the plant while it changes', async () => {
    plant = createSmallPlant()
    const [huawei] = await plant.start()
    if (huawei === undefined) throw new Error('the plant has no OLT')
    const session = await openSnmpSession({
      host: huawei.host,
      port: huawei.port,
      version: '2c',
      community: Buffer.from('public'),
      timeoutMs: 1000,
      retries: 1,
    })
    const driver = openOlt({
      session,
      family: shippedFamily('huawei-smartax-gpon'),
      pace: createWalkPace(),
      utcOffsetMinutes: plantUtcOffsetMinutes,
    })
    const before = await driver.readOnus('status')
    const gone = plant.truth('huawei').onus[5]?.onu ?? ''
    plant.control({ kind: 'remove-onus', olt, which: { onus: [gone] } })
    const after = await driver.readOnus('status')
    session.close()
    expect([before.count, after.count]).toEqual([73, 72])
    expect([...after.address].map((packed) => formatOnu(unpackOnuAddress(packed)))).not.toContain(
      gone,
    )
  })
})
