import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import { extractDatabase, hashFile, writeBackupFile } from './backup-file.ts'
import type { BackupHeader } from './backup-file.ts'
import { openConnection } from './connection.ts'
import { checkVersion } from './migrate.ts'
import { migrations } from './migrations/all.ts'
import type { Store } from './open-store.ts'
import { classifyUnreadable } from './page-proof.ts'
import { createStoreReader } from './read-handle.ts'
import type { StoreReader } from './read-handle.ts'
import { asStoreError, withStoreErrors } from './store-errors.ts'
import { createPrivateFile, secureWorkspaceFolder, syncFolder } from './workspace-files.ts'
import { lockWorkspace } from './workspace-lock.ts'
import { runCommand } from './write-path.ts'
import type { Transaction } from './write-path.ts'
import { writerOf } from './writer-access.ts'

/**
 * Proves the audit chain of a copy; the engine passes audit/verify.ts. A copy whose chain does
 * not hold is 'store-damaged'.
 */
export type ChainProof = (reader: StoreReader) => { readonly ok: boolean }

export interface BackupOptions {
  /** A file that does not exist yet ('conflict' if it does). */
  readonly to: string
  readonly key: Buffer
  /** Not asked where `prove` is given. */
  readonly proveChain?: ChainProof
  readonly now: number
  /**
   * With an envelope (vault/key-envelope.ts, plain JSON) the backup opens on another machine with
   * its passphrase; without, it needs this workspace's own keys.
   */
  readonly keyEnvelope?: BackupHeader['keyEnvelope']
  /** With it the store remembers, under this id, when its last backup was made. */
  readonly commandId?: string
  /** What else is remembered with it, in the same transaction. */
  readonly remember?: (tx: Transaction, header: BackupHeader) => void
  /** Looks into the copy once it has proved itself. */
  readonly look?: (reader: StoreReader) => void
  /** The part that begins now. */
  readonly onStep?: (step: BackupStep) => void
  readonly signal?: AbortSignal
  /** Copies the open store beside this thread (copyDatabase); without it, here. */
  readonly copy?: (to: string) => Promise<void>
  /** As of a check. */
  readonly prove?: (path: string) => Promise<unknown>
}

export type BackupStep = 'copy' | 'write' | 'prove'

/** `{"at": wall ms}`, in the table of settings: the alarms read it. */
const lastBackupKey = 'backup:last'

/**
 * Writes a verified, encrypted copy of the open store. The copy itself is made in one go
 * (VACUUM INTO: one consistent state, encrypted page by page, never plaintext), by `copy` beside this
 * thread while others write; hashing and writing the file go on off the event loop. Before it gets its name, the file is opened as for a
 * restore and proved: checksum, key, version, every page, the audit chain. Nothing is left when it
 * fails.
 *
 * Throws 'conflict', 'disk-full', 'store-damaged' (the copy does not prove itself).
 */
export const backupStore = async (store: Store, options: BackupOptions): Promise<BackupHeader> => {
  const { to, signal } = options
  if (existsSync(to)) throw new NocturneError('conflict', { what: 'backup-exists' })
  const copy = `${to}.db-part`
  const part = `${to}.part`
  try {
    removeDatabase(copy)
    rmSync(part, { force: true })
    createPrivateFile(copy)
    createPrivateFile(part)
    options.onStep?.('copy')
    if (options.copy === undefined) {
      writerOf(store).connection.prepare('VACUUM INTO ?').run(copy)
    } else await options.copy(copy)
    refuseIfCancelled(signal)
    options.onStep?.('write')
    const header: BackupHeader = {
      format: 1,
      createdAt: options.now,
      schemaVersion: store.schemaVersion,
      databaseBytes: statSync(copy).size,
      databaseSha256: await hashFile(copy, signal),
      keyEnvelope: options.keyEnvelope ?? null,
    }
    await writeBackupFile(part, header, copy, signal)
    // There is room for one of them at a time.
    removeDatabase(copy)
    options.onStep?.('prove')
    await extractProved({ ...options, from: part }, copy)
    refuseIfCancelled(signal)
    renameSync(part, to)
    syncFolder(dirname(to))
    rememberBackup(store, options, header)
    return header
  } catch (error) {
    throw asBackupError(error, signal)
  } finally {
    removeDatabase(copy)
    rmSync(part, { force: true })
  }
}

const refuseIfCancelled = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted === true) throw new NocturneError('cancelled')
}

