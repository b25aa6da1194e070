import { describe, expect, test } from 'vitest'
import {
  longestMs,
  ownPeriod,
  periodOf,
  toField,
} from '../../src-renderer/screens/handover/period.ts'

const hour = 3_600_000
const now = new Date(2026, 10, 22, 14, 5).getTime()

describe('an own period is refused', () => {
  test('when it is empty, turned round, longer than a week, not begun, or no time at all', () => {
    for (const [from, to] of [
      [toField(now), toField(now)],
      [toField(now), toField(now - hour)],
      [toField(now - longestMs - hour), toField(now)],
      [toField(now + hour), toField(now + 2 * hour)],
      ['', toField(now)],
      ['yesterday', 'today'],
    ] as const) {
      expect(ownPeriod(from, to, now)).toBeNull()
    }
  })
})

describe('the period', () => {
  test('is the last hours, or since the last note, never more than a week', () => {
    expect(periodOf('12', now, null)).toEqual({ from: now - 12 * hour, to: now })
    expect(periodOf('since', now, now - 3 * hour)).toEqual({ from: now - 3 * hour, to: now })
    expect(periodOf('since', now, null).from).toBe(now - 8 * hour)
    expect(periodOf('since', now, 0).from).toBe(now - longestMs)
    // A note written this very moment leaves a minute, not nothing.
    expect(periodOf('since', now, now).from).toBe(now - 60_000)
  })

  test('goes through its fields and back, to the minute', () => {
    expect(ownPeriod(toField(now - hour), toField(now), now)).toEqual({ from: now - hour, to: now })
  })
})
