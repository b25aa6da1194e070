import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { proveDatabase } from '../../src-main/store/backup.ts'
import { openConnection, prepareForWriting } from '../../src-main/store/connection.ts'
import {
  newTestStore,
  openTestStore,
  storeKey,
  temporaryFolder,
  writeSetting,
} from '../support/store-workspace.ts'
import { errorOf } from '../support/error-code.ts'

/**
 * Each guard of the store's handles by itself: behind another one it would not be missed
 * (scripts/sabotage.mjs found these).
 */

const closedStore = (): string => {
  const store = newTestStore()
  writeSetting(store, 1)
  store.stop()
  return store.path
}

const opened = (path: string, readonly: boolean) =>
  openConnection({ path, key: storeKey, readonly })

test('the reading handle is read-only as a file, whatever it is asked', () => {
  const connection = opened(closedStore(), true)
  connection.pragma('query_only = OFF')
  expect(() => connection.exec('DELETE FROM setting')).toThrow(/readonly/u)
  connection.close()
})

test('every handle has the settings that the store relies on', () => {
  const path = closedStore()
  const reading = opened(path, true)
  expect(reading.pragma('query_only', { simple: true })).toBe(1)
  reading.close()
  const writing = opened(path, false)
  prepareForWriting(writing)
  const settings = {
    query_only: 0,
    trusted_schema: 0,
    cell_size_check: 1,
    temp_store: 2,
    foreign_keys: 1,
    recursive_triggers: 1,
    secure_delete: 1,
    synchronous: 2,
    journal_mode: 'wal',
  }
  for (const [name, value] of Object.entries(settings)) {
    expect(writing.pragma(name, { simple: true }), name).toBe(value)
  }
  writing.close()
})

test('a row of the audit trail is neither changed, deleted nor replaced', () => {
  const connection = opened(closedStore(), false)
  for (const sql of [
    `UPDATE audit SET name = 'other'`,
    'DELETE FROM audit',
    'INSERT OR REPLACE INTO audit SELECT * FROM audit',
  ]) {
    expect(() => connection.exec(sql), sql).toThrow('audit is append-only')
  }
  connection.close()
})

test('a link beside the store is not followed', () => {
  const path = closedStore()
  const elsewhere = join(temporaryFolder(), 'elsewhere')
  writeFileSync(elsewhere, '')
  symlinkSync(elsewhere, `${path}-wal`)
  expect(errorOf(() => openTestStore(path)).code).toBe('permission-denied')
})

test('a copy is proved page by page, those too that nothing else reads', () => {
  const path = closedStore()
  const proof = { key: storeKey, proveChain: () => ({ ok: true }) as const }
  expect(() => proveDatabase(path, proof)).not.toThrow()
  const bytes = readFileSync(path)
  const last = bytes.length - 2_000
  bytes[last] = (bytes[last] ?? 0) ^ 1
  writeFileSync(path, bytes)
  expect(() => proveDatabase(path, proof)).toThrow()
})
