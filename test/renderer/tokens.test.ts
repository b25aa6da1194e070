import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(resolve(import.meta.dirname, '../../src-renderer/app/tokens.css'), 'utf8')

const tokensOf = (theme: 'light' | 'dark'): Map<string, string> => {
  const start = css.indexOf(`[data-mantine-color-scheme='${theme}']`)
  const block = css.slice(start, css.indexOf('\n}', start))
  return new Map([...block.matchAll(/--nc-([\w-]+):\s*([^;]+);/g)].map((m) => [m[1]!, m[2]!]))
}

/** Relative luminance, WCAG 2.2. */
const luminance = (hex: string): number => {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [red, green, blue] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

const contrast = (one: string, other: string): number => {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

const severities = ['critical', 'major', 'minor', 'warning', 'indeterminate', 'cleared']

for (const theme of ['light', 'dark'] as const) {
  describe(`colours, ${theme}`, () => {
    const tokens = tokensOf(theme)
    const colour = (name: string): string => {
      const value = tokens.get(name)
      if (value === undefined || !/^#[0-9a-f]{6}$/.test(value)) throw new Error(`no hex: ${name}`)
      return value
    }

    it('holds text, accent and severities to AA on every surface', () => {
      const texts = ['text', 'text-soft', 'text-faint', 'accent', ...severities]
      for (const surface of ['canvas', 'surface', 'raised', 'sunken', 'hover']) {
        for (const text of texts) {
          expect(contrast(colour(text), colour(surface)), `${text} on ${surface}`).toBeGreaterThan(
            4.5,
          )
        }
      }
    })

    it('holds each severity to AA on its own soft ground', () => {
      for (const name of severities) {
        expect(contrast(colour(name), colour(`${name}-soft`)), name).toBeGreaterThan(4.5)
      }
    })

    it('holds text to AA on a selected row', () => {
      for (const name of ['text', 'text-soft', 'accent']) {
        expect(contrast(colour(name), colour('selected')), name).toBeGreaterThan(4.5)
      }
    })

    it('keeps borders of controls and the focus ring visible (3 to 1)', () => {
      for (const name of ['line-strong', 'focus']) {
        for (const surface of ['canvas', 'surface', 'raised']) {
          expect(contrast(colour(name), colour(surface)), `${name} on ${surface}`).toBeGreaterThan(
            3,
          )
        }
      }
    })

    it('raises chroma with every step of the light scale, so that attention follows trouble', () => {
      const chromas = [0, 1, 2, 3, 4, 5].map((step) => {
        const match = /oklch\([\d.]+ ([\d.]+)/.exec(tokens.get(`level-${step}`) ?? '')
        return Number(match?.[1])
      })
      expect(chromas).toEqual(chromas.toSorted((one, other) => one - other))
      expect(new Set(chromas).size).toBe(6)
    })

    it('moves lightness away from the ground with every step of the light scale', () => {
      const lightness = [0, 1, 2, 3, 4, 5].map((step) => {
        const match = /oklch\(([\d.]+) /.exec(tokens.get(`level-${step}`) ?? '')
        return Number(match?.[1]) * (theme === 'light' ? -1 : 1)
      })
      for (const [step, value] of lightness.slice(1).entries()) {
        expect(value - lightness[step]!, `step ${step} to ${step + 1}`).toBeGreaterThanOrEqual(0.03)
      }
    })
  })
}

it('both themes name the same colours', () => {
  expect([...tokensOf('dark').keys()]).toEqual([...tokensOf('light').keys()])
})
