import { describe, expect, it } from 'vitest'
import {
  gapOf,
  isByMinute,
  rangeMs,
  sinceMoment,
  stateRanges,
  sumOnline,
} from '../../src-renderer/screens/network-dashboard/state-ranges.ts'

const series = (...points: readonly (readonly [number, number])[]) => ({
  at: Float64Array.from(points, ([at]) => at),
  values: Float64Array.from(points, ([, value]) => value),
})

describe('ONUs online of several OLTs', () => {
  it('are added step by step', () => {
    const sum = sumOnline([series([0, 10], [10, 12]), series([1, 100], [11, 90])], 0, 20, 10)
    expect([...sum.online]).toEqual([110, 102])
    expect([...sum.at]).toEqual([5, 15])
  })

  it('are the mean of a step in which there were several readings', () => {
    expect([...sumOnline([series([0, 10], [5, 20])], 0, 10, 10).online]).toEqual([15])
  })

  it('do not dip where one OLT was read late', () => {
    const sum = sumOnline([series([0, 10], [10, 10], [20, 10]), series([0, 5], [20, 6])], 0, 30, 10)
    expect([...sum.online]).toEqual([15, 15, 16])
  })

  it('lose an OLT that is gone for longer', () => {
    const steady = series(...Array.from({ length: 6 }, (_, step) => [step * 10, 10] as const))
    const sum = sumOnline([steady, series([0, 5])], 0, 60, 10)
    expect([...sum.online]).toEqual([15, 15, 15, 15, 10, 10])
  })

  it('are not made up where nothing was read', () => {
    const sum = sumOnline([series([0, 7], [35, Number.NaN], [40, 8])], 0, 50, 10)
    expect([...sum.at]).toEqual([5, 45])
    expect(sumOnline([], 0, 50, 10).at).toHaveLength(0)
  })
})

describe('ranges of the chart', () => {
  it('cut what was read before', () => {
    const column = Float64Array.of(1, 2, 3)
    const history = {
      at: Float64Array.of(10, 20, 30),
      online: column,
      offlinePower: column,
      offlineOptical: column,
      offlineOther: column,
      unknown: column,
      disabled: column,
    }
    expect([...sinceMoment(history, 20).online]).toEqual([2, 3])
    expect(sinceMoment(history, 5)).toBe(history)
    expect(sinceMoment(history, 31).at).toHaveLength(0)
  })

  it('join points that are a step apart', () => {
    for (const range of stateRanges) {
      expect(gapOf(range)).toBeLessThan(rangeMs[range])
      expect(gapOf(range)).toBeGreaterThan(isByMinute(range) ? 60_000 : 3_600_000)
    }
  })
})
