import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { openRegistry } from '../../src-main/workspace/registry.ts'
import { wipeWorkspace } from '../../src-main/workspace/wipe.ts'
import { fileKeychain } from '../support/file-keychain.ts'

/** Wipes a workspace and stands still at the step it was told, to be killed there. */
const [home = '', dir = '', at = ''] = process.argv.slice(2)
const now = () => 1
const registry = openRegistry({ home, first: dir, now, newId: randomUUID })
const entry = registry.byDir(dir)
if (entry === null) throw new Error('no such workspace')

await wipeWorkspace(
  {
    dir,
    registry,
    keychain: fileKeychain(join(home, 'keychain')),
    onStep: (step) => {
      if (step !== at) return
      writeSync(1, `${step}\n`)
      // An upper bound, so that a forgotten child ends.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
    },
  },
  {
    id: entry.id,
    workspaceId: entry.workspaceId,
    name: entry.name,
    at: 5,
    by: 'account-1',
    backupsFolder: null,
  },
)
writeSync(1, 'done\n')
