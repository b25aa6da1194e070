import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import type { AuditClassifier } from '../store/audit-append.ts'
import { restoreBackup } from '../store/backup.ts'
import { openStore } from '../store/open-store.ts'
import { rotateStore, type Reseal } from '../store/rotate-store.ts'
import { asStoreError } from '../store/store-errors.ts'
import { syncFolder } from '../store/workspace-files.ts'
import { lockWorkspace } from '../store/workspace-lock.ts'
import { runCommand } from '../store/write-path.ts'
import { copyKeys, makeKeys } from '../vault/workspace-keys.ts'
import { sealKeys, type Protection } from '../vault/vault.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { asRefusal } from './make-backup.ts'
import { asBackupDamage, type ChainProofUnder } from './read-backup.ts'
import { putStanding, readStanding, type Standing } from './standing.ts'
import type { ProveStore } from './store-work.ts'
import type { OpenedTransfer } from './transfer/read-transfer.ts'
import { dropUnderWay, isUnderWay } from './transfer/under-way.ts'

/** What a restore needs of other parts; the engine and the terminal pass engine/restore-ports.ts. */
export interface RestorePorts {
  readonly proveChain: ChainProofUnder
  /** What sort of act a row of the trail is: the restored one's own rows are told like any other. */
  readonly classify: AuditClassifier
  /** Seals everything in a store under other keys. */
  readonly reseal: (reseal: Reseal, old: WorkspaceKeys, next: WorkspaceKeys, now: number) => void
  /** Proves and counts a store that is closed, in a thread of its own where there is one. */
  readonly proveStore: ProveStore
  readonly clock: { readonly now: () => number }
  readonly newId: () => string
}

/** What is taken in, opened with what a person typed. */
export type Source =
  | { readonly kind: 'backup'; readonly path: string; readonly keys: WorkspaceKeys }
  | { readonly kind: 'transfer'; readonly transfer: OpenedTransfer }

/** The workspace that is there now, as far as it opens. */
export interface Present {
  readonly workspaceId: string
  /** Persons whose keys are gone. */
  readonly erased: readonly string[]
  readonly standing: Standing | null
}

export type RestoreStep = 'unpack' | 'settle' | 'keys'

export interface StageOptions extends RestorePorts {
  /** The caller wipes its keys. */
  readonly source: Source
  /** The workspace's folder: absolute. */
  readonly dir: string
  /**
   * new: there is no workspace at `dir`, and the restored one gets keys of its own. in-place: the
   * one that is there is kept beside it, under a name that says so; the keys are the backup's.
   */
  readonly how: 'new' | 'in-place'
  readonly onStep?: (step: RestoreStep) => void
  readonly signal?: AbortSignal
}

/** A whole workspace beside its place, which nobody takes for one yet. */
export interface Staged {
  readonly dir: string
  readonly how: 'new' | 'in-place'
  /** Of the restored one. Wiped by `drop`. */
  readonly keys: WorkspaceKeys
  /** When what it was made from was made, wall ms. */
  readonly createdAt: number
  /** What it was made from is marked as moved: nothing else is at work. */
  readonly isMoved: boolean
  /** Wipes the keys; and where it did not take its place, nothing is left of it. */
  readonly drop: () => void
}

export interface Restored {
  /** Where the workspace that was there is now; null: there was none. */
  readonly keptAs: string | null
  /** Persons who were erased since the backup was made, and are now erased in it too. */
  readonly erasedAgain: number
  /** False: what was there does not open, so nobody knows who was erased in it. */
  readonly erasedKnown: boolean
}

const storeFile = 'store.db'
const stagingOf = (dir: string): string => `${dir}.restoring`
/** In a staging folder that lacks nothing but its place. */
const readyMark = 'restored'
/** What a start or a list of workspaces writes into a folder before a workspace is made in it. */
const notYetAWorkspace = new Set(['logs', 'workspace.json'])

/**
 * Unpacks and proves a backup beside `dir`, which is not touched: nothing is closed for it.
 *
 * Throws 'workspace-in-use', 'already-set-up', 'backup-damaged', 'store-from-newer-version',
 * 'disk-full', 'folder-not-writable', 'cancelled': nothing is left behind.
 */
