import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import sqlite from 'better-sqlite3'
import { openHistory } from '../../src-main/history/history.ts'
import {
  startHistoryWorker,
  type HistoryWorker,
} from '../../src-main/history/start-history-worker.ts'
import type { BenchResult } from './bench.ts'
import { createHistoryData, historyMetrics, type HistoryColumns } from './history-data.ts'
import { machineNote } from './machine.ts'
import { listed, median, quantile, rounded } from './statistics.ts'
import { bytesUnder, measureVictoriaMetrics, type PeerSeries } from './victoria-metrics.ts'

const onus = 2_000
const cyclesPerDay = 288
const stepMs = 300_000
const dayMs = 86_400_000
const samples = onus * cyclesPerDay * historyMetrics.length
const runs = 3
const reads = 200
const seed = 20_261_122
const key = Buffer.alloc(32, 0x5a)

/** Of the naive table: the B-tree is slower the larger it is, so fewer rows favour it. */
const naiveCycles = 48
/** The year is read from hourly roll-ups, which know no more of the cycles than their number. */
const yearOnus = 64
const yearStepMs = 1_800_000

/**
 * One day of 2,000 ONUs at five minutes, five metrics, into the encrypted history of the console,
 * through its thread; beside it the same samples in victoria-metrics and in one row per sample.
 */
export const benchHistory = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-bench-history-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  // The day before yesterday, whole: the peer refuses the future.
  const from = Math.floor(Date.now() / dayMs) * dayMs - 2 * dayMs
  const data = createHistoryData(onus, seed)
  const day = Array.from({ length: cyclesPerDay }, () => copyOf(data.next()))
  const at = (cycle: number): number => from + cycle * stepMs

  const idleStall = await stallsDuring(() => wait(2_000))
  const ingests: Ingest[] = []
  for (let run = 0; run < runs; run++) {
    ingests.push(await ingest(join(folder, `run-${run}`), data.addresses, data.serials, day, at))
  }
  const own = join(folder, 'run-0')
  const reader = await startHistoryWorker({ folder: own, key })
  stack.defer(() => reader.stop())
  await checkLossless(reader, data.addresses, day, at)
  const dayReads = await timeReads(reader, data.addresses, from, from + dayMs - 1)
  const bytes = bytesUnder(own)
  const stats = await reader.stats()
  await reader.stop()

  const naivePerSecond = naive(join(folder, 'naive.db'), day.slice(0, naiveCycles), at)
  const peer = await measureVictoriaMetrics(
    folder,
    day.map((_, cycle) => at(cycle)),
    peerSeries(day),
  )
  const year = await readYear(join(folder, 'year'), from)

  const perSecond = ingests.map(({ ms }) => samples / (ms / 1000))
  const figures = {
    bytesPerSample: rounded(bytes / samples, 3),
    ...(peer.found ? { bytesPerSamplePeer: rounded(peer.bytes / samples, 3) } : {}),
    samplesPerSecond: Math.round(median(perSecond)),
    ingestRatioToNaive: rounded(median(perSecond) / naivePerSecond, 1),
    readDayMs: rounded(median(dayReads), 2),
    readYearMs: rounded(median(year), 2),
    maxStallMs: rounded(median(ingests.map(({ stallMs }) => stallMs)), 1),
  }
  return {
    peer: 'victoria-metrics (Debian) and one row per sample in the same SQLite, encrypted',
    figures,
    notes: [
      machine,
      `history: ${samples} samples of ${onus} ONUs, checked bit by bit; SQLCipher 4 with a raw key`,
      `bytes per sample: ${rounded(stats.readingsBytes / samples, 3)} readings, ${rounded(stats.hoursBytes / samples, 3)} hourly roll-ups, ${rounded(stats.catalogueBytes / samples, 3)} catalogue (once, not per day); together ${figures.bytesPerSample}`,
      peer.found
        ? `victoria-metrics: ${rounded(peer.bytes / samples, 3)} bytes per sample, data and index, merged, not encrypted, without roll-ups; ratio ${rounded(bytes / peer.bytes, 2)}`
        : `victoria-metrics: ${peer.why}; no figure`,
      `ingest: ${listed(
        perSecond.map((rate) => rate / 1e6),
        2,
      )} M samples/s from the first cycle to all blocks, ${listed(
        ingests.map(({ cpuMicros }) => cpuMicros / samples),
        2,
      )} µs CPU per sample (both threads); the naive table ${Math.round(naivePerSecond)} samples/s (its first ${naiveCycles} cycles)`,
      `stall of the sending thread: ${listed(ingests.map(({ stallMs }) => stallMs))} ms at most in each run (idle: ${rounded(idleStall)} ms), of which its own longest call ${listed(ingests.map(({ callMs }) => callMs))} ms; longest step of the history's own thread ${listed(ingests.map(({ stepMs: step }) => step))} ms`,
      `a day of one ONU, five metrics, through the thread: p50 ${rounded(median(dayReads), 2)} ms, p95 ${rounded(quantile(dayReads, 0.95), 2)} ms of ${reads}`,
      `a year of one ONU, five metrics, from roll-ups: p50 ${rounded(median(year), 2)} ms, p95 ${rounded(quantile(year, 0.95), 2)} ms`,
    ],
  }
}

const copyOf = (columns: HistoryColumns): HistoryColumns => ({
  state: columns.state.slice(),
  onuRxDbm: columns.onuRxDbm.slice(),
  oltRxDbm: columns.oltRxDbm.slice(),
  upBytes: columns.upBytes.slice(),
  downBytes: columns.downBytes.slice(),
})

