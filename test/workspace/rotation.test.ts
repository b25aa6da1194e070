import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sealKeysOf, openKeysOf } from '../../src-main/access/second-factor-keys.ts'
import { openAccess, sealAccess } from '../../src-main/network/snmp-access.ts'
import { openSecret, sealSecret } from '../../src-main/olt-cli/access-secrets.ts'
import { passwordsPlace } from '../../src-main/provisioning/plans/plan-maker.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { memoryKeychain, noKeychain, type Keychain } from '../../src-main/vault/keychain.ts'
import { seal, unseal } from '../../src-main/vault/seal.ts'
import { createKeys, unsealKeys } from '../../src-main/vault/vault.ts'
import type { WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { openKeys, rotateKeys, type RotateOptions } from '../../src-main/workspace/rotation.ts'
import { keptKeyPlace, sealedColumns } from '../../src-main/workspace/sealed-columns.ts'
import { folderKeychain } from '../support/keychain-folder.ts'
import { createBackupsBench, newBackedUpStore, proveUnder } from '../support/backups-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import {
  idOf,
  newTestStore,
  rawConnection,
  temporaryFolder,
  testCall,
  writeSetting,
} from '../support/store-workspace.ts'

const passphrase = 'kunci yang panjang sekali'
const names = ['checkpoints.jsonl', 'keys.json', 'store.db', 'store.db-lock']
const olt = idOf(11)
const plan = idOf(12)
const person = idOf(13)
const noOne = noKeychain('the test has none')

/** One secret in each sealed column, sealed by the capability that owns it. */
const fill = (store: Store, keys: WorkspaceKeys): void => {
  runCommand(store, testCall(1), (tx) => {
    const { sealedAs, accessSealed } = sealAccess(
      { version: '2c', community: 'lab-read' },
      keys.vaultKey,
      olt,
    )
    tx.run(
      `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, sealed_as, optic_class,
         intervals_s, created_at, updated_at) VALUES (?, 'A', 'h', 161, '2c', ?, ?, 'B+', '{}', 1, 1)`,
      olt,
      accessSealed,
      sealedAs,
    )
    const secret = (field: 'password' | 'enablePassword' | 'writeCommunity') =>
      sealSecret(`of ${field}`, field, keys.vaultKey, olt)
    tx.run(
      `INSERT INTO olt_cli_access (olt_id, version, transport, port, user_name, allow_telnet,
         allow_legacy_ssh, max_readers, password_sealed, enable_sealed, write_community_sealed,
         updated_at) VALUES (?, 1, 'ssh', 22, 'u', 0, 0, 1, ?, ?, ?, 1)`,
      olt,
      secret('password'),
      secret('enablePassword'),
      secret('writeCommunity'),
    )
    tx.run(
      `INSERT INTO provisioning_plan (id, version, kind, change, state, risk, origin, reason, pace,
         created_at, expires_at, olts, warnings, left_out, passwords_sealed)
       VALUES (?, 1, 'change', '{}', 'draft', 'read', 'x', '', '{}', 1, 1, '[]', '[]', '[]', ?)`,
      plan,
      seal(Buffer.from('wifi'), keys.vaultKey, passwordsPlace(plan)),
    )
    tx.run(
      `INSERT INTO account (id, name, login, role, created_at, updated_at)
       VALUES (?, 'N', 'n', 'owner', 1, 1)`,
      person,
    )
    const factor = { totp: Buffer.alloc(20, 7), recovery: Buffer.alloc(32, 9), wipe: () => {} }
    tx.run(
      'INSERT INTO second_factor (account_id, sealed, since, last_step) VALUES (?, ?, 1, 1)',
      person,
      sealKeysOf(factor, keys.vaultKey, person),
    )
    tx.about({ subjectId: person })
    return { result: null }
  })
}

const column = (store: Store, sql: string): Buffer =>
  store.reader.prepare<[], { sealed: Buffer }>(sql).get()?.sealed ?? Buffer.alloc(0)

const expectWhole = (store: Store, keys: WorkspaceKeys): void => {
  const { vaultKey } = keys
  const access = store.reader
    .prepare<[], { sealedAs: 'access'; accessSealed: Buffer }>(
      'SELECT sealed_as AS sealedAs, community_sealed AS accessSealed FROM olt',
    )
    .get()
  if (access === undefined) throw new Error('no OLT')
  expect(openAccess(access, vaultKey, olt)).toMatchObject({ community: 'lab-read' })
  const cli = {
    password: 'password_sealed',
    enablePassword: 'enable_sealed',
    writeCommunity: 'write_community_sealed',
  } as const
  for (const [field, name] of Object.entries(cli) as [keyof typeof cli, string][]) {
    const sealed = column(store, `SELECT ${name} AS sealed FROM olt_cli_access`)
    expect(openSecret(sealed, field, vaultKey, olt).toString()).toBe(`of ${field}`)
  }
  const wifi = column(store, 'SELECT passwords_sealed AS sealed FROM provisioning_plan')
  expect(unseal(wifi, vaultKey, passwordsPlace(plan)).toString()).toBe('wifi')
  const factor = openKeysOf(column(store, 'SELECT sealed FROM second_factor'), vaultKey, person)
  expect(factor.totp.equals(Buffer.alloc(20, 7))).toBe(true)
  expect(proveUnder(keys)(store.reader)).toMatchObject({ ok: true })
}

