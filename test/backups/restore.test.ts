import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { presentIn } from '../../src-main/backups/present.ts'
import { finishRestore, restoreWorkspace } from '../../src-main/backups/restore.ts'
import { readStanding } from '../../src-main/backups/standing.ts'
import { restorePorts } from '../../src-main/engine/restore-ports.ts'
import { backupStore } from '../../src-main/store/backup.ts'
import { isKeyOf } from '../../src-main/store/page-proof.ts'
import { lockWorkspace } from '../../src-main/store/workspace-lock.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { createKeys, unsealKeys } from '../../src-main/vault/vault.ts'
import { newBackedUpStore, proveHere, proveUnder } from '../support/backups-bench.ts'
import { errorOf, rejectionOf } from '../support/error-code.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { idOf, temporaryFolder, testCall, writeSetting } from '../support/store-workspace.ts'

type RestoreOptions = Parameters<typeof restoreWorkspace>[0]

const person = idOf(500)

/** A workspace under a keychain, with a backup of before somebody was erased. */
const setUp = async () => {
  const dir = join(temporaryFolder(), 'ws')
  const keychain = memoryKeychain()
  const keys = await createKeys(dir, idOf(1), { backend: 'os-keychain', keychain })
  const store = newBackedUpStore(join(dir, 'store.db'), keys)
  const about = testCall(1, { actor: { accountId: person, sessionId: null, clientKind: 'test' } })
  runCommand(store, about, (tx) => {
    tx.about({ subjectId: person })
    return { result: null }
  })
  for (let number = 2; number < 60; number += 1) writeSetting(store, number, 'x'.repeat(20_000))
  const from = join(temporaryFolder(), 'one.backup')
  const proveChain = proveUnder(keys)
  await backupStore(store, { to: from, key: keys.storeKey, proveChain, now: 5 })
  runCommand(store, testCall(100, { name: 'test.erase' }), (tx) => {
    tx.eraseSubject(person)
    return { result: null }
  })
  store.stop()
  let ids = 900
  const options: RestoreOptions = {
    source: { kind: 'backup', path: from, keys },
    dir,
    protection: { backend: 'os-keychain', keychain },
    ...restorePorts,
    proveStore: proveHere,
    clock: { now: () => 1_800_000_000_000 },
    newId: () => idOf((ids += 1)),
    how: 'in-place',
    present: presentIn(dir, keys),
  }
  return { dir, keychain, keys, options }
}

describe('a restore into a new workspace', () => {
  test('has keys of its own, is quiet, and leaves the folder of the start alone', async () => {
    const { keychain, keys, options } = await setUp()
    const dir = join(temporaryFolder(), 'ws')
    mkdirSync(join(dir, 'logs'), { recursive: true, mode: 0o700 })
    const { keptAs } = await restoreWorkspace({ ...options, dir, how: 'new', present: null })
    expect(keptAs).toBeNull()
    expect(existsSync(join(dir, 'logs'))).toBe(true)
    expect(isKeyOf(join(dir, 'store.db'), keys.storeKey)).toBe(false)
    const found = await unsealKeys(dir, { keychain })
    const store = newBackedUpStore(join(dir, 'store.db'), found)
    expect(readStanding(store.reader)).toMatchObject({ kind: 'restored' })
    expect(proveUnder(found)(store.reader)).toMatchObject({ ok: true })
    store.stop()
  })

  test('is refused where something lies, and called off leaves nothing', async () => {
    const { dir, options } = await setUp()
    const taken = await rejectionOf(restoreWorkspace({ ...options, how: 'new' }))
    expect(taken.code).toBe('already-set-up')
    const other = join(temporaryFolder(), 'ws')
    const signal = AbortSignal.abort()
    const off = await rejectionOf(restoreWorkspace({ ...options, dir: other, how: 'new', signal }))
    expect(off.code).toBe('cancelled')
    expect(readdirSync(dirname(other))).toEqual([])
    expect(readdirSync(dirname(dir))).toEqual(['ws'])
  })
})

