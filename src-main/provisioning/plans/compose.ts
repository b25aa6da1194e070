import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import {
  riskOfStep,
  worstRisk,
  type DeviceStep,
  type Risk,
} from '../../../src-shared/domain/device-steps.ts'
import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OltConfigs } from '../../engine/olt-configs.ts'
import type { RenderedStep } from '../../olt/cli/config-port.ts'
import { serviceLossOf } from './effects.ts'
import { problemOf } from './read-before.ts'
import type { StepRecord, TargetRecord } from './tables.ts'
import {
  abilitiesOf,
  overwritesTexts,
  sayInverse,
  sayStepsTo,
  textLost,
  type Said,
} from './say-steps.ts'
import { stepsTo, type FoundNow, type TargetGoal } from './target-goal.ts'

/** One target whose ONU has been read: where it is, and where it shall end. */
export interface Resolved {
  readonly goal: TargetGoal
  readonly now: FoundNow
  readonly oltName: string
  readonly name: string | null
  /** What the family cannot bring about is left out with a warning, instead of the whole target. */
  readonly lenient: boolean
  readonly undoesSeq?: number
}

export interface ComposedTarget {
  readonly target: TargetRecord
  readonly steps: readonly StepRecord[]
}

export type Composed =
  | {
      readonly kind: 'composed'
      readonly value: ComposedTarget
      readonly warnings: readonly Problem[]
    }
  | { readonly kind: 'left-out'; readonly value: PlanRow['leftOut'][number] }

/** A target with its steps and the exact lines of each; or why it is left out. Pure but for `render`. */
export const composeTarget = (
  configs: OltConfigs,
  resolved: Resolved,
  place: { readonly planId: string; readonly seq: number; readonly canary: boolean },
): Composed => {
  const { now, oltName } = resolved
  const { from, to, before } = resolved.goal
  const serial = before?.serial ?? resolved.goal.after?.serial ?? ''
  const out = (problem: Problem | null): Composed => ({
    kind: 'left-out',
    value: { oltId: from.oltId, text: `${serial} ${addressText(resolved.goal)}`, problem },
  })
  const first = stepsTo(resolved.goal, now, abilitiesOf(configs))
  const warnings = first.cannot.map(({ problem }) => problem)
  const impossible = first.cannot.find(({ part }) => !resolved.lenient || part === 'serial')
  if (impossible !== undefined) return out(impossible.problem)
  const wanted: TargetGoal = { ...resolved.goal, after: without(resolved.goal.after, first.cannot) }
  let said: Said
  try {
    said = sayStepsTo(configs, wanted, now, resolved.undoesSeq !== undefined)
  } catch (error) {
    const problem = problemOf(error)
    if (problem === null) throw error
    return out(problem)
  }
  const { steps, lost } = said
  const goal: TargetGoal = { ...wanted, after: said.after }
  if (lost.length > 0) warnings.push(textLost(lost))
  if (steps.length === 0) return out(lost.length === 0 ? null : textLost(lost))
  // What a line of ours may not hold is gone for good once it is overwritten: it is said before.
  const notBack = overwritesTexts(steps) ? sayInverse(configs, goal).problem : null
  if (notBack !== null) warnings.push(notBack)

  const unproven = new Map<string, Problem>()
  const records = steps.map(({ oltId, step, rendered }, seq): StepRecord => {
    const isUnproven = configs.abilities(oltId)?.unprovenSteps.includes(step.kind) === true
    if (isUnproven) unproven.set(step.kind, { code: 'step-unproven', params: { step: step.kind } })
    return {
      planId: place.planId,
      target: place.seq,
      seq,
      oltId,
      step,
      rendered: asNewcomer(steps.slice(0, seq), oltId, step, rendered),
      unproven: isUnproven,
      state: 'waiting',
      problem: null,
      exchanges: [],
      startedAt: null,
      endedAt: null,
    }
  })
  return {
    kind: 'composed',
    warnings: [...warnings, ...unproven.values()],
    value: {
      steps: records,
      target: {
        planId: place.planId,
        seq: place.seq,
        oltId: from.oltId,
        oltName,
        address: packOnuAddress(from.address),
        oltAfterId: to.oltId,
        addressAfter: packOnuAddress(to.address),
        serial,
        serialAfter: goal.after?.serial ?? serial,
        name: resolved.name,
        before,
        after: goal.after,
        state: 'waiting',
        problem: null,
        risk: riskOfSteps(records),
        serviceLossS: serviceLossOf(steps.map(({ step }) => step)),
        canary: place.canary,
        begun: false,
        startedAt: null,
        endedAt: null,
        read: null,
        undoesSeq: resolved.undoesSeq ?? null,
        undoneBy: null,
      },
    },
  }
}

/** By what its steps do, or worse where the family says so. */
const riskOfSteps = (steps: readonly Pick<StepRecord, 'rendered'>[]): Risk =>
  worstRisk(steps.map(({ rendered }) => rendered.risk))

/**
 * The step with its risk. Nobody uses an ONU that the same plan has just added: what is set on it then
 * takes no service from anyone.
 */
const asNewcomer = (
  before: readonly { readonly oltId: string; readonly step: DeviceStep }[],
  oltId: string,
  step: DeviceStep,
  rendered: RenderedStep,
): RenderedStep => {
  const isNew =
    step.kind !== 'save' &&
    step.kind !== 'factory-reset' &&
    before.some(
      (one) =>
        one.oltId === oltId &&
        one.step.kind === 'add-onu' &&
        packOnuAddress(one.step.address) === packOnuAddress(step.address),
    )
  return { ...rendered, risk: isNew ? 'read' : worstRisk([riskOfStep(step), rendered.risk]) }
}

const without = (
  config: TargetGoal['after'],
  parts: readonly { readonly part: keyof NonNullable<TargetGoal['after']> }[],
): TargetGoal['after'] => {
  if (config === null) return null
  const left = { ...config }
  for (const { part } of parts) if (part !== 'serial') left[part] = null
  return left
}

const addressText = ({ from }: TargetGoal): string =>
  `${from.address.shelf}/${from.address.slot}/${from.address.port}:${from.address.onuId}`
