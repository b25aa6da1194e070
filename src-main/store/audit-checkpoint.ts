import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto'
import { openAudit, sealAudit, signerPlace } from './audit-seal.ts'
import { canonicalJson } from './canonical-json.ts'
import { preparedOf } from './write-transaction.ts'
import type { Writer } from './writer-access.ts'

/**
 * Signed marks of the chain: so many rows, the last one with this hash. They lie in the store and,
 * appended, in a file beside it, and can be taken elsewhere: then an older copy of the whole store,
 * or a chain written anew with every key of it, shows.
 */
export interface Checkpoint {
  /** The row it was made at. */
  readonly seq: number
  /** `2026-11-23`, in UTC. */
  readonly day: string
  readonly at: number
  /** That row's hash in hex. */
  readonly hash: string
  /** Of the public key, in hex. */
  readonly fingerprint: string
  /** Ed25519 in hex. */
  readonly signature: string
}

const messageOf = ({ seq, day, at, hash, fingerprint }: Omit<Checkpoint, 'signature'>): Buffer =>
  Buffer.from(
    `nocturne-audit-checkpoint-1\n${canonicalJson({ seq, day, at, hash, fingerprint })}`,
    'utf8',
  )

/** SHA-256 of the public key (SPKI, DER), in hex. */
export const fingerprintOf = (publicKey: Uint8Array): string =>
  createHash('sha256').update(publicKey).digest('hex')

export const isSignedBy = (
  message: Uint8Array,
  signatureHex: string,
  publicKey: Uint8Array,
): boolean => {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, message, key, Buffer.from(signatureHex, 'hex'))
    )
  } catch {
    return false
  }
}

export const isGenuine = (checkpoint: Checkpoint, publicKey: Uint8Array): boolean =>
  fingerprintOf(publicKey) === checkpoint.fingerprint &&
  isSignedBy(messageOf(checkpoint), checkpoint.signature, publicKey)

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

const selectSigner = `SELECT fingerprint, public_key AS publicKey, private_sealed AS privateSealed
  FROM audit_signer ORDER BY created_at DESC LIMIT 1`
const insertSigner = `INSERT INTO audit_signer (fingerprint, public_key, private_sealed, created_at)
  VALUES (?, ?, ?, ?)`
const selectLast = `SELECT seq, day FROM audit_checkpoint ORDER BY seq DESC LIMIT 1`
const insertCheckpoint = `INSERT INTO audit_checkpoint
  (seq, day, at, hash, fingerprint, signature) VALUES (?, ?, ?, ?, ?, ?)`

interface Signer {
  readonly fingerprint: string
  readonly publicKey: Buffer
  readonly privateSealed: Buffer
}

/** Made with the first signature. The private key is in the clear only while it signs. */
const signerOf = (writer: Writer, at: number): Signer => {
  const { connection, auditDetailKey } = writer
  const found = preparedOf(connection, selectSigner).get() as Signer | undefined
  if (found !== undefined) return found
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  })
  const fingerprint = fingerprintOf(pair.publicKey)
  const signer = {
    fingerprint,
    publicKey: pair.publicKey,
    privateSealed: sealAudit(pair.privateKey, auditDetailKey, signerPlace(fingerprint)),
  }
  pair.privateKey.fill(0)
  preparedOf(connection, insertSigner).run(
    signer.fingerprint,
    signer.publicKey,
    signer.privateSealed,
    at,
  )
  return signer
}

export interface Signed {
  /** Hex. */
  readonly signature: string
  readonly fingerprint: string
  /** SPKI, DER. */
  readonly publicKey: Buffer
}

/** Signs with the workspace's key; `message` may need to name the key that will sign it. */
export const signWith = (
  writer: Writer,
  at: number,
  message: (fingerprint: string) => Uint8Array,
): Signed => {
  const { fingerprint, publicKey, privateSealed } = signerOf(writer, at)
  const plain = openAudit(privateSealed, writer.auditDetailKey, signerPlace(fingerprint))
  if (plain === null) throw new Error('the key that signs the audit trail does not open')
  try {
    const key = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' })
    return {
      signature: sign(null, message(fingerprint), key).toString('hex'),
      fingerprint,
      publicKey,
    }
  } finally {
    plain.fill(0)
  }
}

/** Inside the caller's transaction. */
export const appendCheckpoint = (
  writer: Writer,
  head: { readonly seq: number; readonly hash: Uint8Array; readonly at: number },
): Checkpoint => {
  const { seq, at } = head
  const hash = Buffer.from(head.hash).toString('hex')
  const day = dayOf(at)
  const { signature, fingerprint } = signWith(writer, at, (by) =>
    messageOf({ seq, day, at, hash, fingerprint: by }),
  )
  preparedOf(writer.connection, insertCheckpoint).run(
    seq,
    day,
    at,
    Buffer.from(hash, 'hex'),
    fingerprint,
    Buffer.from(signature, 'hex'),
  )
  return { seq, day, at, hash, fingerprint, signature }
}

export const lastCheckpoint = (
  writer: Writer,
): { readonly seq: number; readonly day: string } | undefined =>
  preparedOf(writer.connection, selectLast).get() as { seq: number; day: string } | undefined
