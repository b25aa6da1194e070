import { join } from 'node:path'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { openTerminalSession } from '../../src-main/terminal/session.ts'
import { root, type BenchOlt } from './plant.ts'

/** Makes a workspace (argv[2]) with an owner and the OLTs given as JSON on standard input. */

let text = ''
for await (const chunk of process.stdin) text += String(chunk)
const { owner, olts } = JSON.parse(text) as {
  owner: { name: string; password: string }
  olts: BenchOlt[]
}
const session = await openTerminalSession({
  workspaceDir: process.argv[2] ?? '',
  families: loadFamilies(join(root, 'assets', 'olt-families')),
})
await session.command('workspace.create', { ownerName: owner.name, password: owner.password })
for (const { oltName, host, port, community } of olts) {
  // Light too, also where the family would leave it: the fullest load.
  const opticsPolling = 'on'
  await session.command('network.addOlt', { name: oltName, host, port, community, opticsPolling })
}
await session.stop()
process.exit(0)
