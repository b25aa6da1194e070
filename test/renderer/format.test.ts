import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshnessOf } from '../../src-renderer/components/age.ts'
import {
  formatAge,
  formatBytes,
  formatDistance,
  formatDuration,
  formatInstant,
  formatNumber,
  formatPercent,
  formatRate,
  noValue,
} from '../../src-renderer/components/format.ts'
import { signalColour, signalLevel } from '../../src-renderer/components/signal-level.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('formats', () => {
  it('never shows a missing value as a number', () => {
    const all = [
      formatNumber,
      formatRate,
      formatBytes,
      formatDistance,
      formatPercent,
      formatAge,
      formatDuration,
      formatInstant,
    ]
    for (const format of all) {
      for (const missing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(format(missing, 'en')).toBe(noValue)
      }
    }
  })

  it('uses the decimal sign of the language and the real minus', () => {
    expect(formatNumber(-24.06, 'en', 1)).toBe('\u221224.1')
    expect(formatNumber(-24.06, 'id', 1)).toBe('\u221224,1')
    expect(formatNumber(100_352, 'en')).toBe('100,352')
    expect(formatNumber(100_352, 'id')).toBe('100.352')
  })

  it('chooses the unit by size', () => {
    expect(formatRate(640, 'en')).toBe('640 kbit/s')
    expect(formatRate(1234, 'en')).toBe('1.23 Mbit/s')
    expect(formatRate(2_480_000, 'en')).toBe('2.48 Gbit/s')
    expect(formatBytes(1536, 'en')).toBe('1.5 KiB')
    expect(formatDistance(640, 'en')).toBe('640 m')
    expect(formatDistance(14_327, 'id')).toBe('14,327 km')
    expect(formatPercent(0.714, 'en', 1)).toBe('71.4 %')
  })

  it('gives an age in one unit and a duration in two', () => {
    expect(plain(formatAge(42_999, 'en'))).toBe('42 s')
    expect(plain(formatAge(3 * 60_000, 'id'))).toBe('3 mnt')
    expect(plain(formatAge(47 * 3_600_000, 'en'))).toBe('47 h')
    expect(plain(formatAge(49 * 3_600_000, 'en'))).toBe('2 d')
    expect(plain(formatDuration(273_900, 'en'))).toBe('3 d 4 h')
    expect(plain(formatDuration(0, 'en'))).toBe('0 s')
  })

  it('a clock that runs behind gives no negative age', () => {
    expect(plain(formatAge(-5000, 'en'))).toBe('0 s')
  })

  it('any finite number gives a text without NaN', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        for (const format of [formatNumber, formatRate, formatBytes, formatDistance]) {
          expect(format(value, 'id')).not.toMatch(/NaN|Infinity|undefined/)
        }
      }),
      { seed: 27830 },
    )
  })
})

describe('freshness', () => {
  it('is never for what was not read, whatever the interval', () => {
    expect(freshnessOf(null, 1e12, 60)).toBe('never')
  })

  it('goes from live over old to stale', () => {
    const now = 1e12
    expect(freshnessOf(now - 90_000, now, 60)).toBe('live')
    expect(freshnessOf(now - 90_001, now, 60)).toBe('old')
    expect(freshnessOf(now - 180_000, now, 60)).toBe('old')
    expect(freshnessOf(now - 180_001, now, 60)).toBe('stale')
  })
})

describe('light scale', () => {
  it('never calls a weaker signal better', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -20, max: 30, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (margin, more) => {
          expect(signalLevel(margin + more)).toBeLessThanOrEqual(signalLevel(margin))
        },
      ),
      { seed: 32204 },
    )
  })

  it('gives no level to what has no value or cannot be', () => {
    expect(signalColour('none', null)).toBe('var(--nc-level-none)')
    expect(signalColour('invalid', 20)).toBe('var(--nc-level-none)')
    expect(signalColour('good', Number.NaN)).toBe('var(--nc-level-none)')
    expect(signalColour('too-strong', 22)).toBe('var(--nc-level-too-strong)')
  })
})
