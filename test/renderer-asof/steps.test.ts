import { describe, expect, it } from 'vitest'
import {
  canStep,
  dayMarks,
  stepped,
  steps,
  within,
} from '../../src-renderer/components/as-of/steps.ts'

const hour = 3_600_000
const now = new Date(2026, 10, 23, 14, 30, 20).getTime()
const from = new Date(2026, 10, 21, 9, 15, 40).getTime()

describe('steps through time', () => {
  it('never lead ahead of now or before the history', () => {
    expect(canStep(now - hour / 2, 'hourOn', { from, to: now })).toBe(false)
    expect(canStep(from + hour / 2, 'hourBack', { from, to: now })).toBe(false)
    expect(canStep(from + hour / 2, 'dayBack', { from: null, to: now })).toBe(true)
    expect(within(now + hour, { from, to: now })).toBeLessThanOrEqual(now)
    expect(within(from - hour, { from, to: now })).toBeGreaterThanOrEqual(from)
  })

  it('stand on the minute', () => {
    expect(within(now - 20_123, { from, to: now }) % 60_000).toBe(0)
  })

  it('go there and back', () => {
    const at = now - 30 * hour
    expect(stepped(stepped(at, 'dayBack'), 'dayOn')).toBe(at)
    expect(stepped(stepped(at, 'hourBack'), 'hourOn')).toBe(at)
    expect(steps).toHaveLength(4)
  })
})

describe('the scale', () => {
  it('has a mark at each midnight of a short history, few of a long one, none of none', () => {
    expect(dayMarks({ from, to: now })).toHaveLength(2)
    expect(dayMarks({ from: now, to: now })).toEqual([])
    const year = dayMarks({ from: now - 365 * 24 * hour, to: now })
    expect(year.length).toBeGreaterThan(20)
    expect(year.length).toBeLessThan(40)
    expect(year.every((mark) => mark >= 0 && mark <= 1)).toBe(true)
  })
})
