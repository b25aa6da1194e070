import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { guards } from './guards.ts'

/**
 * The table of guards agrees with the source. That a test misses each of them is shown by the whole
 * `node_modules/.bin/node scripts/sabotage.mjs`, which takes minutes; here one is taken away for show.
 */

const root = join(import.meta.dirname, '..', '..')

test('every guard is named once, and is more than nothing', () => {
  expect(new Set(guards.map(({ name }) => name)).size).toBe(guards.length)
  expect(guards.length).toBeGreaterThan(80)
  for (const { name, text, instead, tests } of guards) {
    expect(instead, name).not.toBe(text)
    expect(tests.length, name).toBeGreaterThan(0)
  }
})

test.each(guards.map((guard) => [guard.name, guard] as const))(
  '%s stands in the source once, and its tests are there',
  (_name, { file, text, tests }) => {
    expect(readFileSync(join(root, file), 'utf8').split(text)).toHaveLength(2)
    for (const path of tests) expect(existsSync(join(root, 'test', path)), path).toBe(true)
  },
)

const sabotage = (...names: string[]) =>
  spawnSync(process.execPath, ['scripts/sabotage.mjs', ...names], { cwd: root, encoding: 'utf8' })

test('a guard that is taken away is missed by a test', { timeout: 180_000 }, () => {
  const ran = sabotage('seal-tag-checked')
  expect(ran.stdout).toContain('found     seal-tag-checked')
  expect(ran.status).toBe(0)
})

test('a guard that nobody knows is no success', () => {
  expect(sabotage('no-such-guard').status).toBe(2)
})
