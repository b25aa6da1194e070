import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { openStore } from '../../src-main/store/open-store.ts'
import { migrations } from '../../src-main/store/migrations/all.ts'
import { errorOf } from '../support/error-code.ts'
import {
  auditDetailKey,
  auditKey,
  countOf,
  keyOf,
  newFreshStore,
  openFreshStore,
  rawConnection,
  storeKey,
  temporaryFolder,
  writeSetting,
} from '../support/store-workspace.ts'

const filledStore = (): string => {
  const store = newFreshStore()
  for (let number = 1; number <= 40; number += 1) writeSetting(store, number, 'x'.repeat(400))
  store.stop()
  return store.path
}

const reopen = (path: string, key = storeKey) =>
  openStore({ path, key, auditKey, auditDetailKey, clock: { now: () => 0 }, mode: 'open' })

const posix = process.platform !== 'win32'

describe('opening the store is refused', () => {
  test('with a wrong key, changing no byte and printing no key', () => {
    const path = filledStore()
    const before = readFileSync(path)
    const wrong = keyOf('another key')
    const error = errorOf(() => reopen(path, wrong))
    expect(error.code).toBe('store-wrong-key')
    const printed = inspect(error, { depth: 10, showHidden: true }) + String(error.stack)
    for (const key of [wrong, storeKey]) {
      for (const encoding of ['hex', 'base64', 'latin1'] as const) {
        expect(printed.toLowerCase()).not.toContain(key.toString(encoding).toLowerCase())
      }
    }
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('with a key of another length', () => {
    const path = filledStore()
    expect(() => reopen(path, Buffer.alloc(16))).toThrow(RangeError)
  })

  test('when a newer version wrote it, with its data untouched, WAL included', () => {
    const path = filledStore()
    const raw = rawConnection(path)
    raw.pragma('user_version = 9990')
    // Copied while it is open: the newer version lies in the WAL, as after a crash.
    const folder = join(temporaryFolder(), 'crashed')
    cpSync(dirname(path), folder, { recursive: true })
    const bytes = (name: string) => readFileSync(join(folder, name))
    const [before, walBefore] = [bytes('store.db'), bytes('store.db-wal')]
    expect(walBefore.length).toBeGreaterThan(4096)
    const error = errorOf(() => reopen(join(folder, 'store.db')))
    expect(error.code).toBe('store-from-newer-version')
    expect(error.params).toEqual({ found: 9990, known: migrations.at(-1)?.version })
    expect(bytes('store.db').equals(before)).toBe(true)
    expect(bytes('store.db-wal').equals(walBefore)).toBe(true)
  })

  test('when its first page is damaged, as damage and not as a wrong key', () => {
    const path = filledStore()
    const bytes = readFileSync(path)
    bytes[2000] = (bytes[2000] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(errorOf(() => reopen(path)).code).toBe('store-damaged')
  })

  test('when a later page is damaged, at the read that needs it', () => {
    const path = filledStore()
    const bytes = readFileSync(path)
    for (let at = 4096 + 100; at < bytes.length; at += 4096) bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
    const read = () => {
      const store = openFreshStore(path)
      store.reader.prepare('SELECT * FROM setting').all()
    }
    expect(errorOf(read).code).toBe('store-damaged')
  })

  test('when the file is cut short, is plaintext SQLite, or is missing', () => {
    const path = filledStore()
    writeFileSync(path, readFileSync(path).subarray(0, 1000))
    expect(errorOf(() => reopen(path)).code).toBe('store-damaged')
    writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8176)]))
    expect(errorOf(() => reopen(path)).code).toBe('store-damaged')
    const missing = join(temporaryFolder(), 'ws', 'store.db')
    expect(errorOf(() => reopen(missing)).code).toBe('store-damaged')
  })

  test("when it is readable but another program's database", () => {
    const path = join(temporaryFolder(), 'store.db')
    const raw = rawConnection(path)
    raw.exec('CREATE TABLE other (a)')
    raw.pragma('user_version = 3')
    raw.close()
    expect(errorOf(() => reopen(path)).code).toBe('store-damaged')
  })

  test('a second time in this process, and after stop no more', () => {
    const store = newFreshStore()
    expect(errorOf(() => reopen(store.path)).code).toBe('workspace-in-use')
    store.stop()
    store.stop()
    reopen(store.path).stop()
  })

  test('by a second process while this one holds it', () => {
    const store = newFreshStore()
    const child = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'open-store-child.ts'), store.path],
      {
        env: {
          STORE_KEY: storeKey.toString('hex'),
          AUDIT_KEY: auditKey.toString('hex'),
          AUDIT_DETAIL_KEY: auditDetailKey.toString('hex'),
        },
        timeout: 20_000,
        encoding: 'utf8',
      },
    )
    expect(child.stdout.trim()).toBe('workspace-in-use')
  })

  test.runIf(posix)('in a folder that is shared by design', () => {
    const folder = join(temporaryFolder(), 'shared')
    mkdirSync(folder)
    chmodSync(folder, 0o1777)
    expect(errorOf(() => reopen(join(folder, 'store.db'))).code).toBe('permission-denied')
    expect(statSync(folder).mode & 0o7777).toBe(0o1777)
  })
})

