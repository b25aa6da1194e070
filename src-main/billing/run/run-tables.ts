import type { RunRow } from '../../../src-shared/contract/billing-documents-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Billing runs, what they made, and what they could not bill. */

export type RunState = RunRow['state']

export interface RunRecord {
  readonly id: string
  readonly asOfOn: CalendarDate
  readonly startedAt: number
  readonly startedBy: string | null
  readonly finishedAt: number | null
  readonly state: RunState
  readonly looked: number
  readonly failed: number
}

const columns = `id, as_of_on AS asOfOn, started_at AS startedAt, started_by AS startedBy,
  finished_at AS finishedAt, state, looked_at AS looked, failed`

export const runById = (reads: Reads, id: string): RunRecord | null => {
  const [row] = reads.all<RunRecord>(`SELECT ${columns} FROM billing_run WHERE id = ?`, id)
  return row === undefined ? null : { ...row }
}

/** The latest first. */
export const runsOf = (
  reads: Reads,
  offset: number,
  limit: number,
): { readonly total: number; readonly runs: readonly RunRecord[] } => ({
  total: reads.all<{ n: number }>(`SELECT count(*) AS n FROM billing_run`)[0]?.n ?? 0,
  runs: reads.all<RunRecord>(
    `SELECT ${columns} FROM billing_run ORDER BY started_at DESC, id DESC LIMIT ? OFFSET ?`,
    limit,
    offset,
  ),
})

/** Documents that a run issued, by kind and currency. */
export const madeBy = (
  reads: Reads,
  runId: string,
): readonly {
  readonly kind: 'invoice' | 'credit-note'
  readonly currency: string
  readonly count: number
  readonly total: number
}[] =>
  reads.all(
    `SELECT kind, currency, count(*) AS count, sum(total) AS total FROM invoice
      WHERE run_id = ? AND status = 'issued' GROUP BY kind, currency ORDER BY currency, kind`,
    runId,
  )

/** The latest day that anything was billed or issued on; null: nothing was. */
export const lastBilledOn = (reads: Reads): CalendarDate | null =>
  reads.all<{ day: CalendarDate | null }>(
    `SELECT max(day) AS day FROM (SELECT max(as_of_on) AS day FROM billing_run
      UNION ALL SELECT max(issued_on) FROM invoice WHERE status = 'issued')`,
  )[0]?.day ?? null

export const insertRun = (tx: Transaction, run: RunRecord): void => {
  tx.run(
    `INSERT INTO billing_run (id, as_of_on, started_at, started_by, state)
      VALUES (?, ?, ?, ?, 'running')`,
    run.id,
    run.asOfOn,
    run.startedAt,
    run.startedBy,
  )
}

export const endRun = (
  tx: Transaction,
  id: string,
  end: {
    readonly state: Exclude<RunState, 'running'>
    readonly at: number
    readonly looked: number
    readonly failed: number
  },
): void => {
  tx.run(
    `UPDATE billing_run SET state = ?, finished_at = ?, looked_at = ?, failed = ?
      WHERE id = ? AND state = 'running'`,
    end.state,
    end.at,
    end.looked,
    end.failed,
    id,
  )
}

/** Of a console that ended in the middle of them. */
export const runningRuns = (reads: Reads): readonly RunRecord[] =>
  reads.all<RunRecord>(`SELECT ${columns} FROM billing_run WHERE state = 'running'`)

export const putFailure = (
  tx: Transaction,
  runId: string,
  subscriptionId: string,
  { code, params }: Problem,
): void => {
  tx.run(
    `INSERT INTO billing_run_failure (run_id, subscription_id, code, params) VALUES (?, ?, ?, ?)
      ON CONFLICT (run_id, subscription_id) DO UPDATE SET code = excluded.code,
      params = excluded.params`,
    runId,
    subscriptionId,
    code,
    JSON.stringify(params),
  )
}

export interface FailureRow {
  readonly subscriptionId: string
  readonly subscriberId: string
  readonly subscriberCode: string
  readonly subscriberName: string
  readonly planName: string
  readonly problem: Problem
}

export const failuresOf = (
  reads: Reads,
  runId: string,
  offset: number,
  limit: number,
): readonly FailureRow[] =>
  reads
    .all<Omit<FailureRow, 'problem'> & { code: Problem['code']; params: string }>(
      `SELECT f.subscription_id AS subscriptionId, s.subscriber_id AS subscriberId,
        c.code AS subscriberCode, c.name AS subscriberName, p.name AS planName, f.code, f.params
        FROM billing_run_failure f JOIN subscription s ON s.id = f.subscription_id
        JOIN subscriber c ON c.id = s.subscriber_id JOIN plan p ON p.id = s.plan_id
        WHERE f.run_id = ? ORDER BY c.name_key, f.subscription_id LIMIT ? OFFSET ?`,
      runId,
      limit,
      offset,
    )
    .map(({ code, params, ...row }) => ({
      ...row,
      problem: { code, params: JSON.parse(params) as Problem['params'] },
    }))
