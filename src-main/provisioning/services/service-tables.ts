import type { ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { oltListOf, type Reach } from '../../engine/reach.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'

/** What each service shall be and what it was seen to be. Addresses are packed. */
export interface ServiceRecord {
  readonly oltId: string
  readonly address: number
  readonly serial: string
  readonly desired: ServiceState['desired']
  readonly desiredSince: number
  readonly desiredBy: string | null
  readonly reason: string
  readonly source: ServiceState['source']
  readonly cause: ServiceState['cause']
  readonly actual: ServiceState['actual']
  readonly actualAt: number | null
  readonly agreesSince: number | null
  readonly tries: number
  readonly nextTryAt: number | null
  readonly problem: Problem | null
  readonly planId: string | null
}

type Row = Omit<ServiceRecord, 'problem'> & { readonly problem: string | null }

type Wanted = {
  readonly disagreeing: number
  /** OLTs, as JSON; null: every one. */
  readonly within: string | null
}

const columns = `olt_id AS oltId, address, serial, desired, desired_since AS desiredSince,
  desired_by AS desiredBy, reason, source, cause, actual, actual_at AS actualAt, agrees_since AS agreesSince, tries,
  next_try_at AS nextTryAt, problem, plan_id AS planId`

const recordOf = (row: Row): ServiceRecord => ({
  ...row,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
})

export const createServiceReads = (reader: StoreReader) => {
  const one = reader.prepare<[string, number], Row>(
    `SELECT ${columns} FROM provisioning_service WHERE olt_id = ? AND address = ?`,
  )
  const wanted = `(:disagreeing = 0 OR agrees_since IS NULL)
    AND (:within IS NULL OR olt_id IN (SELECT value FROM json_each(:within)))`
  const page = reader.prepare<[Wanted & { limit: number; offset: number }], Row>(
    `SELECT ${columns} FROM provisioning_service WHERE ${wanted}
      ORDER BY desired_since DESC, olt_id, address LIMIT :limit OFFSET :offset`,
  )
  const total = reader.prepare<[Wanted], { count: number }>(
    `SELECT count(*) AS count FROM provisioning_service WHERE ${wanted}`,
  )
  const due = reader.prepare<[number, number], Row>(
    `SELECT ${columns} FROM provisioning_service
      WHERE agrees_since IS NULL AND (next_try_at IS NULL OR next_try_at <= ?)
      ORDER BY next_try_at, desired_since LIMIT ?`,
  )
  const agreeing = reader.prepare<[], Row>(
    `SELECT ${columns} FROM provisioning_service WHERE agrees_since IS NOT NULL`,
  )
  return {
    service: (oltId: string, address: number): ServiceRecord | null => {
      const row = one.get(oltId, address)
      return row === undefined ? null : recordOf(row)
    },
    page: (disagreeing: boolean, reach: Reach, limit: number, offset: number) => {
      const asked = { disagreeing: disagreeing ? 1 : 0, within: oltListOf(reach) }
      return {
        total: total.get(asked)?.count ?? 0,
        services: page.all({ ...asked, limit, offset }).map(recordOf),
      }
    },
    due: (now: number, limit: number): readonly ServiceRecord[] =>
      due.all(now, limit).map(recordOf),
    agreeing: (): readonly ServiceRecord[] => agreeing.all().map(recordOf),
  }
}

export type ServiceReads = ReturnType<typeof createServiceReads>

/** A wish replaces the one before; what was seen of the same ONU stays. */
export const putDesired = (
  tx: Transaction,
  wish: Pick<
    ServiceRecord,
    | 'oltId'
    | 'address'
    | 'serial'
    | 'desired'
    | 'desiredSince'
    | 'desiredBy'
    | 'reason'
    | 'source'
    | 'cause'
  >,
): void => {
  tx.run(
    `INSERT INTO provisioning_service (olt_id, address, serial, desired, desired_since, desired_by,
      reason, source, cause, actual) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'unknown')
      ON CONFLICT (olt_id, address) DO UPDATE SET
      actual = CASE WHEN serial = excluded.serial THEN actual ELSE 'unknown' END,
      serial = excluded.serial, desired = excluded.desired, desired_since = excluded.desired_since,
      desired_by = excluded.desired_by, reason = excluded.reason, source = excluded.source,
      cause = excluded.cause, agrees_since = NULL, tries = 0,
      next_try_at = NULL, problem = NULL, plan_id = NULL`,
    wish.oltId,
    wish.address,
    wish.serial,
    wish.desired,
    wish.desiredSince,
    wish.desiredBy,
    wish.reason,
    wish.source,
    wish.cause,
  )
}

/** The wish stands; it has another cause now. */
export const putCause = (
  tx: Transaction,
  wish: Pick<ServiceRecord, 'oltId' | 'address' | 'reason' | 'cause'>,
): void => {
  tx.run(
    `UPDATE provisioning_service SET reason = ?, cause = ? WHERE olt_id = ? AND address = ?`,
    wish.reason,
    wish.cause,
    wish.oltId,
    wish.address,
  )
}

/** As the transaction sees it, what it wrote itself among it. */
export const serviceIn = (
  tx: Transaction,
  oltId: string,
  address: number,
): ServiceRecord | null => {
  const row = tx.get<Row>(
    `SELECT ${columns} FROM provisioning_service WHERE olt_id = ? AND address = ?`,
    oltId,
    address,
  )
  return row === undefined ? null : recordOf(row)
}

export const dropDesired = (tx: Transaction, oltId: string, address: number): void => {
  tx.run(`DELETE FROM provisioning_service WHERE olt_id = ? AND address = ?`, oltId, address)
}

/** What was seen: it agrees from then on, or does not. */
export const noteActual = (
  tx: Transaction,
  oltId: string,
  address: number,
  actual: ServiceRecord['actual'],
  at: number,
): void => {
  tx.run(
    `UPDATE provisioning_service SET actual = ?, actual_at = ?,
      agrees_since = CASE WHEN desired = ? THEN coalesce(agrees_since, ?) ELSE NULL END,
      tries = CASE WHEN desired = ? THEN 0 ELSE tries END,
      next_try_at = CASE WHEN desired = ? THEN NULL ELSE next_try_at END,
      problem = CASE WHEN desired = ? THEN NULL ELSE problem END
      WHERE olt_id = ? AND address = ?`,
    actual,
    at,
    actual,
    at,
    actual,
    actual,
    actual,
    oltId,
    address,
  )
}

/** Nothing, where another wish came meanwhile: that one has not been tried. */
export const noteTry = (
  tx: Transaction,
  service: Pick<ServiceRecord, 'oltId' | 'address' | 'desired' | 'desiredSince'>,
  outcome: {
    readonly nextTryAt: number | null
    readonly problem: Problem | null
    readonly planId: string | null
  },
): void => {
  tx.run(
    `UPDATE provisioning_service SET tries = tries + 1, next_try_at = ?, problem = ?,
      plan_id = coalesce(?, plan_id)
      WHERE olt_id = ? AND address = ? AND desired = ? AND desired_since = ?`,
    outcome.nextTryAt,
    outcome.problem === null ? null : JSON.stringify(outcome.problem),
    outcome.planId,
    service.oltId,
    service.address,
    service.desired,
    service.desiredSince,
  )
}

/** The ONU has gone to another place or was replaced: what is wanted of the service goes with it. */
export const followOnu = (
  tx: Transaction,
  from: { readonly oltId: string; readonly address: number; readonly serial: string },
  to: { readonly oltId: string; readonly address: number; readonly serial: string },
): void => {
  tx.run(
    `UPDATE OR REPLACE provisioning_service SET olt_id = ?, address = ?, serial = ?
      WHERE olt_id = ? AND address = ? AND serial = ?`,
    to.oltId,
    to.address,
    to.serial,
    from.oltId,
    from.address,
    from.serial,
  )
}
