import type { Access } from '../../src-shared/contract/define.ts'
import type { ScopeKind } from '../../src-shared/domain/scope.ts'
import type { Session } from '../../src-shared/contract/access.ts'
import type { Clock } from './clock.ts'
import type { SessionInfo } from './handlers.ts'
import { permissionsWithin } from './reach.ts'

/**
 * Who is signed in at which client. A session lives in the engine only: the renderer never holds
 * a token, it is known by the window that calls.
 */

export interface LiveSession extends SessionInfo {
  readonly login: string
  readonly roleName: string
  readonly isOwner: boolean
  /** The machine that signed in, as it calls itself. */
  readonly device: string
  readonly signedInAt: number
  /** Wall ms; then it is over. */
  readonly endsAt: number
  /** The role's; see `lockMinutes`. */
  readonly lockAfterMinutes: number
  /** Wall ms until which he has said who he is; null: not lately. */
  readonly steppedUpUntil: number | null
  readonly locked: boolean
  readonly scope: ScopeKind
}

/** What can change under a live session: a changed role takes effect at the next call. */
export type SessionChange = Partial<
  Pick<
    LiveSession,
    | 'name'
    | 'login'
    | 'role'
    | 'roleName'
    | 'isOwner'
    | 'permissions'
    | 'scope'
    | 'lockAfterMinutes'
    | 'endsAt'
    | 'steppedUpUntil'
  >
>

export interface Sessions {
  /** Null also where it has come to its end. */
  get(clientId: number): LiveSession | null
  start(clientId: number, session: Omit<LiveSession, 'locked'>): void
  end(clientId: number): void
  /** Ends those of an account, but for the one at `except`. Returns how many. */
  endOf(accountId: string, except?: number): number
  endAll(): void
  setLocked(clientId: number, locked: boolean): void
  /** At one client. */
  change(clientId: number, change: SessionChange): void
  all(): ReadonlyMap<number, LiveSession>
  /** Asked at every call: whether a session is over for another reason than its time. */
  endWhen(isOver: (session: LiveSession) => boolean): void
  /** Told whenever a client's session begins, ends, locks, unlocks or changes. Returns the end of it. */
  onChange(listener: (clientId: number) => void): () => void
}

export const createSessions = ({ now }: Pick<Clock, 'now'>): Sessions => {
  const byClient = new Map<number, LiveSession>()
  const listeners = new Set<(clientId: number) => void>()
  let isOver: (session: LiveSession) => boolean = () => false
  const changed = (clientId: number): void => {
    for (const listener of listeners) listener(clientId)
  }
  const end = (clientId: number): void => {
    if (byClient.delete(clientId)) changed(clientId)
  }
  return {
    get(clientId) {
      const session = byClient.get(clientId)
      if (session === undefined) return null
      // SECURITY: an absolute end, and a clock set back before the sign-in is no way past it.
      const isInTime = now() < session.endsAt && now() >= session.signedInAt - clockSlackMs
      if (isInTime && !isOver(session)) return session
      end(clientId)
      return null
    },
    start(clientId, session) {
      byClient.set(clientId, { ...session, locked: false })
      changed(clientId)
    },
    end,
    endOf(accountId, except) {
      const ended = [...byClient].filter(
        ([clientId, session]) => session.accountId === accountId && clientId !== except,
      )
      for (const [clientId] of ended) end(clientId)
      return ended.length
    },
    endAll() {
      for (const clientId of byClient.keys()) end(clientId)
    },
    setLocked(clientId, locked) {
      const session = byClient.get(clientId)
      if (session === undefined || session.locked === locked) return
      byClient.set(clientId, { ...session, locked })
      changed(clientId)
    },
    change(clientId, change) {
      const session = byClient.get(clientId)
      if (session === undefined) return
      byClient.set(clientId, { ...session, ...change })
      changed(clientId)
    },
    all: () => byClient,
    endWhen(over) {
      isOver = over
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Small corrections of the clock end nobody's session. */
const clockSlackMs = 5 * 60_000

/** Minutes without a touch until the screen locks: the role's, or the person's own if less (0: the role's). */
export const lockMinutes = (ofRole: number, own: number): number =>
  own > 0 ? Math.min(ofRole, own) : ofRole

/** `lockAfterMinutes`: what holds, of role and person. */
export const describeSession = (
  session: LiveSession | null,
  lockAfterMinutes = session?.lockAfterMinutes ?? 0,
): Session | null =>
  session === null
    ? null
    : {
        account: {
          id: session.accountId,
          name: session.name,
          login: session.login,
          roleId: session.role,
          roleName: session.roleName,
          isOwner: session.isOwner,
        },
        signedInAt: session.signedInAt,
        endsAt: session.endsAt,
        locked: session.locked,
        lockAfterMinutes,
        steppedUpUntil: session.steppedUpUntil,
        permissions: permissionsWithin(session.permissions, session.scope),
        scope: session.scope,
      }

export type AccessVerdict = 'allowed' | 'not-signed-in' | 'session-locked' | 'permission-denied'

/** Deny by default: the one place that decides whether a session may use a procedure or event. */
export const decideAccess = (
  session: LiveSession | null,
  access: Access,
  whileLocked: boolean,
): AccessVerdict => {
  if (access === 'public') return 'allowed'
  if (session === null) return 'not-signed-in'
  if (session.locked && !whileLocked) return 'session-locked'
  if (access === 'session') return 'allowed'
  return session.permissions.has(access) ? 'allowed' : 'permission-denied'
}

/** Whether the person has said who he is so lately that he need not say it again. */
export const hasSteppedUp = (session: LiveSession | null, now: number): boolean =>
  session !== null &&
  session.steppedUpUntil !== null &&
  now < session.steppedUpUntil &&
  // A clock set back makes no step-up longer.
  now >= session.steppedUpUntil - stepUpMs - clockSlackMs

/** A step-up holds for so long (OWASP Session Management: re-authenticate before sensitive acts). */
export const stepUpMs = 5 * 60_000
