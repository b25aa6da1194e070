import type { StoreReader } from '../store/read-handle.ts'
import type { Clock } from './clock.ts'
import type { EngineWrite } from './engine-write.ts'
import type { Log } from './log.ts'

const everyMs = 15_000
/** Corrections by the network's time are smaller. */
const slackMs = 5 * 60_000

/**
 * Notices that the wall clock shows a time before one that was known already: it was set back, or is
 * right again after it was ahead. Nothing waits for the old time to come again; people are told.
 */
export interface ClockBack {
  /** What it showed before it went back, wall ms; null: it did not, or has come by it again. */
  was(): number | null
  /** A time of before the start: that of the last thing that was written down. */
  knew(at: number | null): void
  /** Looks now; by itself it does so four times a minute. */
  look(): void
  stop(): void
}

interface OnClockBack {
  readonly back: (was: number, is: number) => void
  readonly again: () => void
}

/** Written into the trail, and told to every window. */
export const recordClockBack = (deps: {
  readonly log: Pick<Log, 'warn' | 'error'>
  readonly write: EngineWrite
  readonly tell: () => void
}): OnClockBack => ({
  back(was, is) {
    deps.log.warn('the clock was set back', { was, is })
    try {
      deps.write('workspace.clockWentBack', { was, is }, () => undefined)
    } catch (error) {
      deps.log.error('that the clock was set back could not be recorded', { error })
    }
    deps.tell()
  },
  again: deps.tell,
})

export const watchClockBack = (clock: Clock, on: OnClockBack): ClockBack => {
  let before = clock.now()
  let was: number | null = null
  let callOff = (): void => undefined
  const look = (): void => {
    const now = clock.now()
    if (now < before - slackMs) {
      was = Math.max(was ?? before, before)
      on.back(before, now)
    } else if (was !== null && now >= was - slackMs) {
      was = null
      on.again()
    }
    before = now
  }
  const turn = (): void => {
    callOff = clock.after(everyMs, turn)
    look()
  }
  callOff = clock.after(everyMs, turn)
  return {
    was: () => was,
    knew(at) {
      look()
      if (at === null) return
      before = Math.max(before, at)
      look()
    },
    look,
    stop: () => callOff(),
  }
}

/** When the audit trail was last written to: it knows that time. */
export const lastAuditAt = (reader: StoreReader): number | null =>
  reader.prepare<[], { at: number }>('SELECT at FROM audit ORDER BY seq DESC LIMIT 1').get()?.at ??
  null
