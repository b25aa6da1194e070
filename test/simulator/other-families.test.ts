import { describe, expect, it } from 'vitest'
import { formatOnu, formatPon, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import {
  downCauses,
  onuStates,
  type DownCause,
  type OnuState,
} from '../../src-shared/domain/onu-state.ts'
import { openOlt, type OltDriver } from '../../src-main/olt/driver.ts'
import { recognise } from '../../src-main/olt/recognise.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import type { SnmpSession } from '../../src-main/olt/snmp/session.ts'
import {
  ScenarioError,
  checkScenario,
  loadScenario,
} from '../../src-main/simulator/scenario-load.ts'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import type { OnuTruth } from '../../src-main/simulator/plant-truth.ts'
import { openMemorySession } from '../olt/support/memory-session.ts'
import { shippedFamilies, shippedFamily } from '../olt/support/shipped-families.ts'
import {
  createOtherPlant,
  otherFamilies,
  otherFamilyNames,
  otherPlantUtcOffsetMinutes,
  type OtherFamily,
} from '../support/other-families-plant.ts'
import { get, manualClock, walk } from '../support/simulated-plant.ts'
import { signed } from '../support/snmp-datagrams.ts'
import { snmpSet } from '../simulator-cli/support/snmp-set.ts'

const openSession = (plant: Plant, olt: string): Promise<SnmpSession> =>
  openMemorySession({
    requests: [],
    answer: (datagram) => {
      const answer = plant.answer(olt, datagram)
      return answer === undefined ? [] : [Buffer.from(answer)]
    },
  })

const driverOf = async (plant: Plant, family: OtherFamily): Promise<OltDriver> =>
  openOlt({
    session: await openSession(plant, family),
    family: shippedFamily(otherFamilies[family].driver),
    pace: createWalkPace(),
    utcOffsetMinutes: otherPlantUtcOffsetMinutes,
  })

type Words<Word> = Readonly<Record<OnuTruth['phase'], Word>>

const inPhases: Words<OnuState> = {
  working: 'online',
  starting: 'starting',
  los: 'offline',
  dyingGasp: 'offline',
  authFailed: 'auth-failed',
  offline: 'offline',
  disabled: 'disabled',
}
const upOrDown: Words<OnuState> = { ...inPhases, starting: 'offline', authFailed: 'offline' }

const states: Readonly<Record<OtherFamily, Words<OnuState>>> = {
  'zte-c600': inPhases,
  'vsol-v1600g': inPhases,
  'cdata-gpon': upOrDown,
  // it has no word for ONUs that are switched off, and none for those it does not let in
  'bdcom-epon': { ...upOrDown, starting: 'starting', disabled: 'offline' },
}

const gasped: Readonly<Record<OnuTruth['cause'], DownCause | null>> = {
  none: null,
  dyingGasp: 'dying-gasp',
  los: 'los',
  losi: 'losi',
  lofi: 'lofi',
  deactivated: 'deactivated',
  rebooted: null,
  authFailed: 'auth-failed',
}

/** What a family tells of why an ONU went down; null: nothing that could be compared. */
const causeOf = (family: OtherFamily, onu: OnuTruth): DownCause | null => {
  if (family === 'bdcom-epon') return null
  if (family !== 'vsol-v1600g') return gasped[onu.cause]
  // the state alone tells, as long as it lasts
  if (onu.phase === 'working') return 'none'
  return onu.phase === 'los' ? 'los' : onu.phase === 'offline' ? null : gasped[onu.cause]
}

const expectTruth = async (plant: Plant, family: OtherFamily): Promise<void> => {
  const truth = new Map(plant.truth(family).onus.map((onu) => [onu.onu, onu]))
  expect(truth.size).toBe(64)
  const olt = await driverOf(plant, family)
  const identity = await olt.readOnus('identity')
  const status = await olt.readOnus('status')
  const optics = await olt.readOnus('optics')
  expect([...identity.problems, ...status.problems, ...optics.problems]).toEqual([])
  expect([identity.count, status.count]).toEqual([64, 64])

  status.address.forEach((packed, row) => {
    const at = formatOnu(unpackOnuAddress(packed))
    const onu = truth.get(at)
    if (onu === undefined) throw new Error(`no ONU ${at} in the plant`)
    const state = onuStates[status.codes.state?.[row] ?? 0]
    const off = status.numbers.adminDisabled?.[row] === 1 ? 'disabled' : state
    expect([at, off]).toEqual([at, states[family][onu.phase]])
    const cause = causeOf(family, onu)
    if (cause !== null) {
      expect([at, downCauses[status.codes.lastDownCause?.[row] ?? 0]]).toEqual([at, cause])
    }
    const who = identity.address.indexOf(packed)
    expect(identity.texts.serial?.[who]).toBe(onu.serial)
    expect(identity.texts.model?.[who]).toContain(onu.equipment)
    if (family !== 'bdcom-epon') {
      const texts = `${identity.texts.name?.[who] ?? ''} ${identity.texts.description?.[who] ?? ''}`
      // a V1600G takes no blanks
      const plain = (text: string): string => text.normalize('NFD').replaceAll(/[^\w.]+/g, '')
      expect(plain(texts.replaceAll('_', ' '))).toContain(plain(onu.address))
      expect(texts).toContain(onu.code)
    }
    const distance = status.numbers.distanceM?.[row]
    if (onu.phase === 'working') expect(distance).toBe(onu.distanceM)
    else expect(distance).toBeNaN()

    const light = optics.address.indexOf(packed)
    const onuRx = optics.numbers.onuRxDbm?.[light] ?? Number.NaN
    const oltRx = optics.numbers.oltRxDbm?.[light] ?? Number.NaN
    if (Number.isNaN(onu.rxDbm)) {
      expect([at, onuRx, oltRx]).toEqual([at, Number.NaN, Number.NaN])
      return
    }
    expect(Math.abs(onuRx - onu.rxDbm)).toBeLessThan(0.051)
    if (family === 'vsol-v1600g') expect(oltRx).toBeNaN()
    else expect(Math.abs(oltRx - onu.oltRxDbm)).toBeLessThan(0.051)
  })
  const phases = new Set([...truth.values()].map(({ phase }) => phase))
  for (const phase of ['working', 'los', 'dyingGasp', 'disabled'] as const) {
    expect(phases).toContain(phase)
  }
}

const clock = manualClock()

/** With the community that the plain walks of the tests use. */
const createWalkedPlant = (): Plant => {
  const plant = createOtherPlant(clock)
  for (const olt of otherFamilyNames) {
    plant.control({ kind: 'set-community', olt, community: 'lab-read' })
  }
  return plant
}

describe('a scenario', () => {
  const olt = (family: string, model: string, pons: readonly object[]) => ({
    name: 'wrong',
    seed: 1,
    community: 'public',
    olts: [{ name: 'A', family, model, pons }],
  })

  it.each([
    ['a model of another family', olt('zte-c600', 'C320', [{ at: '1/1/1', onus: 1 }])],
    ['a ninth PON of a box with eight', olt('vsol-v1600g', 'V1600G1', [{ at: '0/0/9', onus: 1 }])],
    ['port 0 where ports count from 1', olt('cdata-gpon', 'FD1608S', [{ at: '0/0/0', onus: 1 }])],
    ['more than 64 ONUs on EPON', olt('bdcom-epon', 'P3310C', [{ at: '0/0/1', onus: 65 }])],
    ['a line card in a control slot', olt('zte-c600', 'C600', [{ at: '1/10/1', onus: 1 }])],
  ])('with %s is refused', (_title, scenario) => {
    expect(() => checkScenario(scenario)).toThrow(ScenarioError)
  })
})

describe('the scenario of all families', () => {
  const path = new URL('../../assets/scenarios/families.yaml', import.meta.url).pathname

  it('holds one of each, recognised as such, with somebody to authorise and a CLI', async () => {
    const scenario = loadScenario(path)
    const plant = createPlant({ scenario: { ...scenario, community: 'public' }, clock })
    const found = []
    for (const { name } of scenario.olts) {
      const one = await recognise(await openSession(plant, name), shippedFamilies)
      found.push(one.kind === 'family' ? one.family.family : one.kind)
      expect(plant.truth(name).unconfigured).toHaveLength(1)
    }
    expect(found).toEqual([
      'huawei-smartax-gpon',
      'zte-c300-gpon',
      'zte-c600-gpon',
      'vsol-v1600g-gpon',
      'cdata-nscrtv-gpon',
      'bdcom-p33xx-epon',
    ])
    expect(scenario.olts.every(({ cli }) => cli !== undefined)).toBe(true)
  })
})

describe.each(otherFamilyNames)('the simulated %s', (family) => {
  it('is recognised as what it is', async () => {
    const plant = createOtherPlant(clock)
    const found = await recognise(await openSession(plant, family), shippedFamilies)
    expect(found.kind).toBe('family')
    if (found.kind !== 'family') return
    expect(found.family.family).toBe(otherFamilies[family].driver)
    if (family !== 'cdata-gpon')
      expect(found.model).toContain(otherFamilies[family].model.slice(0, 5))
    expect(found.system.sysName).toBe(family)
  })

  it.each([
    ['with markers for missing light', {}],
    ['with light that vanishes', { offlineOptics: 'absent', dateAndTimeOctets: 11 }],
    ['with small answers', { maxReplyBytes: 484 }],
  ])('is read as it is: %s', async (_title, quirks) => {
    await expectTruth(createOtherPlant(clock, quirks), family)
  })

  it('shows its PON ports', async () => {
    const { ports, problems } = await (
      await driverOf(createOtherPlant(clock), family)
    ).readPonPorts()
    expect(problems).toEqual([])
    expect(ports.map(formatPon)).toEqual(otherFamilies[family].pons)
    if (family === 'bdcom-epon') return
    expect(ports.every(({ txDbm }) => txDbm !== null && txDbm > 1 && txDbm < 9)).toBe(true)
  })

  it('lets ONUs come and go while it is read', async () => {
    const plant = createOtherPlant(clock)
    const olt = await driverOf(plant, family)
    const serial = family === 'bdcom-epon' ? '02:BD:C0:0A:0B:0C' : 'ZTEG0A0B0C0D'
    const [pon] = otherFamilies[family].pons
    plant.control({ kind: 'add-onu', olt: family, pon, serial })
    const gone = plant.truth(family).onus[3]?.onu ?? ''
    plant.control({ kind: 'remove-onus', olt: family, which: { onus: [gone] } })
    const { count, texts, address } = await olt.readOnus('identity')
    expect(count).toBe(64)
    expect(texts.serial).toContain(serial)
    expect([...address].map((one) => formatOnu(unpackOnuAddress(one)))).not.toContain(gone)
  })

  it('walks in increasing order, and by GETNEXT as by GETBULK', () => {
    const plant = createWalkedPlant()
    const all = walk(plant, family, '1.3.6.1', 20)
    expect(all.length).toBeGreaterThan(800)
    expect(walk(plant, family, '1.3.6.1')).toEqual(all)
  })
})

describe('bytes of single ONUs', () => {
  it.each(['zte-c600', 'vsol-v1600g', 'bdcom-epon'] as const)(
    'are counted by a %s',
    async (family) => {
      const plant = createOtherPlant(clock)
      const counters = await (await driverOf(plant, family)).readOnus('counters')
      expect(counters.problems).toEqual([])
      expect(counters.count).toBe(64)
      expect(Math.max(...(counters.numbers.downBytes ?? []))).toBeGreaterThan(1e9)
      expect(Math.max(...(counters.numbers.upBytes ?? []))).toBeLessThan(
        Math.max(...(counters.numbers.downBytes ?? [])),
      )
    },
  )
})

describe('a C600', () => {
  it('shows cards and the ONUs that nobody has configured', async () => {
    const plant = createOtherPlant(clock)
    const olt = await driverOf(plant, 'zte-c600')
    const { boards } = await olt.readBoards()
    expect(boards.map(({ name }) => name)).toEqual(['GFGL', 'GFGL', 'SFUB'])
    const truth = plant.truth('zte-c600').unconfigured.map(({ pon, serial }) => [pon, serial])
    const found = (await olt.readUnconfigured()).onus.map((onu) => [formatPon(onu), onu.serial])
    expect(found).toEqual(truth)
  })

  it('is read by either place of the serial number, and without the reasons', async () => {
    const tree = '1.3.6.1.4.1.3902.1082.500.10.2.3'
    await expectTruth(createOtherPlant(clock, { lackingColumns: [`${tree}.3.1.18`] }), 'zte-c600')
    await expectTruth(createOtherPlant(clock, { unknownObjects: [`${tree}.3.1.6`] }), 'zte-c600')
    const plant = createOtherPlant(clock, { unknownObjects: [`${tree}.8.1.7`] })
    const status = await (await driverOf(plant, 'zte-c600')).readOnus('status')
    expect([status.count, status.problems]).toEqual([64, []])
    expect(status.notOffered).toContain('lastDownCause')
  })

  it('knows nothing of the 1012 tree', () => {
    const plant = createWalkedPlant()
    expect(walk(plant, 'zte-c600', '1.3.6.1.4.1.3902.1012')).toEqual([])
    expect(walk(plant, 'zte-c600', '1.3.6.1.4.1.3902.1015')).toEqual([])
  })
})

describe('a V1600G whose firmware offers no light', () => {
  it('is read without it, and not as 0', async () => {
    const plant = createOtherPlant(clock, {
      unknownObjects: ['1.3.6.1.4.1.37950.1.1.6.1.1.3'],
    })
    const optics = await (await driverOf(plant, 'vsol-v1600g')).readOnus('optics')
    expect(optics).toMatchObject({ count: 0, problems: [] })
    expect(optics.notOffered).toContain('onuRxDbm')
  })
})

describe('an FD1608S', () => {
  it('that shows one ONU alone, as V3.3.86 does, is read as far as it goes', async () => {
    const plant = createOtherPlant(clock)
    plant.control({ kind: 'truncate', olt: 'cdata-gpon', rows: 1 })
    const status = await (await driverOf(plant, 'cdata-gpon')).readOnus('status')
    expect([status.count, status.problems]).toEqual([1, []])
  })

  it('numbers ONUs as device, slot, port and ONU in one', () => {
    const plant = createWalkedPlant()
    const [first] = walk(plant, 'cdata-gpon', '1.3.6.1.4.1.17409.2.8.4.1.1.7')
    const onu = Number(plant.truth('cdata-gpon').onus[0]?.onu.split(':')[1])
    expect(first?.oid.endsWith(`.${0x01000100 + onu}`)).toBe(true)
  })

  it('lists what nobody has configured, with serial numbers as text', () => {
    const plant = createWalkedPlant()
    const found = walk(plant, 'cdata-gpon', '1.3.6.1.4.1.17409.2.8.4.7.1.3')
    const serials = found.map(({ value }) => Buffer.from(value).toString('latin1'))
    expect(serials).toEqual(plant.truth('cdata-gpon').unconfigured.map(({ serial }) => serial))
  })
})

describe('a P3310C', () => {
  it('names ONUs by their MAC address and knows them by an interface of their own', async () => {
    const plant = createWalkedPlant()
    const truth = plant.truth('bdcom-epon')
    expect(truth.onus.every(({ serial }) => /^02(?::[0-9A-F]{2}){5}$/.test(serial))).toBe(true)
    expect(new Set(truth.onus.map(({ serial }) => serial)).size).toBe(64)
    const [mac] = walk(plant, 'bdcom-epon', '1.3.6.1.4.1.3320.101.10.1.1.3')
    const ifIndex = mac?.oid.split('.').at(-1) ?? ''
    const name = get(plant, 'bdcom-epon', `1.3.6.1.2.1.31.1.1.1.1.${ifIndex}`)
    const [, , rest = ''] = (truth.onus[0]?.onu ?? '').split('/')
    expect(Buffer.from(name.value).toString('latin1')).toBe(`EPON0/${rest}`)
    expect(
      Buffer.from(mac?.value ?? [])
        .toString('hex')
        .toUpperCase(),
    ).toBe(truth.onus[0]?.serial.replaceAll(':', ''))
  })

  it('counts who is there and who is not', () => {
    const plant = createWalkedPlant()
    const { onus } = plant.truth('bdcom-epon')
    const on = onus.filter(({ onu, phase }) => onu.startsWith('0/0/1:') && phase === 'working')
    const count = (column: number) =>
      signed(get(plant, 'bdcom-epon', `1.3.6.1.4.1.3320.101.6.1.1.${column}.7`).value)
    expect([count(21), count(21) + count(22)]).toEqual([on.length, 52])
  })
})

describe('writing by SNMP', () => {
  const written = (family: OtherFamily) => {
    const plant = createOtherPlant(clock, {}, { writeCommunity: 'lab-write' })
    const onu = plant.truth(family).onus.find(({ phase }) => phase === 'working')
    if (onu === undefined) throw new Error('nobody works')
    const set = (oid: string, value: number): number =>
      snmpSet(plant, family, 'lab-write', oid, { type: 'integer', value })
    const phaseNow = () =>
      plant.truth(family).onus.find(({ serial }) => serial === onu.serial)?.phase
    return { plant, onu, id: Number(onu.onu.split(':')[1]), set, phaseNow }
  }
  const [done, wrongValue] = [0, 10]

  it('switches, reboots and removes an ONU of a V1600G: PON and ONU first', () => {
    const { id, set, phaseNow } = written('vsol-v1600g')
    const action = '1.3.6.1.4.1.37950.1.1.6.1.1.5'
    expect(set(`${action}.3.0`, 4)).toBe(wrongValue)
    expect([set(`${action}.1.0`, 1), set(`${action}.2.0`, id)]).toEqual([done, done])
    expect(set(`${action}.3.0`, 9)).toBe(wrongValue)
    expect(set(`${action}.3.0`, 4)).toBe(done)
    expect(phaseNow()).toBe('disabled')
    expect(set(`${action}.3.0`, 2)).toBe(done)
    expect(phaseNow()).toBeUndefined()
  })

  it('switches and reboots an ONU of an FD1608S', () => {
    const { id, set, phaseNow } = written('cdata-gpon')
    const cell = (column: number) => `1.3.6.1.4.1.17409.2.8.4.1.1.${column}.${0x01000100 + id}`
    expect([set(cell(11), 3), set(cell(10), 2)]).toEqual([wrongValue, wrongValue])
    expect(set(cell(11), 2)).toBe(done)
    expect(phaseNow()).toBe('disabled')
    expect([set(cell(11), 1), set(cell(10), 1)]).toEqual([done, done])
    expect(phaseNow()).toBe('offline')
    expect(set('1.3.6.1.4.1.17409.2.3.1.1.14.0', 1)).toBe(done)
  })

  it('reboots an ONU of a P3310C with 0', () => {
    const { plant, onu, set, phaseNow } = written('bdcom-epon')
    const row = plant.truth('bdcom-epon').onus.findIndex(({ serial }) => serial === onu.serial)
    const cell = `1.3.6.1.4.1.3320.101.10.1.1.29.${30 + row}`
    expect(set(cell, 1)).toBe(wrongValue)
    expect(set(cell, 0)).toBe(done)
    expect(phaseNow()).toBe('offline')
  })
})
