import { NocturneError } from '../../src-shared/errors.ts'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRuleReads } from '../../src-main/alarms/detect/tables.ts'
import { verifyBackup } from '../../src-main/store/backup.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import {
  backupKeys,
  benchStart,
  createBackupsBench,
  newBackedUpStore,
  proveChain,
} from '../support/backups-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { temporaryFolder, writeSetting } from '../support/store-workspace.ts'

const createBench = createBackupsBench
const newTestStore = newBackedUpStore
const start = benchStart
const storeKey = backupKeys.storeKey
const lastBackup = (store: Store) => createRuleReads(store.reader).lastBackupAt()

describe('a backup is refused', () => {
  test('in the second of another one, which stays as it is', async () => {
    const bench = createBench()
    const { name } = await bench.make()
    const before = readFileSync(join(bench.folder, name))
    expect((await rejectionOf(bench.make())).code).toBe('conflict')
    expect(readFileSync(join(bench.folder, name)).equals(before)).toBe(true)
    expect(readdirSync(bench.folder)).toEqual([name])
  })

  test('on a full disk: nothing is left, nothing older goes, nothing is remembered', async (test) => {
    const disk = mountSmallDisk(4)
    if (!disk.mounted) return test.skip(disk.why)
    const store = newTestStore()
    for (let number = 1; number <= 40; number += 1) writeSetting(store, number, 'x'.repeat(20_000))
    const folder = join(disk.path, 'backups')
    mkdirSync(folder, { mode: 0o700 })
    const old = Array.from({ length: 12 }, (_, day) => `nocturne-2026-12-${10 + day}-000000.backup`)
    for (const name of old) writeFileSync(join(folder, name), 'old')
    const { bavail, bsize } = statfsSync(disk.path)
    writeFileSync(join(disk.path, 'filler'), Buffer.alloc(bavail * bsize - 200_000))
    const bench = createBench(store, folder)
    expect((await rejectionOf(bench.make())).code).toBe('disk-full')
    expect(readdirSync(folder).toSorted()).toEqual(old)
    expect(lastBackup(store)).toBeNull()
    return undefined
  })

  test('when the copy does not prove its audit chain, leaving nothing', async () => {
    const { store, folder, make } = createBench(newTestStore(), null, {
      proveStore: () => Promise.reject(new NocturneError('store-damaged')),
    })
    const error = await rejectionOf(make())
    expect(error.code).toBe('store-damaged')
    expect(readdirSync(folder)).toEqual([])
    expect(lastBackup(store)).toBeNull()
  })

  test.skipIf(process.platform === 'win32')('into a folder that is a link', async () => {
    const bench = createBench()
    const elsewhere = temporaryFolder()
    symlinkSync(elsewhere, bench.folder)
    expect((await rejectionOf(bench.make())).code).toBe('permission-denied')
    expect(readdirSync(elsewhere)).toEqual([])
  })

  test('while the workspace closes, which waits for the one that runs', async () => {
    const bench = createBench()
    const running = rejectionOf(bench.make())
    await bench.backups.stop()
    expect(readdirSync(bench.folder)).toEqual([])
    expect((await running).code).toBe('cancelled')
    expect((await rejectionOf(bench.make())).code).toBe('engine-stopped')
  })
})

describe('a backup', () => {
  test('has the time as its name, in UTC, and proves itself', async () => {
    const bench = createBench()
    writeSetting(bench.store, 1)
    expect(await bench.list()).toEqual({ folder: bench.folder, lastAt: null, backups: [] })
    expect(existsSync(bench.folder)).toBe(false)
    const made = await bench.make()
    const file = join(bench.folder, made.name)
    expect(made).toEqual({
      name: 'nocturne-2027-01-15-080000.backup',
      bytes: statSync(file).size,
    })
    expect(await bench.list()).toEqual({
      folder: bench.folder,
      lastAt: start,
      backups: [
        {
          ...made,
          at: start,
          proof: { at: start, problem: null, ways: [] },
          contents: expect.objectContaining({ olts: 0, accounts: 0, auditRows: 1, owner: null }),
        },
      ],
    })
    const header = await verifyBackup({ from: file, key: storeKey, proveChain })
    expect(header).toMatchObject({ createdAt: start, keyEnvelope: { ways: [] } })
    expect(proveChain(bench.store.reader)).toMatchObject({ ok: true })
  })

  test('is remembered where the alarm of an overdue one looks', async () => {
    const bench = createBench()
    expect(lastBackup(bench.store)).toBeNull()
    await bench.make()
    bench.at(90)
    await bench.make()
    expect(lastBackup(bench.store)).toBe(start + 90_000)
  })

  test.skipIf(process.platform === 'win32')('is for its owner alone', async () => {
    const bench = createBench()
    mkdirSync(bench.folder)
    chmodSync(bench.folder, 0o755)
    const { name } = await bench.make()
    expect(statSync(bench.folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(bench.folder, name)).mode & 0o777).toBe(0o600)
  })

  test('asked for twice at once is one', async () => {
    const bench = createBench()
    const [one, other] = await Promise.all([bench.make(), bench.make()])
    expect(other).toEqual(one)
    expect(readdirSync(bench.folder)).toEqual([one.name])
  })

  test('takes the place of the oldest of ten, and of nothing that is not ours', async () => {
    const bench = createBench()
    mkdirSync(bench.folder, { mode: 0o700 })
    const mine = ['nocturne-2020-01-01-000000.backup.txt', 'of-the-boss.backup']
    for (const name of mine) writeFileSync(join(bench.folder, name), 'precious')
    const made: string[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      bench.at(turn * 60)
      made.push((await bench.make()).name)
    }
    const kept = made.slice(-10).toReversed()
    expect((await bench.list()).backups.map(({ name }) => name)).toEqual(kept)
    expect(readdirSync(bench.folder).toSorted()).toEqual([...kept, ...mine].toSorted())
    expect(bench.bugs).toEqual([])
  })

  test('stays although the clock was set back behind ten others', async () => {
    const bench = createBench()
    for (let turn = 1; turn <= 10; turn += 1) {
      bench.at(turn)
      await bench.make()
    }
    bench.at(-3600)
    const { name } = await bench.make()
    const names = (await bench.list()).backups.map((each) => each.name)
    expect(names).toHaveLength(10)
    expect(names.at(-1)).toBe(name)
  })

  test('clears away what a crash left of another', async () => {
    const bench = createBench()
    mkdirSync(bench.folder, { mode: 0o700 })
    const half = 'nocturne-2026-12-01-000000.backup'
    for (const suffix of ['.part', '.db-part', '.db-part-journal']) {
      writeFileSync(join(bench.folder, `${half}${suffix}`), 'half')
    }
    const { name } = await bench.make()
    expect(readdirSync(bench.folder)).toEqual([name])
    rmSync(join(bench.folder, name))
    expect(await bench.list()).toMatchObject({ lastAt: start, backups: [] })
  })
})
