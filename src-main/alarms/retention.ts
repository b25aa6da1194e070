import type { Clock } from '../engine/clock.ts'
import type { WriteByItself } from './book/keeper.ts'
import { purgeClosed, type AlarmReads } from './tables.ts'

/** Takes closed alarms away when they are older than the settings keep them. Nothing else deletes. */
export interface Retention {
  /** Once a second. */
  turn(): void
}

const everyMs = 3_600_000
const dayMs = 86_400_000
/** In one transaction; what is left goes a second later. */
const mostAtOnce = 2_000

export const createRetention = (deps: {
  readonly clock: Clock
  readonly reads: Pick<AlarmReads, 'closedBefore'>
  readonly write: WriteByItself
  readonly keepDays: () => number
  readonly warn: (event: string, details?: object) => void
}): Retention => {
  const { clock } = deps
  let next = clock.monotonic() + 60_000
  return {
    turn: () => {
      if (clock.monotonic() < next) return
      next = clock.monotonic() + everyMs
      const keepDays = deps.keepDays()
      const before = clock.now() - keepDays * dayMs
      try {
        const old = deps.reads.closedBefore(before)
        if (old === 0) return
        deps.write('alarms.purge', { alarms: Math.min(old, mostAtOnce), keepDays }, (tx) =>
          purgeClosed(tx, before, mostAtOnce),
        )
        if (old > mostAtOnce) next = clock.monotonic()
      } catch (error) {
        deps.warn('old alarms could not be taken away', { error })
      }
    },
  }
}
