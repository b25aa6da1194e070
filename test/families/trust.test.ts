import { join } from 'node:path'
import { rmSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFamilies, type Families } from '../../src-main/families/families.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import type { CommandPlan } from '../../src-main/engine/handlers.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { shippedFamilies } from '../olt/support/shipped-families.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { newTestStore, temporaryFolder, testCall } from '../support/store-workspace.ts'
import { rejectionOf } from '../support/error-code.ts'
import { copyFamily, startFamilyEngine } from './support/family-engine.ts'
import { everything } from '../../src-main/engine/reach.ts'

const context: CallContext = {
  clientId: 1,
  session: {
    sessionId: 's',
    accountId: 'account-1',
    name: 'Nadia',
    role: 'owner',
    permissions: new Set(),
  },
  traceId: 't',
  reach: everything,
  signal: new AbortController().signal,
  progress: () => undefined,
}

const bench = () => {
  const workspace = temporaryFolder()
  const store = newTestStore()
  const events: string[] = []
  let number = 1
  const make = (): Families =>
    createFamilies({
      workspaceDir: workspace,
      builtIn: shippedFamilies,
      builtInFolders: [],
      reader: store.reader,
      clock: createManualClock(),
      log: { info: () => undefined },
      emit: (name) => void events.push(name),
      nameOfAccount: (id) => (id === 'account-1' ? 'Nadia' : null),
      oltsByFamily: () => new Map(),
      onChange: () => undefined,
    })
  let families = make()
  const run = async <Out>(plan: CommandPlan<Out> | Promise<CommandPlan<Out>>): Promise<void> => {
    const { apply, after } = await plan
    const { result } = runCommand(store, testCall(number++), (tx) => ({ result: apply(tx) }))
    await after?.(result as Out)
  }
  const summary = async (id: string) => {
    const { families: all } = await families.queries['families.list']({}, context)
    return all.find((family) => family.id === id)
  }
  return {
    workspace,
    events,
    mayWrite: (id: string) => families.mayWrite(id),
    summary,
    hashOf: async (id: string) => (await summary(id))?.contentHash ?? '',
    trust: (id: string, contentHash: string, typedName = id) =>
      run(families.commands['families.trust']({ id, contentHash, typedName }, context)),
    withdraw: (id: string) => run(families.commands['families.withdrawTrust']({ id }, context)),
    reload: () => run(families.commands['families.reload']({}, context)),
    restart: () => {
      families = make()
    },
  }
}

/** The code that a command is refused with, before its transaction or in it. */
const refusal = async (run: () => Promise<void>): Promise<string> =>
  (await rejectionOf(Promise.resolve().then(run))).code

describe('trust is refused when', () => {
  it('the typed name is another one: not quite, with blanks, or in capitals', async () => {
    const { workspace, trust, hashOf, mayWrite, reload } = bench()
    copyFamily(workspace, 'mine')
    await reload()
    const hash = await hashOf('mine')
    for (const typed of ['', 'min', ' mine', 'mine ', 'Mine', 'mine\u200b']) {
      expect(await refusal(() => trust('mine', hash, typed))).toBe('conflict')
    }
    expect(mayWrite('mine')).toBe(false)
  })

  it('the content is another one than was shown', async () => {
    const { workspace, trust, hashOf, mayWrite, reload } = bench()
    copyFamily(workspace, 'mine')
    await reload()
    const shown = await hashOf('mine')
    copyFamily(workspace, 'mine', (yaml) => `${yaml}# changed meanwhile\n`)
    expect(await refusal(() => trust('mine', shown))).toBe('conflict')
    expect(await refusal(() => trust('mine', 'f'.repeat(64)))).toBe('conflict')
    expect(mayWrite('mine')).toBe(false)
  })

  it('there is no such family, or it comes with the console, or it is refused itself', async () => {
    const { workspace, trust, reload } = bench()
    copyFamily(workspace, 'broken', () => 'family: [')
    await reload()
    for (const id of ['nobody', 'hsgq-gpon', 'broken']) {
      expect(await refusal(() => trust(id, '0'.repeat(64)))).toBe('not-found')
    }
  })

  it('it is to be withdrawn and was never given', async () => {
    const { withdraw } = bench()
    expect(await refusal(() => withdraw('mine'))).toBe('not-found')
  })
})

