import { benchPoll } from './poll.ts'
import { benchStart } from './start.ts'
import { benchTable } from './table.ts'

/**
 * `npm run bench -- <name> [--json]`: one benchmark. Prints what it measured as ratios against a
 * named peer of the same run; with --json one last line {"bench","peer","figures"}.
 */
export interface BenchResult {
  readonly peer: string
  readonly figures: Readonly<Record<string, number>>
  /** Lines for people. */
  readonly notes: readonly string[]
}

const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  poll: benchPoll,
  table: benchTable,
  start: benchStart,
}

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const bench = benches[names[0] ?? '']
if (bench === undefined) {
  process.stderr.write(`usage: npm run bench -- <${Object.keys(benches).join('|')}> [--json]\n`)
  process.exit(2)
}
const { peer, figures, notes } = await bench()
for (const note of notes) console.log(note)
for (const [name, value] of Object.entries(figures)) console.log(`${name.padEnd(24)} ${value}`)
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ bench: names[0], peer, figures }))
}
process.exit(0)
