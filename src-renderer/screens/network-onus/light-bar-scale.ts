import {
  classifySignal,
  warningMarginDb,
  type ReceiveRange,
  type SignalClass,
} from '../../../src-shared/domain/optics.ts'

/** Where things stand on the picture of a receiver's range, in percent from the left. */
export interface LightBar {
  /** Below the weakest specified level ends here. */
  readonly min: number
  /** The warning band ends here. */
  readonly warningEnd: number
  /** Too strong begins here. */
  readonly max: number
  /** null: no value, or one that no receiver can measure. */
  readonly value: number | null
  /** The value lies beyond the picture and is drawn at its edge. */
  readonly beyond: 'left' | 'right' | null
  readonly average: number | null
  readonly signal: SignalClass
  readonly scaleMinDbm: number
  readonly scaleMaxDbm: number
}

/** dB that the picture shows on either side of the specified range. */
const sideDb = 5

export const lightBarOf = (
  valueDbm: number | null,
  averageDbm: number | null,
  range: ReceiveRange,
): LightBar => {
  const scaleMinDbm = range.minDbm - sideDb
  const scaleMaxDbm = range.maxDbm + sideDb
  const percent = (dbm: number): number =>
    ((Math.min(scaleMaxDbm, Math.max(scaleMinDbm, dbm)) - scaleMinDbm) /
      (scaleMaxDbm - scaleMinDbm)) *
    100
  const signal = classifySignal(valueDbm ?? Number.NaN, range)
  const usable = valueDbm !== null && signal !== 'invalid' && signal !== 'none'
  return {
    min: percent(range.minDbm),
    warningEnd: percent(range.minDbm + warningMarginDb),
    max: percent(range.maxDbm),
    value: usable ? percent(valueDbm) : null,
    beyond: !usable
      ? null
      : valueDbm < scaleMinDbm
        ? 'left'
        : valueDbm > scaleMaxDbm
          ? 'right'
          : null,
    average: averageDbm === null ? null : percent(averageDbm),
    signal,
    scaleMinDbm,
    scaleMaxDbm,
  }
}