describe('mayWrite', () => {
  it('says no to own families until they are trusted, and to what is not there', async () => {
    const { workspace, mayWrite, reload, trust, hashOf } = bench()
    copyFamily(workspace, 'mine')
    await reload()
    expect([mayWrite('mine'), mayWrite('nobody'), mayWrite('hsgq-gpon')]).toEqual([
      false,
      false,
      true,
    ])
    await trust('mine', await hashOf('mine'))
    expect(mayWrite('mine')).toBe(true)
  })

  it('says no again once the profile has changed, and yes when it is what it was', async () => {
    const { workspace, mayWrite, reload, trust, hashOf, summary } = bench()
    copyFamily(workspace, 'mine')
    await reload()
    await trust('mine', await hashOf('mine'))
    copyFamily(workspace, 'mine', (yaml) => yaml.replace('proven', 'unproven'))
    await reload()
    expect(mayWrite('mine')).toBe(false)
    expect((await summary('mine'))?.trust).toBe('changed')
    copyFamily(workspace, 'mine')
    await reload()
    expect(mayWrite('mine')).toBe(true)
  })

  it('says no when trust is withdrawn or the folder is gone', async () => {
    const { workspace, mayWrite, reload, trust, hashOf, withdraw, events } = bench()
    copyFamily(workspace, 'mine')
    await reload()
    await trust('mine', await hashOf('mine'))
    rmSync(join(workspace, 'olt-families', 'mine'), { recursive: true })
    await reload()
    expect(mayWrite('mine')).toBe(false)
    copyFamily(workspace, 'mine')
    await reload()
    expect(mayWrite('mine')).toBe(true)
    await withdraw('mine')
    expect(mayWrite('mine')).toBe(false)
    expect(new Set(events)).toEqual(new Set(['families.changed']))
  })
})

describe('trust', () => {
  it('outlives a restart, with who gave it and when', async () => {
    const { workspace, mayWrite, reload, trust, hashOf, restart, summary } = bench()
    copyFamily(workspace, 'mine')
    await reload()
    await trust('mine', await hashOf('mine'))
    restart()
    expect(mayWrite('mine')).toBe(true)
    expect(await summary('mine')).toMatchObject({
      source: 'own',
      trust: 'trusted',
      trustedBy: 'Nadia',
      trustedAt: expect.any(Number),
    })
  })

  it('is a command like every other: signed in, in the audit trail, and there after a restart', async () => {
    const workspace = join(temporaryFolder(), 'workspace')
    const keychain = memoryKeychain()
    copyFamily(workspace, 'mine')
    const first = await startFamilyEngine(workspace, { keychain })
    const { families } = await first.query('families.list')
    const contentHash = families.find(({ id }) => id === 'mine')?.contentHash
    const before = await first.query('audit.verify')
    const input = { id: 'mine', contentHash, typedName: 'mine' }
    expect(await first.command('families.trust', { ...input, typedName: 'x' })).toMatchObject({
      error: { code: 'conflict', params: { what: 'family-name' } },
    })
    expect(await first.command('families.trust', input)).toMatchObject({ ok: true })
    const after = await first.query('audit.verify')
    // The refusal and the trust.
    expect(after).toMatchObject({ ok: true, rows: before.rows + 2 })
    first.engine.lock('user')
    expect(await first.command('families.withdrawTrust', { id: 'mine' })).toMatchObject({
      error: { code: 'session-locked' },
    })
    await first.engine.stop()

    const second = await startFamilyEngine(workspace, { keychain, isNew: false })
    onTestFinished(() => second.engine.stop())
    const { families: again } = await second.query('families.list')
    expect(again.find(({ id }) => id === 'mine')).toMatchObject({
      trust: 'trusted',
      trustedBy: 'Nadia',
    })
  })
})
