import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/**
 * How details of the audit trail, and the keys to them, lie in the store: AES-256-GCM with a random
 * nonce; nonce (12) · ciphertext · tag (16). `place` says where, so that what is sealed opens only
 * there. (The vault's own sealing is another layer's: the store does not know it.)
 */
const nonceBytes = 12
const tagBytes = 16

export const sealAudit = (plain: Uint8Array, key: Uint8Array, place: string): Buffer => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(place, 'utf8'))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Null: another key, another place, or a changed byte. The caller wipes what it gets. */
export const openAudit = (sealed: Uint8Array, key: Uint8Array, place: string): Buffer | null => {
  if (sealed.length < nonceBytes + tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(place, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const plain = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes))
  try {
    decipher.final()
    return plain
  } catch {
    plain.fill(0)
    return null
  }
}

export const subjectKeyPlace = (subjectId: string): string => `nocturne-subject-key-1\n${subjectId}`
export const detailPlace = (seq: number): string => `nocturne-audit-detail-1\n${seq}`
export const signerPlace = (fingerprint: string): string =>
  `nocturne-audit-signer-1\n${fingerprint}`

const saltBytes = 16

/**
 * A detail as it is sealed: a random salt, then its text. The salt makes the mark in the chain tell
 * nothing about the text once both are out of reach.
 */
export interface Detail {
  readonly salt: Uint8Array
  /** Canonical JSON. */
  readonly text: string
}

export const newDetail = (text: string): Detail => ({ salt: randomBytes(saltBytes), text })

export const detailBytes = ({ salt, text }: Detail): Buffer =>
  Buffer.concat([salt, Buffer.from(text, 'utf8')])

export const detailFrom = (bytes: Uint8Array): Detail | null =>
  bytes.length < saltBytes
    ? null
    : {
        salt: Uint8Array.from(bytes.subarray(0, saltBytes)),
        text: Buffer.from(bytes.subarray(saltBytes)).toString('utf8'),
      }

/** What a row of the chain holds of its detail. */
export const detailMark = ({ salt, text }: Detail): Buffer =>
  createHash('sha256')
    .update('nocturne-audit-detail-1\n')
    .update(salt)
    .update('\n')
    .update(text)
    .digest()
