/** Pure rules of sign-in. */

/** Names are compared without case, outer blanks and what nobody sees, so that none looks like another. */
export const loginOf = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLocaleLowerCase('en')

/**
 * Milliseconds to wait after the n-th failure in a row: nothing for the first three, then doubling
 * from one second to five minutes. It never becomes a lock-out, so the only owner can always return.
 */
export const throttleMs = (failuresInARow: number): number =>
  failuresInARow < 3 ? 0 : Math.min(1000 * 2 ** (failuresInARow - 3), 300_000)

export interface Attempts {
  readonly failures: number
  /** Monotonic ms of the last failure. */
  readonly lastFailureAt: number
}

/** Whole seconds still to wait; 0: may try. */
export const secondsToWait = (attempts: Attempts | undefined, monotonicNow: number): number =>
  attempts === undefined
    ? 0
    : Math.max(
        0,
        Math.ceil((attempts.lastFailureAt + throttleMs(attempts.failures) - monotonicNow) / 1000),
      )
