import { describe, expect, it } from 'vitest'
import type { DeviceStep } from '../../src-shared/domain/device-steps.ts'
import type { OnuConfig, OnuService } from '../../src-shared/domain/onu-config.ts'
import { simulatedOlt } from './simulated-olt.ts'

const olt = {
  name: 'HW',
  family: 'huawei-smartax',
  model: 'MA5608T',
  pons: [
    { at: '0/0/0', onus: 3 },
    { at: '0/0/1', onus: 2 },
  ],
}
const signal = new AbortController().signal
const serial = 'HWTC11E70E9A'
const address = { shelf: 0, slot: 0, port: 0, onuId: 77 }
const service: OnuService = {
  index: null,
  vlan: 110,
  userVlan: 100,
  gemPort: 1,
  upProfile: '12',
  downProfile: '22',
}
const added: DeviceStep = {
  kind: 'add-onu',
  address,
  serial,
  onuType: null,
  lineProfile: '12',
  serviceProfile: '101',
  name: null,
  description: 'Rumah 7, Jl. Melati',
}

const withOnu = async () => {
  const olt1 = await simulatedOlt('huawei-smartax-gpon', olt)
  olt1.plant.control({ kind: 'add-unconfigured', olt: 'HW', pon: '0/0/0', serial })
  const run = (...steps: readonly DeviceStep[]) =>
    olt1.port.withWriter(signal, async (writer) => {
      const outcomes = []
      for (const step of steps) outcomes.push(await writer.run(step, signal))
      return outcomes
    })
  const read = (): Promise<OnuConfig | null> => olt1.port.readOnu(address, signal)
  return { ...olt1, run, read }
}

describe('a SmartAX by its cli.yaml, against the simulated one,', { timeout: 60_000 }, () => {
  it('refuses what the OLT refuses, in the console’s words', async () => {
    const { run, read } = await withOnu()
    const outcomes = await run(
      { ...added, lineProfile: '8000' },
      { kind: 'set-admin', address, enabled: false },
      added,
      added,
      { ...added, serial: 'HWTC11E70E9B' },
      { kind: 'add-service', address, service: { ...service, vlan: 4000 } },
      { kind: 'add-service', address, service: { ...service, gemPort: 99 } },
      { kind: 'remove-service', address, service },
    )
    expect(outcomes.map((one) => ('problem' in one ? one.problem.code : one.kind))).toEqual([
      'onu-profile-missing',
      'onu-not-there',
      'done',
      'onu-serial-exists',
      'onu-id-taken',
      'onu-vlan-missing',
      'onu-gem-missing',
      'onu-service-missing',
    ])
    expect(await read()).toMatchObject({ serial })
  })

  it('authorises what waits, and reads back what it wrote', async () => {
    const { port, run, read, found } = await withOnu()
    expect(await port.readFound(signal)).toMatchObject([
      { pon: { shelf: 0, slot: 0, port: 0 }, serial },
    ])
    expect(await run(added, { kind: 'add-service', address, service })).toMatchObject([
      { kind: 'done', onuId: 77 },
      { kind: 'done' },
    ])
    expect(found()).toEqual([])
    expect(await port.findSerial(serial, signal)).toEqual(address)
    expect(await read()).toMatchObject({
      serial,
      lineProfile: '12',
      serviceProfile: '101',
      description: 'Rumah 7, Jl. Melati',
      adminEnabled: true,
      services: [{ ...service, index: expect.any(Number) }],
    })
  })

  it('changes each setting there and back', async () => {
    const { run, read } = await withOnu()
    await run(added, { kind: 'add-service', address, service })
    const before = await read()
    const there: readonly DeviceStep[] = [
      {
        kind: 'describe',
        address,
        name: null,
        description: 'A text that is longer than one line of the answer can be (64)',
      },
      { kind: 'set-profiles', address, lineProfile: '20', serviceProfile: '104' },
      {
        kind: 'set-eth-port',
        address,
        ethPort: { port: 1, mode: 'access', vlan: 200, adminEnabled: null },
      },
      { kind: 'set-admin', address, enabled: false },
      { kind: 'set-serial', address, serial: 'HWTC11E70E9C' },
      { kind: 'remove-service', address, service },
    ]
    expect((await run(...there)).map(({ kind }) => kind)).toEqual(there.map(() => 'done'))
    expect(await read()).toMatchObject({
      serial: 'HWTC11E70E9C',
      lineProfile: '20',
      serviceProfile: '104',
      description: 'A text that is longer than one line of the answer can be (64)',
      adminEnabled: false,
      services: [],
    })
    const back = await run(
      { kind: 'set-serial', address, serial },
      { kind: 'set-admin', address, enabled: true },
      { kind: 'describe', address, name: null, description: 'Rumah 7, Jl. Melati' },
      { kind: 'set-profiles', address, lineProfile: '12', serviceProfile: '101' },
      {
        kind: 'set-eth-port',
        address,
        ethPort: { port: 1, mode: 'access', vlan: 1, adminEnabled: null },
      },
      { kind: 'add-service', address, service },
    )
    expect(back.map(({ kind }) => kind)).toEqual(back.map(() => 'done'))
    expect({ ...(await read()), services: null }).toEqual({ ...before, services: null })
    await run({ kind: 'describe', address, name: null, description: '' })
    expect(await read()).toMatchObject({ description: '' })
  })

  it('removes an ONU with its services, and without any', async () => {
    const { run, read } = await withOnu()
    expect(await run(added, { kind: 'remove-onu', address })).toMatchObject([
      { kind: 'done' },
      { kind: 'done' },
    ])
    expect(await read()).toBeNull()
    await run(added, { kind: 'add-service', address, service })
    expect(await run({ kind: 'remove-onu', address }, { kind: 'save' })).toMatchObject([
      { kind: 'done' },
      { kind: 'done' },
    ])
    expect(await read()).toBeNull()
  })

  it('reads a whole PON port, its catalogue and its configuration', async () => {
    const { port } = await simulatedOlt('huawei-smartax-gpon', olt)
    const steps: (readonly [number, number | null])[] = []
    const configs = await port.readPon({ shelf: 0, slot: 0, port: 0 }, signal, (done, total) =>
      steps.push([done, total]),
    )
    expect([...configs.keys()]).toEqual([0, 1, 2])
    expect(steps.at(-1)).toEqual([3, 3])
    const one = await port.readOnu({ shelf: 0, slot: 0, port: 0, onuId: 1 }, signal)
    expect(configs.get(1)).toEqual({ ...one, ethPorts: null })
    const catalogue = await port.readCatalogue(signal)
    expect(catalogue['line-profiles']).toContainEqual(
      expect.objectContaining({ id: '12', name: 'HOME-100M' }),
    )
    expect(catalogue['traffic-tables']?.some(({ downKbps }) => downKbps !== null)).toBe(true)
    expect(catalogue.vlans?.map(({ id }) => id)).toContain('110')
    expect(await port.readConfiguration(signal)).toContain('sysname HW')
  })
})
