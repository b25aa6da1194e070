import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isNocturneError } from '../../src-shared/errors.ts'
import {
  days,
  historyKey,
  minutes,
  monday,
  onuCycle,
  onuRef,
  openTestHistory,
  type TestHistory,
} from '../support/history-folder.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { rawConnection } from '../support/store-workspace.ts'

/** Leaves so many bytes free on the file system. */
const fill = (disk: string, leaveFree: number): string => {
  const { bavail, bsize } = statfsSync(disk)
  const filler = join(disk, 'filler')
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaveFree)))
  return filler
}

const codeOf = (run: () => void): string => {
  try {
    run()
    return 'ok'
  } catch (error) {
    return isNocturneError(error) ? error.code : String(error)
  }
}

const cycle = ({ history, clock }: TestHistory, index: number): void => {
  clock.now = monday + index * 5 * minutes
  const octets = new Float64Array(2_000).fill(index * 1e6)
  history.append(onuCycle(clock.now, { upBytes: octets, downBytes: octets }))
}

test('a full disk refuses the cycle, keeps those before it, and goes on with room', (context) => {
  const disk = mountSmallDisk(16)
  if (!disk.mounted) return context.skip(disk.why)
  const folder = join(disk.path, 'history')
  const one = openTestHistory({ folder })
  cycle(one, 0)
  const filler = fill(disk.path, 2_000_000)
  let kept = 1
  let code = 'ok'
  for (let index = 1; index < 500 && code === 'ok'; index++) {
    code = codeOf(() => cycle(one, index))
    if (code === 'ok') kept++
  }
  expect(code).toBe('disk-full')
  expect(kept).toBeGreaterThan(20)
  // Sealing has no room either, and takes nothing away.
  expect(codeOf(() => one.history.settle(true))).toBe('disk-full')
  const read = (test: TestHistory) =>
    test.history.readSamples({
      series: onuRef(1_999),
      metrics: ['upBytes'],
      from: monday,
      to: monday + days,
    })[0]!.values
  expect(read(one)).toHaveLength(kept)

  rmSync(filler)
  cycle(one, kept)
  one.history.settle(true)
  const again = one.reopen()
  expect([...read(again)]).toEqual(Array.from({ length: kept + 1 }, (_, index) => index * 1e6))
  again.history.stop()
  for (const file of ['metrics-2026w47.db', 'catalogue.db', 'hourly-2026q4.db']) {
    const raw = rawConnection(join(folder, file), historyKey)
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  }
  return undefined
})

test('a full disk at the first cycle of a week refuses it and no more', (context) => {
  const disk = mountSmallDisk(8)
  if (!disk.mounted) return context.skip(disk.why)
  const one = openTestHistory({ folder: join(disk.path, 'history') })
  cycle(one, 0)
  const filler = fill(disk.path, 0)
  const nextWeek = 7 * 288
  expect(codeOf(() => cycle(one, nextWeek))).toBe('disk-full')
  rmSync(filler)
  cycle(one, nextWeek + 1)
  expect(one.history.stats()).toMatchObject({ cycles: 2, refusedCycles: 1, problems: [] })
  return undefined
})
