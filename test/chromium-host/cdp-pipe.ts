/**
 * The DevTools protocol over `--remote-debugging-pipe`: messages are JSON, ended by a NUL byte
 * (Chromium, content/browser/devtools/devtools_pipe_handler.cc). Chromium ends when the pipe
 * closes, which is what makes it die with its host.
 */
import type { Readable, Writable } from 'node:stream'

export type CdpEvent = Readonly<{
  method: string
  params: Readonly<Record<string, unknown>>
  sessionId: string | undefined
}>

export type CdpConnection = Readonly<{
  /** Rejects with the protocol's error, after 30 s without an answer, or when the pipe closes. */
  send: <Result = unknown>(
    method: string,
    params?: Readonly<Record<string, unknown>>,
    sessionId?: string,
  ) => Promise<Result>
  onEvent: (listener: (event: CdpEvent) => void) => () => void
  /** Resolves when the pipe has closed. */
  closed: Promise<void>
}>

type Pending = Readonly<{
  method: string
  resolve: (result: never) => void
  reject: (error: Error) => void
  timer: NodeJS.Timeout
}>

type Incoming = Readonly<{
  id?: number
  method?: string
  params?: Record<string, unknown>
  sessionId?: string
  result?: unknown
  error?: { message: string }
}>

const answerTimeoutMs = 30_000

export const connectCdpPipe = (toChromium: Writable, fromChromium: Readable): CdpConnection => {
  const pending = new Map<number, Pending>()
  const listeners = new Set<(event: CdpEvent) => void>()
  const closed = Promise.withResolvers<undefined>()
  let isClosed = false
  let lastId = 0
  let parts: Buffer[] = []

  const end = (): void => {
    if (isClosed) return
    isClosed = true
    for (const request of pending.values()) {
      clearTimeout(request.timer)
      request.reject(new Error(`${request.method}: Chromium has ended`))
    }
    pending.clear()
    closed.resolve(undefined)
  }

  const receive = (text: string): void => {
    const message = JSON.parse(text) as Incoming
    if (message.id === undefined) {
      const { method, params, sessionId } = message
      if (method === undefined) return
      for (const listener of listeners) listener({ method, params: params ?? {}, sessionId })
      return
    }
    const request = pending.get(message.id)
    if (request === undefined) return
    pending.delete(message.id)
    clearTimeout(request.timer)
    if (message.error === undefined) request.resolve((message.result ?? {}) as never)
    else request.reject(new Error(`${request.method}: ${message.error.message}`))
  }

  fromChromium.on('data', (chunk: Buffer) => {
    let start = 0
    for (let stop = chunk.indexOf(0); stop !== -1; stop = chunk.indexOf(0, start)) {
      parts.push(chunk.subarray(start, stop))
      const text = Buffer.concat(parts).toString('utf8')
      parts = []
      start = stop + 1
      receive(text)
    }
    if (start < chunk.length) parts.push(chunk.subarray(start))
  })
  fromChromium.on('close', end)
  fromChromium.on('error', end)
  toChromium.on('error', end)

  const send: CdpConnection['send'] = (method, params = {}, sessionId) => {
    if (isClosed) return Promise.reject(new Error(`${method}: Chromium has ended`))
    const id = ++lastId
    const answer = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      pending.delete(id)
      answer.reject(new Error(`${method}: no answer within ${String(answerTimeoutMs)} ms`))
    }, answerTimeoutMs)
    timer.unref()
    pending.set(id, { method, resolve: answer.resolve, reject: answer.reject, timer })
    toChromium.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return answer.promise
  }

  return {
    send,
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    closed: closed.promise,
  }
}
