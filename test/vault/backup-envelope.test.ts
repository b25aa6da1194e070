import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  envelopeIn,
  makeBackupKey,
  openEnvelope,
  openWithBackupKey,
  wayByPassphrase,
  wayByRecoveryKey,
  wrapForBackup,
} from '../../src-main/vault/backup-envelope.ts'
import { makeRecoveryKey, readRecoveryKey } from '../../src-main/vault/recovery-key.ts'
import { makeKeys, pairFromKeys } from '../../src-main/vault/workspace-keys.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf } from '../support/store-workspace.ts'

const keys = makeKeys(idOf(1))
const passphrase = 'for the shelf at home'

const made = async () => {
  const backupKey = makeBackupKey()
  const recovery = makeRecoveryKey()
  const ways = [
    await wayByPassphrase(backupKey, keys.workspaceId, passphrase),
    wayByRecoveryKey(backupKey, keys.workspaceId, recovery.secret),
  ]
  // As it comes out of a file.
  const envelope = envelopeIn(JSON.parse(JSON.stringify(wrapForBackup(keys, backupKey, ways))))
  if (envelope?.format !== 2) throw new Error('no envelope')
  return { backupKey, recovery, envelope }
}

describe('the keys in a backup', () => {
  test('open by passphrase, by recovery key however it is typed, and by the workspace’s own', async () => {
    const { backupKey, recovery, envelope } = await made()
    const typed = [
      passphrase,
      recovery.text,
      recovery.text.toLowerCase().replaceAll('-', ' '),
      recovery.text.replaceAll('0', 'o').replaceAll('1', 'l'),
    ]
    for (const secret of typed) {
      const opened = await openEnvelope(envelope, secret)
      expect(pairFromKeys(opened).equals(pairFromKeys(keys))).toBe(true)
    }
    expect(openWithBackupKey(envelope, backupKey).vaultKey.equals(keys.vaultKey)).toBe(true)
  })

  test('open by nothing else, and not once the envelope is another’s', async () => {
    const { recovery, envelope } = await made()
    const other = makeRecoveryKey().text
    const wrong = [
      () => openEnvelope(envelope, 'for the shelf at work'),
      () => openEnvelope(envelope, other),
      () =>
        openEnvelope(
          envelope,
          `${recovery.text.slice(0, -1)}${recovery.text.endsWith('0') ? '1' : '0'}`,
        ),
      () => openEnvelope({ ...envelope, workspaceId: idOf(2) }, passphrase),
      () => openEnvelope({ ...envelope, ways: [] }, passphrase),
    ]
    for (const open of wrong) expect((await rejectionOf(open())).code).toBe('wrong-passphrase')
    const weak = rejectionOf(wayByPassphrase(makeBackupKey(), idOf(1), 'short'))
    expect((await weak).code).toBe('password-too-weak')
    expect(JSON.stringify(envelope)).not.toContain(recovery.text)
  })
})

describe('a recovery key', () => {
  test('is nine groups of four, comes back, and shows a letter that was mistyped', () => {
    fc.assert(
      fc.property(fc.nat(31), fc.nat(30), (place, shift) => {
        const { secret, text } = makeRecoveryKey()
        expect(text).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/u)
        expect(readRecoveryKey(text)?.equals(secret)).toBe(true)
        const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
        const plain = text.replaceAll('-', '')
        const old = letters.indexOf(plain[place] ?? '')
        const other = letters[(old + 1 + shift) % 32] ?? ''
        const mistyped = `${plain.slice(0, place)}${other}${plain.slice(place + 1)}`
        // One in 2^20 would pass; not with these.
        expect(readRecoveryKey(mistyped)).toBeNull()
      }),
      { seed: 51437, numRuns: 200 },
    )
    expect(readRecoveryKey('')).toBeNull()
    expect(readRecoveryKey('a passphrase of thirty-six characters')).toBeNull()
  })
})
