import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEngineWrite } from '../../src-main/engine/engine-write.ts'
import { bedId, bedPassword, requireSecondFactor, setUpFactor } from '../support/access-bed.ts'
import { createCompanyBed, type CompanyBed } from '../support/company-bed.ts'
import {
  bringBack,
  startCompanyProvider,
  type CompanyProvider,
} from '../support/company-provider.ts'

/** Against a real provider (oidc-provider), whose pages are driven as a browser would. */

let provider: CompanyProvider
let bed: CompanyBed
let nadia: string
let sari: string

beforeAll(async () => {
  provider = await startCompanyProvider([
    { sub: 'sari-1', email: 'Sari@isp.example', email_verified: true },
    { sub: 'unverified-2', email: 'sari@isp.example', email_verified: false },
    { sub: 'mfa-3', amr: ['pwd', 'mfa'] },
    { sub: 'owner-4', email: 'nadia@isp.example', email_verified: true },
  ])
})
afterAll(() => provider.stop())

beforeEach(async () => {
  bed = createCompanyBed()
  nadia = await bed.addAccount('Nadia Putri', 'owner')
  sari = await bed.addAccount('Sari')
  bed.setUp(provider)
  comes('sari-1')
})

const write = (name: string, sql: string, ...values: (string | number | null)[]): void =>
  createEngineWrite(bed.store, { clock: bed.clock, newId: bedId })(name, {}, (tx) => {
    tx.run(sql, ...values)
  })
/** Who signs in at the provider's page. */
const comes = (sub: string): void => {
  bed.browser = (address) => bringBack(address, sub)
}
const signIn = (clientId = 1) =>
  bed.codeOf(bed.run('access.companySignIn', { language: 'en' }, clientId))
const passwordOf = (name: string, clientId = 1) =>
  bed.codeOf(bed.run('access.signIn', { name, password: bedPassword }, clientId))
const history = () =>
  bed
    .rows('SELECT account_id AS who, result, means FROM sign_in ORDER BY seq')
    .map((row) => [row['who'], row['result'], row['means']])