const setUp = async (keychain: Keychain = noOne, dir = join(temporaryFolder(), 'ws')) => {
  const protection =
    keychain.kind === 'none'
      ? ({ backend: 'passphrase', passphrase } as const)
      : ({ backend: 'os-keychain', keychain } as const)
  const keys = await createKeys(dir, idOf(1), protection)
  const path = join(dir, 'store.db')
  const store = newBackedUpStore(path, keys)
  fill(store, keys)
  for (let number = 2; number < 20; number += 1) writeSetting(store, number, 'x'.repeat(5000))
  store.stop()
  const options: RotateOptions = {
    dir,
    keychain,
    now: 1,
    proveChain: proveUnder,
    ...(keychain.kind === 'none' ? { passphrase } : {}),
  }
  return { dir, path, keys, options }
}

test('the list of sealed columns has every one that the store has', () => {
  const store = newTestStore()
  const tables = store.reader
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    .all()
  const found = tables.flatMap(({ name: table }) =>
    store.reader
      .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .filter(({ name }) => name.endsWith('sealed'))
      .map(({ name }) => `${table}.${name}`),
  )
  // Under keys of the audit trail: store/rotate-store.ts and, below those, the persons' own.
  const audit = ['audit_detail.sealed', 'subject_key.sealed', 'audit_signer.private_sealed']
  const listed = sealedColumns.map(({ table, column: name }) => `${table}.${name}`)
  expect(found.toSorted()).toEqual([...listed, ...audit].toSorted())
})

