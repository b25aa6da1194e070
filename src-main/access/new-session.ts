import { hostname } from 'node:os'
import type { Clock } from '../engine/clock.ts'
import {
  stepUpMs,
  type LiveSession,
  type SessionChange,
  type Sessions,
} from '../engine/sessions.ts'
import type { Roles } from './roles.ts'
import type { Scopes } from './scope-tables.ts'
import type { AccountReads, AccountRow } from './tables.ts'

type WhoSignsIn = Pick<AccountRow, 'id' | 'name' | 'login' | 'role'>

/** What a session has from its account's role: all that changes under it while it lives. */
const fromRole = (
  account: WhoSignsIn,
  signedInAt: number,
  { roles, scopes }: { readonly roles: Roles; readonly scopes: Pick<Scopes, 'of'> },
) => {
  const rules = roles.rulesOf(account.role)
  return {
    name: account.name,
    login: account.login,
    role: account.role,
    roleName: roles.nameOf(account.role),
    isOwner: account.role === 'owner',
    permissions: roles.permissionsOf(account.role),
    scope: scopes.of(account.id).kind,
    lockAfterMinutes: rules.lockAfterMinutes,
    endsAt: signedInAt + rules.sessionHours * 3_600_000,
  } satisfies SessionChange
}

/** Of a full sign-in, which counts as a step-up too. */
export const newSession = (
  account: WhoSignsIn,
  deps: {
    readonly clock: Clock
    readonly newId: () => string
    readonly roles: Roles
    readonly scopes: Pick<Scopes, 'of'>
  },
): Omit<LiveSession, 'locked'> => {
  const now = deps.clock.now()
  return {
    ...fromRole(account, now, deps),
    sessionId: deps.newId(),
    accountId: account.id,
    device: hostname(),
    signedInAt: now,
    steppedUpUntil: now + stepUpMs,
  }
}

/**
 * What is stored of account and role takes effect at the next call of each of their live sessions.
 * An account that may no longer sign in has none.
 */
export const refreshSessions = (
  {
    sessions,
    accounts,
    roles,
    scopes,
  }: {
    readonly sessions: Sessions
    readonly accounts: Pick<AccountReads, 'byId'>
    readonly roles: Roles
    readonly scopes: Pick<Scopes, 'of'>
  },
  /** Null: of all. */
  accountId: string | null,
): void => {
  // SECURITY: a right that was taken away is gone now, not at the next sign-in.
  for (const [clientId, session] of sessions.all()) {
    if (accountId !== null && session.accountId !== accountId) continue
    const account = accounts.byId(session.accountId)
    if (account === undefined) sessions.end(clientId)
    else sessions.change(clientId, fromRole(account, session.signedInAt, { roles, scopes }))
  }
}
