import { hash } from '@node-rs/argon2'
import bcrypt from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import { hashPassword, needsRehash, verifyPassword } from '../../src-main/access/passwords.ts'
import { minPasswordLength, requireStrong, strengthOf } from '../../src-main/access/strength.ts'

const names = ['Nadia Putri', 'nputri']
const whyOf = async (password: string): Promise<string> =>
  (await strengthOf(password, names)).why ?? 'taken'

describe('a password is refused', () => {
  it.each([
    ['', 'too-short'],
    ['xk4 9fj2', 'too-short'],
    ['123456789', 'too-short'],
    ['qwertyuiop', 'common'],
    ['password123', 'common'],
    ['my-password-1', 'common'],
    ['P@ssw0rd2024!', 'common'],
    ['aaaaaaaaaaaaaaaaaaaa', 'too-simple'],
    ['abababababab', 'too-simple'],
    ['a'.repeat(1024), 'too-simple'],
    ['Nadia-Putri-77-xk4', 'has-name'],
    ['x9 nputri kopi 4', 'has-name'],
    ['nadia-1234567', 'has-name'],
  ])('%j: %s', async (password, why) => {
    expect(await whyOf(password)).toBe(why)
  })

  it('with what it is and how long it has to be', async () => {
    await expect(requireStrong('short', names)).rejects.toMatchObject({
      code: 'password-too-weak',
      params: { what: 'password', min: minPasswordLength, why: 'too-short' },
    })
  })

  it('though it is long, where only what the estimate does not see is hard to guess', async () => {
    const hard = 'vK3 mq8 Zt1 wp6'
    expect(await whyOf(hard)).toBe('taken')
    expect(await whyOf('a'.repeat(64) + hard)).toBe('too-simple')
  })
})

describe('a password is taken', () => {
  it.each([
    'correct horse battery',
    'lima puluh kunci',
    'π≈3.14159265',
    'all lower case letters',
    'kopi nadia di pasar pagi',
    'xk4 9fj2 lwq0 '.repeat(73).slice(0, 1024),
  ])('%j, without any rule about what it is made of', async (password) => {
    expect(await whyOf(password)).toBe('taken')
  })

  it('also where nothing is known of the person', async () => {
    expect((await strengthOf('correct horse battery', ['', ' '])).why).toBeNull()
  })
})

describe('a hash', () => {
  it('that is none opens to nothing', async () => {
    for (const hashed of [null, '', 'plain', '$argon2id$x', '$2b$10$short']) {
      expect(await verifyPassword(hashed, 'plain'), String(hashed)).toBe(false)
      expect(await verifyPassword(hashed, ''), String(hashed)).toBe(false)
    }
  })

  it('of bcrypt, as other systems made it, opens to its password and wants to be replaced', async () => {
    const made = await bcrypt.hash('sandi lama sekali', 4)
    for (const letter of ['a', 'b', 'y']) {
      const imported = made.replace('$2b$', `$2${letter}$`)
      expect(await verifyPassword(imported, 'sandi lama sekali'), imported).toBe(true)
      expect(await verifyPassword(imported, 'sandi lain'), imported).toBe(false)
      expect(needsRehash(imported)).toBe(true)
    }
  })

  it('of argon2id wants to be replaced when it was made with less than today', async () => {
    const today = await hashPassword('correct horse battery')
    expect(today).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/)
    expect(needsRehash(today)).toBe(false)
    for (const less of [
      { memoryCost: 19_456, timeCost: 2 },
      { memoryCost: 65_536, timeCost: 2 },
    ]) {
      const weak = await hash('correct horse battery', { algorithm: 2, parallelism: 1, ...less })
      expect(needsRehash(weak)).toBe(true)
      expect(await verifyPassword(weak, 'correct horse battery')).toBe(true)
    }
    expect(needsRehash(today.replace('m=65536', 'm=131072'))).toBe(false)
  })
})
