import { randomBytes, randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isSecret, type ConfirmText } from '../../src-shared/contract/confirm-text.ts'
import type { Output } from '../../src-shared/contract/index.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { openRegistry } from '../../src-main/workspace/registry.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** Several workspaces with the whole engine, its real stores, and one keychain for all. */

const password = 'correct horse battery'

const machine = () => {
  const home = temporaryFolder()
  const first = join(home, 'workspace')
  const keychain = memoryKeychain()
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const registry = openRegistry({ home, first, now: Date.now, newId: randomUUID })

  /** What the console does: one engine at a time, on one folder. */
  const start = async (dir: string, typed?: (expected: string) => string | null) => {
    const targets: unknown[] = []
    const asked: ConfirmText[] = []
    const engine = createEngine({
      workspaceDir: dir,
      registry,
      mode: 'own',
      clock: systemClock,
      random: () => 0.5,
      newId,
      log: createLog({ write: () => undefined }),
      host: { name: 'terminal', version: '0', appVersion: '0' },
      keychain,
      askPerson: async (_client, text) => {
        if (isSecret(text)) return ''
        asked.push(text)
        return typed?.(text.expected) ?? null
      },
      families: [],
      send: () => undefined,
      switchTo: (target) => targets.push(target),
    })
    onTestFinished(() => engine.stop())
    await engine.start()
    engine.addClient(1, 'terminal')
    const query = (channel: string, input: object = {}) =>
      engine.call({ clientId: 1, channel, input })
    const command = (channel: string, input: object = {}) =>
      engine.call({ clientId: 1, channel, input: { commandId: newId(), input } })
    const list = async () => valueOf(await query('workspace.list')) as Output<'workspace.list'>
    const create = () => command('workspace.create', { ownerName: 'Nadia', password })
    return { engine, query, command, list, create, targets, asked }
  }
  return { home, first, keychain, registry, start }
}

const valueOf = (envelope: Envelope): unknown => (envelope.ok ? envelope.value : envelope.error)
const code = (envelope: Envelope): string => (envelope.ok ? 'ok' : envelope.error.code)

test('another workspace is made, entered and left, each with keys of its own', async () => {
  const { first, registry, keychain, start } = machine()
  const a = await start(first)
  expect(await a.list()).toMatchObject({
    workspaces: [{ name: 'Nocturne', folder: first, isCurrent: true, isNew: true, problem: null }],
    wiped: [],
  })
  expect(code(await a.create())).toBe('ok')
  expect(code(await a.command('workspace.add', { name: 'Nocturne' }))).toBe('workspace-name-taken')
  const { id } = valueOf(await a.command('workspace.add', { name: 'Kota Timur' })) as { id: string }
  expect(code(await a.command('workspace.switch', { id: randomUUID() }))).toBe('not-found')
  expect(code(await a.command('workspace.switch', { id: registry.byDir(first)?.id }))).toBe(
    'conflict',
  )
  expect(code(await a.command('workspace.switch', { id }))).toBe('ok')
  const other = registry.byId(id).dir
  expect(a.targets).toEqual([{ workspaceDir: other }])
  // Nobody is signed in any more, before the other one is opened.
  expect(await a.query('access.session')).toMatchObject({ value: { session: null } })
  await a.engine.stop()

  const b = await start(other)
  expect(await b.query('workspace.status')).toMatchObject({ value: { state: 'new' } })
  expect(code(await b.create())).toBe('ok')
  expect((await b.list()).workspaces.map(({ name, isCurrent }) => [name, isCurrent])).toEqual([
    ['Kota Timur', true],
    ['Nocturne', false],
  ])
  expect(code(await b.command('workspace.rename', { name: 'nocturne' }))).toBe(
    'workspace-name-taken',
  )
  expect(code(await b.command('workspace.rename', { name: 'Kota Barat' }))).toBe('ok')
  expect((await b.list()).workspaces[0]?.name).toBe('Kota Barat')

  const idIn = (dir: string): string =>
    JSON.parse(readFileSync(join(dir, 'keys.json'), 'utf8')).workspaceId
  const pairs = await Promise.all(
    [first, other].map((dir) => keychain.get(`workspace/${idIn(dir)}`)),
  )
  expect(pairs.every((pair) => pair?.length === 64)).toBe(true)
  expect(pairs[0]?.equals(pairs[1] ?? Buffer.alloc(0))).toBe(false)
  // Kept where the list may be lost, and both acts stand in the trail.
  expect(readFileSync(join(other, 'workspace.json'), 'utf8')).toContain('Kota Barat')
  expect(JSON.stringify(await b.query('audit.activity', { limit: 20, people: false }))).toContain(
    'workspace.rename',
  )
})

