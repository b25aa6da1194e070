import type { Clock } from './clock.ts'

const everyMs = 15_000
/** Timers of a busy machine come late; so much later it has slept. */
const sleptMs = 45_000

/**
 * Notices that the machine has slept, where no message from the system says so: the monotonic clock
 * stands still meanwhile (Linux, macOS) or the timer comes hours late (Windows); either way more
 * wall time has passed than was waited for. A clock that is set forward looks the same, and costs
 * one early round of questions. Returns what ends the watch.
 */
export const watchForSleep = (clock: Clock, onWake: (sleptForMs: number) => void): (() => void) => {
  let before = clock.now()
  let stop = (): void => undefined
  const look = (): void => {
    const now = clock.now()
    const missing = now - before - everyMs
    before = now
    stop = clock.after(everyMs, look)
    if (missing > sleptMs) onWake(missing)
  }
  stop = clock.after(everyMs, look)
  return () => stop()
}
