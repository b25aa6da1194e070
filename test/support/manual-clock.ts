import type { Clock } from '../../src-main/engine/clock.ts'

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Moves on and runs what falls due, in order of time. */
  advance(ms: number): void
  /** The wall clock jumps; nothing falls due. */
  jump(ms: number): void
  readonly pending: number
}

export const createManualClock = (start = Date.UTC(2026, 10, 22, 8)): ManualClock => {
  let wall = start
  let mono = 0
  let order = 0
  const timers = new Map<number, { at: number; run: () => void }>()
  return {
    now: () => wall,
    monotonic: () => mono,
    after(delayMs, run) {
      const id = order++
      timers.set(id, { at: mono + Math.max(0, delayMs), run })
      return () => timers.delete(id)
    },
    advance(ms) {
      const end = mono + ms
      for (;;) {
        const due = [...timers]
          .filter(([, t]) => t.at <= end)
          .toSorted(([a, x], [b, y]) => x.at - y.at || a - b)[0]
        if (due === undefined) break
        const [id, timer] = due
        timers.delete(id)
        wall += timer.at - mono
        mono = timer.at
        timer.run()
      }
      wall += end - mono
      mono = end
    },
    jump(ms) {
      wall += ms
    },
    get pending() {
      return timers.size
    },
  }
}
