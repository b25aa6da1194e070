import { writeSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { isNocturneError } from '../../src-shared/errors.ts'
import { openOsKeychain } from '../../src-main/vault/os-keychain.ts'
import { createKeys, inspectWorkspace, unsealKeys } from '../../src-main/vault/vault.ts'

/**
 * One step with the machine's real keychain, in the environment it was given; prints one JSON
 * line. Keys are shown as their hash only.
 */
const [step = '', dir = '', workspaceId = ''] = process.argv.slice(2)

const run = async (): Promise<Record<string, unknown>> => {
  const keychain = await openOsKeychain({ probeTimeoutMs: 2_000, callTimeoutMs: 10_000 })
  if (step === 'open') return { kind: keychain.kind }
  if (step === 'inspect') return { ...inspectWorkspace(dir, keychain) }
  if (step === 'forget') {
    return { deleted: await keychain.delete(`workspace/${workspaceId}`) }
  }
  const keys =
    step === 'create'
      ? await createKeys(dir, workspaceId, { backend: 'os-keychain', keychain })
      : await unsealKeys(dir, { keychain })
  const hash = createHash('sha256').update(keys.storeKey).update(keys.vaultKey).digest('hex')
  keys.wipe()
  return { hash }
}

const print = (line: string) => writeSync(1, `${line}\n`)

try {
  print(JSON.stringify(await run()))
} catch (error) {
  print(JSON.stringify({ code: isNocturneError(error) ? error.code : String(error) }))
}
// Not left to the event loop: the test is that the process can end.
process.exit(0)
