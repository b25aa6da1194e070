import { describe, expect, it } from 'vitest'
import {
  bdcomOlt as bdcom,
  cdataOlt as cdata,
  cliPlant,
  telnetIn,
  vsolOlt as vsol,
} from './support/cli-plant.ts'

const prompt = /BOX(?:\([\w/-]+\)|_config(?:_epon[\d/:]+)?)?[>#] ?$/

/** Logged in by Telnet, after these lines. */
const sitDown = async (
  olt: Record<string, unknown>,
  lines: readonly string[] = [],
  cli: Record<string, unknown> = {},
) => {
  const plant = await cliPlant(olt, cli)
  const person = await telnetIn(plant.cli)
  for (const line of lines) await person.say(line, prompt)
  return { ...plant, person, say: (line: string) => person.say(line, prompt) }
}

const vsolPon = ['enable', 'configure terminal', 'interface gpon 0/1']
const cdataPon = ['enable', 'config', 'vty output show-all', 'interface gpon 0/0']
const bdcomPon = ['enable', 'terminal length 0', 'config', 'interface epon 0/1']

describe('a small box, by its CLI,', () => {
  it.each([
    ['VSOL', vsol, ['show onu info', 'configure terminal'], '% Unknown command.'],
    ['C-Data', cdata, ['config', 'show ont info all'], 'Unknown command: (vtysh)'],
    ['BDCOM', bdcom, ['config', 'show epon active-onu'], 'Unknown command'],
  ])('refuses what its first view has not: %s', async (_name, olt, lines, refusal) => {
    const { say } = await sitDown(olt)
    for (const line of lines) expect(await say(line)).toContain(refusal)
  })

  it.each([
    ['VSOL', vsol, '% Bad passwords'],
    ['C-Data', cdata, '% Bad password.'],
    ['BDCOM', bdcom, '% Access denied'],
  ])('asks for a password before changes, and stays where it was: %s', async (_name, olt, no) => {
    const { person, say } = await sitDown(olt, [], { enablePassword: 'lab-enable' })
    await person.say('enable', /assword: ?$/)
    expect(await say('wrong')).toContain(no)
    await person.say('enable', /assword: ?$/)
    const answer = await say('lab-enable')
    expect(answer).toMatch(/BOX# ?$/)
    expect(answer).not.toContain('lab-enable')
  })

  it.each([
    ['VSOL', vsol, vsolPon.slice(0, 2), 'show running-config', ' --More-- '],
    [
      'C-Data',
      cdata,
      cdataPon.slice(0, 2),
      'show ont info all',
      "  --More ( Press 'Q' to quit )--",
    ],
    ['BDCOM', bdcom, ['enable'], 'show epon onu-information', ' --More-- '],
  ])('stops a long answer until a key is pressed: %s', async (_name, olt, lines, long, more) => {
    const { person } = await sitDown(olt, lines)
    person.type(`${long}\r`)
    const first = await person.until(/--$|-- $/)
    expect(first.endsWith(more)).toBe(true)
    expect(first.split('\n').length).toBeLessThan(27)
    person.type('q')
    expect(await person.until(prompt)).not.toContain('More')
  })
})

describe('a simulated V1600G', () => {
  it('says that there is nothing, where nothing is', async () => {
    const { say, control } = await sitDown(vsol, vsolPon)
    expect(await say('show onu auto-find')).toContain('No related information to show\r\n')
    control({ kind: 'add-unconfigured', olt: 'BOX', pon: '0/0/1', serial: 'GPON0A0B0C0D' })
    expect(await say('show onu auto-find')).toContain('GPON0A0B0C0D')
    expect(await say('onu 99 desc X')).toContain('Error: onu 99 is not exist!')
    expect(await say('onu add 7 profile default sn HELLO')).toContain('% Parameter out of range.')
    expect(await say('interface gpon 0/9')).toContain('% Parameter out of range.')
  })

  it('sets columns by moving the cursor, not by blanks', async () => {
    const { say, onu } = await sitDown(vsol, vsolPon)
    const [first = ''] = ((await say('show onu info')).match(/^GPON0\/1:[^\n]*\n/gm) ?? []).slice(
      0,
      1,
    )
    const at = /^GPON0\/1:(\d+)/.exec(first)?.[1]
    const truth = onu(`0/0/1:${at}`)
    expect(first).toBe(
      [
        `GPON0/1:${at}`,
        `\r\u001b[11C${truth?.equipment}`,
        '\r\u001b[32Cdefault',
        '\r\u001b[55Csn',
        `\r\u001b[63C${truth?.serial}\r\n`,
      ].join(''),
    )
  })
})

describe('a simulated FD1608S', () => {
  it('has lists as the samples of a real one', async () => {
    const { say, onu } = await sitDown(cdata, cdataPon)
    const list = await say('show ont info 1 all')
    expect(list).toContain(
      '  F/S P  ONT    SN               Control  Run     Config    Match     Last       Desc\r\n' +
        '         ID                      flag     state   state     state     down-cause\r\n',
    )
    const row = /^ {2}0\/0 1 {2}(\d+) +([A-Z]{4}[0-9A-F]{8}) +Active {3}Online {2}success/m.exec(
      list,
    )
    expect(onu(`0/0/1:${row?.[1]}`)?.serial).toBe(row?.[2])
    expect(list).toContain('  Total: 3,  online: 3,  deactive: 0,  success: 3 , failed: 0\r\n')
    expect(await say('show ont optical-info 1 all')).toMatch(/^\d+ +-\d\d\.\d\d +\d\.\d\d +-\d\d/m)
  })

  it('says that nothing waits, or what', async () => {
    const { say, control } = await sitDown(cdata, cdataPon)
    expect(await say('show ont autofind all')).toContain('There is no ONT available.\r\n')
    control({ kind: 'add-unconfigured', olt: 'BOX', pon: '0/0/2', serial: 'CDTC0A0B0C0D' })
    const found = await say('show ont autofind all')
    expect(found).toContain('Frame/Slot : 0/0\r\nPort : 2\r\n')
    expect(found).toContain('Ont SN: CDTC0A0B0C0D\r\n')
  })

  it('writes log lines that nobody asked for behind a prompt', async () => {
    const { person } = await sitDown(cdata, ['enable'], { alarmEvery: 2 })
    person.type('config\r')
    const all = await person.until(/success\r\nBOX\(config\)# $/)
    expect(all).toMatch(
      /BOX\(config\)# \r\n\[2026\/11\/22 03:00:00\] {2}Info: ONU 1\/61 \w+ ONU authorization success\r\n/,
    )
  })

  it('gives service ports one numbering for the whole OLT', async () => {
    const { say, onu } = await sitDown(cdata, cdataPon)
    expect(onu('0/0/1:1')).toBeDefined()
    await say('exit')
    await say(
      'service-port autoindex vlan 200 gpon 0/0 port 1 ont 1 gemport 3 multi-service user-vlan 200 tag-action transparent',
    )
    const list = await say('show service-port gpon 0/0 port 1 ont 1')
    const index = /^ {2}(\d+) +200 +0\/0 +1 +1 +3 /m.exec(list)?.[1]
    expect(index).toBeDefined()
    await say(`no service-port ${index}`)
    expect(await say('show service-port gpon 0/0 port 1 ont 1')).not.toContain(' 200 ')
    expect(await say(`no service-port ${index}`)).toContain('The service port does not exist.')
  })
})

describe('a simulated P3310C', () => {
  it('asks before it reboots an ONU, and does not on no', async () => {
    const { person, say, onu } = await sitDown(bdcom, ['enable'])
    const id = /EPON0\/1:(\d+)/.exec(await say('show epon active-onu interface EPON0/1'))?.[1]
    await person.say(`epon reboot onu interface EPON0/1:${id}`, /\(y\/n\)\?$/)
    await say('n')
    expect(onu(`0/0/1:${id}`)?.phase).toBe('working')
    await person.say(`epon reboot onu interface epon 0/1:${id}`, /\(y\/n\)\?$/)
    await say('y')
    expect(onu(`0/0/1:${id}`)).toMatchObject({ phase: 'offline', cause: 'rebooted' })
    expect(await say(`epon reboot onu interface EPON0/1:${id}`)).toContain(
      '% The ONU is not online.',
    )
    expect(await say('show epon inactive-onu interface EPON0/1')).toMatch(
      new RegExp(`^EPON0/1:${id} +02[0-9a-f]{2}\\.[0-9a-f]{4}\\.[0-9a-f]{4} deregistered `, 'm'),
    )
  })

  it('turns away who is not bound, and lets in who is', async () => {
    const { say, control, found, clock, onu } = await sitDown(bdcom, bdcomPon)
    control({ kind: 'add-unconfigured', olt: 'BOX', pon: '0/0/1', serial: '02:BD:C0:0A:0B:0C' })
    const rejected = await say('show epon rejected-onu')
    expect(rejected).toContain('ONU rejected to register on interface EPON0/1:\r\n')
    expect(rejected).toMatch(/^1 +02bd\.c00a\.0b0c 2026-11-22 03:00:00 \(N\/A\) +\(N\/A\)\r$/m)
    await say('epon bind-onu mac 02bd.c00a.0b0c 33')
    expect(found()).toEqual([])
    expect(await say('show running-config interface EPON0/1')).toContain(
      ' epon bind-onu mac 02bd.c00a.0b0c 33\r\n',
    )
    clock.ms += 61_000
    expect(onu('0/0/1:33')).toMatchObject({ serial: '02:BD:C0:0A:0B:0C', phase: 'working' })
    expect(await say('epon bind-onu mac 02bd.c00a.0b0c 34')).toContain(
      '% This MAC address has been bound to EPON0/1:33.',
    )
    await say('no epon bind-onu sequence 33')
    expect(found()).toEqual(['0/0/1 02:BD:C0:0A:0B:0C'])
  })

  it('sets an ONU in a view of its own', async () => {
    const { say } = await sitDown(bdcom, bdcomPon.slice(0, 3))
    expect(await say('interface epon 0/1:63')).toContain('% Interface does not exist.')
    const id = /EPON0\/1:(\d+)/.exec(await say('show epon onu-information interface EPON0/1'))?.[1]
    expect(await say(`interface epon 0/1:${id}`)).toContain(`BOX_config_epon0/1:${id}#`)
    await say('description Rumah_7')
    await say('epon onu port 1 ctc vlan mode tag 300')
    expect(await say('epon onu port 9 ctc vlan mode tag 300')).toContain('out of range')
    const config = await say(`show running-config interface EPON0/1:${id}`)
    expect(config).toContain(' description Rumah_7\r\n')
    expect(config).toMatch(/^ +epon onu port 1 ctc vlan mode tag 300 /m)
  })
})
