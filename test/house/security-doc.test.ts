import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** docs/security.md names tests; a row whose test is gone, or was never there, is found here. */

const root = join(import.meta.dirname, '..', '..')
const text = readFileSync(join(root, 'docs', 'security.md'), 'utf8')

interface Row {
  readonly id: string
  readonly setting: string
  readonly test: string
}

const rows: readonly Row[] = text
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, id = '', , setting = '', test = '']) => ({ id, setting, test }))

/** What a cell names, in its order: a file, and behind it the titles that are quoted. */
const named = (cell: string): readonly { file: string; titles: readonly string[] }[] =>
  [...cell.matchAll(/`([\w./-]+\.(?:test|spec)\.tsx?)`([^`]*)/g)].map((match) => ({
    file: match[1] ?? '',
    titles: [...(match[2] ?? '').matchAll(/"([^"]+)"/g)].map((title) => title[1] ?? ''),
  }))

describe('docs/security.md', () => {
  it('has a row for every item of the checklist, with our setting', () => {
    const numbers = rows.flatMap(({ id }) => {
      const [from = 0, to = from] = id.split('–').map(Number)
      return Array.from({ length: to - from + 1 }, (_, index) => from + index)
    })
    // 1 to 20 are Electron's own list, 21 to 37 the baseline's; what is above them is ours.
    expect(numbers.slice(0, 37)).toEqual(Array.from({ length: 37 }, (_, index) => index + 1))
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
    expect(numbers.length).toBeGreaterThanOrEqual(49)
    for (const { id, setting } of rows) expect(setting.length, id).toBeGreaterThan(3)
  })

  it.each(rows.map((row) => [row.id, row] as const))(
    'row %s names a test by its file and its title, and both are there',
    (_, { test }) => {
      const found = named(test)
      expect(found.some(({ titles }) => titles.length > 0)).toBe(true)
      for (const { file, titles } of found) {
        const path = join(root, 'test', file)
        expect(existsSync(path), file).toBe(true)
        const source = readFileSync(path, 'utf8')
        // Titles stand between quotes of any kind: a part of one is enough to find it.
        const lines = source.split('\n').filter((line) => /['`"]/.test(line))
        for (const title of titles) {
          expect(
            lines.some((line) => line.includes(title)),
            `${file}: ${title}`,
          ).toBe(true)
        }
      }
      // Whatever looks like a test's file has been read as one.
      expect(test.match(/\.(?:test|spec)\.ts/g)?.length).toBe(found.length)
    },
  )
})
