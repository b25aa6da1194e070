import { useEntrance } from '../../state/workspace.ts'
import { useQuery } from '../../client/hooks.ts'

const followed = { on: ['access.changed'], everyMs: 300 } as const

export const useAccounts = () => useQuery('access.accounts', {}, followed)
export const useEmployees = () => useQuery('access.employees', {}, followed)
export const useRegions = () => useQuery('access.regions', {}, followed)
export const useRoles = () => useQuery('access.roles', {}, followed)

const none = { id: '', permissions: [] } as const

/** Who is signed in, as the rules of account-model.ts ask. */
export const useMe = (): { readonly id: string; readonly permissions: readonly string[] } => {
  const session = useEntrance((state) => state.session)
  return session == null ? none : { id: session.account.id, permissions: session.permissions }
}
