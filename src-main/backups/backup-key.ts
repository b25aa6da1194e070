import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import {
  backupWay,
  makeBackupKey,
  openWithBackupKey,
  wrapForBackup,
  type BackupEnvelope,
  type BackupWay,
} from '../vault/backup-envelope.ts'
import { seal, unseal } from '../vault/seal.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'

/** The key of this workspace's backups: it lies sealed in the store, with the ways to it. */
export interface BackupKey {
  waysNow(): readonly BackupWay['kind'][]
  /** For a backup that is being made; `keep` keeps a key that was made for it. */
  envelope(): { readonly envelope: BackupEnvelope; readonly keep: (tx: Transaction) => void }
  /**
   * Another way in, in place of the one of its kind. The transaction is refused ('conflict') where
   * the ways changed meanwhile.
   */
  addWay(
    way: (backupKey: Buffer) => BackupWay | Promise<BackupWay>,
  ): Promise<(tx: Transaction) => void>
  removeWay(kind: BackupWay['kind']): (tx: Transaction) => void
  /** The keys in a backup of ours; null: it was wrapped by another key. */
  open(envelope: BackupEnvelope): WorkspaceKeys | null
}

export const backupKeyPlace = { purpose: 'backup.key', rowId: '1' } as const

interface Row {
  readonly sealed: Buffer
  readonly ways: string
  readonly version: number
}

const ways = z.array(backupWay)

export const createBackupKey = (reader: StoreReader, keys: WorkspaceKeys): BackupKey => {
  const select = reader.prepare<[], Row>(
    'SELECT sealed, ways, version FROM backup_key WHERE id = 1',
  )
  const waysOf = (row: Row | undefined): readonly BackupWay[] =>
    row === undefined ? [] : ways.parse(JSON.parse(row.ways))

  /** Wiped after `work`. */
  const withKey = <Result>(
    row: Row | undefined,
    work: (backupKey: Buffer, put: (tx: Transaction, ways: readonly BackupWay[]) => void) => Result,
  ): Result => {
    const backupKey =
      row === undefined ? makeBackupKey() : unseal(row.sealed, keys.vaultKey, backupKeyPlace)
    const sealed = row?.sealed ?? seal(backupKey, keys.vaultKey, backupKeyPlace)
    const wipe = (): void => void backupKey.fill(0)
    const put = (tx: Transaction, next: readonly BackupWay[]): void => {
      const text = JSON.stringify(next)
      const changes =
        row === undefined
          ? tx.run(
              `INSERT INTO backup_key (id, sealed, ways, version) VALUES (1, ?, ?, 1)
               ON CONFLICT (id) DO NOTHING`,
              sealed,
              text,
            )
          : tx.run(
              'UPDATE backup_key SET ways = ?, version = version + 1 WHERE id = 1 AND version = ?',
              text,
              row.version,
            )
      if (changes !== 1) throw new NocturneError('conflict', { what: 'backup-key' })
    }
    let result: Result
    try {
      result = work(backupKey, put)
    } catch (error) {
      wipe()
      throw error
    }
    if (result instanceof Promise) return result.finally(wipe) as Result
    wipe()
    return result
  }

  return {
    waysNow: () => waysOf(select.get()).map(({ kind }) => kind),
    envelope() {
      const row = select.get()
      return withKey(row, (backupKey, put) => ({
        envelope: wrapForBackup(keys, backupKey, waysOf(row)),
        keep: row === undefined ? (tx) => put(tx, []) : () => undefined,
      }))
    },
    addWay(make) {
      const row = select.get()
      return withKey(row, async (backupKey, put) => {
        const way = await make(backupKey)
        const others = waysOf(row).filter(({ kind }) => kind !== way.kind)
        return (tx: Transaction) => put(tx, [...others, way])
      })
    },
    removeWay(kind) {
      const row = select.get()
      if (row === undefined) return () => undefined
      const others = waysOf(row).filter((way) => way.kind !== kind)
      return withKey(row, (_, put) => (tx: Transaction) => put(tx, others))
    },
    open(envelope) {
      const row = select.get()
      if (row === undefined) return null
      try {
        return withKey(row, (backupKey) => openWithBackupKey(envelope, backupKey))
      } catch (error) {
        if (error instanceof NocturneError && error.code === 'secret-unreadable') return null
        throw error
      }
    },
  }
}
