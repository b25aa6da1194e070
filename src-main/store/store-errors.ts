import sqlite from 'better-sqlite3'
import { NocturneError } from '../../src-shared/errors.ts'

/**
 * SQLite's expected failures as codes of ours. Everything else (a constraint, a bug in SQL) is
 * returned as it is. The cause is kept only for codes whose text cannot hold a key: SQLite names
 * neither keys nor values in the messages below.
 */
export const asStoreError = (error: unknown): unknown => {
  if (!(error instanceof sqlite.SqliteError)) return error
  const { code } = error
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new NocturneError('disk-full', {}, { cause: error })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_FORMAT') {
    return new NocturneError('store-damaged', {}, { cause: error })
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new NocturneError('store-damaged', { io: code }, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new NocturneError('workspace-in-use', {}, { cause: error })
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return new NocturneError('workspace-read-only', {}, { cause: error })
  }
  return error
}

const fileCodes = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'workspace-read-only',
  EPERM: 'workspace-read-only',
  EROFS: 'workspace-read-only',
} as const

/** The same, and what the file system refuses where a workspace is made or opened. */
export const asDoorError = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') return error
  if (Object.hasOwn(fileCodes, code)) {
    return new NocturneError(fileCodes[code as keyof typeof fileCodes], {}, { cause: error })
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return new NocturneError('workspace-read-only', {}, { cause: error })
  }
  return asStoreError(error)
}

/** Runs and turns what it throws into codes of ours. */
export const withStoreErrors = <T>(run: () => T): T => {
  try {
    return run()
  } catch (error) {
    throw asStoreError(error)
  }
}
