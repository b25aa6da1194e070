/**
 * What an ONU is doing, in one vocabulary for all families. "Unknown" is a state of its own: it
 * means that we do not know (never read, or the way to the OLT is lost), never that the ONU is down.
 * The order is fixed: live state keeps the position as a byte.
 */
export const onuStates = [
  'unknown',
  'online',
  'offline',
  /** Switched off by the operator on the OLT. */
  'disabled',
  /** Seen by the OLT, ranging or exchanging its MIB, not yet carrying traffic. */
  'starting',
  /** Seen by the OLT and refused: wrong serial, password or profile. */
  'auth-failed',
] as const

export type OnuState = (typeof onuStates)[number]

/** Why an ONU went down, as the OLT says it; names follow ITU-T G.984.3 section 11. */
export const downCauses = [
  'none',
  'unknown',
  'dying-gasp',
  'los',
  'losi',
  'lofi',
  'sfi',
  'loai',
  'loami',
  'loki',
  'popup-failed',
  'optical-module-off',
  'deactivated',
  'deactivate-failed',
  'auth-failed',
  'reset',
  're-registered',
  'rebooted',
  'shut-down',
  'reset-by-command',
  'reset-by-button',
  'reset-by-software',
  'ring',
  'broadcast-attack',
  'operator-check',
  'rogue',
] as const

export type DownCause = (typeof downCauses)[number]

/** The classes a technician sorts by: whom to send, if anyone. */
export const causeClasses = [
  'none',
  'unknown',
  'power',
  'optical',
  'admin',
  'auth',
  'other',
] as const

export type CauseClass = (typeof causeClasses)[number]

const classByCause: Readonly<Record<DownCause, CauseClass>> = {
  none: 'none',
  unknown: 'unknown',
  'dying-gasp': 'power',
  los: 'optical',
  losi: 'optical',
  lofi: 'optical',
  sfi: 'optical',
  loai: 'optical',
  loami: 'optical',
  loki: 'other',
  'popup-failed': 'optical',
  'optical-module-off': 'optical',
  deactivated: 'admin',
  'deactivate-failed': 'admin',
  'auth-failed': 'auth',
  reset: 'other',
  're-registered': 'other',
  rebooted: 'other',
  'shut-down': 'power',
  'reset-by-command': 'admin',
  'reset-by-button': 'other',
  'reset-by-software': 'other',
  ring: 'other',
  'broadcast-attack': 'other',
  'operator-check': 'admin',
  rogue: 'other',
}

export const causeClassOf = (cause: DownCause): CauseClass => classByCause[cause]
