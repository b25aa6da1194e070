import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isTimeZone, longestRunMs, nextRun } from '../../src-main/alarms/maintenance/calendar.ts'

const at = (text: string): number => Date.parse(text)
const shown = (run: ReturnType<typeof nextRun>): readonly string[] | null =>
  run === null ? null : [new Date(run.start).toISOString(), new Date(run.end).toISOString()]

const plan = (
  start: string,
  end: string,
  repeats: 'never' | 'daily' | 'weekly' | 'monthly',
  timeZone: string,
  repeatsUntil: string | null = null,
) => ({
  startsAt: at(start),
  endsAt: at(end),
  repeats,
  timeZone,
  repeatsUntil: repeatsUntil === null ? null : at(repeatsUntil),
})

describe('a window', () => {
  it('names a time zone that there is', () => {
    expect(isTimeZone('Asia/Jakarta')).toBe(true)
    expect(isTimeZone('Asia/Atlantis')).toBe(false)
    expect(isTimeZone('')).toBe(false)
  })

  it('that does not repeat is on once', () => {
    const once = plan('2026-11-23T18:00Z', '2026-11-23T20:00Z', 'never', 'Asia/Jakarta')
    expect(shown(nextRun(once, at('2026-11-23T10:00Z')))).toEqual([
      '2026-11-23T18:00:00.000Z',
      '2026-11-23T20:00:00.000Z',
    ])
    expect(nextRun(once, at('2026-11-23T19:59:59.999Z'))).not.toBeNull()
    expect(nextRun(once, at('2026-11-23T20:00Z'))).toBeNull()
    expect(nextRun(once, at('2026-11-23T19:00Z'), once.startsAt)).toBeNull()
  })

  it('at two in the night stays at two when the clock is put forward or back', () => {
    const nightly = plan('2026-03-27T01:00Z', '2026-03-27T03:00Z', 'daily', 'Europe/Berlin')
    // 02:00 does not exist on the 29th: it is three.
    expect(shown(nextRun(nightly, at('2026-03-29T00:00Z')))).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T02:00:00.000Z',
    ])
    expect(shown(nextRun(nightly, at('2026-03-29T12:00Z')))).toEqual([
      '2026-03-30T00:00:00.000Z',
      '2026-03-30T02:00:00.000Z',
    ])
    // 02:00 comes twice on the 25th of October: the first counts, and it lasts an hour longer.
    expect(shown(nextRun(nightly, at('2026-10-24T12:00Z')))).toEqual([
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T03:00:00.000Z',
    ])
    expect(shown(nextRun(nightly, at('2026-10-25T12:00Z')))).toEqual([
      '2026-10-26T01:00:00.000Z',
      '2026-10-26T03:00:00.000Z',
    ])
  })

  it('that lies whole in the hour the clock jumps over lasts as long as it was meant to', () => {
    const short = plan('2026-03-27T01:10Z', '2026-03-27T01:40Z', 'daily', 'Europe/Berlin')
    expect(shown(nextRun(short, at('2026-03-29T00:00Z')))).toEqual([
      '2026-03-29T01:10:00.000Z',
      '2026-03-29T01:40:00.000Z',
    ])
  })

  it('over midnight ends the day after, and is on in the early hours', () => {
    const late = plan('2026-11-23T16:00Z', '2026-11-23T19:00Z', 'weekly', 'Asia/Jakarta')
    expect(shown(nextRun(late, at('2026-12-07T18:30Z')))).toEqual([
      '2026-12-07T16:00:00.000Z',
      '2026-12-07T19:00:00.000Z',
    ])
  })

  it('of the 31st comes on the last day of a shorter month, and on the 31st again', () => {
    const monthly = plan('2027-01-31T10:00Z', '2027-01-31T12:00Z', 'monthly', 'UTC')
    const starts = ['2027-02-01', '2027-03-01', '2027-04-01'].map(
      (day) => shown(nextRun(monthly, at(`${day}T00:00Z`)))?.[0],
    )
    expect(starts).toEqual([
      '2027-02-28T10:00:00.000Z',
      '2027-03-31T10:00:00.000Z',
      '2027-04-30T10:00:00.000Z',
    ])
  })

  it('repeats no more after its end', () => {
    const nightly = plan(
      '2026-11-23T18:00Z',
      '2026-11-23T20:00Z',
      'daily',
      'UTC',
      '2026-11-25T18:00Z',
    )
    expect(shown(nextRun(nightly, at('2026-11-25T19:00Z')))?.[0]).toBe('2026-11-25T18:00:00.000Z')
    expect(nextRun(nightly, at('2026-11-25T20:00Z'))).toBeNull()
  })

  it('ended early comes again at its next time', () => {
    const nightly = plan('2026-11-23T18:00Z', '2026-11-23T20:00Z', 'daily', 'UTC')
    expect(shown(nextRun(nightly, at('2026-11-24T18:30Z'), at('2026-11-24T18:00Z')))?.[0]).toBe(
      '2026-11-25T18:00:00.000Z',
    )
  })

  it('is found the same from wherever one looks, and its runs never overlap', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Asia/Jakarta',
      'Australia/Lord_Howe',
      'UTC',
    ]
    const base = at('2026-01-01T00:00Z')
    const hour = 3_600_000
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom('daily', 'weekly', 'monthly'),
        fc.integer({ min: 0, max: 400 * 24 * 4 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 800 * 24 }),
        (timeZone, repeats, quarter, share, later) => {
          const startsAt = base + quarter * 900_000
          const length = Math.round(share * longestRunMs[repeats])
          const window = {
            startsAt,
            endsAt: startsAt + length,
            repeats,
            repeatsUntil: null,
            timeZone,
          }
          const now = startsAt + later * hour
          const run = nextRun(window, now)!
          expect(run.end).toBeGreaterThan(now)
          expect(run.end).toBeGreaterThan(run.start)
          const next = nextRun(window, run.end)!
          expect(next.start).toBeGreaterThanOrEqual(run.end)
          expect(nextRun(window, run.start)).toEqual(run)
        },
      ),
      { numRuns: 150, seed: 4 },
    )
  })
})
