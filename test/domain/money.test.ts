import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  currencyCode,
  currencyCodes,
  isCurrencyCode,
  minorDigits,
} from '../../src-shared/domain/currencies.ts'
import {
  addMoney,
  allocateMinor,
  compareMoney,
  divideRounded,
  formatMinor,
  money,
  parseMinor,
  roundToStep,
  scaleMinor,
  sumMoney,
  toMinor,
} from '../../src-shared/domain/money.ts'

const seed = { seed: 20_261_123, numRuns: 300 }
const amount = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 })
const [usd, idr, jpy] = [currencyCode('USD'), currencyCode('IDR'), currencyCode('JPY')]

describe('the table of currencies', () => {
  test('refuses what is no currency', () => {
    for (const code of ['', 'usd', 'XXX', 'DEM', 'BTC']) {
      expect(isCurrencyCode(code)).toBe(false)
      expect(() => currencyCode(code)).toThrow(RangeError)
    }
  })

  test('has the digits of ISO 4217, whatever Intl says (M01, invariant 5)', () => {
    const digits = {
      JPY: 0,
      USD: 2,
      IDR: 2,
      HUF: 2,
      COP: 2,
      PKR: 2,
      KRW: 0,
      ISK: 0,
      CLP: 0,
      VND: 0,
    }
    for (const [code, expected] of Object.entries(digits))
      expect([code, minorDigits(currencyCode(code))]).toEqual([code, expected])
    for (const code of ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'])
      expect(minorDigits(currencyCode(code))).toBe(3)
    expect(minorDigits(currencyCode('CLF'))).toBe(4)
    expect(currencyCodes.length).toBeGreaterThan(150)
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length)
    // CLDR and ISO differ for some: this is what we do not lean on.
    expect(parseMinor('10', jpy)).toBe(10)
    expect(parseMinor('10', usd)).toBe(1000)
  })
})

describe('money', () => {
  test('is never of two currencies at once, nor a fraction, nor too large (invariants 1 and 2)', () => {
    expect(() => addMoney(money(1, usd), money(1, idr))).toThrow(RangeError)
    expect(() => compareMoney(money(1, usd), money(1, idr))).toThrow(RangeError)
    expect(() => sumMoney([money(1, usd)], idr)).toThrow(RangeError)
    for (const minor of [0.5, Number.NaN, Infinity, 2 ** 53])
      expect(() => money(minor, usd)).toThrow(RangeError)
    expect(() => toMinor(2n ** 53n)).toThrow(RangeError)
    expect(() => addMoney(money(2 ** 53 - 1, usd), money(1, usd))).toThrow(RangeError)
  })

  test('rounds half away from zero, so that a credit mirrors its invoice (invariant 3, T06)', () => {
    expect(divideRounded(-1_622_835n, 10n)).toBe(-162_284n)
    expect(divideRounded(1_622_835n, 10n)).toBe(162_284n)
    expect(divideRounded(-5n, 10n, 'up')).toBe(-1n)
    expect(divideRounded(-9n, 10n, 'down')).toBe(0n)
    expect(Object.is(scaleMinor(-1, 1, 10), 0)).toBe(true)
    expect(() => divideRounded(1n, 0n)).toThrow(RangeError)
    // Other policies, for cases that name them.
    const halves = [-25n, -15n, -5n, 5n, 15n, 25n, 26n]
    expect(halves.map((value) => divideRounded(value, 10n, 'half-even'))).toEqual([
      -2n,
      -2n,
      0n,
      0n,
      2n,
      2n,
      3n,
    ])
    expect(halves.map((value) => divideRounded(value, 10n, 'half-up'))).toEqual([
      -2n,
      -1n,
      0n,
      1n,
      2n,
      3n,
      3n,
    ])
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 100_000 }), (x, of) => {
        expect(scaleMinor(-x, 1, of)).toBe(scaleMinor(x, -1, of))
        expect(scaleMinor(-x, 1, of) + scaleMinor(x, 1, of)).toBe(0)
      }),
      seed,
    )
  })

  test('rounds to the coin', () => {
    expect(roundToStep(114_999, 5)).toBe(115_000)
    expect(roundToStep(114_999, 5, 'down')).toBe(114_995)
    expect(roundToStep(114_991, 5, 'up')).toBe(114_995)
    expect(roundToStep(-114_993, 5)).toBe(-114_995)
  })

  test('is shared without loss, each within a unit of his exact part, mirrored (invariant 4)', () => {
    expect(allocateMinor(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(allocateMinor(-100, [1, 1, 1])).toEqual([-34, -33, -33])
    expect(allocateMinor(5, [0, 0])).toEqual([3, 2])
    expect(allocateMinor(0, [])).toEqual([])
    expect(() => allocateMinor(1, [])).toThrow(RangeError)
    expect(() => allocateMinor(1, [-1, 2])).toThrow(RangeError)
    const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(amount, weights, (total, parts) => {
        const shares = allocateMinor(total, parts)
        expect(shares.reduce((sum, share) => sum + BigInt(share), 0n)).toBe(BigInt(total))
        expect(allocateMinor(-total, parts).map((share) => (share === 0 ? 0 : -share))).toEqual(
          shares,
        )
        const whole = BigInt(parts.reduce((sum, part) => sum + part, 0))
        if (whole > 0n)
          shares.forEach((share, index) => {
            const off = BigInt(share) * whole - BigInt(total) * BigInt(parts[index] ?? 0)
            expect(off < whole && off > -whole).toBe(true)
          })
      }),
      seed,
    )
  })

  test('reads and writes plain decimals, refusing digits that the currency does not have', () => {
    expect(formatMinor(-5, usd)).toBe('-0.05')
    expect(formatMinor(150_000_00, idr)).toBe('150000.00')
    expect(formatMinor(150, jpy)).toBe('150')
    const refused = [
      '',
      '-',
      '1,5',
      '1.',
      '.5',
      '1.005',
      '1e3',
      ' 1',
      '٣',
      '99999999999999999',
      '+1',
      'NaN',
    ]
    for (const text of refused) expect([text, parseMinor(text, usd)]).toEqual([text, null])
    expect(parseMinor('1.5', jpy)).toBeNull()
    expect(Object.is(parseMinor('-0', usd), 0)).toBe(true)
    fc.assert(
      fc.property(amount, fc.constantFrom(...currencyCodes), (minor, currency) => {
        expect(parseMinor(formatMinor(minor, currency), currency)).toBe(minor)
      }),
      seed,
    )
  })
})
