import sqlite from 'better-sqlite3'
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import { asHistoryError } from './history-errors.ts'
import { applyKey } from '../sqlcipher/apply-key.ts'

/**
 * The one place of the history that opens SQLite files. SQLCipher 4 with a raw key, as the store
 * has it (docs/adr/0010, 0030); a file of its own layout and version per kind.
 */
export type HistoryConnection = sqlite.Database
export type HistoryFileKind = 'catalogue' | 'readings' | 'hours'

interface Layout {
  readonly applicationId: number
  readonly version: number
  readonly sql: string
}

const keyBytes = 32

const layouts: Readonly<Record<HistoryFileKind, Layout>> = {
  catalogue: {
    // 'NocC' in the header's application_id
    applicationId: 0x4e6f6343,
    version: 1,
    sql: `
      CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, started_at INTEGER NOT NULL) STRICT;
      CREATE TABLE lane (
        id INTEGER PRIMARY KEY, olt_id TEXT NOT NULL, kind INTEGER NOT NULL,
        UNIQUE (olt_id, kind)
      ) STRICT;
      CREATE TABLE series (
        lane INTEGER NOT NULL REFERENCES lane, slot INTEGER NOT NULL, address INTEGER NOT NULL,
        serial TEXT, current INTEGER NOT NULL, first_at INTEGER NOT NULL,
        PRIMARY KEY (lane, slot)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX series_of_address ON series (lane, address);
      CREATE INDEX series_of_serial ON series (serial) WHERE serial IS NOT NULL;`,
  },
  readings: {
    applicationId: 0x4e6f6352,
    version: 1,
    // Blobs only in tables with a rowid, behind every other column (facts/performance.md 2.1).
    sql: `
      CREATE TABLE status (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        sealed INTEGER NOT NULL, generation INTEGER NOT NULL
      ) STRICT;
      INSERT INTO status VALUES (1, 0, 1);
      CREATE TABLE frame (
        id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, metric INTEGER NOT NULL,
        cycle INTEGER NOT NULL, at INTEGER NOT NULL, tick REAL NOT NULL, carry INTEGER NOT NULL,
        bytes BLOB NOT NULL
      ) STRICT;
      CREATE INDEX frame_order ON frame (lane, metric, cycle);
      CREATE TABLE span (
        id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, metric INTEGER NOT NULL,
        from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, cycles INTEGER NOT NULL,
        carry INTEGER NOT NULL, times BLOB NOT NULL, directory BLOB NOT NULL
      ) STRICT;
      CREATE INDEX span_order ON span (lane, metric, id);
      CREATE TABLE strip (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
      CREATE TABLE hours (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
      CREATE TABLE event (
        id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, slot INTEGER NOT NULL,
        at INTEGER NOT NULL, kind INTEGER NOT NULL, code INTEGER NOT NULL, detail INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX event_order ON event (lane, slot, at);`,
  },
  hours: {
    applicationId: 0x4e6f6348,
    version: 1,
    sql: `
      CREATE TABLE source (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, generation INTEGER NOT NULL,
        from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, per_chunk INTEGER NOT NULL,
        done INTEGER NOT NULL, UNIQUE (name, generation)
      ) STRICT;
      CREATE TABLE part (
        id INTEGER PRIMARY KEY, source INTEGER NOT NULL, lane INTEGER NOT NULL,
        metric INTEGER NOT NULL, directory BLOB NOT NULL, UNIQUE (source, lane, metric)
      ) STRICT;
      CREATE TABLE strip (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
      CREATE TABLE event (
        id INTEGER PRIMARY KEY, source INTEGER NOT NULL, lane INTEGER NOT NULL,
        slot INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL, code INTEGER NOT NULL,
        detail INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX event_order ON event (lane, slot, at);`,
  },
}

export interface HistoryFileOptions {
  readonly path: string
  readonly kind: HistoryFileKind
  readonly key: Buffer
  /** Pages kept in memory, KiB. */
  readonly cacheKib: number
}

/**
 * For a file that nobody writes: changes no byte of it. Throws as openHistoryFile does. With
 * `recover`, what a killed process left half done is put right first: only under a key that is
 * known to be the right one.
 */
export const openHistoryFileToRead = (
  options: HistoryFileOptions,
  recover: boolean,
): HistoryConnection => {
  const { path, kind, cacheKib } = options
  try {
    const connection = connect(options, true)
    try {
      connection.pragma(`cache_size = -${cacheKib}`)
      connection.pragma('query_only = ON')
      // Nobody else writes it: else each read would look at the lock, the journal and page 1 anew.
      connection.pragma('locking_mode = EXCLUSIVE')
      checkLayout(connection, layouts[kind])
      if (versionOf(connection) > 0) return connection
      // Killed while it was made: there is nothing to read yet.
    } catch (error) {
      connection.close()
      if (!recover || !needsRecovery(error)) throw error
    }
    connection.close()
    openHistoryFile(options).close()
    return openHistoryFileToRead(options, false)
  } catch (error) {
    throw fileErrorOf(error, path)
  }
}

