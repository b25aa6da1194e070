import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  isSecret,
  type ConfirmText,
  type SecretText,
} from '../../src-shared/contract/confirm-text.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock, type Clock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { openRegistry } from '../../src-main/workspace/registry.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** A workspace that goes to another machine, by calls alone, with the whole engine on both. */

const newId = createUuidV7Source({ now: Date.now, randomBytes })
const password = 'correct horse battery'
const passphrase = 'pindahan ke rumah yang baru'

interface Told {
  readonly channel: string
  readonly payload: unknown
}

const start = async (dir = join(temporaryFolder(), 'workspace'), keychain = memoryKeychain()) => {
  const windows: (ConfirmText | SecretText)[] = []
  const answers = { file: null as string | null, press: true }
  let onEvent: (told: Told) => void = () => undefined
  let aheadMs = 0
  const clock: Clock = { ...systemClock, now: () => Date.now() + aheadMs }
  const engine = createEngine({
    workspaceDir: dir,
    mode: 'own',
    clock,
    random: () => 0.5,
    newId,
    log: createLog({ write: () => undefined }),
    host: { name: 'terminal', version: '0', appVersion: '1.2.3' },
    keychain,
    families: [],
    send: (clientId, batch) => {
      for (const event of batch.events) onEvent(event)
      void engine.call({ clientId, channel: '$ack', input: batch.seq })
    },
    switchTo: () => undefined,
    registry: openRegistry({ home: dirname(dir), first: dir, now: Date.now, newId }),
    askPerson: (_, text) => {
      windows.push(text)
      return Promise.resolve(answers.press || isSecret(text) ? '' : null)
    },
    askFile: () => Promise.resolve(answers.file),
  })
  let isStopped = false
  const stop = async (): Promise<void> => {
    if (!isStopped) await engine.stop()
    isStopped = true
  }
  onTestFinished(stop)
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
  const ask = (channel: string, input: object = {}): Promise<Envelope> =>
    engine.call({ clientId: 1, channel, input })
  const asked = async <Value>(channel: string, input: object = {}): Promise<Value> => {
    const said = await ask(channel, input)
    if (!said.ok) throw new Error(`${channel}: ${said.error.code}`)
    return said.value as Value
  }
  return {
    dir,
    keychain,
    windows,
    answers,
    stop,
    done,
    codeOf,
    ask,
    asked,
    ahead: (ms: number) => (aheadMs += ms),
    hear: (listener: typeof onEvent) => (onEvent = listener),
    create: () => done('workspace.create', { ownerName: 'Nadia', password }),
    stepUp: () => done('access.stepUp', { password }),
    signIn: () => done('access.signIn', { name: 'Nadia', password }),
    state: async () => (await asked<{ state: string }>('workspace.status')).state,
    standing: async () => (await asked<{ standing: unknown }>('workspace.standing')).standing,
    choose: async (channel: string, path: string) => {
      answers.file = path
      const { file } = await done<{ file: { id: string; kind: string } }>(channel)
      return file
    },
    rows: async () =>
      (await asked<{ rows: { command: string }[] }>('audit.search', {})).rows.map(
        ({ command }) => command,
      ),
  }
}

const note = { from: 0, to: 1, text: 'a note' }

