import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SeriesPoints } from '../../src-renderer/components/time-chart/series-points.ts'
import {
  seenRuns,
  thinnedTo,
  traceBand,
  traceLine,
  type Projection,
} from '../../src-renderer/components/time-chart/trace-path.ts'

const gap = Number.NaN

const line = (...rows: readonly (readonly [number, number, number?])[]): SeriesPoints => ({
  at: Float64Array.from(rows, ([at]) => at),
  min: Float64Array.from(rows, ([, value, spread = 0]) => value - spread),
  avg: Float64Array.from(rows, ([, value]) => value),
  max: Float64Array.from(rows, ([, value, spread = 0]) => value + spread),
  resets: new Float64Array(0),
})

const on: Projection = { window: { from: 0, to: 100 }, left: 0, width: 100, y: (value) => -value }

const draw = (trace: typeof traceLine, points: SeriesPoints, projection = on): string[] => {
  const steps: string[] = []
  trace(
    {
      moveTo: (x, y) => void steps.push(`M${x},${y}`),
      lineTo: (x, y) => void steps.push(`L${x},${y}`),
      closePath: () => void steps.push('Z'),
    },
    points,
    projection,
  )
  return steps
}

describe('a line over time', () => {
  it('is never joined across a gap', () => {
    expect(draw(traceLine, line([10, 1], [20, 2], [25, gap], [30, 3], [40, 4]))).toEqual([
      'M10,-1',
      'L20,-2',
      'M30,-3',
      'L40,-4',
    ])
  })

  it('shows a reading alone between two gaps', () => {
    expect(draw(traceLine, line([10, gap], [20, 2], [25, gap]))).toEqual(['M18,-2', 'L22,-2'])
  })

  it('comes into the picture and leaves it, but only by one point', () => {
    const points = line([-50, 0], [-10, 1], [50, 2], [110, 3], [200, 9])
    expect(seenRuns(points, on.window)).toEqual([[1, 3]])
  })

  it('draws nothing of nothing, and nothing of gaps alone', () => {
    expect(draw(traceLine, line())).toEqual([])
    expect(draw(traceLine, line([1, gap], [2, gap]))).toEqual([])
    expect(draw(traceBand, line([1, gap]))).toEqual([])
  })
})

describe('the band of least and greatest', () => {
  it('goes along the greatest, back along the least, and closes', () => {
    expect(draw(traceBand, line([10, 1, 1], [20, 2, 1]))).toEqual([
      'M10,-2',
      'L20,-3',
      'L20,-1',
      'L10,0',
      'Z',
    ])
  })

  it('has a part of its own for each run between gaps', () => {
    const steps = draw(traceBand, line([10, 1, 1], [20, 2, 1], [25, gap], [30, 1, 1], [40, 1, 1]))
    expect(steps.filter((step) => step === 'Z')).toHaveLength(2)
    expect(steps.filter((step) => step.startsWith('M'))).toHaveLength(2)
  })

  it('is not drawn where least and greatest are the same', () => {
    expect(draw(traceBand, line([10, 1], [20, 2]))).toEqual([])
  })

  it('can be seen of a point alone', () => {
    expect(draw(traceBand, line([50, 1, 1]))).toEqual(['M48,-2', 'L52,-2', 'L52,0', 'L48,0', 'Z'])
  })
})

describe('thinning to pixels', () => {
  it('keeps the least and the greatest of all that was there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 300, maxLength: 600 }),
        (values) => {
          const points = line(
            ...values.map((value, index) => [(index * 100) / values.length, value] as const),
          )
          const thin = thinnedTo(points, on.window, 50)
          expect(thin.at.length).toBeLessThanOrEqual(51)
          expect(Math.min(...thin.min)).toBe(Math.min(...values))
          expect(Math.max(...thin.max)).toBe(Math.max(...values))
        },
      ),
      { seed: 78455 },
    )
  })

  it('leaves alone what fits', () => {
    const points = line([1, 1], [2, 2])
    expect(thinnedTo(points, on.window, 50)).toBe(points)
  })

  it('keeps a gap that is wider than a column', () => {
    const rows = Array.from(
      { length: 400 },
      (_, index) => [index / 4, index > 100 && index < 200 ? gap : 1] as const,
    )
    const thin = thinnedTo(line(...rows), on.window, 50)
    expect(seenRuns(thin, on.window)).toHaveLength(2)
  })
})
