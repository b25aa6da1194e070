import { Worker } from 'node:worker_threads'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import type { FirstFullPoll } from '../network/network.ts'
import type { PersonQuestion } from '../../src-shared/contract/confirm-text.ts'
import type { DesktopBadge, DesktopNotice } from '../notices/notices.ts'
import type { LockReason } from './screen-lock.ts'
import { batchChannel } from './outbox.ts'
import type { EngineWorkerData, FromEngine, SwitchTarget, ToEngine } from './worker-messages.ts'

/**
 * The engine as Electron's thread sees it: a worker behind messages. The host can change the
 * workspace under it (own ↔ simulated) and begin anew after a crash; the windows stay.
 */
export interface EngineHost {
  call(request: { clientId: number; channel: string; input: unknown }): Promise<Envelope>
  onEvent(
    listener: (event: { clientId: number | null; channel: string; payload: unknown }) => void,
  ): () => void
  /** What is to be shown outside the windows. Returns the function that ends it. */
  onDesktop(listener: DesktopListener): () => void
  /** Who shows questions in a window of their own; without him they are refused. */
  onConfirm(listener: ConfirmListener): () => void
  /** Who hands an address to the system's browser; without him none is opened. */
  onOpenInBrowser(listener: BrowserListener): () => void
  /** A screen was locked, or somebody signed out. */
  onTurnedAway(listener: () => void): () => void
  /** A notification was clicked. */
  openRoute(clientId: number, route: string): void
  clientGone(clientId: number): void
  lock(reason: LockReason): void
  idleFor(seconds: number): void
  wake(): void
  stop(): Promise<void>
}

/** Resolves with what was typed; null: refused, or not seen. `signal`: nobody waits any more. */
export type ConfirmListener = (question: {
  readonly clientId: number
  readonly text: PersonQuestion
  readonly signal: AbortSignal
}) => Promise<string | null>

/** Resolves to whether it was handed over. `loopback`: http to this machine is in order. */
export type BrowserListener = (wanted: {
  readonly address: string
  readonly loopback: boolean
}) => Promise<boolean>

export interface DesktopListener {
  readonly notice: (notice: DesktopNotice) => void
  readonly badge: (badge: DesktopBadge) => void
}

/** A worker that does not end by then is terminated. */
const stopTimeoutMs = 10_000
/** An engine that crashes more often than this is left alone: it would only crash again. */
const maxCrashes = 3
const crashWindowMs = 600_000

