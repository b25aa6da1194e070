import { describe, expect, it } from 'vitest'
import { bySsh, byTelnet } from './support/cli-person.ts'
import { cliPlant, huaweiOlt, telnetIn, zteOlt } from './support/cli-plant.ts'
import { telnetFilter } from '../../src-main/simulator/cli/telnet-server.ts'
import { hostKeyOf } from '../../src-main/simulator/cli/host-key.ts'
import { createHash } from 'node:crypto'
import { encodeRequest } from '../support/snmp-datagrams.ts'

const hw = /HW(\([\w/-]+\))?[#>]$/
const legacyAlgorithms = {
  kex: ['diffie-hellman-group14-sha1'],
  cipher: ['aes128-cbc'],
  hmac: ['hmac-sha1'],
  serverHostKey: ['ssh-rsa'],
} as const

describe('a simulated CLI refuses', () => {
  it('a wrong password over Telnet, and locks the user out after the third', async () => {
    const { cli, clock } = await cliPlant(huaweiOlt, { lockS: 60 })
    const person = byTelnet(cli.telnetPort ?? 0)
    for (const wrong of ['a', 'b', 'c']) {
      await person.until(/>>User name:$/)
      await person.say('noc', />>User password:$/)
      person.type(`${wrong}\r`)
    }
    expect(await person.gone()).toContain('The user is locked')
    const again = byTelnet(cli.telnetPort ?? 0)
    await again.until(/name:$/)
    await again.say('noc', /password:$/)
    again.type(`${cli.password}\r`)
    expect(await again.gone()).toContain('The user is locked')
    clock.ms += 61_000
    await telnetIn(cli)
  })

  it('a wrong password over SSH', async () => {
    const { cli, plant } = await cliPlant(huaweiOlt)
    const access = { port: cli.sshPort ?? 0, userName: 'noc', password: 'wrong' }
    await expect(bySsh(access)).rejects.toThrow('authentication')
    expect(plant.truth('HW').cli).toMatchObject({ logins: 0, sessions: 0 })
  })

  it('a session more than it has room for', async () => {
    const { cli, plant } = await cliPlant(huaweiOlt, { maxSessions: 2 })
    await telnetIn(cli)
    const second = await telnetIn(cli)
    const third = byTelnet(cli.telnetPort ?? 0)
    await third.until(/name:$/)
    await third.say('noc', /password:$/)
    third.type(`${cli.password}\r`)
    expect(await third.gone()).toContain('The number of users has reached the upper limit')
    expect(plant.truth('HW').cli).toMatchObject({ sessions: 2, peakSessions: 2 })
    second.type('quit\ry\r')
    await second.gone()
    await telnetIn(cli)
  })

  it('anybody, while it is told to and while it boots: then SNMP is silent too', async () => {
    const { cli, control, clock, plant } = await cliPlant(huaweiOlt, { bootS: 90 })
    control({ kind: 'cli-refuse', olt: 'HW', on: true })
    await byTelnet(cli.telnetPort ?? 0).gone()
    control({ kind: 'cli-calm', olt: 'HW' })
    await telnetIn(cli)
    control({ kind: 'reboot-olt', olt: 'HW' })
    await byTelnet(cli.telnetPort ?? 0).gone()
    const asked = () =>
      plant.answer('HW', encodeRequest({ kind: 'get', oids: ['1.3.6.1.2.1.1.3.0'] }))
    expect(asked()).toBeUndefined()
    clock.ms += 89_000
    expect(asked()).toBeUndefined()
    clock.ms += 2_000
    expect(asked()).toBeDefined()
    await telnetIn(cli)
  })

  it('current algorithms when it has old ones alone', async () => {
    const { cli, control } = await cliPlant(huaweiOlt)
    const access = { port: cli.sshPort ?? 0, userName: 'noc', password: cli.password }
    control({ kind: 'cli-legacy', olt: 'HW', on: true })
    await expect(bySsh({ ...access, algorithms: { kex: ['curve25519-sha256'] } })).rejects.toThrow(
      /no matching/i,
    )
    const old = await bySsh({
      ...access,
      algorithms: {
        kex: [...legacyAlgorithms.kex],
        cipher: [...legacyAlgorithms.cipher],
        hmac: [...legacyAlgorithms.hmac],
        serverHostKey: [...legacyAlgorithms.serverHostKey],
      },
    })
    await old.until(hw)
    old.leave()
  })
})

describe('a simulated CLI', () => {
  it('goes straight to the shell over SSH, under the host key it says it has', async () => {
    const { cli, control } = await cliPlant(huaweiOlt)
    const access = { port: cli.sshPort ?? 0, userName: 'noc', password: cli.password }
    const person = await bySsh(access)
    await person.until(/HW>$/)
    const sha256 = createHash('sha256').update(person.hostKey).digest('base64').replace(/=+$/, '')
    expect(sha256).toBe(cli.hostKeySha256)
    await person.say('enable', /HW#$/)
    person.type('quit\r')
    await person.until(/Are you sure to log out\? \(y\/n\)\[n\]:$/)
    person.type('y\r')
    expect(await person.gone()).toContain('Configuration console exit')
    control({ kind: 'cli-host-key', olt: 'HW' })
    const later = await bySsh(access)
    expect(later.hostKey.equals(person.hostKey)).toBe(false)
    later.leave()
  })

  it('has the same host key at every start', () => {
    expect(hostKeyOf('a')).toEqual(hostKeyOf('a'))
    expect(hostKeyOf('a').sha256).not.toBe(hostKeyOf('b').sha256)
  })

  it('echoes what is typed, erases, and swallows arrow keys', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const person = await telnetIn(cli)
    person.type('enaX\b\u001b[Able\r')
    const text = await person.until(/HW#$/)
    expect(text.startsWith('enaX\b \bble\r\n')).toBe(true)
  })

  it('takes CR LF as two Enters where the box does, and as one elsewhere', async () => {
    const huawei = await cliPlant(huaweiOlt)
    const person = await telnetIn(huawei.cli)
    await person.say('enable', /HW#$/)
    // the second Enter answers the question of the first
    person.type('display ont autofind all\r\n')
    const text = await person.until(/HW#$/)
    expect(text).toContain('{ <cr>||<K> }:\r\n\r\n  Command:\r\n          display ont autofind all')
    const zte = await cliPlant(zteOlt)
    const other = await telnetIn(zte.cli)
    other.type('enable\r\nshow card\r\n')
    const answer = await other.until(/INSERVICE\r\nZT#$/)
    expect(answer.split('ZT#').length).toBe(3)
  })

  it('says what may come next at a question mark, and keeps the line', async () => {
    const { cli } = await cliPlant(huaweiOlt)
    const person = await telnetIn(cli)
    await person.say('enable', /HW#$/)
    person.type('display ont a?')
    const text = await person.until(/HW#display ont a$/)
    expect(text).toContain('  autofind\r\n')
    person.type('utofind all\r')
    await person.until(/\}:$/)
  })
})

describe('the Telnet of a simulated CLI', () => {
  it('refuses options once, and takes out of the text what is none', () => {
    const answers: number[][] = []
    const filter = telnetFilter((octets) => answers.push([...octets]))
    const text = filter(
      Uint8Array.from([
        0x61, 255, 253, 34, 255, 251, 31, 0x62, 255, 250, 31, 0, 80, 255, 255, 24, 255, 240, 255,
        255, 13, 0, 255, 253, 34, 255, 253, 1,
      ]),
    )
    expect([...text]).toEqual([0x61, 0x62, 255, 13])
    expect(answers).toEqual([[255, 252, 34]])
  })

  it('understands options that come in pieces', () => {
    const answers: number[][] = []
    const filter = telnetFilter((octets) => answers.push([...octets]))
    const text = [0x41, 255, 253, 40, 0x42].flatMap((octet) => [
      ...filter(Uint8Array.from([octet])),
    ])
    expect(text).toEqual([0x41, 0x42])
    expect(answers).toEqual([[255, 252, 40]])
  })
})
