import { describe, expect, it } from 'vitest'
import type { DeviceStep } from '../../src-shared/domain/device-steps.ts'
import type { OnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { OnuConfig, OnuService, OnuWan } from '../../src-shared/domain/onu-config.ts'
import { simulatedOlt } from './simulated-olt.ts'

/**
 * Every family against the simulated OLT, which somebody else has made from the facts: what a step
 * writes is read back as the same, and can be taken back.
 */
interface FamilyCase {
  readonly family: string
  readonly olt: Record<string, unknown>
  readonly pon: string
  readonly address: OnuAddress
  readonly serial: string
  readonly added: Partial<Extract<DeviceStep, { kind: 'add-onu' }>>
  readonly service: OnuService | null
  /** Steps there and back, beside those of all. */
  readonly changes: readonly (readonly [DeviceStep, DeviceStep])[]
  readonly found: boolean
}

const signal = new AbortController().signal
const zte: OnuAddress = { shelf: 1, slot: 2, port: 1, onuId: 77 }
const small: OnuAddress = { shelf: 0, slot: 0, port: 1, onuId: 55 }
const service = (patch: Partial<OnuService> = {}): OnuService => ({
  index: null,
  vlan: 110,
  userVlan: 100,
  gemPort: 1,
  upProfile: null,
  downProfile: null,
  ...patch,
})
const port1 = (address: OnuAddress, vlan: number | null): DeviceStep => ({
  kind: 'set-eth-port',
  address,
  ethPort: { port: 1, mode: vlan === null ? 'transparent' : 'access', vlan, adminEnabled: null },
})
const admin = (address: OnuAddress, enabled: boolean): DeviceStep => ({
  kind: 'set-admin',
  address,
  enabled,
})
const profiles = (
  address: OnuAddress,
  lineProfile: string,
  serviceProfile: string,
): DeviceStep => ({ kind: 'set-profiles', address, lineProfile, serviceProfile })

const wan = (mode: 'pppoe' | 'dhcp', vlan: number, userName: string | null): OnuWan => ({
  mode,
  vlan,
  ip: null,
  mask: null,
  gateway: null,
  userName,
})

const zteCase = (family: string, olt: Record<string, unknown>): FamilyCase => ({
  family,
  olt: {
    name: 'OLT',
    pons: [
      { at: '1/2/1', onus: 3 },
      { at: '1/2/2', onus: 0 },
    ],
    ...olt,
  },
  pon: '1/2/1',
  address: zte,
  serial: 'ZTEGC0FFEE01',
  added: { name: 'Rumah_7' },
  service: service(),
  changes: [
    [port1(zte, 200), port1(zte, null)],
    [admin(zte, false), admin(zte, true)],
    [
      { kind: 'set-wan', address: zte, wan: wan('pppoe', 200, 'rumah7@isp') },
      { kind: 'set-wan', address: zte, wan: wan('dhcp', 210, null) },
    ],
    [
      { kind: 'set-wifi', address: zte, wifi: { index: 1, ssid: 'Rumah7', enabled: false } },
      { kind: 'set-wifi', address: zte, wifi: { index: 1, ssid: 'Rumah', enabled: true } },
    ],
    [
      { kind: 'describe', address: zte, name: 'Toko', description: null },
      { kind: 'describe', address: zte, name: 'Rumah_7', description: null },
    ],
  ],
  found: true,
})

const cases: readonly FamilyCase[] = [
  zteCase('zte-c300-gpon', { family: 'zte-c300', model: 'C320' }),
  zteCase('zte-c600-gpon', { family: 'zte-c600', model: 'C600' }),
  {
    family: 'vsol-v1600g-gpon',
    olt: { name: 'OLT', family: 'vsol-v1600g', model: 'V1600G1', pons: [{ at: '0/0/1', onus: 3 }] },
    pon: '0/0/1',
    address: small,
    serial: 'GPON002E64F8',
    added: {},
    service: service(),
    changes: [
      [admin(small, false), admin(small, true)],
      [port1(small, 200), port1(small, null)],
    ],
    found: true,
  },
  {
    family: 'cdata-nscrtv-gpon',
    olt: { name: 'OLT', family: 'cdata-gpon', model: 'FD1608S', pons: [{ at: '0/0/1', onus: 3 }] },
    pon: '0/0/1',
    address: small,
    serial: 'CDTCAFD296DB',
    added: {},
    service: service(),
    changes: [
      [admin(small, false), admin(small, true)],
      [port1(small, 200), port1(small, null)],
    ],
    found: true,
  },
  {
    family: 'bdcom-p33xx-epon',
    olt: { name: 'OLT', family: 'bdcom-epon', model: 'P3310C', pons: [{ at: '0/0/1', onus: 3 }] },
    pon: '0/0/1',
    address: small,
    serial: '02BDC0123456',
    added: {},
    service: null,
    changes: [[port1(small, 200), port1(small, null)]],
    found: true,
  },
]

describe.each(cases.map((one) => [one.family, one] as const))('%s', (_name, one) => {
  it('reads, authorises, changes there and back, and removes', async () => {
    const { address, serial } = one
    const pon = { shelf: address.shelf, slot: address.slot, port: address.port }
    const { port, plant } = await simulatedOlt(one.family, one.olt, [pon])
    const { abilities } = port
    const run = (...steps: readonly DeviceStep[]) =>
      port.withWriter(signal, async (writer) => {
        const outcomes = []
        for (const step of steps)
          outcomes.push(await writer.run(step, signal, { pppoe: 'hush-hush' }))
        return outcomes
      })
    const done = async (...steps: readonly DeviceStep[]): Promise<void> => {
      const outcomes = await run(...steps)
      expect(outcomes).toEqual(steps.map(() => expect.objectContaining({ kind: 'done' })))
    }
    const read = (): Promise<OnuConfig | null> => port.readOnu(address, signal)

    const before = await port.readPon(pon, signal)
    expect(before.size).toBe(3)
    const [firstId = 0, first] = [...before][0] ?? []
    expect(await port.readOnu({ ...pon, onuId: firstId }, signal)).toEqual(first)
    expect(await read()).toBeNull()
    const catalogue = await port.readCatalogue(signal)
    expect(Object.keys(catalogue).toSorted()).toEqual([...abilities.catalogues].toSorted())
    for (const kind of abilities.catalogues) expect(catalogue[kind]?.length).toBeGreaterThan(0)

    plant.control({
      kind: 'add-unconfigured',
      olt: 'OLT',
      pon: one.pon,
      serial: one.family.includes('epon') ? (serial.match(/../g)?.join(':') ?? '') : serial,
    })
    const found = await port.readFound(signal)
    expect(found).toMatchObject([{ pon, serial }])

    const type = catalogue['onu-types']?.[0]?.id ?? null
    const lines = catalogue['line-profiles'] ?? []
    const services = catalogue['service-profiles'] ?? []
    const added: DeviceStep = {
      kind: 'add-onu',
      address,
      serial,
      onuType: type,
      lineProfile: lines[0]?.id ?? null,
      serviceProfile: services[0]?.id ?? null,
      name: null,
      description: 'Pelanggan_7',
      ...one.added,
    }
    await done(added)
    const fresh = await read()
    const told = (
      value: string | null,
      part: 'name' | 'onuType' | 'lineProfile' | 'serviceProfile',
    ) => (abilities.reads.includes(part) ? value : null)
    expect(fresh).toMatchObject({
      serial,
      onuType: told(type, 'onuType'),
      lineProfile: told(added.lineProfile, 'lineProfile'),
      serviceProfile: told(added.serviceProfile, 'serviceProfile'),
      name: told(added.name, 'name'),
      description: 'Pelanggan_7',
    })
    expect(await port.findSerial(serial, signal)).toEqual(address)
    expect((await run(added))[0]).toMatchObject({ kind: 'refused' })

    if (one.service !== null) {
      const tables = catalogue['traffic-tables'] ?? []
      const wanted: OnuService = {
        ...one.service,
        upProfile:
          tables.find(({ upKbps, downKbps }) => upKbps !== null && downKbps === null)?.id ?? null,
        downProfile:
          tables.find(({ downKbps, upKbps }) => downKbps !== null && upKbps === null)?.id ?? null,
      }
      await done({ kind: 'add-service', address, service: wanted })
      expect((await read())?.services).toMatchObject([{ ...wanted, index: expect.any(Number) }])
      await done({ kind: 'remove-service', address, service: wanted })
      expect((await read())?.services).toEqual([])
      expect((await run({ kind: 'remove-service', address, service: wanted }))[0]?.kind).not.toBe(
        'done',
      )
    }
    for (const [there, back] of one.changes) {
      await done(there)
      expectSaid(there, await read())
      await done(back)
      expectSaid(back, await read())
    }
    const settled = await read()
    expect({ ...settled, services: null, ethPorts: null, wan: null, wifi: null }).toEqual({
      ...fresh,
      services: null,
      ethPorts: null,
      wan: null,
      wifi: null,
    })
    if (lines.length > 1 && services.length > 1) {
      await done(profiles(address, lines[1]?.id ?? '', services[1]?.id ?? ''))
      expect(await read()).toMatchObject({
        lineProfile: lines[1]?.id,
        serviceProfile: services[1]?.id,
      })
    }
    await done({ kind: 'describe', address, name: null, description: '' })
    expect((await read())?.description ?? '').toBe('')
    await done({ kind: 'remove-onu', address })
    expect(await read()).toBeNull()
    await done({ kind: 'save' })
    expect((await port.readConfiguration(signal)).length).toBeGreaterThan(200)
  }, 60_000)
})

/** What a step sets stands in what is read. */
const expectSaid = (step: DeviceStep, config: OnuConfig | null): void => {
  switch (step.kind) {
    case 'set-admin':
      expect(config?.adminEnabled).toBe(step.enabled)
      break
    case 'describe':
      expect(config).toMatchObject({ name: step.name })
      break
    case 'set-eth-port': {
      const { port, mode, vlan } = step.ethPort
      const found = config?.ethPorts?.find((one) => one.port === port)
      expect({ mode: found?.mode ?? 'transparent', vlan: found?.vlan ?? null }).toEqual({
        mode,
        vlan,
      })
      break
    }
    case 'set-wan':
      expect(config?.wan).toEqual(step.wan)
      break
    case 'set-wifi':
      expect(config?.wifi).toEqual([step.wifi])
      break
    default:
      throw new Error(`not looked at: ${step.kind}`)
  }
}
