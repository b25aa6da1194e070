import * as oidc from 'openid-client'
import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import { createProviderFetch, isSecureEnough, providerTimeoutS } from './provider-fetch.ts'

/**
 * One sign-in at an OpenID Connect provider: authorisation code with PKCE (RFC 7636, S256), `state`,
 * `nonce`, `iss` (RFC 9207). The ID token's signature, issuer, audience, party, nonce and times are
 * checked; no token is kept, and none to refresh with is asked for.
 */

/** Clocks of two machines differ. */
const toleranceS = 60

export interface ProviderSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  readonly scopes: readonly string[]
  readonly claim: string
}

/** Who it was, as the provider says. */
export interface PersonAtProvider {
  readonly subject: string
  readonly name: string | null
  readonly email: string | null
  /** SECURITY: true alone where the provider says exactly that. */
  readonly emailVerified: boolean
  readonly amr: readonly string[]
  readonly acr: string | null
}

export interface AtProvider {
  /** For the system's browser. */
  readonly address: URL
  readonly state: string
  /** What the browser brought back. Errors: those of a company's sign-in. */
  redeem(answer: URLSearchParams): Promise<PersonAtProvider>
}

export const newState = oidc.randomState

const authOf =
  (secret: string | null): oidc.ClientAuth =>
  (as, client, body, headers) => {
    if (secret === null) return oidc.None()(as, client, body, headers)
    const methods = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const auth = methods.includes('client_secret_basic')
      ? oidc.ClientSecretBasic(secret)
      : oidc.ClientSecretPost(secret)
    return auth(as, client, body, headers)
  }

