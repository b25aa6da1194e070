import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createCompanyBed, type CompanyBed } from '../support/company-bed.ts'
import {
  hostileSecret,
  startHostileProvider,
  type HostileProvider,
  type Lies,
} from '../support/hostile-provider.ts'

/** Each answer that is not the provider's own, or not to this question, opens nothing. */

let provider: HostileProvider
let bed: CompanyBed

beforeAll(async () => {
  provider = await startHostileProvider(() => bed.clock.now())
})
afterAll(() => provider.stop())

beforeEach(async () => {
  bed = createCompanyBed()
  const sari = await bed.addAccount('Sari')
  bed.setUp(provider)
  bed.link(sari, 'sari-1')
  bed.browser = provider.browse
  provider.lies.now = {}
})

const signIn = (clientId = 1) =>
  bed.codeOf(bed.run('access.companySignIn', { language: 'en' }, clientId))
const seconds = () => Math.floor(bed.clock.now() / 1000)

it('the honest answer is let in: what follows is refused for its lie alone', async () => {
  expect(await signIn()).toBe('done')
  expect(bed.sessions.get(1)?.name).toBe('Sari')
})

describe('no session is opened by', () => {
  const refused: readonly (readonly [string, string, () => Lies])[] = [
    [
      'a token that another key has signed',
      'company-answer-refused',
      () => ({ signWith: 'another' }),
    ],
    [
      'a token that nobody has signed (alg none)',
      'company-answer-refused',
      () => ({ header: { alg: 'none' }, signWith: 'nothing' }),
    ],
    [
      'a token with its signature cut off',
      'company-answer-refused',
      () => ({ signWith: 'nothing' }),
    ],
    [
      'a token signed with the client’s secret instead of a key (HS256)',
      'company-answer-refused',
      () => ({ header: { alg: 'HS256' }, signWith: 'client-secret' }),
    ],
    ['another nonce', 'company-answer-refused', () => ({ claims: { nonce: 'of-before' } })],
    ['no nonce', 'company-answer-refused', () => ({ claims: { nonce: undefined } })],
    [
      'a token for another client',
      'company-answer-refused',
      () => ({ claims: { aud: 'another' } }),
    ],
    [
      'a token for several, given to another party (azp)',
      'company-answer-refused',
      () => ({ claims: { aud: ['nocturne', 'another'], azp: 'another' } }),
    ],
    [
      'a token for several that names no party',
      'company-answer-refused',
      () => ({ claims: { aud: ['nocturne', 'another'] } }),
    ],
    [
      'a token of another issuer',
      'company-answer-refused',
      () => ({ claims: { iss: 'https://evil.example' } }),
    ],
    ['an expired token', 'company-clock', () => ({ claims: { exp: seconds() - 61 } })],
    ['a token that is not valid yet', 'company-clock', () => ({ claims: { nbf: seconds() + 90 } })],
    ['a token without a person', 'company-answer-refused', () => ({ claims: { sub: undefined } })],
    [
      'the answer of another provider (mix-up)',
      'company-wrong-issuer',
      () => ({ answer: (answer) => answer.set('iss', 'https://evil.example') }),
    ],
    [
      'an answer that does not say whose it is, where the provider says it would',
      'company-answer-refused',
      () => ({ answer: (answer) => answer.delete('iss') }),
    ],
    [
      'a code that was used before',
      'company-answer-refused',
      () => ({ token: { status: 400, body: { error: 'invalid_grant' } } }),
    ],
    [
      'a client that the provider does not know',
      'company-client-refused',
      () => ({ token: { status: 401, body: { error: 'invalid_client' } } }),
    ],
    [
      'an answer without a token of the person',
      'company-answer-refused',
      () => ({ token: { status: 200, body: { access_token: 'x', token_type: 'Bearer' } } }),
    ],
    [
      'a document of another issuer',
      'company-wrong-issuer',
      () => ({ document: { issuer: 'https://evil.example' } }),
    ],
    [
      'a document that sends the code elsewhere without TLS',
      'company-wrong-issuer',
      () => ({ document: { token_endpoint: 'http://192.0.2.1/token' } }),
    ],
    [
      'a document with an address that is no page of the web',
      'company-wrong-issuer',
      () => ({ document: { authorization_endpoint: 'file:///etc/passwd' } }),
    ],
  ]

  it('any of these lies', async () => {
    for (const [what, code, told] of refused) {
      // So many tries in a minute are too many.
      bed.clock.advance(60_000)
      provider.lies.now = told()
      expect(await signIn(), what).toBe(code)
      expect(bed.sessions.get(1), what).toBeNull()
    }
    expect(bed.rows('SELECT * FROM sign_in')).toEqual([])
  })
})

describe('a company’s sign-in', () => {
  it('follows nobody who sends its code elsewhere', async () => {
    let followed = 0
    const trap = await startHostileProvider(() => (followed += 1))
    provider.lies.now = { token: { status: 307, body: {}, location: `${trap.issuer}/token` } }
    expect(await signIn()).toBe('company-unreachable')
    expect(trap.asked).toEqual([])
    expect(followed).toBe(0)
    await trap.stop()
  })

  it('stands clocks that differ by less than a minute, and the console’s own clock counts', async () => {
    provider.lies.now = { claims: { exp: seconds() - 30, iat: seconds() + 30 } }
    expect(await signIn()).toBe('done')
    provider.lies.now = {}
    const at = bed.clock.now()
    bed.clock.jump(86_400_000)
    provider.lies.now = { claims: { iat: at / 1000, exp: Math.floor(at / 1000) + 300 } }
    expect(await signIn(2)).toBe('company-clock')
  })

  it('sends the code’s proof with it, asks for no token that lasts, and keeps none', async () => {
    provider.forms.length = 0
    expect(await signIn()).toBe('done')
    const form = Object.fromEntries(provider.forms[0] ?? [])
    expect(form).toMatchObject({ grant_type: 'authorization_code', code: 'the code' })
    expect(form['code_verifier']?.length).toBeGreaterThanOrEqual(43)
    const all = JSON.stringify([
      bed.trail(),
      bed.rows('SELECT * FROM sign_in'),
      bed.rows('SELECT * FROM company_link'),
      bed.rows('SELECT * FROM change_feed'),
    ])
    for (const secret of ['access token', 'refresh token', 'the code', hostileSecret]) {
      expect(all).not.toContain(secret)
    }
  })

  it('says no more of a wrong answer than a word: neither code nor token comes back', async () => {
    provider.lies.now = { signWith: 'another' }
    const error: unknown = await bed
      .run('access.companySignIn', { language: 'en' })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'company-answer-refused', params: { reason: 'token' } })
    expect((error as Error).cause).toBeUndefined()
  })

  it('takes the words of an error only where they are OAuth’s own', async () => {
    const say = (error: string) => {
      provider.lies.now = {
        answer: (answer) => {
          answer.delete('code')
          answer.set('error', error)
          answer.set('error_description', '<script>alert(1)</script>')
        },
      }
      return bed.run('access.companySignIn', { language: 'en' }).catch((thrown: unknown) => thrown)
    }
    expect(await say('access_denied')).toMatchObject({
      code: 'company-refused',
      params: { reason: 'access_denied' },
    })
    expect(await say('<b>call 0800</b>')).toMatchObject({ params: { reason: 'unknown' } })
    expect(await say('unauthorized_client')).toMatchObject({ code: 'company-client-refused' })
  })
})
