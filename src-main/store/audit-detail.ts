import { randomBytes } from 'node:crypto'
import {
  detailBytes,
  detailMark,
  detailPlace,
  newDetail,
  openAudit,
  sealAudit,
  subjectKeyPlace,
} from './audit-seal.ts'
import type { SqlValue } from './read-handle.ts'
import { preparedOf } from './write-transaction.ts'
import type { Writer } from './writer-access.ts'

/**
 * Writes the details of the audit trail: each under the key of the person it is about, or else
 * under the workspace's own. A person's key is made with the first row about him.
 */

/** The workspace's own key, in `subject_key`. */
export const ownSubject = ''

const selectKey = 'SELECT sealed FROM subject_key WHERE subject_id = ?'
const insertKey = 'INSERT INTO subject_key (subject_id, sealed, created_at) VALUES (?, ?, ?)'
const insertDetail = 'INSERT INTO audit_detail (seq, sealed) VALUES (?, ?)'

/**
 * Null: the person has been erased, and nothing more about him is kept in detail. `write`: the row's
 * number is known; the detail goes to its place.
 */
export interface SealedDetail {
  readonly mark: Buffer
  readonly write: (seq: number) => void
}

export const sealDetail = (
  writer: Writer,
  subjectId: string | null,
  text: string,
  at: number,
): SealedDetail | null => {
  const key = keyFor(writer, subjectId ?? ownSubject, at)
  if (key === null) return null
  const detail = newDetail(text)
  return {
    mark: detailMark(detail),
    write: (seq) => {
      const plain = detailBytes(detail)
      preparedOf(writer.connection, insertDetail).run(seq, sealAudit(plain, key, detailPlace(seq)))
      plain.fill(0)
      key.fill(0)
    },
  }
}

/** The caller wipes it. */
const keyFor = (writer: Writer, subjectId: string, at: number): Buffer | null => {
  const { connection, auditDetailKey } = writer
  const place = subjectKeyPlace(subjectId)
  const found = preparedOf(connection, selectKey).get(subjectId) as
    | { sealed: Buffer | null }
    | undefined
  if (found !== undefined) {
    if (found.sealed === null) return null
    const key = openAudit(found.sealed, auditDetailKey, place)
    // Rather no act at all than one that cannot be told later.
    if (key === null) throw new Error('a key of the audit trail does not open')
    return key
  }
  const made = randomBytes(32)
  const values: SqlValue[] = [subjectId, sealAudit(made, auditDetailKey, place), at]
  preparedOf(connection, insertKey).run(...values)
  return made
}

const eraseKey = `INSERT INTO subject_key (subject_id, sealed, created_at, erased_at, erased_by)
  VALUES (?, NULL, ?, ?, ?)
  ON CONFLICT (subject_id) DO UPDATE SET sealed = NULL, erased_at = excluded.erased_at,
    erased_by = excluded.erased_by WHERE sealed IS NOT NULL`

/** Inside the transaction of the command that erases; what is left on the disk: `scrub`. */
export const eraseSubjectKey = (
  writer: Writer,
  subjectId: string,
  call: { readonly commandId: string; readonly at: number },
): void => {
  if (subjectId === ownSubject) throw new RangeError('no person has an empty id')
  preparedOf(writer.connection, eraseKey).run(subjectId, call.at, call.at, call.commandId)
}

/**
 * SECURITY: secure_delete cleans the database, but the key still stands in the WAL until that is
 * written back and cut (https://antonz.org/sqlite-secure-delete/).
 */
export const scrub = ({ connection }: Writer): void => {
  connection.pragma('wal_checkpoint(TRUNCATE)')
}