const rememberBackup = (
  store: Store,
  { commandId, now: at, remember }: BackupOptions,
  header: BackupHeader,
): void => {
  if (commandId === undefined) return
  const actor = { accountId: null, sessionId: null, clientKind: 'engine' }
  runCommand(store, { commandId, name: 'store.backedUp', actor, auditInput: {}, at }, (tx) => {
    tx.run(
      `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
      lastBackupKey,
      JSON.stringify({ at }),
      at,
    )
    remember?.(tx, header)
    return { result: {} }
  })
}

/** When the last backup was remembered, wall ms; null: never. */
export const readLastBackup = (reader: StoreReader): number | null => {
  const row = reader
    .prepare<[string], { at: number | null }>(
      `SELECT json_extract(value, '$.at') AS at FROM setting WHERE key = ?`,
    )
    .get(lastBackupKey)
  return row?.at ?? null
}

export interface BackupCheckOptions {
  readonly from: string
  readonly key: Buffer
  /** Not asked where `prove` is given. */
  readonly proveChain?: ChainProof
  /** Looks into the copy once it has proved itself. */
  readonly look?: (reader: StoreReader) => void
  readonly signal?: AbortSignal
  /** Proves the unpacked store beside this thread; without it proveDatabase does, here. */
  readonly prove?: (path: string) => Promise<unknown>
}

/**
 * Opens the copy inside a backup and proves it: key, version, every page, the audit chain.
 * Throws 'store-damaged', 'store-wrong-key', 'store-from-newer-version', 'disk-full'.
 */
export const verifyBackup = async (
  options: BackupCheckOptions & {
    /** Where it is unpacked for that: beside the backup, which may lie where nothing can be written. */
    readonly part?: string
  },
): Promise<BackupHeader> => {
  const part = options.part ?? `${options.from}.verify-part`
  try {
    return await extractProved(options, part)
  } catch (error) {
    throw asBackupError(error, options.signal)
  } finally {
    removeDatabase(part)
  }
}

/**
 * Puts a proved copy where no store is yet. The store's name appears in one step, whole and
 * proved, or not at all. Throws as verifyBackup does, 'already-set-up' when a store is there, and
 * 'workspace-in-use'.
 */
export const restoreBackup = async (
  options: BackupCheckOptions & { readonly to: string },
): Promise<BackupHeader> => {
  const { to } = options
  secureWorkspaceFolder(dirname(to))
  const release = lockWorkspace(to)
  const part = `${to}.restore-part`
  try {
    // A left-over WAL of a store that is gone would be read into the restored one.
    const taken = [to, `${to}-wal`, `${to}-journal`].some((path) => existsSync(path))
    if (taken) throw new NocturneError('already-set-up', { what: 'store' })
    const header = await extractProved(options, part)
    for (const suffix of ['-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true })
    renameSync(part, to)
    syncFolder(dirname(to))
    return header
  } catch (error) {
    throw asBackupError(error, options.signal)
  } finally {
    removeDatabase(part)
    release()
  }
}

/**
 * Reads in a store that is not open here (its workspace is locked by the caller) and changes no byte
 * of it. `layout`: the number of its newest migration.
 */
export const lookIntoStore = <Result>(
  path: string,
  key: Buffer,
  look: (reader: StoreReader, layout: number) => Result,
): Result => {
  const connection = openConnection({ path, key, readonly: true })
  try {
    const layout = checkVersion(connection, migrations)
    return look(createStoreReader(connection), layout)
  } catch (error) {
    throw asStoreError(error)
  } finally {
    connection.close()
  }
}

/** The persons whose keys were erased. */
export const erasedIn = (reader: StoreReader): readonly string[] =>
  reader
    .prepare<[], { id: string }>('SELECT subject_id AS id FROM subject_key WHERE sealed IS NULL')
    .all()
    .map(({ id }) => id)

/** The newest layout that this console knows. */
export const knownLayout = migrations.at(-1)?.version ?? 0

/** The migration that brought keys of persons. */
export const subjectKeysSince = 170

const extractProved = async (options: BackupCheckOptions, part: string): Promise<BackupHeader> => {
  removeDatabase(part)
  createPrivateFile(part)
  const header = await extractDatabase(options.from, part, options.signal)
  const { prove, proveChain } = options
  if (prove !== undefined) await prove(part)
  // SECURITY: nothing counts that nobody proves.
  else if (proveChain === undefined) throw new Error('a copy without its proof')
  else proveDatabase(part, { ...options, proveChain })
  return header
}

/**
 * A copy of a store that another connection has open and may be writing: one consistent state of it,
 * through a handle that the operating system opened read-only. `to` exists and is empty.
 */
export const copyDatabase = (path: string, key: Buffer, to: string): void => {
  const connection = openConnection({ path, key, readonly: true })
  try {
    // It would refuse the copy as well; the file itself stays read-only.
    connection.pragma('query_only = OFF')
    connection.prepare('VACUUM INTO ?').run(to)
  } finally {
    connection.close()
  }
}

/**
 * Key, version, structure (every page proves its HMAC as it is read), chain. A page that does not
 * may end the check itself: `store-damaged` either way.
 */
export const proveDatabase = (
  path: string,
  {
    key,
    proveChain,
    look,
  }: Pick<BackupCheckOptions, 'key' | 'look'> & { readonly proveChain: ChainProof },
): void =>
  withStoreErrors(() => {
    const connection = openConnection({ path, key, readonly: true })
    try {
      try {
        checkVersion(connection, migrations)
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB') {
          throw new NocturneError(classifyUnreadable(path, key))
        }
        throw error
      }
      if (connection.pragma('integrity_check(1)', { simple: true }) !== 'ok') {
        throw new NocturneError('store-damaged', { what: 'integrity' })
      }
      const reader = createStoreReader(connection)
      if (!proveChain(reader).ok) throw new NocturneError('store-damaged', { what: 'audit-chain' })
      look?.(reader)
    } finally {
      connection.close()
    }
  })

export const removeDatabase = (path: string): void => {
  for (const suffix of ['', '-journal', '-wal', '-shm']) {
    rmSync(`${path}${suffix}`, { force: true })
  }
}

const asBackupError = (error: unknown, signal: AbortSignal | undefined): unknown => {
  if (signal?.aborted === true) return new NocturneError('cancelled')
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
    return new NocturneError('disk-full', {}, { cause: error })
  }
  return asStoreError(error)
}
