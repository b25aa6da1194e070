import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { binLevels, mostBins } from '../../src-renderer/components/charts/level-bins.ts'
import { opticClasses, possibleDbm } from '../../src-shared/domain/optics.ts'

const range = opticClasses['B+'].onuRx

describe('histogram of receive levels', () => {
  test('has no bin where nothing was read, and counts what it leaves out', () => {
    const { bins, classes } = binLevels([null, null, -80], range)
    expect(bins).toEqual([])
    expect(classes).toMatchObject({ none: 2, invalid: 1, good: 0 })
  })

  test('puts each level into the class it is judged by', () => {
    const { bins, classes } = binLevels([-27.4, -26, -20.2, -20.1], range)
    expect(classes).toMatchObject({ critical: 1, warning: 1, good: 2 })
    expect(bins.filter((bin) => bin.count > 0)).toEqual([
      { fromDbm: -27.5, toDbm: -27, count: 1, signal: 'critical' },
      { fromDbm: -26, toDbm: -25.5, count: 1, signal: 'warning' },
      { fromDbm: -20.5, toDbm: -20, count: 2, signal: 'good' },
    ])
  })

  test('shows the weak limit even when all are far from it', () => {
    const { bins } = binLevels([-15], range)
    expect(bins[0]?.signal).toBe('critical')
    expect(bins.some((bin) => bin.signal === 'warning')).toBe(true)
  })

  test('whatever was read: few bins, none across a limit, no level lost', () => {
    const level = fc.option(fc.double({ min: -60, max: 20, noNaN: true }), { nil: null })
    fc.assert(
      fc.property(
        fc.array(level, { maxLength: 200 }),
        fc.constantFrom(...Object.values(opticClasses).flatMap((c) => [c.onuRx, c.oltRx])),
        (levels, limits) => {
          const { bins, classes } = binLevels(levels, limits)
          const usable = levels.filter(
            (value) => value !== null && value >= possibleDbm.min && value <= possibleDbm.max,
          )
          expect(bins.length).toBeLessThanOrEqual(mostBins)
          expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(usable.length)
          expect(Object.values(classes).reduce((sum, count) => sum + count, 0)).toBe(levels.length)
          for (const edge of [limits.minDbm, limits.minDbm + 2, limits.maxDbm]) {
            expect(bins.some((bin) => bin.fromDbm < edge && edge < bin.toDbm)).toBe(false)
          }
        },
      ),
      { seed: 42, numRuns: 300 },
    )
  })
})
