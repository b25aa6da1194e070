import sqlite from 'better-sqlite3'
import { NocturneError } from '../../src-shared/errors.ts'

/** SQLite's expected failures as codes of ours; anything else comes back as it is. */
export const asHistoryError = (error: unknown): unknown => {
  if (!(error instanceof sqlite.SqliteError)) return error
  const { code } = error
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') {
    return new NocturneError('disk-full', { what: 'history' }, { cause: error })
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_FORMAT') {
    return new NocturneError('store-damaged', { what: 'history' }, { cause: error })
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN') {
    return new NocturneError('store-damaged', { what: 'history', io: code }, { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new NocturneError('workspace-in-use', { what: 'history' }, { cause: error })
  }
  return error
}

export const withHistoryErrors = <T>(run: () => T): T => {
  try {
    return run()
  } catch (error) {
    throw asHistoryError(error)
  }
}
