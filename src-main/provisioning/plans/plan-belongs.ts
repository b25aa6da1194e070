import type { Belongs } from '../../engine/reach.ts'
import type { PlanRecord } from './tables.ts'

/** OLTs that it touches or would have touched, both ends of a move among them; and who made it. */
export const belongingOfPlan = (
  plan: Pick<PlanRecord, 'olts' | 'leftOut' | 'accountId'>,
): Belongs => ({
  oltIds: [
    ...new Set([...plan.olts.map(({ oltId }) => oltId), ...plan.leftOut.map(({ oltId }) => oltId)]),
  ],
  accountIds: plan.accountId === null ? [] : [plan.accountId],
})
