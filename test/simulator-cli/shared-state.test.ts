import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { expandOlts, loadScenario } from '../../src-main/simulator/scenario-load.ts'
import type { CliPerson } from './support/cli-person.ts'
import { byTelnet } from './support/cli-person.ts'
import { cliPlant, huaweiOlt, telnetIn, zteOlt } from './support/cli-plant.ts'
import { snmpGet, snmpSet } from './support/snmp-set.ts'
import { startTftpReceiver } from './support/tftp-receiver.ts'

const hw = /HW(\([\w/-]+\))?[#>]$/
const huaweiOnt = '1.3.6.1.4.1.2011.6.128.1.1.2'
const zte = '1.3.6.1.4.1.3902'

const ready = async (person: CliPerson, ...lines: readonly string[]): Promise<CliPerson> => {
  for (const line of ['enable', 'undo smart', 'scroll', 'config', ...lines]) {
    await person.say(line, hw)
  }
  return person
}

describe('what the CLI sets, SNMP tells', () => {
  it('of a description, a profile, a serial and an ONU that is switched off', async () => {
    const { cli, plant } = await cliPlant(huaweiOlt)
    const index = '4194304000.2'
    const person = await ready(await telnetIn(cli), 'interface gpon 0/0')
    await person.say('ont modify 0 2 desc "Jl. Baru No.9"', hw)
    await person.say('ont modify 0 2 ont-lineprofile-id 13', hw)
    await person.say('ont deactivate 0 2', hw)
    expect(snmpGet(plant, 'HW', `${huaweiOnt}.43.1.9.${index}`)).toBe('Jl. Baru No.9')
    expect(snmpGet(plant, 'HW', `${huaweiOnt}.43.1.7.${index}`)).toBe('HOME-300M')
    expect(snmpGet(plant, 'HW', `${huaweiOnt}.46.1.1.${index}`)).toBe('\u0002')
    await person.say('ont activate 0 2', hw)
    expect(snmpGet(plant, 'HW', `${huaweiOnt}.46.1.1.${index}`)).toBe('\u0001')
    await person.say('ont modify 0 2 sn 48575443AABBCCDD', hw)
    expect(snmpGet(plant, 'HW', `${huaweiOnt}.43.1.3.${index}`)).toBe(
      'HWTC\u00aa\u00bb\u00cc\u00dd',
    )
    expect(snmpGet(plant, 'HW', `${huaweiOnt}.43.1.9.${index}`)).toBe('Jl. Baru No.9')
  })

  it('and what SNMP sets, the CLI tells; only the write community may', async () => {
    const { cli, plant, onu } = await cliPlant(huaweiOlt)
    const index = '4194304000.1'
    const person = await ready(await telnetIn(cli))
    const off = { type: 'integer', value: 2 } as const
    const admin = `${huaweiOnt}.46.1.1.${index}`
    expect(snmpSet(plant, 'HW', 'lab-read', admin, off)).toBe(17)
    expect(onu('0/0/0:1')?.enabled).toBe(true)
    expect(snmpSet(plant, 'HW', 'lab-write', admin, { type: 'integer', value: 7 })).toBe(10)
    expect(snmpSet(plant, 'HW', 'lab-write', admin, { type: 'text', value: 'x' })).toBe(7)
    expect(snmpSet(plant, 'HW', 'lab-write', `${huaweiOnt}.45.1.4.${index}`, off)).toBe(17)
    expect(snmpSet(plant, 'HW', 'lab-write', `${huaweiOnt}.46.1.1.4194304000.99`, off)).toBe(6)
    expect(snmpSet(plant, 'HW', 'lab-write', admin, off)).toBe(0)
    expect(await person.say('display ont info 0 0 0 1', hw)).toMatch(
      /Control flag +: deactivated\r\n/,
    )
    const text = { type: 'text', value: 'by SNMP' } as const
    expect(snmpSet(plant, 'HW', 'lab-write', `${huaweiOnt}.43.1.9.${index}`, text)).toBe(0)
    expect(await person.say('display ont info 0 0 0 1', hw)).toMatch(/Description +: by SNMP\r\n/)
  })

  it('of a ZTE: admin, reboot and save', async () => {
    const { plant, onu } = await cliPlant(zteOlt)
    const write = (oid: string, value: number) =>
      snmpSet(plant, 'ZT', 'lab-write', oid, { type: 'integer', value })
    expect(write(`${zte}.1012.3.28.2.1.1.268566784.1`, 2)).toBe(0)
    expect(onu('1/2/1:1')).toMatchObject({ enabled: false, phase: 'disabled' })
    expect(write(`${zte}.1082.500.20.2.1.10.1.1.285278721.2`, 1)).toBe(0)
    expect(onu('1/2/1:2')).toMatchObject({ phase: 'offline', cause: 'rebooted' })
    expect(plant.truth('ZT').unsaved).toBe(true)
    expect(write(`${zte}.1082.20.1.2.10.1.1.0`, 1)).toBe(0)
    expect(plant.truth('ZT').unsaved).toBe(false)
  })
})

describe('what is configured is not what is plugged in', () => {
  const serial = 'HWTC11E70E9A'
  const add =
    'ont add 0 9 sn-auth 4857544311E70E9A omci ont-lineprofile-id 12 ont-srvprofile-id 101'

  it('a serial known in advance stays offline until somebody plugs it in', async () => {
    const { cli, control, clock, onu, found } = await cliPlant(huaweiOlt)
    const person = await ready(await telnetIn(cli), 'interface gpon 0/1')
    await person.say(add, hw)
    clock.ms += 600_000
    expect(onu('0/1/0:9')).toMatchObject({ plugged: false, phase: 'offline', lastUpMs: Number.NaN })
    control({ kind: 'plug', olt: 'HW', pon: '0/0/1', serial })
    expect(found()).toEqual([`0/0/1 ${serial}`])
    expect(onu('0/1/0:9')?.plugged).toBe(false)
    control({ kind: 'plug', olt: 'HW', pon: '0/1/0', serial })
    expect(found()).toEqual([])
    clock.ms += 61_000
    expect(onu('0/1/0:9')).toMatchObject({ plugged: true, phase: 'working' })
  })

  it('an ONU that is carried away loses its light; moved in the books, it works there', async () => {
    const { cli, control, clock, onu, found } = await cliPlant(huaweiOlt)
    const person = await ready(await telnetIn(cli))
    const moved = onu('0/0/0:3')
    control({ kind: 'plug', olt: 'HW', pon: '0/1/0', serial: moved?.serial ?? '' })
    expect(onu('0/0/0:3')).toMatchObject({ plugged: false, phase: 'los' })
    expect(found()).toEqual([`0/1/0 ${moved?.serial ?? ''}`])
    await person.say('undo service-port port 0/0/0 ont 3', /\]:$/)
    await person.say('y', hw)
    await person.say('interface gpon 0/0', hw)
    expect(await person.say('ont delete 0 3', hw)).toContain('success: 1')
    expect(found()).toHaveLength(1)
    await person.say('interface gpon 0/1', hw)
    const hex = Buffer.from('HWTC').toString('hex') + (moved?.serial ?? '').slice(4)
    const sn = (moved?.serial ?? '').startsWith('HWTC')
      ? hex
      : Buffer.from((moved?.serial ?? '').slice(0, 4)).toString('hex') + hex.slice(8)
    await person.say(`ont add 0 sn-auth ${sn} omci ont-lineprofile-id 12 ont-srvprofile-id 101`, hw)
    clock.ms += 61_000
    expect(onu('0/1/0:0')).toMatchObject({ phase: 'working', serial: moved?.serial })
    expect(found()).toEqual([])
  })

  it('replaced by a serial that is there, the new one works and the old one is found', async () => {
    const { cli, control, clock, onu, found } = await cliPlant(huaweiOlt)
    const before = onu('0/0/1:1')
    control({ kind: 'add-unconfigured', olt: 'HW', pon: '0/0/1', serial })
    const person = await ready(await telnetIn(cli), 'interface gpon 0/0')
    await person.say('ont modify 1 1 sn 4857544311E70E9A', hw)
    clock.ms += 61_000
    const after = onu('0/0/1:1')
    expect(after).toMatchObject({ serial, phase: 'working' })
    expect(after?.settings).toEqual(before?.settings)
    expect(found()).toEqual([`0/0/1 ${before?.serial ?? ''}`])
  })

  it('one without power is not found when it is deleted, until its power is back', async () => {
    const { cli, control, found, onu } = await cliPlant(zteOlt)
    const { serial } = onu('1/2/1:2') ?? { serial: '' }
    control({ kind: 'power-off', olt: 'ZT', which: { onus: ['1/2/1:2'] } })
    const person = await telnetIn(cli)
    const prompt = /ZT(\([\w-]+\))?[#>]$/
    for (const line of ['enable', 'conf t', 'interface gpon-olt_1/2/1', 'no onu 2']) {
      await person.say(line, prompt)
    }
    expect(found()).toEqual([])
    control({ kind: 'plug', olt: 'ZT', pon: '1/2/1', serial })
    expect(found()).toEqual([`1/2/1 ${serial}`])
  })
})

describe('every ONU that was there from the start', () => {
  it('has a whole configuration, and service ports with numbers of their own', async () => {
    const { plant } = await cliPlant({ ...huaweiOlt, pons: [{ at: '0/0/0', onus: 128 }] })
    const { onus } = plant.truth('HW')
    const indexes = onus.flatMap(({ settings }) => settings.services.map(({ index }) => index))
    expect(new Set(indexes).size).toBe(indexes.length)
    for (const { settings } of onus) {
      expect(settings.lineProfile).toMatch(/^\d+$/)
      expect(settings.serviceProfile).toMatch(/^\d+$/)
      expect(settings.services.length).toBeGreaterThan(0)
      expect(settings.ethPorts.length).toBeGreaterThan(0)
    }
    expect(new Set(onus.map(({ settings }) => settings.services[0]?.outbound)).size).toBe(3)
  })

  it('stands in the running configuration, which is the same twice and changes with what is set', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const person = await ready(await telnetIn(cli))
    const whole = () => person.say('display current-configuration', /return\r\n[\s\S]*#$/)
    const before = await whole()
    expect(await whole()).toBe(before)
    expect(before).not.toContain('lab-cli')
    expect(before).not.toContain('lab-write')
    expect(before.match(/ ont add /g)).toHaveLength(8)
    await person.say('undo service-port 1', hw)
    const after = await whole()
    expect(before.split('\r\n').filter((line) => !after.includes(line))).toEqual([
      expect.stringContaining('service-port 1 vlan 110 gpon 0/0/0 ont'),
    ])
    await person.say(
      'service-port vlan 110 gpon 0/0/0 ont 0 gemport 1 multi-service user-vlan 100',
      hw,
    )
    expect(await whole()).toContain('service-port 1 vlan 110 gpon 0/0/0 ont 0 gemport 1')
  })

  it('of the demo is behind a CLI', () => {
    const path = new URL('../../assets/scenarios/demo.yaml', import.meta.url).pathname
    for (const { cli } of expandOlts(loadScenario(path))) expect(cli?.userName).toBe('noc')
  })
})

describe('a backup by TFTP', () => {
  it('arrives whole, after a yes', async () => {
    const receiver = await startTftpReceiver()
    const { cli } = await cliPlant(huaweiOlt, { tftpPort: receiver.port })
    const person = await ready(await telnetIn(cli))
    await person.say('backup configuration tftp 127.0.0.1 hw.cfg', /\(y\/n\)\[n\]:$/)
    expect(await person.say('y', hw)).toContain('successful')
    const text = receiver.files().get('hw.cfg') ?? ''
    expect(text).toContain('sysname HW')
    expect(text.endsWith('return\n')).toBe(true)
  })
})

describe('a plant', () => {
  it('that cannot have a port of a CLI leaves nothing open', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as { port: number }
    await expect(cliPlant(huaweiOlt, { telnet: { port } })).rejects.toThrow('EADDRINUSE')
  })

  it('that stops ends every session', async () => {
    const { cli, plant } = await cliPlant(huaweiOlt)
    const person = await telnetIn(cli)
    await plant.stop()
    await person.gone()
    await byTelnet(cli.telnetPort ?? 0).gone()
  })
})
