import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  fromLocalInput,
  isoWithZone,
  toLocalInput,
} from '../../src-renderer/components/time-chart/local-time.ts'
import { tickText } from '../../src-renderer/components/time-chart/tick-text.ts'
import { timeTicks } from '../../src-renderer/components/time-chart/time-ticks.ts'

const hour = 3_600_000
const day = 24 * hour
const before = process.env['TZ']

const inZone = (zone: string, run: () => void): void => {
  describe(zone, () => {
    beforeAll(() => {
      process.env['TZ'] = zone
    })
    afterAll(() => {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    })
    run()
  })
}

const local = (at: number): string => isoWithZone(at).slice(0, 16)

inZone('Europe/Berlin', () => {
  it('stands on whole local hours on the day that has 23 of them', () => {
    const from = Date.parse('2026-03-29T00:00:00+01:00')
    const ticks = timeTicks({ from, to: from + 23 * hour }, 12)
    expect(ticks.map(({ at }) => local(at).slice(11))).toEqual([
      '00:00',
      '04:00',
      '06:00',
      '08:00',
      '10:00',
      '12:00',
      '14:00',
      '16:00',
      '18:00',
      '20:00',
      '22:00',
      '00:00',
    ])
    const gaps = ticks.slice(1).map(({ at }, index) => (at - ticks[index]!.at) / hour)
    expect(gaps[0]).toBe(3)
    expect(new Set(gaps.slice(1))).toEqual(new Set([2]))
  })

  it('goes through the hour that comes twice and names it once', () => {
    const from = Date.parse('2026-10-25T00:00:00+02:00')
    const ticks = timeTicks({ from, to: from + 6 * hour }, 6)
    expect(ticks.map(({ at }) => local(at).slice(11))).toEqual([
      '00:00',
      '01:00',
      '02:00',
      '03:00',
      '04:00',
      '05:00',
    ])
    expect(ticks[3]!.at - ticks[2]!.at).toBe(2 * hour)
  })

  it('puts days on local midnight on both sides of a clock change', () => {
    const from = Date.parse('2026-03-26T00:00:00+01:00')
    for (const { at, kind } of timeTicks({ from, to: from + 7 * day }, 10)) {
      expect(local(at).slice(11)).toBe('00:00')
      expect(kind).toBe('day')
    }
  })

  it('writes a time with the offset that held at it', () => {
    expect(isoWithZone(Date.parse('2026-01-01T00:00:00Z'))).toBe('2026-01-01T01:00:00.000+01:00')
    expect(isoWithZone(Date.parse('2026-07-01T00:00:00.250Z'))).toBe(
      '2026-07-01T02:00:00.250+02:00',
    )
  })

  it('takes an hour that was skipped for the one after it', () => {
    expect(fromLocalInput('2026-03-29T02:30')).toBe(Date.parse('2026-03-29T01:30:00Z'))
  })
})

inZone('Asia/Kathmandu', () => {
  it('stands on round times where the zone is three quarters off', () => {
    const from = Date.parse('2026-11-22T00:07:00Z')
    for (const { at } of timeTicks({ from, to: from + hour }, 6)) {
      expect(Number(local(at).slice(14)) % 10).toBe(0)
    }
  })
})

inZone('Asia/Jakarta', () => {
  const now = Date.parse('2026-11-22T14:05:00+07:00')

  it('says at each tick what changes there', () => {
    const at = (span: number) => timeTicks({ from: now - span, to: now }, 12)
    const words = (span: number) =>
      at(span).map((tick) => tickText(tick, { from: now - span, to: now }, 'en'))
    expect(words(6 * hour)).toContain('09:00')
    expect(words(day)).toContain('Sun 22 Nov')
    expect(words(365 * day)).toEqual(expect.arrayContaining(['2026', 'Mar', 'Nov']))
    expect(words(5 * 365 * day)).toEqual(expect.arrayContaining(['2024', '2026']))
    expect(words(20 * 60_000 * 0.2)).toContain('14:02:00')
  })

  it('is ascending, within the window and never crowded, however wide that is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300_000, max: 20 * 365 * day }),
        fc.integer({ min: 2, max: 24 }),
        (span, most) => {
          const window = { from: now - span, to: now }
          const times = timeTicks(window, most).map(({ at }) => at)
          expect(times.length).toBeLessThanOrEqual(most + 2)
          times.forEach((at, index) => {
            expect(at).toBeGreaterThanOrEqual(window.from)
            expect(at).toBeLessThanOrEqual(window.to)
            if (index > 0) expect(at).toBeGreaterThan(times[index - 1]!)
          })
        },
      ),
      { seed: 30988 },
    )
  })

  it('gives an input field back what it was given', () => {
    expect(toLocalInput(now)).toBe('2026-11-22T14:05')
    expect(fromLocalInput(toLocalInput(now))).toBe(now)
    expect(fromLocalInput('')).toBeNaN()
    expect(fromLocalInput('22.11.2026')).toBeNaN()
  })
})
