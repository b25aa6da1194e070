import { possibleDbm, type ReceiveRange } from '../../../src-shared/domain/optics.ts'

/**
 * A level against a limit, with hysteresis: what has crossed it must come back by so much before it
 * counts as back (ISA-18.2 calls that a deadband). NaN says nothing: it stays as it was.
 */
export const isAbove = (
  value: number,
  limit: number,
  hysteresis: number,
  held: boolean,
): boolean => {
  if (Number.isNaN(value)) return held
  return held ? value > limit - hysteresis : value > limit
}

export const isBelow = (value: number, limit: number, hysteresis: number, held: boolean): boolean =>
  isAbove(-value, -limit, hysteresis, held)

/** No chassis of an OLT is colder or hotter, °C: a reading outside is none. */
const possibleC = { min: -40, max: 150 } as const

export const plausibleC = (value: number | null): number =>
  value === null || value < possibleC.min || value > possibleC.max ? Number.NaN : value

/** 0 to 100; NaN: no value, or an impossible one. */
export const plausiblePercent = (value: number | null): number =>
  value === null || value < 0 || value > 100 ? Number.NaN : value

/** Outside of what a receiver can tell (domain/optics.ts): an invalid reading, never an alarm of light. */
export const isImpossibleDbm = (value: number): boolean =>
  value < possibleDbm.min || value > possibleDbm.max

/** The weakest level that a rule allows, dBm. */
export const lowLimitDbm = ({ minDbm }: ReceiveRange, belowLimitDb: number): number =>
  minDbm - belowLimitDb

/** The strongest level that a rule allows, dBm. */
export const highLimitDbm = ({ maxDbm }: ReceiveRange, aboveLimitDb: number): number =>
  maxDbm + aboveLimitDb

export interface DegradingLimits {
  readonly dropDb: number
  readonly siblingsDropDb: number
  readonly readings: number
  readonly hysteresisDb: number
}

/**
 * Light that fell against its own 30-day median, and more than that of the other ONUs of the PON
 * (facts/noc.md E4): what all of them lose is the feeder's or the transmitter's. `siblingsDropDb`
 * NaN: nobody to compare with. NaN for `dropDb`: nothing is known of this reading.
 */
export const judgeDrop = (
  dropDb: number,
  siblingsDropDb: number,
  limits: DegradingLimits,
  held: boolean,
): boolean => {
  if (Number.isNaN(dropDb)) return held
  const slack = held ? limits.hysteresisDb : 0
  const against = Number.isNaN(siblingsDropDb) ? 0 : siblingsDropDb
  return dropDb >= limits.dropDb - slack && dropDb - against >= limits.siblingsDropDb - slack
}

/** The middle of the first `count` values, which are put in order; NaN: there is none. */
export const medianOf = (values: Float64Array, count: number): number => {
  if (count === 0) return Number.NaN
  const some = values.subarray(0, count).sort()
  const middle = count >> 1
  return count % 2 === 1 ? some[middle]! : (some[middle - 1]! + some[middle]!) / 2
}
