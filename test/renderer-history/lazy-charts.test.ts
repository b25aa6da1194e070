import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = resolve(import.meta.dirname, '../../src-renderer')
const files = globSync('**/*.{ts,tsx}', { cwd: folder }).map((name) => ({
  name,
  text: readFileSync(resolve(folder, name), 'utf8'),
}))

/** Files that need this module at once when they are loaded. */
const importers = (module: RegExp): string[] =>
  files
    .filter(({ text }) =>
      [...text.matchAll(/^import (?!type\b)[^;]*?from '([^']+)'/gm)].some((match) =>
        module.test(match[1]!),
      ),
    )
    .map(({ name }) => name)

describe('the chart library', () => {
  it('is needed at once by the pictures alone', () => {
    expect(importers(/^uplot$/).toSorted()).toEqual([
      'components/charts/state-area.tsx',
      'components/time-chart/plot-marks.ts',
      'components/time-chart/plot.tsx',
      'screens/outages/arrival-plot.tsx',
    ])
    expect(importers(/\/plot-marks\.ts$/)).toEqual(['components/time-chart/plot.tsx'])
  })

  it('comes when the first chart is shown, and not before', () => {
    expect(importers(/\/(?:plot|state-area|arrival-plot)\.tsx$/)).toEqual([])
    const lazily = files.filter(({ text }) => text.includes("import('./plot.tsx')"))
    expect(lazily.map(({ name }) => name)).toEqual(['components/time-chart/time-chart.tsx'])
  })
})
