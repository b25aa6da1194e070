import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'

/** Files 0600, folder 0700. Windows keeps access in the profile folder's own list. */
const hasModes = process.platform !== 'win32'

/**
 * Makes the folder if it is missing, and takes the rights of group and others off it and off the
 * files of the store. Refuses ('permission-denied') a folder that is shared by design (sticky, as
 * /tmp is), another user's, or a symbolic link.
 */
export const secureWorkspaceFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!hasModes) return
  const state = lstatSync(folder)
  const foreign = state.uid !== process.getuid?.()
  // SECURITY: rows 24 to 26 of facts/security.md: nobody else reads or plants files here.
  if (!state.isDirectory() || foreign || (state.mode & 0o1000) !== 0) {
    throw new NocturneError('permission-denied', { what: 'workspace-folder' })
  }
  if ((state.mode & 0o077) !== 0) chmodSync(folder, 0o700)
}

/** Creates the store's file with its final rights before SQLite opens it; WAL and shm inherit. */
export const createPrivateFile = (path: string): void => {
  closeSync(openSync(path, 'wx', 0o600))
}

export const securePrivateFiles = (path: string): void => {
  if (!hasModes) return
  const folder = dirname(path)
  const prefix = path.slice(folder.length + 1)
  for (const name of readdirSync(folder)) {
    if (name !== prefix && !name.startsWith(`${prefix}-`)) continue
    const file = join(folder, name)
    const state = lstatSync(file)
    if (!state.isFile()) {
      throw new NocturneError('permission-denied', { what: 'workspace-file' })
    }
    if ((state.mode & 0o077) !== 0) chmodSync(file, 0o600)
  }
}

/** Makes a rename or a new name in the folder last through a power cut. */
export const syncFolder = (folder: string): void => {
  // Windows cannot open a folder for this; NTFS journals the rename itself.
  if (!hasModes || !existsSync(folder)) return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
