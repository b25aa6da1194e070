import type { OnuChange } from '../../../src-shared/contract/provisioning-model.ts'
import type { Pace, PlanRow, PlanTarget } from '../../../src-shared/contract/provisioning-plans.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { worstRisk } from '../../../src-shared/domain/device-steps.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import { seal } from '../../vault/seal.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import { composeTarget, type ComposedTarget, type Resolved } from './compose.ts'
import { insertPlan, insertSteps, insertTargets } from './plan-writes.ts'
import { resolveChange, type LeftOut, type ResolveDependencies } from './resolve.ts'
import { breathe, planLifeMs } from './rules.ts'
import { missingInCatalogue } from './catalogue-check.ts'
import { oltSteps, type PlanRecord, type StepRecord } from './tables.ts'

/** Who wants it, and why. */
export interface PlanMaker {
  readonly accountId: string | null
  readonly by: string | null
  readonly origin: PlanRow['origin']
  readonly reason: string
}

/** A plan that is made and not yet on the disk whole: `put` puts the rest there. */
export interface DraftPlan {
  readonly plan: PlanRecord
  /** How many, by the OLT they are on. */
  readonly targets: ReadonlyMap<string, number>
  readonly put: (tx: Transaction) => void
}

export const passwordsPlace = (planId: string) =>
  ({ purpose: 'provisioning.passwords', rowId: planId }) as const

/** More targets than this are written in parts before the plan itself. */
const targetsPerPart = 400
const mostShown = 1000

