import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

export interface BatchRecord {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly value: number
  readonly currency: CurrencyCode
  readonly count: number
  readonly expiresOn: string | null
  readonly note: string
  readonly sheetFile: string
  readonly createdAt: number
  readonly createdBy: string | null
}

export interface VoucherRecord {
  readonly id: string
  readonly serial: number
  readonly state: 'new' | 'used' | 'void'
  readonly usedAt: number | null
  readonly voidedAt: number | null
  readonly voidReason: string
}

const batchColumns = `id, number, name, value, currency, count, expires_on AS expiresOn, note,
  sheet_file AS sheetFile, created_at AS createdAt, created_by AS createdBy`

/** The latest first. */
export const allBatches = (reads: Reads): readonly BatchRecord[] =>
  reads.all<BatchRecord>(`SELECT ${batchColumns} FROM voucher_batch ORDER BY number DESC`)

export const batchById = (reads: Reads, id: string): BatchRecord | null =>
  reads.all<BatchRecord>(`SELECT ${batchColumns} FROM voucher_batch WHERE id = ?`, id)[0] ?? null

export const nextBatchNumber = (reads: Reads): number =>
  (reads.all<{ last: number | null }>(`SELECT max(number) AS last FROM voucher_batch`)[0]?.last ??
    0) + 1

export const countsByBatch = (
  reads: Reads,
): ReadonlyMap<string, Readonly<Record<VoucherRecord['state'], number>>> => {
  const counts = new Map<string, Record<VoucherRecord['state'], number>>()
  for (const { batchId, state, count } of reads.all<{
    batchId: string
    state: VoucherRecord['state']
    count: number
  }>(
    `SELECT batch_id AS batchId, state, count(*) AS count FROM voucher GROUP BY batch_id, state`,
  )) {
    const of = counts.get(batchId) ?? { new: 0, used: 0, void: 0 }
    of[state] = count
    counts.set(batchId, of)
  }
  return counts
}

export const vouchersOf = (
  reads: Reads,
  batchId: string,
  states: readonly VoucherRecord['state'][],
  offset: number,
  limit: number,
): { readonly total: number; readonly vouchers: readonly VoucherRecord[] } => {
  const wanted = JSON.stringify(states)
  const where = `FROM voucher WHERE batch_id = ? AND state IN (SELECT value FROM json_each(?))`
  const total = reads.all<{ total: number }>(
    `SELECT count(*) AS total ${where}`,
    batchId,
    wanted,
  )[0]
  return {
    total: total?.total ?? 0,
    vouchers: reads.all<VoucherRecord>(
      `SELECT id, serial, state, used_at AS usedAt, voided_at AS voidedAt, void_reason AS voidReason
        ${where} ORDER BY serial LIMIT ? OFFSET ?`,
      batchId,
      wanted,
      limit,
      offset,
    ),
  }
}

export const insertBatch = (tx: Transaction, batch: BatchRecord): void => {
  tx.run(
    `INSERT INTO voucher_batch (id, number, name, value, currency, count, expires_on, note,
      sheet_file, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    batch.id,
    batch.number,
    batch.name,
    batch.value,
    batch.currency,
    batch.count,
    batch.expiresOn,
    batch.note,
    batch.sheetFile,
    batch.createdAt,
    batch.createdBy,
  )
}

export const insertVoucher = (
  tx: Transaction,
  voucher: {
    readonly id: string
    readonly batchId: string
    readonly serial: number
    readonly codeHash: Uint8Array
  },
): void => {
  tx.run(
    `INSERT INTO voucher (id, batch_id, serial, code_hash) VALUES (?, ?, ?, ?)`,
    voucher.id,
    voucher.batchId,
    voucher.serial,
    voucher.codeHash,
  )
}

/** Those of a batch that are new; `ids` empty: all of them. Returns how many. */
export const voidNew = (
  tx: Transaction,
  batchId: string,
  ids: readonly string[],
  reason: string,
  at: number,
): number =>
  tx.run(
    `UPDATE voucher SET state = 'void', voided_at = ?, void_reason = ?
      WHERE batch_id = ? AND state = 'new'
        AND (? = 0 OR id IN (SELECT value FROM json_each(?)))`,
    at,
    reason,
    batchId,
    ids.length,
    JSON.stringify(ids),
  )
