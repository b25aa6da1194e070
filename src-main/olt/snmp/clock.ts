/** Time as the SNMP layer needs it: injected, so that a test decides when a wait is over. */
export interface SnmpClock {
  /** Monotonic milliseconds. */
  readonly monotonicMs: () => number
  /** Runs `action` once after `delayMs`; the returned function calls it off. */
  readonly after: (delayMs: number, action: () => void) => () => void
}

export const systemSnmpClock: SnmpClock = {
  monotonicMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
}
