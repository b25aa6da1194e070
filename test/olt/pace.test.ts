import { describe, expect, it } from 'vitest'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'

const clean = (pace: ReturnType<typeof createWalkPace>, times: number): void => {
  for (let time = 0; time < times; time++) pace.onCleanAnswer()
}

describe('the pace of a walk', () => {
  it('is never zero, however much goes wrong', () => {
    const pace = createWalkPace({ start: 0, limit: -3 })
    for (let time = 0; time < 9; time++) pace.onTrouble(pace.maxRepetitions())
    expect(pace.maxRepetitions()).toBe(1)
  })

  it('never passes 48, and 20 only where a probe has allowed it', () => {
    const careful = createWalkPace()
    clean(careful, 99)
    expect(careful.maxRepetitions()).toBe(20)
    const probed = createWalkPace({ limit: 500 })
    clean(probed, 99)
    expect(probed.maxRepetitions()).toBe(48)
  })

  it('starts at ten and doubles after three clean answers', () => {
    const pace = createWalkPace()
    expect(pace.maxRepetitions()).toBe(10)
    clean(pace, 2)
    expect(pace.maxRepetitions()).toBe(10)
    clean(pace, 1)
    expect(pace.maxRepetitions()).toBe(20)
  })

  it('halves on trouble, stays there, and tries one step more after a long clean time', () => {
    const pace = createWalkPace()
    clean(pace, 3)
    pace.onTrouble(20)
    expect(pace.maxRepetitions()).toBe(10)
    clean(pace, 50)
    expect(pace.maxRepetitions()).toBe(10)
    clean(pace, 20)
    expect(pace.maxRepetitions()).toBe(20)
  })

  it('halves what was really asked, where the size of answers had kept it lower', () => {
    const pace = createWalkPace()
    pace.onTrouble(6)
    expect(pace.maxRepetitions()).toBe(3)
  })
})
