import type { OnuChange } from '../../../src-shared/contract/provisioning-model.ts'
import type {
  Pace,
  PlanRow,
  PlanStep,
  PlanTargetRow,
} from '../../../src-shared/contract/provisioning-plans.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { DeviceStep, Risk } from '../../../src-shared/domain/device-steps.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import { oltListOf, ownerOf, type Reach } from '../../engine/reach.ts'
import type { Exchange, RenderedStep } from '../../olt/cli/config-port.ts'
import type { SqlValue, StoreReader } from '../../store/read-handle.ts'

/** Plans, targets and steps as they lie in the store. Addresses are packed. */

export type PlanState = PlanRow['state']
export type TargetState = PlanTargetRow['state']
export type StepState = PlanStep['state']

export interface PlanRecord {
  readonly id: string
  readonly version: number
  readonly kind: string
  readonly change: OnuChange
  readonly undoes: string | null
  readonly undoneBy: string | null
  readonly state: PlanState
  readonly stopReason: Problem | null
  readonly risk: Risk
  readonly accountId: string | null
  readonly by: string | null
  readonly origin: PlanRow['origin']
  readonly reason: string
  readonly pace: Pace
  readonly createdAt: number
  readonly expiresAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly canaryPassed: boolean
  readonly olts: PlanRow['olts']
  readonly warnings: readonly Problem[]
  readonly leftOut: PlanRow['leftOut']
}

export interface TargetRecord {
  readonly planId: string
  readonly seq: number
  readonly oltId: string
  readonly oltName: string
  readonly address: number
  /** The same as before, unless it moves. */
  readonly oltAfterId: string
  readonly addressAfter: number
  readonly serial: string
  readonly serialAfter: string
  readonly name: string | null
  readonly before: OnuConfig | null
  readonly after: OnuConfig | null
  readonly state: TargetState
  readonly problem: Problem | null
  readonly risk: Risk
  readonly serviceLossS: number | null
  readonly canary: boolean
  readonly begun: boolean
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** What was read back; null: nothing was; `config` null: it was not there. */
  readonly read: { readonly config: OnuConfig | null; readonly at: number } | null
  /** The target of the plan that is undone. */
  readonly undoesSeq: number | null
  readonly undoneBy: string | null
}

export interface StepRecord {
  readonly planId: string
  readonly target: number
  readonly seq: number
  readonly oltId: string
  readonly step: DeviceStep
  readonly rendered: RenderedStep
  readonly unproven: boolean
  readonly state: StepState
  readonly problem: Problem | null
  readonly exchanges: readonly Exchange[]
  readonly startedAt: number | null
  readonly endedAt: number | null
}

/** Steps of an OLT as such (save) stand under this target. */
export const oltSteps = -1

type Columns = Readonly<Record<string, SqlValue>>

const json = <Value>(value: SqlValue | undefined): Value => JSON.parse(String(value)) as Value
const jsonOrNull = <Value>(value: SqlValue | undefined): Value | null =>
  value === null || value === undefined ? null : json<Value>(value)

const planOf = (row: Columns): PlanRecord => ({
  id: String(row['id']),
  version: Number(row['version']),
  kind: String(row['kind']),
  change: json(row['change']),
  undoes: row['undoes'] as string | null,
  undoneBy: row['undone_by'] as string | null,
  state: row['state'] as PlanState,
  stopReason: jsonOrNull(row['stop_reason']),
  risk: row['risk'] as Risk,
  accountId: row['account_id'] as string | null,
  by: row['made_by'] as string | null,
  origin: row['origin'] as PlanRow['origin'],
  reason: String(row['reason']),
  pace: json(row['pace']),
  createdAt: Number(row['created_at']),
  expiresAt: Number(row['expires_at']),
  startedAt: row['started_at'] as number | null,
  endedAt: row['ended_at'] as number | null,
  canaryPassed: row['canary_passed'] === 1,
  olts: json(row['olts']),
  warnings: json(row['warnings']),
  leftOut: json(row['left_out']),
})

