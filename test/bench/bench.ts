import { benchAlarms } from './alarms.ts'
import { benchBatch } from './batch.ts'
import { benchBilling } from './billing.ts'
import { benchPoll } from './poll.ts'
import { benchGovernor } from './governor.ts'
import { benchHistory } from './history.ts'
import { benchSearch } from './search.ts'
import { benchStart } from './start.ts'
import { benchTable } from './table.ts'
import { benchTickets } from './tickets.ts'
import { benchVerdict } from './verdict.ts'

/**
 * `npm run bench -- <name> [--json]`: one benchmark. Prints what it measured as ratios against a
 * named peer of the same run; with --json one last line {"bench","peer","figures"}.
 * --quick: smaller, to try it, where a bench has such a size (billing).
 */
export interface BenchResult {
  readonly peer: string
  readonly figures: Readonly<Record<string, number>>
  /** Lines for people. */
  readonly notes: readonly string[]
}

/** What a bench starts it defers on the stack: processes and folders go, however it ends. */
export type Bench = (stack: AsyncDisposableStack) => Promise<BenchResult>

const benches: Readonly<Record<string, Bench>> = {
  alarms: benchAlarms,
  batch: benchBatch,
  billing: benchBilling,
  poll: benchPoll,
  table: benchTable,
  tickets: benchTickets,
  start: benchStart,
  governor: benchGovernor,
  history: benchHistory,
  search: benchSearch,
  verdict: benchVerdict,
}

/** A signal has ended the bench: what fails from then on fails because of it. */
let interrupted: Promise<void> | null = null

const run = async (): Promise<number> => {
  const words = process.argv.slice(2)
  const names = words.filter((word) => !word.startsWith('--'))
  const name = names[0] ?? ''
  const options = words.filter((word) => word.startsWith('--'))
  if (
    names.length !== 1 ||
    !Object.hasOwn(benches, name) ||
    options.some((option) => option !== '--json' && option !== '--quick')
  ) {
    process.stderr.write(
      `usage: npm run bench -- <${Object.keys(benches).join('|')}> [--json] [--quick]\n`,
    )
    return 2
  }
  await using stack = new AsyncDisposableStack()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interrupted ??= stack.disposeAsync()
      void interrupted.finally(() => process.exit(1))
    })
  }
  const { peer, figures, notes } = await benches[name]!(stack)
  for (const note of notes) console.log(note)
  for (const [figure, value] of Object.entries(figures)) {
    console.log(`${figure.padEnd(24)} ${value}`)
  }
  if (options.includes('--json')) console.log(JSON.stringify({ bench: name, peer, figures }))
  return 0
}

try {
  process.exit(await run())
} catch (error) {
  if (interrupted !== null) await interrupted
  process.stderr.write(`bench: ${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
}
