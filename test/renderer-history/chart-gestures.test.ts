import { describe, expect, it } from 'vitest'
import { spanOf, windowOf } from '../../src-renderer/components/time-chart/chart-range.ts'
import {
  chartKey,
  pinched,
  timeAtX,
  wheelFactor,
} from '../../src-renderer/components/time-chart/chart-gestures.ts'

const now = Date.UTC(2026, 10, 22, 12)
const hour = 3_600_000
const window = { from: now - 20 * hour, to: now - 10 * hour }
const plot = { left: 100, width: 1000 }

const key = (name: string, more: Partial<KeyboardEvent> = {}) =>
  chartKey({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more })

describe('the pointer', () => {
  it('points at a time of the window, never outside', () => {
    expect(timeAtX(600, plot, window)).toBe(now - 15 * hour)
    expect(timeAtX(0, plot, window)).toBe(window.from)
    expect(timeAtX(9999, plot, window)).toBe(window.to)
  })
})

describe('two fingers', () => {
  it('keep the times below them where they are', () => {
    const seen = windowOf(pinched(window, plot, [400, 800], [300, 900], now), now)
    expect(spanOf(seen)).toBeCloseTo(spanOf(window) * (400 / 600), -1)
    expect(timeAtX(300, plot, seen)).toBeCloseTo(timeAtX(400, plot, window), -3)
    expect(timeAtX(900, plot, seen)).toBeCloseTo(timeAtX(800, plot, window), -3)
  })

  it('move without zooming when they stay as far apart', () => {
    const seen = windowOf(pinched(window, plot, [400, 600], [500, 700], now), now)
    expect(seen.from).toBeCloseTo(window.from - hour, -3)
    expect(spanOf(seen)).toBeCloseTo(spanOf(window), -1)
  })

  it('that meet do not zoom without end', () => {
    const seen = windowOf(pinched(window, plot, [500, 500], [500, 500], now), now)
    expect(spanOf(seen)).toBeCloseTo(spanOf(window), -1)
  })
})

describe('a wheel', () => {
  it('zooms in away from the person and out towards him, by as much', () => {
    expect(wheelFactor(-100, 0, false)).toBeLessThan(1)
    expect(wheelFactor(-100, 0, false) * wheelFactor(100, 0, false)).toBeCloseTo(1)
  })

  it('that counts in lines or pages is no stronger than one step', () => {
    expect(wheelFactor(3, 1, false)).toBeGreaterThan(1)
    expect(wheelFactor(1e6, 2, false)).toBeLessThan(2)
  })
})

describe('keys of a chart', () => {
  it('are those of the help, and no others', () => {
    expect(
      ['+', '=', '-', 'ArrowLeft', '0', 'Home', 'Backspace', '.'].map((name) => key(name)),
    ).toEqual(['zoom-in', 'zoom-in', 'zoom-out', 'earlier', 'now', 'now', 'back', 'event-later'])
    expect(key('ArrowLeft', { shiftKey: true })).toBe('cursor-earlier')
    for (const name of ['a', 'Tab', 'Enter', 'toString', '__proto__']) expect(key(name)).toBeNull()
  })

  it('leave the keys of browser and console alone', () => {
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
      expect(key('+', more)).toBeNull()
      expect(key('ArrowLeft', more)).toBeNull()
    }
  })
})
