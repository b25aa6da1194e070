import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { NocturneError } from '../../src-shared/errors.ts'

/**
 * Sealing of single secrets (communities, passwords) under a 256-bit key: AES-256-GCM.
 * Layout: version (1 byte, 1) · nonce (12, random) · ciphertext · tag (16). The associated data
 * names the purpose and the row, so a sealed value opens only where it was put.
 * Nonces are random: one key seals far fewer than the 2^32 messages NIST SP 800-38D allows.
 */
export interface SealPlace {
  /** Table and column, such as `olt.community`. */
  readonly purpose: string
  readonly rowId: string
}

const version = 1
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + nonceBytes
const sealKeyBytes = 32

/** Returns the sealed bytes. `plain` stays the caller's to wipe. */
export const seal = (plain: Uint8Array, key: Uint8Array, place: SealPlace): Buffer => {
  checkKey(key)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(associatedData(place))
  const body = cipher.update(plain)
  const rest = cipher.final()
  return Buffer.concat([Buffer.of(version), nonce, body, rest, cipher.getAuthTag()])
}

/**
 * Returns the secret as a Buffer that the caller wipes after use. Throws 'secret-unreadable' for
 * another key, another place, another version, or any changed byte.
 */
export const unseal = (sealed: Uint8Array, key: Uint8Array, place: SealPlace): Buffer => {
  checkKey(key)
  if (sealed.length < headBytes + tagBytes || sealed[0] !== version) {
    throw unreadable(place)
  }
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, headBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(associatedData(place))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const plain = decipher.update(sealed.subarray(headBytes, sealed.length - tagBytes))
  try {
    // GCM is a stream: final() adds no bytes, it only checks the tag.
    decipher.final()
  } catch {
    // SECURITY: bytes of an unproved secret never leave this function.
    plain.fill(0)
    throw unreadable(place)
  }
  return plain
}

const associatedData = ({ purpose, rowId }: SealPlace): Buffer => {
  if (purpose.includes('\n')) throw new RangeError('a purpose is one line')
  return Buffer.from(`nocturne-seal-1\n${purpose}\n${rowId}`, 'utf8')
}

const checkKey = (key: Uint8Array): void => {
  if (key.length !== sealKeyBytes) throw new RangeError('a sealing key has 32 bytes')
}

const unreadable = ({ purpose, rowId }: SealPlace): NocturneError =>
  new NocturneError('secret-unreadable', { purpose, rowId })
