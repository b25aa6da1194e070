import { describe, expect, it } from 'vitest'
import { cliPlant, telnetIn, zteOlt, zteC600Olt } from './support/cli-plant.ts'
import type { CliPerson } from './support/cli-person.ts'

const serial = 'ZTEGC0FFEE01'
const prompt = /Z[TX](\([\w/.:-]+\))?[#>]$/

const ready = async (person: CliPerson, ...lines: readonly string[]): Promise<CliPerson> => {
  await person.say('enable', prompt)
  for (const line of ['terminal length 0', 'configure terminal', ...lines]) {
    await person.say(line, prompt)
  }
  return person
}

describe('a simulated C300, by its CLI,', () => {
  it('refuses what it does not know, with the mark under the word', async () => {
    const { cli } = await cliPlant(zteOlt)
    const person = await ready(await telnetIn(cli))
    expect(await person.say('frobnicate', prompt)).toMatch(
      /\r\n {11}\^\r\n%Error 20200: Invalid input detected at '\^' marker\.\r\n/,
    )
    expect(await person.say('interface', prompt)).toContain('%Error 20203: Incomplete command')
    expect(await person.say('interface gpon-onu_1/2/1:99', prompt)).toContain(
      '%Code 62397-GPONSRV: The entry is not existed.',
    )
  })

  it('refuses a serial that is there, a number that is taken, a type it has not', async () => {
    const { cli, plant } = await cliPlant(zteOlt)
    const [first] = plant.truth('ZT').onus
    const person = await ready(await telnetIn(cli), 'interface gpon-olt_1/2/2')
    const type = first?.settings.onuType ?? ''
    expect(await person.say(`onu 9 type ${type} sn ${first?.serial ?? ''}`, prompt)).toContain(
      'The SN already exists',
    )
    expect(await person.say(`onu 9 type F999 sn ${serial}`, prompt)).toContain('does not exist')
    await person.say('interface gpon-olt_1/2/1', prompt)
    expect(await person.say(`onu 1 type ${type} sn ${serial}`, prompt)).toContain('already')
  })

  it('authorises an ONU with its services, and forgets it all when it is deleted', async () => {
    const { cli, control, clock, onu, found } = await cliPlant(zteOlt)
    const person = await ready(await telnetIn(cli))
    await person.say('end', prompt)
    expect(await person.say('show gpon onu uncfg', prompt)).toContain(
      '%Code 62310-GPONSRV : No related information to show.',
    )
    control({ kind: 'add-unconfigured', olt: 'ZT', pon: '1/2/2', serial })
    expect(await person.say('show gpon onu uncfg', prompt)).toContain(
      'gpon-onu_1/2/2:1         ZTEGC0FFEE01        unknown\r\n',
    )
    await ready(person, 'interface gpon-olt_1/2/2')
    expect(await person.say(`onu 7 type ZTE-F660V6.0 sn ${serial}`, prompt)).toContain(
      '[Successful]',
    )
    const lines = [
      'interface gpon-onu_1/2/2:7',
      'name C900007',
      'description Rumah Tujuh',
      'tcont 1 profile UP-50M',
      'gemport 1 tcont 1',
      'gemport 1 traffic-limit downstream DOWN-50M',
      'service-port 1 vport 1 user-vlan 111 vlan 111',
      'pon-onu-mng gpon-onu_1/2/2:7',
      'service INET gemport 1 cos 0 vlan 111',
      'vlan port eth_0/1 mode tag def-vlan 111 priority 0',
    ]
    for (const line of lines) {
      expect(await person.say(line, prompt), line).not.toContain('%')
    }
    await person.say('end', prompt)
    const running = await person.say('show running-config interface gpon-onu_1/2/2:7', prompt)
    for (const line of lines.slice(1, 7)) expect(running).toContain(`  ${line}\r\n`)
    const managed = await person.say('show onu running config gpon-onu_1/2/2:7', prompt)
    expect(managed).toContain('  service INET gemport 1 cos 0 vlan 111\r\n')
    expect(found()).toEqual([])
    clock.ms += 61_000
    expect(onu('1/2/2:7')).toMatchObject({
      serial,
      phase: 'working',
      settings: { name: 'C900007', description: 'Rumah Tujuh', onuType: 'ZTE-F660V6.0' },
    })
    expect(await person.say('show gpon onu state gpon-olt_1/2/2', prompt)).toMatch(
      /1\/2\/2:7 +enable +enable +working +1\(GPON\)/,
    )
    await ready(person, 'interface gpon-olt_1/2/2')
    await person.say('no onu 7', prompt)
    expect(onu('1/2/2:7')).toBeUndefined()
    expect(found()).toEqual([`1/2/2 ${serial}`])
  })

  it('reboots an ONU only after yes', async () => {
    const { cli, onu } = await cliPlant(zteOlt)
    const person = await ready(await telnetIn(cli), 'pon-onu-mng gpon-onu_1/2/1:1')
    await person.say('reboot', /Confirm to reboot\? \[yes\/no\]:$/)
    await person.say('no', prompt)
    expect(onu('1/2/1:1')?.phase).toBe('working')
    await person.say('reboot', /\[yes\/no\]:$/)
    await person.say('yes', prompt)
    expect(onu('1/2/1:1')).toMatchObject({ phase: 'offline', cause: 'rebooted' })
  })

  it('asks before it lets somebody go who has not saved', async () => {
    const { cli } = await cliPlant(zteOlt)
    const person = await ready(await telnetIn(cli), 'interface gpon-onu_1/2/1:1', 'name X', 'end')
    await person.say('exit', /confirm to logout without saving\? \[yes\/no\]:$/)
    await person.say('no', prompt)
    expect(await person.say('write', prompt)).toContain('[OK]')
    person.type('exit\r')
    await person.gone()
  })

  it('stops long answers at --More-- and wipes it out with eight backspaces', async () => {
    const { cli } = await cliPlant(zteOlt)
    const person = await telnetIn(cli)
    await person.say('enable', prompt)
    await person.say('show running-config', /--More--$/)
    person.type(' ')
    const next = await person.until(/--More--$/)
    expect(next.startsWith(`${'\b'.repeat(8)}${' '.repeat(8)}${'\b'.repeat(8)}`)).toBe(true)
    person.type('q')
    await person.until(prompt)
  })

  it('asks for a password at enable where it has one', async () => {
    const { cli } = await cliPlant(zteOlt, { enablePassword: 'lab-enable' })
    const person = await telnetIn(cli)
    await person.say('enable', /Password:$/)
    expect(await person.say('wrong', prompt)).toContain('%Error 20208: Bad password')
    await person.say('enable', /Password:$/)
    expect(await person.say('lab-enable', prompt)).toMatch(/#$/)
  })
})

describe('a simulated C600, by its CLI,', () => {
  it('has other names, masks texts, switches ONUs off, and saves only at the top', async () => {
    const { cli, onu } = await cliPlant(zteC600Olt)
    const person = await telnetIn(cli)
    await person.say('terminal length 0', prompt)
    expect(await person.say('con t', prompt)).toContain('%Error 140301: Ambiguous command')
    await person.say('conf t', prompt)
    expect(await person.say('pon-onu-mng', prompt)).toContain('%Error 140305: Incomplete command.')
    expect(await person.say('write', prompt)).toContain('%Error 140303')
    await person.say('interface gpon_onu-1/2/1:1', /\(config-if-gpon_onu-1\/2\/1:1\)#$/)
    await person.say('admin disable', prompt)
    expect(onu('1/2/1:1')).toMatchObject({ enabled: false, phase: 'disabled' })
    await person.say('admin enable', prompt)
    await person.say('interface vport-1/2/1.1:1', prompt)
    await person.say('no service-port 1', prompt)
    await person.say('service-port 1 user-vlan 112 vlan 112', prompt)
    expect(onu('1/2/1:1')?.settings.services[0]).toMatchObject({ vlan: 112, userVlan: 112 })
    await person.say('pon-onu-mng gpon_onu-1/2/1:1', prompt)
    expect(await person.say('service A gemport 1 cos 0 vlan 112', prompt)).toContain(
      '%Error 140303',
    )
    expect(await person.say('service A gemport 1 vlan 112', prompt)).not.toContain('%')
    await person.say('end', prompt)
    const detail = await person.say('show gpon onu detail-info gpon_onu-1/2/1:1', prompt)
    expect(detail).toContain('  Name:                 ********\r\n')
    expect(detail).toContain('  Description:          ********\r\n')
    expect(await person.say('write', prompt)).toContain('[OK]')
  })
})
