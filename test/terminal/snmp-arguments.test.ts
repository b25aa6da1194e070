import { describe, expect, it } from 'vitest'
import { snmpCredentials, type SnmpArguments } from '../../src-main/terminal/snmp-arguments.ts'

const secrets: Readonly<Record<string, string>> = {
  NOCTURNE_COMMUNITY: 'lab-read',
  NOCTURNE_AUTH_PASSWORD: 'signing it',
  NOCTURNE_PRIV_PASSWORD: 'hiding it',
}

const from = async (given: SnmpArguments, known = secrets) => {
  const asked: string[] = []
  const warnings: string[] = []
  const access = await snmpCredentials(
    given,
    async (variable) => {
      asked.push(variable)
      return known[variable] ?? ''
    },
    (text) => warnings.push(text),
  )
  return { access, asked, warnings }
}

describe('the way in on the command line is refused', () => {
  it.each<[string, SnmpArguments, RegExp]>([
    ['a version that there is not', { snmpVersion: '4' }, /--snmp-version/],
    ['version 3 without a user', { snmpVersion: '3' }, /--v3-user/],
    ['a user with version 2c', { snmpVersion: '2c', v3User: 'noc' }, /--v3-user/],
    ['a user without authentication', { v3User: 'noc' }, /--auth/],
    ['an algorithm that there is not', { v3User: 'noc', auth: 'rot13' }, /sha256/],
    ['privacy that there is not', { v3User: 'noc', auth: 'md5', priv: 'xor' }, /aes128/],
    ['authentication without a user', { auth: 'sha256' }, /--auth/],
    ['a community with a user', { v3User: 'noc', auth: 'md5', community: 'x' }, /--community/],
  ])('%s', async (_what, given, text) => {
    await expect(from(given)).rejects.toThrow(text)
  })

  it('an empty secret', async () => {
    await expect(from({}, {})).rejects.toThrow('community')
    await expect(from({ v3User: 'noc', auth: 'sha' }, {})).rejects.toThrow('NOCTURNE_AUTH_PASSWORD')
  })
})

describe('the way in on the command line', () => {
  it('is v2c, or v1, with a community that is asked for', async () => {
    expect(await from({})).toEqual({
      access: { version: '2c', community: Buffer.from('lab-read') },
      asked: ['NOCTURNE_COMMUNITY'],
      warnings: [],
    })
    expect((await from({ snmpVersion: '1' })).access.version).toBe('1')
  })

  it('takes a community from an argument, and says who can read it there', async () => {
    const { access, asked, warnings } = await from({ community: 'public' })
    expect(access).toEqual({ version: '2c', community: Buffer.from('public') })
    expect(asked).toEqual([])
    expect(warnings.join()).toContain('every process on this machine')
    expect(warnings.join()).not.toContain('public')
  })

  it.each([
    ['sha256', 'aes', 'sha256', 'aes128'],
    ['SHA-256', 'AES-256', 'sha256', 'aes256'],
    ['SHA', 'DES', 'sha1', 'des'],
    ['md5', 'aes192-reeder', 'md5', 'aes192-reeder'],
  ])('reads --auth %s --priv %s', async (auth, priv, authProtocol, privProtocol) => {
    const { access, asked } = await from({ v3User: 'noc', auth, priv, context: 'ring' })
    expect(access).toEqual({
      version: '3',
      user: {
        name: 'noc',
        auth: { protocol: authProtocol, secret: Buffer.from('signing it') },
        priv: { protocol: privProtocol, secret: Buffer.from('hiding it') },
        context: 'ring',
      },
    })
    expect(asked).toEqual(['NOCTURNE_AUTH_PASSWORD', 'NOCTURNE_PRIV_PASSWORD'])
  })
})
