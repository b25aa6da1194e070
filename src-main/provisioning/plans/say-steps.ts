import type { Problem } from '../../../src-shared/contract/common.ts'
import type { OnuConfigPart } from '../../../src-shared/domain/onu-config.ts'
import type { DeviceStep } from '../../../src-shared/domain/device-steps.ts'
import { isNocturneError } from '../../../src-shared/errors.ts'
import type { OltConfigs } from '../../engine/olt-configs.ts'
import type { RenderedStep } from '../../olt/cli/config-port.ts'
import { noAbilities, type StepAbilities } from './plan-steps.ts'
import { moves, stepsTo, type FoundNow, type TargetGoal } from './target-goal.ts'

/**
 * What an OLT holds was not always typed here: a text with a `#`, quotes or another script may stand in
 * no line of ours. Going back then goes without it, and says so.
 */

export interface SaidStep {
  readonly oltId: string
  readonly step: DeviceStep
  readonly rendered: RenderedStep
}

export interface Said {
  readonly steps: readonly SaidStep[]
  /** The goal without what no line may hold. */
  readonly after: TargetGoal['after']
  readonly lost: readonly OnuConfigPart[]
}

export const abilitiesOf =
  (configs: OltConfigs) =>
  (oltId: string): StepAbilities =>
    configs.abilities(oltId) ?? noAbilities

export const textLost = (parts: readonly string[]): Problem => ({
  code: 'plan-text-lost',
  params: { parts: [...new Set(parts)].join(', ') },
})

/**
 * The steps to the goal with their lines. `lenient`, for what goes back: without names, descriptions,
 * WAN and Wi-Fi that no line may hold; a profile is never left away, an ONU is nothing without it.
 * Errors: those of `render`.
 */
export const sayStepsTo = (
  configs: OltConfigs,
  goal: TargetGoal,
  now: FoundNow,
  lenient: boolean,
): Said => {
  const lost: OnuConfigPart[] = []
  let { after } = goal
  for (;;) {
    const { steps } = stepsTo({ ...goal, after }, now, abilitiesOf(configs))
    const said = sayAll(configs, steps)
    if (said.refused === null) return { steps: said.steps, after, lost }
    const { step, error } = said.refused
    const part = lenient ? unsayablePart(step, error) : null
    const less = part === null ? null : withoutText(after, part, step)
    // Each turn takes something away: it ends.
    if (part === null || less === null) throw error
    lost.push(part)
    after = less
  }
}

/** The way back as it would be said now, and what it cannot bring back. */
export const sayInverse = (
  configs: OltConfigs,
  goal: TargetGoal,
): { readonly steps: readonly SaidStep[]; readonly problem: Problem | null } => {
  if (goal.act !== null) return { steps: [], problem: null }
  const back: TargetGoal = {
    from: goal.to,
    to: goal.from,
    before: goal.after,
    after: goal.before,
    act: null,
  }
  const now = { from: goal.after, to: moves(goal) ? null : goal.after }
  try {
    const { steps, lost } = sayStepsTo(configs, back, now, true)
    return { steps, problem: lost.length === 0 ? null : textLost(lost) }
  } catch (error) {
    // The way to the OLT is gone, or it cannot be said at all: it is previewed again at undo.
    const parameter = refusedParameter(error)
    const isProfile = profiles.some((one) => one === parameter)
    return { steps: [], problem: isProfile ? textLost([String(parameter)]) : null }
  }
}

const overTexts: ReadonlySet<DeviceStep['kind']> = new Set([
  'remove-onu',
  'describe',
  'set-profiles',
  'set-wan',
  'set-wifi',
])

/** Steps that overwrite texts: of the others none is lost, and thousands need not be asked. */
export const overwritesTexts = (steps: readonly { readonly step: DeviceStep }[]): boolean =>
  steps.some(({ step }) => overTexts.has(step.kind))

const sayAll = (
  configs: OltConfigs,
  steps: readonly { readonly oltId: string; readonly step: DeviceStep }[],
): {
  readonly steps: readonly SaidStep[]
  readonly refused: { readonly step: DeviceStep; readonly error: unknown } | null
} => {
  const said: SaidStep[] = []
  for (const { oltId, step } of steps) {
    try {
      said.push({ oltId, step, rendered: configs.of(oltId).render(step) })
    } catch (error) {
      return { steps: said, refused: { step, error } }
    }
  }
  return { steps: said, refused: null }
}

const profiles = ['onuType', 'lineProfile', 'serviceProfile'] as const

const refusedParameter = (error: unknown): unknown =>
  isNocturneError(error) && error.code === 'cli-parameter-refused'
    ? error.params['parameter']
    : undefined

/** What can be left away so that the step can be said; null: nothing. */
const unsayablePart = (
  step: DeviceStep,
  error: unknown,
): 'name' | 'description' | 'wan' | 'wifi' | null => {
  const parameter = refusedParameter(error)
  if (parameter === undefined) return null
  if (step.kind === 'set-wan') return 'wan'
  if (step.kind === 'set-wifi') return 'wifi'
  if (step.kind !== 'add-onu' && step.kind !== 'describe') return null
  if (parameter === 'name' || parameter === 'description') return parameter
  // The line is too long as a whole.
  if (parameter !== 'line') return null
  return (step.description ?? '') === '' ? 'name' : 'description'
}

/** Null: it is left away already. */
const withoutText = (
  config: TargetGoal['after'],
  part: 'name' | 'description' | 'wan' | 'wifi',
  step: DeviceStep,
): TargetGoal['after'] => {
  if (config === null || config[part] === null) return null
  if (part !== 'wifi' || step.kind !== 'set-wifi') return { ...config, [part]: null }
  const wifi = config.wifi?.filter(({ index }) => index !== step.wifi.index) ?? []
  return { ...config, wifi: wifi.length === 0 ? null : wifi }
}
