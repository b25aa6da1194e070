import { create } from 'zustand'
import type { Failure } from '../../src-shared/contract/envelope.ts'
import type { Session } from '../../src-shared/contract/access.ts'
import type { WorkspaceStatus } from '../../src-shared/contract/workspace.ts'
import { callQuery, onEvent, runCommand } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'

/** Which door the person stands at: the workspace's state and his session. */
export interface Entrance {
  readonly status: WorkspaceStatus | undefined
  /** undefined: not asked yet. */
  readonly session: Session | null | undefined
  /** The engine did not answer the first questions. */
  readonly failure: Failure | undefined
}

export const useEntrance = create<Entrance>(() => ({
  status: undefined,
  session: undefined,
  failure: undefined,
}))

/** Asks again: after a command that changes the door the event may come later than the answer. */
export const refreshEntrance = async (): Promise<void> => {
  try {
    const [status, access] = await Promise.all([
      callQuery('workspace.status', {}),
      callQuery('access.session', {}),
    ])
    useEntrance.setState({ status, session: access.session, failure: undefined })
  } catch (error) {
    useEntrance.setState({ failure: failureOf(error) })
  }
}

/** Opens the workspace once more: what stood in the way may be gone. Says nothing: the status does. */
export const retryWorkspace = async (): Promise<void> => {
  if (useEntrance.getState().status?.state === 'failed') {
    await runCommand('workspace.unseal', { passphrase: null }).catch(() => undefined)
  }
  await refreshEntrance()
}

/** Follows the engine; returns what ends it. */
export const startEntrance = (): (() => void) => {
  const stops = [
    onEvent('workspace.statusChanged', (status) => {
      useEntrance.setState({ status, failure: undefined })
    }),
    onEvent('access.sessionChanged', ({ session }) => useEntrance.setState({ session })),
  ]
  void refreshEntrance()
  return () => {
    for (const stop of stops) stop()
  }
}

const none: readonly string[] = []

/** What the person's role can do; the engine has the last word. */
export const usePermissions = (): readonly string[] =>
  useEntrance((state) => state.session?.permissions ?? none)

/** False: the account reaches some regions, or its own alone. */
export const useReachesAll = (): boolean =>
  useEntrance((state) => state.session == null || state.session.scope === 'all')

export const useSimulated = (): boolean =>
  useEntrance((state) => state.status?.mode === 'simulated')
