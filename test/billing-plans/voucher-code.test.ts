import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  alphabet,
  codeFrom,
  codeLength,
  hashOfCode,
  printedCode,
  readCode,
} from '../../src-main/billing/vouchers/voucher-code.ts'

const code = fc.uint8Array({ minLength: 17, maxLength: 17 }).map(codeFrom)

describe('a slip in a code is found', () => {
  test('any one wrong character', () => {
    fc.assert(
      fc.property(code, fc.nat(codeLength - 1), fc.nat(30), (good, place, shift) => {
        const wrong = alphabet[(alphabet.indexOf(good[place]!) + 1 + shift) % 32]!
        expect(readCode(good.slice(0, place) + wrong + good.slice(place + 1))).toBeNull()
      }),
      { seed: 29069 },
    )
  })

  test('any two that changed places', () => {
    fc.assert(
      fc.property(code, fc.nat(codeLength - 1), fc.nat(codeLength - 1), (good, one, other) => {
        fc.pre(good[one] !== good[other])
        const letters = [...good]
        ;[letters[one], letters[other]] = [letters[other]!, letters[one]!]
        expect(readCode(letters.join(''))).toBeNull()
      }),
      { seed: 15575 },
    )
  })

  test.each(['', 'ABC', 'U'.repeat(18), '!'.repeat(18), '0'.repeat(19)])('%j is none', (typed) => {
    expect(readCode(typed)).toBeNull()
  })
})

test('a code is read however it was typed', () => {
  fc.assert(
    fc.property(code, (good) => {
      expect(readCode(printedCode(good).toLowerCase())).toBe(good)
      expect(readCode(`  ${[...good].join(' ')} `)).toBe(good)
      expect(readCode(good.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(good)
    }),
    { seed: 65857 },
  )
})

test('85 bits by chance: every bit of the 17 characters counts', () => {
  expect(2 ** (17 * Math.log2(alphabet.length))).toBe(2 ** 85)
  expect(new Set(alphabet).size).toBe(32)
  const zero = codeFrom(new Uint8Array(17))
  for (let place = 0; place < 17; place++) {
    for (let bit = 0; bit < 5; bit++) {
      const bytes = new Uint8Array(17)
      bytes[place] = 1 << bit
      expect(codeFrom(bytes)).not.toBe(zero)
    }
  }
  expect(() => codeFrom(new Uint8Array(10))).toThrow(RangeError)
})

test('what is kept of it tells nothing of it', () => {
  const hash = hashOfCode(codeFrom(new Uint8Array(17).fill(7)))
  expect(hash.length).toBe(32)
  expect(hash.equals(hashOfCode(codeFrom(new Uint8Array(17).fill(8))))).toBe(false)
})
