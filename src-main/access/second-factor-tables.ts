import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

export interface SecondFactorRow {
  readonly accountId: string
  /** The key of the app's codes and that of the recovery codes' hashes, sealed by the vault. */
  readonly sealed: Buffer
  readonly since: number
  /** The last step of which a code was taken. */
  readonly lastStep: number
}

export interface SecondFactorReset {
  readonly at: number
  readonly byName: string | null
}

export const createSecondFactorReads = (reader: StoreReader) => {
  const of = reader.prepare<[string], SecondFactorRow>(
    `SELECT account_id AS accountId, sealed, since, last_step AS lastStep
     FROM second_factor WHERE account_id = ?`,
  )
  const left = reader.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM recovery_code WHERE account_id = ? AND used_at IS NULL`,
  )
  const isOpen = reader.prepare<[string, Buffer], object>(
    `SELECT 1 FROM recovery_code WHERE account_id = ? AND hash = ? AND used_at IS NULL`,
  )
  const reset = reader.prepare<[string], SecondFactorReset>(
    `SELECT at, account.name AS byName FROM second_factor_reset
     LEFT JOIN account ON account.id = by_account_id WHERE account_id = ?`,
  )
  return {
    of: (accountId: string): SecondFactorRow | undefined => of.get(accountId),
    codesLeft: (accountId: string): number => left.get(accountId)?.n ?? 0,
    isOpenCode: (accountId: string, hash: Buffer): boolean =>
      isOpen.get(accountId, hash) !== undefined,
    resetOf: (accountId: string): SecondFactorReset | null => reset.get(accountId) ?? null,
  }
}

export type SecondFactorReads = ReturnType<typeof createSecondFactorReads>

const changed = (tx: Transaction, accountId: string, since: number | null): void => {
  tx.run(`UPDATE account SET second_factor_since = ? WHERE id = ?`, since, accountId)
}

export const putSecondFactor = (
  tx: Transaction,
  row: SecondFactorRow,
  codeHashes: readonly Buffer[],
): void => {
  dropSecondFactor(tx, row.accountId)
  tx.run(
    `INSERT INTO second_factor (account_id, sealed, since, last_step) VALUES (?, ?, ?, ?)`,
    row.accountId,
    row.sealed,
    row.since,
    row.lastStep,
  )
  tx.run(`DELETE FROM second_factor_reset WHERE account_id = ?`, row.accountId)
  changed(tx, row.accountId, row.since)
  putRecoveryCodes(tx, row.accountId, codeHashes)
}

export const putRecoveryCodes = (
  tx: Transaction,
  accountId: string,
  hashes: readonly Buffer[],
): void => {
  tx.run(`DELETE FROM recovery_code WHERE account_id = ?`, accountId)
  for (const hash of hashes) {
    tx.run(`INSERT INTO recovery_code (account_id, hash) VALUES (?, ?)`, accountId, hash)
  }
}

/** Off: also for the recovery kit, which is the owner's way back without it. */
export const dropSecondFactor = (tx: Transaction, accountId: string): void => {
  tx.run(`DELETE FROM recovery_code WHERE account_id = ?`, accountId)
  tx.run(`DELETE FROM second_factor WHERE account_id = ?`, accountId)
  changed(tx, accountId, null)
}

export const noteReset = (
  tx: Transaction,
  accountId: string,
  byAccountId: string,
  at: number,
): void => {
  tx.run(
    `INSERT INTO second_factor_reset (account_id, at, by_account_id) VALUES (?, ?, ?)
     ON CONFLICT (account_id) DO UPDATE SET at = excluded.at,
       by_account_id = excluded.by_account_id`,
    accountId,
    at,
    byAccountId,
  )
}

/** False: a code of this step or of a later one was taken meanwhile. */
export const takeStep = (tx: Transaction, accountId: string, step: number): boolean =>
  tx.run(
    `UPDATE second_factor SET last_step = ? WHERE account_id = ? AND last_step < ?`,
    step,
    accountId,
    step,
  ) === 1

/** False: it was used meanwhile. */
export const useRecoveryCode = (
  tx: Transaction,
  accountId: string,
  hash: Buffer,
  at: number,
): boolean =>
  tx.run(
    `UPDATE recovery_code SET used_at = ? WHERE account_id = ? AND hash = ? AND used_at IS NULL`,
    at,
    accountId,
    hash,
  ) === 1
