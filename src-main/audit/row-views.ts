import type { AuditTrailRow } from '../../src-shared/contract/audit.ts'
import { errorCodes, type ErrorCode } from '../../src-shared/errors.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { ChainRow } from './chain-rows.ts'
import { classify } from './classify.ts'

const selectPerson = 'SELECT name FROM account WHERE id = ?'
const selectName = `SELECT coalesce(json_extract(data, '$.name'), json_extract(data, '$.title')) AS name
  FROM change_feed WHERE entity = ? AND entity_id = ? AND data IS NOT NULL
    AND coalesce(json_extract(data, '$.name'), json_extract(data, '$.title')) IS NOT NULL
  ORDER BY seq DESC LIMIT 1`

const knownCodes: ReadonlySet<string> = new Set(errorCodes)

/** Rows of the first format say nothing of their sort: it follows from the name. */
export const kindOf = (row: ChainRow): Pick<AuditTrailRow, 'category' | 'severity'> =>
  row.category !== null && row.severity !== null
    ? { category: row.category, severity: row.severity }
    : classify({ ...row, auditInput: null, changes: [] })

/** Records that go by the id of another, and so by its name. */
const namedAs: ReadonlyMap<string, string> = new Map([
  ['olt-cli-access', 'olt'],
  ['olt-cli-host-key', 'olt'],
  ['olt-backup-schedule', 'olt'],
])

/** Rows as the screen shows them, with names as they are now. */
export const createRowViews = (reader: StoreReader) => {
  const person = reader.prepare<[string], { name: string }>(selectPerson)
  const named = reader.prepare<[string, string], { name: string | number }>(selectName)

  return (rows: readonly ChainRow[]): AuditTrailRow[] => {
    // A page names the same few again and again.
    const people = new Map<string, string | null>()
    const objects = new Map<string, string | null>()
    const personName = (id: string | null): string | null => {
      if (id === null) return null
      if (!people.has(id)) people.set(id, person.get(id)?.name ?? null)
      return people.get(id) ?? null
    }
    const objectName = (kind: string | null, id: string | null): string | null => {
      if (kind === null || id === null) return null
      const key = `${kind}\n${id}`
      if (!objects.has(key)) {
        const name =
          kind === 'account' ? personName(id) : named.get(namedAs.get(kind) ?? kind, id)?.name
        objects.set(key, name === undefined || name === null ? null : String(name))
      }
      return objects.get(key) ?? null
    }
    return rows.map((row) => ({
      seq: row.seq,
      at: row.at,
      command: row.name,
      commandId: row.commandId,
      accountId: row.accountId,
      accountName: personName(row.accountId),
      sessionId: row.sessionId,
      clientKind: row.clientKind,
      device: row.device,
      outcome: row.outcome,
      code: row.code !== null && knownCodes.has(row.code) ? (row.code as ErrorCode) : null,
      reason: row.reason,
      ...kindOf(row),
      objectKind: row.objectKind,
      objectId: row.objectId,
      objectName: objectName(row.objectKind, row.objectId),
      subjectId: row.subjectId,
      subjectName: personName(row.subjectId) ?? objectName('employee', row.subjectId),
    }))
  }
}
