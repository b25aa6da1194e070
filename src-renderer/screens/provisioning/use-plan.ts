import { useEffect, useState } from 'react'
import type { PlanRow, PlanTargetRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { onEvent } from '../../client/client.ts'
import { useQuery, type QueryState } from '../../client/hooks.ts'

export interface PlanState {
  readonly plan: PlanRow | undefined
  /** What moved last, while it runs. */
  readonly moved: PlanTargetRow | null
  readonly failure: QueryState<unknown>['failure']
  readonly refresh: () => void
}

/** A plan as it is now: asked once, then told at every move. */
export const usePlan = (planId: string): PlanState => {
  const { value, failure, refresh } = useQuery(
    'provisioning.plan',
    { planId },
    { on: ['provisioning.changed'], everyMs: 1000 },
  )
  const [told, setTold] = useState<{ plan: PlanRow; target: PlanTargetRow | null } | null>(null)
  useEffect(
    () =>
      onEvent('provisioning.planChanged', (payload) => {
        if (payload.plan.id === planId) setTold(payload)
      }),
    [planId],
  )
  const asked = value?.plan
  const newer =
    told !== null &&
    told.plan.id === planId &&
    (asked === undefined || told.plan.version >= asked.version)
  return { plan: newer ? told.plan : asked, moved: told?.target ?? null, failure, refresh }
}
