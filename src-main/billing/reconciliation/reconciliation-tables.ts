import type {
  FindingKind,
  ReconciliationSummary,
} from '../../../src-shared/contract/billing-reconciliation.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** What somebody decided to leave as it is, and the sums of the latest look of the whole workspace. */

export interface Ignored {
  readonly key: string
  readonly reason: string
  /** The last day; null: for good. */
  readonly untilOn: string | null
  readonly at: number
  readonly by: string | null
}

/** By key; those whose last day is over are findings again. */
export const ignoredOn = (reads: Reads, today: string): ReadonlyMap<string, Ignored> =>
  new Map(
    reads
      .all<Ignored>(
        `SELECT key, reason, until_on AS untilOn, at, by FROM reconciliation_ignored
          WHERE until_on IS NULL OR until_on >= ?`,
        today,
      )
      .map((row) => [row.key, { ...row }]),
  )

export const putIgnored = (tx: Transaction, of: Ignored & { readonly kind: FindingKind }): void => {
  tx.run(
    `INSERT INTO reconciliation_ignored (key, kind, reason, until_on, at, by)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET reason = excluded.reason,
      until_on = excluded.until_on, at = excluded.at, by = excluded.by`,
    of.key,
    of.kind,
    of.reason,
    of.untilOn,
    of.at,
    of.by,
  )
}

export const dropIgnored = (tx: Transaction, key: string): void => {
  tx.run(`DELETE FROM reconciliation_ignored WHERE key = ?`, key)
}

export const putLook = (tx: Transaction, summary: ReconciliationSummary): void => {
  tx.run(
    `INSERT INTO reconciliation_look (id, at, summary) VALUES (1, ?, ?)
      ON CONFLICT (id) DO UPDATE SET at = excluded.at, summary = excluded.summary`,
    summary.at,
    JSON.stringify(summary),
  )
}

/** Null: nobody has looked yet. */
export const latestLook = (reads: Reads): ReconciliationSummary | null => {
  const [row] = reads.all<{ readonly summary: string }>(
    `SELECT summary FROM reconciliation_look WHERE id = 1`,
  )
  return row === undefined ? null : (JSON.parse(row.summary) as ReconciliationSummary)
}
