import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { Provider } from 'oidc-provider'

/**
 * A real OpenID Connect provider on this machine (oidc-provider), with one client and people who
 * sign in by name alone: its pages are driven by `bringBack`.
 */

export interface CompanyPerson {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly amr?: readonly string[]
  readonly acr?: string
}

export interface CompanyProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Every address that was asked for, in order. */
  readonly asked: readonly string[]
  /** Of the last authorisation request. */
  readonly wanted: () => URLSearchParams
  stop(): Promise<void>
}

export const listen = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const startCompanyProvider = async (
  people: readonly CompanyPerson[],
): Promise<CompanyProvider> => {
  const asked: string[] = []
  let wanted = new URLSearchParams()
  let provider: Provider | null = null
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', issuer)
    asked.push(url.pathname)
    if (url.pathname === '/auth') wanted = url.searchParams
    if (provider === null) throw new Error('not yet')
    const isPage = url.pathname.startsWith('/interaction/')
    if (!isPage) return void provider.callback()(request, response)
    return void interact(provider, request, response).catch((error: unknown) => {
      response.writeHead(500)
      response.end(String(error))
    })
  })
  const issuer = await listen(server)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }
  provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'nocturne',
        client_secret: 'the secret of the client',
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/nocturne/signed-in'],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['of the tests'] },
    claims: {
      openid: ['sub', 'acr', 'amr'],
      email: ['email', 'email_verified'],
      profile: ['name'],
    },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_ctx: unknown, accountId: string) => {
      const person = people.find(({ sub }) => sub === accountId)
      return person === undefined
        ? undefined
        : { accountId, claims: () => ({ ...person, name: `Person ${accountId}` }) }
    },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  })

  /** GET shows a page; POST with `sub` signs in (or with `no`, refuses) and agrees to all. */
  const interact = async (
    at: Provider,
    request: Parameters<Provider['interactionDetails']>[0],
    response: Parameters<Provider['interactionDetails']>[1],
  ): Promise<void> => {
    const { prompt, params, session } = await at.interactionDetails(request, response)
    const url = new URL(request.url ?? '', issuer)
    if (request.method === 'GET' && !url.searchParams.has('sub')) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(
        `<!doctype html><title>The company</title><h1>The company's sign-in</h1>
<form><label>Who are you? <input name="sub"></label><button>Go on</button></form>`,
      )
      return
    }
    const sub = url.searchParams.get('sub') ?? ''
    if (sub === 'no') {
      await at.interactionFinished(request, response, { error: 'access_denied' })
      return
    }
    const person = people.find((one) => one.sub === sub)
    const accountId = prompt.name === 'login' ? sub : (session?.accountId ?? sub)
    const grant = new at.Grant({ accountId, clientId: String(params['client_id']) })
    grant.addOIDCScope(String(params['scope']))
    const result = {
      login: { accountId, amr: person?.amr ?? ['pwd'], acr: person?.acr },
      consent: { grantId: await grant.save() },
    }
    await at.interactionFinished(request, response, result)
  }

  return {
    issuer,
    clientId: 'nocturne',
    clientSecret: 'the secret of the client',
    asked,
    wanted: () => wanted,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close').catch(() => undefined)
    },
  }
}

/** A browser with cookies that follows where it is sent: says `sub` at the provider's page. */
export const bringBack = async (
  address: string,
  sub: string,
): Promise<{ readonly url: string; readonly page: string; readonly headers: Headers }> => {
  const cookies = new Map<string, string>()
  let url = address
  for (let hops = 0; hops < 12; hops++) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const location = response.headers.get('location')
    if (location !== null) {
      url = new URL(location, url).href
      continue
    }
    const page = await response.text()
    if (new URL(url).pathname.startsWith('/interaction/') && !url.includes('?')) {
      url = `${url}?sub=${encodeURIComponent(sub)}`
      continue
    }
    return { url, page, headers: response.headers }
  }
  throw new Error('sent in circles')
}
