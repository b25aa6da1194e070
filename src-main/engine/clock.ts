/** Time as a port: tests inject a clock of their own and never sleep. */
export interface Clock {
  /** Wall time, ms since 1970-01-01T00:00Z. May jump: never measure a duration with it. */
  now(): number
  /** Monotonic time, ms. */
  monotonic(): number
  /** Runs once after `delayMs`; returns the function that calls it off. */
  after(delayMs: number, run: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
