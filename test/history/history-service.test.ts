import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Cycle } from '../../src-main/history/cycle.ts'
import {
  createHistoryService,
  type HistoryServiceOptions,
} from '../../src-main/history/history-service.ts'
import type {
  HistoryWorker,
  HistoryWorkerOptions,
} from '../../src-main/history/start-history-worker.ts'
import { NocturneError, type ErrorCode } from '../../src-shared/errors.ts'
import { rejectionOf } from '../support/error-code.ts'
import { historyKey, minutes, monday, onuCycle } from '../support/history-folder.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { settle } from '../support/settle.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const retention = { readingsDays: 60, hoursDays: 730 }
const cycleAt = (index: number, onus = 1): Cycle =>
  onuCycle(monday + index * minutes, { state: new Uint8Array(onus).fill(1) })

/** A thread that does what the test says. */
const createBench = (
  options: {
    readonly mostWaitingBytes?: number
    readonly held?: boolean
    readonly before?: HistoryServiceOptions['before']
  } = {},
) => {
  const clock = createManualClock()
  const appended: number[] = []
  const configured: unknown[] = []
  const logged: string[] = []
  const starts: HistoryWorkerOptions[] = []
  const told = {
    start: null as ErrorCode | null,
    append: null as ErrorCode | null,
    stopped: 0,
  }
  let letGo = (): void => undefined
  let gate: Promise<void> = options.held
    ? new Promise((resolve) => {
        letGo = resolve
      })
    : Promise.resolve()
  const worker = {
    append: async ({ at }: Cycle) => {
      await gate
      if (told.append !== null) throw new NocturneError(told.append)
      appended.push((at - monday) / minutes)
    },
    configure: (input: unknown) => {
      configured.push(input)
      return Promise.resolve()
    },
    stats: () => Promise.resolve({ files: [] }),
    stop: () => {
      told.stopped++
      return Promise.resolve()
    },
  } as unknown as HistoryWorker
  const log = (_event: string, details?: object): void => {
    logged.push((details as { code: string }).code)
  }
  const service = createHistoryService({
    folder: 'history',
    key: historyKey,
    retention,
    clock,
    log: { warn: log, error: log },
    startWorker: async (start) => {
      starts.push(start)
      await gate
      if (told.start !== null) throw new NocturneError(told.start)
      return worker
    },
    ...(options.before === undefined ? {} : { before: options.before }),
    ...(options.mostWaitingBytes === undefined
      ? {}
      : { mostWaitingBytes: options.mostWaitingBytes }),
  })
  return {
    service,
    clock,
    appended,
    configured,
    logged,
    starts,
    told,
    hold: () => {
      gate = new Promise((resolve) => {
        letGo = resolve
      })
    },
    letGo: () => letGo(),
  }
}

test('before it is open cycles wait in a bounded queue, and a read waits too', async () => {
  const { service, appended, letGo, starts } = createBench({ held: true, mostWaitingBytes: 2_000 })
  service.append(cycleAt(0))
  expect(starts).toHaveLength(0)
  service.begin()
  service.begin()
  for (let index = 1; index < 1_000; index++) service.append(cycleAt(index))
  const { waiting, lost } = service.status()
  expect(waiting).toBeGreaterThan(10)
  expect(waiting).toBeLessThan(30)
  expect(waiting + lost).toBe(1_000)
  const read = service.read((worker) => worker.stats())
  letGo()
  expect(await read).toEqual({ files: [] })
  await settle()
  expect(starts).toHaveLength(1)
  expect(appended).toEqual(Array.from({ length: waiting }, (_, index) => index))
  expect(service.status()).toMatchObject({ kept: waiting, waiting: 0, lost, problem: null })
})

test('a slow disk bounds the memory, and what came first is kept first', async () => {
  const bench = createBench({ mostWaitingBytes: 10_000 })
  const { service, appended } = bench
  service.begin()
  await settle()
  bench.hold()
  for (let index = 0; index < 50; index++) service.append(cycleAt(index, 1_000))
  expect(service.status().waiting).toBeLessThan(4)
  bench.letGo()
  await settle()
  expect(appended).toEqual([0, 1])
  service.append(cycleAt(50))
  await settle()
  expect(appended).toEqual([0, 1, 50])
})

