import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { Input } from '../../src-shared/contract/index.ts'
import { createRuleReads } from '../../src-main/alarms/detect/tables.ts'
import { readBackupHeader } from '../../src-main/store/backup-file.ts'
import { makeKeys } from '../../src-main/vault/workspace-keys.ts'
import {
  backupKeys,
  benchStart,
  createBackupsBench,
  newBackedUpStore,
  proveUnder,
} from '../support/backups-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf, temporaryFolder, writeSetting } from '../support/store-workspace.ts'

const hour = 3_600_000
const passphrase = 'for the shelf at home'
const taskId = idOf(99)

const settings = (
  change: Partial<Input<'backups.configure'>> = {},
): Input<'backups.configure'> => ({
  folder: null,
  schedule: { every: 'off', hour: 3 },
  keep: { last: 3, daily: 0, weekly: 0 },
  ...change,
})

const chosen = () => {
  const folder = join(temporaryFolder(), 'disk')
  mkdirSync(folder)
  return folder
}

describe('a folder of the person’s choice', () => {
  test('is refused when it is not there, is a file, or cannot be written into', async () => {
    const bench = createBackupsBench()
    const configure = (folder: string) =>
      rejectionOf(bench.run('backups.configure', settings({ folder })))
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect((await configure(join(file, '..', 'gone'))).code).toBe('folder-gone')
    expect((await configure(file)).code).toBe('folder-gone')
    if (process.getuid?.() !== 0) {
      const shut = chosen()
      chmodSync(shut, 0o500)
      expect((await configure(shut)).code).toBe('folder-not-writable')
    }
    expect(await bench.settings()).toMatchObject({ folder: null })
  })

  test('that was taken away refuses, and makes no folder in its place', async () => {
    const bench = createBackupsBench()
    const folder = chosen()
    await bench.run('backups.configure', settings({ folder }))
    const { name } = await bench.make()
    renameSync(folder, `${folder}-elsewhere`)
    bench.at(60)
    expect((await rejectionOf(bench.make())).code).toBe('folder-gone')
    expect(existsSync(folder)).toBe(false)
    expect(readdirSync(`${folder}-elsewhere`)).toEqual([name])
    expect(createRuleReads(bench.store.reader).lastBackupAt()).toBe(benchStart)
  })

  test('may hold another workspace’s, which are left alone', async () => {
    const folder = chosen()
    const others = makeKeys(idOf(8))
    const other = createBackupsBench(newBackedUpStore(undefined, others), null, {
      keys: others,
      proveChain: proveUnder,
    })
    await other.run('backups.configure', settings({ folder }))
    other.at(-1)
    const theirs = (await other.make()).name
    const strange = 'nocturne-2020-01-01-000000.backup'
    const part = 'nocturne-2027-01-15-075959.backup.part'
    for (const name of [strange, part]) writeFileSync(join(folder, name), 'not ours')
    utimesSync(join(folder, part), benchStart / 1000, benchStart / 1000)

    const bench = createBackupsBench()
    await bench.run('backups.configure', settings({ folder }))
    const made: string[] = []
    for (let turn = 0; turn < 5; turn += 1) {
      bench.at(turn * 60)
      made.push((await bench.make()).name)
    }
    expect(readdirSync(folder).toSorted()).toEqual(
      [strange, part, theirs, ...made.slice(-3)].toSorted(),
    )
  })
})