describe('a company’s sign-in', () => {
  it('opens a session of the account that is linked, by the code with PKCE, and the browser is told', async () => {
    bed.link(sari, 'sari-1')
    expect(await signIn()).toBe('done')
    expect(bed.sessions.get(1)).toMatchObject({ name: 'Sari', role: 'support', locked: false })
    expect(history()).toEqual([[sari, 'done', 'oidc']])
    const wanted = provider.wanted()
    expect(Object.fromEntries(wanted)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      client_id: 'nocturne',
      // Nothing that lasts is asked for, whatever is set.
      scope: 'openid email',
    })
    expect(wanted.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/nocturne\/signed-in$/)
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(wanted.get(name)?.length, name).toBeGreaterThanOrEqual(43)
    }
    const { page, headers } = (await bed.came()) as Awaited<ReturnType<typeof bringBack>>
    expect(page).toContain('<h1>Go back to Nocturne</h1>')
    expect(page).not.toMatch(/script|style=|src=|href=|code|Sari/i)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    // Closed with its answer: the same once more reaches nobody.
    const again = fetch(`${wanted.get('redirect_uri')}?state=${wanted.get('state')}&code=x`)
    await expect(again).rejects.toThrow()
    expect(
      new Set(provider.asked.map((path) => path.replace(/(auth|interaction)\/.+$/, '$1/…'))),
    ).toEqual(
      new Set([
        '/.well-known/openid-configuration',
        '/auth',
        '/auth/…',
        '/interaction/…',
        '/token',
        '/jwks',
      ]),
    )
  })

  it('refuses nobody’s person and a disabled account in the same words, and makes no account', async () => {
    const accounts = bed.rows('SELECT id FROM account').length
    expect(await signIn()).toBe('company-unknown')
    bed.clock.advance(60_000)
    bed.link(sari, 'sari-1')
    write('test.disable', 'UPDATE account SET disabled_at = 1 WHERE id = ?', sari)
    expect(await signIn()).toBe('company-unknown')
    expect(bed.sessions.get(1)).toBeNull()
    expect(bed.rows('SELECT id FROM account')).toHaveLength(accounts)
    expect(history()).toEqual([
      [null, 'not-linked', 'oidc'],
      [sari, 'disabled', 'oidc'],
    ])
    // And who does not wait is not looked at.
    expect(await signIn()).toBe('sign-in-throttled')
  })

  it('asks for the account’s second factor, and for its set-up where the role wants one', async () => {
    bed.link(sari, 'sari-1')
    requireSecondFactor(bed, 'support')
    expect(await bed.run('access.companySignIn', { language: 'en' })).toEqual({
      next: 'set-up-second-factor',
      session: null,
    })
    expect(bed.sessions.get(1)).toBeNull()
    await setUpFactor(bed, 'Sari', 2)
    const uri = bed.shown.at(-2)?.request.qr ?? ''
    bed.clock.advance(60_000)
    expect(await bed.run('access.companySignIn', { language: 'en' })).toEqual({
      next: 'second-factor',
      session: null,
    })
    expect(bed.sessions.get(1)).toBeNull()
    const code = bed.appCode(uri)
    expect(await bed.codeOf(bed.run('access.signInCode', { code }, 1))).toBe('done')
    expect(bed.sessions.get(1)?.name).toBe('Sari')
  })

  it('takes the provider’s second factor for one only where the settings say which counts', async () => {
    requireSecondFactor(bed, 'support')
    bed.link(sari, 'mfa-3')
    comes('mfa-3')
    expect(await bed.run('access.companySignIn', { language: 'en' })).toMatchObject({
      next: 'set-up-second-factor',
    })
    bed.setUp(provider, { factorValues: ['otp', 'mfa'] })
    expect(await bed.run('access.companySignIn', { language: 'en' })).toMatchObject({
      next: 'done',
    })
    expect(bed.sessions.get(1)?.name).toBe('Sari')
  })

  it('that stands out gives no step-up, as with a password', async () => {
    bed.link(sari, 'sari-1')
    await signIn()
    bed.machine = { device: 'another (Linux)', addresses: ['203.0.113.9/24'] }
    expect(await signIn(2)).toBe('done')
    expect(bed.sessions.get(1)?.steppedUpUntil).not.toBeNull()
    expect(bed.sessions.get(2)?.steppedUpUntil).toBeNull()
  })

  it('is refused where it is off, and where it was switched off while the browser was open', async () => {
    bed.link(sari, 'sari-1')
    bed.setUp(provider, { enabled: false })
    expect(await signIn()).toBe('company-off')
    bed.setUp(provider)
    bed.browser = (address) => {
      bed.setUp(provider, { enabled: false })
      return bringBack(address, 'sari-1')
    }
    expect(await signIn()).toBe('company-off')
    expect(bed.sessions.get(1)).toBeNull()
  })

  it('refuses who was unlinked or disabled while the browser was open', async () => {
    for (const sql of [
      'DELETE FROM company_link',
      `UPDATE account SET disabled_at = 1 WHERE role <> 'owner'`,
    ]) {
      bed.link(sari, 'sari-1')
      const work = bed.run('access.companySignIn', { language: 'en' })
      bed.browser = async (address) => {
        await bringBack(address, 'sari-1')
      }
      write('test.meanwhile', sql)
      expect(await bed.codeOf(work)).toBe('company-unknown')
      bed.clock.advance(60_000)
    }
  })
})

describe('the first sign-in of a person whom nobody has linked', () => {
  const employ = (accountId: string, email: string): void => {
    const id = bedId()
    write(
      'test.employee',
      `INSERT INTO employee (id, name, position, team, phone, email, note, created_at, updated_at)
       VALUES (?, 'x', '', '', '', ?, '', 1, 1)`,
      id,
      email,
    )
    write('test.employ', 'UPDATE account SET employee_id = ? WHERE id = ?', id, accountId)
  }

  it('links him by a verified address where the owner allows it, once and for that person alone', async () => {
    employ(sari, 'sari@ISP.example')
    expect(await signIn()).toBe('company-unknown')
    bed.clock.advance(60_000)
    bed.setUp(provider, { linkByEmail: true })
    expect(await signIn()).toBe('done')
    expect(bed.rows('SELECT account_id AS who, subject, how FROM company_link')).toEqual([
      { who: sari, subject: 'sari-1', how: 'e-mail' },
    ])
    // Another person with that address is not he.
    comes('unverified-2')
    expect(await signIn(2)).toBe('company-unknown')
  })

  it('never by an address that is not verified, and never the owner', async () => {
    bed.setUp(provider, { linkByEmail: true })
    employ(sari, 'sari@isp.example')
    employ(nadia, 'nadia@isp.example')
    for (const sub of ['unverified-2', 'owner-4']) {
      comes(sub)
      expect(await signIn(), sub).toBe('company-unknown')
    }
    expect(bed.rows('SELECT * FROM company_link')).toEqual([])
  })
})

