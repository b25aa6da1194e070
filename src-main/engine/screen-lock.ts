import type { Store } from '../store/open-store.ts'
import { runCommand } from '../store/write-path.ts'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import type { Sessions } from './sessions.ts'

/** `silent`: the page at the client gives no sign of life. */
export type LockReason = 'os-lock' | 'suspend' | 'idle' | 'silent' | 'user'

/** Locks the screen at a client, and tells the trail why. */
export const createScreenLock =
  (deps: {
    readonly sessions: Sessions
    /** Null: not open, and nothing to tell. */
    readonly store: () => Store | null
    readonly clock: Pick<Clock, 'now'>
    readonly newId: () => string
    readonly log: Pick<Log, 'error'>
  }) =>
  (clientId: number, reason: LockReason): void => {
    const session = deps.sessions.get(clientId)
    if (session === null || session.locked) return
    deps.sessions.setLocked(clientId, true)
    const store = deps.store()
    if (store === null) return
    const { accountId, sessionId, device } = session
    const actor = { accountId, sessionId, clientKind: 'engine', device }
    const call = { commandId: deps.newId(), name: 'access.lock', actor, auditInput: { reason } }
    try {
      runCommand(store, { ...call, at: deps.clock.now() }, () => ({ result: {} }))
    } catch (error) {
      deps.log.error('a lock could not be recorded', { reason, error })
    }
  }
