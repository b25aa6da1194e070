import { NocturneError } from '../../../src-shared/errors.ts'
import type { PollClock } from './olt-port.ts'

/** How long aborted work may take to end before it is given up. */
const graceMs = 5_000

/** The work did not even end after it was aborted: whatever it uses must be thrown away. */
export class AbandonedError extends NocturneError {
  constructor() {
    super('timeout')
    this.name = 'AbandonedError'
  }
}

/**
 * Runs work that must end: after `limitMs`, or when `controller` is aborted from outside, it is
 * asked to stop, and given up when it does not. Errors: those of the work, `timeout`, `cancelled`.
 */
export const withTimeLimit = <Value>(
  clock: PollClock,
  limitMs: number,
  controller: AbortController,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> =>
  new Promise<Value>((resolve, reject) => {
    let timedOut = false
    let stopGrace = (): void => undefined
    const onAbort = (): void => {
      stopLimit()
      stopGrace = clock.after(graceMs, () => settle(() => reject(new AbandonedError())))
    }
    const stopLimit = clock.after(limitMs, () => {
      timedOut = true
      controller.abort()
    })
    const settle = (end: () => void): void => {
      stopLimit()
      stopGrace()
      controller.signal.removeEventListener('abort', onAbort)
      end()
    }
    if (controller.signal.aborted) onAbort()
    else controller.signal.addEventListener('abort', onAbort)
    Promise.resolve()
      .then(() => work(controller.signal))
      .then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(timedOut ? new NocturneError('timeout') : error)),
      )
  })
