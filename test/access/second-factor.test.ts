import { Secret, HOTP, TOTP } from 'otpauth'
import { beforeEach, describe, expect, it } from 'vitest'
import { newRecoveryCodes, recoveryCodeHash } from '../../src-main/access/recovery-codes.ts'
import { totpStepOf } from '../../src-main/access/totp.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import {
  bedPassword as password,
  createAccessBed,
  requireSecondFactor,
  setUpFactor,
  type AccessBed,
} from '../support/access-bed.ts'

/** facts/business.md, open cases K01 to K07 (RFC 6238 appendix B, RFC 4226 appendix D). */
describe('one-time codes are those of the standard', () => {
  const key = (bytes: number): Secret => Secret.fromLatin1('1234567890'.repeat(7).slice(0, bytes))
  it.each([
    ['K01', 59, '94287082', '46119246', '90693936'],
    ['K02', 1111111109, '07081804', '68084774', '25091201'],
    ['K03', 1111111111, '14050471', '67062674', '99943326'],
    ['K04', 1234567890, '89005924', '91819424', '93441116'],
    ['K05', 2000000000, '69279037', '90698825', '38618901'],
    ['K06', 20000000000, '65353130', '77737706', '47863826'],
  ])('%s', (_, seconds, sha1, sha256, sha512) => {
    const at = (algorithm: string, bytes: number): string =>
      TOTP.generate({
        secret: key(bytes),
        algorithm,
        digits: 8,
        period: 30,
        timestamp: seconds * 1000,
      })
    expect([at('SHA1', 20), at('SHA256', 32), at('SHA512', 64)]).toEqual([sha1, sha256, sha512])
    // And what we compare with ours: the last six digits of SHA-1.
    const plain = Buffer.from('12345678901234567890')
    expect(totpStepOf(plain, sha1.slice(2), seconds * 1000)).toBe(Math.floor(seconds / 30))
  })
  it('K07', () => {
    const said = Array.from({ length: 10 }, (_, counter) =>
      HOTP.generate({ secret: key(20), counter }),
    )
    expect(said.join(' ')).toBe(
      '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489',
    )
  })
  it('holds one step before and after, and no further', () => {
    const plain = Buffer.from('12345678901234567890')
    const at = 50_000_000 * 30_000
    const codeAt = (step: number): string =>
      TOTP.generate({ secret: key(20), timestamp: step * 30_000 })
    for (const [step, taken] of [
      [-2, null],
      [-1, 49_999_999],
      [0, 50_000_000],
      [1, 50_000_001],
      [2, null],
    ] as const) {
      expect(totpStepOf(plain, codeAt(50_000_000 + step), at)).toBe(taken)
    }
    expect(totpStepOf(plain, 'no code', at)).toBeNull()
  })
})

describe('recovery codes', () => {
  it('are ten different ones without letters that look alike, read in either case, blanks or not', () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    const key = Buffer.alloc(32, 7)
    for (const code of codes) {
      expect(code).toMatch(/^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/)
      const same = recoveryCodeHash(key, ` ${code.toLowerCase().replace('-', ' ')} `)
      expect(same?.equals(recoveryCodeHash(key, code)!)).toBe(true)
      expect(recoveryCodeHash(Buffer.alloc(32, 8), code)?.equals(same!)).toBe(false)
    }
    expect(recoveryCodeHash(key, 'AAAA')).toBeNull()
  })
})

let bed: AccessBed
let sari: string
let uri: string
let codes: readonly string[]

beforeEach(async () => {
  bed = createAccessBed()
  await bed.addAccount('Nadia', 'owner')
  sari = await bed.addAccount('Sari', 'support')
  ;({ uri, codes } = await setUpFactor(bed, 'Sari'))
  bed.clock.advance(60_000)
})

const signInWith = async (code: string, clientId = 3): Promise<string> => {
  await bed.run('access.signIn', { name: 'Sari', password }, clientId)
  return bed.codeOf(bed.run('access.signInCode', { code }, clientId))
}

