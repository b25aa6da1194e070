import type {
  DunningPolicyTerms,
  DunningStageTerms,
} from '../../../src-shared/contract/billing-dunning-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { DunningPolicy } from './rules.ts'

/** The policy as it was saved: each saving is a version that stays. */
export interface StoredPolicy {
  readonly number: number
  readonly at: number
  readonly by: string | null
  readonly terms: DunningPolicyTerms
}

interface PolicyRow {
  readonly number: number
  readonly enabled: number
  readonly basis: DunningPolicyTerms['basis']
  readonly warnedDays: number | null
  readonly weekdays: string
  readonly fromMinute: number
  readonly toMinute: number
  readonly closedOn: string
  readonly promisesMost: number
  readonly promiseDays: number
  readonly at: number
  readonly by: string | null
}

type StageRow = Omit<DunningStageTerms, 'minimum' | 'fee'> & {
  readonly minimum: string
  readonly fee: string
}

/** The one that holds: the last that was saved. */
export const currentPolicy = (reads: Reads): StoredPolicy => {
  const [row] = reads.all<PolicyRow>(
    `SELECT number, enabled, basis, warned_days AS warnedDays, weekdays, from_minute AS fromMinute,
      to_minute AS toMinute, closed_on AS closedOn, promises_most AS promisesMost,
      promise_days AS promiseDays, at, by FROM dunning_policy ORDER BY number DESC LIMIT 1`,
  )
  if (row === undefined) throw new Error('the dunning policy is not there')
  const { number, at, by } = row
  const stages = reads.all<StageRow>(
    `SELECT key, offset_days AS offsetDays, action, minimum, fee, attempts, gap_days AS gapDays,
      channel, template FROM dunning_stage WHERE policy = ? ORDER BY seq`,
    number,
  )
  return {
    number,
    at,
    by,
    terms: {
      enabled: row.enabled === 1,
      basis: row.basis,
      warnedDays: row.warnedDays,
      weekdays: JSON.parse(row.weekdays) as number[],
      fromMinute: row.fromMinute,
      toMinute: row.toMinute,
      closedOn: JSON.parse(row.closedOn) as string[],
      promisesMost: row.promisesMost,
      promiseDays: row.promiseDays,
      stages: stages.map((stage) => ({
        ...stage,
        minimum: JSON.parse(stage.minimum) as DunningStageTerms['minimum'],
        fee: JSON.parse(stage.fee) as DunningStageTerms['fee'],
      })),
    },
  }
}

export const putPolicy = (tx: Transaction, { number, at, by, terms }: StoredPolicy): void => {
  tx.run(
    `INSERT INTO dunning_policy VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    number,
    terms.enabled ? 1 : 0,
    terms.basis,
    terms.warnedDays,
    JSON.stringify(terms.weekdays),
    terms.fromMinute,
    terms.toMinute,
    JSON.stringify(terms.closedOn),
    terms.promisesMost,
    terms.promiseDays,
    at,
    by,
  )
  for (const [index, stage] of terms.stages.entries()) {
    tx.run(
      `INSERT INTO dunning_stage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      number,
      index + 1,
      stage.key,
      stage.offsetDays,
      stage.action,
      JSON.stringify(stage.minimum),
      JSON.stringify(stage.fee),
      stage.attempts,
      stage.gapDays,
      stage.channel,
      stage.template,
    )
  }
}

/** As the rules take it. */
export const rulesOf = (terms: DunningPolicyTerms): DunningPolicy => ({
  basis: terms.basis,
  stages: terms.stages.map(({ offsetDays, action, minimum, attempts, gapDays }) => ({
    offsetDays,
    action,
    minimum: minimum as Readonly<Record<string, number>>,
    attempts,
    gapDays,
  })),
  warnedDays: terms.warnedDays,
  suspendTimes: {
    weekdays: terms.weekdays,
    fromMinute: terms.fromMinute,
    toMinute: terms.toMinute,
    closedOn: terms.closedOn as CalendarDate[],
  },
})
