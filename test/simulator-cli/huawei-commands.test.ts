import { describe, expect, it } from 'vitest'
import type { CliPerson } from './support/cli-person.ts'
import { cliPlant, huaweiOlt, telnetIn } from './support/cli-plant.ts'

const prompt = /HW(\([\w/-]+\))?[#>]$/
const hex = '4857544311E70E9A'

const inGpon = async () => {
  const plant = await cliPlant(huaweiOlt)
  const person = await telnetIn(plant.cli)
  for (const line of ['enable', 'undo smart', 'scroll', 'config', 'interface gpon 0/0']) {
    await person.say(line, prompt)
  }
  return { ...plant, person }
}

const refusals = async (person: CliPerson, lines: readonly (readonly [string, string])[]) => {
  for (const [line, words] of lines) expect(await person.say(line, prompt), line).toContain(words)
}

describe('a simulated SmartAX refuses', () => {
  it('to add what it cannot', async () => {
    const { person, onu, plant } = await inGpon()
    const taken = onu('0/0/1:1')?.serial ?? ''
    const rest = 'omci ont-lineprofile-id 12 ont-srvprofile-id 101'
    await refusals(person, [
      [`ont add 0 sn-auth ${taken} ${rest}`, '  Failure: SN already exists'],
      [`ont add 0 1 sn-auth ${hex} ${rest}`, '  The ONT ID has already existed'],
      [`ont add 0 200 sn-auth ${hex} ${rest}`, '% Parameter error'],
      [`ont add 9 sn-auth ${hex} ${rest}`, '  Failure: The port does not exist'],
      [
        `ont add 0 sn-auth ${hex} omci ont-lineprofile-id 99 ont-srvprofile-id 101`,
        '  Failure: The ont-lineprofile does not exist',
      ],
      [
        `ont add 0 sn-auth ${hex} omci ont-lineprofile-id 12 ont-srvprofile-id 99`,
        '  Failure: The profile does not exist',
      ],
      [`ont add 0 sn-auth 4857 ${rest}`, '% Parameter error'],
      [`ont add 0 sn-auth ${hex} ${rest} colour red`, '% Parameter error'],
      [`ont add 0 sn-auth ${hex} ${rest} desc "${'x'.repeat(129)}"`, '% Parameter error'],
    ])
    expect(plant.truth('HW').onus).toHaveLength(8)
    expect(plant.truth('HW').unsaved).toBe(false)
  })

  it('to change or to show what is not there', async () => {
    const { person } = await inGpon()
    await refusals(person, [
      ['ont modify 0 99 desc "x"', '  Failure: The ONT does not exist'],
      ['ont delete 0 99', '  Failure: The ONT does not exist'],
      ['ont delete 0 1', 'has some service virtual ports'],
      ['ont deactivate 0 99', '  Failure: The ONT does not exist'],
      ['ont port native-vlan 0 1 eth 9 vlan 100 priority 0', 'success: 0, failed: 1'],
      ['ont port native-vlan 0 1 eth 1 vlan 4095 priority 0', '% Parameter error'],
      ['display ont info 0 99', '  Failure: The required ONT does not exist'],
      ['display ont optical-info 0 99', '  Failure: The ONT does not exist'],
      ['interface gpon 0/7', '% Parameter error'],
      ['undo service-port 1', '% Parameter error'],
      ['quit', '(config)#'],
      ['display ont info 0 0 0 99', '  Failure: The required ONT does not exist'],
      ['display ont info 0 1 0 all', '  Failure: There is no ONT available'],
      [`display ont info by-sn ${hex}`, '  Failure: The required ONT does not exist'],
      ['undo service-port 60000', '  Failure: The service virtual port does not exist'],
      ['display service-port port 0/1/0', '  Failure: The service virtual port does not exist'],
      [
        'service-port vlan 999 gpon 0/0/0 ont 1 gemport 1 multi-service user-vlan 7',
        '  Failure: The VLAN does not exist',
      ],
      [
        'service-port vlan 110 gpon 0/0/0 ont 99 gemport 1 multi-service user-vlan 7',
        '  Failure: The required ONT does not exist',
      ],
      [
        'service-port vlan 110 gpon 0/0/0 ont 1 gemport 7 multi-service user-vlan 7',
        '  Failure: The GEM port does not exist',
      ],
      [
        'service-port vlan 110 gpon 0/0/0 ont 1 gemport 1 multi-service user-vlan 7 inbound traffic-table index 99',
        '  Failure: The traffic table does not exist',
      ],
      [
        'service-port 1 vlan 110 gpon 0/0/0 ont 1 gemport 1 multi-service user-vlan 7',
        '  Failure: Service virtual port has existed already',
      ],
      [
        'service-port vlan 110 gpon 0/0/0 ont 1 gemport 1 multi-service user-vlan 100',
        '  Failure: Conflicted service virtual port index',
      ],
    ])
  })

  it('to add to a port that is full', async () => {
    const { cli } = await cliPlant({ ...huaweiOlt, pons: [{ at: '0/0/0', onus: 128 }] })
    const person = await telnetIn(cli)
    for (const line of ['enable', 'undo smart', 'config', 'interface gpon 0/0']) {
      await person.say(line, prompt)
    }
    expect(
      await person.say(
        `ont add 0 sn-auth ${hex} omci ont-lineprofile-id 12 ont-srvprofile-id 101`,
        prompt,
      ),
    ).toContain('  Failure: The number of ONTs has reached the upper limit')
  })

  it('to reset an ONT that is off, and one that nobody confirms', async () => {
    const { person, control, onu } = await inGpon()
    await person.say('ont reset 0 1', /Are you sure to reset the ONT\(s\)\? \(y\/n\)\[n\]:$/)
    await person.say('', prompt)
    expect(onu('0/0/0:1')?.phase).toBe('working')
    await person.say('ont reset 0 1', /\]:$/)
    await person.say('y', prompt)
    expect(onu('0/0/0:1')).toMatchObject({ phase: 'offline', cause: 'rebooted' })
    control({ kind: 'power-off', olt: 'HW', which: { onus: ['0/0/0:2'] } })
    expect(await person.say('ont reset 0 2', prompt)).toContain('  Failure: ONT is not online')
    expect(await person.say('display ont info 0 2', prompt)).toMatch(
      /Last down cause +: dying-gasp\r\n/,
    )
  })
})

