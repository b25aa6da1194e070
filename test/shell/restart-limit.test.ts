import { expect, it } from 'vitest'
import { restartLimit } from '../../src-main/shell/restart-limit.ts'

it('loads a page that keeps dying three times a minute and no more', () => {
  let now = 0
  const mayRestart = restartLimit(() => now)
  expect([mayRestart(), mayRestart(), mayRestart(), mayRestart()]).toEqual([
    true,
    true,
    true,
    false,
  ])
  now = 59_999
  expect(mayRestart()).toBe(false)
  now = 60_000
  expect(mayRestart()).toBe(true)
})
