/** Permissions of the provisioning capability, by what they let somebody do. */
export const provisioningAccess = {
  read: 'provisioning.plan.read',
  make: 'provisioning.plan.make',
  apply: 'provisioning.plan.apply',
  /** Plans of more than one ONU. */
  batch: 'provisioning.batch.apply',
  managePresets: 'provisioning.preset.manage',
  manageCatalogue: 'provisioning.catalogue.manage',
  setDesired: 'provisioning.service.set',
  reconcile: 'provisioning.record.manage',
} as const