const targetOf = (row: Columns): TargetRecord => ({
  planId: String(row['plan_id']),
  seq: Number(row['seq']),
  oltId: String(row['olt_id']),
  oltName: String(row['olt_name']),
  address: Number(row['address']),
  oltAfterId: String(row['olt_after_id']),
  addressAfter: Number(row['address_after']),
  serial: String(row['serial']),
  serialAfter: String(row['serial_after']),
  name: row['name'] as string | null,
  before: jsonOrNull(row['config_before']),
  after: jsonOrNull(row['config_after']),
  state: row['state'] as TargetState,
  problem: jsonOrNull(row['problem']),
  risk: row['risk'] as Risk,
  serviceLossS: row['service_loss_s'] as number | null,
  canary: row['canary'] === 1,
  begun: row['begun'] === 1,
  startedAt: row['started_at'] as number | null,
  endedAt: row['ended_at'] as number | null,
  read:
    row['read_at'] === null
      ? null
      : { config: jsonOrNull(row['config_read']), at: Number(row['read_at']) },
  undoesSeq: row['undoes_seq'] as number | null,
  undoneBy: row['undone_by'] as string | null,
})

const stepOf = (row: Columns): StepRecord => ({
  planId: String(row['plan_id']),
  target: Number(row['target']),
  seq: Number(row['seq']),
  oltId: String(row['olt_id']),
  step: json(row['step']),
  rendered: json(row['rendered']),
  unproven: row['unproven'] === 1,
  state: row['state'] as StepState,
  problem: jsonOrNull(row['problem']),
  exchanges: json(row['exchanges']),
  startedAt: row['started_at'] as number | null,
  endedAt: row['ended_at'] as number | null,
})

type WantedPlans = {
  readonly states: string
  readonly oltId: string | null
  readonly within: string | null
  readonly owner: string | null
}

export interface PlanQuery {
  readonly states: readonly PlanState[]
  readonly oltId: string | null
  readonly reach: Reach
  readonly offset: number
  readonly limit: number
}

