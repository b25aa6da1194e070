import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import { deriveKey, kdf, newKdf } from './key-envelope.ts'
import { readRecoveryKey } from './recovery-key.ts'
import { seal, unseal } from './seal.ts'

/**
 * The one way into a transfer file: a passphrase of its own (argon2id) or a one-time key on paper
 * (HKDF) wraps the file's key, 32 random bytes that seal this file and nothing else. Bound to the
 * file's id, so that a way cannot be put into another file's header.
 */
export const transferWay = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('passphrase'), kdf, wrapped: z.base64() }),
  z.strictObject({ kind: z.literal('one-time-key'), wrapped: z.base64() }),
])

export type TransferWay = z.output<typeof transferWay>

/** What opens the file; the one-time key's bytes stay the caller's to wipe. */
export type TransferLock =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'one-time-key'; readonly secret: Buffer }

/** Throws 'password-too-weak'. */
export const wrapFileKey = async (
  fileKey: Buffer,
  fileId: string,
  lock: TransferLock,
): Promise<TransferWay> => {
  if (lock.kind === 'one-time-key') {
    return sealed(keyOfSecret(lock.secret, fileId), (key) => ({
      kind: 'one-time-key',
      wrapped: seal(fileKey, key, wayPlace('one-time-key', fileId)).toString('base64'),
    }))
  }
  const parameters = newKdf(lock.passphrase)
  return sealed(await deriveKey(lock.passphrase, parameters), (key) => ({
    kind: 'passphrase',
    kdf: parameters,
    wrapped: seal(
      fileKey,
      key,
      wayPlace('passphrase', fileId, JSON.stringify(parameters)),
    ).toString('base64'),
  }))
}

/**
 * The file's key by what a person typed, which the caller wipes. Throws 'wrong-passphrase', also where
 * the way was changed: nobody can tell.
 */
export const unwrapFileKey = async (
  way: TransferWay,
  fileId: string,
  typed: string,
): Promise<Buffer> => {
  const wrapped = Buffer.from(way.wrapped, 'base64')
  try {
    if (way.kind === 'passphrase') {
      const place = wayPlace('passphrase', fileId, JSON.stringify(way.kdf))
      return sealed(await deriveKey(typed, way.kdf), (key) => unseal(wrapped, key, place))
    }
    const secret = readRecoveryKey(typed)
    if (secret === null) throw new NocturneError('wrong-passphrase')
    const key = keyOfSecret(secret, fileId)
    secret.fill(0)
    return sealed(key, (held) => unseal(wrapped, held, wayPlace('one-time-key', fileId)))
  } catch (error) {
    if (error instanceof NocturneError && error.code === 'secret-unreadable') {
      throw new NocturneError('wrong-passphrase')
    }
    throw error
  }
}

/** Wipes the key after `work`. */
const sealed = <Result>(key: Buffer, work: (key: Buffer) => Result): Result => {
  try {
    return work(key)
  } finally {
    key.fill(0)
  }
}

const keyOfSecret = (secret: Buffer, fileId: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, fileId, 'nocturne-transfer-way', 32))

const wayPlace = (kind: TransferWay['kind'], fileId: string, bound = '') => ({
  purpose: `transfer-way.${kind}`,
  rowId: `${fileId}/${bound}`,
})