describe('an open store', () => {
  test.runIf(posix)('has files 0600 in a folder 0700, also after someone opened them up', () => {
    const store = newFreshStore()
    writeSetting(store, 1)
    const folder = dirname(store.path)
    const modes = () => [
      statSync(folder).mode & 0o777,
      ...readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777),
    ]
    expect(new Set(modes().slice(1))).toEqual(new Set([0o600]))
    expect(readdirSync(folder).toSorted()).toEqual([
      'checkpoints.jsonl',
      'store.db',
      'store.db-lock',
      'store.db-shm',
      'store.db-wal',
    ])
    store.stop()
    chmodSync(folder, 0o755)
    chmodSync(store.path, 0o644)
    openFreshStore(store.path)
    expect(modes()[0]).toBe(0o700)
    expect(new Set(modes().slice(1))).toEqual(new Set([0o600]))
  })

  test('runs with the pragmas that its promises rest on', () => {
    const { path } = newFreshStore()
    const raw = rawConnection(path)
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal')
    const columns = raw
      .prepare(
        `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`,
      )
      .all() as { name: string; sql: string }[]
    expect(columns.length).toBeGreaterThan(0)
    for (const { name, sql } of columns)
      expect([name, /\bSTRICT\b/u.test(sql)]).toEqual([name, true])
  })

  test('reads only what is committed, through a handle that cannot write', () => {
    const store = newFreshStore()
    writeSetting(store, 1)
    const refused = [
      `INSERT INTO setting VALUES ('a', '1', 1)`,
      `WITH x AS (SELECT 1) DELETE FROM setting`,
      `DELETE FROM setting RETURNING key`,
      'PRAGMA query_only = OFF',
      'PRAGMA user_version',
      `ATTACH ':memory:' AS other`,
      'BEGIN IMMEDIATE',
      'VACUUM',
      'SELECT 1; DELETE FROM setting',
    ]
    for (const sql of refused) {
      expect(() => store.reader.prepare(sql).all(), sql).toThrow()
    }
    expect(countOf(store, 'setting')).toBe(1)
  })

  test('shows one state of the store to all reads of a snapshot', () => {
    const store = newFreshStore()
    writeSetting(store, 1)
    const counts = store.reader.snapshot(() => {
      const before = countOf(store, 'setting')
      writeSetting(store, 2)
      return [before, countOf(store, 'setting')]
    })
    expect(counts).toEqual([1, 1])
    expect(countOf(store, 'setting')).toBe(2)
  })

  test('does not keep or change the key it was given', () => {
    const key = Buffer.from(storeKey)
    const path = join(temporaryFolder(), 'ws', 'store.db')
    const store = openFreshStore(path, { key })
    expect(key.equals(storeKey)).toBe(true)
    key.fill(0)
    writeSetting(store, 1)
    expect(countOf(store, 'setting')).toBe(1)
  })
})
