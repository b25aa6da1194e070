import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { listen } from './company-provider.ts'

/**
 * A provider that answers what the test says, right down to the token: what it does by itself is
 * right, each lie is the test's.
 */

export interface Lies {
  /** Of the token. */
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  signWith?: 'own' | 'another' | 'nothing' | 'client-secret'
  /** Of the discovery document. */
  document?: Record<string, unknown>
  /** Instead of the token endpoint's answer. */
  token?: { readonly status: number; readonly body: unknown; readonly location?: string }
  /** Of what the browser brings back. */
  answer?: (answer: URLSearchParams) => void
  userinfo?: Record<string, unknown>
}

const base64url = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url')

const keys = (() => {
  const make = (): { publicKey: KeyObject; privateKey: KeyObject } =>
    generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { own: make(), another: make() }
})()

export const hostileSecret = 'secret of the client'

export const startHostileProvider = async (now: () => number) => {
  const lies: { now: Lies } = { now: {} }
  const asked: string[] = []
  let nonce = ''
  const forms: URLSearchParams[] = []

  const tokenOf = (): string => {
    const { claims, header, signWith = 'own' } = lies.now
    const seconds = Math.floor(now() / 1000)
    const head = { alg: 'RS256', kid: 'one', typ: 'JWT', ...header }
    const body = {
      iss: issuer,
      aud: 'nocturne',
      sub: 'sari-1',
      nonce,
      iat: seconds,
      exp: seconds + 300,
      auth_time: seconds,
      ...claims,
    }
    const text = `${base64url(head)}.${base64url(body)}`
    if (signWith === 'nothing') return `${text}.`
    const signature =
      signWith === 'client-secret'
        ? createHmac('sha256', hostileSecret).update(text).digest()
        : sign('sha256', Buffer.from(text), keys[signWith].privateKey)
    return `${text}.${signature.toString('base64url')}`
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', issuer)
    asked.push(url.pathname)
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (url.pathname === '/.well-known/openid-configuration') {
      return json(200, {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        userinfo_endpoint: `${issuer}/me`,
        response_types_supported: ['code'],
        id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
        ...lies.now.document,
      })
    }
    if (url.pathname === '/jwks') {
      const jwk = keys.own.publicKey.export({ format: 'jwk' })
      return json(200, { keys: [{ ...jwk, kid: 'one', use: 'sig', alg: 'RS256' }] })
    }
    if (url.pathname === '/me') return json(200, { sub: 'sari-1', ...lies.now.userinfo })
    if (url.pathname !== '/token') return json(404, {})
    let form = ''
    request.on('data', (part: Buffer) => (form += part.toString()))
    request.on('end', () => {
      forms.push(new URLSearchParams(form))
      const told = lies.now.token
      if (told?.location !== undefined) response.setHeader('location', told.location)
      if (told !== undefined) return json(told.status, told.body)
      return json(200, {
        access_token: 'an access token',
        refresh_token: 'a refresh token',
        token_type: 'Bearer',
        expires_in: 300,
        id_token: tokenOf(),
      })
    })
    return undefined
  })
  const issuer = await listen(server)

  return {
    issuer,
    clientId: 'nocturne',
    clientSecret: hostileSecret,
    asked,
    /** What the token endpoint was sent. */
    forms,
    lies,
    /** The browser, at once: signed in there and sent back. */
    async browse(address: string): Promise<Response> {
      const wanted = new URL(address).searchParams
      nonce = wanted.get('nonce') ?? ''
      const answer = new URLSearchParams({
        code: 'the code',
        state: wanted.get('state') ?? '',
        iss: issuer,
      })
      lies.now.answer?.(answer)
      return fetch(`${wanted.get('redirect_uri') ?? ''}?${answer.toString()}`)
    },
    async stop(): Promise<void> {
      server.close()
      server.closeAllConnections()
      await once(server, 'close').catch(() => undefined)
    },
  }
}

export type HostileProvider = Awaited<ReturnType<typeof startHostileProvider>>
