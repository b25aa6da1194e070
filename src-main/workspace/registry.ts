import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import { readKeyFile } from '../vault/key-file.ts'
import {
  alone,
  readAbout,
  readList,
  writeAbout,
  writeList,
  type Listed,
  type ListFile,
  type WipedWorkspace,
} from './registry-file.ts'
import { readWipeMark } from './wipe-mark.ts'

/**
 * The workspaces of this machine: each is a folder of its own with its own store, vault and keys.
 * The list of them (name, folder, last opened) is one small file that holds nothing secret. It is
 * read anew for every question, and what lies in the folders has the last word: a list that is
 * damaged or gone is made from them.
 */
export interface RegisteredWorkspace {
  /** Of the entry: two folders may hold the same workspace, one of them restored. */
  readonly id: string
  readonly name: string
  /** Absolute. */
  readonly dir: string
  /** Wall ms; null: never. */
  readonly lastOpenedAt: number | null
  /** As its keys have it; null: nothing was ever made in it. */
  readonly workspaceId: string | null
}

export interface Registry {
  /** Where the console begins when there is none. */
  readonly firstDir: string
  /** The one used last comes first. Those being wiped are not among them. */
  list(): readonly RegisteredWorkspace[]
  byDir(dir: string): RegisteredWorkspace | null
  /** Throws 'not-found'. */
  byId(id: string): RegisteredWorkspace
  /**
   * Lists another one. Its folder is not made: who makes the workspace (first start, restore) does
   * that. Throws 'workspace-name-taken'.
   */
  make(name: string): RegisteredWorkspace
  /** Throws 'not-found', 'workspace-name-taken'. */
  rename(id: string, name: string): void
  /** Takes it off the list; its folder stays unless it is empty. Throws 'not-found'. */
  drop(id: string): void
  /** It has been opened with these keys. */
  opened(dir: string, workspaceId: string): void
  /** Folders whose wiping has begun. */
  wiping(): readonly string[]
  /** Notes an act that leaves no other trace here, and takes the workspace off the list. */
  wiped(record: WipedWorkspace): void
  /** What was wiped, the latest first. */
  allWiped(): readonly WipedWorkspace[]
}

interface RegistryOptions {
  /** Where the list lies, and in `workspaces/` the folders of new ones. */
  readonly home: string
  /** The folder of the first one: what was the only one before there were several. */
  readonly first: string
  readonly now: () => number
  readonly newId: () => string
}

const firstName = 'Nocturne'

/** Folders beside a workspace that are part of it (backups/restore.ts). */
const isBeside = (name: string): boolean =>
  name.endsWith('.restoring') || /-before-restore-[\d-]+$/u.test(name)

export const isSetUp = (dir: string): boolean =>
  existsSync(join(dir, 'keys.json')) || existsSync(join(dir, 'store.db'))

/** A workspace was here and its folder is not: a drive that is not plugged in, a folder moved away. */
export const isFolderGone = ({ dir, workspaceId }: RegisteredWorkspace): boolean =>
  workspaceId !== null && !isSetUp(dir) && !existsSync(join(`${dir}.restoring`, 'restored'))

