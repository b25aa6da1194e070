import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loginOf } from '../../src-main/access/rules.ts'
import { throttleMs } from '../../src-main/access/throttle.ts'

describe('the wait after failures', () => {
  it('never shrinks with more failures, never passes five minutes, and is nothing at first', () => {
    fc.assert(
      fc.property(fc.nat(1000), (n) => {
        expect(throttleMs(n + 1)).toBeGreaterThanOrEqual(throttleMs(n))
        expect(throttleMs(n)).toBeLessThanOrEqual(300_000)
      }),
      { seed: 1 },
    )
    expect(throttleMs(0)).toBe(0)
    expect(throttleMs(1)).toBe(1000)
    expect(throttleMs(1000)).toBe(300_000)
  })
})

it('a login is the name without case, outer blanks and doubled blanks', () => {
  expect(loginOf('  Nadia   Putri ')).toBe('nadia putri')
  expect(loginOf('na\u200bdia\u2060 putri\u00ad')).toBe('nadia putri')
  expect(loginOf('NADIA putri')).toBe(loginOf('nadia PUTRI'))
})
