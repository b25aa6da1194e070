import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyExport } from '../../src-main/audit/verify-export.ts'
import { systemClock, type Clock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import type { CommandName, Output, QueryName } from '../../src-shared/contract/index.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** The audit trail on the whole engine: a real store, its keys from a keychain. */

const newId = createUuidV7Source({ now: Date.now, randomBytes })
const password = 'tangga hijau berderit 7'

const start = async (dir: string, keychain: ReturnType<typeof memoryKeychain>) => {
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
    polling: false,
    send: (clientId, batch) => void engine.call({ clientId, channel: '$ack', input: batch.seq }),
    switchTo: () => undefined,
  })
  engine.addClient(1)
  await engine.start()
  const raw = (channel: string, input: unknown) => engine.call({ clientId: 1, channel, input })
  const take = async (channel: string, input: unknown): Promise<unknown> => {
    const reply = await raw(channel, input)
    if (!reply.ok) throw new Error(`${channel}: ${reply.error.code}`)
    return reply.value
  }
  return {
    engine,
    ahead: (ms: number) => {
      aheadMs += ms
    },
    query: <Name extends QueryName>(name: Name, input: object = {}) =>
      take(name, input) as Promise<Output<Name>>,
    command: <Name extends CommandName>(name: Name, input: object = {}) =>
      take(name, { commandId: newId(), input }) as Promise<Output<Name>>,
    codeOf: async (name: CommandName, input: object) => {
      const reply = await raw(name, { commandId: newId(), input })
      return reply.ok ? 'done' : reply.error.code
    },
  }
}

const firstStart = async () => {
  const dir = join(temporaryFolder(), 'workspace')
  const keychain = memoryKeychain()
  const console = await start(dir, keychain)
  await console.command('workspace.create', { ownerName: 'Nadia', password })
  return { dir, keychain, console }
}

const signIn = (console: Awaited<ReturnType<typeof start>>) =>
  console.command('access.signIn', { name: 'Nadia', password })

describe('the audit trail of the console', { timeout: 60_000 }, () => {
  it('tells who, from where, what and on what, and that it was read', async () => {
    const { console } = await firstStart()
    await console.command('access.lock')
    await console.command('access.unlock', { password })
    const { rows } = await console.query('audit.search')
    expect(rows.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['access.unlock', 'access.lock', 'workspace.create']),
    )
    const lock = rows.find(({ command }) => command === 'access.lock')
    expect(lock).toMatchObject({
      accountName: 'Nadia',
      clientKind: 'console',
      outcome: 'done',
      category: 'authentication',
    })
    expect(lock?.device).toEqual(expect.stringMatching(/./))
    await console.query('audit.row', { seq: lock?.seq })
    const [latest] = (await console.query('audit.search')).rows
    expect(latest).toMatchObject({
      command: 'audit.row',
      category: 'sensitive-read',
      objectId: String(lock?.seq),
    })
    await console.engine.stop()
  })

  it('is exported only by who says once more who he is, and the file proves itself', async () => {
    const { console } = await firstStart()
    const overview = await console.query('audit.overview')
    console.ahead(10 * 60_000)
    const asked = { format: 'signed', filter: {}, taskId: newId() }
    expect(await console.codeOf('audit.export', asked)).toBe('step-up-needed')
    await console.command('access.stepUp', { password })
    const made = await console.command('audit.export', asked)
    const proof = await verifyExport(join(made.folder, made.fileName))
    expect(proof).toMatchObject({ ok: true, whole: true, fingerprint: overview.fingerprint })
    const { rows } = await console.query('audit.search', { command: 'audit.export' })
    expect(rows.map(({ outcome, category }) => [outcome, category])).toEqual([
      ['done', 'export'],
      ['refused', 'authorisation'],
    ])
    await console.engine.stop()
  })

  it('is signed at stop, so that an older copy put back is found', async () => {
    const { dir, keychain, console } = await firstStart()
    await console.engine.stop()
    const copy = join(temporaryFolder(), 'store.db')
    cpSync(join(dir, 'store.db'), copy)
    const later = await start(dir, keychain)
    await signIn(later)
    await later.command('access.lock')
    await later.engine.stop()
    const whole = await start(dir, keychain)
    await signIn(whole)
    expect(await whole.query('audit.verify')).toMatchObject({ ok: true, reason: null })
    await whole.engine.stop()

    for (const suffix of ['-wal', '-shm']) rmSync(join(dir, `store.db${suffix}`), { force: true })
    cpSync(copy, join(dir, 'store.db'))
    const older = await start(dir, keychain)
    await signIn(older)
    const proof = await older.query('audit.verify')
    expect(proof.ok).toBe(false)
    expect(['older-store', 'checkpoint-differs']).toContain(proof.reason)
    expect(existsSync(join(dir, 'checkpoints.jsonl'))).toBe(true)
    await older.engine.stop()
  })
})