describe('a scheduled backup', () => {
  const due = async (bench: ReturnType<typeof createBackupsBench>, count: number) =>
    vi.waitFor(async () => expect((await bench.list()).backups).toHaveLength(count))

  test('is made when it is due and not before, and says when the next one is', async () => {
    const bench = createBackupsBench()
    await bench.run('backups.configure', settings({ schedule: { every: 'hour', hour: 0 } }))
    bench.backups.start()
    expect((await bench.settings()).nextAt).toBe(bench.clock.now())
    bench.clock.advance(60_000)
    await due(bench, 1)
    const first = (await bench.list()).lastAt ?? 0
    expect((await bench.settings()).nextAt).toBe(first + hour)
    bench.clock.advance(hour - 60_000)
    expect((await bench.settings()).running).toBe(false)
    bench.clock.advance(60_000)
    await due(bench, 2)
    await bench.backups.stop()
    expect(bench.clock.pending).toBe(0)
  })

  test('that fails says why, leaves the old ones, and tries again later', async () => {
    const bench = createBackupsBench()
    const folder = chosen()
    const schedule = { every: 'hour', hour: 0 } as const
    await bench.run('backups.configure', settings({ folder, schedule }))
    await bench.make()
    renameSync(folder, `${folder}-elsewhere`)
    bench.backups.start()
    bench.clock.advance(hour + 60_000)
    await vi.waitFor(async () =>
      expect((await bench.settings()).failure?.problem.code).toBe('folder-gone'),
    )
    renameSync(`${folder}-elsewhere`, folder)
    bench.clock.advance(5 * 60_000)
    expect((await bench.settings()).running).toBe(false)
    bench.clock.advance(11 * 60_000)
    await due(bench, 2)
    await vi.waitFor(async () => expect((await bench.settings()).failure).toBeNull())
    await bench.backups.stop()
  })

  test('that is overdue raises the alarm sooner than one that nobody promised', async () => {
    const bench = createBackupsBench()
    const reads = createRuleReads(bench.store.reader)
    expect(reads.backupPromisedDays()).toBeNull()
    await bench.run('backups.configure', settings({ schedule: { every: 'day', hour: 3 } }))
    expect(reads.backupPromisedDays()).toBe(2)
    await bench.run('backups.configure', settings({ schedule: { every: 'hour', hour: 3 } }))
    expect(reads.backupPromisedDays()).toBe(1)
  })
})

describe('a backup that runs', () => {
  test('says how far it is, and stops when it is called off, leaving nothing', async () => {
    const bench = createBackupsBench()
    await bench.make({ taskId })
    expect(bench.told).toEqual(['copy 0/3', 'write 1/3', 'prove 2/3'])
    bench.at(60)
    const running = rejectionOf(bench.make())
    bench.cancel.abort()
    expect((await running).code).toBe('cancelled')
    expect((await bench.list()).backups).toHaveLength(1)
    expect(readdirSync(bench.folder)).toHaveLength(1)
  })

  test('is of one moment, whatever is written meanwhile', async () => {
    const bench = createBackupsBench()
    writeSetting(bench.store, 1)
    const running = bench.make()
    writeSetting(bench.store, 2)
    const { name } = await running
    writeSetting(bench.store, 3)
    const seen = await bench.run('backups.preview', {
      source: { kind: 'kept', name },
      secret: null,
    })
    expect(seen.contents.auditRows).toBeLessThanOrEqual(2)
    expect(await bench.run('backups.verify', { name })).toEqual({ problem: null })
  })
})

