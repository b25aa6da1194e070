import type { SnmpSession } from './session.ts'

/** An uptime as it was read: hundredths of a second, and when, monotonic ms. */
export interface UptimeReading {
  readonly ticks: number
  readonly at: number
}

const sysUpTime = '1.3.6.1.2.1.1.3.0'
/** TimeTicks are 32 bits: after 497 days an uptime begins anew without a restart. */
const wrapsAt = 2 ** 32
/** Clocks of OLTs run a little off. */
const toleranceTicks = 500
const driftShare = 0.02

/** Whether the device started anew between two readings. A leap forward is our own clock asleep. */
export const hasRestarted = (before: UptimeReading, now: UptimeReading): boolean => {
  const elapsed = Math.max(0, now.at - before.at) / 10
  const least = before.ticks + elapsed * (1 - driftShare) - toleranceTicks
  if (now.ticks >= least) return false
  const wrapped = before.ticks + elapsed * (1 + driftShare) + toleranceTicks >= wrapsAt
  return !(wrapped && now.ticks >= least - wrapsAt)
}

export interface RestartWatch {
  /**
   * Reads the uptime; true: the device started anew since the last look, and what was read in
   * between does not belong together. Errors: as `get` of the session.
   */
  readonly look: (session: SnmpSession, signal?: AbortSignal) => Promise<boolean>
}

/** One per OLT, kept from session to session. */
export const createRestartWatch = (): RestartWatch => {
  let last: UptimeReading | null = null
  return {
    look: async (session, signal) => {
      const [value] = await session.get([sysUpTime], signal)
      if (value?.kind !== 'number') return false
      const before = last
      last = { ticks: value.value, at: session.clock.monotonicMs() }
      return before !== null && hasRestarted(before, last)
    },
  }
}
