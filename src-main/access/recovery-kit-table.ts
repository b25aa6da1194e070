import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

interface KitRow {
  readonly accountId: string
  readonly hash: string
  readonly madeAt: number
}

/** There is one at most: the owner's. */
export const createKitReads = (reader: StoreReader) => {
  const kit = reader.prepare<[string], KitRow>(
    `SELECT account_id AS accountId, hash, made_at AS madeAt FROM recovery_kit WHERE account_id = ?`,
  )
  return { of: (accountId: string): KitRow | undefined => kit.get(accountId) }
}

export const putKit = (tx: Transaction, accountId: string, hash: string, at: number): void => {
  dropKit(tx)
  tx.run(
    `INSERT INTO recovery_kit (account_id, hash, made_at) VALUES (?, ?, ?)`,
    accountId,
    hash,
    at,
  )
}

export const dropKit = (tx: Transaction): void => {
  tx.run(`DELETE FROM recovery_kit`)
}

export const kitHashIn = (tx: Transaction, accountId: string): string | null =>
  tx.get<{ hash: string }>(`SELECT hash FROM recovery_kit WHERE account_id = ?`, accountId)?.hash ??
  null
