import { createHmac, hkdfSync, randomBytes } from 'node:crypto'

/**
 * The two random keys of a workspace, and what follows from them. They exist in these Buffers
 * only; whoever got them calls wipe() when done.
 */
export interface WorkspaceKeys {
  readonly workspaceId: string
  /** Opens the store's file. */
  readonly storeKey: Buffer
  /** Seals the secrets inside the store. */
  readonly vaultKey: Buffer
  /** Seals the head of the audit chain: made from the vault key, useless for unsealing. */
  readonly auditKey: Buffer
  /** Seals the keys under which the audit trail's details lie, and the one that signs it. */
  readonly auditDetailKey: Buffer
  /** Opens the files of the history: made from the store's key, useless for the store. */
  readonly historyKey: Buffer
  /** Fills all of them with zeros. A second call does nothing. */
  readonly wipe: () => void
}

const keyBytes = 32
const keyPairBytes = 2 * keyBytes

export const makeKeys = (workspaceId: string): WorkspaceKeys => {
  const pair = randomBytes(keyPairBytes)
  try {
    return keysFromPair(workspaceId, pair)
  } finally {
    pair.fill(0)
  }
}

/** store key, then vault key. Copies: the pair stays the caller's to wipe. */
export const keysFromPair = (workspaceId: string, pair: Uint8Array): WorkspaceKeys => {
  if (pair.length !== keyPairBytes) throw new RangeError('a key pair has 64 bytes')
  // allocUnsafeSlow: never a slice of Node's shared pool, so nothing else lies beside a key.
  const storeKey = Buffer.allocUnsafeSlow(keyBytes)
  const vaultKey = Buffer.allocUnsafeSlow(keyBytes)
  storeKey.set(pair.subarray(0, keyBytes))
  vaultKey.set(pair.subarray(keyBytes))
  const auditKey = Buffer.from(
    hkdfSync('sha256', vaultKey, workspaceId, 'nocturne-audit-head', keyBytes),
  )
  const auditDetailKey = Buffer.from(
    hkdfSync('sha256', vaultKey, workspaceId, 'nocturne-audit-detail', keyBytes),
  )
  const historyKey = Buffer.from(
    hkdfSync('sha256', storeKey, workspaceId, 'nocturne-history', keyBytes),
  )
  return {
    workspaceId,
    storeKey,
    vaultKey,
    auditKey,
    auditDetailKey,
    historyKey,
    wipe: () => {
      storeKey.fill(0)
      vaultKey.fill(0)
      auditKey.fill(0)
      auditDetailKey.fill(0)
      historyKey.fill(0)
    },
  }
}

/** The caller wipes what it gets. */
export const pairFromKeys = (keys: WorkspaceKeys): Buffer => {
  const pair = Buffer.allocUnsafeSlow(keyPairBytes)
  pair.set(keys.storeKey)
  pair.set(keys.vaultKey, keyBytes)
  return pair
}

/** The same keys in Buffers of their own, for whoever outlives those. The caller wipes them. */
export const copyKeys = (keys: WorkspaceKeys): WorkspaceKeys => {
  const pair = pairFromKeys(keys)
  try {
    return keysFromPair(keys.workspaceId, pair)
  } finally {
    pair.fill(0)
  }
}

/**
 * A mark by which the right keys are known without opening anything. HMAC of a constant under
 * 64 random bytes: it tells nothing about them.
 */
export const keyMark = (keys: WorkspaceKeys): Buffer => {
  const pair = pairFromKeys(keys)
  try {
    return createHmac('sha256', pair).update(`nocturne-key-mark-1\n${keys.workspaceId}`).digest()
  } finally {
    pair.fill(0)
  }
}
