import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  historyKey,
  minutes,
  monday,
  onuCycle,
  openTestHistory,
} from '../support/history-folder.ts'

const serial = 'CNRY4711CAFE'
const oltId = 'olt-canary-name-4711'

const filesWith = (folder: string, needles: readonly Buffer[]): string[] =>
  readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name))
    return needles.some((needle) => bytes.includes(needle))
  })

test('no serial number, no name and no key is in a byte of any file, hot or sealed', () => {
  const { history, folder } = openTestHistory()
  const texts = [serial, oltId, 'SQLite format 3', historyKey.toString('hex')]
  const needles: Buffer[] = [
    historyKey,
    ...texts.map((text) => Buffer.from(text)),
    ...texts.map((text) => Buffer.from(text, 'utf16le')),
  ]
  const serials = Array.from({ length: 200 }, (_, index) => `${serial}${index}`)
  for (let cycle = 0; cycle < 120; cycle++) {
    history.append(
      onuCycle(
        monday + cycle * 5 * minutes,
        { state: new Uint8Array(200).fill(1), upBytes: new Float64Array(200).fill(cycle) },
        { oltId, serials },
      ),
    )
  }
  expect(readdirSync(folder).toSorted()).toEqual(
    [
      'catalogue.db',
      'catalogue.db-wal',
      'metrics-2026w47.db',
      'metrics-2026w47.db-wal',
      'hourly-2026q4.db',
      'hourly-2026q4.db-wal',
    ].toSorted(),
  )
  expect(filesWith(folder, needles)).toEqual([])
  history.settle()
  expect(filesWith(folder, needles)).toEqual([])
  history.settle(true)
  expect(filesWith(folder, needles)).toEqual([])
  history.stop()
  expect(filesWith(folder, needles)).toEqual([])
  // Closed, there is nothing but files that can be copied one by one.
  expect(readdirSync(folder).toSorted()).toEqual([
    'catalogue.db',
    'hourly-2026q4.db',
    'metrics-2026w47.db',
  ])
})
