import { isGenuine, type Checkpoint } from '../store/audit-checkpoint.ts'
import type { StoreReader } from '../store/read-handle.ts'

/** What the checkpoints, of the store and of outside it, say of the chain. */

const selectSigners = `SELECT fingerprint, public_key AS publicKey FROM audit_signer
  ORDER BY created_at, fingerprint`
const selectCheckpoints = `SELECT seq, day, at, lower(hex(hash)) AS hash, fingerprint,
  lower(hex(signature)) AS signature FROM audit_checkpoint ORDER BY seq`

export interface SignerKey {
  readonly fingerprint: string
  readonly publicKey: Uint8Array
}

export const signersOf = (reader: StoreReader): readonly SignerKey[] =>
  reader.prepare<[], SignerKey>(selectSigners).all()

export const checkpointsOf = (reader: StoreReader): readonly Checkpoint[] =>
  reader.prepare<[], Checkpoint>(selectCheckpoints).all()

/** Of the key that signs now; null: nothing has been signed. */
export const fingerprintNow = (reader: StoreReader): string | null =>
  signersOf(reader).at(-1)?.fingerprint ?? null

export interface CheckpointProof {
  /** Hashes that the chain must have, by row. */
  readonly wanted: ReadonlyMap<number, readonly string[]>
  /** The furthest row that a checkpoint outside the store knows of; 0: none. */
  readonly lastOutside: number
  readonly lastInside: number
  readonly count: number
  /** One is not signed by the workspace's key; null: all are. */
  readonly forged: number | null
}

export const proveCheckpoints = (
  inside: readonly Checkpoint[],
  outside: readonly (Checkpoint | null)[],
  signers: readonly SignerKey[],
): CheckpointProof => {
  const keys = new Map(signers.map((signer) => [signer.fingerprint, signer.publicKey]))
  const wanted = new Map<number, string[]>()
  let forged: number | null = null
  const look = (one: Checkpoint | null): void => {
    const key = one === null ? undefined : keys.get(one.fingerprint)
    if (one === null || key === undefined || !isGenuine(one, key)) {
      const seq = one?.seq ?? 0
      forged = forged === null ? seq : Math.min(forged, seq)
      return
    }
    const known = wanted.get(one.seq) ?? []
    if (!known.includes(one.hash)) wanted.set(one.seq, [...known, one.hash])
  }
  for (const one of inside) look(one)
  for (const one of outside) look(one)
  return {
    wanted,
    lastInside: Math.max(0, ...inside.slice(-1).map(({ seq }) => seq)),
    lastOutside: outside.reduce((last, one) => Math.max(last, one?.seq ?? 0), 0),
    count: inside.length,
    forged,
  }
}
