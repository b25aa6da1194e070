import { describe, expect, test } from 'vitest'
import {
  lightCellOf,
  lightColours,
  lightStepFloorsDb,
  lightStepOf,
} from '../../src-renderer/components/charts/light-scale.ts'

/** OKLab of `#rrggbb`, written anew so that the test does not lean on the code it tests. */
const oklab = (hex: string): readonly [number, number, number] => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

describe('the scale of light', () => {
  test('less margin is never a better step', () => {
    let before = 0
    for (let margin = 14; margin >= -6; margin -= 0.1) {
      const step = lightStepOf(margin)
      expect(step).toBeGreaterThanOrEqual(before)
      before = step
    }
    expect(before).toBe(lightStepFloorsDb.length - 1)
  })

  test('a value exactly on the limit is not yet below it', () => {
    expect(lightStepOf(0)).toBe(lightStepFloorsDb.length - 2)
    expect(lightStepOf(-0.01)).toBe(lightStepFloorsDb.length - 1)
  })

  test.each(['light', 'dark'] as const)(
    '%s: lightness goes one way from good to limit',
    (theme) => {
      const lightness = lightColours[theme].map((colour) => oklab(colour)[0])
      const direction = theme === 'light' ? -1 : 1
      for (let i = 1; i < lightness.length; i++) {
        expect(direction * ((lightness[i] ?? 0) - (lightness[i - 1] ?? 0))).toBeGreaterThan(0.02)
      }
    },
  )

  test.each(['light', 'dark'] as const)('%s: neighbouring steps are told apart', (theme) => {
    const colours = lightColours[theme].map(oklab)
    expect(colours).toHaveLength(lightStepFloorsDb.length)
    for (let i = 1; i < colours.length; i++) {
      const [l1 = 0, a1 = 0, b1 = 0] = colours[i - 1] ?? []
      const [l2 = 0, a2 = 0, b2 = 0] = colours[i] ?? []
      expect(Math.hypot(l1 - l2, a1 - a2, b1 - b2)).toBeGreaterThan(0.035)
    }
  })

  test.each(['light', 'dark'] as const)(
    '%s: only where one must act is colour saturated',
    (theme) => {
      const chroma = lightColours[theme].map((colour) => {
        const [, a, b] = oklab(colour)
        return Math.hypot(a, b)
      })
      const good = chroma.filter((_, i) => (lightStepFloorsDb[i] ?? 0) >= 2)
      const act = chroma.filter((_, i) => (lightStepFloorsDb[i] ?? 0) < 2)
      expect(Math.max(...good)).toBeLessThan(Math.min(...act))
    },
  )

  test('no value, an impossible value and too much light are not on the scale', () => {
    expect(lightCellOf('none', 8)).toEqual({ kind: 'none' })
    expect(lightCellOf('good', Number.NaN)).toEqual({ kind: 'none' })
    expect(lightCellOf('invalid', -60)).toEqual({ kind: 'invalid' })
    expect(lightCellOf('too-strong', 25)).toEqual({ kind: 'too-strong' })
  })
})
