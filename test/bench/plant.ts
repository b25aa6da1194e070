import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export interface BenchOlt {
  readonly oltName: string
  readonly family: string
  readonly host: string
  readonly port: number
  readonly community: string
  readonly onus: number
}

export interface BenchPlant {
  readonly olts: readonly BenchOlt[]
  readonly onus: number
  /** What the plant's process uses now. */
  usage(): Promise<{ rssBytes: number; cpuMicros: number }>
  stop(): Promise<void>
}

/** The simulated plant in a process of its own; ends with this one. */
export const startBenchPlant = async (scenario = 'bench.yaml'): Promise<BenchPlant> => {
  const child = spawn(
    process.execPath,
    [
      join(root, 'src-main/simulator/plant-process.ts'),
      '--scenario',
      join(root, 'assets/scenarios', scenario),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async <Value>(): Promise<Value> => {
    const line = await lines.next()
    if (line.done === true) throw new Error('the plant ended')
    return JSON.parse(line.value) as Value
  }
  const { olts, onus } = await next<{ olts: BenchOlt[]; onus: number }>()
  return {
    olts,
    onus,
    usage() {
      child.stdin.write('usage\n')
      return next()
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.stdin.end()
      }),
  }
}
