import type { BackupView as ToldView } from '../../src-shared/contract/restore.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { knownLayout } from '../store/backup.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { keysInBackup, viewBackup, type BackupView } from './read-backup.ts'
import type { Source } from './restore.ts'
import type { ProveStore } from './store-work.ts'
import { openTransfer, transferHead } from './transfer/read-transfer.ts'

/** A backup or a transfer file whose secret fitted. */
export interface OpenedFile {
  readonly source: Source
  /** What is in it; of a backup only after all of it has proved itself. */
  view(signal?: AbortSignal): Promise<BackupView>
  readonly wipe: () => void
}

export const isTransfer = (path: string): boolean => transferHead(path) !== null

/**
 * With what a person typed; null: a backup, by the keys of its own workspace. The caller wipes it.
 * Throws 'wrong-passphrase', 'backup-damaged', 'transfer-damaged', 'store-from-newer-version',
 * 'not-found'.
 */
export const openFile = async (
  path: string,
  typed: string | null,
  ports: {
    readonly proveStore: ProveStore
    readonly ownKeys?: (path: string) => Promise<OwnKeys>
  },
): Promise<OpenedFile> => {
  const head = transferHead(path)
  if (head !== null) {
    if (typed === null) throw new NocturneError('wrong-passphrase')
    const transfer = await openTransfer(path, head, typed)
    const { view, ways, wipe } = transfer
    return {
      source: { kind: 'transfer', transfer },
      view: () => Promise.resolve({ ...view, ways }),
      wipe,
    }
  }
  const { keys, wipe } = await backupKeys(path, typed, ports.ownKeys)
  return {
    source: { kind: 'backup', path, keys },
    view: (signal) => viewBackup(path, keys, ports.proveStore, signal),
    wipe,
  }
}

export interface OwnKeys {
  readonly keys: WorkspaceKeys
  readonly wipe: () => void
}

const backupKeys = async (
  path: string,
  typed: string | null,
  ownKeys: ((path: string) => Promise<OwnKeys>) | undefined,
): Promise<OwnKeys> => {
  if (typed === null) {
    if (ownKeys === undefined) throw new NocturneError('wrong-passphrase', { what: 'no-way' })
    return ownKeys(path)
  }
  const keys = await keysInBackup(path, typed)
  return { keys, wipe: keys.wipe }
}

/** As the contract tells it. */
export const toldView = (seen: BackupView): ToldView => ({
  ...seen,
  ways: [...seen.ways],
  ownSchemaVersion: knownLayout,
})
