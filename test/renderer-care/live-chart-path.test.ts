import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  liveGapMs,
  livePath,
  liveScale,
  liveWindow,
} from '../../src-renderer/screens/network-onus/live-chart-path.ts'

const at = (times: readonly number[], value = -20) => times.map((time) => ({ at: time, value }))
const size = { width: 100, height: 50 }

describe('a live chart', () => {
  it('shows at least a minute and at most three', () => {
    expect(liveWindow([[]], 500_000)).toEqual({ from: 440_000, to: 500_000 })
    expect(liveWindow([at([490_000])], 500_000).from).toBe(440_000)
    expect(liveWindow([at([400_000])], 500_000).from).toBe(400_000)
    expect(liveWindow([at([1000])], 500_000).from).toBe(320_000)
  })

  it('draws nothing over a break', () => {
    const path = livePath(
      at([0, 2000, 4000, 20_000, 22_000]),
      { from: 0, to: 60_000 },
      { min: -25, max: -15 },
      size,
      6000,
    )
    expect(path).toBe('M0 25L3.3 25L6.7 25M33.3 25L36.7 25')
  })

  it('takes no break for a gap where readings come more rarely than was meant', () => {
    expect(liveGapMs([], 2000)).toBe(6000)
    expect(liveGapMs(at([0, 2000, 20_000]), 2000)).toBe(6000)
    expect(liveGapMs(at([0, 10_000, 40_000, 51_000]), 2000)).toBe(30_000)
  })

  it('leaves out what is outside its time', () => {
    const path = livePath(
      at([0, 70_000, 130_000]),
      { from: 60_000, to: 120_000 },
      { min: -25, max: -15 },
      size,
      6000,
    )
    expect(path).toBe('M16.7 25')
  })

  it('has every value within its scale, however flat, and a floor that holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (values, leastSpan) => {
          const points = values.map((value, index) => ({ at: index, value }))
          const { min, max } = liveScale([points], leastSpan, 0)
          expect(min).toBeGreaterThanOrEqual(0)
          expect(min).toBeLessThanOrEqual(Math.min(...values))
          expect(max).toBeGreaterThanOrEqual(Math.max(...values))
          expect(max - min).toBeGreaterThanOrEqual(leastSpan * 0.49)
        },
      ),
      { seed: 2066 },
    )
    const { min, max } = liveScale([at([1, 2], -20)], 2)
    expect(max - min).toBeCloseTo(2)
  })
})
