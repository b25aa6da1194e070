import { randomBytes } from 'node:crypto'
import { seal, unseal } from '../vault/seal.ts'
import { recoveryKeyBytes } from './recovery-codes.ts'
import { totpKeyBytes } from './totp.ts'

/** The two keys of a second factor, which lie sealed in one value. */
export interface SecondFactorKeys {
  readonly totp: Buffer
  readonly recovery: Buffer
  readonly wipe: () => void
}

/** Also for whoever seals it anew under another vault key. */
export const secondFactorPurpose = 'second-factor.secret'

const split = (both: Buffer): SecondFactorKeys => ({
  totp: both.subarray(0, totpKeyBytes),
  recovery: both.subarray(totpKeyBytes),
  wipe: () => both.fill(0),
})

/** Over the key that the app already has. The caller wipes both. */
export const keysAround = (totp: Buffer): SecondFactorKeys =>
  split(Buffer.concat([totp, randomBytes(recoveryKeyBytes)]))

export const sealKeysOf = (
  keys: SecondFactorKeys,
  vaultKey: Uint8Array,
  accountId: string,
): Buffer => {
  const both = Buffer.concat([keys.totp, keys.recovery])
  try {
    return seal(both, vaultKey, { purpose: secondFactorPurpose, rowId: accountId })
  } finally {
    both.fill(0)
  }
}

/** The caller wipes them. Errors: `secret-unreadable`. */
export const openKeysOf = (
  sealed: Uint8Array,
  vaultKey: Uint8Array,
  accountId: string,
): SecondFactorKeys =>
  split(unseal(sealed, vaultKey, { purpose: secondFactorPurpose, rowId: accountId }))
