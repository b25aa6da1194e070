import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Log } from '../engine/log.ts'
import { backupStore, type BackupStep } from '../store/backup.ts'
import type { Store } from '../store/open-store.ts'
import type { Transaction } from '../store/write-path.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { BackupKey } from './backup-key.ts'
import { backupName, belongsTo, listBackups, readyFolder, removeParts } from './backup-folder.ts'
import type { BackupContents } from './contents.ts'
import { toRemove } from './keep-rule.ts'
import type { CopyStore, ProveStore } from './store-work.ts'
import { forgetMade, putMade, type BackupReads } from './tables.ts'

export interface BackupFile {
  readonly name: string
  readonly bytes: number
}

/** Refusals of the file system that the person can do something about. */
const codes = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'folder-not-writable',
  EPERM: 'folder-not-writable',
  EROFS: 'folder-not-writable',
  ENOENT: 'folder-gone',
  ENOTDIR: 'folder-gone',
} as const

export const asRefusal = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string' || !Object.hasOwn(codes, code)) return error
  return new NocturneError(codes[code as keyof typeof codes], {}, { cause: error })
}

const dayMs = 86_400_000

/** One backup, and then the keep rule. Nothing is left of one that fails. */
export const makeBackup = async (
  deps: {
    readonly store: Store
    readonly reads: BackupReads
    readonly backupKey: BackupKey
    readonly keys: WorkspaceKeys
    readonly copyStore: CopyStore
    readonly proveStore: ProveStore
    readonly newId: () => string
    readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
    readonly log: Pick<Log, 'error'>
  },
  place: { readonly folder: string; readonly chosen: boolean },
  call: {
    readonly at: number
    readonly signal: AbortSignal
    readonly onStep: (step: BackupStep) => void
  },
): Promise<BackupFile> => {
  const { store, log, keys } = deps
  const { folder, chosen } = place
  const { at } = call
  const name = backupName(at)
  const to = join(folder, name)
  readyFolder(folder, chosen)
  removeParts(folder, chosen ? at - dayMs : undefined)
  if (existsSync(to)) throw new NocturneError('conflict', { what: 'backup-exists' })
  const { envelope, keep } = deps.backupKey.envelope()
  let contents: BackupContents | null = null
  try {
    await backupStore(store, {
      to,
      key: keys.storeKey,
      copy: (copy) => deps.copyStore(store.path, keys, copy, call.signal),
      prove: async (path) => {
        contents = await deps.proveStore(path, keys, call.signal)
      },
      now: at,
      commandId: deps.newId(),
      keyEnvelope: envelope,
      onStep: call.onStep,
      signal: call.signal,
      remember: (tx, header) => {
        keep(tx)
        if (contents === null) throw new Error('a backup that was not looked through')
        putMade(tx, { name, bytes: statSync(to).size, header, contents, provedAt: at })
      },
    })
  } catch (error) {
    // Whole, but not remembered: to the person it failed, so it is not there either.
    rmSync(to, { force: true })
    throw error
  }
  try {
    const gone = await removeByRule(deps, place, name)
    if (gone.length > 0) {
      deps.write('backups.removedOlder', { count: gone.length }, (tx) => forgetMade(tx, gone))
    }
  } catch (error) {
    // The new one is there and counts; the next one tries again.
    log.error('older backups could not be removed', { error })
  }
  return { name, bytes: statSync(to).size }
}

const removeByRule = async (
  { reads, keys }: { readonly reads: BackupReads; readonly keys: WorkspaceKeys },
  { folder, chosen }: { readonly folder: string; readonly chosen: boolean },
  made: string,
): Promise<readonly string[]> => {
  const known = reads.made()
  const ours: { name: string; at: number; good: boolean | null }[] = []
  for (const { name, at } of listBackups(folder)) {
    if (chosen && !(await belongsTo(join(folder, name), keys.workspaceId))) continue
    const proof = known.get(name)
    ours.push({ name, at, good: proof === undefined ? null : proof.problem === null })
  }
  const gone = toRemove(ours, reads.settings().keep, made)
  for (const name of gone) rmSync(join(folder, name), { force: true })
  return gone
}
