import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Cycle } from '../../src-main/history/cycle.ts'
import { openHistory } from '../../src-main/history/history.ts'
import { errorOf } from '../support/error-code.ts'
import {
  days,
  historyKey,
  minutes,
  monday,
  onuCycle,
  onuRef,
  openTestHistory,
} from '../support/history-folder.ts'
import { keyOf, rawConnection, temporaryFolder } from '../support/store-workspace.ts'

const hashes = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.db'))
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  )

/** A folder with two weeks, the first one sealed. */
const twoWeeks = (): string => {
  const { history, folder, clock } = openTestHistory()
  for (const at of [monday, monday + 5 * minutes, monday + 8 * days]) {
    clock.now = at
    history.append(onuCycle(at, { onuRxDbm: Float64Array.of(-20) }))
  }
  history.settle()
  history.stop()
  return folder
}

test('a wrong key is refused and not a byte is changed', () => {
  const folder = twoWeeks()
  const before = hashes(folder)
  const open = () => openTestHistory({ folder, key: keyOf('another') })
  expect(errorOf(open).code).toBe('store-wrong-key')
  expect(hashes(folder)).toEqual(before)
  expect(() => openTestHistory({ folder, key: historyKey.subarray(1) })).toThrow(RangeError)
})

test('a catalogue from a newer version is refused and not a byte is changed', () => {
  const folder = twoWeeks()
  const raw = rawConnection(join(folder, 'catalogue.db'), historyKey)
  raw.pragma('journal_mode = DELETE')
  raw.pragma('user_version = 2')
  raw.close()
  const before = hashes(folder)
  expect(errorOf(() => openTestHistory({ folder })).code).toBe('store-from-newer-version')
  expect(hashes(folder)).toEqual(before)
})

test('readings from a newer version are left out untouched, and new ones go beside them', () => {
  const folder = twoWeeks()
  const raw = rawConnection(join(folder, 'metrics-2026w48.db'), historyKey)
  raw.pragma('journal_mode = DELETE')
  raw.pragma('user_version = 2')
  raw.close()
  const before = hashes(folder)
  const { history } = openTestHistory({ folder })
  expect(history.stats().problems).toEqual([
    { file: 'metrics-2026w48.db', code: 'store-from-newer-version' },
  ])
  history.append(onuCycle(monday + 9 * days, { onuRxDbm: Float64Array.of(-21) }))
  const [light] = history.readSeries({
    series: onuRef(0),
    metrics: ['onuRxDbm'],
    from: monday + 7 * days,
    to: monday + 10 * days,
    maxPoints: 100,
  })
  expect([...light!.avg]).toEqual([-21])
  expect(readdirSync(folder)).toContain('metrics-2026w48-2.db')
  history.stop()
  expect(hashes(folder)['metrics-2026w48.db']).toBe(before['metrics-2026w48.db'])
})

test('a damaged file is left out, said so, and what else there is is read and written', () => {
  const folder = twoWeeks()
  const path = join(folder, 'metrics-2026w47.db')
  const bytes = readFileSync(path)
  bytes.fill(0x55, 0, 4096)
  writeFileSync(path, bytes)
  const { history } = openTestHistory({ folder })
  expect(history.stats().problems).toEqual([{ file: 'metrics-2026w47.db', code: 'store-damaged' }])
  history.append(onuCycle(monday, { onuRxDbm: Float64Array.of(-21) }))
  const [light] = history.readSamples({
    series: onuRef(0),
    metrics: ['onuRxDbm'],
    from: 0,
    to: monday + 90 * days,
  })
  // In the order of the cycles; the week before is gone from view.
  expect([...light!.values]).toEqual([-20, -21])
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

test('a damaged catalogue is told from a wrong key', () => {
  const folder = twoWeeks()
  const path = join(folder, 'catalogue.db')
  const bytes = readFileSync(path)
  bytes.fill(0x55, 0, 4096)
  writeFileSync(path, bytes)
  expect(errorOf(() => openTestHistory({ folder })).code).toBe('store-damaged')
})

test('a folder that is open is refused to a second history', () => {
  const { folder } = openTestHistory()
  expect(errorOf(() => openTestHistory({ folder })).code).toBe('workspace-in-use')
})

test('a folder that is a link, or shared as /tmp is, is refused', () => {
  if (process.platform === 'win32') return
  const open = (folder: string) => () =>
    openHistory({ folder, key: historyKey, clock: { now: () => 0, monotonic: () => 0 } })
  const base = temporaryFolder()
  mkdirSync(join(base, 'real'))
  symlinkSync(join(base, 'real'), join(base, 'link'))
  expect(errorOf(open(join(base, 'link'))).code).toBe('permission-denied')
  expect(errorOf(open('/tmp')).code).toBe('permission-denied')
})

test('a cycle that makes no sense is refused whole, and the next one is taken', () => {
  const { history } = openTestHistory()
  const good = onuCycle(monday, { state: Uint8Array.of(1, 1) })
  const bad: Partial<Cycle>[] = [
    { at: Number.NaN },
    { at: -1 },
    { at: 1e18 },
    { monotonic: Number.NaN },
    { addresses: Int32Array.of(5, 5) },
    { addresses: Int32Array.of(6, 5) },
    { addresses: Int32Array.of(-6, 5) },
    { columns: { state: Uint8Array.of(1) } },
    { columns: { ponTxDbm: Float64Array.of(1, 2) } },
    { columns: { constructor: Float64Array.of(1, 2) } as Cycle['columns'] },
    { serials: ['A'] },
    {
      events: {
        at: Float64Array.of(Number.NaN),
        addresses: Int32Array.of(5),
        kinds: Uint8Array.of(1),
        codes: Uint8Array.of(1),
        details: Uint8Array.of(1),
      },
    },
  ]
  for (const part of bad) {
    expect(errorOf(() => history.append({ ...good, ...part })).code).toBe('invalid-input')
  }
  expect(history.stats()).toMatchObject({ cycles: 0, refusedCycles: bad.length, series: 0 })
  history.append(good)
  expect(history.stats()).toMatchObject({ cycles: 1, samples: 2, series: 2 })
})

test('a question that makes no sense is refused', () => {
  const { history } = openTestHistory()
  const ask = (from: number, to: number, maxPoints: number) => () =>
    history.readSeries({ series: onuRef(0), metrics: ['state'], from, to, maxPoints })
  expect(errorOf(ask(2, 1, 10)).code).toBe('invalid-input')
  expect(errorOf(ask(1, Number.NaN, 10)).code).toBe('invalid-input')
  expect(errorOf(ask(1, 2, 0)).code).toBe('invalid-input')
  expect(errorOf(ask(1, 2, 1e9)).code).toBe('invalid-input')
})
