import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const zones = [
  'UTC',
  'Asia/Jakarta',
  'America/New_York',
  'Pacific/Kiritimati',
  'Australia/Lord_Howe',
]

test('documents are the same in any zone of the process, over summer time (invariant 13)', async () => {
  const child = join(import.meta.dirname, 'zones-child.ts')
  const run = promisify(execFile)
  const texts = await Promise.all(
    zones.map(async (TZ) => {
      const { stdout } = await run(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', child],
        {
          env: { ...process.env, TZ },
        },
      )
      return stdout
    }),
  )
  expect(texts[0]?.length).toBeGreaterThan(2_000)
  expect(new Set(texts).size).toBe(1)
})