describe('a restore in place', () => {
  test('erases again who was erased since, and both workspaces open with their keys', async () => {
    const { dir, keychain, keys, options } = await setUp()
    const { keptAs, erasedAgain } = await restoreWorkspace(options)
    expect(erasedAgain).toBe(1)
    expect(readdirSync(dirname(dir)).toSorted()).toEqual(
      [dir, keptAs ?? ''].map((path) => path.slice(dirname(dir).length + 1)).toSorted(),
    )
    for (const folder of [dir, keptAs ?? '']) {
      const found = await unsealKeys(folder, { keychain })
      expect(found.storeKey.equals(keys.storeKey)).toBe(true)
      const store = newBackedUpStore(join(folder, 'store.db'), found)
      const row = store.reader
        .prepare<[string], { sealed: Buffer | null }>(
          'SELECT sealed FROM subject_key WHERE subject_id = ?',
        )
        .get(person)
      expect(row).toEqual({ sealed: null })
      // In its own place it stands alone, as it did.
      expect(readStanding(store.reader)).toBeNull()
      expect(proveUnder(found)(store.reader)).toMatchObject({ ok: true })
      store.stop()
    }
  })

  test('with other keys of the same workspace leaves those of the kept one in the keychain', async () => {
    const { dir, keychain, keys, options } = await setUp()
    const other = join(temporaryFolder(), 'ws')
    const others = await createKeys(other, idOf(1), {
      backend: 'os-keychain',
      keychain: memoryKeychain(),
    })
    const store = newBackedUpStore(join(other, 'store.db'), others)
    const from = join(temporaryFolder(), 'other.backup')
    const proveChain = proveUnder(others)
    await backupStore(store, { to: from, key: others.storeKey, proveChain, now: 5 })
    const { keptAs } = await restoreWorkspace({
      ...options,
      source: { kind: 'backup', path: from, keys: others },
    })
    const now = await unsealKeys(dir, { keychain })
    expect(now.storeKey.equals(others.storeKey)).toBe(true)
    const then = await unsealKeys(keptAs ?? '', { keychain })
    expect(then.storeKey.equals(keys.storeKey)).toBe(true)
  })

  test('of what nobody knows is quiet, and its own rows are told as what they are', async () => {
    const { dir, keys, options } = await setUp()
    const { erasedKnown } = await restoreWorkspace({ ...options, present: null })
    expect(erasedKnown).toBe(false)
    const store = newBackedUpStore(join(dir, 'store.db'), keys)
    expect(readStanding(store.reader)).toMatchObject({ kind: 'restored', from: 5 })
    const rows = store.reader
      .prepare<[], { name: string; category: string; severity: string }>(
        `SELECT name, category, severity FROM audit WHERE name LIKE 'backups.%'`,
      )
      .all()
    expect(rows).toEqual([{ name: 'backups.restored', category: 'system', severity: 'critical' }])
    store.stop()
  })

  test('onto a full disk leaves the old workspace and nothing else', async (test) => {
    const { options } = await setUp()
    const disk = mountSmallDisk(1)
    if (!disk.mounted) return test.skip(disk.why)
    const dir = join(disk.path, 'ws')
    const error = await rejectionOf(restoreWorkspace({ ...options, dir, how: 'new' }))
    expect(error.code).toBe('disk-full')
    expect(readdirSync(disk.path)).toEqual([])
    return undefined
  })

  test('that does not prove itself touches nothing', async () => {
    const { dir, options } = await setUp()
    const before = readFileSync(join(dir, 'store.db'))
    const failing = {
      ...options,
      proveStore: () => Promise.reject(new NocturneError('store-damaged')),
    }
    expect((await rejectionOf(restoreWorkspace(failing))).code).toBe('backup-damaged')
    expect(readFileSync(join(dir, 'store.db')).equals(before)).toBe(true)
    expect(existsSync(`${dir}.restoring`)).toBe(false)
    expect(readdirSync(dirname(dir))).toEqual(['ws'])
  })
})

describe('a restore that was killed before its last step', () => {
  test('is brought to its end by one start alone; another one waits for it', async () => {
    const { keychain, options } = await setUp()
    const dir = join(temporaryFolder(), 'ws')
    await restoreWorkspace({ ...options, dir, how: 'new', present: null })
    // As the kill leaves it, and as a start with a log finds it.
    renameSync(dir, `${dir}.restoring`)
    writeFileSync(join(`${dir}.restoring`, 'restored'), '')
    mkdirSync(join(dir, 'logs'), { recursive: true })
    const release = lockWorkspace(join(`${dir}.restoring`, 'store.db'))
    expect(errorOf(() => finishRestore(dir)).code).toBe('workspace-in-use')
    expect(readdirSync(dir)).toEqual(['logs'])
    release()
    expect(finishRestore(dir)).toBe(true)
    expect(finishRestore(dir)).toBe(false)
    expect(existsSync(`${dir}.restoring`)).toBe(false)
    const keys = await unsealKeys(dir, { keychain })
    newBackedUpStore(join(dir, 'store.db'), keys).stop()
  })
})