export const openRegistry = (options: RegistryOptions): Registry => {
  const { home } = options
  const first = resolve(options.first)
  const newFolders = join(home, 'workspaces')

  /** Below home as it is seen from there: the user's folder may move as a whole. */
  const toFolder = (dir: string): string => {
    const inside = relative(home, dir)
    return inside === '' || inside.startsWith('..') || isAbsolute(inside)
      ? dir
      : inside.split(sep).join('/')
  }
  const toDir = (folder: string): string => resolve(home, folder)

  const shown = ({ folder, ...rest }: Listed): RegisteredWorkspace => ({
    ...rest,
    dir: toDir(folder),
  })

  /** The file, and what lies in the folders besides. */
  const current = (): ListFile => {
    const file = readList(home)
    const listed = file.workspaces.filter(({ folder }) => readWipeMark(toDir(folder)) === null)
    const known = new Set(listed.map(({ folder }) => toDir(folder)))
    const found = [...(isSetUp(first) ? [first] : []), ...foldersIn(newFolders).filter(isSetUp)]
    const more: Listed[] = []
    const add = (dir: string): void => {
      if (known.has(dir) || readWipeMark(dir) !== null) return
      more.push(foundIn(dir, toFolder(dir), [...listed, ...more], dir === first))
    }
    for (const dir of found) add(dir)
    // Somewhere the console has to begin.
    if (listed.length + more.length === 0) add(first)
    return { ...file, workspaces: [...listed, ...more] }
  }

  const change = (work: (file: ListFile) => ListFile): void => {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    alone(home, () => writeList(home, work(current())))
  }

  const entry = (file: ListFile, id: string): Listed => {
    const found = file.workspaces.find((each) => each.id === id)
    if (found === undefined) throw new NocturneError('not-found', { what: 'workspace' })
    return found
  }

  const replace = (file: ListFile, next: Listed): ListFile => ({
    ...file,
    workspaces: file.workspaces.map((each) => (each.id === next.id ? next : each)),
  })

  const list = (): readonly RegisteredWorkspace[] =>
    current()
      .workspaces.map(shown)
      .toSorted(
        (a, b) => (b.lastOpenedAt ?? -1) - (a.lastOpenedAt ?? -1) || a.name.localeCompare(b.name),
      )

  const byDir = (dir: string): RegisteredWorkspace | null =>
    list().find((each) => each.dir === resolve(dir)) ?? null

  return {
    firstDir: first,
    list,
    byDir,
    byId: (id) => shown(entry(current(), id)),
    make(name) {
      const id = options.newId()
      const dir = join(newFolders, folderName(name, id))
      change((file) => {
        refuseTaken(file, name, id)
        mkdirSync(newFolders, { recursive: true, mode: 0o700 })
        const made = { id, name, folder: toFolder(dir), lastOpenedAt: null, workspaceId: null }
        return { ...file, workspaces: [...file.workspaces, made] }
      })
      return { id, name, dir, lastOpenedAt: null, workspaceId: null }
    },
    rename(id, name) {
      change((file) => {
        const listed = entry(file, id)
        refuseTaken(file, name, id)
        writeAbout(toDir(listed.folder), { id, name })
        return replace(file, { ...listed, name })
      })
    },
    drop(id) {
      change((file) => {
        const dir = toDir(entry(file, id).folder)
        if (existsSync(dir) && readdirSync(dir).length === 0) rmdirSync(dir)
        return { ...file, workspaces: file.workspaces.filter((each) => each.id !== id) }
      })
    },
    opened(dir, workspaceId) {
      change((file) => {
        const here = file.workspaces.find(({ folder }) => toDir(folder) === resolve(dir))
        if (here === undefined) return file
        writeAbout(dir, here)
        return replace(file, { ...here, workspaceId, lastOpenedAt: options.now() })
      })
    },
    wiping: () =>
      [
        ...new Set([
          first,
          ...foldersIn(newFolders),
          ...readList(home).workspaces.map(({ folder }) => toDir(folder)),
        ]),
      ].filter((dir) => readWipeMark(dir) !== null),
    wiped(record) {
      change((file) => ({
        ...file,
        workspaces: file.workspaces.filter((each) => each.id !== record.id),
        wiped: [...file.wiped.filter(({ id }) => id !== record.id), record],
      }))
    },
    allWiped: () => readList(home).wiped.toSorted((a, b) => b.at - a.at),
  }
}

const foldersIn = (folder: string): readonly string[] => {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory() && !isBeside(each.name))
    .map(({ name }) => join(folder, name))
}

/** What the list has lost. */
const foundIn = (
  dir: string,
  folder: string,
  others: readonly Listed[],
  isFirst: boolean,
): Listed => {
  const about = readAbout(dir)
  // A folder that was copied brings the other one's id.
  const isOwn = about !== null && !others.some(({ id }) => id === about.id)
  const name = about?.name ?? (isFirst ? firstName : folder.split('/').at(-1)) ?? firstName
  return {
    id: isOwn ? about.id : idOf(folder),
    name: freeName(name, others),
    folder,
    lastOpenedAt: null,
    workspaceId: workspaceIdIn(dir),
  }
}

const workspaceIdIn = (dir: string): string | null => {
  try {
    return readKeyFile(dir)?.workspaceId ?? null
  } catch {
    return null
  }
}

const freeName = (name: string, others: readonly Listed[]): string => {
  let free = name
  for (let n = 2; others.some((each) => isSameName(each.name, free)); n++) free = `${name} (${n})`
  return free
}

/** The same one each time, also where the list cannot be written. */
const idOf = (folder: string): string => {
  const hex = createHash('sha256').update(`nocturne-workspace\n${folder}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

const isSameName = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase()

const refuseTaken = (file: ListFile, name: string, id: string): void => {
  if (file.workspaces.some((each) => each.id !== id && isSameName(each.name, name))) {
    throw new NocturneError('workspace-name-taken', { name })
  }
}

/** Readable, the same on every file system, and nobody else's. */
const folderName = (name: string, id: string): string => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 32)
    .replaceAll(/^-+|-+$/gu, '')
  return `${plain === '' ? 'workspace' : plain}-${id.replaceAll('-', '').slice(-8)}`
}
