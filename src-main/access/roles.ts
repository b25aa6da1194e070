import { commands, events, extraPermissions, queries } from '../../src-shared/contract/index.ts'

/** Every permission that the contract names. */
export const allPermissions: ReadonlySet<string> = new Set(
  [
    ...[queries, commands, events].flatMap((group) =>
      Object.values(group).map((definition) => definition.access),
    ),
    ...extraPermissions,
  ].filter((access) => access !== 'public' && access !== 'session'),
)

/** What a role may do; so far there is the owner, who may do all. */
export const permissionsOf = (role: 'owner'): ReadonlySet<string> => {
  switch (role) {
    case 'owner':
      return allPermissions
  }
}
