import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { restoreWorkspace, stageRestore } from '../../src-main/backups/restore.ts'
import { presentIn } from '../../src-main/backups/present.ts'
import { createStandingPart, putStanding, readStanding } from '../../src-main/backups/standing.ts'
import { putUnderWay, settleUnderWay } from '../../src-main/backups/transfer/under-way.ts'
import { isKeyOf } from '../../src-main/store/page-proof.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { sealKeys, unsealKeys } from '../../src-main/vault/vault.ts'
import type { WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { keptKey } from '../../src-main/workspace/sealed-columns.ts'
import { newBackedUpStore, proveHere, proveUnder } from '../support/backups-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { days, monday, onuRef, openTestHistory } from '../support/history-folder.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { idOf, temporaryFolder, testCall } from '../support/store-workspace.ts'
import {
  erasedPerson,
  makeClosedWorkspace,
  openedFile,
  packInto,
  transferPorts,
} from '../support/transfer-bench.ts'

let calls = 1000

const tell = (store: Store, name: string, apply: Parameters<typeof runCommand>[2] | null) =>
  runCommand(store, testCall((calls += 1), { name }), apply ?? (() => ({ result: null })))

/** As the console notes it, before the first byte. */
const noteIn = (
  { dir, keys }: { readonly dir: string; readonly keys: WorkspaceKeys },
  one: Parameters<typeof putUnderWay>[1],
): void => {
  const store = newBackedUpStore(join(dir, 'store.db'), keys)
  tell(store, 'transfer.make', (tx) => (putUnderWay(tx, one), { result: null }))
  store.stop()
}

/** As the console opens it: what it then is, and what it told. */
const openAgain = (workspace: { readonly dir: string; readonly keys: WorkspaceKeys }) => {
  const store = newBackedUpStore(join(workspace.dir, 'store.db'), workspace.keys)
  const told: string[] = []
  const settle = (): void =>
    settleUnderWay(store.reader, (name, _, apply) => {
      told.push(name)
      tell(store, name, (tx) => (apply(tx), { result: null }))
    })
  settle()
  settle()
  const standing = readStanding(store.reader)
  const isProved = proveUnder(workspace.keys)(store.reader).ok
  store.stop()
  return { standing, told, isProved }
}

/** Takes a file into a folder, and opens what is there. */
const takeIn = async (
  file: { readonly to: string; readonly typed: string },
  dir: string,
  how: 'new' | 'in-place' = 'new',
  present: ReturnType<typeof presentIn> = null,
  keychain = memoryKeychain(),
) => {
  const transfer = await openedFile(file.to, file.typed)
  const restored = await restoreWorkspace({
    ...transferPorts,
    source: { kind: 'transfer', transfer },
    dir,
    how,
    present,
    protection: { backend: 'os-keychain', keychain },
  }).finally(transfer.wipe)
  const keys = await unsealKeys(dir, { keychain })
  const store = newBackedUpStore(join(dir, 'store.db'), keys)
  return { restored, keys, store }
}

const rowsOf = (store: Store): readonly string[] =>
  store.reader
    .prepare<[], { name: string }>('SELECT name FROM audit ORDER BY seq')
    .all()
    .map(({ name }) => name)

describe('a transfer file that is taken in', () => {
  test('is the workspace: store, levels of every day, own family, map; under keys of its own', async () => {
    const workspace = makeClosedWorkspace(undefined, 10_000)
    const file = await packInto(workspace)
    const dir = join(temporaryFolder(), 'ws')
    // As a start leaves it.
    mkdirSync(join(dir, 'logs'), { recursive: true, mode: 0o700 })
    const { keys, store } = await takeIn(file, dir)
    expect(isKeyOf(join(dir, 'store.db'), workspace.keys.storeKey)).toBe(false)
    expect(proveUnder(keys)(store.reader)).toMatchObject({ ok: true })
    expect(rowsOf(store)).toContain('transfer.takenIn')
    // The history keeps the key that it was begun with.
    const key = keptKey(store.reader, keys, 'history')
    expect(key?.equals(workspace.keys.historyKey)).toBe(true)
    const { history } = openTestHistory({
      folder: join(dir, 'history'),
      key: key ?? Buffer.alloc(32),
    })
    const [series] = history.readSeries({
      series: onuRef(0),
      metrics: ['state'],
      from: monday,
      to: monday + 2 * days,
      maxPoints: 100,
    })
    expect([...(series?.at ?? [])]).toEqual([monday, monday + days])
    expect(readFileSync(join(dir, 'map', 'map-1.pmtiles')).equals(workspace.map)).toBe(true)
    expect(readdirSync(join(dir, 'olt-families', 'my-olt'))).toEqual(['profile.yaml'])
    expect(existsSync(join(dir, 'logs'))).toBe(true)
    expect(existsSync(`${dir}.restoring`)).toBe(false)
  })

  test('that moved it is at work at once; one that is a copy keeps quiet', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    const moved = await takeIn(await packInto(workspace), join(temporaryFolder(), 'ws'))
    expect(readStanding(moved.store.reader)).toBeNull()
    const copied = await takeIn(
      await packInto(workspace, { act: 'copy' }),
      join(temporaryFolder(), 'ws'),
    )
    expect(readStanding(copied.store.reader)).toMatchObject({
      kind: 'restored',
      from: 1_800_000_000_000,
    })
  })

  test('knows nothing of the making that was under way in it', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    const to = join(temporaryFolder(), 'one.transfer')
    const note = { to, id: idOf(77), act: 'move', at: 5 } as const
    noteIn(workspace, note)
    const file = await packInto(workspace, note)
    const { store, keys } = await takeIn(file, join(temporaryFolder(), 'ws'))
    const dir = dirname(store.path)
    store.stop()
    // The file is there: here that says nothing.
    expect(openAgain({ dir, keys })).toMatchObject({ standing: null, told: [] })
  })

  test('erases again who was erased where it goes, and keeps what was there', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    const { dir, keys } = workspace
    const keychain = memoryKeychain()
    await sealKeys(dir, keys, { backend: 'os-keychain', keychain }, 'create')
    const file = await packInto(workspace, { act: 'copy' })
    const before = newBackedUpStore(join(dir, 'store.db'), keys)
    tell(before, 'test.erase', (tx) => (tx.eraseSubject(erasedPerson), { result: null }))
    before.stop()
    const present = presentIn(dir, keys)
    const { restored, store } = await takeIn(file, dir, 'in-place', present, keychain)
    expect(restored.erasedAgain).toBe(1)
    expect(readdirSync(restored.keptAs ?? '')).toContain('history')
    expect(
      store.reader
        .prepare<[string], { sealed: Buffer | null }>(
          'SELECT sealed FROM subject_key WHERE subject_id = ?',
        )
        .get(erasedPerson),
    ).toEqual({ sealed: null })
    // A copy in the place of the very one that it was made from is alone.
    expect(readStanding(store.reader)).toBeNull()
  })

  test('called off, onto a full disk or where something lies, changes nothing', async (test) => {
    const workspace = makeClosedWorkspace()
    const { to, typed } = await packInto(workspace)
    const transfer = await openedFile(to, typed)
    const stage = (dir: string, signal?: AbortSignal) =>
      rejectionOf(
        stageRestore({
          ...transferPorts,
          source: { kind: 'transfer', transfer },
          dir,
          how: 'new',
          ...(signal === undefined ? {} : { signal }),
        }),
      )
    const dir = join(temporaryFolder(), 'ws')
    expect((await stage(dir, AbortSignal.abort())).code).toBe('cancelled')
    expect(readdirSync(dirname(dir))).toEqual([])
    expect((await stage(workspace.dir)).code).toBe('already-set-up')
    expect(readdirSync(dirname(workspace.dir))).toEqual(['ws'])
    const bytes = readFileSync(to)
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1
    writeFileSync(to, bytes)
    expect((await stage(dir)).code).toBe('transfer-damaged')
    expect(readdirSync(dirname(dir))).toEqual([])
    const disk = mountSmallDisk(3)
    if (!disk.mounted) return test.skip(disk.why)
    expect((await stage(join(disk.path, 'ws'))).code).toBe('disk-full')
    expect(readdirSync(disk.path)).toEqual([])
    // Where nothing can be written, neither is one taken in nor made.
    const done = spawnSync('mount', ['-o', 'remount,ro', disk.path], { encoding: 'utf8' })
    if (done.status !== 0) return test.skip(`cannot be mounted read-only: ${done.stderr}`)
    const small = makeClosedWorkspace(undefined, 100)
    const file = await packInto(small)
    const one = await openedFile(file.to, file.typed)
    const refused = stageRestore({
      ...transferPorts,
      source: { kind: 'transfer', transfer: one },
      dir: join(disk.path, 'ws'),
      how: 'new',
    })
    expect((await rejectionOf(refused)).code).toBe('folder-not-writable')
    const making = packInto(small, { to: join(disk.path, 'one.transfer') })
    expect((await rejectionOf(making)).code).toBe('folder-not-writable')
    return undefined
  })

  test('whose store does not prove itself is refused', async () => {
    const { to, typed } = await packInto(makeClosedWorkspace(undefined, 100), {
      // Whoever wrote it did not look.
      prove: (path, keys) => {
        const counted = proveHere(path, keys, undefined)
        const bytes = readFileSync(path)
        bytes[bytes.length - 50] = (bytes[bytes.length - 50] ?? 0) ^ 1
        writeFileSync(path, bytes)
        return counted
      },
    })
    const transfer = await openedFile(to, typed)
    const into = join(temporaryFolder(), 'there')
    expect((await rejectionOf(transfer.unpack(into, proveHere, undefined))).code).toBe(
      'transfer-damaged',
    )
  })
})

