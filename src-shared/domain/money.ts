import type { CurrencyCode } from './currencies.ts'
import { minorDigits } from './currencies.ts'

/**
 * Money is a whole number of minor units and a currency; nothing here is a binary fraction. What
 * must be multiplied or divided goes through `bigint` and is rounded once, half away from zero
 * (EN 16931: −1622.835 is −1622.84, so that a credit note mirrors its invoice).
 */
export interface Money {
  /** Minor units: cents, sen. A safe integer, either sign. */
  readonly minor: number
  readonly currency: CurrencyCode
}

/**
 * How a value between two units is settled. `up` and `down` mean away from and towards zero;
 * `half-even` sends an exact half to the even neighbour, `half-up` towards the larger one (which makes
 * a credit of −0.5 another than its invoice of 0.5: nothing here asks for it).
 */
export type Rounding = 'half-away-from-zero' | 'half-even' | 'half-up' | 'up' | 'down'

/** @throws RangeError unless it is a whole number that a double holds exactly. */
export const safeMinor = (minor: number): number => {
  if (!Number.isSafeInteger(minor)) throw new RangeError('not a whole number of minor units')
  // No negative zero: it is not equal to zero for Object.is and so for many a comparison.
  return minor === 0 ? 0 : minor
}

/** @throws RangeError when it does not fit a double exactly. */
export const toMinor = (value: bigint): number => safeMinor(Number(value))

export const money = (minor: number, currency: CurrencyCode): Money => ({
  minor: safeMinor(minor),
  currency,
})

/** @throws RangeError for two currencies. */
export const sameCurrency = (first: Money, second: Money): CurrencyCode => {
  if (first.currency !== second.currency)
    throw new RangeError(`two currencies: ${first.currency} and ${second.currency}`)
  return first.currency
}

/** @throws RangeError for two currencies, or for a sum that a double does not hold exactly. */
export const addMoney = (first: Money, second: Money): Money =>
  money(first.minor + second.minor, sameCurrency(first, second))

export const sumMoney = (parts: readonly Money[], currency: CurrencyCode): Money =>
  parts.reduce(addMoney, money(0, currency))

/** @throws RangeError for two currencies. */
export const compareMoney = (first: Money, second: Money): number => {
  sameCurrency(first, second)
  return first.minor - second.minor
}

/** numerator ÷ denominator as a whole number. @throws RangeError for a denominator of 0. */
export const divideRounded = (
  numerator: bigint,
  denominator: bigint,
  rounding: Rounding = 'half-away-from-zero',
): bigint => {
  if (denominator === 0n) throw new RangeError('division by zero')
  const negative = numerator < 0n !== denominator < 0n
  const over = numerator < 0n ? -numerator : numerator
  const under = denominator < 0n ? -denominator : denominator
  const whole = over / under
  const rest = over % under
  const rounded = goesAway(rounding, rest * 2n - under, whole, rest, negative) ? whole + 1n : whole
  return negative ? -rounded : rounded
}

/** `half`: the sign of twice the rest less the divisor; 0: exactly in the middle. */
const goesAway = (
  rounding: Rounding,
  half: bigint,
  whole: bigint,
  rest: bigint,
  negative: boolean,
): boolean => {
  switch (rounding) {
    case 'up':
      return rest > 0n
    case 'down':
      return false
    case 'half-away-from-zero':
      return half >= 0n
    case 'half-even':
      return half > 0n || (half === 0n && whole % 2n === 1n)
    case 'half-up':
      return half > 0n || (half === 0n && !negative)
  }
}

/** minor × numerator ÷ denominator, rounded once. */
export const scaleMinor = (
  minor: number,
  numerator: number | bigint,
  denominator: number | bigint,
  rounding: Rounding = 'half-away-from-zero',
): number =>
  toMinor(
    divideRounded(BigInt(safeMinor(minor)) * BigInt(numerator), BigInt(denominator), rounding),
  )

/** The nearest multiple of `step` (at least 1), for coins: 149 in steps of 5 is 150. */
export const roundToStep = (
  minor: number,
  step: number,
  rounding: Rounding = 'half-away-from-zero',
): number => toMinor(divideRounded(BigInt(safeMinor(minor)), BigInt(step), rounding) * BigInt(step))

/**
 * Parts of `total` by weight, none lost: each is within one unit of its exact share, and what
 * rounding leaves goes to the largest fractions, the earlier of two equal ones first. Weights of
 * nothing at all share evenly. The parts of −total are the negatives of the parts of total.
 * @throws RangeError for a negative weight, or for something to share and nobody to share it.
 */
export const allocateMinor = (
  total: number,
  weights: readonly (number | bigint)[],
): readonly number[] => {
  const exact = weights.map((weight) => BigInt(weight))
  if (exact.some((weight) => weight < 0n)) throw new RangeError('a negative weight')
  if (exact.length === 0) {
    if (safeMinor(total) !== 0) throw new RangeError('nobody to share among')
    return []
  }
  const whole = exact.reduce((sum, weight) => sum + weight, 0n)
  if (whole === 0n)
    return allocateMinor(
      total,
      weights.map(() => 1),
    )
  const sign = total < 0 ? -1n : 1n
  const amount = BigInt(safeMinor(total)) * sign
  const shares = exact.map((weight, index) => ({
    index,
    share: (amount * weight) / whole,
    rest: (amount * weight) % whole,
  }))
  let left = amount - shares.reduce((sum, { share }) => sum + share, 0n)
  const byRest = shares.toSorted((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  )
  for (const part of byRest) {
    if (left === 0n) break
    part.share += 1n
    left -= 1n
  }
  return shares.map(({ share }) => toMinor(share * sign))
}

/** `123.45` for 12345 IDR: every digit, a point, no grouping; for files and forms, not for reading. */
export const formatMinor = (minor: number, currency: CurrencyCode): string => {
  const digits = minorDigits(currency)
  const text = String(Math.abs(safeMinor(minor))).padStart(digits + 1, '0')
  const sign = minor < 0 ? '-' : ''
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/**
 * The opposite of `formatMinor`: `1622.8` is 162280 USD. Null for what is no plain decimal number,
 * has more digits than the currency (nothing is rounded in silence), or is too large.
 */
export const parseMinor = (text: string, currency: CurrencyCode): number | null => {
  const match = /^(?<sign>-?)(?<whole>\d{1,16})(?:\.(?<rest>\d{1,4}))?$/u.exec(text)
  if (match?.groups === undefined) return null
  const digits = minorDigits(currency)
  const rest = match.groups['rest'] ?? ''
  if (rest.length > digits) return null
  const minor = Number(`${match.groups['whole'] ?? ''}${rest.padEnd(digits, '0')}`)
  if (!Number.isSafeInteger(minor)) return null
  return minor === 0 ? 0 : match.groups['sign'] === '-' ? -minor : minor
}
