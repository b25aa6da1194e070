import { usePermissions, useReachesAll } from '../../state/workspace.ts'

type Permission = `billing.${'plan' | 'subscription' | 'voucher'}.${'read' | 'manage'}`

/** What the person's role can do, so that the rest is not shown; the engine has the last word. */
export const useMay = (permission: Permission): boolean => usePermissions().includes(permission)

/** Sells for himself: who manages all agents has their list instead. */
export const useIsAgent = (): boolean => {
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  return (
    permissions.includes('billing.agent.own') &&
    !(reachesAll && permissions.includes('billing.agent.read'))
  )
}
