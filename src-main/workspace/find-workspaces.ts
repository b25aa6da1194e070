import { randomBytes } from 'node:crypto'
import { join, relative, resolve } from 'node:path'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { readWipeMark } from './wipe-mark.ts'
import { isFolderGone, isSetUp, openRegistry, type Registry } from './registry.ts'

export interface FoundWorkspaces {
  readonly registry: Registry
  /** Where the list lies, and the folder of the first. */
  readonly places: { readonly home: string; readonly first: string }
  /** The one that is to be opened: absolute. */
  readonly dir: string
}

/**
 * The list that holds, and the workspace that is meant: by its folder, its id or its name; null:
 * the one used last. A folder that the user's list does not know has a list of its own beside it
 * (`FOLDER.workspaces`), so that a throw-away one leaves the user's alone.
 */
export const findWorkspaces = (userData: string, wanted: string | null): FoundWorkspaces => {
  const own = open(userData, join(userData, 'workspace'))
  if (wanted === null) return { ...own, dir: own.registry.list()[0]?.dir ?? own.places.first }
  const dir = resolve(wanted)
  const named = isSetUp(dir) ? undefined : byIdOrName(own.registry, wanted)
  if (named !== undefined) return { ...own, dir: named }
  const inOwn = relative(join(userData, 'workspaces'), dir)
  const isOwn = dir === own.places.first || (inOwn !== '' && !inOwn.startsWith('..'))
  if (isOwn || own.registry.byDir(dir) !== null) return { ...own, dir }
  return { ...open(`${dir}.workspaces`, dir), dir }
}

/**
 * For the terminal, where nobody sees which one opens: without a word the first, whichever was used
 * last; another one only where there is no other. Throws 'not-found' where several could be meant.
 */
export const workspaceOfTerminal = (userData: string, wanted: string | null): string => {
  const found = findWorkspaces(userData, wanted)
  if (wanted !== null) return found.dir
  const { registry, places } = found
  const all = registry.list()
  if (all.length > 1 && registry.byDir(places.first) === null) {
    throw new NocturneError('not-found', { what: 'workspace', say: '--workspace' })
  }
  return all.length === 1 ? found.dir : places.first
}

/** Where what is told of it is written: never into a folder that is not there. */
export const logFolderOf = ({ registry, places }: FoundWorkspaces, dir: string): string => {
  const entry = registry.byDir(dir)
  const isThere = (entry === null || !isFolderGone(entry)) && readWipeMark(dir) === null
  return join(isThere ? dir : places.home, 'logs')
}

const open = (home: string, first: string): Pick<FoundWorkspaces, 'registry' | 'places'> => {
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const places = { home, first }
  return { places, registry: openRegistry({ ...places, now: Date.now, newId }) }
}

const byIdOrName = (registry: Registry, wanted: string): string | undefined => {
  const all = registry.list()
  const same = all.filter(({ workspaceId }) => workspaceId === wanted)
  const found =
    all.find(({ id }) => id === wanted) ??
    (same.length === 1 ? same[0] : undefined) ??
    all.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase())
  return found?.dir
}