describe('a second factor after the clock was set back', () => {
  it('takes no code of a time that was, and lets in by a recovery code; then it goes on', async () => {
    const day = 86_400_000
    bed.clock.advance(day)
    const seen = bed.appCode(uri)
    expect(await signInWith(seen)).toBe('done')
    bed.clock.jump(-day)
    // SECURITY: what the app shows now may have been looked at when it was that time before.
    expect(await signInWith(bed.appCode(uri), 4)).toBe('wrong-code')
    bed.clock.advance(10_000)
    expect(await signInWith(seen, 4)).toBe('wrong-code')
    // Its text says that the clock may be off, and that a recovery code works: it does.
    bed.clock.advance(60_000)
    expect(await signInWith(codes[0] ?? '', 4)).toBe('done')
    expect(await signInWith(codes[0] ?? '', 4)).toBe('wrong-code')
    // Past the last code that was used, the app's are good again.
    bed.clock.advance(day)
    expect(await signInWith(bed.appCode(uri), 4)).toBe('done')
  })
})

describe('a second factor', () => {
  it('takes each step once: a code that was looked at is of no use', async () => {
    const code = bed.appCode(uri)
    expect(await signInWith(code)).toBe('done')
    expect(await signInWith(code, 4)).toBe('wrong-code')
    // Who plays one back is noted, and waits, as for any wrong one.
    expect(bed.rows('SELECT result FROM sign_in ORDER BY seq DESC LIMIT 1')).toEqual([
      { result: 'wrong-code' },
    ])
    expect(await signInWith(bed.appCode(uri, 1), 4)).toBe('sign-in-throttled')
    // Nor one of a step before it, though it is still in its window.
    bed.clock.advance(10_000)
    expect(await signInWith(bed.appCode(uri, -1), 4)).toBe('wrong-code')
    bed.clock.advance(60_000)
    expect(await signInWith(bed.appCode(uri), 4)).toBe('done')
  })

  it('of two that say the same code at once lets one in', async () => {
    await bed.run('access.signIn', { name: 'Sari', password }, 3)
    await bed.run('access.signIn', { name: 'Sari', password }, 4)
    const code = bed.appCode(uri)
    const both = [3, 4].map((client) => bed.run('access.signInCode', { code }, client))
    const said = [await bed.codeOf(both[0]!), await bed.codeOf(both[1]!)]
    expect(said.toSorted()).toEqual(['done', 'wrong-code'])
  })

  it('takes a recovery code in its place once', async () => {
    expect(codes).toHaveLength(10)
    expect(await signInWith(codes[3]!)).toBe('done')
    expect(await signInWith(codes[3]!, 4)).toBe('wrong-code')
    bed.clock.advance(1000)
    expect(await signInWith(codes[4]!.toLowerCase(), 4)).toBe('done')
    const mine = await bed.access.queries['access.mine']({}, bed.context(4))
    expect(mine.recoveryCodesLeft).toBe(8)
  })

  it('has its keys sealed and its codes hashed: neither stands in the store, audit or feed', () => {
    const secret = new URL(uri).searchParams.get('secret')!
    const key = Buffer.from(Secret.fromBase32(secret).buffer)
    const tables = [
      'second_factor',
      'recovery_code',
      'sign_in',
      'audit',
      'change_feed',
      'command_result',
    ]
    for (const table of tables) {
      for (const row of bed.rows(`SELECT * FROM ${table}`)) {
        for (const value of Object.values(row)) {
          const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value))
          expect(bytes.includes(key)).toBe(false)
          expect(bytes.includes(secret)).toBe(false)
          for (const code of codes) expect(bytes.includes(code.replace('-', ''))).toBe(false)
          for (const code of codes) expect(bytes.includes(code)).toBe(false)
        }
      }
    }
  })
})

