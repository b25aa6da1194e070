import type { CallInput, CommandName } from '../../../src-shared/contract/index.ts'
import type { PlanRow, PlanTarget } from '../../../src-shared/contract/provisioning-plans.ts'
import { callQuery, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

/** What people do about changes: a refusal is said, and the answer is false or null then. */

type ProvisioningCommand = Extract<CommandName, `provisioning.${string}`>

export const act = async <Name extends ProvisioningCommand>(
  name: Name,
  input: CallInput<Name>,
  done?: string,
  undo?: () => void,
): Promise<boolean> => {
  try {
    await runCommand(name, input)
    if (done !== undefined) {
      showToast({ kind: 'done', title: done, ...(undo === undefined ? {} : { undo }) })
    }
    return true
  } catch (error) {
    showFailure(failureOf(error))
    return false
  }
}

export type PlanInput = Omit<CallInput<'provisioning.makePlan'>, 'taskId'>

export const makePlan = async (
  input: PlanInput,
  taskId: string = makeUuidV7(),
): Promise<PlanRow | null> => {
  try {
    return (await runCommand('provisioning.makePlan', { ...input, taskId })).plan
  } catch (error) {
    const failure = failureOf(error)
    if (failure.code !== 'cancelled') showFailure(failure)
    return null
  }
}

export const makeUndo = async (
  planId: string,
  targets: readonly number[] | null = null,
): Promise<PlanRow | null> => {
  try {
    const { plan } = await runCommand('provisioning.makeUndo', {
      planId,
      targets: targets === null ? null : [...targets],
      taskId: makeUuidV7(),
    })
    return plan
  } catch (error) {
    showFailure(failureOf(error))
    return null
  }
}

const sliceSize = 500

/** All targets of a plan, page by page. */
const targetsOf = async (plan: PlanRow): Promise<PlanTarget[]> => {
  const found: PlanTarget[] = []
  for (;;) {
    const { targets, total } = await callQuery('provisioning.planTargets', {
      planId: plan.id,
      offset: found.length,
      limit: sliceSize,
    })
    found.push(
      ...targets.map(({ oltId, address, serial }): PlanTarget => {
        const { shelf, slot, port } = address
        return plan.change.kind === 'authorise'
          ? { oltId, pon: { shelf, slot, port }, serial }
          : { oltId, address }
      }),
    )
    if (targets.length === 0 || found.length >= total) return found
  }
}

/** The same change of the same ONUs, read anew; with another pace where one is given. */
export const makeAgain = async (
  plan: PlanRow,
  pace: PlanRow['pace'] = plan.pace,
): Promise<PlanRow | null> => {
  try {
    const list = await targetsOf(plan)
    const made = await makePlan({
      targets: { list },
      change: plan.change,
      pace,
      reason: plan.reason,
    })
    if (made !== null && plan.state === 'draft') {
      await runCommand('provisioning.discard', { planId: plan.id })
    }
    return made
  } catch (error) {
    showFailure(failureOf(error))
    return null
  }
}
