import { existsSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import { readErased, restoreBackup } from '../store/backup.ts'
import { openStore } from '../store/open-store.ts'
import { syncFolder } from '../store/workspace-files.ts'
import { lockWorkspace } from '../store/workspace-lock.ts'
import { runCommand } from '../store/write-path.ts'
import { sealKeys, type Protection } from '../vault/vault.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { asBackupDamage, type ChainProofUnder } from './read-backup.ts'

export interface RestoreOptions {
  readonly from: string
  /** Those in the backup (keysInBackup). The caller wipes them. */
  readonly keys: WorkspaceKeys
  /** The workspace's folder: absolute. */
  readonly dir: string
  /** Under which the restored workspace's keys are sealed on this machine. */
  readonly protection: Protection
  readonly proveChain: ChainProofUnder
  readonly clock: { readonly now: () => number }
  readonly newId: () => string
  /**
   * new: there is no workspace at `dir`. in-place: the one that is there is kept beside it, under a
   * name that says so.
   */
  readonly how: 'new' | 'in-place'
  /** The present keys of the workspace at `dir`, to know who was erased since; null: unknown. */
  readonly presentKeys?: WorkspaceKeys | null
  readonly signal?: AbortSignal
}

export interface Restored {
  /** Where the workspace that was there is now; null: there was none. */
  readonly keptAs: string | null
  /** Persons who were erased since the backup was made, and are now erased in it too. */
  readonly erasedAgain: number
}

const storeFile = 'store.db'
const stagingOf = (dir: string): string => `${dir}.restoring`
/** In a staging folder that lacks nothing but its place. */
const readyMark = 'restored'

/**
 * Restores a whole workspace. All of it is made, proved and opened beside `dir`; only then the
 * folders change places. Killed at any moment, either the old workspace is at `dir`, or
 * `finishRestore` brings the new one there.
 *
 * Throws 'workspace-in-use', 'already-set-up', 'backup-damaged', 'store-from-newer-version',
 * 'disk-full', 'keychain-unavailable', 'password-too-weak'.
 */
export const restoreWorkspace = async (options: RestoreOptions): Promise<Restored> => {
  const { dir, keys } = options
  const staging = stagingOf(dir)
  const isThere = existsSync(join(dir, storeFile)) || existsSync(join(dir, 'keys.json'))
  if (options.how === 'new' && !isEmpty(dir)) {
    throw new NocturneError('already-set-up', { what: 'folder' })
  }
  const release = isThere ? lockWorkspace(join(dir, storeFile)) : () => undefined
  try {
    rmSync(staging, { recursive: true, force: true })
    const path = join(staging, storeFile)
    await restoreBackup({
      from: options.from,
      to: path,
      key: keys.storeKey,
      proveChain: options.proveChain(keys),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    const erased =
      isThere && options.presentKeys != null
        ? readErased(join(dir, storeFile), options.presentKeys.storeKey)
        : []
    const erasedAgain = settle(path, erased, options)
    await sealKeys(staging, keys, options.protection, 'create')
    writeFileSync(join(staging, readyMark), '', { mode: 0o600 })
    // Windows moves no folder with an open file in it.
    if (process.platform === 'win32') release()
    const keptAs = isThere ? keptName(dir, options.clock.now()) : null
    if (keptAs !== null) renameSync(dir, keptAs)
    else if (existsSync(dir) && isEmpty(dir)) rmdirSync(dir)
    finishRestore(dir)
    return { keptAs, erasedAgain }
  } catch (error) {
    // Without its mark it is of no use to anybody.
    if (!existsSync(join(staging, readyMark))) rmSync(staging, { recursive: true, force: true })
    throw asBackupDamage(error)
  } finally {
    release()
  }
}

/**
 * Brings a restored workspace to its place where a restore was killed between its last two steps.
 * At every start: where a workspace is at `dir`, or none waits, nothing happens.
 */
export const finishRestore = (dir: string): boolean => {
  const staging = stagingOf(dir)
  if (!existsSync(join(staging, readyMark))) return false
  if (existsSync(join(dir, 'keys.json'))) return false
  if (existsSync(dir)) {
    // A start has put its log there meanwhile. The keys come last: they are what makes it one.
    const names = readdirSync(staging).filter((name) => name !== 'keys.json' && name !== readyMark)
    for (const name of [...names, 'keys.json']) {
      renameSync(join(staging, name), join(dir, name))
    }
    rmSync(staging, { recursive: true, force: true })
  } else {
    renameSync(staging, dir)
    rmSync(join(dir, readyMark), { force: true })
  }
  syncFolder(dirname(dir))
  return true
}

/** Brings its layout up to date, tells the restore in its own trail, and erases once more. */
const settle = (
  path: string,
  erased: readonly string[],
  { keys, clock, newId }: RestoreOptions,
): number => {
  const store = openStore({
    path,
    key: keys.storeKey,
    auditKey: keys.auditKey,
    auditDetailKey: keys.auditDetailKey,
    clock,
    mode: 'open',
  })
  try {
    const actor = { accountId: null, sessionId: null, clientKind: 'terminal' }
    const tell = (name: string, auditInput: object, subjectId: string | null): void => {
      const call = { commandId: newId(), name, actor, auditInput, at: clock.now() }
      runCommand(store, call, (tx) => {
        if (subjectId !== null) tx.eraseSubject(subjectId)
        return { result: {} }
      })
    }
    const known = store.reader.prepare<[string], { one: number }>(
      'SELECT 1 AS one FROM subject_key WHERE subject_id = ? AND sealed IS NULL',
    )
    const again = erased.filter((id) => known.get(id) === undefined)
    tell('backups.restored', { erasedAgain: again.length }, null)
    for (const id of again) tell('backups.erasedAgain', {}, id)
    return again.length
  } finally {
    store.stop()
  }
}

const isEmpty = (dir: string): boolean => !existsSync(dir) || readdirSync(dir).length === 0

const keptName = (dir: string, at: number): string => {
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  const name = `${dir}-before-restore-${day}-${time.slice(0, 8).replaceAll(':', '')}`
  if (!existsSync(name)) return name
  throw new NocturneError('conflict', { what: 'kept-folder' })
}
