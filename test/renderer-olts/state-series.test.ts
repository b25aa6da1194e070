import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  stackStates,
  thinStates,
  type StateHistory,
} from '../../src-renderer/components/charts/state-series.ts'

const minute = 60_000

const historyOf = (online: readonly number[], at?: readonly number[]): StateHistory => {
  const zeros = (): Float64Array<ArrayBuffer> => new Float64Array(online.length)
  return {
    at: Float64Array.from(at ?? online.map((_, i) => i * minute)),
    online: Float64Array.from(online),
    offlinePower: Float64Array.from(online, (value) => 100 - value),
    offlineOptical: zeros(),
    offlineOther: zeros(),
    unknown: zeros(),
    disabled: zeros(),
  }
}

describe('thinning state over time', () => {
  test('an empty history stays empty', () => {
    expect(thinStates(historyOf([]), 100)).toEqual([])
  })

  test('what fits is not thinned', () => {
    expect(thinStates(historyOf([1, 2, 3]), 3)).toEqual([0, 1, 2])
  })

  test('never more than asked for, in order, first and last kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 2000 }),
        fc.integer({ min: 3, max: 300 }),
        (online, maxPoints) => {
          const kept = thinStates(historyOf(online), maxPoints)
          expect(kept.length).toBeLessThanOrEqual(maxPoints)
          expect(kept[0]).toBe(0)
          expect(kept.at(-1)).toBe(online.length - 1)
          expect(kept.every((value, i) => i === 0 || value > (kept[i - 1] ?? 0))).toBe(true)
        },
      ),
      { seed: 62813 },
    )
  })

  test('an outage of one minute among a day of minutes is still seen', () => {
    const online = Array.from({ length: 1440 }, (_, i) => (i === 777 ? 3 : 98))
    expect(thinStates(historyOf(online), 240)).toContain(777)
  })
})

describe('stacking', () => {
  test('the upper edge of the stack is the sum of what lies below', () => {
    const history = historyOf([90, 80])
    const stacked = stackStates(history, [0, 1], ['offlinePower', 'online'], 5 * minute)
    expect(stacked.tops).toEqual([
      [10, 20],
      [100, 100],
    ])
    expect(stacked.values).toEqual([
      [10, 20],
      [90, 80],
    ])
    expect(stacked.max).toBe(100)
  })

  test('a pause in reading is a gap, not a line and not zero', () => {
    const history = historyOf([90, 90, 90], [0, minute, 60 * minute])
    const stacked = stackStates(history, [0, 1, 2], ['online'], 5 * minute)
    expect(stacked.at).toEqual([0, minute, minute + 1, 60 * minute])
    expect(stacked.tops).toEqual([[90, 90, null, 90]])
  })

  test('thinning by itself makes no gap', () => {
    const history = historyOf(Array.from({ length: 600 }, () => 50))
    const stacked = stackStates(history, thinStates(history, 20), ['online'], 3 * minute)
    expect(stacked.tops[0]).not.toContain(null)
  })
})
