import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PlantControl } from './control-schema.ts'
import type { OutsidePlant } from './outside/outside-plant.ts'
import type { PlantAddress } from './plant.ts'
import type { PlantPast } from './plant-past.ts'
import type { OltTruth } from './plant-truth.ts'

export interface PlantWorkerOptions {
  readonly scenarioPath: string
  readonly seed?: number
  /** Where its OLTs send traps; without it they send none. */
  readonly trapTarget?: { readonly host: string; readonly port: number }
  /** The worker's file, where it is not found by itself. */
  readonly entry?: string
  /** How long the plant may take to start and each request to be answered, ms. */
  readonly timeoutMs?: number
}

export interface PlantWorker {
  readonly olts: readonly PlantAddress[]
  /** Days of which `past` can tell; 0: none. */
  readonly pastDays: number
  control(message: PlantControl): Promise<void>
  truth(oltName: string): Promise<OltTruth>
  /** What would have been read at these moments before now; some at a time: it answers OLTs too. */
  past(oltName: string, times: readonly number[]): Promise<PlantPast>
  /** What lies between an OLT's ports and its ONUs, and where. */
  outside(oltName: string): Promise<OutsidePlant>
  /** Closes the ports and ends the thread; safe to call twice. */
  stop(): Promise<void>
}

interface Started {
  readonly olts: readonly PlantAddress[]
  readonly pastDays: number
}

type Answer =
  | { readonly type: 'ready'; readonly started: Started }
  | { readonly type: 'done'; readonly id: number; readonly value?: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string }

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** The start is answered under id 0. */
const startId = 0

/**
 * Starts a plant in a worker thread and waits until every OLT answers. Rejects with a plain Error
 * that says why: a bad scenario, a taken port, no answer in time.
 */
export const startPlantWorker = async (options: PlantWorkerOptions): Promise<PlantWorker> => {
  const timeoutMs = options.timeoutMs ?? 60_000
  const worker = new Worker(options.entry ?? findEntry(), {
    workerData: {
      scenario: options.scenarioPath,
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.trapTarget === undefined ? {} : { trapTarget: options.trapTarget }),
    },
  })
  const waiting = new Map<number, Waiting>()
  let nextId = startId
  let stopped: Promise<void> | undefined
  let ended = false

  const settle = (id: number, act: (entry: Waiting) => void): void => {
    const entry = waiting.get(id)
    if (!entry) return
    waiting.delete(id)
    clearTimeout(entry.timer)
    act(entry)
  }
  const failAll = (error: Error): void => {
    for (const id of waiting.keys()) settle(id, (entry) => entry.reject(error))
  }
  const expect = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => settle(id, (entry) => entry.reject(new Error('the simulated plant does not answer'))),
        timeoutMs,
      )
      waiting.set(id, { resolve, reject, timer })
    })
  const ask = async (request: Record<string, unknown>): Promise<unknown> => {
    if (ended) throw new Error('the simulated plant has ended')
    const id = ++nextId
    const answer = expect(id)
    worker.postMessage({ ...request, id }, [])
    return answer
  }

  worker.on('message', (answer: Answer) => {
    switch (answer.type) {
      case 'ready':
        return settle(startId, (entry) => entry.resolve(answer.started))
      case 'done':
        return settle(answer.id, (entry) => entry.resolve(answer.value))
      case 'failed':
        return settle(answer.id, (entry) => entry.reject(new Error(answer.reason)))
    }
  })
  worker.on('error', (error) => failAll(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => {
    ended = true
    failAll(new Error('the simulated plant has ended'))
  })

  const end = async (): Promise<void> => {
    await ask({ type: 'stop' }).catch(() => undefined)
    await worker.terminate()
  }
  const stop = (): Promise<void> => (stopped ??= end())

  try {
    const { olts, pastDays } = (await expect(startId)) as Started
    return {
      olts,
      pastDays,
      control: async (message) => {
        await ask({ type: 'control', message })
      },
      truth: async (oltName) => (await ask({ type: 'truth', olt: oltName })) as OltTruth,
      past: async (oltName, times) =>
        (await ask({ type: 'past', olt: oltName, times: [...times] })) as PlantPast,
      outside: async (oltName) => (await ask({ type: 'outside', olt: oltName })) as OutsidePlant,
      stop,
    }
  } catch (error) {
    await worker.terminate()
    throw error
  }
}

/** Next to this file in the source tree; beside it or one folder up in the bundle. */
const findEntry = (): string => {
  const here = import.meta.dirname
  const candidates = ['plant-worker.ts', 'plant-worker.js', '../plant-worker.js']
  const found = candidates.map((name) => join(here, name)).find((path) => existsSync(path))
  if (!found) throw new Error('the file of the simulated plant is missing: plant-worker')
  return found
}
