import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { backupStore } from '../../src-main/store/backup.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import {
  auditKey,
  newFreshStore,
  putSetting,
  storeKey,
  temporaryFolder,
  testCall,
} from '../support/store-workspace.ts'

const canary = 'CANARY-c0mmunity-4711'

const filesWithCanary = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      return bytes.includes(canary) || bytes.includes(Buffer.from(canary, 'utf16le'))
    })
    .map((entry) => entry.name)

test('the search finds the canary in a plaintext database (the test can fail)', () => {
  const folder = temporaryFolder()
  const plain = new sqlite(join(folder, 'plain.db'))
  plain.exec(`CREATE TABLE t (a); INSERT INTO t VALUES ('${canary}')`)
  plain.close()
  expect(filesWithCanary(folder)).toEqual(['plain.db'])
})

test('canary text is in no byte of db, WAL, shm, lock or backup', async () => {
  const store = newFreshStore()
  const folder = dirname(store.path)
  for (let number = 1; number <= 300; number += 1) {
    const call = testCall(number, { name: canary, auditInput: { text: canary, number } })
    runCommand(store, call, (transaction) => {
      putSetting(transaction, number, canary.repeat(50))
      return { result: canary }
    })
  }
  // Sorting this much is what SQLite would use a temporary file for.
  store.reader.prepare('SELECT value FROM setting ORDER BY value || key DESC').all()
  expect(readdirSync(folder).toSorted()).toEqual([
    'checkpoints.jsonl',
    'store.db',
    'store.db-lock',
    'store.db-shm',
    'store.db-wal',
  ])
  expect(readFileSync(`${store.path}-wal`).length).toBeGreaterThan(100_000)
  expect(filesWithCanary(folder)).toEqual([])

  const backups = temporaryFolder()
  const seenMeanwhile = new Set<string>()
  await backupStore(store, {
    to: join(backups, 'one.backup'),
    key: storeKey,
    proveChain: (reader) => {
      // The half-made copy lies on the disk now.
      for (const name of readdirSync(backups)) seenMeanwhile.add(name)
      expect(filesWithCanary(backups)).toEqual([])
      return verifyAudit(reader, auditKey)
    },
    now: 1,
  })
  expect(seenMeanwhile).toContain('one.backup.db-part')
  expect(readdirSync(backups)).toEqual(['one.backup'])
  expect(filesWithCanary(backups)).toEqual([])

  store.stop()
  expect(filesWithCanary(folder)).toEqual([])
  expect(readFileSync(store.path).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
})