describe('a simulated SmartAX', () => {
  it('shows lists as they were recorded', async () => {
    const { person } = await inGpon()
    // headings of the recordings in captures/cli/huawei
    for (const [line, ...headings] of [
      [
        'display ont-lineprofile gpon all',
        '  Profile-ID  Profile-name                                Binding times',
      ],
      [
        'display ont-srvprofile gpon all',
        '  Profile-ID  Profile-name                                Binding times',
      ],
      [
        'display ont optical-info 0 all',
        '  ONT  Rx power  Tx power  OLT Rx ONT  Temperature  Voltage  Current  Distance',
        '  ID   (dBm)     (dBm)     power(dBm)  (C)          (V)      (mA)     (m)',
      ],
      [
        'display ont info 0 all',
        '  F/S/P   ONT         SN         Control     Run      Config   Match    Protect',
        '          ID                     flag        state    state    state    side',
        '  F/S/P   ONT-ID   Description',
      ],
      [
        'display ont port vlan 0 1 byport eth 1',
        '  Port   Port C-VLAN C-PRI ETH-type   VLAN-type   S-VLAN S-PRI  S-PRI',
        '  type   ID                                                     POLICY',
      ],
    ] as const) {
      const answer = (await person.say(line, prompt)).split('\r\n').map((one) => one.trimEnd())
      for (const heading of headings) expect(answer, line).toContain(heading)
    }
  })

  it('stops long answers with the recorded octets, and breaks them off at Q', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const person = await telnetIn(cli)
    await person.say('enable', prompt)
    await person.say('undo smart', prompt)
    const more = / {2}---- More \( Press 'Q' to break \) ----$/
    const first = await person.say('display current-configuration', more)
    expect(first.split('\r\n')).toHaveLength(25)
    person.type(' ')
    const second = await person.until(more)
    expect(second.startsWith(`\u001b[37D${' '.repeat(37)}\u001b[37D`)).toBe(true)
    person.type('\r')
    expect((await person.until(more)).split('\r\n')).toHaveLength(2)
    person.type('q')
    await person.until(prompt)
  })

  it('asks for what was left out until it is told not to', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const person = await telnetIn(cli)
    await person.say('enable', prompt)
    await person.say('display ont-lineprofile gpon all', /\{ <cr>\|\|<K> \}:$/)
    expect(await person.say('nonsense', prompt)).toContain('% Parameter error')
    await person.say('save', /\{ <cr>\|configuration<K>\|data<K> \}:$/)
    expect(await person.say('', prompt)).toContain('is saved completely')
    await person.say('undo smart', prompt)
    expect(await person.say('save', prompt)).not.toContain('{')
  })

  it('wraps long descriptions on lines that go in 28 columns', async () => {
    const { person } = await inGpon()
    await person.say(`ont modify 0 1 desc "${'abcdefghij'.repeat(7)}"`, prompt)
    const text = await person.say('display ont info 0 1', prompt)
    expect(text).toMatch(
      /Description {13}: abcdefghijabcdefghijabcdefghija +\r\n {28}bcdefghijabcdefghijabcdefghijab +\r\n {28}cdefghij\r\n/,
    )
  })

  it('changes a native VLAN, a port, and an address; resets to what came from the factory', async () => {
    const { person, onu } = await inGpon()
    expect(
      await person.say('ont port native-vlan 0 1 eth 1 vlan 120 priority 0', prompt),
    ).toContain('Set ONT port(s) VLAN configuration, success: 1, failed: 0')
    await person.say('ont port attribute 0 1 eth 1 operational-state off', prompt)
    await person.say('ont ipconfig 0 1 pppoe vlan 300 username budi password lab-secret', prompt)
    expect(onu('0/0/0:1')?.settings).toMatchObject({
      ethPorts: expect.arrayContaining([
        expect.objectContaining({ port: 1, vlan: 120, enabled: false }),
      ]),
      wan: { mode: 'pppoe', vlan: 300, userName: 'budi' },
    })
    expect(await person.say('display ont port vlan 0 1 byport eth 1', prompt)).toContain(
      '  Native VLAN     : 120\r\n',
    )
    await person.say('ont factory-setting-restore 0 1', /\]:$/)
    await person.say('y', prompt)
    expect(onu('0/0/0:1')?.settings.wan).toBeNull()
  })

  it('gives a service port the number it is told, or the lowest that is free', async () => {
    const { person, onu } = await inGpon()
    const service = onu('0/0/0:1')?.settings.services[0]
    await person.say('quit', prompt)
    expect(await person.say(`undo service-port ${service?.index ?? 0}`, prompt)).not.toContain('%')
    await person.say(
      'service-port 5000 vlan 111 gpon 0/0/0 ont 1 gemport 1 multi-service user-vlan untagged inbound traffic-table index 12 outbound traffic-table index 22',
      prompt,
    )
    expect(await person.say('display service-port port 0/0/0 ont 1', prompt)).toMatch(
      / {4}5000 {2}111 common {3}gpon 0\/0 \/0 {2}1 {4}1 {5}vlan {2}untag {6}12 {3}22 {3}up\r\n/,
    )
    await person.say(
      'service-port vlan 112 gpon 0/0/0 ont 1 gemport 2 multi-service user-vlan 9',
      prompt,
    )
    // the ONT before it has one service port, and room for two
    expect(onu('0/0/0:0')?.settings.services.map(({ index }) => index)).toEqual([1])
    expect(onu('0/0/0:1')?.settings.services.map(({ index }) => index)).toEqual([5000, 2])
  })

  it('speaks unasked until it is told not to', async () => {
    const { cli } = await cliPlant(huaweiOlt, { alarmEvery: 2 })
    const person = await telnetIn(cli)
    await person.say('enable', prompt)
    expect(await person.say('undo smart', prompt)).toContain('! RUNNING MAJOR')
    await person.say('infoswitch cli OFF', prompt)
    for (let n = 0; n < 4; n++) {
      expect(await person.say('mmi-mode enable', prompt)).not.toContain('! RUNNING')
    }
  })
})