test('one that would not open is not entered, and what is open stays open', async () => {
  const { first, registry, keychain, start } = machine()
  const a = await start(first)
  await a.create()
  const { id } = registry.make('Kota Timur')
  const other = registry.byId(id).dir
  const b = await start(other)
  await b.create()
  const enter = async () => code(await a.command('workspace.switch', { id }))
  // Locked by another start of the console.
  expect(await enter()).toBe('workspace-in-use')
  await b.engine.stop()
  // Its key is not in the keychain any more.
  const { workspaceId } = registry.byId(id)
  const pair = (await keychain.get(`workspace/${workspaceId}`)) ?? Buffer.alloc(0)
  await keychain.delete(`workspace/${workspaceId}`)
  expect(await enter()).toBe('key-missing')
  await keychain.set(`workspace/${workspaceId}`, pair)
  // Its folder is gone.
  renameSync(other, `${other}-away`)
  expect(await enter()).toBe('workspace-folder-gone')
  expect((await a.list()).workspaces.find((each) => each.id === id)).toMatchObject({
    isNew: false,
    problem: { code: 'workspace-folder-gone', params: { name: 'Kota Timur', folder: other } },
  })
  expect(a.targets).toEqual([])
  expect((await a.query('network.olts')).ok).toBe(true)

  // The same word at a start; the others can be entered from there, where nothing is open.
  await a.engine.stop()
  const gone = await start(other)
  expect(await gone.query('workspace.status')).toMatchObject({
    value: { state: 'failed', problem: { code: 'workspace-folder-gone' } },
  })
  expect(existsSync(other)).toBe(false)
  expect(code(await gone.create())).not.toBe('ok')
  const firstId = registry.byDir(first)?.id
  expect(code(await gone.command('workspace.switch', { id: firstId }))).toBe('ok')
  expect(gone.targets).toEqual([{ workspaceDir: first }])
  await gone.engine.stop()

  // Brought back it is as it was; only what is not there can be taken off the list.
  renameSync(`${other}-away`, other)
  const c = await start(first)
  expect(code(await c.command('workspace.forget', { id }))).toBe('conflict')
  expect(code(await c.command('workspace.forget', { id: firstId }))).toBe('conflict')
  rmSync(other, { recursive: true })
  expect(code(await c.command('workspace.forget', { id }))).toBe('ok')
  expect((await c.list()).workspaces.length).toBe(1)
})

test('a locked screen keeps everybody in this workspace', async () => {
  const { first, registry, start } = machine()
  const a = await start(first)
  await a.create()
  const { id } = registry.make('Kota Timur')
  expect(code(await a.command('access.lock'))).toBe('ok')
  for (const [channel, input] of [
    ['workspace.switch', { id }],
    ['workspace.add', { name: 'Pelabuhan' }],
    ['workspace.forget', { id }],
  ] as const) {
    expect(code(await a.command(channel, input))).toBe('session-locked')
  }
  expect(a.targets).toEqual([])
  expect(registry.list().length).toBe(2)
})

test('the owner wipes one by its name, and the console goes on to another', async () => {
  const { home, first, keychain, registry, start } = machine()
  const a = await start(first)
  await a.create()
  await a.engine.stop()
  const { id } = registry.make('Kota Timur')
  const other = registry.byId(id).dir
  let typed: string | null = 'Nocturne'
  const b = await start(other, (expected) => typed ?? expected)
  await b.create()
  const accountId = JSON.stringify(await b.query('access.session')).match(/"id":"([^"]+)"/u)?.[1]
  // The name of another one is a "no".
  expect(code(await b.command('workspace.wipe'))).toBe('confirmation-refused')
  expect(existsSync(join(other, 'store.db'))).toBe(true)
  expect((await b.query('network.olts')).ok).toBe(true)
  expect(b.asked[0]).toMatchObject({ grave: true, expected: 'Kota Timur' })
  expect(b.asked[0]?.facts.map(({ value }) => value)).toEqual([
    'Wipe',
    'Kota Timur',
    other,
    'Nadia',
  ])
  expect(b.asked[0]?.lines.join(' ')).toContain('No backup stays')
  // Backups in a folder of the owner's choice are named, and stay.
  const kept = join(home, 'kept-backups')
  mkdirSync(kept, { mode: 0o700 })
  const settings = {
    folder: kept,
    schedule: { every: 'off', hour: 0 },
    keep: { last: 3, daily: 0, weekly: 0 },
  }
  expect(code(await b.command('backups.configure', settings))).toBe('ok')
  expect(code(await b.command('workspace.backUp'))).toBe('ok')
  // A copy with the same keys would stay readable, or go with it.
  const shared = registry.make('Restored')
  mkdirSync(shared.dir)
  copyFileSync(join(other, 'keys.json'), join(shared.dir, 'keys.json'))
  expect(await b.command('workspace.wipe')).toMatchObject({
    error: { code: 'workspace-keys-shared', params: { name: 'Restored' } },
  })
  rmSync(shared.dir, { recursive: true })

  typed = null
  const { workspaceId } = registry.byId(id)
  expect(code(await b.command('workspace.wipe'))).toBe('ok')
  expect(b.asked.at(-1)?.lines.join(' ')).toContain(`${kept} stay, but have no passphrase`)
  expect(existsSync(other)).toBe(false)
  expect(readdirSync(kept).length).toBe(1)
  expect(await keychain.get(`workspace/${workspaceId}`)).toBeNull()
  expect(b.targets).toEqual([{ workspaceDir: first }])
  expect(await b.query('access.session')).toMatchObject({ value: { session: null } })
  expect(code(await b.query('network.olts'))).toBe('not-signed-in')
  expect(registry.allWiped()).toMatchObject([
    { id, workspaceId, name: 'Kota Timur', by: accountId, backupsFolder: kept },
  ])
  await b.engine.stop()
  const c = await start(first)
  expect(await c.list()).toMatchObject({
    workspaces: [{ folder: first }, { name: 'Restored', isNew: true }],
    wiped: [{ id, name: 'Kota Timur', backupsFolder: kept }],
  })
})
