/**
 * The simulator's own words for why an ONU is down and what the OLT shows of it. They are shared
 * with nothing outside: each family translates them to its own numbers.
 */
export const cause = {
  none: 0,
  dyingGasp: 1,
  los: 2,
  losi: 3,
  lofi: 4,
  deactivated: 5,
  rebooted: 6,
  authFailed: 7,
} as const

export type Cause = (typeof cause)[keyof typeof cause]

export const phase = {
  working: 0,
  starting: 1,
  los: 2,
  dyingGasp: 3,
  authFailed: 4,
  offline: 5,
  disabled: 6,
} as const

export type Phase = (typeof phase)[keyof typeof phase]

const phaseNames = Object.keys(phase) as (keyof typeof phase)[]
const causeNames = Object.keys(cause) as (keyof typeof cause)[]

export const phaseName = (value: number): keyof typeof phase => phaseNames[value] ?? 'offline'
export const causeName = (value: number): keyof typeof cause => causeNames[value] ?? 'none'

/** Which phase an OLT shows for an ONU that is down for a cause. */
export const phaseOfCause = (value: number): Phase => {
  switch (value) {
    case cause.dyingGasp:
      return phase.dyingGasp
    case cause.los:
    case cause.losi:
    case cause.lofi:
      return phase.los
    case cause.deactivated:
      return phase.disabled
    case cause.authFailed:
      return phase.authFailed
    default:
      return phase.offline
  }
}
