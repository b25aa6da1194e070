import type { AuditCategory, AuditOutcome, AuditSeverity } from '../../src-shared/domain/audit.ts'
import { auditRow2Hash, auditRowHash } from '../store/audit-chain.ts'

/** A row of either format, as it stands in the store. */
export interface ChainRow {
  readonly seq: number
  readonly at: number
  readonly commandId: string
  readonly name: string
  readonly accountId: string | null
  readonly sessionId: string | null
  readonly clientKind: string
  readonly outcome: AuditOutcome
  readonly code: string | null
  readonly parameters: string
  readonly format: 1 | 2
  readonly device: string | null
  readonly reason: string | null
  readonly category: AuditCategory | null
  readonly severity: AuditSeverity | null
  readonly objectKind: string | null
  readonly objectId: string | null
  readonly subjectId: string | null
  readonly detailHash: Uint8Array | null
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
}

export const chainColumns = `audit.seq, audit.at, audit.command_id AS commandId, audit.name,
  audit.account_id AS accountId, audit.session_id AS sessionId, audit.client_kind AS clientKind,
  audit.outcome, audit.code, audit.parameters, audit.format, audit.device, audit.reason,
  audit.category, audit.severity, audit.object_kind AS objectKind, audit.object_id AS objectId,
  audit.subject_id AS subjectId, audit.detail_hash AS detailHash,
  audit.previous_hash AS previousHash, audit.hash`

export const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

/**
 * The hash that belongs to a row's content after the row before it. Null: something stands where
 * its format has nothing, so that no hash would cover it.
 */
export const hashOfRow = (previousHash: Uint8Array, row: Omit<ChainRow, 'hash'>): Buffer | null => {
  if (row.format === 2) {
    if (row.parameters !== '{}' || row.category === null || row.severity === null) return null
    return auditRow2Hash(previousHash, {
      ...row,
      category: row.category,
      severity: row.severity,
      detailHash: row.detailHash === null ? null : hexOf(row.detailHash),
    })
  }
  const added = [
    row.device,
    row.reason,
    row.category,
    row.severity,
    row.objectKind,
    row.objectId,
    row.subjectId,
    row.detailHash,
  ]
  return added.every((value) => value === null) ? auditRowHash(previousHash, row) : null
}
