import type { Clock } from '../../engine/clock.ts'

/** Resolves after `ms`, or at once when `signal` aborts: the caller looks at it. */
export const waitFor = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted || ms <= 0) {
      resolve()
      return
    }
    const end = (): void => {
      stop()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const stop = clock.after(ms, end)
    signal.addEventListener('abort', end, { once: true })
  })
