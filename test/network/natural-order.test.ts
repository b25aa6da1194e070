import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNatural } from '../../src-main/network/natural-order.ts'
import { orderByNumber } from '../../src-main/network/radix-order.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '0', '1', '2', '10', '-', 'é', ' ') })

describe('the order of texts', () => {
  test('puts numbers by value and letters without case', () => {
    const sorted = ['rumah 10', 'Rumah 2', 'rumah 2b', 'RUMAH 2A', 'jalan', 'rumah 002'].toSorted(
      compareNatural,
    )
    expect(sorted).toEqual(['jalan', 'Rumah 2', 'rumah 002', 'RUMAH 2A', 'rumah 2b', 'rumah 10'])
  })

  test('does not contradict itself', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0)
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) {
          expect(compareNatural(a, c)).toBeLessThanOrEqual(0)
        }
      }),
      { seed: 34178, numRuns: 2_000 },
    )
  })
})

describe('the order by numbers', () => {
  test('equals a stable sort, with what has no value at the end', () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(0, -0, NaN, Infinity, -Infinity),
    )
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        const rows = Int32Array.from(values, (_, row) => row)
        const { rows: order, valued } = orderByNumber(rows, (row) => values[row] ?? NaN)
        const expected = [...rows]
          .filter((row) => !Number.isNaN(values[row]))
          .toSorted((a, b) => {
            const x = values[a] ?? NaN
            const y = values[b] ?? NaN
            return x < y ? -1 : x > y ? 1 : a - b
          })
        const without = [...rows].filter((row) => Number.isNaN(values[row]))
        expect([...order]).toEqual([...expected, ...without])
        expect(valued).toBe(expected.length)
      }),
      { seed: 13016 },
    )
  })
})
