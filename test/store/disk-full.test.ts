import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { backupStore } from '../../src-main/store/backup.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import { errorOf, rejectionOf } from '../support/error-code.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import {
  auditKey,
  countOf,
  openFreshStore,
  rawConnection,
  storeKey,
  temporaryFolder,
  writeSetting,
} from '../support/store-workspace.ts'

/** Leaves so many bytes free on the file system. */
const fill = (disk: string, leaveFree: number): string => {
  const { bavail, bsize } = statfsSync(disk)
  const filler = join(disk, 'filler')
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leaveFree)))
  return filler
}

const writeUntilRefused = (store: Store): { written: number; code: string } => {
  for (let number = 1; number < 10_000; number += 1) {
    try {
      writeSetting(store, number, 'x'.repeat(20_000))
    } catch (error) {
      return { written: number - 1, code: isNocturneError(error) ? error.code : String(error) }
    }
  }
  throw new Error('the disk never got full')
}

test('a full disk refuses the command, loses no acknowledged one, and goes on with room', (context) => {
  const disk = mountSmallDisk(8)
  if (!disk.mounted) return context.skip(disk.why)
  const store = openFreshStore(join(disk.path, 'ws', 'store.db'))
  const filler = fill(disk.path, 1_000_000)
  const { written, code } = writeUntilRefused(store)
  expect(code).toBe('disk-full')
  expect(written).toBeGreaterThan(5)
  expect(countOf(store, 'setting')).toBe(written)

  rmSync(filler)
  writeSetting(store, written + 1)
  expect(verifyAudit(store.reader, auditKey)).toMatchObject({ ok: true, rows: written + 1 })
  store.stop()
  expect(rawConnection(store.path).pragma('integrity_check', { simple: true })).toBe('ok')
  return undefined
})

test('a full disk refuses a new store and a backup, and leaves nothing half', async (context) => {
  const disk = mountSmallDisk(4)
  if (!disk.mounted) return context.skip(disk.why)
  const source = openFreshStore(join(temporaryFolder(), 'ws', 'store.db'))
  for (let number = 1; number <= 40; number += 1) writeSetting(source, number, 'x'.repeat(20_000))
  fill(disk.path, 200_000)
  const options = {
    to: join(disk.path, 'one.backup'),
    key: storeKey,
    proveChain: () => ({ ok: true }),
    now: 1,
  }
  expect((await rejectionOf(backupStore(source, options))).code).toBe('disk-full')
  expect(readdirSync(disk.path)).toEqual(['filler'])

  rmSync(join(disk.path, 'filler'))
  fill(disk.path, 12_288)
  const path = join(disk.path, 'ws', 'store.db')
  expect(errorOf(() => openFreshStore(path)).code).toBe('disk-full')
  rmSync(join(disk.path, 'filler'))
  const store = openFreshStore(path)
  writeSetting(store, 1)
  expect(countOf(store, 'setting')).toBe(1)
  return undefined
})
