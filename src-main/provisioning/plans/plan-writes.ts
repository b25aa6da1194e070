import type { Problem } from '../../../src-shared/contract/common.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import type { Exchange } from '../../olt/cli/config-port.ts'
import type { Transaction } from '../../store/write-path.ts'
import type {
  PlanRecord,
  PlanState,
  StepRecord,
  StepState,
  TargetRecord,
  TargetState,
} from './tables.ts'

/** Writes of plans, targets and steps. Each is one or a few statements in the caller's transaction. */

const text = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

export const insertPlan = (
  tx: Transaction,
  plan: PlanRecord,
  passwordsSealed: Uint8Array | null,
): void => {
  tx.run(
    `INSERT INTO provisioning_plan (id, version, kind, change, undoes, state, risk, account_id,
      made_by, origin, reason, pace, created_at, expires_at, olts, warnings, left_out,
      passwords_sealed, canary_passed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    plan.id,
    plan.version,
    plan.kind,
    JSON.stringify(plan.change),
    plan.undoes,
    plan.state,
    plan.risk,
    plan.accountId,
    plan.by,
    plan.origin,
    plan.reason,
    JSON.stringify(plan.pace),
    plan.createdAt,
    plan.expiresAt,
    JSON.stringify(plan.olts),
    JSON.stringify(plan.warnings),
    JSON.stringify(plan.leftOut),
    passwordsSealed,
    plan.canaryPassed ? 1 : 0,
  )
}

const rowsPerStatement = 250

/** Many rows in one statement, as JSON: several times faster than a statement each. */
const insertRows = (
  tx: Transaction,
  into: string,
  rows: readonly (readonly (string | number | null)[])[],
): void => {
  const columns = into.split(',').map((_, at) => `value ->> ${at}`)
  for (let first = 0; first < rows.length; first += rowsPerStatement) {
    tx.run(
      `INSERT INTO ${into} SELECT ${columns.join(', ')} FROM json_each(?) WHERE true`,
      JSON.stringify(rows.slice(first, first + rowsPerStatement)),
    )
  }
}

export const insertTargets = (tx: Transaction, targets: readonly TargetRecord[]): void =>
  insertRows(
    tx,
    `provisioning_target (plan_id, seq, olt_id, olt_name, address, olt_after_id,
      address_after, serial, serial_after, name, config_before, config_after, state, problem,
      risk, service_loss_s, canary, undoes_seq)`,
    targets.map((one) => [
      one.planId,
      one.seq,
      one.oltId,
      one.oltName,
      one.address,
      one.oltAfterId,
      one.addressAfter,
      one.serial,
      one.serialAfter,
      one.name,
      text(one.before),
      text(one.after),
      one.state,
      text(one.problem),
      one.risk,
      one.serviceLossS,
      one.canary ? 1 : 0,
      one.undoesSeq,
    ]),
  )

export const insertSteps = (tx: Transaction, steps: readonly StepRecord[]): void =>
  insertRows(
    tx,
    `provisioning_step (plan_id, target, seq, olt_id, kind, step, rendered, unproven, state)`,
    steps.map((one) => [
      one.planId,
      one.target,
      one.seq,
      one.oltId,
      one.step.kind,
      JSON.stringify(one.step),
      JSON.stringify(one.rendered),
      one.unproven ? 1 : 0,
      one.state,
    ]),
  )

export const removeOrphan = (tx: Transaction, planId: string): void => {
  tx.run(`DELETE FROM provisioning_step WHERE plan_id = ?`, planId)
  tx.run(`DELETE FROM provisioning_target WHERE plan_id = ?`, planId)
}

const ended: ReadonlySet<PlanState> = new Set(['done', 'failed', 'expired', 'discarded'])

/**
 * Moves a plan from one of the `from` states. False: it is in another one. SECURITY: passwords of a
 * change go when it ends; those of one that can be gone on with stay.
 */
export const movePlan = (
  tx: Transaction,
  planId: string,
  from: readonly PlanState[],
  to: PlanState,
  more: {
    readonly at: number
    readonly stopReason?: Problem | null
    readonly started?: boolean
    readonly ended?: boolean
  },
): boolean => {
  const changed = tx.run(
    `UPDATE provisioning_plan SET state = ?, version = version + 1, stop_reason = ?,
      started_at = CASE WHEN ? = 1 THEN coalesce(started_at, ?) ELSE started_at END,
      ended_at = CASE WHEN ? = 1 THEN ? ELSE NULL END,
      passwords_sealed = CASE WHEN ? = 1 THEN NULL ELSE passwords_sealed END
      WHERE id = ? AND state IN (SELECT value FROM json_each(?))`,
    to,
    text(more.stopReason ?? null),
    more.started === true ? 1 : 0,
    more.at,
    more.ended === true ? 1 : 0,
    more.at,
    ended.has(to) && to !== 'failed' ? 1 : 0,
    planId,
    JSON.stringify(from),
  )
  if (changed === 0) return false
  const { version } = tx.get<{ version: number }>(
    `SELECT version FROM provisioning_plan WHERE id = ?`,
    planId,
  )!
  tx.change({
    entity: 'provisioning-plan',
    entityId: planId,
    kind: 'updated',
    version,
    data: { state: to },
  })
  return true
}

export const wipePasswords = (tx: Transaction, planId: string): void => {
  tx.run(`UPDATE provisioning_plan SET passwords_sealed = NULL WHERE id = ?`, planId)
}

export const passCanary = (tx: Transaction, planId: string): void => {
  tx.run(`UPDATE provisioning_plan SET canary_passed = 1 WHERE id = ?`, planId)
}

export const addWarning = (tx: Transaction, planId: string, problem: Problem): void => {
  tx.run(
    `UPDATE provisioning_plan SET warnings = json_insert(warnings, '$[#]', json(?)) WHERE id = ?`,
    JSON.stringify(problem),
    planId,
  )
}

export interface TargetMove {
  readonly state: TargetState
  readonly problem?: Problem | null
  readonly at: number
  /** What was read back; left out: nothing new was. */
  readonly read?: { readonly config: OnuConfig | null }
}

export const moveTarget = (
  tx: Transaction,
  planId: string,
  seq: number,
  { state, problem, at, read }: TargetMove,
): void => {
  tx.run(
    `UPDATE provisioning_target SET state = ?, problem = ?,
      started_at = CASE WHEN ? = 1 THEN coalesce(started_at, ?) ELSE started_at END,
      ended_at = CASE WHEN ? = 1 THEN ? ELSE NULL END WHERE plan_id = ? AND seq = ?`,
    state,
    text(problem ?? null),
    state === 'waiting' || state === 'skipped' ? 0 : 1,
    at,
    state === 'waiting' || state === 'running' || state === 'skipped' ? 0 : 1,
    at,
    planId,
    seq,
  )
  if (read !== undefined) {
    tx.run(
      `UPDATE provisioning_target SET config_read = ?, read_at = ? WHERE plan_id = ? AND seq = ?`,
      text(read.config),
      at,
      planId,
      seq,
    )
  }
}

export const moveAllTargets = (
  tx: Transaction,
  planId: string,
  from: readonly TargetState[],
  to: TargetState,
): number =>
  tx.run(
    `UPDATE provisioning_target SET state = ?, problem = NULL WHERE plan_id = ?
      AND state IN (SELECT value FROM json_each(?))`,
    to,
    planId,
    JSON.stringify(from),
  )

export const markBegun = (tx: Transaction, planId: string, seq: number): void => {
  tx.run(
    `UPDATE provisioning_target SET begun = 1 WHERE plan_id = ? AND seq = ? AND begun = 0`,
    planId,
    seq,
  )
}

export interface StepMove {
  readonly state: StepState
  readonly problem?: Problem | null
  readonly exchanges?: readonly Exchange[]
  readonly at: number
}

export const moveStep = (
  tx: Transaction,
  planId: string,
  target: number,
  seq: number,
  { state, problem, exchanges, at }: StepMove,
): void => {
  tx.run(
    `UPDATE provisioning_step SET state = ?, problem = ?, exchanges = coalesce(?, exchanges),
      started_at = CASE WHEN ? = 'sending' THEN ? ELSE started_at END,
      ended_at = CASE WHEN ? IN ('sending', 'waiting') THEN NULL ELSE ? END
      WHERE plan_id = ? AND target = ? AND seq = ?`,
    state,
    text(problem ?? null),
    exchanges === undefined ? null : JSON.stringify(exchanges),
    state,
    at,
    state,
    at,
    planId,
    target,
    seq,
  )
}

/** Steps that were not sent and will not be. */
export const skipWaitingSteps = (tx: Transaction, planId: string, target: number): void => {
  tx.run(
    `UPDATE provisioning_step SET state = 'skipped'
      WHERE plan_id = ? AND target = ? AND state = 'waiting'`,
    planId,
    target,
  )
}

/** An undo begins: what it takes back says so. */
export const noteUndone = (tx: Transaction, undo: { id: string; undoes: string }): void => {
  tx.run(`UPDATE provisioning_plan SET undone_by = ? WHERE id = ?`, undo.id, undo.undoes)
  tx.run(
    `UPDATE provisioning_target SET undone_by = ? WHERE plan_id = ? AND seq IN
      (SELECT undoes_seq FROM provisioning_target WHERE plan_id = ?)`,
    undo.id,
    undo.undoes,
    undo.id,
  )
}

/**
 * What a dead process left: plans that ran are interrupted; a step that was being sent may have
 * happened, and a target of which something was sent is known only by reading it back.
 */
export const recoverInterrupted = (
  tx: Transaction,
  interrupted: Problem,
  at: number,
): readonly string[] => {
  const plans = tx
    .all<{ id: string }>(
      `SELECT id FROM provisioning_plan WHERE state IN ('running', 'canary-wait')`,
    )
    .map(({ id }) => id)
  tx.run(
    `UPDATE provisioning_step SET state = 'unknown', problem = ?, ended_at = ?
      WHERE state = 'sending'`,
    text(interrupted),
    at,
  )
  tx.run(
    `UPDATE provisioning_target SET state = 'unknown', problem = ?
      WHERE state = 'running' AND begun = 1`,
    text(interrupted),
  )
  tx.run(`UPDATE provisioning_target SET state = 'waiting' WHERE state = 'running'`)
  for (const id of plans) {
    movePlan(tx, id, ['running', 'canary-wait'], 'interrupted', { at, stopReason: interrupted })
  }
  return plans
}
