import { usePermissions } from '../../state/workspace.ts'

type Permission =
  | 'olt-cli.access.read'
  | 'olt-cli.access.manage'
  | 'olt-cli.terminal.use'
  | 'olt-cli.terminal.write'
  | 'olt-cli.transcript.read'
  | 'olt-backups.config.read'
  | 'olt-backups.config.manage'
  | 'olt-backups.config.export'
  | 'provisioning.plan.read'
  | 'provisioning.catalogue.manage'

/** What the person's role can do, so that the rest is not shown; the engine has the last word. */
export const useMay = (permission: Permission): boolean => usePermissions().includes(permission)