test('one that was moved is taken back, and resumed in no other way', () => {
  const { dir, keys } = makeClosedWorkspace(undefined, 100)
  const store = newBackedUpStore(join(dir, 'store.db'), keys)
  const moved = { kind: 'moved', since: 5, path: '/x', sure: true } as const
  tell(store, 'transfer.made', (tx) => (putStanding(tx, moved, 5), { result: null }))
  const part = createStandingPart({
    reader: store.reader,
    clock: { now: () => 6 },
    emit: () => undefined,
    onResumed: () => undefined,
    beginAnew: () => Promise.resolve(),
  })
  expect(part.isMoved()).toBe(true)
  const context = {} as never
  expect(() => part.commands['workspace.resume']({}, context)).toThrow('conflict')
  expect(() => part.commands['workspace.takeBack']({}, context)).not.toThrow()
  store.stop()
})

describe('a move that is killed', () => {
  test('at any step is either none and without a file, or done with one that was proved', async () => {
    const workspace = makeClosedWorkspace(undefined, 1_500_000)
    const out = temporaryFolder()
    const to = join(out, 'one.transfer')
    const note = { to, id: idOf(88), act: 'move', at: 5 } as const
    const shots = new Map<string, string>()
    const shoot = (what: string): void => {
      if (shots.has(what)) return
      const shot = temporaryFolder()
      cpSync(workspace.dir, join(shot, 'ws'), { recursive: true })
      cpSync(out, join(shot, 'out'), { recursive: true })
      shots.set(what, shot)
    }
    noteIn(workspace, note)
    shoot('noted')
    const { typed } = await packInto(workspace, {
      ...note,
      onStep: (step, done, total) => shoot(done > 0 && done === total ? `${step} done` : step),
    })
    shoot('all done')
    expect([...shots.keys()]).toEqual([
      'noted',
      'gather',
      'pack',
      'pack done',
      'proof',
      'proof done',
      'named done',
      'all done',
    ])
    const refill = (folder: string, from: string): void => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
      cpSync(from, folder, { recursive: true })
    }
    for (const [what, shot] of shots) {
      refill(workspace.dir, join(shot, 'ws'))
      refill(out, join(shot, 'out'))
      const { standing, told, isProved } = openAgain(workspace)
      const isMoved = what === 'named done' || what === 'all done'
      expect([what, standing]).toEqual([
        what,
        isMoved ? { kind: 'moved', since: 5, path: to, sure: true } : null,
      ])
      expect([what, told]).toEqual([what, [isMoved ? 'transfer.made' : 'transfer.ended']])
      expect(isProved).toBe(true)
      expect([what, readdirSync(out)]).toEqual([what, isMoved ? ['one.transfer'] : []])
      if (isMoved) (await openedFile(to, typed)).wipe()
    }
  })

  test('counts as moved where nobody can look for the file; a copy never does', () => {
    const parent = temporaryFolder()
    const folder = join(parent, 'drive')
    mkdirSync(folder)
    const to = join(folder, 'one.transfer')
    for (const act of ['move', 'copy'] as const) {
      const workspace = makeClosedWorkspace(undefined, 100)
      noteIn(workspace, { to, id: idOf(99), act, at: 5 })
      renameSync(folder, join(parent, 'pulled-out'))
      expect(openAgain(workspace).standing).toEqual(
        act === 'copy' ? null : { kind: 'moved', since: 5, path: to, sure: false },
      )
      renameSync(join(parent, 'pulled-out'), folder)
    }
    // Another folder where a drive was mounted is not the drive.
    const workspace = makeClosedWorkspace(undefined, 100)
    noteIn(workspace, { to, id: idOf(99), act: 'move', at: 5 })
    renameSync(folder, join(parent, 'pulled-out'))
    mkdirSync(folder)
    expect(openAgain(workspace).standing).toMatchObject({ kind: 'moved', sure: false })
    // And a file of the same name that is another one is none.
    const other = makeClosedWorkspace(undefined, 100)
    noteIn(other, { to: `${to}2`, id: idOf(99), act: 'move', at: 5 })
    writeFileSync(`${to}2`, 'somebody’s')
    expect(openAgain(other).standing).toBeNull()
    expect(readFileSync(`${to}2`, 'utf8')).toBe('somebody’s')
  })
})
