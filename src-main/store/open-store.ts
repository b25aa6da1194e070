import sqlite from 'better-sqlite3'
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import type { AuditClassifier } from './audit-append.ts'
import { checkpointFileOf, mirrorCheckpoints } from './audit-checkpoint-file.ts'
import { openConnection, prepareForWriting } from './connection.ts'
import type { Connection } from './connection.ts'
import { checkVersion, migrate, schemaVersionOf } from './migrate.ts'
import { migrations as allMigrations } from './migrations/all.ts'
import type { Migration } from './migrations/migration.ts'
import { isJournalDamaged } from './journal-proof.ts'
import { classifyUnreadable } from './page-proof.ts'
import { createStoreReader } from './read-handle.ts'
import type { StoreReader } from './read-handle.ts'
import { asStoreError } from './store-errors.ts'
import {
  createPrivateFile,
  securePrivateFiles,
  secureWorkspaceFolder,
  syncFolder,
} from './workspace-files.ts'
import { lockWorkspace } from './workspace-lock.ts'
import { forgetWriter, registerWriter } from './writer-access.ts'
import type { Writer } from './writer-access.ts'

/** An open store. Reads go through `reader`, writes through runCommand (write-path.ts) alone. */
export interface Store {
  readonly path: string
  /** The number of the newest migration that has run. */
  readonly schemaVersion: number
  readonly reader: StoreReader
  /** Closes the files and lets the workspace go. A second call does nothing. */
  readonly stop: () => void
}

export interface OpenStoreOptions {
  /** The store's file; its folder is the workspace and belongs to the console alone. */
  readonly path: string
  /** 32 random bytes. Not kept, not wiped: it stays the caller's. */
  readonly key: Buffer
  /** 32 bytes that seal the head of the audit chain (WorkspaceKeys.auditKey). Copied. */
  readonly auditKey: Buffer
  /** 32 bytes that seal the keys of the audit trail (WorkspaceKeys.auditDetailKey). Copied. */
  readonly auditDetailKey: Buffer
  /** What sort of act a command is (src-main/audit/classify.ts). Default: the system's own. */
  readonly classify?: AuditClassifier
  readonly clock: { readonly now: () => number }
  /** open: a missing file is 'store-damaged'; create-if-missing (default): a new one is made. */
  readonly mode?: 'open' | 'create-if-missing'
  readonly log?: StoreLog
  /** For tests of migrations. */
  readonly migrations?: readonly Migration[]
}

export interface StoreLog {
  info(fields: Readonly<Record<string, string | number>>, message: string): void
}

const unclassified: AuditClassifier = () => ({
  category: 'system',
  severity: 'info',
  reason: null,
  objectKind: null,
  objectId: null,
  subjectId: null,
})

/**
 * Opens the encrypted store and brings its layout up to date.
 *
 * Throws 'workspace-in-use' (another process, or this one, has it open), 'store-wrong-key',
 * 'store-from-newer-version' (not a byte was changed), 'store-damaged', 'store-journal-damaged', 'disk-full',
 * 'permission-denied' (the folder is shared, or another user's).
 */
export const openStore = (options: OpenStoreOptions): Store => {
  const { path, key, log } = options
  const migrations = options.migrations ?? allMigrations
  const folder = dirname(path)
  const undo: (() => void)[] = []
  const stop = () => {
    for (const step of undo.splice(0).toReversed()) step()
  }
  try {
    secureWorkspaceFolder(folder)
    undo.push(lockWorkspace(path))
    const isNew = !existsSync(path) || statSync(path).size === 0
    if (isNew) {
      if (options.mode === 'open') throw new NocturneError('store-damaged', { what: 'missing' })
      if (!existsSync(path)) createPrivateFile(path)
    }
    securePrivateFiles(path)
    if (!isNew) refuseUnreadable(path, key, migrations)

    const connection = openConnection({ path, key, readonly: false })
    undo.push(() => connection.close())
    prepareForWriting(connection)
    const ran = migrate(connection, migrations)
    if (isNew) {
      rememberCreation(connection, options.clock.now())
      syncFolder(folder)
    }
    if (ran.length > 0) {
      log?.info({ from: ran[0] ?? 0, to: ran.at(-1) ?? 0 }, 'store migrated')
    }
    const readConnection = openConnection({ path, key, readonly: true })
    undo.push(() => readConnection.close())

    const auditKey = Buffer.from(options.auditKey)
    const auditDetailKey = Buffer.from(options.auditDetailKey)
    const writer: Writer = {
      connection,
      auditKey,
      auditDetailKey,
      classify: options.classify ?? unclassified,
      checkpointFile: checkpointFileOf(path),
      checkpointMissed: () =>
        log?.info({}, 'a checkpoint of the audit trail could not be written beside the store'),
    }
    const store: Store = {
      path,
      schemaVersion: schemaVersionOf(connection),
      reader: createStoreReader(readConnection),
      stop,
    }
    registerWriter(store, writer)
    undo.push(() => {
      forgetWriter(store)
      auditKey.fill(0)
      auditDetailKey.fill(0)
    })
    if (!isNew && schemaVersionOf(connection) >= checkpointsSince) mirror(writer)
    return store
  } catch (error) {
    stop()
    throw asStoreError(error)
  }
}

/** The migration that brought the checkpoints; tests open stores of before. */
const checkpointsSince = 170

const mirror = (writer: Writer): void => {
  try {
    mirrorCheckpoints(writer, writer.checkpointFile)
  } catch (error) {
    writer.checkpointMissed(error)
  }
}

/** Key and version are tried on a read-only connection first: a refusal changes no byte. */
const refuseUnreadable = (path: string, key: Buffer, migrations: readonly Migration[]): void => {
  // SECURITY: before SQLite looks at the log: it would forget what it cannot read.
  if (isJournalDamaged(path, key)) throw new NocturneError('store-journal-damaged')
  const connection = openConnection({ path, key, readonly: true })
  try {
    checkVersion(connection, migrations)
  } catch (error) {
    if (error instanceof sqlite.SqliteError && error.code === 'SQLITE_NOTADB') {
      connection.close()
      throw new NocturneError(classifyUnreadable(path, key))
    }
    throw error
  } finally {
    connection.close()
  }
}

const rememberCreation = (connection: Connection, now: number): void => {
  connection
    .prepare('INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)')
    .run('created_at', String(now))
}
