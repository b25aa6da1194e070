import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { hashFile, readBackupHeader, writeBackupFile } from '../../src-main/store/backup-file.ts'
import { backupStore, restoreBackup, verifyBackup } from '../../src-main/store/backup.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import { rejectionOf } from '../support/error-code.ts'
import {
  auditKey,
  countOf,
  keyOf,
  newTestStore,
  openTestStore,
  rawConnection,
  storeKey,
  temporaryFolder,
  writeSetting,
} from '../support/store-workspace.ts'

const proveChain = (reader: StoreReader) => verifyAudit(reader, auditKey)
const known = { key: storeKey, proveChain }

const filledStore = (): Store => {
  const store = newTestStore()
  for (let number = 1; number <= 60; number += 1) writeSetting(store, number, 'x'.repeat(1000))
  return store
}

const backedUp = async (store = filledStore()): Promise<string> => {
  const to = join(temporaryFolder(), 'one.backup')
  await backupStore(store, { ...known, to, now: 123 })
  return to
}

const freshPlace = () => join(temporaryFolder(), 'restored', 'store.db')

const nothingLeft = (to: string) => {
  const left = existsSync(dirname(to)) ? readdirSync(dirname(to)) : []
  expect(left.filter((name) => !name.endsWith('-lock'))).toEqual([])
}

describe('a backup is refused', () => {
  test('over a file that exists, which stays as it is', async () => {
    const to = join(temporaryFolder(), 'one.backup')
    writeFileSync(to, 'precious')
    const error = await rejectionOf(backupStore(filledStore(), { ...known, to, now: 1 }))
    expect(error.code).toBe('conflict')
    expect(readFileSync(to, 'utf8')).toBe('precious')
  })

  test('when the copy does not prove its audit chain, leaving nothing', async () => {
    const to = join(temporaryFolder(), 'one.backup')
    const lying = { key: storeKey, proveChain: () => ({ ok: false }) }
    const error = await rejectionOf(backupStore(filledStore(), { ...lying, to, now: 1 }))
    expect(error.code).toBe('store-damaged')
    expect(readdirSync(dirname(to))).toEqual([])
  })

  test('when it is cancelled, leaving nothing', async () => {
    const to = join(temporaryFolder(), 'one.backup')
    const signal = AbortSignal.abort()
    const error = await rejectionOf(backupStore(filledStore(), { ...known, to, now: 1, signal }))
    expect(error.code).toBe('cancelled')
    expect(readdirSync(dirname(to))).toEqual([])
  })
})

describe('a restore is refused, and leaves no half file,', () => {
  test('with a wrong key', async () => {
    const from = await backedUp()
    const to = freshPlace()
    const wrong = { key: keyOf('wrong'), proveChain }
    expect((await rejectionOf(restoreBackup({ ...wrong, from, to }))).code).toBe('store-wrong-key')
    nothingLeft(to)
  })

  test('from a newer version', async () => {
    const store = filledStore()
    store.stop()
    rawConnection(store.path).pragma('user_version = 9990')
    const raw = rawConnection(store.path)
    const folder = temporaryFolder()
    const copy = join(folder, 'copy.db')
    raw.prepare('VACUUM INTO ?').run(copy)
    const good = await backedUp()
    const header = await readBackupHeader(good)
    const from = join(folder, 'newer.backup')
    writeFileSync(from, '')
    const databaseBytes = statSync(copy).size
    const databaseSha256 = await hashFile(copy)
    await writeBackupFile(from, { ...header, databaseBytes, databaseSha256 }, copy)
    const to = freshPlace()
    const error = await rejectionOf(restoreBackup({ ...known, from, to }))
    expect(error.code).toBe('store-from-newer-version')
    nothingLeft(to)
  })

  test('when bytes of it were changed, cut off or added', async () => {
    const good = await backedUp()
    const bytes = readFileSync(good)
    const changed = (at: number) => {
      const copy = Buffer.from(bytes)
      copy[at] = (copy[at] ?? 0) ^ 1
      return copy
    }
    const broken = [
      changed(0),
      changed(19),
      changed(40),
      changed(bytes.length - 1),
      changed(Math.floor(bytes.length / 2)),
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(0, 10),
      Buffer.concat([bytes, Buffer.of(0)]),
      Buffer.alloc(0),
    ]
    for (const [index, content] of broken.entries()) {
      const from = join(temporaryFolder(), `broken-${index}.backup`)
      writeFileSync(from, content)
      const to = freshPlace()
      expect((await rejectionOf(restoreBackup({ ...known, from, to }))).code).toBe('store-damaged')
      nothingLeft(to)
      expect((await rejectionOf(verifyBackup({ ...known, from }))).code).toBe('store-damaged')
      expect(readdirSync(dirname(from))).toEqual([`broken-${index}.backup`])
    }
  })

  test('over a store that is there, open or not', async () => {
    const from = await backedUp()
    const other = filledStore()
    const restore = () => rejectionOf(restoreBackup({ ...known, from, to: other.path }))
    expect((await restore()).code).toBe('workspace-in-use')
    other.stop()
    const before = readFileSync(other.path)
    expect((await restore()).code).toBe('already-set-up')
    expect(readFileSync(other.path).equals(before)).toBe(true)
  })
})

describe('a backup', () => {
  test('holds what was committed when it was made, and restores it elsewhere', async () => {
    const store = filledStore()
    const from = await backedUp(store)
    writeSetting(store, 1000)
    const header = await verifyBackup({ ...known, from })
    expect(header).toMatchObject({ format: 1, createdAt: 123, schemaVersion: store.schemaVersion })
    expect(header.keyEnvelope).toBeNull()
    expect(readdirSync(dirname(from))).toEqual(['one.backup'])

    const to = freshPlace()
    await restoreBackup({ ...known, from, to })
    const restored = openTestStore(to)
    expect(countOf(restored, 'setting')).toBe(60)
    expect(verifyAudit(restored.reader, auditKey)).toMatchObject({ ok: true, rows: 60 })
    writeSetting(restored, 61)
    expect(countOf(restored, 'setting')).toBe(61)
    expect(countOf(store, 'setting')).toBe(61)
  })

  test.runIf(process.platform !== 'win32')(
    'is for its owner alone, and so is what it restores',
    async () => {
      const store = filledStore()
      chmodSync(dirname(store.path), 0o755)
      const from = await backedUp(store)
      expect(statSync(from).mode & 0o777).toBe(0o600)
      const to = freshPlace()
      await restoreBackup({ ...known, from, to })
      expect(statSync(to).mode & 0o777).toBe(0o600)
      expect(statSync(dirname(to)).mode & 0o777).toBe(0o700)
    },
  )

  test('carries an envelope of keys as it was given', async () => {
    const to = join(temporaryFolder(), 'one.backup')
    const keyEnvelope = { format: 1, wrapped: 'AAAA' }
    await backupStore(filledStore(), { ...known, to, now: 1, keyEnvelope })
    expect((await readBackupHeader(to)).keyEnvelope).toEqual(keyEnvelope)
  })
})