/** Our own error where one lies beneath: what the fetch said. */
const ownCause = (error: unknown): NocturneError | null => {
  for (
    let cause = error, depth = 0;
    cause instanceof Error && depth < 6;
    cause = cause.cause, depth++
  ) {
    if (isNocturneError(cause)) return cause
  }
  return null
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** An OAuth error code; what else a provider writes is not shown. */
const wordOf = (text: string): string => (/^[a-z_]{1,40}$/.test(text) ? text : 'unknown')

/** The client itself is not what the provider knows (RFC 6749, 4.1.2.1 and 5.2). */
const clientProblems: ReadonlySet<string> = new Set([
  'invalid_client',
  'unauthorized_client',
  'unsupported_response_type',
  'unsupported_grant_type',
  'invalid_scope',
  'invalid_request',
])

/** SECURITY: no cause goes along: the library's carry the code and the tokens. */
const providerError = (error: unknown, host: string): NocturneError => {
  const own = ownCause(error)
  if (own !== null) return own
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError) {
    const reason = wordOf(error.error)
    if (clientProblems.has(reason)) return new NocturneError('company-client-refused', { reason })
    return error instanceof oidc.ResponseBodyError
      ? new NocturneError('company-answer-refused', { reason })
      : new NocturneError('company-refused', { reason })
  }
  switch (codeOf(error)) {
    case 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED':
      return new NocturneError('company-clock', { host })
    case 'OAUTH_TIMEOUT':
    case 'OAUTH_RESPONSE_IS_NOT_CONFORM':
    case 'OAUTH_RESPONSE_IS_NOT_JSON':
      return new NocturneError('company-unreachable', { host })
    case 'OAUTH_WWW_AUTHENTICATE_CHALLENGE':
      return new NocturneError('company-client-refused', { reason: 'invalid_client' })
    default:
      return new NocturneError('company-answer-refused', { reason: 'token' })
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const personOf = (
  claims: Readonly<Record<string, unknown>>,
  claim: string,
  more: Readonly<Record<string, unknown>>,
): PersonAtProvider => {
  const subject = claims[claim]
  if (typeof subject !== 'string' || !/^[!-~](?:[ -~]{0,253}[!-~])?$/.test(subject)) {
    throw new NocturneError('company-answer-refused', { reason: 'claim' })
  }
  // The address and whether it is verified are of one source.
  const source = typeof claims['email'] === 'string' ? claims : more
  const { amr } = claims
  return {
    subject,
    name: textOf(claims['name']) ?? textOf(more['name']),
    email: textOf(source['email'])?.slice(0, 200) ?? null,
    emailVerified: source['email_verified'] === true,
    amr: Array.isArray(amr) ? amr.filter((one): one is string => typeof one === 'string') : [],
    acr: textOf(claims['acr']),
  }
}

/** Errors: those of a company's sign-in. */
export const goToProvider = async (
  settings: ProviderSettings,
  options: {
    readonly state: string
    readonly redirectUri: string
    /** The person has to say there anew who he is, whoever the browser remembers. */
    readonly fresh: boolean
    /** Asks for name and e-mail address too, where the token does not hold them. */
    readonly wantsProfile: boolean
    readonly now: () => number
    readonly signal: AbortSignal
    readonly loopback: boolean
    readonly fetch?: typeof fetch
  },
): Promise<AtProvider> => {
  const { signal, loopback, state } = options
  const issuer = new URL(settings.issuer)
  if (!isSecureEnough(issuer, loopback)) throw new NocturneError('company-issuer-insecure')
  const web = createProviderFetch({
    issuer,
    loopback,
    signal,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
  })
  const tried = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted) throw new NocturneError('cancelled')
      throw providerError(error, issuer.host)
    }
  }

  const discovered = async (): Promise<oidc.Configuration> => {
    try {
      return await oidc.discovery(
        issuer,
        settings.clientId,
        {
          [oidc.clockTolerance]: toleranceS,
          // The console's own clock counts, as everywhere.
          [oidc.clockSkew]: Math.round((options.now() - Date.now()) / 1000),
        },
        authOf(settings.clientSecret),
        {
          timeout: providerTimeoutS,
          [oidc.customFetch]: web.fetch,
          execute: [
            // SECURITY: the signature is checked also where the token came over TLS.
            oidc.enableNonRepudiationChecks,
            ...(isSecureEnough(issuer, false) ? [] : [oidc.allowInsecureRequests]),
          ],
        },
      )
    } catch (error) {
      if (codeOf(error) === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') {
        throw new NocturneError('company-wrong-issuer', { host: issuer.host })
      }
      throw error
    }
  }

  const config = await tried(discovered)
  const found = config.serverMetadata()
  // SECURITY: one issuer, to the letter; a provider of many companies answers for each by its own.
  if (new URL(found.issuer).href !== issuer.href) {
    throw new NocturneError('company-wrong-issuer', { host: issuer.host })
  }
  web.allow([found.authorization_endpoint, found.token_endpoint])
  web.allow([found.jwks_uri, found.userinfo_endpoint])
  if (found.authorization_endpoint === undefined || found.token_endpoint === undefined) {
    throw new NocturneError('company-wrong-issuer', { host: issuer.host })
  }

  const verifier = oidc.randomPKCECodeVerifier()
  const nonce = oidc.randomNonce()
  const startedS = Math.floor(options.now() / 1000)
  const address = oidc.buildAuthorizationUrl(config, {
    redirect_uri: options.redirectUri,
    response_type: 'code',
    scope: ['openid', ...settings.scopes.filter((scope) => !unasked.has(scope))].join(' '),
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(options.fresh ? { prompt: 'login', max_age: '0' } : {}),
  })

  const profileOf = async (accessToken: string, subject: string) => {
    const isNeeded = options.wantsProfile && found.userinfo_endpoint !== undefined
    return isNeeded ? await oidc.fetchUserInfo(config, accessToken, subject) : {}
  }

  const redeem = (answer: URLSearchParams): Promise<PersonAtProvider> =>
    tried(async () => {
      const iss = answer.get('iss')
      // SECURITY: the answer of another provider ("mix-up", RFC 9207) is none of ours.
      if (iss !== null && iss !== found.issuer) {
        throw new NocturneError('company-wrong-issuer', { host: issuer.host })
      }
      const tokens = await oidc.authorizationCodeGrant(
        config,
        new URL(`${options.redirectUri}?${answer.toString()}`),
        {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
          // How long ago at most: from the start of this sign-in.
          ...(options.fresh
            ? { maxAge: Math.max(0, Math.floor(options.now() / 1000) - startedS) }
            : {}),
        },
      )
      const claims = tokens.claims()
      // SECURITY: the library takes a tenant's own issuer from some providers; we take the one set.
      if (claims === undefined || claims.iss !== found.issuer) {
        throw new NocturneError('company-wrong-issuer', { host: issuer.host })
      }
      const isWhole = typeof claims['email'] === 'string'
      const more = isWhole ? {} : await profileOf(tokens.access_token, claims.sub)
      return personOf(claims, settings.claim, more)
    })
  return { address, state, redeem }
}

/** Nothing is done there later in the person's name. */
const unasked: ReadonlySet<string> = new Set(['openid', 'offline_access'])
