import { parseArgs } from 'node:util'
import { createPlant } from './plant.ts'
import { loadScenario } from './scenario-load.ts'

/**
 * A plant in a process of its own, for benches and for tests that must not share a core's heap:
 *   node src-main/simulator/plant-process.ts --scenario assets/scenarios/bench.yaml [--seed N]
 * Prints one JSON line {"olts":[…],"onus":N,"rssBytes":N}; after each line on stdin another
 * {"rssBytes":N,"cpuMicros":N}. Ends when stdin closes or on SIGTERM.
 */
const { values } = parseArgs({
  options: { scenario: { type: 'string' }, seed: { type: 'string' } },
})

const usage = () => {
  const { user, system } = process.cpuUsage()
  return { rssBytes: process.memoryUsage.rss(), cpuMicros: user + system }
}
const print = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

const run = async (): Promise<void> => {
  if (!values.scenario) throw new Error('--scenario is missing')
  const plant = createPlant({
    scenario: loadScenario(values.scenario),
    clock: { now: Date.now },
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  })
  const olts = await plant.start()
  const end = (): void => {
    void plant.stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.stdin.on('data', () => print(usage()))
  process.stdin.on('end', end)
  print({ olts, onus: olts.reduce((sum, olt) => sum + olt.onus, 0), ...usage() })
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
