/**
 * Receive levels and their limits. Values are dBm. Limits: class B+ from ITU-T G.984.2 Amd 1
 * (ONU -27..-8, OLT -28..-8); class C+ ONU -30..-8, OLT -32..-12 is general knowledge and so marked.
 */
export interface OpticClass {
  readonly name: 'B+' | 'C+'
  readonly certainty: 'sourced' | 'unproven'
  readonly onuRx: ReceiveRange
  readonly oltRx: ReceiveRange
}

export interface ReceiveRange {
  /** Weakest level the receiver is specified for, dBm. */
  readonly minDbm: number
  /** Strongest level the receiver is specified for, dBm. */
  readonly maxDbm: number
}

export const opticClasses = {
  'B+': {
    name: 'B+',
    certainty: 'sourced',
    onuRx: { minDbm: -27, maxDbm: -8 },
    oltRx: { minDbm: -28, maxDbm: -8 },
  },
  'C+': {
    name: 'C+',
    certainty: 'unproven',
    onuRx: { minDbm: -30, maxDbm: -8 },
    oltRx: { minDbm: -32, maxDbm: -12 },
  },
} as const satisfies Record<string, OpticClass>

export const signalClasses = [
  'none',
  'good',
  'warning',
  'critical',
  'too-strong',
  'invalid',
] as const

export type SignalClass = (typeof signalClasses)[number]

/** A reading within this many dB of the limit is a warning, not yet critical. */
export const warningMarginDb = 2

/** Outside this span a reading is impossible for a PON receiver: an invalid reading, not an alarm. */
export const possibleDbm = { min: -45, max: 10 } as const

/** NaN means "no value". */
export const classifySignal = (rxDbm: number, range: ReceiveRange): SignalClass => {
  if (Number.isNaN(rxDbm)) return 'none'
  if (rxDbm < possibleDbm.min || rxDbm > possibleDbm.max) return 'invalid'
  if (rxDbm > range.maxDbm) return 'too-strong'
  const margin = rxDbm - range.minDbm
  if (margin < 0) return 'critical'
  return margin < warningMarginDb ? 'warning' : 'good'
}

/** dB above the weakest specified level: negative means below the limit. */
export const marginDb = (rxDbm: number, range: ReceiveRange): number => rxDbm - range.minDbm
