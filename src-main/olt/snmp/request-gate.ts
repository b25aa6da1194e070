import { NocturneError } from '../../../src-shared/errors.ts'
import { systemSnmpClock, type SnmpClock } from './clock.ts'

/**
 * The governor's hand on one OLT: one request in flight, whoever asks, and a share of every minute
 * in which we ask nothing at all (facts/performance.md 1.2: it is the OLT that is at its limit, not
 * we). One object per OLT, shared by every session with it.
 */
export interface RequestGate {
  /**
   * Waits for its turn; the function it gives ends the turn. First come, first served, so the live
   * view of one ONU gets in between two PDUs of a walk. Errors: `cancelled`.
   */
  readonly enter: (signal?: AbortSignal) => Promise<(answered: boolean) => void>
  readonly onSocket: (change: 1 | -1) => void
  readonly figures: () => GateFigures
  /** Since the start, answered requests only: the difference of two is the mean of what lay between. */
  readonly totals: () => GateTotals
}

export interface GateTotals {
  readonly answered: number
  readonly answeredMs: number
}

/** Mean time to an answer between two looks at the totals, ms; null: nothing was answered. */
export const meanAnswerMs = (before: GateTotals, after: GateTotals): number | null => {
  const answered = after.answered - before.answered
  return answered > 0 ? (after.answeredMs - before.answeredMs) / answered : null
}

export interface GateFigures {
  readonly inFlight: number
  /** Most requests that were ever in flight at once. */
  readonly maxInFlight: number
  readonly waiting: number
  readonly sockets: number
  /** Time an OLT may spend on our questions in a minute, ms; used and left of it. */
  readonly budgetMs: number
  readonly usedMs: number
  readonly leftMs: number
  /** Within the last minute. */
  readonly requests: number
  readonly unanswered: number
  /** Mean time to an answer within the last minute, ms; null: nothing was answered. */
  readonly answerMs: number | null
}

export interface RequestGateOptions {
  readonly clock?: SnmpClock
  /** Share of every minute that the OLT may be busy with us; 0.8 unless told. */
  readonly budgetShare?: number
}

const windowS = 60
const fields = 4
const [busy, asked, lost, second] = [0, 1, 2, 3] as const

export const createRequestGate = (options: RequestGateOptions = {}): RequestGate => {
  const clock = options.clock ?? systemSnmpClock
  const budgetMs = windowS * 1000 * Math.min(1, Math.max(0.05, options.budgetShare ?? 0.8))
  /** One entry per second of the last minute. */
  const ring = new Float64Array(windowS * fields)
  const waiting: (() => void)[] = []
  let inFlight = 0
  let maxInFlight = 0
  let sockets = 0
  let resting: (() => void) | null = null
  let totals: GateTotals = { answered: 0, answeredMs: 0 }

  const sum = (field: number): number => {
    const now = Math.floor(clock.monotonicMs() / 1000)
    let total = 0
    for (let at = 0; at < ring.length; at += fields) {
      // Slots are stamped with second + 1, so that an unused one is never within the window.
      if (now - ((ring[at + second] as number) - 1) < windowS) total += ring[at + field] as number
    }
    return total
  }

  const add = (busyMs: number, answered: boolean): void => {
    const now = Math.floor(clock.monotonicMs() / 1000)
    const at = (now % windowS) * fields
    if (ring[at + second] !== now + 1) ring.fill(0, at, at + fields)
    ring[at + second] = now + 1
    ring[at + busy] = (ring[at + busy] as number) + busyMs
    ring[at + asked] = (ring[at + asked] as number) + 1
    if (!answered) ring[at + lost] = (ring[at + lost] as number) + 1
  }

  const admit = (): void => {
    if (inFlight > 0 || resting !== null || waiting.length === 0) return
    if (sum(busy) >= budgetMs) {
      resting = clock.after(1000, () => {
        resting = null
        admit()
      })
      return
    }
    waiting.shift()?.()
  }

  const begin = (): ((answered: boolean) => void) => {
    inFlight++
    maxInFlight = Math.max(maxInFlight, inFlight)
    const startedAt = clock.monotonicMs()
    let ended = false
    return (answered) => {
      if (ended) return
      ended = true
      inFlight--
      const tookMs = clock.monotonicMs() - startedAt
      add(tookMs, answered)
      if (answered) {
        const { answered: count, answeredMs } = totals
        totals = { answered: count + 1, answeredMs: answeredMs + tookMs }
      }
      admit()
    }
  }

  return {
    enter: (signal) =>
      new Promise((resolve, reject) => {
        const onAbort = (): void => {
          const at = waiting.indexOf(go)
          if (at >= 0) waiting.splice(at, 1)
          if (waiting.length === 0) {
            resting?.()
            resting = null
          }
          reject(new NocturneError('cancelled'))
        }
        const go = (): void => {
          signal?.removeEventListener('abort', onAbort)
          resolve(begin())
        }
        if (signal?.aborted === true) {
          onAbort()
          return
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        waiting.push(go)
        admit()
      }),
    onSocket: (change) => {
      sockets += change
    },
    totals: () => totals,
    figures: () => {
      const requests = sum(asked)
      const unanswered = sum(lost)
      const usedMs = Math.round(sum(busy))
      return {
        inFlight,
        maxInFlight,
        waiting: waiting.length,
        sockets,
        budgetMs,
        usedMs,
        leftMs: Math.max(0, budgetMs - usedMs),
        requests,
        unanswered,
        answerMs: requests > unanswered ? usedMs / requests : null,
      }
    },
  }
}
