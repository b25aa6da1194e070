import type { SignalClass } from '../../../src-shared/domain/optics.ts'
import { signalLevel } from '../signal-level.ts'

/** Lower edges in dB of margin of the steps of light that `signalLevel` cuts, best first. */
export const lightFloorsDb = [9, 6, 4, 2, 0, -Infinity] as const

/** What a cell of light shows: a step of the scale, or that there is no usable value. */
export type LightCell =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'too-strong' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'none' }

/** `marginDb`: NaN is "no value". */
export const lightCellOf = (signal: SignalClass, marginDb: number): LightCell => {
  if (signal === 'none' || signal === 'invalid' || signal === 'too-strong') return { kind: signal }
  return Number.isNaN(marginDb) ? { kind: 'none' } : { kind: 'step', step: signalLevel(marginDb) }
}
