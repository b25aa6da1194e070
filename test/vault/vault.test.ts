import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { argon2Sync } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keyEnvelope, unwrapKeys, wrapKeys } from '../../src-main/vault/key-envelope.ts'
import { memoryKeychain, noKeychain } from '../../src-main/vault/keychain.ts'
import type { Keychain } from '../../src-main/vault/keychain.ts'
import {
  changePassphrase,
  createKeys,
  inspectWorkspace,
  sealKeys,
  unsealKeys,
} from '../../src-main/vault/vault.ts'
import { makeKeys } from '../../src-main/vault/workspace-keys.ts'
import type { WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { rejectionOf } from '../support/error-code.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const workspaceId = '01900000-0000-7000-8000-0000000000aa'
const passphrase = 'correct horse battery staple'
const nobody = noKeychain('test')

const copyOf = (keys: WorkspaceKeys) => [
  Buffer.from(keys.storeKey),
  Buffer.from(keys.vaultKey),
  Buffer.from(keys.auditKey),
  Buffer.from(keys.historyKey),
]
const inKeychain = (keychain: Keychain) => ({ backend: 'os-keychain', keychain }) as const
const byPassphrase = (text: string) => ({ backend: 'passphrase', passphrase: text }) as const
const place = () => join(temporaryFolder(), 'ws')
const keysFile = (dir: string) => join(dir, 'keys.json')

const editKeysFile = (dir: string, edit: (text: string) => string) =>
  writeFileSync(keysFile(dir), edit(readFileSync(keysFile(dir), 'utf8')))

describe('keys in the keychain are refused', () => {
  test('when the entry is lost', async () => {
    const dir = place()
    await createKeys(dir, workspaceId, inKeychain(memoryKeychain()))
    const error = await rejectionOf(unsealKeys(dir, { keychain: memoryKeychain() }))
    expect(error.code).toBe('key-missing')
  })

  test('when there is another key in the entry', async () => {
    const dir = place()
    const keychain = memoryKeychain()
    await createKeys(dir, workspaceId, inKeychain(keychain))
    for (const value of [Buffer.alloc(64, 7), Buffer.alloc(63), Buffer.alloc(0)]) {
      await keychain.set(`workspace/${workspaceId}`, value)
      const error = await rejectionOf(unsealKeys(dir, { keychain }))
      expect(error.code).toBe('keychain-changed')
    }
  })

  test('when the machine has another keychain, or none', async () => {
    const dir = place()
    const keychain = memoryKeychain()
    await createKeys(dir, workspaceId, inKeychain(keychain))
    const other: Keychain = { ...keychain, kind: 'secret-service' }
    expect(inspectWorkspace(dir, other)).toEqual({
      state: 'refused',
      code: 'keychain-changed',
      params: { was: 'memory', is: 'secret-service' },
    })
    expect((await rejectionOf(unsealKeys(dir, { keychain: other }))).code).toBe('keychain-changed')
    expect(inspectWorkspace(dir, nobody)).toMatchObject({ code: 'keychain-unavailable' })
    const error = await rejectionOf(unsealKeys(dir, { keychain: nobody }))
    expect(error.code).toBe('keychain-unavailable')
  })

  test('when the keychain does not keep what it is given, and nothing is set up', async () => {
    const dir = place()
    const forgetful: Keychain = { ...memoryKeychain(), set: async () => undefined }
    const lying: Keychain = { ...memoryKeychain(), get: async () => Buffer.alloc(64) }
    for (const keychain of [forgetful, lying, nobody]) {
      const error = await rejectionOf(createKeys(dir, workspaceId, inKeychain(keychain)))
      expect(error.code).toBe('keychain-unavailable')
      expect(inspectWorkspace(dir, memoryKeychain()).state).toBe('new')
    }
  })
})

describe('keys under a passphrase are refused', () => {
  test('with a wrong passphrase, none, or an envelope that was changed', async () => {
    const dir = place()
    ;(await createKeys(dir, workspaceId, byPassphrase(passphrase))).wipe()
    const unseal = (text: string) => unsealKeys(dir, { keychain: nobody, passphrase: text })
    expect((await rejectionOf(unseal(`${passphrase} `))).code).toBe('wrong-passphrase')
    const none = await rejectionOf(unsealKeys(dir, { keychain: memoryKeychain() }))
    expect(none.code).toBe('workspace-sealed')

    const original = readFileSync(keysFile(dir), 'utf8')
    const edits: ((text: string) => string)[] = [
      (text) => text.replace('"passes": 3', '"passes": 2'),
      (text) => text.replaceAll(workspaceId, workspaceId.replace('aa', 'bb')),
      (text) => text.replace(workspaceId, workspaceId.replace('aa', 'bb')),
      (text) => text.replace(/"salt": "../u, '"salt": "AA'),
    ]
    for (const edit of edits) {
      writeFileSync(keysFile(dir), edit(original))
      expect(readFileSync(keysFile(dir), 'utf8')).not.toBe(original)
      expect((await rejectionOf(unseal(passphrase))).code).toBe('wrong-passphrase')
    }
    writeFileSync(keysFile(dir), original)
    ;(await unseal(passphrase)).wipe()
  })

  test('when the passphrase is short', async () => {
    const dir = place()
    const error = await rejectionOf(createKeys(dir, workspaceId, byPassphrase('elevenchars')))
    expect(error.code).toBe('password-too-weak')
    expect(error.params).toEqual({ minLength: 12 })
    expect(inspectWorkspace(dir, nobody).state).toBe('new')
  })

  test('when the file asks for a derivation out of bounds: too weak, or without end', async () => {
    const dir = place()
    await createKeys(dir, workspaceId, byPassphrase(passphrase))
    const original = readFileSync(keysFile(dir), 'utf8')
    for (const [from, to] of [
      ['"memoryKib": 65536', '"memoryKib": 8'],
      ['"memoryKib": 65536', '"memoryKib": 4294967295'],
      ['"passes": 3', '"passes": 4000000'],
      ['"format": 1', '"format": 2'],
    ] as const) {
      writeFileSync(keysFile(dir), original.replace(from, to))
      const error = await rejectionOf(unsealKeys(dir, { keychain: nobody, passphrase }))
      expect(error.code).toBe('key-missing')
    }
  })

  test('a change of passphrase with a wrong or a short one leaves everything as it was', async () => {
    const dir = place()
    await createKeys(dir, workspaceId, byPassphrase(passphrase))
    const before = readFileSync(keysFile(dir))
    const wrong = await rejectionOf(
      changePassphrase(dir, 'not the passphrase', 'another passphrase'),
    )
    expect(wrong.code).toBe('wrong-passphrase')
    const short = await rejectionOf(changePassphrase(dir, passphrase, 'short'))
    expect(short.code).toBe('password-too-weak')
    expect(readFileSync(keysFile(dir)).equals(before)).toBe(true)
  })
})

describe('a workspace is refused', () => {
  test('when it has a store but no keys.json: it is never taken for a new one', () => {
    const dir = place()
    mkdirSync(dir)
    writeFileSync(join(dir, 'store.db'), 'x')
    expect(inspectWorkspace(dir, memoryKeychain())).toMatchObject({
      state: 'refused',
      code: 'key-missing',
    })
  })

  test('when keys.json cannot be understood', async () => {
    const dir = place()
    await createKeys(dir, workspaceId, inKeychain(memoryKeychain()))
    for (const text of ['', '{', 'null', '[]', '{"format":1}']) {
      editKeysFile(dir, () => text)
      expect(inspectWorkspace(dir, memoryKeychain())).toMatchObject({ code: 'key-missing' })
    }
  })

  test('when keys are made where there are some, which stay', async () => {
    const dir = place()
    const keychain = memoryKeychain()
    const keys = await createKeys(dir, workspaceId, inKeychain(keychain))
    for (const protection of [inKeychain(keychain), byPassphrase(passphrase)]) {
      const error = await rejectionOf(createKeys(dir, workspaceId, protection))
      expect(error.code).toBe('already-set-up')
    }
    expect(copyOf(await unsealKeys(dir, { keychain }))).toEqual(copyOf(keys))
  })

  test('when keys are asked for before there are any', async () => {
    const error = await rejectionOf(unsealKeys(place(), { keychain: memoryKeychain() }))
    expect(error.code).toBe('not-set-up')
  })
})

describe('the keys of a workspace', () => {
  test('come back from the keychain, and keys.json holds none of them', async () => {
    const dir = place()
    const keychain = memoryKeychain()
    expect(inspectWorkspace(dir, keychain)).toEqual({ state: 'new', keychain: 'available' })
    expect(inspectWorkspace(dir, nobody)).toEqual({ state: 'new', keychain: 'unavailable' })
    const keys = await createKeys(dir, workspaceId, inKeychain(keychain))
    expect(inspectWorkspace(dir, keychain)).toEqual({ state: 'sealed-by-keychain', workspaceId })
    expect(copyOf(await unsealKeys(dir, { keychain }))).toEqual(copyOf(keys))
    expectNoKeyIn(dir, keys)
  })

  test('come back by the passphrase, however its letters were composed', async () => {
    const dir = place()
    const keys = await createKeys(dir, workspaceId, byPassphrase('caf\u00e9 au lait, deux'))
    expect(inspectWorkspace(dir, nobody)).toEqual({ state: 'needs-passphrase', workspaceId })
    const again = await unsealKeys(dir, {
      keychain: nobody,
      passphrase: 'cafe\u0301 au lait, deux',
    })
    expect(copyOf(again)).toEqual(copyOf(keys))
    expectNoKeyIn(dir, keys)
    expect(readFileSync(keysFile(dir), 'utf8')).not.toContain('lait')
  })

  test('stay the same under a new passphrase, and the old one opens nothing', async () => {
    const dir = place()
    const keys = await createKeys(dir, workspaceId, byPassphrase(passphrase))
    await changePassphrase(dir, passphrase, 'an entirely new one')
    const old = await rejectionOf(unsealKeys(dir, { keychain: nobody, passphrase }))
    expect(old.code).toBe('wrong-passphrase')
    const again = await unsealKeys(dir, { keychain: nobody, passphrase: 'an entirely new one' })
    expect(copyOf(again)).toEqual(copyOf(keys))
  })

  test('move from a passphrase to a keychain, as a restore does', async () => {
    const dir = place()
    const keys = await createKeys(dir, workspaceId, byPassphrase(passphrase))
    const keychain = memoryKeychain()
    await sealKeys(dir, keys, inKeychain(keychain), 'replace')
    expect(copyOf(await unsealKeys(dir, { keychain }))).toEqual(copyOf(keys))
  })

  test('are random, different from each other, and zero after wipe, in the same Buffers', async () => {
    const keys = makeKeys(workspaceId)
    const other = makeKeys(workspaceId)
    const all = [...copyOf(keys), ...copyOf(other)].map((key) => key.toString('hex'))
    expect(new Set(all).size).toBe(8)
    const held = [keys.storeKey, keys.vaultKey, keys.auditKey, keys.auditDetailKey, keys.historyKey]
    keys.wipe()
    for (const key of held) expect(key.equals(Buffer.alloc(32))).toBe(true)
    keys.wipe()
  })

  test.runIf(process.platform !== 'win32')('lie behind files 0600 in a folder 0700', async () => {
    const dir = place()
    const keychain = memoryKeychain()
    await createKeys(dir, workspaceId, inKeychain(keychain))
    expect(readdirSync(dir)).toEqual(['keys.json'])
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    expect(statSync(keysFile(dir)).mode & 0o777).toBe(0o600)
    chmodSync(keysFile(dir), 0o644)
    inspectWorkspace(dir, keychain)
    expect(statSync(keysFile(dir)).mode & 0o777).toBe(0o600)
  })
})

describe('the envelope', () => {
  test('is plain JSON that opens with its passphrase on any machine', async () => {
    const keys = makeKeys(workspaceId)
    const envelope: unknown = JSON.parse(JSON.stringify(await wrapKeys(keys, passphrase)))
    const opened = await unwrapKeys(keyEnvelope.parse(envelope), passphrase)
    expect(copyOf(opened)).toEqual(copyOf(keys))
  })

  test('derives its key by argon2id as another implementation does', async () => {
    const { hashRaw } = await import('@node-rs/argon2')
    const salt = Buffer.alloc(16, 3)
    const ours = await hashRaw(Buffer.from(passphrase), {
      algorithm: 2,
      memoryCost: 19_456,
      timeCost: 2,
      parallelism: 1,
      outputLen: 32,
      salt,
    })
    const theirs = argon2Sync('argon2id', {
      message: passphrase,
      nonce: salt,
      parallelism: 1,
      tagLength: 32,
      memory: 19_456,
      passes: 2,
    })
    expect(ours.equals(theirs)).toBe(true)
  })
})

const expectNoKeyIn = (dir: string, keys: WorkspaceKeys) => {
  const bytes = readFileSync(keysFile(dir))
  for (const key of copyOf(keys)) {
    expect(bytes.includes(key)).toBe(false)
    expect(bytes.includes(key.toString('hex'))).toBe(false)
    expect(bytes.includes(key.toString('base64').slice(0, 40))).toBe(false)
  }
}
