import { isNocturneError, NocturneError } from '../../../src-shared/errors.ts'
import type { OltPort, OnuReader, OnuReading, PollClock } from './olt-port.ts'
import { withTimeLimit } from './time-limit.ts'

/** One ONU that somebody looks at: read every few seconds for a short while. */
export interface WatchRequest {
  /** Packed ONU address. */
  readonly address: number
  /** 60 s at most, whatever is asked for. */
  readonly forMs: number
  /** 2 s at least. */
  readonly everyMs: number
  readonly signal: AbortSignal
  /** Must not throw. Never called after the watch has ended. */
  readonly onReading: (reading: WatchReading) => void
}

export interface WatchReading {
  /** Wall ms for people, monotonic ms for rates. */
  readonly at: number
  readonly monotonic: number
  /** Null: it could not be read this time, `error` says why; it is tried again. */
  readonly reading: OnuReading | null
  readonly error: NocturneError | null
  /** Until the next reading, ms: longer where the whole PON must be walked for it. */
  readonly everyMs: number
}

/** `closed`: the signal, or polling stopped; `problem`: it failed again and again. */
export type WatchEnd = 'time' | 'closed' | 'olt-removed' | 'problem'

interface WatchParts {
  readonly clock: PollClock
  /** A port that knows what its OLT is. Errors: why there is none. */
  readonly port: (signal: AbortSignal) => Promise<OltPort>
  readonly request: WatchRequest
}

export interface RunningWatch {
  readonly address: number
  /** Wall ms. */
  readonly until: number
  readonly end: (why: WatchEnd) => void
  /** Settles when nothing is under way any more. */
  readonly ended: Promise<WatchEnd>
}

const longestMs = 60_000
const leastEveryMs = 2_000
/** A whole PON is walked for each reading: rarely enough that the OLT does not feel it. */
const everyByPonMs = 10_000
/** After a slow reading the OLT gets as long a rest, and never less than this. */
const leastRestMs = 1_000
const readingLimitMs = 20_000
const failuresUntilProblem = 4

/** Begins at once. */
export const startWatch = ({ clock, port, request }: WatchParts): RunningWatch => {
  const controller = new AbortController()
  const { signal } = controller
  const lengthMs = Math.min(longestMs, request.forMs)
  const until = clock.now() + lengthMs
  let why: WatchEnd | null = null
  let everyMs = Math.max(leastEveryMs, request.everyMs)
  let failures = 0
  let reader: { readonly of: OltPort; readonly read: OnuReader['read'] } | null = null

  const end = (reason: WatchEnd): void => {
    if (why !== null) return
    why = reason
    controller.abort()
  }
  const isOver = (): boolean => why !== null
  const stopTimer = clock.after(lengthMs, () => end('time'))
  const onClosed = (): void => end('closed')
  if (request.signal.aborted) end('closed')
  request.signal.addEventListener('abort', onClosed, { once: true })

  const readOnce = async (): Promise<Pick<WatchReading, 'reading' | 'error'>> => {
    // A reading's own controller: when it takes too long, only this one is given up.
    const one = new AbortController()
    const onEnd = (): void => one.abort()
    signal.addEventListener('abort', onEnd, { once: true })
    try {
      const reading = await withTimeLimit(clock, readingLimitMs, one, async (within) => {
        const ready = await port(within)
        if (reader?.of !== ready) {
          reader = { of: ready, read: ready.openOnuReader(request.address).read }
        }
        return reader.read(within)
      })
      return { reading, error: null }
    } catch (error) {
      reader = null
      if (isNocturneError(error)) return { reading: null, error }
      return { reading: null, error: new NocturneError('internal', {}, { cause: error }) }
    } finally {
      signal.removeEventListener('abort', onEnd)
    }
  }

  const run = async (): Promise<WatchEnd> => {
    while (!isOver()) {
      const startedAt = clock.monotonic()
      const read = await readOnce()
      // Read too late: nobody looks any more.
      if (isOver()) break
      failures = read.error === null ? 0 : failures + 1
      everyMs = Math.max(
        leastEveryMs,
        request.everyMs,
        read.reading?.how === 'pon' ? everyByPonMs : 0,
      )
      const tookMs = clock.monotonic() - startedAt
      const waitMs = Math.max(everyMs - tookMs, leastRestMs, Math.min(tookMs, everyByPonMs))
      // Its session was closed under it, after a wake or a silence: the next reading opens one.
      const wasCutOff = read.error?.code === 'cancelled'
      if (!wasCutOff) {
        request.onReading({
          at: clock.now(),
          monotonic: clock.monotonic(),
          ...read,
          everyMs: Math.round(tookMs + waitMs),
        })
      }
      if (failures >= failuresUntilProblem) end('problem')
      else await pause(clock, waitMs, signal)
    }
    stopTimer()
    request.signal.removeEventListener('abort', onClosed)
    return why ?? 'closed'
  }

  return { address: request.address, until, end, ended: run() }
}

/** Ends early, and without an error, when the signal is aborted. */
const pause = (clock: PollClock, delayMs: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const done = (): void => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(delayMs, done)
    signal.addEventListener('abort', done, { once: true })
  })
