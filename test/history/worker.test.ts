import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import {
  startHistoryWorker,
  type HistoryWorker,
  type HistoryWorkerOptions,
} from '../../src-main/history/start-history-worker.ts'
import { rejectionOf } from '../support/error-code.ts'
import { days, historyKey, minutes, monday, onuCycle, onuRef } from '../support/history-folder.ts'
import { keyOf, temporaryFolder } from '../support/store-workspace.ts'

const start = async (options: Partial<HistoryWorkerOptions> = {}): Promise<HistoryWorker> => {
  const folder = options.folder ?? join(temporaryFolder(), 'history')
  const worker = await startHistoryWorker({ folder, key: historyKey, ...options })
  onTestFinished(() => worker.stop())
  return worker
}

test('a wrong key and a refused cycle come back with their codes, and the thread goes on', async () => {
  const folder = join(temporaryFolder(), 'history')
  const first = await start({ folder })
  await first.append(onuCycle(monday, { state: Uint8Array.of(1) }))
  await first.stop()
  expect((await rejectionOf(start({ folder, key: keyOf('another') }))).code).toBe('store-wrong-key')

  const worker = await start({ folder })
  const bad = onuCycle(Number.NaN, { state: Uint8Array.of(1) })
  const refused = await rejectionOf(worker.append(bad))
  expect([refused.code, refused.params]).toEqual(['invalid-input', { what: 'history-time' }])
  await worker.append(onuCycle(monday + 5 * minutes, { state: Uint8Array.of(2) }))
  const range = { series: onuRef(0), from: monday, to: monday + 9 * minutes }
  expect(await worker.readStates(range)).toEqual({
    at: Float64Array.of(monday, monday + 5 * minutes),
    states: Uint8Array.of(1, 2),
  })
})

test('the key stays the caller’s, and columns that were sent may be filled anew at once', async () => {
  const key = Buffer.from(historyKey)
  const worker = await start({ key })
  expect(key.equals(historyKey)).toBe(true)
  const light = Float64Array.of(-20)
  const kept = [0, 1, 2].map((index) => {
    light[0] = -20 - index
    return worker.append(onuCycle(monday + index * 5 * minutes, { onuRxDbm: light }))
  })
  expect(worker.waiting()).toBe(3)
  await Promise.all(kept)
  const [series] = await worker.readSeries({
    series: onuRef(0),
    metrics: ['onuRxDbm'],
    from: monday,
    to: monday + days,
    maxPoints: 100,
  })
  expect(series!.avg).toEqual(Float64Array.of(-20, -21, -22))
})

test('blocks are made between the requests, without being asked for', async () => {
  const worker = await start()
  for (let cycle = 0; cycle < 100; cycle++) {
    await worker.append(
      onuCycle(monday + cycle * 5 * minutes, { upBytes: new Float64Array(200).fill(cycle) }),
    )
  }
  await worker.settle(true)
  expect((await worker.stats()).files.map(({ file, sealed }) => [file, sealed])).toEqual([
    ['metrics-2026w47.db', true],
    ['hourly-2026q4.db', false],
  ])
  expect(await worker.find({ address: onuRef(7).address })).toMatchObject([{ slot: 7 }])
  expect(await worker.drop({ readings: monday + 7 * days })).toEqual(['metrics-2026w47.db'])
})

test('the thread’s file may be named, as the bundle does', async () => {
  const entry = fileURLToPath(import.meta.resolve('../../src-main/history/history-worker.ts'))
  const worker = await start({ entry })
  expect(await worker.stats()).toMatchObject({ cycles: 0, problems: [] })
  await expect(start({ entry: `${entry}.none` })).rejects.toThrow('engine-stopped')
})

test('after the stop everything is refused, and a second stop does nothing', async () => {
  const worker = await start()
  await worker.stop()
  await worker.stop()
  expect((await rejectionOf(worker.stats())).code).toBe('engine-stopped')
})
