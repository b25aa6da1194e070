import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { memoryKeychain, noKeychain, type Keychain } from '../../src-main/vault/keychain.ts'
import { copyKeys, type WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { createWorkspace } from '../../src-main/workspace/workspace.ts'
import { NocturneError } from '../../src-shared/errors.ts'

const dirs: string[] = []
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true })
})

const context = { clientId: 1 } as CallContext
const newDir = (): string => {
  const dir = join(mkdtempSync(join(tmpdir(), 'nocturne-door-')), 'workspace')
  dirs.push(join(dir, '..'))
  return dir
}

const setUp = (options: { keychain: Keychain; dir?: string; mode?: 'own' | 'simulated' }) => {
  const seen: string[] = []
  let keys: WorkspaceKeys | null = null
  let owner: string | null = null
  let id = 0
  const workspace = createWorkspace({
    dir: options.dir ?? newDir(),
    mode: options.mode ?? 'own',
    keychain: options.keychain,
    host: { name: 'terminal', version: '0', appVersion: '0' },
    log: silentLog,
    newId: () => `018f0000-0000-7000-8000-${String(++id).padStart(12, '0')}`,
    open: (given) => {
      keys = given
      seen.push('open')
    },
    close: async () => {
      keys?.wipe()
      keys = null
      seen.push('close')
    },
    endSessions: () => void seen.push('end sessions'),
    proveChain: () => () => ({ ok: true }),
    clock: { now: () => 1 },
    record: (name) => void seen.push(name),
    problemHere: () => null,
    opened: () => undefined,
    isOpen: () => keys !== null,
    copyKeys: () => (keys === null ? null : copyKeys(keys)),
    hasOwner: () => owner !== null,
    planOwner: async ({ name, password }) => {
      if (password === 'weak') throw new NocturneError('password-too-weak')
      return {
        apply: () => {
          owner = name
          return {}
        },
      }
    },
    begin: () => seen.push('begin'),
    cancelTask: () => seen.push('cancel'),
    switchTo: (target) => seen.push(`switch ${target}`),
    statusChanged: (status) => seen.push(status.state),
  })
  const create = async (input: { password?: string; passphrase?: string | null } = {}) => {
    const plan = await workspace.commands['workspace.create'](
      {
        ownerName: 'Nadia',
        password: input.password ?? 'fine',
        passphrase: input.passphrase ?? null,
      },
      context,
    )
    const out = plan.apply(undefined as never)
    await plan.after?.(out)
  }
  return {
    workspace,
    create,
    seen,
    keys: () => keys,
    storeKey: () => keys?.storeKey.toString('hex'),
  }
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof NocturneError ? error.code : String(error)),
  )

describe('a new workspace', () => {
  it('makes nothing for a password that is too weak', async () => {
    const { workspace, create, seen } = setUp({ keychain: memoryKeychain() })
    await workspace.start()
    expect(await codeOf(create({ password: 'weak' }))).toBe('password-too-weak')
    expect(seen).not.toContain('open')
    expect(workspace.status().state).toBe('new')
  })

  it('without a keychain asks for a passphrase and takes no short one', async () => {
    const { workspace, create } = setUp({ keychain: noKeychain('test') })
    await workspace.start()
    expect(workspace.status()).toMatchObject({ state: 'new', keychain: 'unavailable' })
    expect(await codeOf(create())).toBe('password-too-weak')
    expect(await codeOf(create({ passphrase: 'short' }))).toBe('password-too-weak')
    expect(await codeOf(create({ passphrase: 'a passphrase long enough' }))).toBe('done')
    expect(workspace.status().state).toBe('ready')
  })

  it('is made once: a second creation, or one at the same time, is refused', async () => {
    const { workspace, create } = setUp({ keychain: memoryKeychain() })
    await workspace.start()
    const both = await Promise.all([codeOf(create()), codeOf(create())])
    expect(both.toSorted()).toEqual(['conflict', 'done'])
    expect(await codeOf(create())).toBe('already-set-up')
  })
})

