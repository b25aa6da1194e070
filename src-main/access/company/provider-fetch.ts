import type { FetchBody } from 'openid-client'
import { NocturneError } from '../../../src-shared/errors.ts'
import { trustSystemAuthorities } from './system-authorities.ts'

/**
 * The only way to the provider: https (http to this machine where that is allowed), no redirect, a
 * bounded answer, and nobody but the issuer and the addresses that its own document names.
 */

const longestAnswer = 512 * 1024
export const providerTimeoutS = 10

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

export const isLoopback = (url: URL): boolean => loopbackHosts.has(url.hostname)

/** `loopback`: http to this machine counts (simulated workspaces and tests). */
export const isSecureEnough = (url: URL, loopback: boolean): boolean =>
  url.protocol === 'https:' || (loopback && url.protocol === 'http:' && isLoopback(url))

const certificateCodes =
  /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/

const causeCode = (error: unknown): string => {
  for (
    let cause = error, depth = 0;
    cause instanceof Error && depth < 5;
    cause = cause.cause, depth++
  ) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code
  }
  return ''
}

const unreachable = (error: unknown, host: string): NocturneError => {
  const code = causeCode(error)
  // A certificate of tomorrow is rather a clock of yesterday.
  if (code === 'CERT_NOT_YET_VALID') return new NocturneError('company-clock', { host })
  if (certificateCodes.test(code)) return new NocturneError('company-certificate', { host })
  return new NocturneError('company-unreachable', { host })
}

const bounded = async (response: Response, host: string): Promise<Response> => {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.byteLength
    if (bytes > longestAnswer) throw new NocturneError('company-unreachable', { host })
    parts.push(part)
  }
  const { status, statusText, headers } = response
  const kept = new Headers(headers)
  // What fetch has unpacked already.
  kept.delete('content-encoding')
  kept.delete('content-length')
  const isEmpty = status === 204 || status === 304
  return new Response(isEmpty ? null : new Blob(parts), { status, statusText, headers: kept })
}

export interface ProviderFetch {
  readonly fetch: (
    url: string,
    options: {
      readonly method: string
      readonly headers: Record<string, string>
      readonly body?: FetchBody
      readonly signal?: AbortSignal
    },
  ) => Promise<Response>
  /** Of the issuer's document. Errors: `company-wrong-issuer` where one of them is not https. */
  allow(addresses: readonly (string | undefined)[]): void
}

export const createProviderFetch = (options: {
  readonly issuer: URL
  readonly loopback: boolean
  readonly signal: AbortSignal
  readonly fetch?: typeof fetch
}): ProviderFetch => {
  const { issuer, loopback, signal } = options
  const named = new Set<string>()
  trustSystemAuthorities()
  const isAllowed = (url: URL): boolean =>
    isSecureEnough(url, loopback) && (url.origin === issuer.origin || named.has(url.href))
  return {
    async fetch(address, { method, headers, body, signal: timeout }) {
      const url = new URL(address)
      // SECURITY: nothing but the issuer, and what it names itself, is ever connected to.
      if (!isAllowed(url)) throw new NocturneError('company-wrong-issuer', { host: url.host })
      try {
        const signals = timeout === undefined ? [signal] : [signal, timeout]
        const response = await (options.fetch ?? fetch)(url, {
          method,
          headers,
          // The library sends forms alone.
          body: body instanceof URLSearchParams ? body : null,
          // SECURITY: where a secret or a code is sent is not for the answer to say.
          redirect: 'manual',
          signal: AbortSignal.any(signals),
        })
        return await bounded(response, url.host)
      } catch (error) {
        if (signal.aborted) throw new NocturneError('cancelled', {}, { cause: error })
        if (error instanceof NocturneError) throw error
        throw unreachable(error, url.host)
      }
    },
    allow(addresses) {
      for (const address of addresses) {
        if (address === undefined) continue
        const url = URL.parse(address)
        if (url === null || !isSecureEnough(url, loopback)) {
          throw new NocturneError('company-wrong-issuer', { host: issuer.host })
        }
        named.add(url.href)
      }
    },
  }
}