export const stageRestore = async (options: StageOptions): Promise<Staged> => {
  const { dir, how, source } = options
  const keys = source.kind === 'backup' ? source.keys : source.transfer.keys
  const onStep = options.onStep ?? (() => undefined)
  if (how === 'new' && !isFree(dir)) throw new NocturneError('already-set-up', { what: 'folder' })
  const staging = stagingOf(dir)
  const path = join(staging, storeFile)
  let own: WorkspaceKeys | null = null
  const drop = (): void => {
    own?.wipe()
    if (!existsSync(join(staging, readyMark))) rmSync(staging, { recursive: true, force: true })
  }
  try {
    // A folder that is made below a read-only one fails as if that one were not there.
    if (existsSync(dirname(dir))) accessSync(dirname(dir), constants.W_OK)
    rmSync(staging, { recursive: true, force: true })
    onStep('unpack')
    const createdAt = await unpack(staging, options)
    onStep('settle')
    const act = source.kind === 'transfer' ? source.transfer.manifest.act : null
    writeTo(path, keys, options, (tell) =>
      act === null
        ? tell('backups.restored', { made: createdAt })
        : tell('transfer.takenIn', { made: createdAt, act }),
    )
    if (how === 'new') {
      onStep('keys')
      // SECURITY: whoever knows the keys of the one that it was made from does not open this one.
      own = makeKeys(keys.workspaceId)
      rotate(path, keys, own, options)
    } else own = copyKeys(keys)
    if (options.signal?.aborted === true) throw new NocturneError('cancelled')
    return { dir, how, keys: own, createdAt, isMoved: act === 'move', drop }
  } catch (error) {
    drop()
    throw asRestoreRefusal(error)
  }
}

/** Into a folder beside the place. Resolves with when it was made. */
const unpack = async (
  staging: string,
  { source, proveChain, proveStore, signal }: StageOptions,
): Promise<number> => {
  if (source.kind === 'transfer') {
    await source.transfer.unpack(staging, proveStore, signal)
    return source.transfer.manifest.createdAt
  }
  const { createdAt } = await restoreBackup({
    from: source.path,
    to: join(staging, storeFile),
    key: source.keys.storeKey,
    proveChain: proveChain(source.keys),
    prove: (path) => proveStore(path, source.keys, signal),
    ...(signal === undefined ? {} : { signal }),
  })
  return createdAt
}

/**
 * The staged workspace takes its place. What was there must be closed. Killed at any moment, either
 * the old workspace is at `dir`, or `finishRestore` brings the new one there. The caller wipes the keys
 * that it gets: those of the restored one.
 *
 * Throws 'workspace-in-use', 'keychain-unavailable', 'password-too-weak', 'conflict' (one that was
 * kept a second ago has its name): then everything is as it was.
 */
export const takeRestored = async (
  staged: Staged,
  options: RestorePorts & {
    /** Under which the restored workspace's keys are sealed on this machine. */
    readonly protection: Protection
    /** Null: there is none, or it does not open: nobody knows who was erased since. */
    readonly present: Present | null
  },
): Promise<{ readonly restored: Restored; readonly keys: WorkspaceKeys }> => {
  const { dir, keys } = staged
  const staging = stagingOf(dir)
  const isThere = existsSync(join(dir, storeFile)) || existsSync(join(dir, 'keys.json'))
  try {
    const release = isThere ? lockWorkspace(join(dir, storeFile)) : () => undefined
    try {
      const erasedAgain = settle(join(staging, storeFile), staged, options)
      await sealKeys(staging, keys, options.protection, 'create')
      const keptAs = isThere ? keptName(dir, options.clock.now()) : null
      writeFileSync(join(staging, readyMark), '', { mode: 0o600 })
      // Windows moves no folder with an open file in it.
      if (process.platform === 'win32') release()
      try {
        if (keptAs !== null) renameSync(dir, keptAs)
        else if (existsSync(dir) && readdirSync(dir).length === 0) rmdirSync(dir)
      } catch (error) {
        rmSync(join(staging, readyMark), { force: true })
        throw error
      }
      finishRestore(dir)
      const erasedKnown = !isThere || options.present !== null
      return { restored: { keptAs, erasedAgain, erasedKnown }, keys: copyKeys(keys) }
    } finally {
      release()
    }
  } catch (error) {
    throw asRestoreRefusal(error)
  } finally {
    staged.drop()
  }
}

/** Both, where nothing is open: the terminal, and the door of a machine without a workspace. */
export const restoreWorkspace = async (
  options: StageOptions & Parameters<typeof takeRestored>[1],
): Promise<Restored> => {
  const { dir } = options
  const isThere = existsSync(join(dir, storeFile)) || existsSync(join(dir, 'keys.json'))
  // The refusal first: what is open elsewhere is not unpacked for.
  if (isThere && options.how === 'in-place') lockWorkspace(join(dir, storeFile))()
  const { restored, keys } = await takeRestored(await stageRestore(options), options)
  keys.wipe()
  return restored
}

/**
 * Brings a restored workspace to its place where a restore was killed between its last two steps.
 * At every start: where a workspace is at `dir`, or none waits, nothing happens. Throws
 * 'workspace-in-use': another start is at it.
 */