describe('a workspace that is there', () => {
  it('opens by itself with the key in the keychain', async () => {
    const keychain = memoryKeychain()
    const dir = newDir()
    const first = setUp({ keychain, dir })
    await first.workspace.start()
    await first.create()
    const second = setUp({ keychain, dir })
    await second.workspace.start()
    expect(second.seen).toContain('open')
    expect(second.storeKey()).toBe(first.storeKey())
  })

  it('stays shut, with the reason, when the keychain it was made with is gone', async () => {
    const dir = newDir()
    const first = setUp({ keychain: memoryKeychain(), dir })
    await first.workspace.start()
    await first.create()
    const other = setUp({ keychain: memoryKeychain(), dir })
    await other.workspace.start()
    expect(other.workspace.status()).toMatchObject({
      state: 'failed',
      problem: { code: 'key-missing' },
    })
    const none = setUp({ keychain: noKeychain('test'), dir })
    await none.workspace.start()
    expect(none.workspace.status().state).toBe('failed')
    expect(none.seen).not.toContain('open')
  })

  it('locks its vault: the keys are wiped where they lay, nobody is signed in, and it opens again', async () => {
    for (const keychain of [memoryKeychain(), noKeychain('test')]) {
      const passphrase = keychain.kind === 'none' ? 'a passphrase long enough' : null
      const { workspace, create, seen, keys } = setUp({ keychain })
      await workspace.start()
      await create({ passphrase })
      const held = keys()
      if (held === null) throw new Error('not open')
      const buffers = [held.storeKey, held.vaultKey, held.auditKey, held.auditDetailKey]
      const before = Buffer.from(held.storeKey)
      seen.length = 0
      const plan = await workspace.commands['workspace.lockVault']({}, context)
      await plan.after?.(plan.apply(undefined as never))
      // The same Buffers, not copies of them.
      for (const buffer of buffers) expect(buffer.equals(Buffer.alloc(32))).toBe(true)
      const sealed = passphrase === null ? 'sealed' : 'needs-passphrase'
      expect(seen).toEqual(['end sessions', sealed, 'close'])
      expect(workspace.status().state).toBe(sealed)
      if (passphrase !== null) {
        const none = workspace.commands['workspace.unseal']({ passphrase: null }, context)
        expect(await codeOf(Promise.resolve(none))).toBe('workspace-sealed')
      }
      await workspace.commands['workspace.unseal']({ passphrase }, context)
      expect(workspace.status().state).toBe('ready')
      expect(keys()?.storeKey.equals(before)).toBe(true)
    }
  })

  it('has no vault to lock, and no keys to change, on the simulated plant', async () => {
    const { workspace, create } = setUp({ keychain: memoryKeychain(), mode: 'simulated' })
    await workspace.start()
    await create()
    const calls = [
      () => workspace.commands['workspace.lockVault']({}, context),
      () => workspace.commands['workspace.rotateKeys']({ passphrase: null }, context),
    ]
    for (const call of calls) {
      expect(await codeOf((async () => call())())).toBe('conflict')
    }
  })

  it('sealed by a passphrase refuses a wrong one and opens with the right one', async () => {
    const dir = newDir()
    const first = setUp({ keychain: noKeychain('test'), dir })
    await first.workspace.start()
    await first.create({ passphrase: 'a passphrase long enough' })
    const second = setUp({ keychain: noKeychain('test'), dir })
    await second.workspace.start()
    expect(second.workspace.status().state).toBe('needs-passphrase')
    const unseal = (passphrase: string) =>
      codeOf(
        Promise.resolve(second.workspace.commands['workspace.unseal']({ passphrase }, context)),
      )
    expect(await unseal('a passphrase, the wrong')).toBe('wrong-passphrase')
    expect(second.seen).not.toContain('open')
    expect(await unseal('a passphrase long enough')).toBe('done')
    expect(second.storeKey()).toBe(first.storeKey())
  })
})

describe('the look around', () => {
  it('is entered from the own workspace only and left from the simulated one only', async () => {
    const own = setUp({ keychain: memoryKeychain() })
    const simulated = setUp({ keychain: memoryKeychain(), mode: 'simulated' })
    const enter = async (s: typeof own) => s.workspace.commands['workspace.lookAround']({}, context)
    const leave = async (s: typeof own) =>
      s.workspace.commands['workspace.leaveLookAround']({}, context)
    expect(await codeOf(leave(own))).toBe('conflict')
    expect(await codeOf(enter(simulated))).toBe('conflict')
    await (await enter(own)).after?.({})
    await (await leave(simulated)).after?.({})
    expect(own.seen).toContain('switch simulated')
    expect(simulated.seen).toContain('switch own')
  })
})
