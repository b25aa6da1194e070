import { describe, expect, it } from 'vitest'
import {
  hasPoints,
  lastPoint,
  nextPointTime,
  pointAt,
  scaled,
  unreadSpans,
  type SeriesPoints,
} from '../../src-renderer/components/time-chart/series-points.ts'
import { axisDigits, valueScale } from '../../src-renderer/components/time-chart/value-scale.ts'

const gap = Number.NaN

/** Pairs of time and value; the band is half a unit either way. */
const line = (...pairs: readonly (readonly [number, number])[]): SeriesPoints => ({
  at: Float64Array.from(pairs, ([at]) => at),
  min: Float64Array.from(pairs, ([, value]) => value - 0.5),
  avg: Float64Array.from(pairs, ([, value]) => value),
  max: Float64Array.from(pairs, ([, value]) => value + 0.5),
  resets: new Float64Array(0),
})

describe('the point below the cursor', () => {
  const points = line([10, 1], [20, 2], [25, gap], [40, 4], [50, 5])

  it('is the nearer one of a line, however far', () => {
    expect(pointAt(points, 14, 0)).toBe(0)
    expect(pointAt(points, 16, 0)).toBe(1)
    expect(pointAt(points, 50, 0)).toBe(4)
  })

  it('is none in a gap, before the first and after the last', () => {
    for (const at of [24, 30, 5, 60]) expect(pointAt(points, at, 2)).toBe(-1)
  })

  it('is the one beside a gap when the cursor all but stands on it', () => {
    expect(pointAt(points, 21, 2)).toBe(1)
    expect(pointAt(points, 39, 2)).toBe(3)
    expect(pointAt(points, 51, 2)).toBe(4)
  })

  it('is none of nothing', () => {
    expect(pointAt(line(), 1, 99)).toBe(-1)
    expect(lastPoint(line(), { from: 0, to: 9 })).toBe(-1)
  })

  it('is the last one seen where there is no cursor', () => {
    expect(lastPoint(points, { from: 0, to: 45 })).toBe(3)
    expect(lastPoint(points, { from: 0, to: 39 })).toBe(1)
    expect(lastPoint(points, { from: 21, to: 39 })).toBe(-1)
    expect(hasPoints(points, { from: 21, to: 39 })).toBe(false)
  })

  it('steps over gaps, to the nearest of all lines', () => {
    const other = line([22, 1], [60, 1])
    expect(nextPointTime([points, other], 20, 1, 1)).toBe(22)
    expect(nextPointTime([points], 20, 1, 1)).toBe(40)
    expect(nextPointTime([points], 40, -1, 1)).toBe(20)
    expect(nextPointTime([points], 50, 1, 1)).toBeNaN()
    expect(nextPointTime([points], 10, 1, 15)).toBe(40)
  })
})

describe('what was not read', () => {
  it('is before the first point, in gaps and after a last one that is too old', () => {
    const points = line([10, 1], [11, 1], [12, 1], [20, gap], [30, 1], [31, 1], [32, 1])
    expect(unreadSpans(points, { from: 0, to: 33 })).toEqual([
      { from: 0, to: 10 },
      { from: 12, to: 30 },
    ])
    expect(unreadSpans(points, { from: 0, to: 50 }).at(-1)).toEqual({ from: 32, to: 50 })
  })

  it('is cut to the window', () => {
    const points = line([10, 1], [11, 1], [12, 1], [20, gap], [30, 1], [31, 1])
    expect(unreadSpans(points, { from: 15, to: 25 })).toEqual([{ from: 15, to: 25 }])
    expect(unreadSpans(line(), { from: 1, to: 2 })).toEqual([{ from: 1, to: 2 }])
  })
})

describe('the scale of values', () => {
  const window = { from: 0, to: 100 }
  const light = {
    leastSpan: 2,
    limits: [
      { value: -27, reach: 8 },
      { value: -8, reach: 3 },
    ],
  }

  it('holds every value seen with its band, the neighbours outside too', () => {
    const points = line([-10, 3], [50, 5], [110, 9], [300, 99])
    const { min, max } = valueScale([points], window, { leastSpan: 1 })
    expect(min).toBeLessThan(2.5)
    expect(max).toBeGreaterThan(9.5)
    expect(max).toBeLessThan(20)
  })

  it('shows a limit that is near and leaves out one that is far', () => {
    const weak = valueScale([line([10, -24], [20, -23])], window, light)
    expect(weak.min).toBeLessThan(-27)
    expect(weak.max).toBeLessThan(-8)
    const strong = valueScale([line([10, -14], [20, -13])], window, light)
    expect(strong.min).toBeGreaterThan(-27)
    expect(strong.max).toBeLessThan(-8)
  })

  it('does not make a drama of noise', () => {
    const { min, max } = valueScale([line([10, -20.05], [20, -20])], window, { leastSpan: 2 })
    expect(max - min).toBeGreaterThanOrEqual(2)
  })

  it('begins at zero where it has to, and stands on something where nothing is', () => {
    expect(valueScale([line([10, 5])], window, { leastSpan: 1, fromZero: true }).min).toBe(0)
    expect(valueScale([], window, { leastSpan: 4, fromZero: true })).toEqual({ min: 0, max: 4 })
    const { min, max } = valueScale([], window, light)
    expect([min, max]).toEqual([-28, -7])
  })

  it('writes as many decimals as the steps have', () => {
    expect(axisDigits([0, 5, 10])).toBe(0)
    expect(axisDigits([-15, -12.5])).toBe(1)
    expect(axisDigits([3.25, 3.3])).toBe(2)
    expect(axisDigits([])).toBe(0)
  })

  it('changes the unit of all three lines and not of the times', () => {
    const points = scaled(line([10, 1000]), 0.001)
    expect([points.at[0], points.min[0], points.avg[0]]).toEqual([10, 0.9995, 1])
  })
})
