import type { TillPrinter } from '../../../src-shared/contract/billing-counter-model.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

export interface TillRecord {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly currency: CurrencyCode
  readonly coin: number
  readonly archived: boolean
  readonly printer: TillPrinter | null
  /** Who runs it now. */
  readonly openBy: string | null
}

interface TillRow extends Omit<TillRecord, 'archived' | 'printer'> {
  readonly archived: number
  readonly printer: string | null
}

const columns = `t.id, t.version, t.name, t.currency, t.coin, t.archived, t.printer,
  (SELECT account_id FROM cash_session WHERE till_id = t.id AND closed_at IS NULL) AS openBy`

const recordOf = (row: TillRow): TillRecord => ({
  ...row,
  archived: row.archived === 1,
  printer: row.printer === null ? null : (JSON.parse(row.printer) as TillPrinter),
})

export const allTills = (reads: Reads): readonly TillRecord[] =>
  reads.all<TillRow>(`SELECT ${columns} FROM cash_till t ORDER BY t.name_key`).map(recordOf)

export const tillById = (reads: Reads, id: string): TillRecord | null => {
  const [row] = reads.all<TillRow>(`SELECT ${columns} FROM cash_till t WHERE t.id = ?`, id)
  return row === undefined ? null : recordOf(row)
}

/** Names that look alike are the same one. */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ')

export const tillNamed = (reads: Reads, name: string): { readonly id: string } | null =>
  reads.all<{ id: string }>(`SELECT id FROM cash_till WHERE name_key = ?`, nameKey(name))[0] ?? null

export const putTill = (tx: Transaction, till: Omit<TillRecord, 'openBy'>, at: number): void => {
  tx.run(
    `INSERT INTO cash_till (id, version, name, name_key, currency, coin, archived, printer,
      updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
      name_key = excluded.name_key, currency = excluded.currency, coin = excluded.coin,
      archived = excluded.archived, printer = excluded.printer, updated_at = excluded.updated_at`,
    till.id,
    till.version,
    till.name,
    nameKey(till.name),
    till.currency,
    till.coin,
    till.archived ? 1 : 0,
    till.printer === null ? null : JSON.stringify(till.printer),
    at,
  )
}
