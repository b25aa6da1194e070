import { createHash, createHmac } from 'node:crypto'
import type { AuditCategory, AuditOutcome, AuditSeverity } from '../../src-shared/domain/audit.ts'
import { canonicalJson } from './canonical-json.ts'

/**
 * The first format of the audit chain. Row n's hash is
 * SHA-256('nocturne-audit-1' LF hash of row n-1 LF canonical JSON of row n without its hashes),
 * the hash before row 1 being 32 zero bytes. Never changed once landed: a new format gets a new
 * name and a migration.
 */
export interface AuditRow {
  /** 1, 2, 3, … without a gap. */
  readonly seq: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly commandId: string
  /** The command's name in the contract. */
  readonly name: string
  readonly accountId: string | null
  readonly sessionId: string | null
  readonly clientKind: string
  readonly outcome: AuditOutcome
  /** The error code of a refusal or failure. */
  readonly code: string | null
  /** Redacted parameters as canonical JSON. */
  readonly parameters: string
}

/**
 * The second format, with 'nocturne-audit-2' in place of the first one's mark. What was done in
 * detail lies sealed beside the row (audit-detail.ts), and the row holds what binds it. Rows of the
 * first format may stand before it, none after.
 */
export interface AuditRow2 extends Omit<AuditRow, 'parameters'>, AuditKind {
  /** The machine, as it calls itself; null: the console itself, or nobody had signed in. */
  readonly device: string | null
  /** 32 bytes in hex (`detailMark`); null: there is no detail. */
  readonly detailHash: string | null
}

/** What sort of act it was, on what, and about whom. */
export interface AuditKind {
  readonly category: AuditCategory
  readonly severity: AuditSeverity
  /** A word of a closed set, such as `idle` of a lock; never what somebody typed. */
  readonly reason: string | null
  readonly objectKind: string | null
  readonly objectId: string | null
  /** The person it is about. */
  readonly subjectId: string | null
}

export const auditGenesisHash: Buffer = Buffer.alloc(32)

export const auditRowHash = (previousHash: Uint8Array, row: AuditRow): Buffer =>
  createHash('sha256')
    .update('nocturne-audit-1\n')
    .update(previousHash)
    .update('\n')
    .update(
      // Listed one by one: a row object read with more columns hashes the same.
      canonicalJson({
        seq: row.seq,
        at: row.at,
        commandId: row.commandId,
        name: row.name,
        accountId: row.accountId,
        sessionId: row.sessionId,
        clientKind: row.clientKind,
        outcome: row.outcome,
        code: row.code,
        parameters: row.parameters,
      }),
    )
    .digest()

export const auditRow2Hash = (previousHash: Uint8Array, row: AuditRow2): Buffer =>
  createHash('sha256')
    .update('nocturne-audit-2\n')
    .update(previousHash)
    .update('\n')
    .update(
      canonicalJson({
        seq: row.seq,
        at: row.at,
        commandId: row.commandId,
        name: row.name,
        accountId: row.accountId,
        sessionId: row.sessionId,
        clientKind: row.clientKind,
        device: row.device,
        outcome: row.outcome,
        code: row.code,
        reason: row.reason,
        category: row.category,
        severity: row.severity,
        objectKind: row.objectKind,
        objectId: row.objectId,
        subjectId: row.subjectId,
        detailHash: row.detailHash,
      }),
    )
    .digest()

/**
 * Seals the end of the chain, so that cutting rows off it, or writing it anew, needs the anchor
 * key as well as the store key. What no row inside the file can show is the whole file being
 * replaced by an older copy of itself.
 */
export const auditHeadSeal = (anchorKey: Uint8Array, count: number, headHash: Uint8Array): Buffer =>
  createHmac('sha256', anchorKey)
    .update(`nocturne-audit-head-1\n${count}\n`)
    .update(headHash)
    .digest()
