import sqlite from 'better-sqlite3'
import { existsSync } from 'node:fs'
import { NocturneError } from '../../src-shared/errors.ts'
import { createPrivateFile } from './workspace-files.ts'

/**
 * One process per workspace. The lock is SQLite's own exclusive lock on an empty file beside the
 * store: the operating system drops it with the process, however that ends, on every platform,
 * so there is no stale lock to clean up and no process id to misjudge.
 *
 * Throws 'workspace-in-use'. Returns the release.
 */
export const lockWorkspace = (storePath: string): (() => void) => {
  const path = `${storePath}-lock`
  if (!existsSync(path)) {
    try {
      createPrivateFile(path)
    } catch (error) {
      if (!isFileExists(error)) throw error
    }
  }
  const holder = new sqlite(path, { timeout: 0 })
  try {
    // No journal file beside it: nothing is ever written.
    holder.pragma('journal_mode = MEMORY')
    holder.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    holder.close()
    if (error instanceof sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new NocturneError('workspace-in-use')
    }
    throw error
  }
  return () => {
    holder.close()
  }
}

const isFileExists = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST'
