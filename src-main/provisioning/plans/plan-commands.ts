import type { OnuFilter } from '../../../src-shared/contract/network-model.ts'
import type { PlanTarget } from '../../../src-shared/contract/provisioning-plans.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { oltIdsWithin, type Reach } from '../../engine/reach.ts'
import type { CallContext, CommandHandlers } from '../../engine/handlers.ts'
import type { ConfirmRequest } from '../../engine/confirm.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import type { Journal } from '../run/journal.ts'
import type { PlanEvents } from '../run/plan-events.ts'
import { readBackPlan } from '../run/read-back.ts'
import type { Runs } from '../run/runs.ts'
import type { PlanApproval } from './plan-approval.ts'
import { onusOf, planFacts } from './plan-facts.ts'
import type { Plans } from './plan-maker.ts'
import type { PlanRows } from './plan-rows.ts'
import { movePlan, noteUndone } from './plan-writes.ts'
import { confirmationOf } from '../../../src-shared/domain/device-steps.ts'
import type { PlanReads, PlanRecord } from './tables.ts'
import { makeUndo } from './undo.ts'

export type PlanCommand =
  | 'provisioning.makePlan'
  | 'provisioning.makeUndo'
  | 'provisioning.apply'
  | 'provisioning.pause'
  | 'provisioning.continue'
  | 'provisioning.stop'
  | 'provisioning.discard'
  | 'provisioning.readBack'

const mostTargets = 20_000

