import { describe, expect, it } from 'vitest'
import {
  burnShift,
  pageBeside,
  pagesInAlarm,
  shownPages,
  wallStale,
} from '../../src-renderer/screens/wallboard/wallboard-model.ts'
import { sampleCounts, sampleOlt } from '../renderer-olts/sample-olt.ts'

const now = 100_000_000

describe('the pages of the wallboard', () => {
  it('are those chosen, without what cannot be shown yet, and never none', () => {
    expect(shownPages(['light', 'map', 'light'])).toEqual(['light'])
    expect(shownPages(['map'])).toEqual(['counters'])
  })

  it('follow one another in a ring, both ways', () => {
    const pages = ['outages', 'olts', 'light'] as const
    expect(pageBeside(pages, 'light', 1)).toBe('outages')
    expect(pageBeside(pages, 'outages', -1)).toBe('light')
    expect(pageBeside(pages, 'alarms', 1)).toBe('outages')
  })

  it('give way to what is critical, and to nothing less', () => {
    expect(pagesInAlarm([{ severity: 'major' }], 0)).toEqual([])
    expect(pagesInAlarm([{ severity: 'major' }, { severity: 'critical' }], 2)).toEqual([
      'outages',
      'alarms',
    ])
    expect(pagesInAlarm([], 1)).toEqual(['alarms'])
  })
})

describe('STALE', () => {
  const live = {
    engineRunning: true,
    oldestStatusAt: now - 20_000,
    oltsTotal: 1,
    counts: sampleCounts(),
  }
  const olts = [sampleOlt()]

  it('is not said of data that is read in time', () => {
    expect(wallStale(live, olts, now)).toEqual({ kind: 'fresh' })
    expect(wallStale({ ...live, oldestStatusAt: now - 179_000 }, olts, now).kind).toBe('fresh')
  })

  it('is said when the oldest status has missed three of its turns', () => {
    const oldestStatusAt = now - 181_000
    expect(wallStale({ ...live, oldestStatusAt }, olts, now)).toEqual({
      kind: 'old',
      since: oldestStatusAt,
    })
  })

  it('waits for a slow OLT that is read in its own time', () => {
    const slow = [sampleOlt({ intervals: { statusS: 300, countersS: 300, opticsS: 3600 } })]
    expect(wallStale({ ...live, oldestStatusAt: now - 400_000 }, slow, now).kind).toBe('fresh')
  })

  it('is said at once when the engine is silent', () => {
    expect(wallStale({ ...live, engineRunning: false }, olts, now).kind).toBe('engine')
  })

  it('is said when no OLT answers any more, and since when', () => {
    const lost = [
      sampleOlt({
        reachability: 'unreachable',
        ages: { status: 77, optics: null, counters: null, identity: null },
      }),
    ]
    expect(wallStale({ ...live, oldestStatusAt: null }, lost, now)).toEqual({
      kind: 'never',
      since: 77,
    })
  })

  it('is not said before the first reading, of no OLT, or of one that is left alone', () => {
    const none = { ...live, oldestStatusAt: null }
    expect(wallStale({ ...none, counts: undefined }, [], now).kind).toBe('fresh')
    expect(wallStale({ ...none, oltsTotal: 0 }, [], now).kind).toBe('fresh')
    expect(wallStale(none, olts, now).kind).toBe('fresh')
    const quiet = [sampleOlt({ quiet: { since: 1, until: null } })]
    expect(wallStale(none, quiet, now).kind).toBe('fresh')
  })
})

describe('the picture', () => {
  it('wanders a few pixels, a step a minute, and comes back', () => {
    const seen = Array.from({ length: 32 }, (_, minute) => burnShift(minute))
    expect(new Set(seen.map(({ x, y }) => `${x} ${y}`)).size).toBe(32)
    expect(Math.max(...seen.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]))).toBe(4)
    for (const [minute, at] of seen.entries()) {
      const next = burnShift(minute + 1)
      expect(Math.abs(next.x - at.x) + Math.abs(next.y - at.y)).toBe(1)
    }
  })
})
