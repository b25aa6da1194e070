import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { isTransfer, openFile, type OpenedFile } from '../backups/open-file.ts'
import { headerOf, type BackupView } from '../backups/read-backup.ts'
import { presentIn } from '../backups/present.ts'
import { finishRestore, restoreWorkspace, type Restored } from '../backups/restore.ts'
import { waysIn } from '../backups/tables.ts'
import { restorePorts } from '../engine/restore-ports.ts'
import { openOsKeychain } from '../vault/os-keychain.ts'
import { inspectWorkspace, type Protection } from '../vault/vault.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { openKeys } from '../workspace/rotation.ts'

/** `verify-backup` and `restore`: no engine, no session; who has the backup's secret has the data. */

type AskSecret = (variable: string, question: string) => Promise<string>

export interface BackupFileOptions {
  readonly file: string
  /** The workspace it goes into, and whose own keys open a backup that nothing else opens. */
  readonly workspaceDir: string
  readonly askSecret: AskSecret
  readonly signal: AbortSignal
}

/** Of the workspace that is there; null: there is none, or it does not open. */
const presentKeys = async (
  dir: string,
  askSecret: AskSecret,
  mustOpen: boolean,
): Promise<WorkspaceKeys | null> => {
  const keychain = await openOsKeychain()
  const { state } = inspectWorkspace(dir, keychain)
  if (state === 'new') return null
  const open = async (): Promise<WorkspaceKeys> =>
    state === 'needs-passphrase'
      ? openKeys(dir, {
          keychain,
          passphrase: await askSecret('NOCTURNE_PASSPHRASE', 'Passphrase of the workspace'),
        })
      : openKeys(dir, { keychain })
  if (mustOpen) return open()
  return open().catch(() => null)
}

/** By its passphrase or key; a backup that has neither, by the workspace's own keys. */
const opened = async ({
  file,
  workspaceDir,
  askSecret,
}: BackupFileOptions): Promise<OpenedFile> => {
  const ports = {
    proveStore: restorePorts.proveStore,
    ownKeys: async () => {
      const own = await presentKeys(workspaceDir, askSecret, true)
      if (own === null) throw new NocturneError('not-set-up', { what: 'own-keys' })
      return { keys: own, wipe: own.wipe }
    },
  }
  if (isTransfer(file)) {
    const question = 'Passphrase or one-time key of the transfer file'
    return openFile(file, await askSecret('NOCTURNE_TRANSFER_PASSPHRASE', question), ports)
  }
  if (waysIn(await headerOf(file)).length === 0) return openFile(file, null, ports)
  const question = 'Passphrase or recovery key of the backup'
  return openFile(file, await askSecret('NOCTURNE_BACKUP_PASSPHRASE', question), ports)
}

/** Proves it and says what is in it. */
export const verifyBackupFile = async (options: BackupFileOptions): Promise<BackupView> => {
  const file = await opened(options)
  try {
    return await file.view(options.signal)
  } finally {
    file.wipe()
  }
}

const transferLines = ({ transfer }: BackupView): readonly string[] => {
  if (transfer === null) return []
  const { history, historyBytes, mapBytes, families, act, name, appVersion } = transfer
  return [
    `made to ${act} “${name}”, by Nocturne ${appVersion}`,
    `history: ${history === null ? 'none' : `${history.days} days`}, ${historyBytes} bytes; map ${mapBytes} bytes; own families ${families}`,
  ]
}

export const backupViewLines = (view: BackupView): readonly string[] => [
  view.transfer === null
    ? `the backup is whole: ${view.bytes} bytes, made ${new Date(view.createdAt).toISOString()}`
    : `a transfer file: ${view.bytes} bytes, made ${new Date(view.createdAt).toISOString()}`,
  ...transferLines(view),
  `owner ${view.contents.owner ?? '–'}; ${view.contents.olts} OLTs, ${view.contents.onus} ONUs, ${view.contents.accounts} accounts`,
  `${view.contents.auditRows} rows of the audit trail, ${view.contents.rows} rows in all, version ${view.schemaVersion}`,
  `opens with ${view.ways.length === 0 ? 'its workspace’s own keys alone' : view.ways.join(' or ')}`,
]

export interface RestoreDone extends Restored {
  readonly workspace: string
  readonly view: BackupView
}

/** `inPlace` keeps the workspace that is there beside it. */
export const restoreFile = async (
  options: BackupFileOptions & { readonly inPlace: boolean },
): Promise<RestoreDone> => {
  const { workspaceDir: dir, askSecret, signal } = options
  if (finishRestore(dir)) throw new NocturneError('conflict', { what: 'restore-finished' })
  const isThere = existsSync(join(dir, 'store.db'))
  if (isThere && !options.inPlace) throw new NocturneError('already-set-up', { what: 'store' })
  const held = await opened(options)
  let present: WorkspaceKeys | null = null
  try {
    const view = await held.view(signal)
    const keychain = await openOsKeychain()
    const protection: Protection =
      keychain.kind === 'none'
        ? {
            backend: 'passphrase',
            passphrase: await askSecret('NOCTURNE_PASSPHRASE', 'Passphrase of the workspace'),
          }
        : { backend: 'os-keychain', keychain }
    present = isThere ? await presentKeys(dir, askSecret, false) : null
    const restored = await restoreWorkspace({
      ...restorePorts,
      source: held.source,
      dir,
      protection,
      clock: { now: Date.now },
      newId: createUuidV7Source({ now: Date.now, randomBytes }),
      how: options.inPlace ? 'in-place' : 'new',
      present: present === null ? null : presentIn(dir, present),
      signal,
    })
    return { ...restored, workspace: dir, view }
  } finally {
    held.wipe()
    present?.wipe()
  }
}

export const restoreLines = ({
  workspace,
  keptAs,
  erasedAgain,
  erasedKnown,
  view,
}: RestoreDone): readonly string[] => [
  ...backupViewLines(view),
  `restored into ${workspace}`,
  ...(keptAs === null ? [] : [`what was there is kept in ${keptAs}`]),
  ...(erasedAgain === 0 ? [] : [`${erasedAgain} persons erased since then are erased again`]),
  ...(erasedKnown ? [] : ['what was there does not open: nobody knows who was erased in it']),
]