interface Ingest {
  readonly ms: number
  readonly cpuMicros: number
  readonly stallMs: number
  /** The longest that one append took of the sending thread. */
  readonly callMs: number
  readonly stepMs: number
}

const ingest = async (
  folder: string,
  addresses: Int32Array,
  serials: readonly string[],
  day: readonly HistoryColumns[],
  at: (cycle: number) => number,
): Promise<Ingest> => {
  const worker = await startHistoryWorker({ folder, key })
  try {
    let callMs = 0
    const cpu = process.cpuUsage()
    const began = performance.now()
    const stallMs = await stallsDuring(async () => {
      let waiting: Promise<void>[] = []
      for (let cycle = 0; cycle < day.length; cycle++) {
        const called = performance.now()
        waiting.push(
          worker.append({
            oltId: 'bench',
            kind: 'onu',
            at: at(cycle),
            monotonic: cycle * stepMs,
            addresses,
            columns: day[cycle]!,
            ...(cycle === 0 ? { serials } : {}),
          }),
        )
        callMs = Math.max(callMs, performance.now() - called)
        if (waiting.length < 8) continue
        await Promise.all(waiting)
        waiting = []
      }
      await Promise.all(waiting)
      await worker.settle()
    })
    const ms = performance.now() - began
    const used = process.cpuUsage(cpu)
    await worker.settle(true)
    const { longestStepMs } = await worker.stats()
    return { ms, cpuMicros: used.user + used.system, stallMs, callMs, stepMs: longestStepMs }
  } finally {
    await worker.stop()
  }
}

/** The longest that this thread's loop was late while the work went on, ms. */
const stallsDuring = async (run: () => Promise<unknown>): Promise<number> => {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await run()
  await wait(5)
  delay.disable()
  return delay.max / 1e6
}

const checkLossless = async (
  reader: HistoryWorker,
  addresses: Int32Array,
  day: readonly HistoryColumns[],
  at: (cycle: number) => number,
): Promise<void> => {
  for (let onu = 0; onu < onus; onu += 41) {
    const found = await reader.readSamples({
      series: { kind: 'onu', oltId: 'bench', address: addresses[onu]! },
      metrics: historyMetrics,
      from: at(0),
      to: at(cyclesPerDay),
    })
    for (const [index, metric] of historyMetrics.entries()) {
      day.forEach((columns, cycle) => {
        if (found[index]!.values[cycle] !== columns[metric][onu]) {
          throw new Error(`${metric} of ONU ${onu} came back changed at cycle ${cycle}`)
        }
      })
    }
  }
}

const timeReads = async (
  reader: HistoryWorker,
  addresses: Int32Array,
  from: number,
  to: number,
): Promise<number[]> => {
  const times: number[] = []
  for (let read = 0; read < reads; read++) {
    const began = performance.now()
    await reader.readSeries({
      series: { kind: 'onu', oltId: 'bench', address: addresses[(read * 997) % addresses.length]! },
      metrics: historyMetrics,
      from,
      to,
      maxPoints: 1_000,
    })
    times.push(performance.now() - began)
  }
  return times
}

const readYear = async (folder: string, to: number): Promise<number[]> => {
  const data = createHistoryData(yearOnus, seed)
  const from = to - 365 * dayMs
  let now = from
  const history = openHistory({
    folder,
    key,
    clock: { now: () => now, monotonic: () => performance.now() },
  })
  for (; now < to; now += yearStepMs) {
    history.append({
      oltId: 'bench',
      kind: 'onu',
      at: now,
      monotonic: now - from,
      addresses: data.addresses,
      columns: data.next(),
    })
    while (history.work(50));
  }
  history.stop()
  const reader = await startHistoryWorker({ folder, key })
  try {
    return await timeReads(reader, data.addresses, from, to)
  } finally {
    await reader.stop()
  }
}

/** Samples per second of one row per sample, indexed, a transaction per cycle, encrypted alike. */
const naive = (
  path: string,
  day: readonly HistoryColumns[],
  at: (cycle: number) => number,
): number => {
  const connection = new sqlite(path)
  connection.pragma("cipher = 'sqlcipher'")
  connection.pragma('legacy = 4')
  connection.pragma(`key = "x'${key.toString('hex')}'"`)
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = NORMAL')
  connection.pragma('cache_size = -65536')
  connection.exec(
    `CREATE TABLE sample (series INTEGER NOT NULL, at INTEGER NOT NULL, value REAL NOT NULL) STRICT;
    CREATE INDEX sample_of_series ON sample (series, at)`,
  )
  const insert = connection.prepare('INSERT INTO sample (series, at, value) VALUES (?, ?, ?)')
  const keep = connection.transaction((columns: HistoryColumns, time: number): void => {
    historyMetrics.forEach((metric, index) => {
      columns[metric].forEach((value, onu) => insert.run(onu * 8 + index, time, value))
    })
  })
  const began = performance.now()
  day.forEach((columns, cycle) => keep(columns, at(cycle)))
  connection.pragma('wal_checkpoint(TRUNCATE)')
  const ms = performance.now() - began
  connection.close()
  return (day.length * onus * historyMetrics.length) / (ms / 1000)
}

function* peerSeries(day: readonly HistoryColumns[]): Generator<PeerSeries> {
  for (const name of historyMetrics) {
    for (let onu = 0; onu < onus; onu++) {
      yield { name, onu, values: day.map((columns) => columns[name][onu]!) }
    }
  }
}
