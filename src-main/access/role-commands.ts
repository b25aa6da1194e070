import { isBuiltInRole } from '../../src-shared/domain/roles.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import { actingNow, existingRole, refuseBeyond } from './acting.ts'
import { refreshSessions } from './new-session.ts'
import type { PeopleDependencies } from './people.ts'
import { deleteRole, isRoleInUse, isRoleNameTaken, roleIn, writeRole } from './role-tables.ts'
import { allPermissions, ownerOnly, type RoleView } from './roles.ts'

const manage = 'access.role.manage'

/** Errors: `invalid-input` for a name that the contract does not know. */
const wantedOf = (names: readonly string[]): readonly string[] => {
  const unknown = names.find((name) => !allPermissions.has(name))
  if (unknown !== undefined) {
    throw new NocturneError('invalid-input', { field: 'permissions', rule: 'unknown' })
  }
  // A copy of the owner is everything but the ownership.
  return [...new Set(names)].filter((name) => !ownerOnly.includes(name)).toSorted()
}

const isSame = (role: RoleView, names: readonly string[]): boolean =>
  new Set(names).size === role.permissions.size && names.every((name) => role.permissions.has(name))

/** The workspace's own roles, and the rules of all. */
export const createRoleCommands = (
  deps: PeopleDependencies,
): CommandHandlers<'access.saveRole' | 'access.removeRole'> => ({
  'access.saveRole': ({ roleId, baseVersion, name, copyOf, permissions, ...rules }, context) => {
    const id = roleId ?? deps.newId()
    const wanted = wantedOf(permissions)
    return {
      apply(tx) {
        const by = actingNow(deps.sessions, context, manage)
        const before = roleId === null ? null : existingRole(tx, roleId)
        // SECURITY: who has less than a role does not change it; and gives none more than he has.
        if (before !== null) refuseBeyond(by, before.permissions)
        const own = deps.sessions.get(context.clientId)?.role
        // SECURITY: nobody rids his own role of what watches him; the owner's has nobody above it.
        if (id === own && id !== 'owner') throw new NocturneError('own-account')
        if (before !== null && before.version !== baseVersion) {
          throw new NocturneError('conflict', { what: 'role', version: before.version })
        }
        const version = (before?.version ?? 0) + 1
        if (before?.isBuiltIn === true) {
          if (name !== before.name || copyOf !== before.copyOf || !isSame(before, permissions)) {
            throw new NocturneError('role-built-in')
          }
          writeRole(
            tx,
            { ...rules, id, version, name, copyOf, permissions: null },
            deps.clock.now(),
          )
        } else {
          const source = before?.copyOf ?? existingRole(tx, copyOf).id
          refuseBeyond(by, new Set(wanted))
          if (isBuiltInRole(name.toLowerCase()) || isRoleNameTaken(tx, name, id)) {
            throw new NocturneError('role-name-taken')
          }
          const role = { ...rules, id, version, name, copyOf: source, permissions: wanted }
          writeRole(tx, role, deps.clock.now())
        }
        return { roleId: id }
      },
      after() {
        // SECURITY: what was taken away is gone at the next call of everyone who had it.
        refreshSessions(deps, null)
        deps.emit('access.changed', {})
      },
    }
  },

  'access.removeRole': ({ roleId, baseVersion }, context) => ({
    apply(tx) {
      const by = actingNow(deps.sessions, context, manage)
      const role = existingRole(tx, roleId)
      if (role.isBuiltIn) throw new NocturneError('role-built-in')
      refuseBeyond(by, role.permissions)
      if (role.version !== baseVersion) {
        throw new NocturneError('conflict', { what: 'role', version: role.version })
      }
      if (isRoleInUse(tx, roleId)) throw new NocturneError('role-in-use')
      const row = roleIn(tx, roleId)
      if (row !== undefined) deleteRole(tx, row)
      return {}
    },
    after: () => deps.emit('access.changed', {}),
  }),
})
