import { writeSync } from 'node:fs'
import { openHistory } from '../../src-main/history/history.ts'
import { killCycle, killedOnus } from './kill-cycles.ts'

/**
 * Appends one cycle after the other, with all the work that is due, until it is killed; says each
 * one's number once append has returned. Arguments: folder, first number. Key: environment.
 */
const [folder = '', first = '1'] = process.argv.slice(2)
/** An upper bound, so that a forgotten child ends. */
const most = 3_000

let now = 0
const history = openHistory({
  folder,
  key: Buffer.from(process.env['HISTORY_KEY'] ?? '', 'hex'),
  clock: { now: () => now, monotonic: () => performance.now() },
})
for (let number = Number(first); number < Number(first) + most; number += 1) {
  const cycle = killCycle(number, killedOnus)
  now = cycle.at
  history.append(cycle)
  writeSync(1, `${number}\n`)
  // In steps, so that kills fall between them and into each.
  while (history.work(1));
}
history.stop()
