import { describe, expect, it } from 'vitest'
import type { OnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { DeviceStep } from '../../src-shared/domain/device-steps.ts'
import type { OnuConfig } from '../../src-shared/domain/onu-config.ts'
import { simulatedOlt } from '../olt-cli/simulated-olt.ts'

/** The console's words for these boxes (cli.yaml), against the boxes as they are simulated here. */

const signal = new AbortController().signal

interface Box {
  readonly family: string
  readonly driver: string
  readonly model: string
  /** As the plant and as the configuration write it. */
  readonly plugged: string
  readonly serial: string
  readonly lineProfile: string | null
  readonly serviceProfile: string | null
  readonly text: string
  readonly otherText: string
}

const boxes: readonly Box[] = [
  {
    family: 'vsol-v1600g',
    driver: 'vsol-v1600g-gpon',
    model: 'V1600G1',
    plugged: 'GPON0A0B0C0D',
    serial: 'GPON0A0B0C0D',
    lineProfile: 'HOME-100M',
    serviceProfile: 'V2801RGW',
    text: 'Rumah_7',
    otherText: 'Rumah_8',
  },
  {
    family: 'cdata-gpon',
    driver: 'cdata-nscrtv-gpon',
    model: 'FD1608S',
    plugged: 'CDTC0A0B0C0D',
    serial: 'CDTC0A0B0C0D',
    lineProfile: '12',
    serviceProfile: '101',
    text: 'Rumah 7, Jl. Melati',
    otherText: 'Rumah 8',
  },
  {
    family: 'bdcom-epon',
    driver: 'bdcom-p33xx-epon',
    model: 'P3310C',
    plugged: '02:BD:C0:0A:0B:0C',
    serial: '02BDC00A0B0C',
    lineProfile: null,
    serviceProfile: null,
    text: 'Rumah_7',
    otherText: 'Rumah_8',
  },
]

const pon = { shelf: 0, slot: 0, port: 1 }
const address: OnuAddress = { ...pon, onuId: 40 }

const open = async (box: Box) => {
  const olt = {
    name: 'BOX-1',
    family: box.family,
    model: box.model,
    pons: [
      { at: '0/0/1', onus: 4 },
      { at: '0/0/2', onus: 2 },
    ],
  }
  const opened = await simulatedOlt(box.driver, olt, [pon, { ...pon, port: 2 }])
  opened.plant.control({
    kind: 'add-unconfigured',
    olt: 'BOX-1',
    pon: '0/0/1',
    serial: box.plugged,
  })
  const add: DeviceStep = {
    kind: 'add-onu',
    address,
    serial: box.serial,
    onuType: null,
    lineProfile: box.lineProfile,
    serviceProfile: box.serviceProfile,
    name: null,
    description: box.text,
  }
  return {
    ...opened,
    add,
    read: (): Promise<OnuConfig | null> => opened.port.readOnu(address, signal),
    run: (...steps: readonly DeviceStep[]) =>
      opened.port.withWriter(signal, async (writer) => {
        const outcomes = []
        for (const step of steps) outcomes.push(await writer.run(step, signal))
        return outcomes.map((one) =>
          'problem' in one ? `${one.kind} ${one.problem.code}` : one.kind,
        )
      }),
  }
}

describe.each(boxes)('the simulated $family', (box) => {
  it('refuses in words that the console understands', async () => {
    const { run, add } = await open(box)
    const other = { ...add, serial: box.serial.replace(/.$/, 'E') }
    expect(await run({ kind: 'reboot', address })).toEqual(['refused onu-not-there'])
    expect(await run(add, { ...add, address: { ...address, onuId: 41 } }, other)).toEqual([
      'done',
      'refused onu-serial-exists',
      'refused onu-id-taken',
    ])
  })

  it('lists what waits to be authorised', async () => {
    const { port } = await open(box)
    expect(await port.readFound(signal)).toMatchObject([{ pon, serial: box.serial }])
  })

  it('authorises, and shows what was written', async () => {
    const { run, add, read, found, plant } = await open(box)
    expect(await run(add)).toEqual(['done'])
    expect(found()).toEqual([])
    expect(await read()).toMatchObject({ serial: box.serial, description: box.text })
    expect(plant.truth('BOX-1').onus.find(({ onu }) => onu === '0/0/1:40')?.serial).toBe(
      box.plugged,
    )
  })

  it('changes a text there and back, and removes', async () => {
    const { run, add, read, plant } = await open(box)
    const say = (description: string): DeviceStep => ({
      kind: 'describe',
      address,
      name: null,
      description,
    })
    await run(add)
    const before = await read()
    expect(await run(say(box.otherText))).toEqual(['done'])
    expect(await read()).toMatchObject({ description: box.otherText })
    expect(await run(say(''), say(box.text))).toEqual(['done', 'done'])
    expect(await read()).toEqual(before)
    expect(await run({ kind: 'remove-onu', address }, { kind: 'save' })).toEqual(['done', 'done'])
    expect(await read()).toBeNull()
    expect(plant.truth('BOX-1').onus.map(({ serial }) => serial)).not.toContain(box.plugged)
  })

  it('gives all ONUs of a port, and its configuration', async () => {
    const { port, plant } = await open(box)
    const configs = await port.readPon(pon, signal)
    const truth = plant.truth('BOX-1').onus.filter(({ onu }) => onu.startsWith('0/0/1:'))
    expect([...configs.keys()]).toEqual(truth.map(({ onu }) => Number(onu.split(':')[1])))
    expect([...configs.values()].map(({ serial }) => serial)).toEqual(
      truth.map(({ serial }) => serial.replaceAll(':', '')),
    )
    expect(await port.readConfiguration(signal)).toContain('BOX-1')
  })
})

describe('switching off and on', () => {
  it.each(boxes.filter(({ family }) => family !== 'bdcom-epon'))('by a $family', async (box) => {
    const { run, add, read } = await open(box)
    await run(add)
    expect(await run({ kind: 'set-admin', address, enabled: false })).toEqual(['done'])
    expect(await read()).toMatchObject({ adminEnabled: false })
    expect(await run({ kind: 'set-admin', address, enabled: true })).toEqual(['done'])
    expect(await read()).toMatchObject({ adminEnabled: true })
  })
})
