import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lightCellOf, lightFloorsDb } from '../../src-renderer/components/charts/light-cell.ts'

/** The scale's tokens as they stand in tokens.css, for each theme in OKLCH. */
const scales = (): Readonly<Record<'light' | 'dark', readonly (readonly number[])[]>> => {
  const css = readFileSync(new URL('../../src-renderer/app/tokens.css', import.meta.url), 'utf8')
  const levels = [...css.matchAll(/--nc-level-\d: oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g)].map(
    (match) => match.slice(1).map(Number),
  )
  const steps = lightFloorsDb.length
  expect(levels).toHaveLength(2 * steps)
  return { light: levels.slice(0, steps), dark: levels.slice(steps) }
}

const oklab = ([l = 0, c = 0, h = 0]: readonly number[]): readonly [number, number, number] => [
  l,
  c * Math.cos((h * Math.PI) / 180),
  c * Math.sin((h * Math.PI) / 180),
]

const stepAt = (margin: number): number => {
  const cell = lightCellOf('good', margin)
  return cell.kind === 'step' ? cell.step : -1
}

describe('the steps of light', () => {
  test('no value, an impossible value and too much light are not on the scale', () => {
    expect(lightCellOf('none', 8)).toEqual({ kind: 'none' })
    expect(lightCellOf('good', Number.NaN)).toEqual({ kind: 'none' })
    expect(lightCellOf('invalid', -60)).toEqual({ kind: 'invalid' })
    expect(lightCellOf('too-strong', 25)).toEqual({ kind: 'too-strong' })
  })

  test('less margin is never a better step', () => {
    let before = 0
    for (let margin = 14; margin >= -6; margin -= 0.1) {
      expect(stepAt(margin)).toBeGreaterThanOrEqual(before)
      before = stepAt(margin)
    }
    expect(before).toBe(lightFloorsDb.length - 1)
  })

  test('the edges that the legend names are those at which the colour changes', () => {
    lightFloorsDb.forEach((floor, step) => {
      if (!Number.isFinite(floor)) return
      expect(stepAt(floor)).toBe(step)
      expect(stepAt(floor - 0.001)).toBe(step + 1)
    })
  })
})

describe.each(['light', 'dark'] as const)('the colours of light, %s theme', (theme) => {
  test('any two steps are told apart, neighbours too', () => {
    const colours = scales()[theme].map(oklab)
    for (let i = 0; i < colours.length; i++) {
      for (let j = i + 1; j < colours.length; j++) {
        const [l1 = 0, a1 = 0, b1 = 0] = colours[i] ?? []
        const [l2 = 0, a2 = 0, b2 = 0] = colours[j] ?? []
        expect(Math.hypot(l1 - l2, a1 - a2, b1 - b2)).toBeGreaterThan(0.04)
      }
    }
  })

  test('saturation rises with every step towards the limit', () => {
    const chroma = scales()[theme].map(([, c = 0]) => c)
    expect(chroma.every((value, i) => i === 0 || value > (chroma[i - 1] ?? 0))).toBe(true)
  })

  test('good light stands nearest to the ground', () => {
    const lightness = scales()[theme].map(([l = 0]) => l)
    const extreme = theme === 'light' ? Math.max(...lightness) : Math.min(...lightness)
    expect(lightness[0]).toBe(extreme)
  })
})
