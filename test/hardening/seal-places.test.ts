import { expect, test } from 'vitest'
import { auditHeadSeal, auditRow2Hash, type AuditRow2 } from '../../src-main/store/audit-chain.ts'
import { detailPlace, signerPlace, subjectKeyPlace } from '../../src-main/store/audit-seal.ts'
import { keyEnvelope, newKdf, unwrapKeys, wrapKeys } from '../../src-main/vault/key-envelope.ts'
import { makeKeys } from '../../src-main/vault/workspace-keys.ts'
import {
  makeBackupKey,
  openEnvelope,
  wayByPassphrase,
  wrapForBackup,
} from '../../src-main/vault/backup-envelope.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { createKeys } from '../../src-main/vault/vault.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf, temporaryFolder } from '../support/store-workspace.ts'

/** What is sealed opens only where it was put, and what a row hashes to depends on all before it. */

const passphrase = 'a passphrase of a length'

test('no two places of the audit trail are one', () => {
  const places = [
    detailPlace(1),
    detailPlace(2),
    subjectKeyPlace(''),
    subjectKeyPlace(idOf(1)),
    subjectKeyPlace(idOf(2)),
    signerPlace('a1'),
    signerPlace('a2'),
  ]
  expect(new Set(places).size).toBe(places.length)
})

test('the hash of a row depends on the row before it', () => {
  const row: AuditRow2 = {
    seq: 2,
    at: 1,
    commandId: idOf(1),
    name: 'test',
    accountId: null,
    sessionId: null,
    clientKind: 'test',
    device: null,
    outcome: 'done',
    code: null,
    reason: null,
    category: 'system',
    severity: 'info',
    objectKind: null,
    objectId: null,
    subjectId: null,
    detailHash: null,
  }
  const after = (byte: number): string => auditRow2Hash(Buffer.alloc(32, byte), row).toString('hex')
  expect(after(1)).not.toBe(after(2))
})

test('the seal of the head depends on the key, the number of rows and the last one', () => {
  const [key, hash] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  const seals = [
    auditHeadSeal(key, 1, hash),
    auditHeadSeal(key, 2, hash),
    auditHeadSeal(hash, 1, hash),
    auditHeadSeal(key, 1, key),
  ].map((seal) => seal.toString('hex'))
  expect(new Set(seals).size).toBe(seals.length)
})

test('an envelope of a passphrase opens for its own workspace alone', async () => {
  const keys = makeKeys(idOf(1))
  const envelope = await wrapKeys(keys, passphrase)
  expect((await unwrapKeys(envelope, passphrase)).vaultKey.equals(keys.vaultKey)).toBe(true)
  const renamed = unwrapKeys({ ...envelope, workspaceId: idOf(2) }, passphrase)
  expect(await rejectionOf(renamed)).toMatchObject({ code: 'wrong-passphrase' })
})

test('two envelopes of one passphrase have two salts', () => {
  expect(newKdf(passphrase).salt).not.toBe(newKdf(passphrase).salt)
})

test.each([
  { memoryKib: 2 ** 40 },
  { memoryKib: 8 },
  { passes: 17 },
  { passes: 0 },
  { parallelism: 9 },
])('a forged envelope that asks for %j is refused before anything is derived', (asked) => {
  const envelope = {
    format: 1,
    workspaceId: idOf(1),
    kdf: { ...newKdf(passphrase), ...asked },
    wrapped: 'AAAA',
  }
  expect(keyEnvelope.safeParse(envelope).success).toBe(false)
})

test('a way into a backup is of no use in the backup of another workspace', async () => {
  const backupKey = makeBackupKey()
  const mine = await wayByPassphrase(backupKey, idOf(1), passphrase)
  const others = wrapForBackup(makeKeys(idOf(2)), backupKey, [mine])
  expect(await rejectionOf(openEnvelope(others, passphrase))).toMatchObject({
    code: 'wrong-passphrase',
  })
})

test('where there are keys, none are made: the keychain is not written to', async () => {
  const dir = temporaryFolder()
  const inner = memoryKeychain()
  let written = 0
  const keychain = {
    ...inner,
    set: (account: string, value: Uint8Array) => {
      written++
      return inner.set(account, value)
    },
  }
  const protection = { backend: 'os-keychain', keychain } as const
  await createKeys(dir, idOf(1), protection)
  expect(written).toBe(1)
  const again = createKeys(dir, idOf(1), protection)
  expect(await rejectionOf(again)).toMatchObject({ code: 'already-set-up' })
  expect(written).toBe(1)
})
