import type { Role } from '../../../src-shared/contract/access-accounts.ts'

/** Permissions by capability, in their order. */
export const byCapability = (
  permissions: readonly string[],
): readonly { readonly capability: string; readonly permissions: readonly string[] }[] => {
  const groups = new Map<string, string[]>()
  for (const permission of permissions) {
    const capability = permission.split('.')[0] ?? permission
    groups.set(capability, [...(groups.get(capability) ?? []), permission])
  }
  return [...groups].map(([capability, list]) => ({ capability, permissions: list }))
}

export interface RoleDraft {
  readonly name: string
  readonly permissions: ReadonlySet<string>
  readonly secondFactorRequired: boolean
  readonly lockAfterMinutes: number
  readonly sessionHours: number
}

export const draftOf = (role: Role): RoleDraft => ({
  name: role.name,
  permissions: new Set(role.permissions),
  secondFactorRequired: role.secondFactorRequired,
  lockAfterMinutes: role.lockAfterMinutes,
  sessionHours: role.sessionHours,
})

/** How many things of a role are not as they are kept. */
export const changesIn = (role: Role, draft: RoleDraft): number => {
  const kept = new Set(role.permissions)
  const given = [...draft.permissions].filter((name) => !kept.has(name)).length
  const taken = [...kept].filter((name) => !draft.permissions.has(name)).length
  return (
    given +
    taken +
    Number(role.name !== draft.name.trim()) +
    Number(role.secondFactorRequired !== draft.secondFactorRequired) +
    Number(role.lockAfterMinutes !== draft.lockAfterMinutes) +
    Number(role.sessionHours !== draft.sessionHours)
  )
}

export const toggled = (permissions: ReadonlySet<string>, name: string): ReadonlySet<string> => {
  const next = new Set(permissions)
  if (!next.delete(name)) next.add(name)
  return next
}

/** What `access.saveRole` takes of a draft. */
export const roleInput = (role: Role, draft: RoleDraft) => ({
  roleId: role.id,
  baseVersion: role.version,
  name: draft.name.trim(),
  copyOf: role.copyOf,
  permissions: [...draft.permissions].toSorted(),
  secondFactorRequired: draft.secondFactorRequired,
  lockAfterMinutes: draft.lockAfterMinutes,
  sessionHours: draft.sessionHours,
})

/** The built-in ones stand first, as they come; then the workspace's own by name. */
export const sortRoles = (roles: readonly Role[]): readonly Role[] => [
  ...roles.filter(({ isBuiltIn }) => isBuiltIn),
  ...roles
    .filter(({ isBuiltIn }) => !isBuiltIn)
    .toSorted((one, other) => one.name.localeCompare(other.name)),
]
