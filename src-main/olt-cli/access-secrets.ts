import { seal, unseal } from '../vault/seal.ts'

/**
 * What an OLT's CLI asks for. It lies sealed in the store, is opened for a login, and never leaves
 * the engine.
 */
export const secretFields = ['password', 'enablePassword', 'writeCommunity'] as const
export type SecretField = (typeof secretFields)[number]

/** Column and row are part of the seal: a sealed password opens nowhere else. */
const purposes: Readonly<Record<SecretField, string>> = {
  password: 'olt_cli_access.password',
  enablePassword: 'olt_cli_access.enable',
  writeCommunity: 'olt_cli_access.write_community',
}

export const sealSecret = (
  value: string,
  field: SecretField,
  vaultKey: Uint8Array,
  oltId: string,
): Buffer => {
  const plain = Buffer.from(value, 'utf8')
  try {
    // SECURITY: from here on the secret exists sealed.
    return seal(plain, vaultKey, { purpose: purposes[field], rowId: oltId })
  } finally {
    plain.fill(0)
  }
}

/** A buffer for the caller to wipe. Errors: `secret-unreadable`. */
export const openSecret = (
  sealed: Uint8Array,
  field: SecretField,
  vaultKey: Uint8Array,
  oltId: string,
): Buffer => unseal(sealed, vaultKey, { purpose: purposes[field], rowId: oltId })

/**
 * The sealed value after a change: left out stays, null takes it away.
 */
export const changedSecret = (
  given: string | null | undefined,
  before: Uint8Array | null,
  field: SecretField,
  vaultKey: Uint8Array,
  oltId: string,
): Uint8Array | null => {
  if (given === undefined) return before
  return given === null ? null : sealSecret(given, field, vaultKey, oltId)
}
