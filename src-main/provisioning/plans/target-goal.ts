import type { OnuConfig, OnuPlaceOnOlt } from '../../../src-shared/domain/onu-config.ts'
import type { DeviceStep } from '../../../src-shared/domain/device-steps.ts'
import { packOnuAddress, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OnuChange } from '../../../src-shared/contract/provisioning-model.ts'
import { foreignParts } from './compare.ts'
import { planMove, planSteps, type PlannedSteps, type StepAbilities } from './plan-steps.ts'
import type { TargetRecord } from './tables.ts'

/** Where one target of a plan shall end: its steps follow from where it is now. */
export interface TargetGoal {
  readonly from: OnuPlaceOnOlt
  readonly to: OnuPlaceOnOlt
  readonly before: OnuConfig | null
  readonly after: OnuConfig | null
  /** An act that leaves the configuration as it is. */
  readonly act: 'reboot' | 'factory-reset' | null
}

export const goalOf = (target: TargetRecord, change: OnuChange, undoes: boolean): TargetGoal => ({
  from: { oltId: target.oltId, address: unpackOnuAddress(target.address) },
  to: { oltId: target.oltAfterId, address: unpackOnuAddress(target.addressAfter) },
  before: target.before,
  after: target.after,
  act: undoes ? null : actOf(change),
})

export const actOf = (change: OnuChange): TargetGoal['act'] =>
  change.kind === 'reboot' || change.kind === 'factory-reset' ? change.kind : null

export const samePlace = (one: OnuPlaceOnOlt, other: OnuPlaceOnOlt): boolean =>
  one.oltId === other.oltId && packOnuAddress(one.address) === packOnuAddress(other.address)

export const moves = (goal: Pick<TargetGoal, 'from' | 'to'>): boolean =>
  !samePlace(goal.from, goal.to)

/** What is there now; of a target that does not move both are the same reading. */
export interface FoundNow {
  readonly from: OnuConfig | null
  readonly to: OnuConfig | null
}

/** Steps from what is there now to the goal, each with the OLT it is said to. */
export const stepsTo = (
  goal: TargetGoal,
  now: FoundNow,
  abilitiesOf: (oltId: string) => StepAbilities,
): {
  readonly steps: readonly { readonly oltId: string; readonly step: DeviceStep }[]
  readonly cannot: PlannedSteps['cannot']
} => {
  const { from, to, after, act } = goal
  const parts = moves(goal)
    ? planMove(
        { place: from, config: now.from },
        { place: to, now: now.to, config: after },
        abilitiesOf,
      )
    : [
        {
          oltId: from.oltId,
          planned: planSteps(now.from, after, from.address, abilitiesOf(from.oltId)),
        },
      ]
  const steps = parts.flatMap(({ oltId, planned }) =>
    planned.steps.map((step) => ({ oltId, step })),
  )
  const cannot = parts.flatMap(({ planned }) => planned.cannot)
  if (act === null) return { steps, cannot }
  return abilitiesOf(from.oltId).steps.includes(act)
    ? { steps: [{ oltId: from.oltId, step: { kind: act, address: from.address } }], cannot }
    : {
        steps: [],
        cannot: [{ part: 'serial', problem: { code: 'cli-family-cannot', params: { step: act } } }],
      }
}

/**
 * What stands at the two places is this target's own, part-way or not; else the parts that are
 * another's doing. An ONU of somebody else at the place that a move left is no matter of ours any
 * more: `from` is then told as empty.
 */
export const ownFound = (
  goal: TargetGoal,
  now: FoundNow,
): { readonly now: FoundNow; readonly foreign: readonly string[] } => {
  const { before, after } = goal
  if (!moves(goal)) {
    return {
      now,
      foreign: now.from === null ? [] : foreignParts(before, after, now.from),
    }
  }
  const leftTo = now.from !== null && now.from.serial !== before?.serial ? null : now.from
  const foreign = [
    // Its services go before it goes.
    ...(leftTo === null
      ? []
      : foreignParts(before, before, leftTo).filter((part) => part !== 'services')),
    ...(now.to !== null && now.to.serial !== after?.serial ? ['serial'] : []),
  ]
  return { now: { from: leftTo, to: now.to }, foreign }
}
