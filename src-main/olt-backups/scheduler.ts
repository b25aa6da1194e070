import type { Problem } from '../../src-shared/contract/common.ts'
import type { Clock } from '../engine/clock.ts'
import type { BackupBook } from './backup-book.ts'
import { nextBackupAt, retryAfterMs, type ZoneOffset } from './schedule.ts'

/** Makes backups when they are due: one OLT at a time, so that a night of them is no storm. */
export interface Scheduler {
  /** Looks now: the machine has woken. */
  readonly wake: () => void
  readonly stop: () => void
}

/** How often it is looked what is due. */
const lookMs = 30_000
/** After the start nothing is hurried: OLTs are recognised and read first. */
const firstLookMs = 120_000

export const startScheduler = (deps: {
  readonly clock: Clock
  readonly zone: ZoneOffset
  readonly book: BackupBook
  /** OLTs of which one may be made now: no obstacle, reachable, not left alone. */
  readonly ready: () => readonly string[]
  readonly isRunning: (oltId: string) => boolean
  /** Never rejects: null, or why it failed. */
  readonly make: (oltId: string) => Promise<Problem | null>
}): Scheduler => {
  const { clock, book } = deps
  /** Failures in a row, and until when (monotonic ms) it is left alone. */
  const failed = new Map<string, { readonly count: number; readonly until: number }>()
  let busy = false
  let stopped = false

  const isDue = (oltId: string): boolean => {
    const now = clock.now()
    const { lastAt, wantedSince } = book.state(oltId)
    // One that lies in the future: the clock was set back, and nobody waits a year for the next.
    const known = lastAt !== null && lastAt > now ? null : lastAt
    const since = Math.min(wantedSince, now)
    const next = nextBackupAt(book.schedule(oltId), known, since, deps.zone)
    if (next === null || next > now || deps.isRunning(oltId)) return false
    const left = failed.get(oltId)
    return left === undefined || left.until <= clock.monotonic()
  }

  const makeOne = async (oltId: string): Promise<void> => {
    const problem = await deps.make(oltId)
    if (problem === null) {
      failed.delete(oltId)
      return
    }
    const count = (failed.get(oltId)?.count ?? 0) + 1
    failed.set(oltId, { count, until: clock.monotonic() + retryAfterMs(count) })
  }

  const work = async (): Promise<void> => {
    if (busy || stopped) return
    busy = true
    try {
      for (const oltId of deps.ready()) {
        if (stopped) return
        if (isDue(oltId)) await makeOne(oltId)
      }
    } finally {
      busy = false
    }
  }

  let stopTimer = clock.after(firstLookMs, function look() {
    stopTimer = clock.after(lookMs, look)
    void work()
  })

  return {
    wake: () => {
      // A network that has changed may reach what it did not: tried anew without waiting.
      failed.clear()
    },
    stop: () => {
      stopped = true
      stopTimer()
    },
  }
}
