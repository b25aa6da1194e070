import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { NocturneError } from '../../../src-shared/errors.ts'
import { answerPage, pageHeaders, type AnswerPage, type PageLanguage } from './answer-page.ts'

/**
 * Hears one answer of the system's browser (RFC 8252, 7.3 and 8.3): on 127.0.0.1 alone, at a port
 * that the system chooses, one path, one `state`; closed with the answer or with `signal`.
 */

export const answerPath = '/nocturne/signed-in'
/** What is registered at a provider, which must take any port with it. */
export const registeredRedirect = `http://127.0.0.1${answerPath}`

/** So many answers to another question end the wait: somebody on this machine is guessing. */
const mostForeign = 20
const longestAddress = 8192

export interface LoopbackListener {
  readonly redirectUri: string
  /** Errors: `company-answer-refused`, `cancelled` where `signal` ended it. */
  readonly answer: Promise<URLSearchParams>
  stop(): void
}

const isSame = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())

/** Errors: `company-browser` where no port can be had. */
export const openLoopbackListener = async (
  { state, language }: { readonly state: string; readonly language: PageLanguage },
  signal: AbortSignal,
): Promise<LoopbackListener> => {
  const settled = Promise.withResolvers<URLSearchParams>()
  // Whoever waits is told; where nobody does any more, it is no error of the process.
  settled.promise.catch(() => undefined)
  let foreign = 0
  let host = ''
  let isAnswered = false

  const say = (response: ServerResponse, status: number, page: AnswerPage): void => {
    response.writeHead(status, pageHeaders)
    response.end(answerPage(page, language))
  }

  const hear = (request: IncomingMessage, response: ServerResponse): void => {
    const address = request.url ?? ''
    // SECURITY: a name that somebody points at 127.0.0.1 is not us.
    if (request.headers.host !== host) return say(response, 400, 'nothing')
    const url = address.length > longestAddress ? null : URL.parse(address, `http://${host}`)
    // SECURITY: the path to the letter.
    if (url?.host !== host || url.pathname !== answerPath) return say(response, 404, 'nothing')
    if (request.method !== 'GET') return say(response, 405, 'nothing')
    // SECURITY: one answer, once.
    if (isAnswered) return say(response, 410, 'another')
    const states = url.searchParams.getAll('state')
    // SECURITY: only the answer to the question that was asked; whoever guesses ends nobody's wait.
    if (states.length !== 1 || !isSame(states[0] ?? '', state)) {
      foreign += 1
      say(response, 400, 'another')
      if (foreign >= mostForeign) {
        settled.reject(new NocturneError('company-answer-refused', { reason: 'state' }))
        stop()
      }
      return undefined
    }
    isAnswered = true
    // Who does not take his page is not waited for.
    request.socket.setTimeout(2000, () => request.socket.destroy())
    response.once('close', () => server.closeAllConnections())
    say(response, 200, url.searchParams.has('error') ? 'refused' : 'done')
    settled.resolve(url.searchParams)
    stop()
    return undefined
  }

  const server = createServer(
    { maxHeaderSize: 16_384, headersTimeout: 5000, requestTimeout: 5000, keepAlive: false },
    hear,
  )
  server.maxConnections = 16
  const stop = (): void => {
    signal.removeEventListener('abort', abort)
    server.close()
    // The page that tells the person to go back is let through.
    if (!isAnswered) server.closeAllConnections()
  }
  const abort = (): void => {
    settled.reject(new NocturneError('cancelled'))
    stop()
  }
  const listening = Promise.withResolvers<undefined>()
  server.once('error', () => listening.reject(new NocturneError('company-browser')))
  // SECURITY: this machine alone.
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  server.on('error', abort)
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort)
  return { redirectUri: `http://${host}${answerPath}`, answer: settled.promise, stop }
}
