import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..')

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0

test('each property has a fixed seed: a run that fails can be made again, and green says the same twice', () => {
  const without = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('seeded-properties.test.ts'))
    .filter((name) => {
      const text = readFileSync(join(folder, name), 'utf8')
      const seeds = count(text, /\bseed: -?[\d_]+|\{ seed[ ,]/g)
      // A seed in settings that several share stands once.
      const shared =
        count(text, /,\s+(?:settings|seed),?\s+\)/g) +
        count(text, /, (?:settings|seed)\)|\.\.\.seed,/g)
      return count(text, /\bfc\.assert\(/g) > seeds + shared
    })
  expect(without).toEqual([])
})
