import { closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import { changeKey } from '../sqlcipher/apply-key.ts'
import { auditHeadSeal } from './audit-chain.ts'
import { openAudit, sealAudit, signerPlace, subjectKeyPlace } from './audit-seal.ts'
import { proveDatabase, removeDatabase, type ChainProof } from './backup.ts'
import { openConnection, type Connection } from './connection.ts'
import type { SqlValue } from './read-handle.ts'
import { asStoreError } from './store-errors.ts'
import { createPrivateFile, syncFolder } from './workspace-files.ts'

interface StoreKeys {
  readonly storeKey: Buffer
  readonly auditKey: Buffer
  readonly auditDetailKey: Buffer
}

/** What seals other secrets anew, in the same transaction as everything else. */
export interface Reseal {
  all<Row>(sql: string, ...parameters: SqlValue[]): Row[]
  run(sql: string, ...parameters: SqlValue[]): void
}

export type RotationStep = 'copied' | 'encrypted' | 'resealed' | 'proved' | 'swapped'

const rotatingOf = (path: string): string => `${path}.rotating`

/** Of a rotation that was killed: the store itself was not touched. */
export const removeRotation = (path: string): void => removeDatabase(rotatingOf(path))

/**
 * Writes the store anew under other keys: a copy, encrypted again page by page, everything sealed
 * in it sealed again, proved whole; then the copy takes the store's place in one step. Killed at
 * any moment, the store is whole under the old keys or under the new ones, and nothing between.
 * The store is closed, and its workspace locked by the caller, who knows both sets of keys.
 *
 * Throws 'disk-full', 'store-damaged', 'store-wrong-key'.
 */
export const rotateStore = (options: {
  readonly path: string
  readonly old: StoreKeys
  readonly next: StoreKeys
  readonly proveChain: ChainProof
  readonly reseal: (reseal: Reseal) => void
  /** Where a test lets it be killed. */
  readonly onStep?: (step: RotationStep) => void
}): void => {
  const { path, old, next } = options
  const copy = rotatingOf(path)
  const onStep = options.onStep ?? (() => undefined)
  try {
    removeDatabase(copy)
    createPrivateFile(copy)
    copyWhole(path, copy, old.storeKey)
    onStep('copied')
    const connection = openConnection({ path: copy, key: old.storeKey, readonly: false })
    try {
      connection.pragma('journal_mode = DELETE')
      connection.pragma('secure_delete = ON')
      changeKey(connection, next.storeKey)
      onStep('encrypted')
      connection.transaction(() => {
        resealAudit(connection, old, next)
        options.reseal({
          all: <Row>(sql: string, ...parameters: SqlValue[]) =>
            connection.prepare(sql).all(...parameters) as Row[],
          run: (sql, ...parameters) => void connection.prepare(sql).run(...parameters),
        })
      })()
    } finally {
      connection.close()
    }
    onStep('resealed')
    proveDatabase(copy, { key: next.storeKey, proveChain: options.proveChain })
    syncFile(copy)
    onStep('proved')
    // What is left of the old store's journal would be read into the new one.
    if (['-wal', '-journal'].some((suffix) => existsSync(`${path}${suffix}`))) {
      throw new NocturneError('workspace-in-use', { what: 'journal' })
    }
    renameSync(copy, path)
    syncFolder(dirname(path))
    onStep('swapped')
  } catch (error) {
    removeDatabase(copy)
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw new NocturneError('disk-full', {}, { cause: error })
    }
    throw asStoreError(error)
  }
}

/** Also what stands in a journal that a kill has left: it is brought into the store first. */
const copyWhole = (path: string, copy: string, key: Buffer): void => {
  const connection = openConnection({ path, key, readonly: false })
  try {
    connection.pragma('wal_checkpoint(TRUNCATE)')
    connection.prepare('VACUUM INTO ?').run(copy)
  } finally {
    connection.close()
  }
}

const resealAudit = (connection: Connection, old: StoreKeys, next: StoreKeys): void => {
  const again = (sealed: Buffer, place: string): Buffer => {
    const plain = openAudit(sealed, old.auditDetailKey, place)
    if (plain === null) throw new NocturneError('store-damaged', { what: 'audit-key' })
    try {
      return sealAudit(plain, next.auditDetailKey, place)
    } finally {
      plain.fill(0)
    }
  }
  const subjects = connection
    .prepare<[], { id: string; sealed: Buffer }>(
      'SELECT subject_id AS id, sealed FROM subject_key WHERE sealed IS NOT NULL',
    )
    .all()
  const putSubject = connection.prepare('UPDATE subject_key SET sealed = ? WHERE subject_id = ?')
  for (const { id, sealed } of subjects) putSubject.run(again(sealed, subjectKeyPlace(id)), id)
  const signers = connection
    .prepare<[], { id: string; sealed: Buffer }>(
      'SELECT fingerprint AS id, private_sealed AS sealed FROM audit_signer',
    )
    .all()
  const putSigner = connection.prepare(
    'UPDATE audit_signer SET private_sealed = ? WHERE fingerprint = ?',
  )
  for (const { id, sealed } of signers) putSigner.run(again(sealed, signerPlace(id)), id)
  const head = connection
    .prepare<[], { count: number; hash: Buffer; seal: Buffer }>(
      'SELECT row_count AS count, hash, seal FROM audit_head WHERE id = 1',
    )
    .get()
  if (head === undefined) return
  // SECURITY: a head that was forged is not sealed anew as if it were ours.
  if (!head.seal.equals(auditHeadSeal(old.auditKey, head.count, head.hash))) {
    throw new NocturneError('store-damaged', { what: 'audit-chain' })
  }
  connection
    .prepare('UPDATE audit_head SET seal = ? WHERE id = 1')
    .run(auditHeadSeal(next.auditKey, head.count, head.hash))
}

const syncFile = (path: string): void => {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