test('what goes in before is in before every cycle, and a stop ends it', async () => {
  let done = (): void => undefined
  const { service, appended } = createBench({
    before: async (append, signal) => {
      await append(cycleAt(-2))
      await new Promise<void>((resolve) => {
        done = resolve
        signal.addEventListener('abort', () => resolve())
      })
      if (!signal.aborted) await append(cycleAt(-1))
    },
  })
  service.begin()
  service.append(cycleAt(0))
  await settle()
  expect(appended).toEqual([-2])
  expect(service.status()).toMatchObject({ waiting: 1, kept: 0 })
  done()
  await settle()
  expect(appended).toEqual([-2, -1, 0])

  const failing = createBench({ before: () => Promise.reject(new NocturneError('disk-full')) })
  failing.service.begin()
  failing.service.append(cycleAt(0))
  await settle()
  expect(failing.appended).toEqual([0])

  const stopped = createBench({
    before: (_append, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  })
  stopped.service.begin()
  stopped.service.append(cycleAt(0))
  await settle()
  await stopped.service.stop()
  expect(stopped.appended).toEqual([0])
})

test('a full disk loses the cycle, says so, and goes on by itself', async () => {
  const { service, told, appended, logged, clock } = createBench()
  service.begin()
  await settle()
  told.append = 'disk-full'
  const since = clock.now()
  for (let index = 0; index < 20; index++) {
    service.append(cycleAt(index))
    await settle()
    clock.advance(minutes)
  }
  expect(service.status()).toMatchObject({
    problem: { code: 'disk-full', at: since },
    kept: 0,
    lost: 20,
  })
  // Not once per cycle.
  expect(logged).toEqual(['disk-full', 'disk-full'])
  told.append = null
  service.append(cycleAt(20))
  await settle()
  expect(service.status()).toMatchObject({ problem: null, kept: 1, lost: 20 })
  expect(appended).toEqual([20])
})

test('what cannot be opened is a problem, and tried again', async () => {
  for (const code of ['store-wrong-key', 'store-damaged', 'disk-full'] as const) {
    const { service, told, starts, clock, appended } = createBench()
    told.start = code
    service.begin()
    service.append(cycleAt(0))
    await settle()
    expect(service.status()).toMatchObject({ problem: { code }, waiting: 1 })
    const error = await rejectionOf(service.read((worker) => worker.stats()))
    expect(error.code).toBe('history-unavailable')
    clock.advance(30 * minutes)
    await settle()
    const tries = starts.length
    expect(tries).toBeGreaterThan(1)
    told.start = null
    clock.advance(10 * minutes)
    await settle()
    expect(starts).toHaveLength(tries + 1)
    expect(service.status().problem).toBeNull()
    expect(appended).toEqual([0])
  }
})

test('a thread that ends is started again, and takes one cycle with it at most', async () => {
  const { service, told, starts, clock, appended } = createBench()
  service.begin()
  await settle()
  service.append(cycleAt(0))
  await settle()
  told.append = 'engine-stopped'
  service.append(cycleAt(1))
  starts[0]?.onEnd?.(new Error('out of memory'))
  await settle()
  expect(service.status()).toMatchObject({ problem: { code: 'history-unavailable' }, lost: 1 })
  service.append(cycleAt(2))
  told.append = null
  clock.advance(minutes)
  await settle()
  expect(appended).toEqual([0, 2])
  expect(service.status().problem).toBeNull()
})

test('how long things are kept reaches the thread that runs, and the one to come', async () => {
  const { service, configured, starts, letGo } = createBench({ held: true })
  service.configure({ readingsDays: 30, hoursDays: 730 })
  service.begin()
  expect(starts[0]?.retention).toEqual({ readingsDays: 30, hoursDays: 730 })
  // While it opens: told once it is up.
  const week = { readingsDays: 7, hoursDays: 31 }
  service.configure(week)
  letGo()
  await settle()
  expect(configured).toEqual([week])
  service.configure(retention)
  expect(configured).toEqual([week, retention])
  expect(service.status().retention).toEqual(retention)
})

test('the stop keeps what waits, takes nothing more, and does not wait for ever', async () => {
  const one = createBench()
  one.service.begin()
  for (let index = 0; index < 5; index++) one.service.append(cycleAt(index))
  await Promise.all([one.service.stop(), one.service.stop()])
  expect(one.appended).toEqual([0, 1, 2, 3, 4])
  expect(one.told.stopped).toBe(1)
  one.service.append(cycleAt(5))
  await settle()
  expect(one.appended).toHaveLength(5)
  const refused = await rejectionOf(one.service.read((worker) => worker.stats()))
  expect(refused.code).toBe('history-unavailable')

  // It never opened, and its disk hangs.
  const two = createBench({ held: true })
  two.service.append(cycleAt(0))
  two.service.begin()
  const stopped = two.service.stop()
  await settle()
  two.clock.advance(10_000)
  await stopped
  expect(two.service.status()).toMatchObject({ waiting: 0, lost: 1 })
  two.letGo()
  await settle()
  expect(two.told.stopped).toBe(1)

  const three = createBench()
  await three.service.stop()
  expect(three.starts).toHaveLength(0)
})

test('a damaged catalogue does not hurt: the files stay, the rest goes on', async () => {
  const folder = join(temporaryFolder(), 'history')
  const start = () => {
    const service = createHistoryService({
      folder,
      key: historyKey,
      retention,
      clock: createManualClock(),
      log: { warn: () => {}, error: () => {} },
    })
    onTestFinished(() => service.stop())
    return service
  }
  const one = start()
  one.append(cycleAt(0))
  const { series } = await one
    .read((worker) => worker.stats())
    .then(async (stats) => {
      await one.stop()
      return stats
    })
  expect(series).toBe(1)
  const catalogue = join(folder, 'catalogue.db')
  const bytes = readFileSync(catalogue)
  bytes.fill(7, 100, 2_000)
  writeFileSync(catalogue, bytes)
  const two = start()
  two.append(cycleAt(1))
  expect((await rejectionOf(two.read((worker) => worker.stats()))).code).toBe('history-unavailable')
  expect(two.status()).toMatchObject({ problem: { code: 'store-damaged' }, waiting: 1, kept: 0 })
  expect(readFileSync(catalogue).equals(bytes)).toBe(true)
})
