import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { NocturneError } from '../../src-shared/errors.ts'
import type { History } from './history.ts'
import type { FromHistory, HistoryWorkerData, ToHistory } from './history-messages.ts'
import type { Retention } from './retention.ts'

export interface HistoryWorkerOptions {
  /** The history's own folder; made if it is not there. */
  readonly folder: string
  /** 32 bytes. Copied into the thread and wiped there; it stays the caller's to wipe here. */
  readonly key: Uint8Array
  /** How long things are kept; without it nothing is dropped by itself. */
  readonly retention?: Retention
  /** The worker's file, where it is not found by itself. */
  readonly entry?: string
  /** How long each request may take, ms. */
  readonly timeoutMs?: number
  /** The thread has ended without being asked to. */
  readonly onEnd?: (error: Error) => void
}

/** The history from another thread: the same calls, each answered later. */
export interface HistoryWorker {
  /** Resolves when the cycle lasts. Rejects with 'disk-full' and the like; later ones go on. */
  append(cycle: Parameters<History['append']>[0]): Promise<void>
  find: Asynchronous<'find'>
  readSeries: Asynchronous<'readSeries'>
  readSamples: Asynchronous<'readSamples'>
  readStates: Asynchronous<'readStates'>
  events: Asynchronous<'events'>
  snapshot: Asynchronous<'snapshot'>
  readingsFrom: Asynchronous<'readingsFrom'>
  readMedians: Asynchronous<'readMedians'>
  readLane: Asynchronous<'readLane'>
  laneEvents: Asynchronous<'laneEvents'>
  drop: Asynchronous<'drop'>
  stats: Asynchronous<'stats'>
  settle: Asynchronous<'settle'>
  configure: Asynchronous<'configure'>
  /** Cycles that were sent and not answered yet. */
  waiting(): number
  /** Closes the files and ends the thread; safe to call twice. */
  stop(): Promise<void>
}

type Asynchronous<Call extends keyof History> = (
  ...input: Parameters<History[Call]>
) => Promise<ReturnType<History[Call]>>

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** So many requests may wait; a disk that hangs must not fill the memory with cycles. */
const mostWaiting = 2_000

/**
 * Starts the thread and opens the files. Rejects with what openHistory throws, 'timeout', or
 * 'engine-stopped' when the thread has ended.
 */
export const startHistoryWorker = async (options: HistoryWorkerOptions): Promise<HistoryWorker> => {
  const timeoutMs = options.timeoutMs ?? 60_000
  const { folder, retention } = options
  const data: HistoryWorkerData = { folder, ...(retention === undefined ? {} : { retention }) }
  const worker = new Worker(options.entry ?? findEntry(), { workerData: data })
  const waiting = new Map<number, Waiting>()
  let nextId = 0
  let ended = false
  let stopped: Promise<void> | undefined

  const settleWaiting = (id: number, act: (entry: Waiting) => void): void => {
    const entry = waiting.get(id)
    if (entry === undefined) return
    waiting.delete(id)
    clearTimeout(entry.timer)
    act(entry)
  }
  const failAll = (error: Error): void => {
    for (const id of waiting.keys()) settleWaiting(id, ({ reject }) => reject(error))
  }
  const ask = (request: Unnumbered<ToHistory>, transfer: ArrayBuffer[] = []): Promise<unknown> => {
    if (ended) return Promise.reject(new NocturneError('engine-stopped', { what: 'history' }))
    if (waiting.size >= mostWaiting) {
      return Promise.reject(new NocturneError('timeout', { what: 'history' }))
    }
    const id = ++nextId
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () =>
          settleWaiting(id, (entry) =>
            entry.reject(new NocturneError('timeout', { what: 'history' })),
          ),
        timeoutMs,
      )
      waiting.set(id, { resolve, reject, timer })
      worker.postMessage({ ...request, id }, transfer)
    })
  }

  worker.on('message', (answer: FromHistory) => {
    if (answer.t === 'done') {
      return settleWaiting(answer.id, ({ resolve }) => resolve(answer.value))
    }
    const { code, params, message } = answer
    const cause = message === '' ? {} : { cause: new Error(message) }
    return settleWaiting(answer.id, ({ reject }) => reject(new NocturneError(code, params, cause)))
  })
  let failure: Error | null = null
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error))
  })
  worker.on('exit', () => {
    ended = true
    failAll(new NocturneError('engine-stopped', { what: 'history' }, { cause: failure }))
    if (stopped === undefined) options.onEnd?.(failure ?? new Error('the history thread ended'))
  })

  const end = async (): Promise<void> => {
    await ask({ t: 'stop' }).catch(() => undefined)
    await worker.terminate()
  }
  const stop = (): Promise<void> => (stopped ??= end())

  try {
    const key = Uint8Array.from(options.key)
    await ask({ t: 'open', key }, [key.buffer])
  } catch (error) {
    stopped = Promise.resolve()
    await worker.terminate()
    throw error
  }

  type Value<Call extends keyof History> = Promise<ReturnType<History[Call]>>
  return {
    append: (input) => ask({ t: 'append', input }) as Promise<void>,
    find: (input) => ask({ t: 'find', input }) as Value<'find'>,
    readSeries: (input) => ask({ t: 'readSeries', input }) as Value<'readSeries'>,
    readSamples: (input) => ask({ t: 'readSamples', input }) as Value<'readSamples'>,
    readStates: (input) => ask({ t: 'readStates', input }) as Value<'readStates'>,
    events: (input) => ask({ t: 'events', input }) as Value<'events'>,
    snapshot: (input) => ask({ t: 'snapshot', input }) as Value<'snapshot'>,
    readingsFrom: () => ask({ t: 'readingsFrom', input: undefined }) as Value<'readingsFrom'>,
    readMedians: (input) => ask({ t: 'readMedians', input }) as Value<'readMedians'>,
    readLane: (input) => ask({ t: 'readLane', input }) as Value<'readLane'>,
    laneEvents: (input) => ask({ t: 'laneEvents', input }) as Value<'laneEvents'>,
    drop: (input) => ask({ t: 'drop', input }) as Value<'drop'>,
    stats: () => ask({ t: 'stats', input: undefined }) as Value<'stats'>,
    configure: (input) => ask({ t: 'configure', input }) as Promise<void>,
    settle: (everything = false) => ask({ t: 'settle', input: everything }) as Promise<void>,
    waiting: () => waiting.size,
    stop,
  }
}

type Unnumbered<Message> = Message extends unknown ? Omit<Message, 'id'> : never

/** Next to this file in the source tree; beside it or one folder up in the bundle. */
const findEntry = (): string => {
  const here = import.meta.dirname
  const candidates = ['history-worker.ts', 'history-worker.js', '../history-worker.js']
  const found = candidates.map((name) => join(here, name)).find((path) => existsSync(path))
  if (found === undefined) throw new Error('the file of the history thread is missing')
  return found
}
