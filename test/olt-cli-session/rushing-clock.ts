import type { Clock } from '../../src-main/engine/clock.ts'

export interface RushingClock extends Clock {
  /** Waits for so much of its time. */
  readonly wait: (ms: number) => Promise<void>
}

/** Its time goes on as soon as nothing else is left to run: tests of timeouts take no time. */
export const createRushingClock = (): RushingClock => {
  let mono = 0
  let order = 0
  let pumping = false
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>()

  const pump = (): void => {
    if (pumping) return
    pumping = true
    setImmediate(() =>
      setImmediate(() => {
        pumping = false
        const due = [...timers].toSorted(([a, x], [b, y]) => x.at - y.at || a - b)[0]
        if (due === undefined) return
        timers.delete(due[0])
        mono = Math.max(mono, due[1].at)
        due[1].run()
        if (timers.size > 0) pump()
      }),
    )
  }

  const clock: RushingClock = {
    now: () => Date.UTC(2026, 10, 23) + mono,
    monotonic: () => mono,
    after(delayMs, run) {
      const id = order++
      timers.set(id, { at: mono + Math.max(0, delayMs), run })
      pump()
      return () => timers.delete(id)
    },
    wait: (ms) =>
      new Promise((resolve) => {
        clock.after(ms, resolve)
      }),
  }
  return clock
}
