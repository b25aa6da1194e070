import {
  causeClassOf,
  causeClasses,
  downCauses,
  onuStates,
} from '../../src-shared/domain/onu-state.ts'
import {
  classifySignal,
  signalClasses,
  type OpticClass,
  type SignalClass,
} from '../../src-shared/domain/optics.ts'

/** Pure rules of the live network; nothing here reads or keeps anything. */

export const stateCode = {
  unknown: onuStates.indexOf('unknown'),
  online: onuStates.indexOf('online'),
  offline: onuStates.indexOf('offline'),
  disabled: onuStates.indexOf('disabled'),
  starting: onuStates.indexOf('starting'),
  authFailed: onuStates.indexOf('auth-failed'),
} as const

/** Position in `causeClasses` by position in `downCauses`. */
export const causeClassCode: Uint8Array = Uint8Array.from(downCauses, (cause) =>
  causeClasses.indexOf(causeClassOf(cause)),
)

export const causeClassPower = causeClasses.indexOf('power')
export const causeClassOptical = causeClasses.indexOf('optical')

/**
 * Of two directions the worse counts. A missing or impossible reading says nothing about the
 * light, so it counts only where the other direction has no reading either.
 */
const badness: readonly SignalClass[] = [
  'none',
  'invalid',
  'good',
  'warning',
  'too-strong',
  'critical',
]

export interface Signal {
  readonly signal: SignalClass
  /** dB above the weakest specified level in the worse direction; NaN: no valid reading. */
  readonly marginDb: number
}

export const judgeSignal = (onuRxDbm: number, oltRxDbm: number, optic: OpticClass): Signal => {
  const onu = classifySignal(onuRxDbm, optic.onuRx)
  const olt = classifySignal(oltRxDbm, optic.oltRx)
  const onuMargin = onu === 'none' || onu === 'invalid' ? NaN : onuRxDbm - optic.onuRx.minDbm
  const oltMargin = olt === 'none' || olt === 'invalid' ? NaN : oltRxDbm - optic.oltRx.minDbm
  return {
    signal: badness.indexOf(onu) >= badness.indexOf(olt) ? onu : olt,
    marginDb: Number.isNaN(onuMargin)
      ? oltMargin
      : Number.isNaN(oltMargin)
        ? onuMargin
        : Math.min(onuMargin, oltMargin),
  }
}

export const signalCode = {
  none: signalClasses.indexOf('none'),
  warning: signalClasses.indexOf('warning'),
  critical: signalClasses.indexOf('critical'),
  tooStrong: signalClasses.indexOf('too-strong'),
} as const

/** No PON carries more (10 Gbit/s symmetric, rounded up): a faster rate is a counter's mistake. */
const fastestKbps = 12_000_000
/** Below this the time of two readings is not known well enough for a rate. */
export const shortestSpanMs = 1_000

/**
 * kbit/s between two readings of an octet counter; NaN when there is none. A counter that went
 * back has wrapped or was reset: which, and how often, cannot be known, so there is no rate.
 */
export const rateKbps = (beforeBytes: number, nowBytes: number, spanMs: number): number => {
  const octets = nowBytes - beforeBytes
  // Not "< 0": NaN must fail too.
  if (!(octets >= 0) || !(spanMs >= shortestSpanMs)) return NaN
  const kbps = (octets * 8) / spanMs
  return kbps <= fastestKbps ? kbps : NaN
}

/** Whether so many rows may vanish after one complete walk, or only after a second one agrees. */
export const vanishNeedsProof = (vanished: number, known: number): boolean =>
  vanished > Math.max(8, known * 0.1)

/** Words of a search, lower-cased; all must occur. */
export const searchWords = (text: string): readonly string[] =>
  [...new Set(text.toLowerCase().split(/\s+/u))].filter((word) => word !== '')
