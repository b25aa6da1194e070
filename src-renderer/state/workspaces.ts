import { create } from 'zustand'
import type { Failure } from '../../src-shared/contract/envelope.ts'
import { onEvent, runCommand } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'
import { refreshEntrance } from './workspace.ts'

/** The way to the other workspaces of this machine: opened at each door, and from the person's menu. */
interface WorkspacesState {
  readonly open: boolean
  /** The name of the one that is being entered; null: none is. */
  readonly entering: string | null
}

export const useWorkspaces = create<WorkspacesState>(() => ({ open: false, entering: null }))

export const openWorkspaces = (): void => useWorkspaces.setState({ open: true })
export const closeWorkspaces = (): void => useWorkspaces.setState({ open: false })

/** An engine that ends takes ten seconds at most; then the page is loaded anew. */
const patienceMs = 20_000

/**
 * Leaves this workspace. Null: the page is about to be loaded anew at the other one's door; until
 * then nothing of either is shown.
 */
export const enterWorkspace = async (id: string, name: string): Promise<Failure | null> => {
  useWorkspaces.setState({ entering: name })
  let stop = (): void => undefined
  const end = (): void => {
    stop()
    useWorkspaces.setState({ entering: null, open: false })
    void refreshEntrance()
  }
  stop = onEvent('workspace.statusChanged', end)
  try {
    await runCommand('workspace.switch', { id })
    setTimeout(end, patienceMs)
    return null
  } catch (error) {
    stop()
    useWorkspaces.setState({ entering: null })
    return failureOf(error)
  }
}
