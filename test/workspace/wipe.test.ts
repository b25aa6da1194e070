import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isKeyOf } from '../../src-main/store/page-proof.ts'
import { lockWorkspace } from '../../src-main/store/workspace-lock.ts'
import type { Keychain } from '../../src-main/vault/keychain.ts'
import { createKeys, sealKeys, unsealKeys } from '../../src-main/vault/vault.ts'
import { pairFromKeys } from '../../src-main/vault/workspace-keys.ts'
import { openRegistry } from '../../src-main/workspace/registry.ts'
import { finishWipe, wipeWorkspace } from '../../src-main/workspace/wipe.ts'
import { readWipeMark } from '../../src-main/workspace/wipe-mark.ts'
import { newBackedUpStore } from '../support/backups-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { fileKeychain } from '../support/file-keychain.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** A workspace is wiped by destroying its keys. */

const setUp = async () => {
  const home = temporaryFolder()
  const dir = join(home, 'workspace')
  const keychain = fileKeychain(join(home, 'keychain'))
  const registry = openRegistry({ home, first: dir, now: () => 1, newId: randomUUID })
  const workspaceId = randomUUID()
  const keys = await createKeys(dir, workspaceId, { backend: 'os-keychain', keychain })
  const path = join(dir, 'store.db')
  newBackedUpStore(path, keys).stop()
  registry.opened(dir, workspaceId)
  for (const folder of ['backups', 'history', 'exports', 'logs']) {
    mkdirSync(join(dir, folder))
    writeFileSync(join(dir, folder, 'a.backup'), `wrapped keys of ${folder}`)
  }
  const entry = registry.byDir(dir)
  if (entry === null) throw new Error('no entry')
  const mark = {
    id: entry.id,
    workspaceId,
    name: entry.name,
    at: 5,
    by: 'account-1',
    backupsFolder: '/mnt/backups',
  }
  return { home, dir, path, keychain, registry, keys, workspaceId, mark }
}

const entriesOf = (home: string): number =>
  Object.keys(JSON.parse(readFileSync(join(home, 'keychain'), 'utf8'))).length

test('what was copied away before opens no more, and nothing is left but a record', async () => {
  const { home, dir, keychain, registry, keys, mark, workspaceId } = await setUp()
  const copy = join(temporaryFolder(), 'copied-away')
  cpSync(dir, copy, { recursive: true })
  expect(isKeyOf(join(copy, 'store.db'), keys.storeKey)).toBe(true)
  ;(await unsealKeys(copy, { keychain })).wipe()
  // A restore had kept the workspace of before beside it, with keys of its own.
  const kept = `${dir}-before-restore-2026-11-01-080000`
  mkdirSync(kept)
  await sealKeys(kept, keys, { backend: 'os-keychain', keychain }, 'create')
  expect(entriesOf(home)).toBe(2)

  await wipeWorkspace({ dir, registry, keychain }, mark)
  expect(readdirSync(home).toSorted()).toEqual(['keychain', 'workspaces.json'])
  expect(entriesOf(home)).toBe(0)
  expect((await rejectionOf(unsealKeys(copy, { keychain }))).code).toBe('key-missing')
  expect(registry.allWiped()).toEqual([{ ...mark, workspaceId }])
  // The console begins anew in its place.
  expect(registry.list()).toMatchObject([{ dir, workspaceId: null, lastOpenedAt: null }])
  expect(registry.wiping()).toEqual([])
})

