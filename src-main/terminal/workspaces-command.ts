import { findWorkspaces, workspaceOfTerminal } from '../workspace/find-workspaces.ts'
import { isFolderGone, isSetUp } from '../workspace/registry.ts'

/** `workspaces`: the list of this machine's, without opening any. */

interface ListedWorkspace {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly workspaceId: string | null
  /** ISO 8601; null: never. */
  readonly lastOpenedAt: string | null
  readonly state: 'ready' | 'new' | 'folder-gone'
  /** A command without --workspace means this one. */
  readonly isUsual: boolean
}

export const listWorkspaces = (userData: string): readonly ListedWorkspace[] => {
  const usual = usualOf(userData)
  return findWorkspaces(userData, null)
    .registry.list()
    .map((entry) => ({
      id: entry.id,
      name: entry.name,
      folder: entry.dir,
      workspaceId: entry.workspaceId,
      lastOpenedAt: entry.lastOpenedAt === null ? null : new Date(entry.lastOpenedAt).toISOString(),
      state: isFolderGone(entry) ? 'folder-gone' : isSetUp(entry.dir) ? 'ready' : 'new',
      isUsual: entry.dir === usual,
    }))
}

/** Null: there is none where nobody says which. */
const usualOf = (userData: string): string | null => {
  try {
    return workspaceOfTerminal(userData, null)
  } catch {
    return null
  }
}

export const workspaceLines = (all: readonly ListedWorkspace[]): readonly string[] =>
  all.map(({ id, name, folder, lastOpenedAt, state, isUsual }) =>
    [
      isUsual ? '*' : ' ',
      name,
      id,
      folder,
      state === 'ready' ? (lastOpenedAt ?? 'never opened here') : state,
    ].join('  '),
  )
