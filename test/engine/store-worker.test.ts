import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyInThread, proveInThread } from '../../src-main/engine/start-store-worker.ts'
import { createPrivateFile } from '../../src-main/store/workspace-files.ts'
import { keysFromPair, makeKeys, pairFromKeys } from '../../src-main/vault/workspace-keys.ts'
import { backupKeys, createBackupsBench, newBackedUpStore } from '../support/backups-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf, temporaryFolder, writeSetting } from '../support/store-workspace.ts'

test('a store is copied and proved in another thread while this one writes into it', async () => {
  const store = newBackedUpStore()
  for (let number = 1; number < 100; number += 1) writeSetting(store, number, 'x'.repeat(10_000))
  const to = join(temporaryFolder(), 'copy.db')
  createPrivateFile(to)
  const state = { isDone: false }
  const copying = copyInThread(store.path, backupKeys, to, undefined).finally(() => {
    state.isDone = true
  })
  let written = 0
  while (!state.isDone) {
    writeSetting(store, 1000 + (written += 1))
    await new Promise((next) => setImmediate(next))
  }
  await copying
  expect(written).toBeGreaterThan(1)
  // One state of it, whichever, and as encrypted as the store itself.
  const { auditRows } = await proveInThread(to, backupKeys, undefined)
  expect(auditRows).toBeGreaterThanOrEqual(99)
  expect(auditRows).toBeLessThanOrEqual(99 + written)
  expect(readFileSync(to).includes('SQLite format 3')).toBe(false)
})

test('what goes wrong there is told here by its code, and called off it lets go of its files', async () => {
  const store = newBackedUpStore()
  writeSetting(store, 1)
  store.stop()
  const others = makeKeys(idOf(7))
  expect((await rejectionOf(proveInThread(store.path, others, undefined))).code).toBe(
    'store-wrong-key',
  )
  // The store's key, and an audit trail that is not these keys': its head does not prove itself.
  const pair = pairFromKeys(backupKeys).fill(7, 32)
  const half = keysFromPair(backupKeys.workspaceId, pair)
  expect((await rejectionOf(proveInThread(store.path, half, undefined))).params).toEqual({
    what: 'audit-chain',
  })
  const bytes = readFileSync(store.path)
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1
  writeFileSync(store.path, bytes)
  expect((await rejectionOf(proveInThread(store.path, backupKeys, undefined))).code).toBe(
    'store-damaged',
  )
  const signal = AbortSignal.abort()
  expect((await rejectionOf(proveInThread(store.path, backupKeys, signal))).code).toBe('cancelled')
  const off = new AbortController()
  const running = proveInThread(store.path, backupKeys, off.signal)
  off.abort()
  expect((await rejectionOf(running)).code).toBe('cancelled')
})

test('commands are answered while a backup is copied and while it is proved', async () => {
  const gates: (() => void)[] = []
  const held = () => new Promise<void>((go) => gates.push(go))
  const bench = createBackupsBench(undefined, null, {
    copyStore: async (...asked) => {
      await held()
      return copyInThread(...asked)
    },
    proveStore: async (...asked) => {
      await held()
      return proveInThread(...asked)
    },
  })
  const making = bench.make()
  for (const number of [1, 2]) {
    while (gates.length < number) await new Promise((next) => setImmediate(next))
    const keep = { last: 3 + number, daily: 0, weekly: 0 }
    const schedule = { every: 'off', hour: 0 } as const
    await bench.run('backups.configure', { folder: null, schedule, keep })
    expect((await bench.settings()).keep).toEqual(keep)
    gates[number - 1]?.()
  }
  const { name, bytes } = await making
  const path = join(bench.folder, name)
  expect(existsSync(path)).toBe(true)
  expect(statSync(path).size).toBe(bytes)
  await bench.backups.stop()
})
