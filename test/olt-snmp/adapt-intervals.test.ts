import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaptIntervals, adaptPlan } from '../../src-main/olt/poller/adapt-intervals.ts'

const plan = { statusS: 60, countersS: 300, opticsS: 3600 }
const plans = fc.record({
  statusS: fc.integer({ min: 10, max: 3600 }),
  countersS: fc.integer({ min: 60, max: 7200 }),
  opticsS: fc.integer({ min: 300, max: 200_000 }),
})
const answers = fc.array(fc.double({ min: 0, max: 20_000, noNaN: true }), { maxLength: 60 })
const settings = { seed: 12, numRuns: 500 }

describe('intervals never', () => {
  it('become shorter than the user set them, nor more than eight times longer', () => {
    fc.assert(
      fc.property(plans, answers, (own, history) => {
        const adapted = adaptIntervals(own, history)
        for (const name of ['statusS', 'countersS', 'opticsS'] as const) {
          expect(adapted[name]).toBeGreaterThanOrEqual(own[name])
          expect(adapted[name]).toBeLessThanOrEqual(own[name] * 8)
        }
      }),
      settings,
    )
  })

  it('shrink because answers became slower still', () => {
    fc.assert(
      fc.property(
        plans,
        fc.array(fc.double({ min: 1, max: 5000, noNaN: true }), { minLength: 8, maxLength: 40 }),
        fc.double({ min: 1, max: 10, noNaN: true }),
        (own, history, slower) => {
          const latest = history.slice(-3).map((ms) => ms * slower)
          const before = adaptPlan(own, history).factor
          // Only the latest rounds change, and a quarter of the others stays below: "usual" stands.
          const usual = adaptPlan(own, history).usualMs ?? 0
          const changed = [...history.slice(0, -3), ...latest]
          if ((adaptPlan(own, changed).usualMs ?? 0) > usual) return
          expect(adaptPlan(own, changed).factor).toBeGreaterThanOrEqual(before)
        },
      ),
      settings,
    )
  })

  it('change while too little was heard, or because of one slow round', () => {
    expect(adaptIntervals(plan, [])).toEqual(plan)
    expect(adaptIntervals(plan, [5000, 5000, 5000])).toEqual(plan)
    expect(adaptIntervals(plan, [20, 20, 20, 20, 9000])).toEqual(plan)
    expect(adaptIntervals(plan, [Number.NaN, Infinity, -1, 9000])).toEqual(plan)
  })

  it('change for an OLT that is quick, however much quicker it was before', () => {
    expect(adaptIntervals(plan, [1, 1, 1, 1, 50, 50, 50])).toEqual(plan)
  })
})

describe('intervals', () => {
  it('grow with the slow-down, and come back with the answers', () => {
    const usual = Array.from({ length: 12 }, () => 40)
    const factorAfter = (...latest: readonly number[]): number =>
      adaptPlan(plan, [...usual, ...latest]).factor
    expect(factorAfter(85, 85, 85)).toBe(2)
    expect(factorAfter(170, 170, 170)).toBe(4)
    expect(factorAfter(400, 400, 400)).toBe(8)
    expect(factorAfter(400, 400, 400, 40, 40, 40)).toBe(1)
    expect(adaptIntervals(plan, [...usual, 170, 170, 170])).toEqual({
      statusS: 240,
      countersS: 1200,
      opticsS: 14_400,
    })
  })

  it('grow for an OLT that was slow from the start', () => {
    expect(adaptPlan(plan, [600, 600, 600, 600, 600]).factor).toBe(2)
    expect(adaptPlan(plan, [2000, 2000, 2000, 2000]).factor).toBe(8)
  })

  it('stay below what makes them useless', () => {
    const slow = [2000, 2000, 2000, 2000]
    expect(adaptIntervals({ statusS: 300, countersS: 1800, opticsS: 43_200 }, slow)).toEqual({
      statusS: 900,
      countersS: 3600,
      opticsS: 86_400,
    })
    expect(adaptIntervals({ statusS: 1200, countersS: 7200, opticsS: 90_000 }, slow)).toEqual({
      statusS: 1200,
      countersS: 7200,
      opticsS: 90_000,
    })
  })
})
