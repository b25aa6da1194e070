import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { readBackupHeader } from '../../src-main/store/backup-file.ts'
import { backupStore, restoreBackup } from '../../src-main/store/backup.ts'
import { openStore } from '../../src-main/store/open-store.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import { keyEnvelope, unwrapKeys, wrapKeys } from '../../src-main/vault/key-envelope.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { seal, unseal } from '../../src-main/vault/seal.ts'
import { createKeys, sealKeys, unsealKeys } from '../../src-main/vault/vault.ts'
import { rejectionOf } from '../support/error-code.ts'
import { countOf, idOf, temporaryFolder, testCall } from '../support/store-workspace.ts'

const clock = { now: () => 1_800_000_000_000 }
const passphrase = 'for the shelf at home'

test('a backup with a passphrase restores on a machine that has another keychain', async () => {
  const here = join(temporaryFolder(), 'ws')
  const keys = await createKeys(here, idOf(1), {
    backend: 'os-keychain',
    keychain: memoryKeychain(),
  })
  const place = { purpose: 'test', rowId: 'row-1' }
  const path = join(here, 'store.db')
  const store = openStore({
    path,
    key: keys.storeKey,
    auditKey: keys.auditKey,
    auditDetailKey: keys.auditDetailKey,
    clock,
  })
  runCommand(store, testCall(1), (transaction) => {
    const sealed = seal(Buffer.from('s3cret'), keys.vaultKey, place).toString('base64')
    transaction.run('INSERT INTO setting VALUES (?, ?, 1)', 'sealed', JSON.stringify(sealed))
    return { result: null }
  })
  const from = join(temporaryFolder(), 'travels.backup')
  await backupStore(store, {
    to: from,
    key: keys.storeKey,
    proveChain: (reader) => verifyAudit(reader, keys.auditKey),
    now: 1,
    keyEnvelope: await wrapKeys(keys, passphrase),
  })
  store.stop()
  expect(readFileSync(from).includes(keys.storeKey)).toBe(false)
  expect(readFileSync(from, 'latin1')).not.toContain(keys.storeKey.toString('base64').slice(0, 40))
  keys.wipe()

  const envelope = keyEnvelope.parse((await readBackupHeader(from)).keyEnvelope)
  const wrong = await rejectionOf(unwrapKeys(envelope, 'for the shelf at work'))
  expect(wrong.code).toBe('wrong-passphrase')

  const there = join(temporaryFolder(), 'ws', 'store.db')
  const carried = await unwrapKeys(envelope, passphrase)
  await restoreBackup({
    from,
    to: there,
    key: carried.storeKey,
    proveChain: (reader) => verifyAudit(reader, carried.auditKey),
  })
  const keychain = memoryKeychain()
  await sealKeys(dirname(there), carried, { backend: 'os-keychain', keychain }, 'create')
  carried.wipe()

  const again = await unsealKeys(dirname(there), { keychain })
  const restored = openStore({
    path: there,
    key: again.storeKey,
    auditKey: again.auditKey,
    auditDetailKey: again.auditDetailKey,
    clock,
  })
  expect(countOf(restored, 'audit')).toBe(1)
  const row = restored.reader.prepare<[], { value: string }>('SELECT value FROM setting').get()
  const sealed = Buffer.from(JSON.parse(row?.value ?? 'null') as string, 'base64')
  expect(unseal(sealed, again.vaultKey, place).toString('utf8')).toBe('s3cret')
  restored.stop()
  again.wipe()
})
