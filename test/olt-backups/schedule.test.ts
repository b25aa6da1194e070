import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOverdue, nextBackupAt, retryAfterMs } from '../../src-main/olt-backups/schedule.ts'

const hour = 3_600_000
const day = 24 * hour
const utc = (): number => 0
const jakarta = (): number => 420
const at = (text: string): number => Date.parse(text)
const nightly = { everyHours: 24, keep: 60, atHour: 3 }

describe('when a backup is wanted', () => {
  it('is never without a schedule, and at once where there is none yet', () => {
    expect(nextBackupAt({ ...nightly, everyHours: null }, null, 5, utc)).toBeNull()
    expect(nextBackupAt(nightly, null, 5, utc)).toBe(5)
  })

  it('is the night after, also when one was made on demand by day', () => {
    const next = (last: string, zone = utc) => nextBackupAt(nightly, at(last), 0, zone)
    expect(next('2026-11-22T03:00:40Z')).toBe(at('2026-11-23T03:00:00Z'))
    expect(next('2026-11-22T02:58:00Z')).toBe(at('2026-11-23T03:00:00Z'))
    expect(next('2026-11-22T14:00:00Z')).toBe(at('2026-11-23T03:00:00Z'))
    expect(next('2026-11-22T23:00:00Z')).toBe(at('2026-11-24T03:00:00Z'))
    expect(next('2026-11-21T20:10:00Z', jakarta)).toBe(at('2026-11-22T20:00:00Z'))
  })

  it('is so many hours later where it comes more often than daily, or at any hour', () => {
    const last = at('2026-11-22T14:00:00Z')
    expect(nextBackupAt({ ...nightly, everyHours: 6 }, last, 0, utc)).toBe(last + 6 * hour)
    expect(nextBackupAt({ ...nightly, atHour: null }, last, 0, utc)).toBe(last + day)
  })

  it('is within half a day of what was asked, whatever the hour and the zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 24, max: 800 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: -840, max: 840 }),
        (last, everyHours, atHour, ahead) => {
          const next = nextBackupAt({ everyHours, keep: 2, atHour }, last, 0, () => ahead)!
          expect(Math.abs(next - last - everyHours * hour)).toBeLessThanOrEqual(day / 2)
          expect((Math.floor((next + ahead * 60_000) / hour) + 24) % 24).toBe(atHour)
          expect(next).toBeGreaterThan(last)
        },
      ),
      { seed: 36761 },
    )
  })

  it('is overdue when half an interval has passed, and not for an hour', () => {
    const last = at('2026-11-22T03:00:00Z')
    const due = last + day
    expect(isOverdue(nightly, last, 0, due + 11 * hour, utc)).toBe(false)
    expect(isOverdue(nightly, last, 0, due + 13 * hour, utc)).toBe(true)
    const hourly = { everyHours: 1, keep: 2, atHour: null }
    expect(isOverdue(hourly, last, 0, last + 2 * hour, utc)).toBe(false)
    expect(isOverdue(hourly, last, 0, last + 4 * hour, utc)).toBe(true)
    expect(isOverdue({ ...nightly, everyHours: null }, null, 0, 9e12, utc)).toBe(false)
  })

  it('is tried again later and later, and never given up', () => {
    const minutes = [1, 2, 3, 4, 7, 50].map((count) => retryAfterMs(count) / 60_000)
    expect(minutes).toEqual([5, 10, 20, 40, 320, 360])
  })
})
