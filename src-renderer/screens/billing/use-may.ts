import { usePermissions } from '../../state/workspace.ts'

type Permission = `billing.${'plan' | 'subscription' | 'voucher'}.${'read' | 'manage'}`

/** What the person's role can do, so that the rest is not shown; the engine has the last word. */
export const useMay = (permission: Permission): boolean => usePermissions().includes(permission)
