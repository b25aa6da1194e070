import { useShownMoment } from '../../client/moment.ts'
import { useEntrance } from '../../state/workspace.ts'

export interface Rights {
  readonly make: boolean
  readonly apply: boolean
  /** Plans of more than one ONU. */
  readonly batch: boolean
  readonly presets: boolean
  readonly catalogue: boolean
  readonly desired: boolean
  readonly reconcile: boolean
}

/** What the person may do to ONUs; nothing while a past moment is shown. */
export const useRights = (): Rights => {
  const permissions = useEntrance((state) => state.session?.permissions)
  const present = useShownMoment() === null
  const may = (name: string): boolean => present && (permissions?.includes(name) ?? false)
  return {
    make: may('provisioning.plan.make'),
    apply: may('provisioning.plan.apply'),
    batch: may('provisioning.batch.apply'),
    presets: may('provisioning.preset.manage'),
    catalogue: may('provisioning.catalogue.manage'),
    desired: may('provisioning.service.set'),
    reconcile: may('provisioning.record.manage'),
  }
}