describe('a rotation of the keys', { timeout: 240_000 }, () => {
  test('is refused with a wrong passphrase, and while the workspace is open', async () => {
    const { dir, path, keys, options } = await setUp()
    const before = readFileSync(path)
    const wrong = await rejectionOf(rotateKeys({ ...options, passphrase: 'not this one at all' }))
    expect(wrong.code).toBe('wrong-passphrase')
    expect(readFileSync(path).equals(before)).toBe(true)
    const store = newBackedUpStore(path, keys)
    expect((await rejectionOf(rotateKeys(options))).code).toBe('workspace-in-use')
    store.stop()
    expect(readdirSync(dir).toSorted()).toEqual(names)
  })

  test('gives other keys, under which all is there; the old ones open nothing', async () => {
    for (const keychain of [noOne, memoryKeychain()]) {
      const { dir, path, keys, options } = await setUp(keychain)
      const historyKey = Buffer.from(keys.historyKey)
      const next = await rotateKeys(options)
      expect(next.storeKey.equals(keys.storeKey)).toBe(false)
      expect(next.vaultKey.equals(keys.vaultKey)).toBe(false)
      const opened = await unsealKeys(dir, options)
      expect(opened.storeKey.equals(next.storeKey)).toBe(true)
      const store = newBackedUpStore(path, opened)
      expectWhole(store, opened)
      const kept = column(store, `SELECT sealed FROM kept_key WHERE name = 'history'`)
      expect(unseal(kept, opened.vaultKey, keptKeyPlace('history')).equals(historyKey)).toBe(true)
      store.stop()
      expect(() => newBackedUpStore(path, keys)).toThrow('store-wrong-key')
      expect(readdirSync(dir).toSorted()).toEqual(names)
      // And once more: the history's key is still the first one.
      const third = await rotateKeys(options)
      const again = newBackedUpStore(path, third)
      expectWhole(again, third)
      const still = column(again, `SELECT sealed FROM kept_key WHERE name = 'history'`)
      expect(unseal(still, third.vaultKey, keptKeyPlace('history')).equals(historyKey)).toBe(true)
    }
  })

  test('leaves backups of before readable to their workspace', async () => {
    const { dir, path, keys, options } = await setUp(memoryKeychain())
    const store = newBackedUpStore(path, keys)
    const bench = createBackupsBench(store, null, { keys })
    const { name } = await bench.make()
    await bench.backups.stop()
    store.stop()
    const next = await rotateKeys(options)
    const later = createBackupsBench(newBackedUpStore(path, next), join(dir, 'backups'), {
      keys: next,
    })
    expect(await later.run('backups.verify', { name })).toEqual({ problem: null })
  })

  test('on a full disk changes nothing', async (test) => {
    const disk = mountSmallDisk(4)
    if (!disk.mounted) return test.skip(disk.why)
    const { dir, path, keys, options } = await setUp(memoryKeychain(), join(disk.path, 'ws'))
    const { bavail, bsize } = statfsSync(disk.path)
    writeFileSync(join(disk.path, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - 100_000)))
    expect((await rejectionOf(rotateKeys(options))).code).toBe('disk-full')
    const opened = await openKeys(dir, options)
    expect(opened.storeKey.equals(keys.storeKey)).toBe(true)
    const store = newBackedUpStore(path, opened)
    expect(proveUnder(opened)(store.reader)).toMatchObject({ ok: true })
    store.stop()
    expect(existsSync(join(dir, 'keys-next.json'))).toBe(false)
    return undefined
  })

  test('is left alone by a second start, and killed leaves no key in the keychain', async () => {
    const entries = join(temporaryFolder(), 'keychain')
    const keychain = folderKeychain(entries)
    const { dir, path, options } = await setUp(keychain)
    for (const step of ['encrypted', 'swapped', 'sealed']) {
      await killedAt(dir, step, entries, async () => {
        expect((await rejectionOf(openKeys(dir, { keychain }))).code).toBe('workspace-in-use')
        expect(existsSync(join(dir, 'keys-next.json'))).toBe(true)
      })
      const opened = await openKeys(dir, { keychain })
      const store = newBackedUpStore(path, opened)
      expectWhole(store, opened)
      store.stop()
      expect(readdirSync(dir).toSorted()).toEqual(names)
      expect(readdirSync(entries)).toHaveLength(1)
    }
    // Killed with the last step half done: the keys of before are still in the keychain.
    const file = JSON.parse(readFileSync(join(dir, 'keys.json'), 'utf8')) as object
    await keychain.set('of before', Buffer.alloc(64))
    writeFileSync(join(dir, 'keys.json'), JSON.stringify({ ...file, former: 'of before' }))
    await openKeys(dir, { keychain })
    expect(readdirSync(entries)).toHaveLength(1)
    expect(JSON.parse(readFileSync(join(dir, 'keys.json'), 'utf8'))).toEqual(file)
    // Or its first: no key was made yet for what is announced.
    writeFileSync(
      join(dir, 'keys-next.json'),
      JSON.stringify({ ...file, entry: 'not made', keyMark: 'AAAA' }),
    )
    writeFileSync(join(dir, 'keys-next.json.new'), '{')
    await openKeys(dir, { keychain })
    expect(readdirSync(dir).toSorted()).toEqual(names)
    await rotateKeys(options)
    expect(readdirSync(dir).toSorted()).toEqual(names)
    expect(readdirSync(entries)).toHaveLength(1)
  })

  test('that was killed loses no key of a store that was damaged since', async () => {
    const entries = join(temporaryFolder(), 'keychain')
    const keychain = folderKeychain(entries)
    const { dir, path } = await setUp(keychain)
    await killedAt(dir, 'swapped', entries)
    const whole = readFileSync(path)
    // So much of it that no page proves which key is its.
    writeFileSync(path, Buffer.alloc(whole.length, 7))
    await openKeys(dir, { keychain })
    expect(existsSync(join(dir, 'keys-next.json'))).toBe(true)
    writeFileSync(path, whole)
    const opened = await openKeys(dir, { keychain })
    expectWhole(newBackedUpStore(path, opened), opened)
  })

  test('of a store whose audit head was forged is refused', async () => {
    const { path, keys, options } = await setUp(memoryKeychain())
    const raw = rawConnection(path, keys.storeKey)
    raw.exec(`UPDATE audit_head SET seal = zeroblob(32)`)
    raw.close()
    expect((await rejectionOf(rotateKeys(options))).code).toBe('store-damaged')
  })

  const steps = ['sealed', 'copied', 'encrypted', 'resealed', 'proved', 'swapped', 'taken']

  test('killed at any step opens again, whole, and rotates after that', async () => {
    const { dir: origin, keys } = await setUp()
    for (const step of steps) {
      const dir = join(temporaryFolder(), 'ws')
      const path = join(dir, 'store.db')
      mkdirSync(dir, { mode: 0o700 })
      for (const name of ['keys.json', 'store.db'])
        copyFileSync(join(origin, name), join(dir, name))
      await killedAt(dir, step)
      const options = { dir, keychain: noOne, passphrase, now: 1, proveChain: proveUnder }
      const opened = await openKeys(dir, options)
      const isOld = opened.storeKey.equals(keys.storeKey)
      expect(isOld, step).toBe(step !== 'swapped' && step !== 'taken')
      const store = newBackedUpStore(path, opened)
      expectWhole(store, opened)
      store.stop()
      expect(existsSync(join(dir, 'keys-next.json'))).toBe(false)
      expect(existsSync(`${path}.rotating`)).toBe(false)
      const next = await rotateKeys(options)
      const again = newBackedUpStore(path, next)
      expectWhole(again, next)
      again.stop()
    }
  })
})

/** `meanwhile`: while it stands still there. */
const killedAt = (
  dir: string,
  step: string,
  entries?: string,
  meanwhile: () => Promise<void> = () => Promise.resolve(),
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        join(import.meta.dirname, 'rotation-child.ts'),
        dir,
        step,
        ...(entries === undefined ? [] : [entries]),
      ],
      { env: { PASSPHRASE: passphrase }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let complaint = ''
    child.stdout.on('data', () => {
      meanwhile()
        .catch(reject)
        .finally(() => child.kill('SIGKILL'))
    })
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve()
      else reject(new Error(`it ended by itself at ${step}: ${complaint}`))
    })
  })