export const startEngineHost = (options: {
  readonly workerPath: string
  readonly dataFor: (mode: 'own' | 'simulated') => EngineWorkerData
  readonly mode: 'own' | 'simulated'
  /** From now on this is the user's own. */
  readonly choose: (workspaceDir: string) => void
  /** The workspace was changed: windows must load anew. */
  readonly onSwitched: (mode: 'own' | 'simulated') => void
  readonly onFirstFullPoll: (result: FirstFullPoll) => void
  readonly onFailed: (message: string) => void
}): EngineHost => {
  const listeners = new Set<Parameters<EngineHost['onEvent']>[0]>()
  const desktops = new Set<DesktopListener>()
  const turnedAway = new Set<() => void>()
  let confirmer: ConfirmListener | null = null
  let browser: BrowserListener | null = null
  const questions = new Map<number, AbortController>()
  let badge: DesktopBadge | null = null
  const clients = new Set<number>()
  let nextId = 1
  let stopping = false

  interface Running {
    readonly worker: Worker
    readonly waiting: Map<number, (envelope: Envelope) => void>
    readonly mode: 'own' | 'simulated'
    stopped: (() => void) | null
    dead: boolean
    /** Another one follows: its end is no crash. */
    isLeft: boolean
  }

  /** Monotonic ms of the engine's crashes of late. */
  let crashes: number[] = []
  const mayBeginAnew = (): boolean => {
    const now = performance.now()
    crashes = [...crashes.filter((at) => now - at < crashWindowMs), now]
    return crashes.length <= maxCrashes
  }

  const stoppedEnvelope = (): Envelope => ({
    ok: false,
    error: { code: 'engine-stopped', params: {}, traceId: 'host' },
  })

  const begin = (mode: 'own' | 'simulated'): Running => {
    const worker = new Worker(options.workerPath, { workerData: options.dataFor(mode) })
    const running: Running = {
      worker,
      waiting: new Map(),
      mode,
      stopped: null,
      dead: false,
      isLeft: false,
    }
    worker.on('message', (message: FromEngine) => receive(running, message))
    worker.on('error', (error) => options.onFailed(error.message))
    worker.on('exit', () => {
      running.dead = true
      for (const settle of running.waiting.values()) settle(stoppedEnvelope())
      running.waiting.clear()
      for (const question of questions.values()) question.abort()
      running.stopped?.()
      // A crash: begin anew, but not in an endless loop.
      if (current === running && !running.isLeft && !stopping && mayBeginAnew()) {
        current = begin(mode)
        options.onSwitched(mode)
      }
    })
    for (const clientId of clients) post(running, { t: 'client', clientId })
    return running
  }

  const post = (running: Running, message: ToEngine): void => running.worker.postMessage(message)

  const end = (running: Running): Promise<void> =>
    new Promise((resolve) => {
      if (running.dead) return resolve()
      const timer = setTimeout(() => void running.worker.terminate(), stopTimeoutMs)
      running.stopped = () => {
        clearTimeout(timer)
        resolve()
      }
      post(running, { t: 'stop' })
      return undefined
    })

  const ask = async (
    running: Running,
    { id, clientId, text }: Extract<FromEngine, { t: 'confirm' }>,
  ): Promise<void> => {
    const control = new AbortController()
    questions.set(id, control)
    let typed: string | null = null
    try {
      typed = (await confirmer?.({ clientId, text, signal: control.signal })) ?? null
    } finally {
      questions.delete(id)
      if (!running.dead) post(running, { t: 'confirmed', id, typed })
    }
  }

  const openAddress = async (
    running: Running,
    { id, address }: Extract<FromEngine, { t: 'open-in-browser' }>,
  ): Promise<void> => {
    let isOpen = false
    try {
      // SECURITY: outside a simulated workspace nothing but https is opened, whatever the engine says.
      isOpen = (await browser?.({ address, loopback: running.mode === 'simulated' })) ?? false
    } catch {
      isOpen = false
    }
    if (!running.dead) post(running, { t: 'opened-in-browser', id, isOpen })
  }

  const receive = (running: Running, message: FromEngine): void => {
    switch (message.t) {
      case 'reply':
        running.waiting.get(message.id)?.(message.envelope)
        running.waiting.delete(message.id)
        break
      case 'events':
        if (running !== current) return
        for (const listener of listeners) {
          listener({ clientId: message.clientId, channel: batchChannel, payload: message.batch })
        }
        break
      case 'notice':
        if (running === current) for (const desktop of desktops) desktop.notice(message.notice)
        break
      case 'badge':
        if (running !== current) return
        badge = message.badge
        for (const desktop of desktops) desktop.badge(badge)
        break
      case 'confirm':
        ask(running, message).catch((error: unknown) =>
          options.onFailed(error instanceof Error ? error.message : 'a confirmation failed'),
        )
        break
      case 'confirm-off':
        questions.get(message.id)?.abort()
        break
      case 'open-in-browser':
        void openAddress(running, message)
        break
      case 'turned-away':
        for (const listener of turnedAway) listener()
        break
      case 'switch':
        void switchTo(message.target)
        break
      case 'first-full-poll':
        options.onFirstFullPoll(message.result)
        break
      case 'failed':
        options.onFailed(message.message)
        break
      case 'stopped':
        void running.worker.terminate()
        break
      case 'started':
        break
    }
  }

  const switchTo = async (target: SwitchTarget): Promise<void> => {
    const before = current
    if (typeof target === 'string') {
      current = begin(target)
      await end(before)
      return options.onSwitched(target)
    }
    // One after the other: two of the user's own never ask the same devices, or listen to one port.
    before.isLeft = true
    await end(before)
    if (stopping) return undefined
    options.choose(target.workspaceDir)
    current = begin('own')
    return options.onSwitched('own')
  }

  let current = begin(options.mode)

  return {
    call: ({ clientId, channel, input }) =>
      new Promise((resolve) => {
        if (current.dead) return resolve(stoppedEnvelope())
        if (!clients.has(clientId)) {
          clients.add(clientId)
          post(current, { t: 'client', clientId })
        }
        const id = nextId++
        current.waiting.set(id, resolve)
        post(current, { t: 'call', id, clientId, channel, input })
        return undefined
      }),
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onDesktop(listener) {
      desktops.add(listener)
      if (badge !== null) listener.badge(badge)
      return () => desktops.delete(listener)
    },
    onConfirm(listener) {
      confirmer = listener
      return () => {
        if (confirmer === listener) confirmer = null
      }
    },
    onOpenInBrowser(listener) {
      browser = listener
      return () => {
        if (browser === listener) browser = null
      }
    },
    onTurnedAway(listener) {
      turnedAway.add(listener)
      return () => turnedAway.delete(listener)
    },
    openRoute: (clientId, route) => post(current, { t: 'open-route', clientId, route }),
    clientGone(clientId) {
      clients.delete(clientId)
      post(current, { t: 'client-gone', clientId })
    },
    lock: (reason) => post(current, { t: 'lock', reason }),
    idleFor: (seconds) => post(current, { t: 'idle', seconds }),
    wake: () => post(current, { t: 'wake' }),
    async stop() {
      if (stopping) return
      stopping = true
      await end(current)
    },
  }
}
