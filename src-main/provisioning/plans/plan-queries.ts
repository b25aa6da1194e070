import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { QueryHandlers } from '../../engine/handlers.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { reaches } from '../../engine/reach.ts'
import type { OltConfigs } from '../../engine/olt-configs.ts'
import type { RecordReads } from '../records/record-tables.ts'
import { plannedDifferences } from './compare.ts'
import { belongingOfPlan } from './plan-belongs.ts'
import { stepRow, targetRow, type PlanRows } from './plan-rows.ts'
import { sayInverse } from './say-steps.ts'
import { oltSteps, type PlanReads, type PlanRecord, type StepRecord } from './tables.ts'
import { goalOf, type TargetGoal } from './target-goal.ts'
import { inverseProblem, undoProblem } from './undo.ts'

export type PlanQueryName =
  | 'provisioning.abilities'
  | 'provisioning.plans'
  | 'provisioning.plan'
  | 'provisioning.planTargets'
  | 'provisioning.planSteps'
  | 'provisioning.journal'

export const createPlanQueries = (deps: {
  readonly reads: PlanReads
  readonly records: RecordReads
  readonly rows: PlanRows
  readonly configs: OltConfigs
  readonly facts: NetworkFacts
}): QueryHandlers<PlanQueryName> => {
  const { reads, rows, configs, facts } = deps

  const planOf = (id: string): PlanRecord => {
    const plan = reads.plan(id)
    if (plan === null) throw new NocturneError('not-found', { what: 'plan' })
    return plan
  }

  const inverseOf = (goal: TargetGoal, planId: string, target: number) => {
    const { steps, problem } = sayInverse(configs, goal)
    const inverse = steps.map(({ oltId, step, rendered }, seq): StepRecord => ({
      planId,
      target,
      seq,
      oltId,
      step,
      rendered,
      unproven: configs.abilities(oltId)?.unprovenSteps.includes(step.kind) === true,
      state: 'waiting',
      problem: null,
      exchanges: [],
      startedAt: null,
      endedAt: null,
    }))
    return {
      inverse: inverse.map((step) => stepRow(step)),
      inverseProblem: inverseProblem(goal) ?? problem,
    }
  }

  return {
    'provisioning.abilities': ({ oltId }) => {
      const abilities = configs.abilities(oltId)
      return {
        obstacle: configs.obstacle(oltId),
        abilities:
          abilities === null
            ? null
            : {
                familyId: abilities.familyId,
                steps: [...abilities.steps],
                unprovenSteps: [...abilities.unprovenSteps],
                reads: [...abilities.reads],
                needs: [...abilities.needs],
                onuIds: { ...abilities.onuIds },
                limits: { ...abilities.limits },
                readsConfiguration: abilities.readsConfiguration,
              },
      }
    },

    'provisioning.plans': (query, { reach }) => {
      const { total, plans } = reads.plans({ ...query, reach })
      return { total, plans: plans.map(rows.planRow) }
    },

    'provisioning.plan': ({ planId }) => ({ plan: rows.planRow(planOf(planId)) }),

    'provisioning.planTargets': ({ planId, states, limit, offset }) => {
      planOf(planId)
      const counts = reads.counts(planId)
      const counted = states.length === 0 ? Object.values(counts) : states.map((one) => counts[one])
      return {
        total: counted.reduce((sum, count) => sum + count, 0),
        targets: reads.targets(planId, states, limit, offset).map(targetRow),
      }
    },

    'provisioning.planSteps': ({ planId, target: seq }) => {
      const plan = planOf(planId)
      const target = reads.target(planId, seq)
      if (target === null) throw new NocturneError('not-found', { what: 'plan-target' })
      const goal = goalOf(target, plan.change, plan.undoes !== null)
      const own = reads.steps(planId, seq)
      const saves = reads
        .steps(planId, oltSteps)
        .filter(({ oltId }) => oltId === target.oltId || oltId === target.oltAfterId)
      return {
        steps: [
          ...own.map((step) => stepRow(step)),
          // Once per OLT, when all of its ONUs are done: shown with each of them.
          ...saves.map((step, index) => stepRow(step, own.length + index)),
        ],
        ...inverseOf(goal, planId, seq),
        checks: [...plannedDifferences(target.before, target.after)],
      }
    },

    'provisioning.journal': ({ oltId, address, limit, offset }, { reach }) => {
      const packed = packOnuAddress(address)
      const row = facts.rowOf(oltId, packed)
      const serial =
        (row < 0 ? null : facts.onus.serial(row)) ??
        deps.records.record(oltId, packed)?.config.serial ??
        ''
      const { total, targets } = reads.journal(serial, oltId, packed, limit, offset)
      return {
        total,
        entries: targets.flatMap((target) => {
          const plan = reads.plan(target.planId)
          // A batch over other regions, or what was done to it before it came here.
          if (plan === null || !reaches(reach, belongingOfPlan(plan))) return []
          const problem = undoProblem(reads, plan, target)
          return [
            {
              plan: rows.planRow(plan),
              target: targetRow(target),
              undoable: problem === null,
              undoProblem: problem,
            },
          ]
        }),
      }
    },
  }
}
