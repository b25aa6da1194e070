import type { Access } from '../../src-shared/contract/define.ts'
import type { Session } from '../../src-shared/contract/access.ts'
import type { SessionInfo } from './handlers.ts'

/**
 * Who is signed in at which client. A session lives in the engine only: the renderer never holds
 * a token, it is known by the window that calls.
 */

export interface LiveSession extends SessionInfo {
  readonly signedInAt: number
  readonly locked: boolean
}

export interface Sessions {
  get(clientId: number): LiveSession | null
  start(clientId: number, session: Omit<LiveSession, 'locked'>): void
  end(clientId: number): void
  setLocked(clientId: number, locked: boolean): void
  all(): ReadonlyMap<number, LiveSession>
  /** Told whenever a client's session begins, ends, locks or unlocks. */
  onChange(listener: (clientId: number) => void): void
}

export const createSessions = (): Sessions => {
  const byClient = new Map<number, LiveSession>()
  const listeners: ((clientId: number) => void)[] = []
  const changed = (clientId: number): void => {
    for (const listener of listeners) listener(clientId)
  }
  return {
    get: (clientId) => byClient.get(clientId) ?? null,
    start(clientId, session) {
      byClient.set(clientId, { ...session, locked: false })
      changed(clientId)
    },
    end(clientId) {
      if (byClient.delete(clientId)) changed(clientId)
    },
    setLocked(clientId, locked) {
      const session = byClient.get(clientId)
      if (session === undefined || session.locked === locked) return
      byClient.set(clientId, { ...session, locked })
      changed(clientId)
    },
    all: () => byClient,
    onChange(listener) {
      listeners.push(listener)
    },
  }
}

export const describeSession = (session: LiveSession | null): Session | null =>
  session === null
    ? null
    : {
        account: { id: session.accountId, name: session.name, role: session.role },
        signedInAt: session.signedInAt,
        locked: session.locked,
        permissions: [...session.permissions],
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
