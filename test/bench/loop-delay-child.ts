/**
 * Loaded into the console's process with an extra `--import`; the product knows nothing of it.
 * Watches the event loop of the main thread (Electron's, here the stand-in's) and answers
 * questions over the process's message channel.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread, type Worker } from 'node:worker_threads'

/** ms between two looks; it is part of every recorded value and is taken off. */
const resolutionMs = 1

export type BenchQuestion = 'watch' | 'report'

export interface ProcessReport {
  /** Event-loop delay of the main thread since `watch`, without the resolution; ms. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  readonly samples: number
  readonly rssBytes: number
  /** In use, of the main thread and of all workers: JavaScript heap, and memory outside it. */
  readonly heapBytes: number
  readonly externalBytes: number
  /** CPU of the whole process since `watch`, of the main thread alone; µs. */
  readonly cpuMicros: number
  readonly mainThreadCpuMicros: number
}

const watchMainThread = (): void => {
  const workers = new Set<Worker>()
  process.on('worker', (worker) => {
    workers.add(worker)
    worker.once('exit', () => workers.delete(worker))
  })
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  let cpu = process.cpuUsage()
  let threadCpu = process.threadCpuUsage()

  const report = async (): Promise<ProcessReport> => {
    const own = process.memoryUsage()
    const ofWorkers = await Promise.all([...workers].map((worker) => worker.getHeapStatistics()))
    const ms = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolutionMs)
    const spent = process.cpuUsage(cpu)
    const spentHere = process.threadCpuUsage(threadCpu)
    const sum = (pick: (one: (typeof ofWorkers)[number]) => number): number =>
      ofWorkers.reduce((total, one) => total + pick(one), 0)
    return {
      p50Ms: ms(delay.percentile(50)),
      p99Ms: ms(delay.percentile(99)),
      maxMs: ms(delay.max),
      samples: delay.count,
      rssBytes: own.rss,
      heapBytes: own.heapUsed + sum((one) => one.used_heap_size),
      externalBytes: own.external + sum((one) => one.external_memory),
      cpuMicros: spent.user + spent.system,
      mainThreadCpuMicros: spentHere.user + spentHere.system,
    }
  }

  process.on('message', (message: { bench?: BenchQuestion; id?: number }) => {
    if (message.bench === undefined) return
    if (message.bench === 'watch') {
      delay.enable()
      delay.reset()
      cpu = process.cpuUsage()
      threadCpu = process.threadCpuUsage()
    }
    void report().then((answer) => process.send?.({ benchReply: message.id, answer }))
  })
  // The bench was killed: nobody else would end this console.
  process.once('disconnect', () => process.exit(1))
}

if (isMainThread && process.send !== undefined) watchMainThread()