describe('an account that signs in with the company alone', () => {
  it('takes no password while the company’s sign-in is on, and takes it when that is off', async () => {
    bed.link(sari, 'sari-1', true)
    const typed = bed.run('access.signIn', { name: 'Sari', password: bedPassword })
    expect(await bed.waitFor(typed)).toBe('wrong-credentials')
    expect(history()).toEqual([[sari, 'company-only', 'password']])
    expect(await signIn()).toBe('done')
    bed.setUp(provider, { enabled: false })
    bed.clock.advance(60_000)
    expect(await passwordOf('Sari')).toBe('done')
  })

  it('is never the owner’s, whatever the store says', async () => {
    bed.link(nadia, 'owner-4', true)
    expect(await passwordOf('Nadia Putri')).toBe('done')
  })

  it('unlocks and steps up at the provider: only he himself, anew, with his code where he has one', async () => {
    bed.link(sari, 'sari-1', true)
    await signIn()
    bed.sessions.setLocked(1, true)
    const unlock = () => bed.codeOf(bed.run('access.companyUnlock', { language: 'en' }))
    comes('mfa-3')
    expect(await unlock()).toBe('company-other-person')
    expect(bed.sessions.get(1)?.locked).toBe(true)
    bed.clock.advance(60_000)
    comes('sari-1')
    expect(await unlock()).toBe('done')
    expect(bed.sessions.get(1)?.locked).toBe(false)
    expect(Object.fromEntries(provider.wanted())).toMatchObject({ prompt: 'login', max_age: '0' })
    expect(history().at(-1)).toEqual([sari, 'unlocked', 'oidc'])

    bed.clock.advance(10 * 60_000)
    const stepUp = () => bed.run('access.companyStepUp', { language: 'en', code: null })
    expect(await stepUp()).toEqual({ until: bed.clock.now() + 5 * 60_000 })
    write(
      'test.factor',
      `INSERT INTO second_factor (account_id, sealed, since, last_step) VALUES (?, x'00', 1, 1)`,
      sari,
    )
    expect(await bed.codeOf(stepUp())).toBe('wrong-code')
  })
})

describe('a person’s own link', () => {
  const link = (clientId = 1) =>
    bed.codeOf(bed.run('access.companyLink', { language: 'id' }, clientId))
  const unlink = () => bed.codeOf(bed.run('access.companyUnlink', {}))

  it('is made by signing in there, shown, and taken away again', async () => {
    await passwordOf('Sari')
    expect(await link()).toBe('done')
    const { page } = (await bed.came()) as Awaited<ReturnType<typeof bringBack>>
    expect(page).toContain('<html lang="id">')
    const mine = bed.access.queries['access.mine']({}, bed.context(1))
    expect(await mine).toMatchObject({ companySince: bed.clock.now(), companyOnly: false })
    expect(await signIn(2)).toBe('done')
    expect(await unlink()).toBe('done')
    expect(await signIn(2)).toBe('company-unknown')
    expect(await unlink()).toBe('not-found')
  })

  it('is not another’s, and the only way in is not thrown away', async () => {
    bed.link(nadia, 'sari-1')
    await passwordOf('Sari')
    expect(await link()).toBe('company-taken')
    bed.link(nadia, 'owner-4')
    bed.link(sari, 'sari-1')
    write('test.none', 'UPDATE account SET password_hash = NULL WHERE id = ?', sari)
    expect(await unlink()).toBe('company-needed')
    write('test.some', `UPDATE account SET password_hash = '$argon2id$x' WHERE id = ?`, sari)
    bed.link(sari, 'sari-1', true)
    expect(await unlink()).toBe('company-needed')
    // Bound to one person there, he does not choose another.
    comes('mfa-3')
    expect(await link()).toBe('company-taken')
  })

  it('is not made at a screen that was locked, or left, while the browser was open', async () => {
    await passwordOf('Sari')
    const meanwhile = (act: () => void): void => {
      bed.browser = async (address) => {
        act()
        await bringBack(address, 'sari-1')
      }
    }
    meanwhile(() => bed.sessions.setLocked(1, true))
    expect(await link()).toBe('session-locked')
    bed.sessions.setLocked(1, false)
    meanwhile(() => bed.sessions.end(1))
    expect(await link()).toBe('session-ended')
    expect(bed.rows('SELECT * FROM company_link')).toEqual([])
  })
})