export const createPlanReads = (reader: StoreReader) => {
  const plan = reader.prepare<[string]>(`SELECT * FROM provisioning_plan WHERE id = ?`)
  // Of who reaches a part: plans all of whose OLTs he reaches, or that he made himself.
  const wantedPlans = `(:states = '[]' OR state IN (SELECT value FROM json_each(:states)))
    AND (:oltId IS NULL OR EXISTS (SELECT 1 FROM json_each(olts) WHERE value ->> 'oltId' = :oltId))
    AND (:owner IS NULL OR account_id = :owner)
    AND (:within IS NULL OR :owner IS NOT NULL OR (
      (json_array_length(olts) > 0 OR json_array_length(left_out) > 0)
      AND NOT EXISTS (SELECT 1 FROM json_each(olts)
        WHERE value ->> 'oltId' NOT IN (SELECT value FROM json_each(:within)))
      AND NOT EXISTS (SELECT 1 FROM json_each(left_out)
        WHERE value ->> 'oltId' NOT IN (SELECT value FROM json_each(:within)))))`
  const plans = reader.prepare<[WantedPlans & { limit: number; offset: number }]>(
    `SELECT * FROM provisioning_plan WHERE ${wantedPlans}
      ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset`,
  )
  const plansCount = reader.prepare<[WantedPlans]>(
    `SELECT count(*) AS count FROM provisioning_plan WHERE ${wantedPlans}`,
  )
  const inStates = reader.prepare<[string]>(
    `SELECT * FROM provisioning_plan WHERE state IN (SELECT value FROM json_each(?))
      ORDER BY created_at`,
  )
  const counts = reader.prepare<[string], { state: TargetState; count: number }>(
    `SELECT state, count(*) AS count FROM provisioning_target WHERE plan_id = ? GROUP BY state`,
  )
  const perOlt = reader.prepare<
    [string],
    { oltId: string; total: number; ended: number; failed: number }
  >(
    `SELECT olt_id AS oltId, count(*) AS total,
        sum(state NOT IN ('waiting', 'running', 'skipped')) AS ended,
        sum(state IN ('failed', 'unknown')) AS failed
      FROM provisioning_target WHERE plan_id = ? GROUP BY olt_id`,
  )
  const target = reader.prepare<[string, number]>(
    `SELECT * FROM provisioning_target WHERE plan_id = ? AND seq = ?`,
  )
  // Which they are is found by the index: rows with their configurations are read for one page alone.
  const targets = reader.prepare<[string, string, string, string, number, number]>(
    `SELECT * FROM provisioning_target WHERE plan_id = ? AND seq IN (
        SELECT seq FROM provisioning_target INDEXED BY provisioning_target_by_state
          WHERE plan_id = ? AND (? = '[]' OR state IN (SELECT value FROM json_each(?)))
          ORDER BY seq LIMIT ? OFFSET ?)
      ORDER BY seq`,
  )
  const nextWaiting = reader.prepare<[string, string, number, number]>(
    `SELECT * FROM provisioning_target
      WHERE plan_id = ? AND state = 'waiting' AND olt_id = ? AND seq > ? AND canary >= ?
      ORDER BY seq LIMIT 1`,
  )
  const lanes = reader.prepare<[string], { oltId: string }>(
    `SELECT DISTINCT olt_id AS oltId FROM provisioning_target
      WHERE plan_id = ? AND state = 'waiting' ORDER BY olt_id`,
  )
  const steps = reader.prepare<[string, number]>(
    `SELECT * FROM provisioning_step WHERE plan_id = ? AND target = ? ORDER BY seq`,
  )
  const firstSteps = reader.prepare<[string, number]>(
    `SELECT * FROM provisioning_step WHERE plan_id = ? AND target >= 0 AND state = 'waiting'
      ORDER BY target, seq LIMIT ?`,
  )
  // By indexes from this plan's targets to those of others: plans have up to 20,000.
  const overlap = reader.prepare<[string, string], { planId: string }>(
    `WITH busy_plan AS (SELECT id FROM provisioning_plan
        WHERE state IN ('running', 'canary-wait', 'paused') AND id <> ?),
      mine AS (SELECT olt_id, address, serial FROM provisioning_target WHERE plan_id = ?)
      SELECT busy.plan_id AS planId FROM mine JOIN provisioning_target AS busy
          ON busy.olt_id = mine.olt_id AND busy.address = mine.address
        WHERE busy.plan_id IN busy_plan AND busy.state IN ('waiting', 'running')
      UNION ALL
      SELECT busy.plan_id FROM mine JOIN provisioning_target AS busy ON busy.serial = mine.serial
        WHERE mine.serial <> '' AND busy.plan_id IN busy_plan AND busy.state IN ('waiting', 'running')
      LIMIT 1`,
  )
  const otherBusy = reader.prepare<[string], { id: string }>(
    `SELECT id FROM provisioning_plan
      WHERE state IN ('running', 'canary-wait', 'paused') AND id <> ? LIMIT 1`,
  )
  const authorising = reader.prepare<[string, string], { planId: string }>(
    `SELECT plan.id AS planId FROM provisioning_target AS target
      JOIN provisioning_plan AS plan ON plan.id = target.plan_id
      WHERE target.serial = ? AND target.olt_id = ? AND plan.kind = 'authorise'
        AND plan.state IN ('running', 'canary-wait', 'paused', 'interrupted')
      ORDER BY plan.created_at DESC LIMIT 1`,
  )
  // From one plan id to the next by the index: a table of millions is not read through.
  const orphans = reader.prepare<[], { planId: string }>(
    `WITH RECURSIVE ids (id) AS (SELECT min(plan_id) FROM provisioning_target
      UNION ALL SELECT (SELECT min(plan_id) FROM provisioning_target WHERE plan_id > ids.id)
        FROM ids WHERE ids.id IS NOT NULL)
      SELECT id AS planId FROM ids
        WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM provisioning_plan)`,
  )
  const passwords = reader.prepare<[string], { sealed: Uint8Array | null }>(
    `SELECT passwords_sealed AS sealed FROM provisioning_plan WHERE id = ?`,
  )
  // A serial that is not known (empty) is nobody's: then the place counts.
  const ofOnu = `SELECT plan_id, seq FROM provisioning_target WHERE serial = ?
      UNION SELECT plan_id, seq FROM provisioning_target WHERE serial_after = ?
      UNION SELECT plan_id, seq FROM provisioning_target
        WHERE olt_id = ? AND address = ? AND ? = ''`
  const journal = reader.prepare<[string, string, string, number, string, number, number]>(
    `SELECT target.* FROM (${ofOnu}) AS found JOIN provisioning_target AS target
        ON target.plan_id = found.plan_id AND target.seq = found.seq
      WHERE target.started_at IS NOT NULL
      ORDER BY target.started_at DESC, target.plan_id DESC, target.seq DESC LIMIT ? OFFSET ?`,
  )
  const journalCount = reader.prepare<[string, string, string, number, string], { count: number }>(
    `SELECT count(*) AS count FROM (${ofOnu}) AS found JOIN provisioning_target AS target
        ON target.plan_id = found.plan_id AND target.seq = found.seq
      WHERE target.started_at IS NOT NULL`,
  )
  const list = (values: readonly string[]): string => JSON.stringify(values)
  return {
    plan: (id: string): PlanRecord | null => {
      const row = plan.get(id)
      return row === undefined ? null : planOf(row)
    },
    plans: ({ states, oltId, reach, offset, limit }: PlanQuery) => {
      const wanted = {
        states: list(states),
        oltId,
        within: oltListOf(reach),
        owner: ownerOf(reach),
      }
      return {
        total: Number(plansCount.get(wanted)?.['count'] ?? 0),
        plans: plans.all({ ...wanted, limit, offset }).map(planOf),
      }
    },
    inStates: (...states: readonly PlanState[]): readonly PlanRecord[] =>
      inStates.all(list(states)).map(planOf),
    counts: (id: string): Readonly<Record<TargetState, number>> => {
      const all = {
        waiting: 0,
        running: 0,
        done: 0,
        unchanged: 0,
        failed: 0,
        unknown: 0,
        skipped: 0,
      }
      for (const { state, count } of counts.all(id)) all[state] = count
      return all
    },
    perOlt: (planId: string) => perOlt.all(planId),
    target: (planId: string, seq: number): TargetRecord | null => {
      const row = target.get(planId, seq)
      return row === undefined ? null : targetOf(row)
    },
    targets: (
      planId: string,
      states: readonly TargetState[],
      limit: number,
      offset: number,
    ): readonly TargetRecord[] =>
      targets.all(planId, planId, list(states), list(states), limit, offset).map(targetOf),
    nextWaiting: (
      planId: string,
      oltId: string,
      after: number,
      onlyCanary: boolean,
    ): TargetRecord | null => {
      const row = nextWaiting.get(planId, oltId, after, onlyCanary ? 1 : 0)
      return row === undefined ? null : targetOf(row)
    },
    lanes: (planId: string): readonly string[] => lanes.all(planId).map(({ oltId }) => oltId),
    steps: (planId: string, target: number): readonly StepRecord[] =>
      steps.all(planId, target).map(stepOf),
    firstSteps: (planId: string, limit: number): readonly StepRecord[] =>
      firstSteps.all(planId, limit).map(stepOf),
    /** Another plan at work that has one of this plan's ONUs. */
    overlap: (planId: string): string | null =>
      // Mostly there is none at all: then 20,000 targets are not gone through.
      otherBusy.get(planId) === undefined ? null : (overlap.get(planId, planId)?.planId ?? null),
    /** The plan that authorises a serial on an OLT now. */
    authorising: (oltId: string, serial: string): string | null =>
      authorising.get(serial, oltId)?.planId ?? null,
    /** Parts of drafts that never came to be: the app ended between them. */
    orphans: (): readonly string[] => orphans.all().map(({ planId }) => planId),
    passwords: (planId: string): Uint8Array | null => passwords.get(planId)?.sealed ?? null,
    journal: (
      serial: string,
      oltId: string,
      address: number,
      limit: number,
      offset: number,
    ): { readonly total: number; readonly targets: readonly TargetRecord[] } => ({
      total: journalCount.get(serial, serial, oltId, address, serial)?.count ?? 0,
      targets: journal.all(serial, serial, oltId, address, serial, limit, offset).map(targetOf),
    }),
  }
}

export type PlanReads = ReturnType<typeof createPlanReads>
