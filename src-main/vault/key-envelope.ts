import { hashRaw } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import { seal, unseal } from './seal.ts'
import { keysFromPair, pairFromKeys } from './workspace-keys.ts'
import type { WorkspaceKeys } from './workspace-keys.ts'

/**
 * The keys of a workspace wrapped by a passphrase: argon2id (RFC 9106) makes a key from it, and
 * AES-256-GCM wraps store key and vault key under that. Used for machines without a keychain and
 * for backups that travel. Parameters lie beside the salt and are bound into the wrapping.
 */

/** 64 MiB and 3 passes: RFC 9106's second recommendation, well over OWASP's minimum. */
const kdfNow = { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, parallelism: 1 } as const

/** Bounds on what a file may ask for, so that a forged one cannot hang the start. */
export const kdf = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKib: z.int().min(19_456).max(1_048_576),
  passes: z.int().min(1).max(16),
  parallelism: z.int().min(1).max(8),
  salt: z.base64(),
})

export const keyEnvelope = z.strictObject({
  format: z.literal(1),
  workspaceId: z.uuid(),
  kdf,
  wrapped: z.base64(),
})

export type KeyEnvelope = z.output<typeof keyEnvelope>

/** Characters, after normalisation. Length is what a passphrase that guards a file needs. */
export const passphraseMinLength = 12

/** argon2id in code of the package's own enum, which the type stripper cannot import. */
const argon2id = 2

/** With a salt of its own. Throws 'password-too-weak' with the minimum length. */
export const newKdf = (passphrase: string): z.output<typeof kdf> => {
  if (Array.from(passphrase.normalize('NFKC')).length < passphraseMinLength) {
    throw new NocturneError('password-too-weak', { minLength: passphraseMinLength })
  }
  return { ...kdfNow, salt: randomBytes(16).toString('base64') }
}

/** Throws 'password-too-weak' with the minimum length. */
export const wrapKeys = async (keys: WorkspaceKeys, passphrase: string): Promise<KeyEnvelope> => {
  const head = { format: 1 as const, workspaceId: keys.workspaceId, kdf: newKdf(passphrase) }
  const key = await deriveKey(passphrase, head.kdf)
  const pair = pairFromKeys(keys)
  try {
    return { ...head, wrapped: seal(pair, key, wrapPlace(head)).toString('base64') }
  } finally {
    pair.fill(0)
    key.fill(0)
  }
}

/** Throws 'wrong-passphrase', also when the envelope itself was changed: nobody can tell. */
export const unwrapKeys = async (
  envelope: KeyEnvelope,
  passphrase: string,
): Promise<WorkspaceKeys> => {
  const key = await deriveKey(passphrase, envelope.kdf)
  let pair: Buffer | null = null
  try {
    pair = unseal(Buffer.from(envelope.wrapped, 'base64'), key, wrapPlace(envelope))
    return keysFromPair(envelope.workspaceId, pair)
  } catch (error) {
    if (error instanceof NocturneError) throw new NocturneError('wrong-passphrase')
    throw error
  } finally {
    pair?.fill(0)
    key.fill(0)
  }
}

/** 32 bytes, which the caller wipes. */
export const deriveKey = async (
  passphrase: string,
  parameters: z.output<typeof kdf>,
): Promise<Buffer> => {
  // One text for one passphrase, whichever keyboard composed its letters.
  const bytes = Buffer.from(passphrase.normalize('NFKC'), 'utf8')
  try {
    return await hashRaw(bytes, {
      algorithm: argon2id,
      memoryCost: parameters.memoryKib,
      timeCost: parameters.passes,
      parallelism: parameters.parallelism,
      outputLen: 32,
      salt: Buffer.from(parameters.salt, 'base64'),
    })
  } finally {
    bytes.fill(0)
  }
}

const wrapPlace = (head: Pick<KeyEnvelope, 'format' | 'workspaceId' | 'kdf'>) => ({
  purpose: 'workspace-keys',
  rowId: [
    head.format,
    head.workspaceId,
    head.kdf.algorithm,
    head.kdf.memoryKib,
    head.kdf.passes,
    head.kdf.parallelism,
    head.kdf.salt,
  ].join('/'),
})
