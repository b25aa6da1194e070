import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { findWorkspaces, workspaceOfTerminal } from '../../src-main/workspace/find-workspaces.ts'
import { isFolderGone, openRegistry } from '../../src-main/workspace/registry.ts'
import { createKeys } from '../../src-main/vault/vault.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { errorOf } from '../support/error-code.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** The list of this machine's workspaces. */

const begin = () => {
  const home = temporaryFolder()
  const first = join(home, 'workspace')
  let now = 1_000
  const open = () => openRegistry({ home, first, now: () => now, newId: randomUUID })
  return { home, first, open, later: () => (now += 1_000), file: join(home, 'workspaces.json') }
}

const setUp = async (dir: string): Promise<string> => {
  const workspaceId = randomUUID()
  const protection = { backend: 'os-keychain', keychain: memoryKeychain() } as const
  const keys = await createKeys(dir, workspaceId, protection)
  keys.wipe()
  return workspaceId
}

test('what was the only workspace is the first one, without a file and without a step', async () => {
  const { first, open, home, file } = begin()
  expect(open().list()).toMatchObject([{ name: 'Nocturne', dir: first, workspaceId: null }])
  const workspaceId = await setUp(first)
  expect(open().list()).toMatchObject([{ dir: first, workspaceId, lastOpenedAt: null }])
  expect(existsSync(file)).toBe(false)
  expect(open().list()[0]?.id).toBe(open().list()[0]?.id)
  expect(findWorkspaces(home, null).dir).toBe(first)
})

test('the one used last comes first, and opens', async () => {
  const { first, open, later, home, file } = begin()
  const firstId = await setUp(first)
  const made = open().make('Kota Timur')
  expect(existsSync(made.dir)).toBe(false)
  expect(statSync(join(made.dir, '..')).mode & 0o777).toBe(0o700)
  open().opened(first, firstId)
  later()
  open().opened(made.dir, await setUp(made.dir))
  expect(
    open()
      .list()
      .map(({ name }) => name),
  ).toEqual(['Kota Timur', 'Nocturne'])
  expect(findWorkspaces(home, null).dir).toBe(made.dir)
  later()
  open().opened(first, firstId)
  expect(findWorkspaces(home, null).dir).toBe(first)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  // Nothing of the keys, and folders as they are seen from the list.
  expect(readFileSync(file, 'utf8')).toContain('"folder": "workspace"')
  expect(readdirSync(home).toSorted()).toEqual(['workspace', 'workspaces', 'workspaces.json'])
})

test('a damaged list is made from the folders: names, ids and all but the time', async () => {
  const { first, open, file, home } = begin()
  open().opened(first, await setUp(first))
  const made = open().make('Kota Timur')
  open().opened(made.dir, await setUp(made.dir))
  open().rename(made.id, 'Kota Barat')
  const before = open().list()
  for (const damage of ['', '{"format":1,"workspaces":[{', '[]', '{"format":9}']) {
    writeFileSync(file, damage)
    const after = open().list()
    expect(after.map(({ id, name, dir, workspaceId }) => ({ id, name, dir, workspaceId }))).toEqual(
      expect.arrayContaining(
        before.map(({ id, name, dir, workspaceId }) => ({ id, name, dir, workspaceId })),
      ),
    )
    expect(after.length).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe(damage)
  }
  // What could not be read is kept beside the next one.
  open().rename(made.id, 'Kota Selatan')
  expect(readFileSync(`${file}.damaged`, 'utf8')).toBe('{"format":9}')
  expect(
    open()
      .list()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['Kota Selatan', 'Nocturne'])
  expect(readdirSync(home).filter((name) => /lock|new/u.test(name))).toEqual([])
})

test('names are held apart, in any spelling', () => {
  const { open } = begin()
  const made = open().make('Kota Timur')
  expect(errorOf(() => open().make(' kota timur ')).code).toBe('workspace-name-taken')
  expect(errorOf(() => open().make('nocturne')).code).toBe('workspace-name-taken')
  expect(errorOf(() => open().rename(made.id, 'Nocturne')).code).toBe('workspace-name-taken')
  expect(errorOf(() => open().rename(randomUUID(), 'X')).code).toBe('not-found')
  open().rename(made.id, 'KOTA timur')
  expect(open().byId(made.id).name).toBe('KOTA timur')
})

test('a folder that is gone is told from one in which nothing was ever made', async () => {
  const { open } = begin()
  const made = open().make('Kota Timur')
  expect(isFolderGone(open().byId(made.id))).toBe(false)
  open().opened(made.dir, await setUp(made.dir))
  rmSync(made.dir, { recursive: true })
  expect(isFolderGone(open().byId(made.id))).toBe(true)
  open().drop(made.id)
  expect(
    open()
      .list()
      .map(({ name }) => name),
  ).toEqual(['Nocturne'])
})

test('taken off the list, a folder with something in it stays', async () => {
  const { open } = begin()
  const made = open().make('Kota Timur')
  mkdirSync(made.dir)
  writeFileSync(join(made.dir, 'a'), '')
  open().drop(made.id)
  expect(existsSync(join(made.dir, 'a'))).toBe(true)
  const empty = open().make('Kota Timur')
  mkdirSync(empty.dir)
  open().drop(empty.id)
  expect(existsSync(empty.dir)).toBe(false)
})

test('a workspace is meant by its name, its ids or its folder; the terminal means the first', async () => {
  const { home, first, open, later } = begin()
  open().opened(first, await setUp(first))
  const made = open().make('Kota Timur')
  later()
  const workspaceId = await setUp(made.dir)
  open().opened(made.dir, workspaceId)
  for (const wanted of ['kota timur', made.id, workspaceId, made.dir]) {
    expect(findWorkspaces(home, wanted)).toMatchObject({ dir: made.dir, places: { home } })
    expect(workspaceOfTerminal(home, wanted)).toBe(made.dir)
  }
  // The console opens the one used last; a script must not change its mind with that.
  expect(findWorkspaces(home, null).dir).toBe(made.dir)
  expect(workspaceOfTerminal(home, null)).toBe(first)
  // A folder of no list has its own list beside it.
  const elsewhere = join(temporaryFolder(), 'ws')
  expect(findWorkspaces(home, elsewhere)).toMatchObject({
    dir: elsewhere,
    places: { home: `${elsewhere}.workspaces`, first: elsewhere },
  })
  rmSync(first, { recursive: true })
  open().drop(open().byDir(first)?.id ?? '')
  expect(workspaceOfTerminal(home, null)).toBe(made.dir)
})

test('two who write at once lose nothing, and one who died while writing holds nobody up', () => {
  const { open, home } = begin()
  open().make('A')
  const lock = join(home, 'workspaces.json.lock')
  writeFileSync(lock, '')
  expect(errorOf(() => open().make('B')).code).toBe('conflict')
  rmSync(lock)
  writeFileSync(lock, '')
  // Ten seconds are more than any change of the list takes.
  utimesOld(lock)
  open().make('B')
  expect(
    open()
      .list()
      .map(({ name }) => name),
  ).toEqual(['A', 'B', 'Nocturne'])
})

const utimesOld = (path: string): void => {
  const old = new Date(Date.now() - 60_000)
  utimesSync(path, old, old)
}
