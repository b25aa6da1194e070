import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import { syncFolder } from '../store/workspace-files.ts'

/** The list of workspaces as a file. Mode 0600; written whole (temporary file, fsync, rename). */

const listed = z.strictObject({
  id: z.uuid(),
  name: z.string().min(1).max(80),
  /** From the list's own folder; absolute where it lies elsewhere. */
  folder: z.string().min(1),
  lastOpenedAt: z.number().nullable(),
  workspaceId: z.uuid().nullable(),
})

/** All that stays of a workspace that was wiped. */
const wipedWorkspace = z.strictObject({
  id: z.uuid(),
  workspaceId: z.uuid().nullable(),
  name: z.string(),
  at: z.number(),
  /** The account that did it. */
  by: z.string(),
  /** Of the owner's choice, and left as it was; null: there was none. */
  backupsFolder: z.string().nullable(),
})

const listFile = z.strictObject({
  format: z.literal(1),
  workspaces: z.array(listed),
  wiped: z.array(wipedWorkspace),
})

const about = z.strictObject({
  format: z.literal(1),
  id: z.uuid(),
  name: z.string().min(1).max(80),
})

export type Listed = z.output<typeof listed>
export type WipedWorkspace = z.output<typeof wipedWorkspace>
export type ListFile = Omit<z.output<typeof listFile>, 'format'>

const listName = 'workspaces.json'
const aboutName = 'workspace.json'
const longest = 1_000_000

const readJson = (path: string): unknown => {
  try {
    return statSync(path).size > longest ? null : JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

const parseList = (home: string): ListFile | null => {
  const { success, data } = listFile.safeParse(readJson(join(home, listName)))
  return success ? { workspaces: data.workspaces, wiped: data.wiped } : null
}

/** What is damaged is read as empty: the folders tell what there is. */
export const readList = (home: string): ListFile => parseList(home) ?? { workspaces: [], wiped: [] }

/** One that could not be read is kept beside the new one. */
export const writeList = (home: string, file: ListFile): void => {
  const path = join(home, listName)
  if (existsSync(path) && parseList(home) === null) renameSync(path, `${path}.damaged`)
  writePrivate(path, { format: 1, ...file })
}

/** What the folder itself says of its name; null: nothing. */
export const readAbout = (dir: string): Pick<Listed, 'id' | 'name'> | null => {
  const { success, data } = about.safeParse(readJson(join(dir, aboutName)))
  return success ? data : null
}

export const writeAbout = (dir: string, { id, name }: Pick<Listed, 'id' | 'name'>): void => {
  const now = readAbout(dir)
  if (!existsSync(dir) || (now?.id === id && now.name === name)) return
  writePrivate(join(dir, aboutName), { format: 1, id, name })
}

export const writePrivate = (path: string, value: object): void => {
  const temporary = `${path}.new`
  rmSync(temporary, { force: true })
  const handle = openSync(temporary, 'wx', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(value, null, 2)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(temporary, path)
  syncFolder(join(path, '..'))
}

const patienceMs = 1_000
/** No change of the list takes so long: whoever made that file has died. */
const staleMs = 10_000

/** One writer at a time, of all consoles and terminals. Throws 'conflict'. */
export const alone = (home: string, work: () => void): void => {
  const lock = join(home, `${listName}.lock`)
  const until = Date.now() + patienceMs
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx', 0o600))
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
      if (since !== undefined && Math.abs(Date.now() - since) > staleMs)
        rmSync(lock, { force: true })
      else if (Date.now() > until) throw new NocturneError('conflict', { what: 'workspaces' })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}
