import { writeSync } from 'node:fs'
import { openPlantWorkspace, until } from './plant-workspace.ts'

/**
 * A whole engine that polls a small plant as fast as it can, and says each status walk (OLT, time)
 * that people can see, until it is killed. Argument: the workspace's folder.
 */
const [dir = ''] = process.argv.slice(2)
/** An upper bound, so that a forgotten child ends. */
const mostWalks = 2_000

const one = await openPlantWorkspace(dir)
one.workspace.begin()
const said = new Map<string, number>()
for (let walk = 0; walk < mostWalks; walk++) {
  await one.pollNow('status')
  await until(async () => {
    let news = false
    for (const { id, statusAt } of await one.olts()) {
      if (statusAt === null || said.get(id) === statusAt) continue
      said.set(id, statusAt)
      writeSync(1, `${id} ${statusAt}\n`)
      news = true
    }
    return news
  })
  // As in a network, where a minute lies between two walks of an OLT: the disk has kept up.
  await until(async () => (await one.ask('history.status', {})).waiting === 0)
}
await one.stop()
