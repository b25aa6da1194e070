import { hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import { deriveKey, kdf, keyEnvelope, newKdf, unwrapKeys } from './key-envelope.ts'
import { readRecoveryKey } from './recovery-key.ts'
import { seal, unseal } from './seal.ts'
import { keysFromPair, pairFromKeys } from './workspace-keys.ts'
import type { WorkspaceKeys } from './workspace-keys.ts'

/**
 * What opens a backup on another machine. The backup key, 32 random bytes made once for a workspace,
 * wraps store key and vault key of the time of the backup; each way in (a passphrase by argon2id, a
 * recovery key by HKDF) wraps the backup key. So a scheduled backup needs nobody's passphrase, and
 * a rotation of the workspace's keys none of the ways anew.
 */
export const backupWay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), kdf, wrapped: z.base64() }),
  z.strictObject({ kind: z.literal('recovery-key'), wrapped: z.base64() }),
])

export type BackupWay = z.output<typeof backupWay>

export const backupEnvelope = z.strictObject({
  format: z.literal(2),
  workspaceId: z.uuid(),
  ways: z.array(backupWay).max(4),
  keys: z.base64(),
})

export type BackupEnvelope = z.output<typeof backupEnvelope>

const anyEnvelope = z.union([backupEnvelope, keyEnvelope])

/** Null: a backup that opens with its workspace's own keys alone. Throws 'store-damaged'. */
export const envelopeIn = (held: unknown): z.output<typeof anyEnvelope> | null => {
  if (held === null) return null
  const parsed = anyEnvelope.safeParse(held)
  if (!parsed.success) throw new NocturneError('store-damaged', { what: 'backup-header' })
  return parsed.data
}

export const backupKeyBytes = 32

export const makeBackupKey = (): Buffer => {
  const key = Buffer.allocUnsafeSlow(backupKeyBytes)
  const random = randomBytes(backupKeyBytes)
  random.copy(key)
  random.fill(0)
  return key
}

/** Throws 'password-too-weak'. */
export const wayByPassphrase = async (
  backupKey: Buffer,
  workspaceId: string,
  passphrase: string,
): Promise<BackupWay> => {
  const parameters = newKdf(passphrase)
  const key = await deriveKey(passphrase, parameters)
  try {
    const place = wayPlace('passphrase', workspaceId, JSON.stringify(parameters))
    const wrapped = seal(backupKey, key, place).toString('base64')
    return { kind: 'passphrase', kdf: parameters, wrapped }
  } finally {
    key.fill(0)
  }
}

export const wayByRecoveryKey = (
  backupKey: Buffer,
  workspaceId: string,
  secret: Buffer,
): BackupWay => {
  const key = keyOfRecovery(secret, workspaceId)
  try {
    const place = wayPlace('recovery-key', workspaceId)
    return { kind: 'recovery-key', wrapped: seal(backupKey, key, place).toString('base64') }
  } finally {
    key.fill(0)
  }
}

export const wrapForBackup = (
  keys: WorkspaceKeys,
  backupKey: Buffer,
  ways: readonly BackupWay[],
): BackupEnvelope => {
  const pair = pairFromKeys(keys)
  try {
    const wrapped = seal(pair, backupKey, keysPlace(keys.workspaceId))
    return {
      format: 2,
      workspaceId: keys.workspaceId,
      ways: [...ways],
      keys: wrapped.toString('base64'),
    }
  } finally {
    pair.fill(0)
  }
}

/** With the key that the workspace itself holds. Throws 'secret-unreadable'. */
export const openWithBackupKey = (envelope: BackupEnvelope, backupKey: Buffer): WorkspaceKeys => {
  const place = keysPlace(envelope.workspaceId)
  const pair = unseal(Buffer.from(envelope.keys, 'base64'), backupKey, place)
  try {
    return keysFromPair(envelope.workspaceId, pair)
  } finally {
    pair.fill(0)
  }
}

/**
 * With what a person typed: the recovery key if it is one, else a passphrase. Throws
 * 'wrong-passphrase', also where the envelope was changed: nobody can tell.
 */
export const openEnvelope = async (
  envelope: z.output<typeof anyEnvelope>,
  typed: string,
): Promise<WorkspaceKeys> => {
  if (envelope.format === 1) return unwrapKeys(envelope, typed)
  const recovery = readRecoveryKey(typed)
  try {
    for (const way of envelope.ways) {
      const backupKey = await openWay(way, envelope.workspaceId, typed, recovery)
      if (backupKey === null) continue
      try {
        return openWithBackupKey(envelope, backupKey)
      } catch (error) {
        if (!isUnreadable(error)) throw error
      } finally {
        backupKey.fill(0)
      }
    }
  } finally {
    recovery?.fill(0)
  }
  throw new NocturneError('wrong-passphrase')
}

const openWay = async (
  way: BackupWay,
  workspaceId: string,
  typed: string,
  recovery: Buffer | null,
): Promise<Buffer | null> => {
  if (way.kind === 'recovery-key' && recovery === null) return null
  const key =
    way.kind === 'passphrase'
      ? await deriveKey(typed, way.kdf)
      : keyOfRecovery(recovery ?? Buffer.alloc(0), workspaceId)
  const bound = way.kind === 'passphrase' ? JSON.stringify(way.kdf) : ''
  try {
    return unseal(Buffer.from(way.wrapped, 'base64'), key, wayPlace(way.kind, workspaceId, bound))
  } catch (error) {
    if (isUnreadable(error)) return null
    throw error
  } finally {
    key.fill(0)
  }
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof NocturneError && error.code === 'secret-unreadable'

const keyOfRecovery = (secret: Buffer, workspaceId: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, workspaceId, 'nocturne-backup-recovery', backupKeyBytes))

const wayPlace = (kind: BackupWay['kind'], workspaceId: string, bound = '') => ({
  purpose: `backup-way.${kind}`,
  rowId: `${workspaceId}/${bound}`,
})

const keysPlace = (workspaceId: string) => ({ purpose: 'backup-keys', rowId: workspaceId })