export const createPlanCommands = (
  deps: Pick<
    ProvisioningDependencies,
    'clock' | 'facts' | 'configs' | 'confirm' | 'matching' | 'nameOfAccount'
  > & {
    readonly reads: PlanReads
    readonly rows: PlanRows
    readonly plans: Plans
    readonly runs: Runs
    readonly journal: Journal
    readonly events: PlanEvents
    readonly approval: PlanApproval
    readonly expiry: { isExpired(plan: PlanRecord): boolean; made(plan: PlanRecord): void }
  },
): CommandHandlers<PlanCommand> => {
  const { clock, facts, reads, rows, runs } = deps

  const planOf = (id: string): PlanRecord => {
    const plan = reads.plan(id)
    if (plan === null) throw new NocturneError('not-found', { what: 'plan' })
    return plan
  }
  const shown = (id: string) => ({ plan: rows.planRow(planOf(id)) })
  const makerOf = (context: CallContext) => ({
    accountId: context.session?.accountId ?? null,
    by: context.session?.name ?? null,
    origin: 'person' as const,
  })
  const progressOf = (context: CallContext, taskId: string) => (done: number, total: number) =>
    context.progress(taskId, 'read', done, total)

  const targetsOf = (
    targets: { list: readonly PlanTarget[] } | { filter: OnuFilter },
    reach: Reach,
  ) => {
    if ('list' in targets) return distinct(targets.list)
    const { filter } = targets
    const found = deps.matching({ ...filter, oltIds: oltIdsWithin(reach, filter.oltIds) })
    if (found.length > mostTargets) {
      throw new NocturneError('invalid-input', { field: 'targets', rule: 'too_big' })
    }
    return Array.from(found, (row): PlanTarget => ({
      oltId: facts.oltOfRow(row)!.id,
      address: unpackOnuAddress(facts.onus.address(row)),
    }))
  }

  /** SECURITY: the facts that are confirmed come from the plan in the store, not from the page. */
  const confirmed = async (plan: PlanRecord, context: CallContext): Promise<void> => {
    if (confirmationOf(plan.risk, onusOf(reads, plan.id), plan.olts.length) === 'none') return
    const request: ConfirmRequest = {
      ...planFacts(reads, plan),
      action: 'apply-plan',
      by: context.session?.name ?? '',
    }
    if (!(await deps.confirm(context.clientId, request, context.signal))) {
      throw new NocturneError('confirmation-refused')
    }
  }

  const applicable = (plan: PlanRecord): void => {
    if (deps.expiry.isExpired(plan) || plan.state === 'expired') {
      throw new NocturneError('plan-expired')
    }
    if (plan.state !== 'draft')
      throw new NocturneError('plan-not-applicable', { state: plan.state })
    const obstacle = rows.obstaclesOf(plan)[0]
    if (obstacle !== undefined) throw new NocturneError(obstacle.code, obstacle.params)
  }

  /** SECURITY: more than one ONU at once is a permission of its own. */
  const mayRun = (plan: PlanRecord, context: CallContext): void => {
    const onus = onusOf(reads, plan.id)
    if (onus > 1 && context.session?.permissions.has('provisioning.batch.apply') !== true) {
      throw new NocturneError('permission-denied')
    }
  }

  return {
    'provisioning.makePlan': async (input, context) => {
      const draft = await deps.plans.make(
        {
          change: input.change,
          targets: targetsOf(input.targets, context.reach),
          pace: input.pace,
          passwords: input.passwords,
          maker: { ...makerOf(context), reason: input.reason },
        },
        context.signal,
        progressOf(context, input.taskId),
      )
      return planned(draft)
    },

    'provisioning.makeUndo': async ({ planId, targets, taskId }, context) => {
      const plan = planOf(planId)
      if (runs.isRunning(planId)) {
        throw new NocturneError('plan-not-applicable', { state: plan.state })
      }
      const draft = await makeUndo(
        { reads, configs: deps.configs, compose: deps.plans.compose },
        plan,
        targets,
        { ...makerOf(context), reason: '' },
        context.signal,
        progressOf(context, taskId),
      )
      return planned(draft)
    },

    'provisioning.apply': async ({ planId, version }, context) => {
      const plan = planOf(planId)
      mayRun(plan, context)
      applicable(plan)
      if (plan.version !== version) {
        throw new NocturneError('conflict', { what: 'plan', version: plan.version })
      }
      // SECURITY: facts/business.md 6: what needs a second person has one, for exactly this.
      const approved = await deps.approval.required(plan)
      await confirmed(plan, context)
      return {
        apply: (tx) => {
          // Confirming takes a person's time: nothing may have come between.
          const now = planOf(planId)
          if (now.version !== version) {
            throw new NocturneError('conflict', { what: 'plan', version: now.version })
          }
          applicable(now)
          runs.begin(tx, planId)
          deps.approval.use(tx, now, approved, context.session?.accountId ?? '')
          if (plan.undoes !== null) noteUndone(tx, { id: planId, undoes: plan.undoes })
          return { plan: { ...rows.planRow(now), state: 'running', version: version + 1 } }
        },
        after: () => runs.start(planId),
      }
    },

    'provisioning.pause': ({ planId }) => ({
      apply: () => {
        if (!runs.pause(planId)) notApplicable(planId)
        return {}
      },
    }),

    'provisioning.stop': ({ planId }) => {
      const plan = planOf(planId)
      return {
        apply: (tx) => {
          if (runs.stop(planId)) return {}
          // Of one that waits there is nothing to wait for.
          const stopped = movePlan(tx, planId, ['paused', 'interrupted'], 'stopped', {
            at: clock.now(),
            stopReason: { code: 'plan-stopped-by-person', params: {} },
          })
          if (!stopped) notApplicable(plan.id)
          return {}
        },
        after: () => deps.events.moved(planId, null),
      }
    },

    'provisioning.continue': ({ planId }, context) => {
      const plan = planOf(planId)
      mayRun(plan, context)
      if (plan.state === 'canary-wait' && runs.isRunning(planId)) {
        return {
          apply: () => ({}),
          after: () => runs.skipWait(planId),
        }
      }
      const obstacles = plan.olts.map(({ oltId }) => deps.configs.obstacle(oltId))
      const [first] = obstacles
      if (first !== undefined && first !== null && obstacles.every((one) => one !== null)) {
        throw new NocturneError(first.code, first.params)
      }
      if (reads.overlap(planId) !== null) throw new NocturneError('plan-overlaps')
      return {
        apply: (tx) => {
          runs.resume(tx, planId)
          return {}
        },
        after: () => runs.start(planId),
      }
    },

    'provisioning.discard': ({ planId }) => ({
      apply: (tx) => {
        const discarded = movePlan(tx, planId, ['draft', 'expired'], 'discarded', {
          at: clock.now(),
          ended: true,
        })
        if (!discarded) notApplicable(planId)
        return {}
      },
      after: () => deps.events.moved(planId, null),
    }),

    'provisioning.readBack': async ({ planId, taskId }, context) => {
      const plan = planOf(planId)
      if (runs.isRunning(planId))
        throw new NocturneError('plan-not-applicable', { state: plan.state })
      await readBackPlan(deps, plan, context.signal, progressOf(context, taskId))
      return { apply: () => shown(planId), after: () => deps.events.moved(planId, null) }
    },
  }

  function notApplicable(planId: string): never {
    throw new NocturneError('plan-not-applicable', { state: planOf(planId).state })
  }

  function planned(draft: Awaited<ReturnType<Plans['make']>>) {
    return {
      apply: (tx: Parameters<typeof draft.put>[0]) => {
        deps.expiry.made(draft.plan)
        draft.put(tx)
        // Counted by the writer's own eyes: the readers see it when it is on the disk.
        return { plan: rows.draftRow(draft.plan, draft.targets) }
      },
      after: () => deps.events.changed('plans'),
    }
  }
}

const distinct = (targets: readonly PlanTarget[]): readonly PlanTarget[] => {
  const known = new Map<string, PlanTarget>()
  for (const target of targets) known.set(JSON.stringify(target), target)
  return [...known.values()]
}
