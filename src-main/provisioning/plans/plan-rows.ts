import type {
  PlanRow,
  PlanStep,
  PlanTargetRow,
} from '../../../src-shared/contract/provisioning-plans.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OltConfigs } from '../../engine/olt-configs.ts'
import { plannedDifferences, readBackDifferences } from './compare.ts'
import { confirmationOf } from '../../../src-shared/domain/device-steps.ts'
import type { PlanReads, PlanRecord, StepRecord, TargetRecord } from './tables.ts'

/** Plans as the contract shows them. */
export const createPlanRows = (deps: {
  readonly reads: PlanReads
  readonly configs: Pick<OltConfigs, 'obstacle'>
  readonly isExpired: (plan: PlanRecord) => boolean
  /** It waits for a second person until then. */
  readonly heldUntil: (planId: string) => number | null
}) => {
  const { reads, configs } = deps

  /** What stands against applying a draft now. */
  const obstaclesOf = (plan: PlanRecord): Problem[] => {
    if (plan.state !== 'draft') return []
    const obstacles: Problem[] = []
    for (const { oltId, oltName } of plan.olts) {
      const problem = configs.obstacle(oltId)
      if (problem !== null)
        obstacles.push({ ...problem, params: { ...problem.params, olt: oltName } })
    }
    if (reads.overlap(plan.id) !== null) obstacles.push({ code: 'plan-overlaps', params: {} })
    return obstacles
  }

  const planRow = (plan: PlanRecord): PlanRow =>
    row(plan, reads.counts(plan.id), reads.perOlt(plan.id))

  const row = (
    plan: PlanRecord,
    counts: ReturnType<PlanReads['counts']>,
    perOlt: ReturnType<PlanReads['perOlt']>,
  ): PlanRow => {
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const { accountId: _, canaryPassed: __, warnings, ...rest } = plan
    const ofOlt = new Map(perOlt.map((one) => [one.oltId, one]))
    return {
      ...rest,
      olts: plan.olts.map((olt) => ({ ...olt, ...ofOlt.get(olt.oltId) })),
      state: deps.isExpired(plan) ? 'expired' : plan.state,
      expiresAt:
        plan.state === 'draft'
          ? Math.max(plan.expiresAt, deps.heldUntil(plan.id) ?? 0)
          : plan.expiresAt,
      counts: {
        total,
        done: counts.done,
        unchanged: counts.unchanged,
        failed: counts.failed,
        unknown: counts.unknown,
        waiting: counts.waiting + counts.running,
        skipped: counts.skipped,
      },
      confirmation: confirmationOf(plan.risk, total, plan.olts.length),
      obstacles: obstaclesOf(plan),
      warnings: [...warnings],
    }
  }

  return {
    planRow,
    obstaclesOf,
    /** Of one that is being written: readers do not see its targets yet. */
    draftRow: (plan: PlanRecord, targetsOfOlt: ReadonlyMap<string, number>): PlanRow => {
      const perOlt = [...targetsOfOlt].map(([oltId, total]) => ({
        oltId,
        total,
        ended: 0,
        failed: 0,
      }))
      const waiting = perOlt.reduce((sum, { total }) => sum + total, 0)
      return { ...row(plan, { ...noTargets, waiting }, perOlt), state: 'draft' }
    },
  }
}

const noTargets = {
  waiting: 0,
  running: 0,
  done: 0,
  unchanged: 0,
  failed: 0,
  unknown: 0,
  skipped: 0,
} as const

export type PlanRows = ReturnType<typeof createPlanRows>

export const targetRow = (target: TargetRecord): PlanTargetRow => {
  return {
    seq: target.seq,
    oltId: target.oltId,
    oltName: target.oltName,
    address: unpackOnuAddress(target.address),
    addressAfter: target.after === null ? null : unpackOnuAddress(target.addressAfter),
    oltAfterId: target.after === null ? null : target.oltAfterId,
    serial: target.serial,
    name: target.name,
    state: target.state,
    problem: target.problem,
    risk: target.risk,
    differences: [...plannedDifferences(target.before, target.after)],
    serviceLossS: target.serviceLossS,
    canary: target.canary,
    startedAt: target.startedAt,
    endedAt: target.endedAt,
    readBack:
      target.read === null ? null : [...readBackDifferences(target.after, target.read.config)],
    readBackAt: target.read?.at ?? null,
  }
}

export const stepRow = (step: StepRecord, seq = step.seq): PlanStep => ({
  seq,
  oltId: step.oltId,
  kind: step.step.kind,
  rendered:
    step.rendered.via === 'cli'
      ? { ...step.rendered, lines: [...step.rendered.lines] }
      : { ...step.rendered, sets: [...step.rendered.sets] },
  unproven: step.unproven,
  state: step.state,
  problem: step.problem,
  exchanges: [...step.exchanges],
  startedAt: step.startedAt,
  endedAt: step.endedAt,
})