describe('the set-up', () => {
  it('asks who is signed in to say once more who he is, and nobody at a locked screen', async () => {
    bed.clock.advance(10 * 60_000)
    const begin = () => bed.codeOf(bed.run('access.beginSecondFactor', {}))
    expect(await begin()).toBe('step-up-needed')
    await bed.run('access.stepUp', { password, code: bed.appCode(uri) })
    bed.sessions.setLocked(1, true)
    expect(await begin()).toBe('session-locked')
    bed.sessions.setLocked(1, false)
    expect(await begin()).toBe('done')
    expect(await bed.codeOf(bed.run('access.beginSecondFactor', {}, 77))).toBe('not-signed-in')
  })

  it('turns on nothing that was not seen, and leaves the one before as it was', async () => {
    const before = bed.rows('SELECT sealed FROM second_factor')
    bed.look = () => Promise.reject(new NocturneError('cancelled'))
    expect(await bed.codeOf(bed.run('access.beginSecondFactor', {}))).toBe('cancelled')
    bed.look = () => Promise.resolve()
    await bed.run('access.beginSecondFactor', {})
    const next = bed.shown.at(-1)?.request.qr ?? ''
    // The recovery codes were not seen.
    bed.look = () => Promise.reject(new NocturneError('cancelled'))
    expect(
      await bed.codeOf(bed.run('access.confirmSecondFactor', { code: bed.appCode(next) })),
    ).toBe('cancelled')
    expect(bed.rows('SELECT sealed FROM second_factor')).toEqual(before)
    expect(await signInWith(codes[0]!)).toBe('done')
  })

  it('turns on nothing for who was signed out while the codes were shown', async () => {
    await bed.run('access.beginSecondFactor', {})
    const next = bed.shown.at(-1)?.request.qr ?? ''
    bed.look = () => {
      bed.sessions.end(1)
      return Promise.resolve()
    }
    expect(
      await bed.codeOf(bed.run('access.confirmSecondFactor', { code: bed.appCode(next) })),
    ).toBe('not-signed-in')
  })

  it('wants a right code of the new key, within ten minutes, and lets nobody guess', async () => {
    await bed.run('access.beginSecondFactor', {})
    const next = bed.shown.at(-1)?.request.qr ?? ''
    const confirm = (code: string) => bed.codeOf(bed.run('access.confirmSecondFactor', { code }))
    expect(await confirm(bed.appCode(uri))).toBe('wrong-code')
    expect(await confirm(bed.appCode(next))).toBe('sign-in-throttled')
    bed.clock.advance(1000)
    expect(await confirm(bed.appCode(next))).toBe('done')
    expect(await confirm(bed.appCode(next))).toBe('not-found')
    // The old key and the old recovery codes are gone with it.
    bed.clock.advance(60_000)
    expect(await signInWith(codes[0]!)).toBe('wrong-code')
  })
})

describe('a second factor goes', () => {
  it('when the person takes it off, unless the role asks for one', async () => {
    expect(await bed.codeOf(bed.run('access.removeSecondFactor', {}))).toBe('done')
    expect(bed.rows('SELECT * FROM recovery_code')).toEqual([])
    expect(bed.accounts.byId(sari)?.secondFactorSince).toBeNull()
    expect(await bed.codeOf(bed.run('access.removeSecondFactor', {}))).toBe('not-found')
    requireSecondFactor(bed, 'support')
    expect(await bed.codeOf(bed.run('access.removeSecondFactor', {}))).toBe(
      'second-factor-required',
    )
  })

  it('by another administrator only, and the person is told', async () => {
    const admin = await bed.addAccount('Admin', 'administrator')
    await setUpFactor(bed, 'Nadia', 5)
    await setUpFactor(bed, 'Admin', 6)
    const reset = (accountId: string, clientId: number) =>
      bed.codeOf(bed.run('access.resetSecondFactor', { accountId }, clientId))
    expect(await reset(admin, 6)).toBe('own-account')
    expect(await reset(bed.accounts.owner()?.id ?? '', 6)).toBe('role-beyond-own')
    expect(await reset(bed.accounts.owner()?.id ?? '', 5)).toBe('own-account')
    expect(await reset(sari, 6)).toBe('done')
    expect(bed.sessions.get(1)).toBeNull()
    await bed.run('access.signIn', { name: 'Sari', password }, 3)
    const mine = await bed.access.queries['access.mine']({}, bed.context(3))
    expect(mine).toMatchObject({
      secondFactorSince: null,
      secondFactorReset: { at: bed.clock.now(), byName: 'Admin' },
    })
  })

  it('recovery codes are renewed once the new ones were seen; the old ones end', async () => {
    bed.look = () => Promise.reject(new NocturneError('cancelled'))
    expect(await bed.codeOf(bed.run('access.renewRecoveryCodes', {}))).toBe('cancelled')
    bed.look = () => Promise.resolve()
    expect(await bed.codeOf(bed.run('access.renewRecoveryCodes', {}))).toBe('done')
    const renewed = bed.shown.at(-1)?.request.lines ?? []
    expect(await signInWith(codes[0]!)).toBe('wrong-code')
    bed.clock.advance(1000)
    expect(await signInWith(renewed[0]!)).toBe('done')
  })
})
