import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { restoreWorkspace, type RestoreOptions } from '../../src-main/backups/restore.ts'
import { backupStore } from '../../src-main/store/backup.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { createKeys, unsealKeys } from '../../src-main/vault/vault.ts'
import { newBackedUpStore, proveUnder } from '../support/backups-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { idOf, temporaryFolder, testCall, writeSetting } from '../support/store-workspace.ts'

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
    from,
    keys,
    dir,
    protection: { backend: 'os-keychain', keychain },
    proveChain: proveUnder,
    clock: { now: () => 1_800_000_000_000 },
    newId: () => idOf((ids += 1)),
    how: 'in-place',
    presentKeys: keys,
  }
  return { dir, keychain, keys, options }
}

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
    const { keptAs } = await restoreWorkspace({ ...options, from, keys: others })
    const now = await unsealKeys(dir, { keychain })
    expect(now.storeKey.equals(others.storeKey)).toBe(true)
    const then = await unsealKeys(keptAs ?? '', { keychain })
    expect(then.storeKey.equals(keys.storeKey)).toBe(true)
  })

  test('onto a full disk leaves the old workspace and nothing else', async (test) => {
    const { keys, options } = await setUp()
    const disk = mountSmallDisk(1)
    if (!disk.mounted) return test.skip(disk.why)
    const dir = join(disk.path, 'ws')
    const error = await rejectionOf(restoreWorkspace({ ...options, dir, keys, how: 'new' }))
    expect(error.code).toBe('disk-full')
    expect(readdirSync(disk.path)).toEqual([])
    return undefined
  })

  test('that does not prove itself touches nothing', async () => {
    const { dir, options } = await setUp()
    const before = readFileSync(join(dir, 'store.db'))
    const failing = { ...options, proveChain: () => () => ({ ok: false }) }
    expect((await rejectionOf(restoreWorkspace(failing))).code).toBe('backup-damaged')
    expect(readFileSync(join(dir, 'store.db')).equals(before)).toBe(true)
    expect(existsSync(`${dir}.restoring`)).toBe(false)
    expect(readdirSync(dirname(dir))).toEqual(['ws'])
  })
})
