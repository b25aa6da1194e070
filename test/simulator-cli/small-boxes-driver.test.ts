import { describe, expect, it } from 'vitest'
import type { DeviceStep } from '../../src-shared/domain/device-steps.ts'
import type { OnuService } from '../../src-shared/domain/onu-config.ts'
import { address, boxes, open, pon, signal } from './support/small-boxes.ts'

/** The console's words for these boxes (cli.yaml), against the boxes as they are simulated here. */

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

describe('services of one ONU', () => {
  it.each(boxes.filter(({ family }) => family !== 'bdcom-epon'))(
    'come and go on a $family',
    async (box) => {
      const { run, add, read } = await open(box)
      const service: OnuService = {
        index: null,
        vlan: 200,
        userVlan: 200,
        gemPort: 2,
        upProfile: null,
        downProfile: null,
      }
      expect(await run(add, { kind: 'add-service', address, service })).toEqual(['done', 'done'])
      const there = await read()
      expect(there?.services).toMatchObject([{ vlan: 200, userVlan: 200, gemPort: 2 }])
      const [written = service] = there?.services ?? []
      expect(await run({ kind: 'remove-service', address, service: written })).toEqual(['done'])
      expect((await read())?.services).toEqual([])
      expect(await run({ kind: 'remove-onu', address })).toEqual(['done'])
    },
  )
})

describe('an Ethernet port', () => {
  it.each(boxes)('gets a VLAN and loses it on a $family', async (box) => {
    const { run, add, read } = await open(box)
    await run(add)
    const before = await read()
    const set = (mode: 'access' | 'transparent', vlan: number | null): DeviceStep => ({
      kind: 'set-eth-port',
      address,
      ethPort: { port: 1, mode, vlan, adminEnabled: null },
    })
    expect(await run(set('access', 300))).toEqual(['done'])
    expect((await read())?.ethPorts?.[0]).toMatchObject({ port: 1, mode: 'access', vlan: 300 })
    expect(await run(set('transparent', null))).toEqual(['done'])
    expect(await read()).toEqual(before)
  })
})

describe('profiles', () => {
  it.each(boxes.filter(({ lineProfile }) => lineProfile !== null))(
    'are listed and bound on a $family',
    async (box) => {
      const { run, add, read, port } = await open(box)
      const lists = await port.readCatalogue(signal)
      const other = lists['line-profiles']?.find(({ name }) => name === 'HOME-300M')
      expect(lists.vlans?.map(({ id }) => id)).toContain('110')
      expect(lists['service-profiles']?.map(({ id }) => id)).toContain(box.serviceProfile)
      await run(add)
      const bind = (lineProfile: string): DeviceStep => ({
        kind: 'set-profiles',
        address,
        lineProfile,
        serviceProfile: null,
      })
      expect(await run(bind(other?.id ?? ''))).toEqual(['done'])
      expect(await read()).toMatchObject({ lineProfile: other?.id })
      expect(await run(bind(box.lineProfile ?? ''))).toEqual(['done'])
      expect(await read()).toMatchObject({ lineProfile: box.lineProfile })
    },
  )
})

describe('trouble at the CLI', () => {
  it.each(boxes)('is read past on a $family: log lines, pages, silence', async (box) => {
    const { run, add, read, plant } = await open(box)
    await run(add)
    const calm = await read()
    for (const act of [
      { kind: 'noise', where: 'before' },
      { kind: 'noise', where: 'after-prompt' },
      { kind: 'pager', lines: 2 },
      { kind: 'pause', ms: 30 },
    ] as const) {
      plant.control({ kind: 'cli-fault', olt: 'BOX-1', act, matching: '^show', times: 2 })
      expect([act, await read()]).toEqual([act, calm])
    }
  })

  it.each(boxes)('is told on a $family: busy, and a line lost on its way', async (box) => {
    const { run, add, read, plant } = await open(box)
    const matching = '(onu add|ont add|bind-onu)'
    plant.control({ kind: 'cli-fault', olt: 'BOX-1', act: { kind: 'busy' }, matching })
    expect(await run(add)).toEqual(['refused cli-busy'])
    expect(await read()).toBeNull()
    const act = { kind: 'drop', when: 'after-effect' } as const
    plant.control({ kind: 'cli-fault', olt: 'BOX-1', act, matching })
    const [outcome] = await run(add)
    expect(outcome).toMatch(/^unknown /)
    expect(await read()).toMatchObject({ serial: box.serial })
  })
})
