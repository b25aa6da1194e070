import { useMemo } from 'react'
import { useShownMoment } from '../../../client/moment.ts'
import { usePermissions } from '../../../state/workspace.ts'
import type { MendRights } from './finding-model.ts'

/** What the person may do about a finding; nothing while a past moment is shown. */
export const useMendRights = (): MendRights => {
  const permissions = usePermissions()
  const present = useShownMoment() === null
  return useMemo(() => {
    const may = (name: string): boolean => present && permissions.includes(name)
    return {
      manage: may('billing.reconciliation.manage'),
      sell: may('billing.subscription.manage'),
      keepSubscribers: may('subscribers.subscriber.manage'),
      readSubscribers: permissions.includes('subscribers.subscriber.read'),
      wish: may('provisioning.service.set'),
      plan: may('provisioning.plan.make'),
      batch: may('provisioning.batch.apply'),
    }
  }, [permissions, present])
}
