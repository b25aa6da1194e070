import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opticClasses } from '../../src-shared/domain/optics.ts'
import { lightBarOf } from '../../src-renderer/screens/network-onus/light-bar-scale.ts'

const range = opticClasses['B+'].onuRx

describe('the picture of a receiver’s range', () => {
  it('draws no mark for no value and none for an impossible one', () => {
    expect(lightBarOf(null, null, range)).toMatchObject({ value: null, signal: 'none' })
    expect(lightBarOf(-60, null, range)).toMatchObject({ value: null, signal: 'invalid' })
  })

  it('draws what lies beyond the picture at its edge and says so', () => {
    expect(lightBarOf(-40, null, range)).toMatchObject({ value: 0, beyond: 'left' })
    expect(lightBarOf(5, null, range)).toMatchObject({ value: 100, beyond: 'right' })
  })

  it('puts the mark into the zone that the class names, for any level', () => {
    fc.assert(
      fc.property(fc.double({ min: -45, max: 10, noNaN: true }), (dbm) => {
        const bar = lightBarOf(dbm, null, range)
        const value = bar.value ?? Number.NaN
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(100)
        const slack = 1e-6
        if (bar.signal === 'critical') expect(value).toBeLessThanOrEqual(bar.min + slack)
        if (bar.signal === 'warning') expect(value).toBeLessThanOrEqual(bar.warningEnd + slack)
        if (bar.signal === 'good') {
          expect(value).toBeGreaterThanOrEqual(bar.warningEnd - slack)
          expect(value).toBeLessThanOrEqual(bar.max + slack)
        }
        if (bar.signal === 'too-strong') expect(value).toBeGreaterThanOrEqual(bar.max - slack)
      }),
      { seed: 7 },
    )
  })
})
