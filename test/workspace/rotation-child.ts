import { writeSync } from 'node:fs'
import { noKeychain } from '../../src-main/vault/keychain.ts'
import { rotateKeys } from '../../src-main/workspace/rotation.ts'
import { proveUnder } from '../support/backups-bench.ts'
import { folderKeychain } from '../support/keychain-folder.ts'

/** Rotates the keys of a workspace and stands still at the step it was told, to be killed there. */
const [dir = '', at = '', entries] = process.argv.slice(2)

const keys = await rotateKeys({
  dir,
  keychain: entries === undefined ? noKeychain('the test has none') : folderKeychain(entries),
  ...(entries === undefined ? { passphrase: process.env['PASSPHRASE'] ?? '' } : {}),
  now: 1,
  proveChain: proveUnder,
  onStep: (step) => {
    if (step !== at) return
    writeSync(1, `${step}\n`)
    // An upper bound, so that a forgotten child ends.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
  },
})
keys.wipe()
writeSync(1, 'done\n')
