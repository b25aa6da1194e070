import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  atNow,
  between,
  clampSpan,
  defaultRange,
  leastSpanMs,
  mostSpanMs,
  newTrail,
  panned,
  presetNames,
  presetOf,
  presetSpans,
  spanOf,
  trailBack,
  trailTo,
  windowOf,
  zoomed,
  type ChartRange,
} from '../../src-renderer/components/time-chart/chart-range.ts'

const now = Date.UTC(2026, 10, 22, 12)
const hour = 3_600_000
const day = 24 * hour
const spans = fc.integer({ min: leastSpanMs, max: 6 * 365 * day })
const windows = fc
  .record({ span: spans, ago: fc.integer({ min: 0, max: 365 * day }) })
  .map(({ span, ago }) => ({ from: now - ago - span, to: now - ago }))

describe('the range of a chart', () => {
  it('never shows the future, however one zooms and moves', () => {
    fc.assert(
      fc.property(
        windows,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: -365 * day, max: 365 * day }),
        (window, factor, share, byMs) => {
          const anchor = window.from + share * spanOf(window)
          for (const range of [zoomed(window, factor, anchor, now), panned(window, byMs, now)]) {
            const seen = windowOf(range, now)
            expect(seen.to).toBeLessThanOrEqual(now)
            expect(seen.from).toBeLessThan(seen.to)
          }
        },
      ),
      { seed: 94307 },
    )
  })

  it('keeps what is below the pointer where it is', () => {
    fc.assert(
      fc.property(
        windows,
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (window, factor, share) => {
          const anchor = window.from + share * spanOf(window)
          const seen = windowOf(zoomed(window, factor, anchor, now), now)
          const place = (anchor - seen.from) / spanOf(seen)
          if (spanOf(seen) > leastSpanMs && seen.to < now) expect(place).toBeCloseTo(share, 4)
        },
      ),
      { seed: 12153 },
    )
  })

  it('zooms neither into nothing nor beyond all time', () => {
    const window = { from: now - hour, to: now - hour / 2 }
    expect(spanOf(windowOf(zoomed(window, 1e-9, now - hour, now), now))).toBeCloseTo(leastSpanMs)
    expect(spanOf(windowOf(zoomed(window, 1e9, now - hour, now), now))).toBeCloseTo(mostSpanMs)
    expect(clampSpan(0)).toBe(leastSpanMs)
  })

  it('follows now again as soon as its right edge reaches it', () => {
    const away = panned({ from: now - day, to: now }, -hour, now)
    expect(away).toEqual({ kind: 'fixed', from: now - day - hour, to: now - hour })
    expect(panned(windowOf(away, now), 3 * hour, now)).toEqual({ kind: 'live', spanMs: day })
  })

  it('stays where one has moved to while the clock goes on', () => {
    const away = panned({ from: now - day, to: now }, -1, now)
    expect(windowOf(away, now + 5 * hour)).toEqual(windowOf(away, now))
    expect(windowOf(defaultRange, now + 5 * hour).to).toBe(now + 5 * hour)
  })

  it('goes with a clock that was set back and loses no span', () => {
    const live = windowOf(defaultRange, now - 3 * hour)
    expect(live).toEqual({ from: now - 3 * hour - day, to: now - 3 * hour })
    // A range of before now lies in the future: the next step brings it back to now.
    const later = { from: now - hour, to: now }
    expect(panned(later, -60_000, now - 3 * hour)).toEqual({ kind: 'live', spanMs: hour })
  })

  it('is measured in elapsed time, so that no clock change makes a day longer', () => {
    const spring = Date.UTC(2026, 2, 29, 12)
    expect(spanOf(windowOf({ kind: 'live', spanMs: day }, spring))).toBe(day)
  })

  it('takes two times in any order, and a drag to the right edge for now', () => {
    const [a, b] = [now - 5 * hour, now - 2 * hour]
    expect(between(b, a, now)).toEqual(between(a, b, now))
    expect(between(a, now - 1000, now, 5000)).toEqual({ kind: 'live', spanMs: 5 * hour })
    expect(between(a, now - 10_000, now, 5000).kind).toBe('fixed')
    expect(spanOf(windowOf(between(a, a + 1, now), now))).toBe(leastSpanMs)
  })

  it('knows its presets by name', () => {
    for (const name of presetNames) {
      expect(presetOf({ kind: 'live', spanMs: presetSpans[name] })).toBe(name)
    }
    expect(presetOf({ kind: 'live', spanMs: 12_345_678 })).toBeNull()
    expect(presetOf({ kind: 'fixed', from: now - day, to: now })).toBeNull()
    expect(atNow({ kind: 'fixed', from: now - hour, to: now })).toEqual({
      kind: 'live',
      spanMs: hour,
    })
  })
})

describe('the way back', () => {
  const range = (hours: number): ChartRange => ({ kind: 'live', spanMs: hours * hour })

  it('leads through every step, the newest first', () => {
    let trail = newTrail(range(24))
    trail = trailTo(trail, range(6))
    trail = trailTo(trail, range(1))
    trail = trailBack(trail)
    expect(trail.here).toEqual(range(6))
    expect(trailBack(trail).here).toEqual(range(24))
  })

  it('takes one turn of a wheel for one step', () => {
    let trail = newTrail(range(24))
    for (let at = 0; at < 20; at++) trail = trailTo(trail, range(23 - at), 1000 + at * 30)
    expect(trailBack(trail).here).toEqual(range(24))
  })

  it('takes keys for steps of their own, however fast', () => {
    const trail = trailTo(trailTo(newTrail(range(24)), range(6), 1000), range(1))
    expect(trailBack(trail).here).toEqual(range(6))
    expect(trailBack(trailTo(trail, range(2), 1001)).here).toEqual(range(1))
  })

  it('does not swallow the step after a step back', () => {
    let trail = trailTo(newTrail(range(24)), range(6), 1000)
    trail = trailTo(trailBack(trail), range(1), 1100)
    expect(trailBack(trail).here).toEqual(range(24))
  })

  it('ends at the range of the start', () => {
    expect(trailBack(newTrail(range(1))).here).toEqual(defaultRange)
  })
})
