import { spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { privateSecretService, whyNoSecretService } from '../support/private-secret-service.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/**
 * The real Secret Service: Debian's gnome-keyring on a private D-Bus, through keytar, each step
 * in a process of its own as at a start of the console.
 */
const childTimeoutMs = 25_000
const workspaceId = '01900000-0000-7000-8000-0000000000aa'

const step = (env: Readonly<Record<string, string>>, ...args: string[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'os-keychain-child.ts'), ...args],
      { env, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let printed = ''
    const timer = setTimeout(() => child.kill('SIGKILL'), childTimeoutMs)
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8')
    })
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      clearTimeout(timer)
      if (signal === null) resolve(JSON.parse(printed))
      else reject(new Error('the process did not end by itself'))
    })
  })

const missing = whyNoSecretService()

describe.skipIf(missing !== null)(`the real Secret Service (${missing ?? 'present'})`, () => {
  test('keeps the keys of a workspace from one process to the next', async () => {
    const { env, dir } = await privateSecretService()
    const workspace = join(temporaryFolder(), 'ws')
    expect(await step(env, 'inspect', workspace)).toEqual({ state: 'new', keychain: 'available' })
    const made = await step(env, 'create', workspace, workspaceId)
    expect(made).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{64}$/u) })
    expect(await step(env, 'inspect', workspace)).toEqual({
      state: 'sealed-by-keychain',
      workspaceId,
    })
    expect(await step(env, 'unseal', workspace)).toEqual(made)
    expect(await step(env, 'create', workspace, workspaceId)).toEqual({ code: 'already-set-up' })
    // The keyring's own file is encrypted; the workspace holds no key at all.
    expect(readdirSync(join(dir, 'data', 'keyrings'))).toContain('login.keyring')
    expect(Object.keys(JSON.parse(readFileSync(join(workspace, 'keys.json'), 'utf8')))).toEqual([
      'format',
      'workspaceId',
      'backend',
      'keychain',
      'keyMark',
    ])

    expect(await step(env, 'forget', workspace, workspaceId)).toEqual({ deleted: true })
    expect(await step(env, 'unseal', workspace)).toEqual({ code: 'key-missing' })
  })

  test('that is gone, or never was, is a machine without a keychain', async () => {
    const workspace = join(temporaryFolder(), 'ws')
    const service = await privateSecretService()
    await step(service.env, 'create', workspace, workspaceId)
    await service.stop()
    expect(await step(service.env, 'open')).toEqual({ kind: 'none' })
    expect(await step(service.env, 'unseal', workspace)).toEqual({ code: 'keychain-unavailable' })

    const bare = await privateSecretService({ keyring: false })
    expect(await step(bare.env, 'open')).toEqual({ kind: 'none' })
    expect(await step(bare.env, 'inspect', workspace)).toEqual({
      state: 'refused',
      code: 'keychain-unavailable',
      params: {},
    })
  })

  test('that hangs neither blocks the start nor keeps the process from ending', async () => {
    const { env, keyringPid } = await privateSecretService()
    if (keyringPid === null) throw new Error('no keyring')
    process.kill(keyringPid, 'SIGSTOP')
    expect(await step(env, 'open')).toEqual({ kind: 'none' })
    process.kill(keyringPid, 'SIGCONT')
    expect(await step(env, 'open')).toEqual({ kind: 'secret-service' })
  })

  test('is not needed: without any session bus the keychain is of kind none', async () => {
    expect(await step({ HOME: temporaryFolder(), PATH: '/usr/bin' }, 'open')).toEqual({
      kind: 'none',
    })
  })
})