describe('is refused, and all is as it was,', () => {
  test('while the workspace is open', async () => {
    const { dir, path, keychain, registry, mark } = await setUp()
    const release = lockWorkspace(path)
    const error = await rejectionOf(wipeWorkspace({ dir, registry, keychain }, mark))
    release()
    expect(error.code).toBe('workspace-in-use')
    ;(await unsealKeys(dir, { keychain })).wipe()
    expect(readWipeMark(dir)).toBeNull()
  })

  test('by a keychain that does not let go, or does not answer, or is another one', async () => {
    const { dir, keychain, registry, mark } = await setUp()
    const refusing: readonly Keychain[] = [
      { ...keychain, delete: async () => true },
      { ...keychain, delete: () => Promise.reject(new Error('no answer')) },
      { ...keychain, kind: 'secret-service' },
    ]
    for (const each of refusing) {
      await expect(wipeWorkspace({ dir, registry, keychain: each }, mark)).rejects.toThrow()
      expect(readWipeMark(dir)).toBeNull()
      expect(readFileSync(join(dir, 'backups', 'a.backup'), 'utf8')).toContain('wrapped keys')
    }
    ;(await unsealKeys(dir, { keychain })).wipe()
    expect(registry.allWiped()).toEqual([])
    expect(registry.list()).toMatchObject([{ dir, id: mark.id }])
  })
})

test('keys that a passphrase wraps are overwritten before their file goes', async () => {
  const { dir, path, keychain, registry, mark, keys } = await setUp()
  await sealKeys(dir, keys, { backend: 'passphrase', passphrase: 'kunci yang panjang' }, 'replace')
  // Another name of the same file: it shows what the disk got.
  const kept = join(temporaryFolder(), 'keys.json')
  linkSync(join(dir, 'keys.json'), kept)
  expect(readFileSync(kept, 'utf8')).toContain('envelope')
  let at: Buffer | null = null
  await wipeWorkspace(
    {
      dir,
      registry,
      keychain,
      onStep: (step) => {
        if (step !== 'keys') return
        // The second step has not begun: store and backups lie there, and nothing opens them.
        expect(existsSync(path)).toBe(true)
        expect(existsSync(join(dir, 'keys.json'))).toBe(false)
        at = readFileSync(join(dir, 'backups', 'a.backup'))
      },
    },
    mark,
  )
  expect(String(at)).not.toContain('wrapped keys')
  expect(readFileSync(kept, 'latin1')).not.toContain('envelope')
  expect(existsSync(dir)).toBe(false)
})

test('another folder of the same workspace keeps an entry of its own', async () => {
  const { home, dir, keychain, registry, mark, keys } = await setUp()
  const restored = join(home, 'workspaces', 'restored')
  mkdirSync(restored, { recursive: true })
  await sealKeys(restored, keys, { backend: 'os-keychain', keychain }, 'create')
  await wipeWorkspace({ dir, registry, keychain }, mark)
  const still = await unsealKeys(restored, { keychain })
  expect(pairFromKeys(still).equals(pairFromKeys(keys))).toBe(true)
})

test('killed between any two steps is finished at the next start, and opens nowhere meanwhile', async () => {
  for (const step of ['marked', 'keys', 'recorded']) {
    const { home, dir, path, keychain, registry, mark } = await setUp()
    await killedAt([home, dir, step])
    expect(existsSync(path), step).toBe(true)
    expect(registry.list(), step).toEqual([])
    expect(registry.wiping(), step).toEqual([dir])
    if (step !== 'marked') {
      expect(entriesOf(home), step).toBe(0)
      expect((await rejectionOf(unsealKeys(dir, { keychain }))).code, step).toBe('not-set-up')
    }
    // Also where the list was lost with it.
    if (step === 'keys') writeFileSync(join(home, 'workspaces.json'), '{')
    expect(await finishWipe({ dir, registry, keychain }), step).toBe(true)
    expect(existsSync(dir), step).toBe(false)
    expect(entriesOf(home), step).toBe(0)
    expect(registry.allWiped(), step).toMatchObject([{ id: mark.id, by: 'account-1', at: 5 }])
    expect(await finishWipe({ dir, registry, keychain }), step).toBe(false)
  }
})

const killedAt = (args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'wipe-child.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let complaint = ''
    child.stdout.on('data', () => child.kill('SIGKILL'))
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve()
      else reject(new Error(`it ended by itself: ${complaint}`))
    })
  })
