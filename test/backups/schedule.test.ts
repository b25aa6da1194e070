import { describe, expect, test } from 'vitest'
import { nextDue } from '../../src-main/backups/schedule.ts'

const local = (text: string): number => new Date(text).getTime()

describe('a backup is due', () => {
  test('never by itself when nobody asked for that', () => {
    expect(nextDue({ every: 'off', hour: 3 }, null, 1000)).toBeNull()
  })
  test('at once when there is none, or its time lies ahead: the clock was set back a year', () => {
    const now = local('2026-11-23T10:00')
    expect(nextDue({ every: 'day', hour: 3 }, null, now)).toBe(now)
    expect(nextDue({ every: 'hour', hour: 0 }, now + 365 * 86_400_000, now)).toBe(now)
  })
  test('an hour after the last one', () => {
    const last = local('2026-11-23T10:20')
    expect(nextDue({ every: 'hour', hour: 0 }, last, last + 1)).toBe(last + 3_600_000)
  })
  test('at the next three o’clock of this machine after the last one', () => {
    const daily = { every: 'day', hour: 3 } as const
    const now = local('2026-11-24T12:00')
    expect(nextDue(daily, local('2026-11-23T02:59'), now)).toBe(local('2026-11-23T03:00'))
    expect(nextDue(daily, local('2026-11-23T03:00'), now)).toBe(local('2026-11-24T03:00'))
    expect(nextDue(daily, local('2026-11-23T15:00'), now)).toBe(local('2026-11-24T03:00'))
  })
})
