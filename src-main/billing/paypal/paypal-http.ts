/** Requests to PayPal: https alone, bounded in time and size, tried again where that can help. */

export type PayPalFailure =
  /** PayPal does not take it, or not with a part of a whole unit: nothing was sent. */
  | 'currency'
  | 'decimals'
  /** No way there, or no answer in time: nothing is known, the same request may be made again. */
  | 'unreachable'
  | 'credentials-refused'
  /** It says that it cannot now (429, 5xx), after all tries. */
  | 'busy'
  /** Nobody has said yes to the order yet. */
  | 'not-approved'
  | 'already-captured'
  | 'gone'
  /** Refused for good, with its own word (`issue`). */
  | 'refused'
  /** No answer that its published interface allows. */
  | 'unreadable'
  | 'cancelled'

export class PayPalError extends Error {
  readonly code: PayPalFailure
  /** PayPal's own word, such as `INSTRUMENT_DECLINED`; '': none. Never the answer itself. */
  readonly issue: string
  /** By which PayPal's support finds the call. */
  readonly debugId: string

  constructor(code: PayPalFailure, issue = '', debugId = '') {
    super(issue === '' ? code : `${code}: ${issue}`)
    this.name = 'PayPalError'
    this.code = code
    this.issue = issue
    this.debugId = debugId
  }
}

export interface PayPalHttpDependencies {
  readonly baseUrl: string
  /** Http to this machine counts: tests alone. */
  readonly loopback: boolean
  readonly fetch?: typeof fetch
  /** Between two tries; rejects when it is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** From 0 up to 1. */
  readonly random: () => number
  readonly timeoutMs?: number
}

export interface PayPalAnswer {
  readonly status: number
  readonly body: unknown
  readonly debugId: string
}

const longestAnswer = 512 * 1024
const tries = 4
const firstWaitMs = 500
const longestWaitMs = 30_000
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost'])

export const isSecureAddress = (address: string, loopback: boolean): boolean => {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  return (
    url.protocol === 'https:' ||
    (loopback && url.protocol === 'http:' && loopbackHosts.has(url.hostname))
  )
}

export type PayPalSend = (
  path: string,
  request: {
    readonly method: 'GET' | 'POST'
    readonly headers: Readonly<Record<string, string>>
    readonly body?: string
  },
  signal: AbortSignal,
) => Promise<PayPalAnswer>

/**
 * Sends once, and again after a network failure, 429 and 5xx: every request that changes something
 * carries an id of its own, by which PayPal knows it again.
 */
export const createPayPalHttp = (deps: PayPalHttpDependencies): PayPalSend => {
  // SECURITY: credentials and money travel under TLS.
  if (!isSecureAddress(deps.baseUrl, deps.loopback))
    throw new RangeError('PayPal is reached by https')
  const once = async (
    path: string,
    request: Parameters<PayPalSend>[1],
    signal: AbortSignal,
  ): Promise<PayPalAnswer & { readonly retryAfterMs: number | null }> => {
    const response = await (deps.fetch ?? fetch)(new URL(path, deps.baseUrl), {
      ...request,
      // SECURITY: a bearer token follows no redirect.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(deps.timeoutMs ?? 15_000)]),
    })
    const after = Number(response.headers.get('retry-after'))
    return {
      status: response.status,
      body: jsonOf(await textOf(response)),
      debugId: (response.headers.get('paypal-debug-id') ?? '').slice(0, 64),
      retryAfterMs: after > 0 ? Math.min(longestWaitMs, after * 1000) : null,
    }
  }
  return async (path, request, signal) => {
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw new PayPalError('cancelled')
      let waitMs = Math.round(firstWaitMs * 2 ** (attempt - 1) * (1 + deps.random() / 2))
      try {
        const { retryAfterMs, ...answer } = await once(path, request, signal)
        if (answer.status !== 429 && answer.status < 500) return answer
        if (attempt === tries) throw new PayPalError('busy', '', answer.debugId)
        waitMs = Math.max(waitMs, retryAfterMs ?? 0)
      } catch (error) {
        if (error instanceof PayPalError) throw error
        if (signal.aborted) throw new PayPalError('cancelled')
        // What fetch says may name hosts and headers: none of it goes on.
        if (attempt === tries) throw new PayPalError('unreachable')
      }
      try {
        await deps.sleep(waitMs, signal)
      } catch {
        throw new PayPalError('cancelled')
      }
    }
  }
}

const textOf = async (response: Response): Promise<string> => {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.byteLength
    if (bytes > longestAnswer) throw new PayPalError('unreadable')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** Undefined: it is none. An empty answer is one without a word. */
const jsonOf = (text: string): unknown => {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
