import { isNocturneError, NocturneError, type ErrorCode } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { Log } from '../engine/log.ts'
import type { Cycle } from './cycle.ts'
import type { Retention } from './retention.ts'
import {
  startHistoryWorker,
  type HistoryWorker,
  type HistoryWorkerOptions,
} from './start-history-worker.ts'
import { createWaitingCycles } from './waiting-cycles.ts'

/**
 * The history as the engine has it: always there, never in the way. The thread starts beside the
 * first screen; cycles that come before it is up, or faster than the disk takes them, wait in a
 * bounded queue. What goes wrong is kept as a problem, logged now and then, and tried again.
 */
export interface HistoryService {
  /** Opens the files, in a thread of its own. A read before that begins it too. */
  readonly begin: () => void
  /** Takes a cycle; neither waits nor throws. Its arrays must not be written again. */
  readonly append: (cycle: Cycle) => void
  /** Rejects with 'history-unavailable' while it is not open; otherwise as the call does. */
  readonly read: <Value>(call: (worker: HistoryWorker) => Promise<Value>) => Promise<Value>
  readonly status: () => HistoryServiceStatus
  /** From now on, also for the thread that runs. */
  readonly configure: (retention: Retention) => void
  /** Keeps what waits, for some seconds at most, and closes the files. */
  readonly stop: () => Promise<void>
}

export interface HistoryServiceStatus {
  /** Why nothing is kept at present, and since when (wall ms). */
  readonly problem: { readonly code: ErrorCode; readonly at: number } | null
  /** Cycles since the start. */
  readonly kept: number
  readonly waiting: number
  readonly lost: number
  readonly retention: Retention
}

export interface HistoryServiceOptions {
  readonly folder: string
  /** 32 bytes; stays the caller's, who wipes it after stop(). */
  readonly key: Uint8Array
  readonly retention: Retention
  readonly clock: Clock
  readonly log: Pick<Log, 'warn' | 'error'>
  /** Goes in before every cycle, once; cycles wait for it. It ends soon after the signal. */
  readonly before?: (append: (cycle: Cycle) => Promise<void>, signal: AbortSignal) => Promise<void>
  readonly startWorker?: (options: HistoryWorkerOptions) => Promise<HistoryWorker>
  readonly mostWaitingBytes?: number
}

/** About twenty minutes of a network of 100,000 ONUs, hours of a small one. */
const mostWaitingBytes = 16_777_216
const firstRetryMs = 15_000
const longestRetryMs = 600_000
/** The same trouble is logged so often. */
const logEveryMs = 600_000
/** So long may what waits be kept at the stop, and an opening file hold it up. */
const stopWithinMs = 5_000

export const createHistoryService = (options: HistoryServiceOptions): HistoryService => {
  const { clock, log } = options
  const start = options.startWorker ?? startHistoryWorker
  const waiting = createWaitingCycles(options.mostWaitingBytes ?? mostWaitingBytes)
  const logged = new Map<ErrorCode, number>()
  let retention = options.retention
  let worker: HistoryWorker | null = null
  let opening: Promise<void> | null = null
  let sending: Promise<void> | null = null
  let problem: HistoryServiceStatus['problem'] = null
  let kept = 0
  let lost = 0
  let failedStarts = 0
  let stopRetry = (): void => undefined
  let begun = false
  let stopping = false
  let filling: Promise<void> | null = null
  let filled = options.before === undefined
  const ending = new AbortController()
  let stopped: Promise<void> | undefined

  const trouble = (code: ErrorCode, error: unknown): void => {
    const at = clock.now()
    if (problem?.code !== code) problem = { code, at }
    const now = clock.monotonic()
    const before = logged.get(code)
    if (before !== undefined && now - before < logEveryMs) return
    logged.set(code, now)
    // What is no error of ours is a bug and is logged whole.
    if (isNocturneError(error)) log.warn('the history keeps nothing at present', { code })
    else log.error('the history failed', { code, error })
  }

  const open = (): void => {
    opening = begin().finally(() => {
      opening = null
    })
  }

  const begin = async (): Promise<void> => {
    const { folder, key } = options
    const asked = retention
    let alive = true
    try {
      const opened = await start({
        folder,
        key,
        retention,
        onEnd: (error) => {
          alive = false
          worker = null
          ended(error)
        },
      })
      if (!alive) return
      worker = opened
      problem = null
      failedStarts = 0
      if (asked !== retention) configureWorker()
      fill(opened)
      pump()
    } catch (error) {
      trouble(codeOf(error), error)
      later()
    }
  }

  const ended = (error: Error): void => {
    if (stopping) return
    trouble('history-unavailable', error)
    later()
  }

  const later = (): void => {
    if (stopping) return
    stopRetry()
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failedStarts++, 10))
    stopRetry = clock.after(delayMs, open)
  }

  const configureWorker = (): void => {
    worker?.configure(retention).catch((error: unknown) => trouble(codeOf(error), error))
  }

  const fill = ({ append }: HistoryWorker): void => {
    if (filled || options.before === undefined) return
    filled = true
    filling = options
      .before(append, ending.signal)
      .catch((error: unknown) => trouble(codeOf(error), error))
      .finally(() => {
        filling = null
        pump()
      })
  }

  /** One cycle at a time: a thread that dies takes no more than that one with it. */
  const pump = (): void => {
    if (sending !== null || filling !== null || worker === null) return
    const cycle = waiting.next()
    if (cycle === undefined) return
    sending = send(worker, cycle).finally(() => {
      sending = null
      pump()
    })
  }

  const send = async (to: HistoryWorker, cycle: Cycle): Promise<void> => {
    try {
      await to.append(cycle)
      kept++
      problem = null
    } catch (error) {
      lost++
      const code = codeOf(error)
      // Its end is told by itself.
      if (code !== 'engine-stopped') trouble(code, error)
    }
  }

  const drained = async (): Promise<void> => {
    await opening
    await filling
    await sending
    // Whatever waited behind it is being sent now.
    if (sending !== null) await drained()
  }

  const end = async (): Promise<void> => {
    stopRetry()
    ending.abort()
    let stopTimer = (): void => undefined
    const enough = new Promise<void>((resolve) => {
      stopTimer = clock.after(stopWithinMs, resolve)
    })
    const wasOpening = opening
    await Promise.race([drained(), enough])
    stopTimer()
    lost += waiting.count()
    waiting.clear()
    if (worker !== null) await worker.stop()
    // Still opening: the thread goes as soon as it is up.
    else void wasOpening?.then(() => worker?.stop())
    worker = null
  }

  const beginOnce = (): void => {
    if (begun || stopping) return
    begun = true
    open()
  }

  return {
    begin: beginOnce,
    append: (cycle) => {
      if (stopping || !waiting.add(cycle)) lost++
      else pump()
    },
    read: async (call) => {
      beginOnce()
      await opening
      if (worker === null || stopping) throw new NocturneError('history-unavailable')
      try {
        return await call(worker)
      } catch (error) {
        if (!isNocturneError(error) || error.code !== 'engine-stopped') throw error
        throw new NocturneError('history-unavailable', {}, { cause: error })
      }
    },
    status: () => ({
      problem,
      kept,
      lost,
      waiting: waiting.count() + (sending === null ? 0 : 1),
      retention,
    }),
    configure: (next) => {
      retention = next
      configureWorker()
    },
    stop: () => {
      stopping = true
      return (stopped ??= end())
    },
  }
}

const codeOf = (error: unknown): ErrorCode =>
  isNocturneError(error) ? error.code : 'history-unavailable'
