import { causeClassOf, downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'

/** By position in `downCauses`: it had a last word of its power. */
export const isGaspCause: Uint8Array = Uint8Array.from(downCauses, (cause) =>
  causeClassOf(cause) === 'power' ? 1 : 0,
)

/** By position: somebody ordered it, on the OLT or from a console (facts/noc.md E3.1). */
export const isOrderedCause: Uint8Array = Uint8Array.from(downCauses, (cause) =>
  causeClassOf(cause) === 'admin' ? 1 : 0,
)

/** By position: its light was gone, or too bad. */
export const isOpticalCause: Uint8Array = Uint8Array.from(downCauses, (cause) =>
  causeClassOf(cause) === 'optical' ? 1 : 0,
)

const bootCauses: ReadonlySet<string> = new Set([
  'rebooted',
  'reset',
  're-registered',
  'reset-by-button',
  'reset-by-software',
])

/** By position: it began anew and comes back by itself. */
export const isBootCause: Uint8Array = Uint8Array.from(downCauses, (cause) =>
  bootCauses.has(cause) ? 1 : 0,
)

export const stateAt = {
  unknown: onuStates.indexOf('unknown'),
  online: onuStates.indexOf('online'),
  offline: onuStates.indexOf('offline'),
  disabled: onuStates.indexOf('disabled'),
  starting: onuStates.indexOf('starting'),
  refused: onuStates.indexOf('auth-failed'),
} as const
