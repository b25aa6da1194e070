import type { PermissionName } from '../../src-shared/contract/define.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext } from '../engine/handlers.ts'
import { decideAccess, type Sessions } from '../engine/sessions.ts'
import { coversAll, viewOfRole, type RoleView } from './roles.ts'
import { roleIn } from './role-tables.ts'
import type { Lookup } from './lookup.ts'
import type { AccountRow } from './tables.ts'

/** Who does something to accounts and roles, and what he may do to whom. */
export interface Acting {
  readonly accountId: string
  readonly permissions: ReadonlySet<string>
}

/**
 * Asked when the call begins and again in its transaction: between them a person may have looked at
 * a code for minutes. Errors: `session-ended`, `session-locked`, `permission-denied`.
 */
export const actingNow = (
  sessions: Sessions,
  { clientId, session: began }: CallContext,
  permission: PermissionName,
): Acting => {
  const session = sessions.get(clientId)
  if (session === null || session.sessionId !== began?.sessionId) {
    throw new NocturneError('session-ended')
  }
  const verdict = decideAccess(session, permission, false)
  if (verdict !== 'allowed') throw new NocturneError(verdict)
  return session
}

/** Errors: `not-found`. */
export const existingRole = (lookup: Lookup, roleId: string): RoleView => {
  const role = viewOfRole(roleId, roleIn(lookup, roleId))
  if (role === null) throw new NocturneError('not-found', { what: 'role' })
  return role
}

/** Nobody gives or rules over more than he has. Errors: `role-beyond-own`. */
export const refuseBeyond = (acting: Acting, permissions: ReadonlySet<string>): void => {
  if (!coversAll(acting.permissions, permissions)) throw new NocturneError('role-beyond-own')
}

/**
 * SECURITY: whoever may manage accounts could otherwise take over one that may do more, with a
 * one-time code of its own. Errors: `role-beyond-own`.
 */
export const refuseRuling = (
  lookup: Lookup,
  acting: Acting,
  account: Pick<AccountRow, 'id' | 'role'>,
): void => {
  if (account.id === acting.accountId) return
  refuseBeyond(acting, viewOfRole(account.role, roleIn(lookup, account.role))?.permissions ?? none)
}

const none: ReadonlySet<string> = new Set()
