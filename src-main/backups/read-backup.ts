import { rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { BackupView as ToldView } from '../../src-shared/contract/restore.ts'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import { readBackupHeader, type BackupHeader } from '../store/backup-file.ts'
import { verifyBackup, type ChainProof } from '../store/backup.ts'
import { envelopeIn, openEnvelope } from '../vault/backup-envelope.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { BackupContents } from './contents.ts'
import type { ProveStore } from './store-work.ts'
import { waysIn } from './tables.ts'

/** What is in a backup, read from the file that has proved itself. */
export interface BackupView {
  readonly createdAt: number
  readonly bytes: number
  readonly workspaceId: string
  readonly schemaVersion: number
  readonly ways: readonly ('passphrase' | 'recovery-key')[]
  readonly contents: BackupContents
  /** Of a transfer file. */
  readonly transfer: ToldView['transfer']
}

/** A chain proof under given keys; the engine and the terminal pass audit/verify.ts. */
export type ChainProofUnder = (keys: WorkspaceKeys) => ChainProof

/**
 * The keys in a backup, by what a person typed: its passphrase or recovery key. The caller wipes
 * them. Throws 'wrong-passphrase', 'backup-damaged', 'not-found'.
 */
export const keysInBackup = async (path: string, typed: string): Promise<WorkspaceKeys> => {
  const { keyEnvelope } = await headerOf(path)
  const envelope = damagedBackup(() => envelopeIn(keyEnvelope))
  if (envelope === null) throw new NocturneError('wrong-passphrase', { what: 'no-way' })
  return openEnvelope(envelope, typed)
}

export const headerOf = async (path: string): Promise<BackupHeader> => {
  const state = statSync(path, { throwIfNoEntry: false })
  if (state === undefined || !state.isFile()) throw new NocturneError('not-found', { what: 'file' })
  try {
    return await readBackupHeader(path)
  } catch (error) {
    throw asBackupDamage(error)
  }
}

/**
 * Opens, proves and counts, in a folder of its own in the machine's temporary one: beside the backup
 * there may be no right to write. It stays encrypted there, and nothing is left behind.
 *
 * Throws as verifyBackup does, but 'backup-damaged'.
 */
export const viewBackup = async (
  path: string,
  keys: WorkspaceKeys,
  proveStore: ProveStore,
  signal?: AbortSignal,
): Promise<BackupView> => {
  const folder = await mkdtemp(join(tmpdir(), 'nocturne-look-'))
  const counted: { contents: BackupContents | null } = { contents: null }
  try {
    const header = await verifyBackup({
      from: path,
      part: join(folder, 'store.db'),
      key: keys.storeKey,
      prove: async (part) => {
        counted.contents = await proveStore(part, keys, signal)
      },
      ...(signal === undefined ? {} : { signal }),
    })
    const { contents } = counted
    if (contents === null) throw new Error('a backup that was not looked through')
    return {
      createdAt: header.createdAt,
      bytes: statSync(path).size,
      workspaceId: keys.workspaceId,
      schemaVersion: header.schemaVersion,
      ways: waysIn(header),
      contents,
      transfer: null,
    }
  } catch (error) {
    throw asBackupDamage(error)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * A damaged backup is not a damaged workspace. A key that does not open what lies beside it in the
 * same file is damage too.
 */
export const asBackupDamage = (error: unknown): unknown =>
  isNocturneError(error) && (error.code === 'store-damaged' || error.code === 'store-wrong-key')
    ? new NocturneError('backup-damaged', { what: String(error.params['what'] ?? error.code) })
    : error

export const damagedBackup = <Result>(read: () => Result): Result => {
  try {
    return read()
  } catch (error) {
    throw asBackupDamage(error)
  }
}