/** Killed between two journal modes: only a writer may roll the journal back. */
const needsRecovery = (error: unknown): boolean =>
  error instanceof sqlite.SqliteError && error.code.startsWith('SQLITE_READONLY')

/**
 * Opens a file for writing, and makes it if it is not there. One connection reads and writes, and
 * holds the file for itself: no shared memory file, and a second process is refused.
 *
 * Throws 'store-from-newer-version' and 'store-damaged' (also for a wrong key: the caller knows
 * whether other files open under it) before a byte was changed; 'disk-full', 'workspace-in-use',
 * 'permission-denied'.
 */
export const openHistoryFile = (options: HistoryFileOptions): HistoryConnection => {
  const { path, kind } = options
  const layout = layouts[kind]
  try {
    const isNew = !existsSync(path) || statSync(path).size === 0
    if (isNew) {
      // A log beside an empty file is of nobody.
      for (const end of ['-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true })
      if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600))
    } else {
      refuseForeign(options, layout)
    }
    const connection = connect(options, false)
    try {
      // What the read-only look could not see while a journal had to be rolled back.
      if (!isNew) checkLayout(connection, layout)
      connection.pragma(`cache_size = -${options.cacheKib}`)
      connection.pragma('locking_mode = EXCLUSIVE')
      if (versionOf(connection) === 0) connection.pragma('auto_vacuum = INCREMENTAL')
      connection.pragma('journal_mode = WAL')
      // Which file an ONU's readings are in must survive a power cut; a last cycle need not.
      connection.pragma(`synchronous = ${kind === 'catalogue' ? 'FULL' : 'NORMAL'}`)
      // Each page is decrypted and encrypted when it is folded in, some 40 microseconds: so many
      // pages are one step that stays under 50 ms.
      connection.pragma('wal_autocheckpoint = 500')
      connection.pragma('journal_size_limit = 16777216')
      if (versionOf(connection) === 0) {
        connection
          .transaction(() => {
            connection.exec(layout.sql)
            connection.pragma(`application_id = ${layout.applicationId}`)
            connection.pragma(`user_version = ${layout.version}`)
          })
          .immediate()
      }
      return connection
    } catch (error) {
      connection.close()
      throw error
    }
  } catch (error) {
    throw fileErrorOf(error, path)
  }
}

/** Folds the log into the file and leaves a single file behind that can be copied as it is. */
export const sealHistoryFile = (connection: HistoryConnection): void => {
  connection.pragma('wal_checkpoint(TRUNCATE)')
  connection.pragma('journal_mode = DELETE')
}

const refuseForeign = (options: HistoryFileOptions, layout: Layout): void => {
  const connection = connect(options, true)
  try {
    checkLayout(connection, layout)
  } catch (error) {
    if (!needsRecovery(error)) throw error
  } finally {
    connection.close()
  }
}

const checkLayout = (connection: HistoryConnection, layout: Layout): void => {
  const found = versionOf(connection)
  const application = Number(connection.pragma('application_id', { simple: true }))
  // A file whose making was cut off has neither.
  if (found === 0 && application === 0) return
  if (application !== layout.applicationId) {
    throw new NocturneError('store-damaged', { what: 'application-id' })
  }
  if (found > layout.version) {
    throw new NocturneError('store-from-newer-version', { found, known: layout.version })
  }
}

const versionOf = (connection: HistoryConnection): number =>
  Number(connection.pragma('user_version', { simple: true }))

const connect = ({ path, key }: HistoryFileOptions, readonly: boolean): HistoryConnection => {
  if (key.length !== keyBytes) throw new RangeError('a history key has 32 bytes')
  const connection = new sqlite(path, { readonly, fileMustExist: true, timeout: 2_000 })
  try {
    connection.pragma("cipher = 'sqlcipher'")
    connection.pragma('legacy = 4')
    applyKey(connection, key)
    connection.pragma('temp_store = MEMORY')
    connection.pragma('trusted_schema = OFF')
    connection.pragma('cell_size_check = ON')
    connection.pragma('mmap_size = 0')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

const fileErrorOf = (error: unknown, path: string): unknown => {
  const known = asHistoryError(error)
  if (known instanceof NocturneError) {
    return new NocturneError(
      known.code,
      { ...known.params, file: basename(path) },
      { cause: known.cause },
    )
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new NocturneError('disk-full', { what: 'history', file: basename(path) })
  }
  return error
}

/** The folder of the history: 0700, nobody else's and no link. Throws 'permission-denied'. */
export const secureHistoryFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (process.platform === 'win32') return
  const state = lstatSync(folder)
  // SECURITY: rows 24 to 26 of facts/security.md: nobody else reads or plants files here.
  if (!state.isDirectory() || state.uid !== process.getuid?.() || (state.mode & 0o1000) !== 0) {
    throw new NocturneError('permission-denied', { what: 'history-folder' })
  }
  if ((state.mode & 0o077) !== 0) chmodSync(folder, 0o700)
}

/** A file and what SQLite may have left beside it. */
export const removeHistoryFile = (path: string): void => {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${end}`, { force: true })
}
