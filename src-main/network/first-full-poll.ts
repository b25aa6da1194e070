import type { Clock } from '../engine/clock.ts'
import type { OltRecords } from './olt-records.ts'
import { isSettled } from './poll-tracker.ts'

export interface FirstFullPoll {
  readonly olts: number
  readonly onus: number
  readonly online: number
  /** From the start on. */
  readonly firstPollMs: number
}

/** Told once: every OLT has been read (identity, status, optics), or cannot or must not be. */
export interface FirstFullPollTeller {
  readonly begin: () => void
  readonly end: () => void
  /** Something has come or gone: tells if that was the last that was waited for. */
  readonly look: () => void
  /** At once if it has been told already. */
  readonly listen: (listener: (result: FirstFullPoll) => void) => void
}

export const createFirstFullPollTeller = (
  clock: Clock,
  records: OltRecords,
): FirstFullPollTeller => {
  const listeners: ((result: FirstFullPoll) => void)[] = []
  let startedAt: number | null = null
  let told: FirstFullPoll | null = null
  return {
    begin: () => {
      startedAt = clock.monotonic()
    },
    end: () => {
      startedAt = null
    },
    look: () => {
      if (told !== null || startedAt === null) return
      const present = records.present()
      if (present.length === 0 || !present.every(isSettled)) return
      const counts = records.counts([])
      told = {
        olts: present.length,
        onus: counts.total,
        online: counts.online,
        firstPollMs: Math.round(clock.monotonic() - startedAt),
      }
      for (const listener of listeners.splice(0)) listener(told)
    },
    listen: (listener) => {
      if (told === null) listeners.push(listener)
      else listener(told)
    },
  }
}
