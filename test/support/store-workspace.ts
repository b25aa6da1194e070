import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sqlite from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { openStore } from '../../src-main/store/open-store.ts'
import type { OpenStoreOptions, Store } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { CommandCall, CommandRun, Transaction } from '../../src-main/store/write-path.ts'
import { placeMigratedStore } from './migrated-store.ts'

/** Fixed keys and workspaces in temporary folders that go with the test. */

export const keyOf = (name: string): Buffer => createHash('sha256').update(name).digest()

export const storeKey: Buffer = keyOf('store key of the tests')
export const auditKey: Buffer = keyOf('audit key of the tests')

export const auditDetailKey: Buffer = keyOf('audit detail key of the tests')

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Made from nothing, each migration run: as the console makes it. */
export const openFreshStore = (path: string, options: Partial<OpenStoreOptions> = {}): Store => {
  const store = openStore({
    path,
    key: storeKey,
    auditKey,
    auditDetailKey,
    clock: { now: () => 1_800_000_000_000 },
    ...options,
  })
  onTestFinished(store.stop)
  return store
}

/** The same, but a copy of one that was made before where neither a store stands nor more is said. */
export const openTestStore = (path: string, options: Partial<OpenStoreOptions> = {}): Store => {
  const { key, migrations } = options
  if (key === undefined && migrations === undefined) placeMigratedStore(path, storeKey)
  return openFreshStore(path, options)
}

export const newFreshStore = (): Store => openFreshStore(join(temporaryFolder(), 'ws', 'store.db'))
export const newTestStore = (): Store => openTestStore(join(temporaryFolder(), 'ws', 'store.db'))

/** UUIDs that differ by their number, in a form that passes every check. */
export const idOf = (number: number): string =>
  `01900000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`

export const systemActor = { accountId: null, sessionId: null, clientKind: 'test' } as const

export const testCall = (number: number, call: Partial<CommandCall> = {}): CommandCall => ({
  commandId: idOf(number),
  name: 'test.setting',
  actor: systemActor,
  auditInput: { number },
  at: 1_800_000_000_000 + number,
  ...call,
})

const insertSetting = `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)`

export const writeSetting = (
  store: Store,
  number: number,
  value: unknown = number,
): CommandRun<{ readonly number: number }> =>
  runCommand(store, testCall(number), (transaction) => {
    putSetting(transaction, number, value)
    return { result: { number } }
  })

export const putSetting = (transaction: Transaction, number: number, value: unknown): void => {
  transaction.run(insertSetting, `key-${number}`, JSON.stringify(value), number)
  transaction.change({
    entity: 'setting',
    entityId: `key-${number}`,
    kind: 'created',
    version: 1,
    data: { number },
  })
}

export const countOf = (store: Store, table: string): number =>
  store.reader.prepare<[], { count: number }>(`SELECT count(*) AS count FROM ${table}`).get()
    ?.count ?? -1

/**
 * A connection past all guards, as an attacker with the key has it. Opened the standard way of
 * SQLCipher (PRAGMA key with a raw key), which also shows that the file is in that format.
 */
export const rawConnection = (path: string, key: Buffer = storeKey): sqlite.Database => {
  const connection = new sqlite(path)
  connection.pragma("cipher = 'sqlcipher'")
  connection.pragma('legacy = 4')
  connection.pragma(`key = "x'${key.toString('hex')}'"`)
  onTestFinished(() => {
    connection.close()
  })
  return connection
}