export const finishRestore = (dir: string): boolean => {
  const staging = stagingOf(dir)
  const isWaiting = (): boolean =>
    existsSync(join(staging, readyMark)) && !existsSync(join(dir, 'keys.json'))
  if (!isWaiting()) return false
  const release = lockWorkspace(join(staging, storeFile))
  try {
    // Another start may have brought it there while this one looked.
    if (!isWaiting()) return false
    // Windows moves no folder with an open file in it, and no such file.
    if (process.platform === 'win32') release()
    moveIn(staging, dir)
  } finally {
    release()
  }
  syncFolder(dirname(dir))
  return true
}

const moveIn = (staging: string, dir: string): void => {
  if (!existsSync(dir)) {
    renameSync(staging, dir)
    rmSync(join(dir, readyMark), { force: true })
    return
  }
  // A start has put its log there meanwhile. The keys come last: they are what makes it one.
  const names = readdirSync(staging).filter((name) => name !== 'keys.json' && name !== readyMark)
  for (const name of [...names, 'keys.json']) {
    renameSync(join(staging, name), join(dir, name))
  }
  rmSync(staging, { recursive: true, force: true })
}

type Tell = (name: string, auditInput: object, extra?: TellExtra) => void
interface TellExtra {
  readonly erase?: string
  readonly standing?: Standing | null
  readonly ended?: boolean
}

/** Opens the staged store, brings its layout up to date, and writes into its own trail. */
const writeTo = <Result>(
  path: string,
  keys: WorkspaceKeys,
  { clock, newId, classify }: RestorePorts,
  work: (tell: Tell, store: ReturnType<typeof openStore>) => Result,
): Result => {
  const store = openStore({
    path,
    key: keys.storeKey,
    auditKey: keys.auditKey,
    auditDetailKey: keys.auditDetailKey,
    classify,
    clock,
    mode: 'open',
  })
  try {
    const actor = { accountId: null, sessionId: null, clientKind: 'engine' }
    return work((name, auditInput, extra = {}) => {
      const call = { commandId: newId(), name, actor, auditInput, at: clock.now() }
      runCommand(store, call, (tx) => {
        if (extra.erase !== undefined) tx.eraseSubject(extra.erase)
        if (extra.ended === true) dropUnderWay(tx)
        if (extra.standing !== undefined) putStanding(tx, extra.standing, clock.now())
        return { result: {} }
      })
    }, store)
  } finally {
    store.stop()
  }
}

/** Erases once more who was erased since, and says whether another copy may be at work. */
const settle = (
  path: string,
  { keys, createdAt, isMoved }: Staged,
  options: RestorePorts & { readonly present: Present | null },
): number =>
  writeTo(path, keys, options, (tell, store) => {
    const { present } = options
    const known = store.reader.prepare<[string], { one: number }>(
      'SELECT 1 AS one FROM subject_key WHERE subject_id = ? AND sealed IS NULL',
    )
    const again = (present?.erased ?? []).filter((id) => known.get(id) === undefined)
    for (const id of again) tell('backups.erasedAgain', {}, { erase: id })
    // In the place of the very one that it was made from, nothing else is at work; nor where that
    // one is marked as moved.
    const isAlone =
      isMoved || (present?.workspaceId === keys.workspaceId && present.standing === null)
    const next: Standing | null = isAlone
      ? null
      : { kind: 'restored', since: options.clock.now(), from: createdAt }
    const was = readStanding(store.reader)
    // Of the making of the file: that is not under way here.
    if (isUnderWay(store.reader)) tell('transfer.ended', {}, { ended: true })
    if (next !== null || was !== null) {
      tell('workspace.stood', { kind: next?.kind ?? 'usual' }, { standing: next })
    }
    return again.length
  })

const rotate = (
  path: string,
  old: WorkspaceKeys,
  next: WorkspaceKeys,
  { proveChain, reseal, clock }: RestorePorts,
): void =>
  rotateStore({
    path,
    old,
    next,
    proveChain: proveChain(next),
    reseal: (port) => reseal(port, old, next, clock.now()),
  })

const asRestoreRefusal = (error: unknown): unknown => asBackupDamage(asRefusal(asStoreError(error)))

const isFree = (dir: string): boolean =>
  !existsSync(dir) || readdirSync(dir).every((name) => notYetAWorkspace.has(name))

const keptName = (dir: string, at: number): string => {
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  const name = `${dir}-before-restore-${day}-${time.slice(0, 8).replaceAll(':', '')}`
  if (!existsSync(name)) return name
  throw new NocturneError('conflict', { what: 'kept-folder' })
}