export const createPlanMaker = (
  deps: Pick<
    ProvisioningDependencies,
    'clock' | 'newId' | 'write' | 'configs' | 'facts' | 'vaultKey'
  > &
    ResolveDependencies,
) => {
  const { clock, configs } = deps

  const compose = async (
    request: {
      readonly change: OnuChange
      readonly kind: string
      readonly undoes: string | null
      readonly pace: Pace
      readonly passwords: Readonly<Record<string, string>>
      readonly maker: PlanMaker
    },
    outcome: {
      readonly resolved: readonly Resolved[]
      readonly leftOut: readonly LeftOut[]
      readonly warnings: readonly Problem[]
    },
    signal: AbortSignal,
  ): Promise<DraftPlan> => {
    const planId = deps.newId()
    const leftOut = [...outcome.leftOut]
    const warnings = createDistinct(outcome.warnings)
    const missing = missingInCatalogue(deps.catalogues)
    const olts = new Map<string, string>()
    const targetsOfOlt = new Map<string, number>()
    let risk = worstRisk([])
    let waiting: ComposedTarget[] = []
    let seq = 0
    const putTargets = (tx: Transaction, part: readonly ComposedTarget[]): void => {
      insertTargets(
        tx,
        part.map(({ target }) => target),
      )
      insertSteps(
        tx,
        part.flatMap(({ steps }) => steps),
      )
    }
    for (const resolved of outcome.resolved) {
      const composed = composeTarget(configs, resolved, {
        planId,
        seq,
        canary: seq < request.pace.canary,
      })
      if (composed.kind === 'left-out') {
        leftOut.push(composed.value)
        continue
      }
      seq++
      const { target, steps } = composed.value
      waiting.push(composed.value)
      targetsOfOlt.set(target.oltId, (targetsOfOlt.get(target.oltId) ?? 0) + 1)
      for (const warning of composed.warnings) warnings.add(warning)
      for (const warning of missing(target)) warnings.add(warning)
      for (const { oltId } of steps) olts.set(oltId, deps.facts.olt(oltId)?.name ?? '')
      risk = worstRisk([risk, target.risk])
      if (waiting.length === targetsPerPart) {
        const part = waiting
        waiting = []
        deps.write('provisioning.planPart', { planId, targets: part.length }, (tx) =>
          putTargets(tx, part),
        )
        await breathe()
        if (signal.aborted) throw new NocturneError('cancelled')
      }
    }
    if (seq === 0) throw nothingToDo(leftOut)
    const now = clock.now()
    const plan: PlanRecord = {
      id: planId,
      version: 1,
      kind: request.kind,
      change: request.change,
      undoes: request.undoes,
      undoneBy: null,
      state: 'draft',
      stopReason: null,
      risk,
      accountId: request.maker.accountId,
      by: request.maker.by,
      origin: request.maker.origin,
      reason: request.maker.reason,
      pace: request.pace,
      createdAt: now,
      expiresAt: now + planLifeMs,
      startedAt: null,
      endedAt: null,
      canaryPassed: request.pace.canary === 0,
      olts: [...olts].map(([oltId, oltName]) => ({ oltId, oltName })),
      warnings: warnings.all().slice(0, 50),
      leftOut: leftOut.slice(0, mostShown),
    }
    const saves = saveSteps(configs, planId, [...olts.keys()])
    const rest = waiting
    // SECURITY: passwords lie sealed beside the plan, bound to it, until it ends.
    const sealed =
      Object.keys(request.passwords).length === 0
        ? null
        : seal(
            Buffer.from(JSON.stringify(request.passwords), 'utf8'),
            deps.vaultKey,
            passwordsPlace(planId),
          )
    return {
      plan,
      targets: targetsOfOlt,
      put: (tx) => {
        insertPlan(tx, plan, sealed)
        putTargets(tx, rest)
        insertSteps(tx, saves)
        tx.change({
          entity: 'provisioning-plan',
          entityId: planId,
          kind: 'created',
          version: 1,
          data: { kind: plan.kind, targets: seq, risk, origin: plan.origin },
        })
      },
    }
  }

  return {
    /** From resolved targets; for what goes back. */
    compose,
    /**
     * Reads the ONUs and plans the change. Nothing is changed on any OLT. Errors: `plan-nothing-to-do`,
     * what stands against the only target, `cancelled`.
     */
    make: async (
      request: {
        readonly change: OnuChange
        readonly targets: readonly PlanTarget[]
        readonly pace: Pace
        readonly passwords: Readonly<Record<string, string>>
        readonly maker: PlanMaker
      },
      signal: AbortSignal,
      onProgress: (done: number, total: number) => void = () => undefined,
    ): Promise<DraftPlan> => {
      const outcome = await resolveChange(deps, request.change, request.targets, signal, onProgress)
      const { change, pace, passwords, maker } = request
      return compose(
        { change, kind: change.kind, undoes: null, pace, passwords, maker },
        outcome,
        signal,
      )
    },
  }
}

export type Plans = ReturnType<typeof createPlanMaker>

/** Saving belongs to the OLT, once at the end. */
const saveSteps = (
  configs: ProvisioningDependencies['configs'],
  planId: string,
  oltIds: readonly string[],
): StepRecord[] =>
  oltIds.flatMap((oltId, seq) => {
    const abilities = configs.abilities(oltId)
    if (abilities?.steps.includes('save') !== true) return []
    return [
      {
        planId,
        target: oltSteps,
        seq,
        oltId,
        step: { kind: 'save' },
        rendered: configs.of(oltId).render({ kind: 'save' }),
        unproven: abilities.unprovenSteps.includes('save'),
        state: 'waiting',
        problem: null,
        exchanges: [],
        startedAt: null,
        endedAt: null,
      },
    ]
  })

const nothingToDo = (leftOut: readonly LeftOut[]): NocturneError => {
  const problem = leftOut.find((one) => one.problem !== null)?.problem
  return problem === undefined || problem === null
    ? new NocturneError('plan-nothing-to-do')
    : new NocturneError(problem.code, problem.params)
}

const createDistinct = (first: readonly Problem[]) => {
  const known = new Map<string, Problem>()
  const add = (problem: Problem): void => {
    known.set(JSON.stringify(problem), problem)
  }
  for (const problem of first) add(problem)
  return { add, all: () => [...known.values()] }
}
