import { describe, expect, it } from 'vitest'
import { lightVerdict, powerTarget, splitterLossDb } from '../../src-shared/domain/power-budget.ts'

describe('the power budget', () => {
  it('takes splitters by how often they halve', () => {
    expect(splitterLossDb(2)).toBeCloseTo(3.7)
    expect(splitterLossDb(8)).toBeCloseTo(10.1)
    expect(splitterLossDb(1)).toBe(0)
  })

  it('is what the OLT sends less what the way costs', () => {
    const target = powerTarget({ launchDbm: 4, fibreM: 4000, splits: [4, 8], connectors: 4 })
    // 4 − 1.0 − 6.9 − 10.1 − 1.2
    expect(target.expectedDbm).toBe(-15.2)
    expect(target.targetDbm).toBe(-17.2)
    expect(target.assumed).toEqual([])
  })

  it('says where a planning value stands for what nobody knows', () => {
    const target = powerTarget({ launchDbm: null, fibreM: null, splits: [], connectors: 4 })
    expect(target.assumed).toEqual(['launch', 'fibre', 'splitter'])
    expect(target.expectedDbm).toBe(-15.2)
  })

  it('judges a reading by the target and by the receiver’s limits', () => {
    const range = { minDbm: -27, maxDbm: -8 }
    expect(lightVerdict(-17, -17.2, range)).toBe('good')
    expect(lightVerdict(-20, -17.2, range)).toBe('weak')
    expect(lightVerdict(-28, -17.2, range)).toBe('bad')
    expect(lightVerdict(-5, -17.2, range)).toBe('bad')
    expect(lightVerdict(-20, null, range)).toBe('good')
  })
})