describe('a workspace that is moved to another machine', () => {
  it('is made for its owner, who says yes outside the page; then it does nothing until it is taken back', async () => {
    const there = await start()
    await there.create()
    const out = temporaryFolder()
    const input = { folder: out, act: 'move', passphrase }
    there.ahead(6 * 60_000)
    expect(await there.codeOf('transfer.make', input)).toBe('step-up-needed')
    await there.stepUp()
    const refusals = {
      'folder-inside-workspace': { ...input, folder: join(there.dir, 'history') },
      'folder-gone': { ...input, folder: 'not/absolute' },
      'password-too-weak': { ...input, passphrase: 'passwordpassword' },
    }
    for (const [code, given] of Object.entries(refusals)) {
      expect(await there.codeOf('transfer.make', given)).toBe(code)
    }
    expect(there.windows.filter((text) => !isSecret(text))).toEqual([])
    there.answers.press = false
    expect(await there.codeOf('transfer.make', input)).toBe('confirmation-refused')
    expect(there.windows.at(-1)).toMatchObject({ grave: true })
    there.answers.press = true

    // Called off while it is written: it opens again as it was.
    const taskId = newId()
    const seen: string[] = []
    there.hear(({ channel, payload }) => {
      if (channel === 'workspace.statusChanged') seen.push((payload as { state: string }).state)
      if (channel !== 'workspace.progress') return
      seen.push((payload as { step: string }).step)
      void there.done('workspace.cancel', { taskId })
    })
    expect(await there.codeOf('transfer.make', { ...input, taskId })).toBe('cancelled')
    there.hear(() => undefined)
    expect(seen).toContain('packing')
    expect(seen).toContain('gather')
    expect(readdirSync(out)).toEqual([])
    expect(await there.standing()).toBeNull()
    expect(await there.codeOf('handover.write', note)).toBe('done')

    const { path } = await there.done<{ path: string }>('transfer.make', input)
    expect(readdirSync(out)).toEqual([path.slice(out.length + 1)])
    expect(await there.state()).toBe('ready')
    expect(await there.standing()).toMatchObject({ kind: 'moved', path, sure: true })
    // Who was signed in still is; nothing is written any more, and nobody resumes it by another way.
    for (const [channel, given] of [
      ['handover.write', note],
      ['workspace.backUp', {}],
      ['transfer.make', input],
      ['preferences.set', { theme: 'dark' }],
    ] as const) {
      expect([channel, await there.codeOf(channel, given)]).toEqual([channel, 'workspace-moved'])
    }
    expect(await there.codeOf('workspace.resume')).toBe('workspace-moved')
    await there.stop()

    // Also at its next start.
    const again = await start(there.dir, there.keychain)
    await again.signIn()
    expect(await again.standing()).toMatchObject({ kind: 'moved' })
    expect(await again.codeOf('handover.write', note)).toBe('workspace-moved')
    again.ahead(6 * 60_000)
    expect(await again.codeOf('workspace.takeBack')).toBe('step-up-needed')
    await again.stepUp()
    await again.done('workspace.takeBack')
    expect(await again.state()).toBe('ready')
    expect(await again.standing()).toBeNull()
    expect(await again.codeOf('handover.write', note)).toBe('done')
    expect(await again.codeOf('workspace.takeBack')).toBe('conflict')
    const rows = await again.rows()
    expect(rows).toEqual(
      expect.arrayContaining([
        'transfer.make',
        'transfer.made',
        'transfer.ended',
        'workspace.takeBack',
      ]),
    )
  }, 60_000)

  it('asks no OLT anything: not by itself, and not for a person', async () => {
    const olt = createSocket('udp4')
    let heard = 0
    olt.on('message', () => (heard += 1))
    await new Promise<void>((bound) => olt.bind(0, '127.0.0.1', bound))
    onTestFinished(() => void olt.close())
    const there = await start()
    await there.create()
    const first = new Promise<void>((come) => olt.once('message', () => come()))
    const { oltId } = await there.done<{ oltId: string }>('network.addOlt', {
      name: 'OLT',
      host: '127.0.0.1',
      port: olt.address().port,
      community: 'public',
    })
    await first
    await there.stepUp()
    await there.done('transfer.make', { folder: temporaryFolder(), act: 'move', passphrase })
    await there.stop()
    heard = 0
    rmSync(join(there.dir, 'olt-families'), { recursive: true })
    const again = await start(there.dir, there.keychain)
    await again.signIn()
    const said = await again.ask('network.oltInterfaces', { oltId, taskId: newId() })
    expect(said).toMatchObject({ ok: false, error: { code: 'workspace-moved' } })
    expect(await again.codeOf('network.pollNow', { oltId, group: 'status' })).toBe(
      'workspace-moved',
    )
    again.ahead(3_600_000)
    await again.asked('network.olts')
    expect(heard).toBe(0)
    // What begins with a workspace has not begun: the folder for own families is looked after first.
    expect(existsSync(join(there.dir, 'olt-families'))).toBe(false)
  }, 60_000)

  it('opens on the other one by its passphrase, and works there at once', async () => {
    const there = await start()
    await there.create()
    await there.stepUp()
    const folder = temporaryFolder()
    const { path } = await there.done<{ path: string }>('transfer.make', {
      folder,
      act: 'move',
      passphrase,
    })
    await there.stop()

    const here = await start()
    mkdirSync(join(here.dir, 'logs'), { recursive: true, mode: 0o700 })
    const { id: fileId, kind } = await here.choose('restore.choose', path)
    expect(kind).toBe('transfer')
    expect(await here.codeOf('restore.preview', { fileId, secret: 'not this one at all' })).toBe(
      'wrong-passphrase',
    )
    expect(await here.done('restore.preview', { fileId, secret: passphrase })).toMatchObject({
      contents: { owner: 'Nadia', accounts: 1 },
      ways: ['passphrase'],
      transfer: { act: 'move', name: 'Nocturne', appVersion: '1.2.3' },
    })
    await here.done('restore.run', { fileId, secret: passphrase })
    expect(await here.state()).toBe('ready')
    await here.signIn()
    expect(await here.standing()).toBeNull()
    expect(await here.codeOf('handover.write', note)).toBe('done')
    expect(await here.rows()).toContain('transfer.takenIn')
    expect(await here.asked('audit.verify')).toMatchObject({ ok: true })
  }, 60_000)

  it('or by a key that is shown once; from inside, in the place of another, which is kept', async () => {
    const there = await start()
    await there.create()
    await there.stepUp()
    const { path } = await there.done<{ path: string }>('transfer.make', {
      folder: temporaryFolder(),
      act: 'copy',
    })
    const isKey = (line: string): boolean => /^(?:[0-9A-Z]{4}-){8}[0-9A-Z]{4}$/u.test(line)
    const key = there.windows.flatMap(({ lines }) => lines).find(isKey) ?? ''
    expect(isKey(key)).toBe(true)
    // A copy: this one goes on.
    expect(await there.standing()).toBeNull()
    expect(await there.codeOf('handover.write', note)).toBe('done')
    await there.stop()

    const here = await start()
    await here.create()
    await here.stepUp()
    const { id: fileId } = await here.choose('backups.choose', path)
    const source = { kind: 'chosen', fileId }
    expect(await here.codeOf('backups.preview', { source })).toBe('wrong-passphrase')
    expect(await here.done('backups.preview', { source, secret: key })).toMatchObject({
      ways: ['recovery-key'],
      transfer: { act: 'copy' },
    })
    const input = { source, secret: key, into: { kind: 'in-place' } }
    here.answers.press = false
    expect(await here.codeOf('backups.restore', input)).toBe('confirmation-refused')
    expect(existsSync(`${here.dir}.restoring`)).toBe(false)
    here.answers.press = true
    expect(await here.codeOf('backups.restore', input)).toBe('done')
    expect(readdirSync(dirname(here.dir))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^workspace-before-restore-/u)]),
    )
    await here.signIn()
    expect(await here.standing()).toMatchObject({ kind: 'restored' })
    // A copy that nobody has answered for goes nowhere from here.
    await here.stepUp()
    const on = { folder: temporaryFolder(), act: 'move', passphrase }
    expect(await here.codeOf('transfer.make', on)).toBe('workspace-quiet')
  }, 60_000)
})
