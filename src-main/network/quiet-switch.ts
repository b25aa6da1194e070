import type { Clock } from '../engine/clock.ts'
import type { OltRecord } from './olt-records.ts'

/**
 * Whether an OLT is to be left alone now. The end is judged by both clocks, whichever comes first:
 * the wall clock goes on while the machine sleeps, and the other one keeps a wall clock that is set
 * back from making a quiet hour last a year.
 */
export interface QuietSwitch {
  /** What is stored of the OLT was read or has changed. */
  readonly take: (record: OltRecord) => void
  readonly stop: () => void
}

/** A machine that slept learns within this long of waking that a quiet time is over. */
const lookAgainMs = 5_000

export const createQuietSwitch = (deps: {
  readonly clock: Clock
  /** Told when it begins, changes or is over. */
  readonly onChange: (record: OltRecord) => void
}): QuietSwitch => {
  const { clock } = deps
  /** Of OLTs whose quiet time ends by itself: the monotonic ms of its latest end. */
  const ends = new Map<OltRecord, number>()
  let stopTimer = (): void => undefined
  let stopped = false

  const look = (): void => {
    stopTimer()
    if (stopped) return
    let nextMs = Infinity
    for (const [record, end] of ends) {
      const leftMs = Math.min(end - clock.monotonic(), (record.row.quiet?.until ?? 0) - clock.now())
      if (leftMs <= 0) {
        ends.delete(record)
        record.status.quiet = null
        deps.onChange(record)
      } else {
        nextMs = Math.min(nextMs, leftMs)
      }
    }
    if (nextMs < Infinity) stopTimer = clock.after(Math.min(nextMs, lookAgainMs), look)
  }

  return {
    take: (record) => {
      const { quiet } = record.row
      ends.delete(record)
      record.status.quiet = quiet
      if (quiet !== null && quiet.until !== null) {
        // Longer than it was meant to last: the wall clock has been set back meanwhile.
        const leftMs = Math.min(quiet.until - clock.now(), quiet.until - quiet.since)
        if (leftMs > 0) ends.set(record, clock.monotonic() + leftMs)
        else record.status.quiet = null
      }
      deps.onChange(record)
      look()
    },
    stop: () => {
      stopped = true
      stopTimer()
      ends.clear()
    },
  }
}
