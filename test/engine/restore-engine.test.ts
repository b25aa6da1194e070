import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ConfirmText, SecretText } from '../../src-shared/contract/confirm-text.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock, type Clock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import type { EventBatch } from '../../src-main/engine/outbox.ts'
import { openRegistry } from '../../src-main/workspace/registry.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** A restore through the engine's door, by calls alone: before anybody can sign in, and by the owner. */

const newId = createUuidV7Source({ now: Date.now, randomBytes })
const password = 'correct horse battery'
const passphrase = 'untuk lemari di rumah'

const start = async (dir: string, keychain = memoryKeychain()) => {
  const windows: (ConfirmText | SecretText)[] = []
  const batches: EventBatch[] = []
  const left: unknown[] = []
  const answers = { file: null as string | null, press: true }
  let aheadMs = 0
  const clock: Clock = { ...systemClock, now: () => Date.now() + aheadMs }
  const engine = createEngine({
    workspaceDir: dir,
    mode: 'own',
    clock,
    random: () => 0.5,
    newId,
    log: createLog({ write: () => undefined }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain,
    families: [],
    send: (clientId, batch) => {
      batches.push(batch)
      void engine.call({ clientId, channel: '$ack', input: batch.seq })
    },
    switchTo: (target) => void left.push(target),
    registry: openRegistry({ home: dirname(dir), first: dir, now: Date.now, newId }),
    askPerson: (_, text) => {
      windows.push(text)
      return Promise.resolve(answers.press ? '' : null)
    },
    askFile: () => Promise.resolve(answers.file),
  })
  engine.addClient(1)
  await engine.start()
  const call = (channel: string, input: object = {}): Promise<Envelope> =>
    engine.call({ clientId: 1, channel, input: { commandId: newId(), input } })
  const done = async <Value = unknown>(channel: string, input: object = {}): Promise<Value> => {
    const said = await call(channel, input)
    if (!said.ok) throw new Error(`${channel}: ${said.error.code}`)
    return said.value as Value
  }
  const codeOf = async (channel: string, input: object = {}): Promise<string> => {
    const said = await call(channel, input)
    return said.ok ? 'done' : said.error.code
  }
  const asked = async <Value>(channel: string): Promise<Value> => {
    const said = await engine.call({ clientId: 1, channel, input: {} })
    if (!said.ok) throw new Error(`${channel}: ${said.error.code}`)
    return said.value as Value
  }
  return {
    engine,
    windows,
    batches,
    answers,
    left,
    done,
    codeOf,
    asked,
    ahead: (ms: number) => (aheadMs += ms),
    state: async () => (await asked<{ state: string }>('workspace.status')).state,
    signIn: () => done('access.signIn', { name: 'Nadia', password }),
    choose: async (channel: string, path: string) => {
      answers.file = path
      const { file } = await done<{ file: { id: string } }>(channel)
      return file.id
    },
  }
}

/** Another machine's workspace, and its backup that opens with a passphrase. */
const original = async () => {
  const dir = join(temporaryFolder(), 'workspace')
  const keychain = memoryKeychain()
  const one = await start(dir, keychain)
  await one.done('workspace.create', { ownerName: 'Nadia', password })
  await one.done('access.stepUp', { password })
  await one.done('backups.setPassphrase', { passphrase })
  const { name } = await one.done<{ name: string }>('workspace.backUp')
  return { ...one, dir, keychain, backup: join(dir, 'backups', name), name }
}

describe('a backup on a machine without a workspace', () => {
  it('is chosen, looked into and restored; it keeps quiet until its owner says it is alone', async () => {
    const there = await original()
    await there.engine.stop()
    const keychain = memoryKeychain()
    const dir = join(temporaryFolder(), 'workspace')
    const here = await start(dir, keychain)
    // As a real start does.
    mkdirSync(join(dir, 'logs'), { recursive: true, mode: 0o700 })

    expect(await here.done('restore.choose')).toEqual({ file: null })
    const broken = join(temporaryFolder(), 'broken.backup')
    writeFileSync(broken, 'nothing of ours')
    here.answers.file = broken
    expect(await here.codeOf('restore.choose')).toBe('backup-damaged')
    const fileId = await here.choose('restore.choose', there.backup)
    // SECURITY: a page cannot name a file of its own choice.
    expect(await here.codeOf('restore.preview', { fileId: newId(), secret: passphrase })).toBe(
      'not-found',
    )
    expect(await here.codeOf('restore.run', { fileId, secret: 'wrong and wrong' })).toBe(
      'wrong-passphrase',
    )
    expect(existsSync(`${dir}.restoring`)).toBe(false)
    const view = await here.done('restore.preview', { fileId, secret: passphrase })
    expect(view).toMatchObject({ contents: { accounts: 1, owner: 'Nadia' } })

    const taskId = newId()
    await here.done('restore.run', { fileId, secret: passphrase, taskId })
    expect(await here.state()).toBe('ready')
    const steps = here.batches.flatMap(({ events }) =>
      events.flatMap((event) =>
        event.channel === 'workspace.progress' ? [(event.payload as { step: string }).step] : [],
      ),
    )
    expect(steps).toContain('unpack')
    // Now somebody can sign in: the door is no way past him.
    expect(await here.codeOf('restore.choose')).toBe('already-set-up')
    await here.signIn()
    expect(await here.asked('workspace.standing')).toMatchObject({
      standing: { kind: 'restored' },
    })
    const proof = await here.asked<{ ok: boolean }>('audit.verify')
    expect(proof.ok).toBe(true)

    // A plan that was due makes no backup while another copy may make its own.
    await here.done('backups.configure', {
      folder: null,
      schedule: { every: 'hour', hour: 0 },
      keep: { last: 3, daily: 0, weekly: 0 },
    })
    here.ahead(6 * 60_000)
    expect(await here.codeOf('workspace.resume')).toBe('step-up-needed')
    await here.done('access.stepUp', { password })
    await here.done('workspace.resume')
    expect(await here.asked('workspace.standing')).toEqual({ standing: null })
    expect(await here.codeOf('workspace.resume')).toBe('conflict')
    await here.engine.stop()

    // It opens with keys of its own, again and again.
    const again = await start(dir, keychain)
    expect(await again.state()).toBe('ready')
    await again.engine.stop()
  }, 60_000)

  it('replaces one that does not open, which is kept', async () => {
    const there = await original()
    await there.engine.stop()
    const dir = join(temporaryFolder(), 'workspace')
    mkdirSync(dir, { mode: 0o700 })
    writeFileSync(join(dir, 'store.db'), randomBytes(8192), { mode: 0o600 })
    const here = await start(dir)
    expect(await here.state()).toBe('failed')
    const fileId = await here.choose('restore.choose', there.backup)
    const { keptAs } = await here.done<{ keptAs: string }>('restore.run', {
      fileId,
      secret: passphrase,
    })
    expect(readdirSync(keptAs)).toContain('store.db')
    expect(await here.state()).toBe('ready')
    await here.engine.stop()
  }, 60_000)
})

describe('a backup in the place of the workspace that is open', () => {
  it('asks who one is and for a yes outside the page; then the workspace of before is kept', async () => {
    const one = await original()
    expect(await one.codeOf('restore.choose')).toBe('already-set-up')
    await one.done('access.signOut')
    expect(await one.codeOf('backups.choose')).toBe('not-signed-in')
    await one.signIn()
    const source = { kind: 'kept', name: one.name }
    const input = { source, into: { kind: 'in-place' } }
    one.ahead(6 * 60_000)
    expect(await one.codeOf('backups.restore', input)).toBe('step-up-needed')
    await one.done('access.stepUp', { password })

    one.answers.press = false
    expect(await one.codeOf('backups.restore', input)).toBe('confirmation-refused')
    expect(one.windows.at(-1)).toMatchObject({ grave: true, typeLabel: null })
    expect(await one.state()).toBe('ready')
    expect(existsSync(`${one.dir}.restoring`)).toBe(false)

    one.answers.press = true
    // Into a new one: that is where the console then stands, and this one is as it was.
    const second = await one.done<{ folder: string }>('backups.restore', {
      ...input,
      into: { kind: 'new', name: 'Second' },
    })
    expect(one.left).toEqual([{ workspaceDir: second.folder }])
    expect(readdirSync(second.folder)).toEqual(expect.arrayContaining(['keys.json', 'store.db']))
    await one.signIn()
    expect(
      await one.codeOf('backups.restore', { ...input, into: { kind: 'new', name: 'Second' } }),
    ).toBe('workspace-name-taken')
    expect(await one.codeOf('backups.restore', input)).toBe('done')
    expect(await one.state()).toBe('ready')
    expect(readdirSync(dirname(one.dir))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^workspace-before-restore-/u)]),
    )
    // Whoever was there has to say who he is; and it is alone, as it was.
    expect(await one.codeOf('backups.choose')).toBe('not-signed-in')
    await one.signIn()
    expect(await one.asked('workspace.standing')).toEqual({ standing: null })
    await one.engine.stop()
  }, 60_000)
})