describe('the ways into a backup', () => {
  test('are set once and hold for each that follows; none of them stands in the store in clear', async () => {
    const bench = createBackupsBench()
    await bench.run('backups.setPassphrase', { passphrase })
    await bench.run('backups.makeRecoveryKey', {})
    expect((await bench.settings()).ways).toEqual(['passphrase', 'recovery-key'])
    const recovery = bench.shown[0]?.lines[0] ?? ''
    const { name } = await bench.make()
    const path = join(bench.folder, name)
    const elsewhere = join(temporaryFolder(), 'carried.backup')
    copyFileSync(path, elsewhere)
    const stranger = createBackupsBench(newBackedUpStore(undefined, makeKeys(idOf(9))), null, {
      keys: makeKeys(idOf(9)),
    })
    const source = { kind: 'file', path: elsewhere } as const
    for (const secret of [passphrase, recovery.toLowerCase()]) {
      const seen = await stranger.run('backups.preview', { source, secret })
      expect(seen).toMatchObject({
        createdAt: benchStart,
        workspaceId: backupKeys.workspaceId,
        ways: ['passphrase', 'recovery-key'],
        contents: { accounts: 0, olts: 0 },
      })
    }
    const refused = async (secret: string | null) =>
      (await rejectionOf(stranger.run('backups.preview', { source, secret }))).code
    expect(await refused('for the shelf at work')).toBe('wrong-passphrase')
    expect(await refused(null)).toBe('backup-damaged')
    const file = readFileSync(path, 'latin1')
    for (const secret of [passphrase, recovery]) expect(file).not.toContain(secret)
    const rows = bench.store.reader
      .prepare('SELECT ways AS text FROM backup_key UNION ALL SELECT result FROM command_result')
      .all()
    for (const secret of [passphrase, recovery]) expect(JSON.stringify(rows)).not.toContain(secret)
  })

  test('a recovery key that nobody has seen is not put to use', async () => {
    const bench = createBackupsBench(undefined, null, {
      showSecret: () => Promise.reject(new Error('the window was closed')),
    })
    await expect(bench.run('backups.makeRecoveryKey', {})).rejects.toThrow('closed')
    expect((await bench.settings()).ways).toEqual([])
  })

  test('one that is taken away opens the old ones and no new one', async () => {
    const bench = createBackupsBench()
    await bench.run('backups.setPassphrase', { passphrase })
    const { name } = await bench.make()
    await bench.run('backups.removeWay', { way: 'passphrase' })
    bench.at(60)
    const later = (await bench.make()).name
    const open = (of: string) =>
      bench.run('backups.preview', { source: { kind: 'kept', name: of }, secret: passphrase })
    expect((await open(name)).ways).toEqual(['passphrase'])
    expect((await rejectionOf(open(later))).code).toBe('wrong-passphrase')
  })

  test('a passphrase that is too short is refused', async () => {
    const bench = createBackupsBench()
    const error = await rejectionOf(bench.run('backups.setPassphrase', { passphrase: 'short' }))
    expect(error.code).toBe('password-too-weak')
    expect((await bench.settings()).ways).toEqual([])
  })
})

describe('a backup that is looked through', () => {
  test('and was changed is told in the list, and takes no place of a good one', async () => {
    const bench = createBackupsBench()
    await bench.run('backups.configure', settings({ keep: { last: 1, daily: 0, weekly: 0 } }))
    writeSetting(bench.store, 1, 'x'.repeat(20_000))
    const { name } = await bench.make()
    const path = join(bench.folder, name)
    const bytes = readFileSync(path)
    bytes[bytes.length - 5000] = (bytes[bytes.length - 5000] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(await bench.run('backups.verify', { name })).toEqual({ problem: 'backup-damaged' })
    expect((await bench.list()).backups[0]?.proof?.problem).toBe('backup-damaged')
    bench.at(60)
    const good = (await bench.make()).name
    expect((await bench.list()).backups.map((one) => one.name)).toEqual([good])
  })

  test('has a name of ours: no path is made of it', async () => {
    const bench = createBackupsBench()
    for (const name of ['../store.db', 'nocturne-2027-01-15-080000.backup/../../store.db', 'x']) {
      expect((await rejectionOf(bench.run('backups.verify', { name }))).code).toBe('not-found')
    }
    const gone = { name: 'nocturne-2027-01-15-080000.backup' }
    expect((await rejectionOf(bench.run('backups.verify', gone))).code).toBe('not-found')
  })

  test('keeps what it was proved to hold, and its header says no secret', async () => {
    const bench = createBackupsBench()
    const { name } = await bench.make()
    const header = await readBackupHeader(join(bench.folder, name))
    const text = JSON.stringify(header)
    for (const key of [backupKeys.storeKey, backupKeys.vaultKey]) {
      expect(text).not.toContain(key.toString('base64').slice(0, 40))
      expect(text).not.toContain(key.toString('hex'))
    }
  })
})
