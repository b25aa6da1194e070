import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RestorePorts } from '../../src-main/backups/restore.ts'
import { packWorkspace, type PackOptions } from '../../src-main/backups/transfer/pack.ts'
import { openTransfer, transferHead } from '../../src-main/backups/transfer/read-transfer.ts'
import { restorePorts } from '../../src-main/engine/restore-ports.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { makeRecoveryKey } from '../../src-main/vault/recovery-key.ts'
import { makeKeys, type WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { newBackedUpStore, proveHere } from './backups-bench.ts'
import { days, monday, onuCycle, openTestHistory } from './history-folder.ts'
import { idOf, temporaryFolder, testCall } from './store-workspace.ts'

/** A workspace on the disk, closed, and its transfer file: without an engine and without argon2. */

export const erasedPerson = idOf(500)
const profile = 'id: my-olt\nname: Ours\n'

/** Store, two days of history, an own family, a map of some pieces; and what must not travel. */
export const makeClosedWorkspace = (
  keys: WorkspaceKeys = makeKeys(idOf(1)),
  mapBytes = 3_500_000,
): { readonly dir: string; readonly keys: WorkspaceKeys; readonly map: Buffer } => {
  const dir = join(temporaryFolder(), 'ws')
  const store = newBackedUpStore(join(dir, 'store.db'), keys)
  const about = testCall(1, {
    actor: { accountId: erasedPerson, sessionId: null, clientKind: 'test' },
  })
  runCommand(store, about, (tx) => {
    tx.about({ subjectId: erasedPerson })
    return { result: null }
  })
  store.stop()
  const { history } = openTestHistory({ folder: join(dir, 'history'), key: keys.historyKey })
  for (const at of [monday, monday + days]) {
    history.append(onuCycle(at, { state: Uint8Array.of(1) }))
  }
  history.stop()
  const map = randomBytes(mapBytes)
  const put = (path: string, content: Buffer | string): void => {
    mkdirSync(join(dir, path, '..'), { recursive: true, mode: 0o700 })
    writeFileSync(join(dir, path), content, { mode: 0o600 })
  }
  put('olt-families/my-olt/profile.yaml', profile)
  put('map/map-1.pmtiles', map)
  for (const left of ['logs/engine.log', 'backups/old.backup', 'exports/x.csv', 'last-known.bin']) {
    put(left, 'not to travel')
  }
  return { dir, keys, map }
}

export const packInto = async (
  workspace: { readonly dir: string; readonly keys: WorkspaceKeys },
  more: Partial<PackOptions> = {},
): Promise<{ readonly to: string; readonly typed: string; readonly id: string }> => {
  const { secret, text } = makeRecoveryKey()
  const id = more.id ?? idOf(Math.floor(Math.random() * 1e9))
  const to = more.to ?? join(temporaryFolder(), 'one.transfer')
  await packWorkspace({
    dir: workspace.dir,
    keys: workspace.keys,
    act: 'move',
    name: 'Rumah',
    appVersion: '1.2.3',
    at: 1_800_000_000_000,
    lock: { kind: 'one-time-key', secret },
    typed: text,
    prove: proveHere,
    ...more,
    to,
    id,
  })
  return { to, typed: more.typed ?? text, id }
}

export const openedFile = async (path: string, typed: string) => {
  const head = transferHead(path)
  if (head === null) throw new Error('no transfer file')
  return openTransfer(path, head, typed)
}

let ids = 70_000

export const transferPorts: RestorePorts = {
  ...restorePorts,
  proveStore: proveHere,
  clock: { now: () => 1_800_000_100_000 },
  newId: () => idOf((ids += 1)),
}
