import { openDetails } from '../../src-main/audit/details.ts'
import { chainColumns, type ChainRow } from '../../src-main/audit/chain-rows.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { auditDetailKey } from './store-workspace.ts'

export interface ToldRow extends ChainRow {
  /** The parameters as they were told; null: none, erased or lost. */
  readonly told: unknown
}

/** The audit trail with its details, the first row first. */
export const auditTrail = (
  { reader }: Pick<Store, 'reader'>,
  name: string | null = null,
  key: Uint8Array = auditDetailKey,
): readonly ToldRow[] => {
  const details = openDetails(reader, key)
  const rows = reader
    .prepare<[string | null, string | null], ChainRow>(
      `SELECT ${chainColumns} FROM audit WHERE (? IS NULL OR name = ?) ORDER BY seq`,
    )
    .all(name, name)
    .map((row) => {
      const detail = details.of(row)
      return { ...row, told: detail.state === 'kept' ? JSON.parse(detail.detail.text) : null }
    })
  details.stop()
  return rows
}
