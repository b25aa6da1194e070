import type { AuditOutcome } from '../../src-shared/domain/audit.ts'
import { auditGenesisHash, auditHeadSeal, auditRow2Hash } from './audit-chain.ts'
import type { AuditKind, AuditRow2 } from './audit-chain.ts'
import { appendCheckpoint, dayOf, lastCheckpoint } from './audit-checkpoint.ts'
import type { Checkpoint } from './audit-checkpoint.ts'
import { sealDetail } from './audit-detail.ts'
import type { SqlValue } from './read-handle.ts'
import { preparedOf } from './write-transaction.ts'
import type { ChangeRow } from './write-transaction.ts'
import type { Writer } from './writer-access.ts'

/** Who asks: an account in a session, or the console itself (both null). */
export interface Actor {
  readonly accountId: string | null
  readonly sessionId: string | null
  /** console, terminal, engine, … */
  readonly clientKind: string
  /** The machine, as it calls itself. */
  readonly device?: string | null
}

export interface AuditEntry {
  readonly commandId: string
  readonly name: string
  readonly actor: Actor
  readonly at: number
  readonly outcome: AuditOutcome
  readonly code: string | null
  /** Redacted parameters: plain JSON values, for the classifier. */
  readonly auditInput: unknown
  /** The same as canonical JSON. */
  readonly parameters: string
  /** What the command changed; none of a refusal. */
  readonly changes: readonly ChangeRow[]
  /** What the command itself said about it (`transaction.about`). */
  readonly about: Partial<Pick<AuditKind, 'reason' | 'objectKind' | 'objectId' | 'subjectId'>>
}

/** What sort of act it was, from its name, its parameters and what it changed (src-main/audit). */
export type AuditClassifier = (
  entry: Pick<AuditEntry, 'name' | 'outcome' | 'code' | 'auditInput' | 'changes'>,
) => AuditKind

const selectHead = 'SELECT row_count AS count, hash FROM audit_head WHERE id = 1'

const insertRow = `INSERT INTO audit (seq, at, command_id, name, account_id, session_id,
  client_kind, outcome, code, parameters, previous_hash, hash, format, device, reason, category,
  severity, object_kind, object_id, subject_id, detail_hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '{}', ?, ?, 2, ?, ?, ?, ?, ?, ?, ?, ?)`

const writeHead = `INSERT INTO audit_head (id, row_count, hash, seal) VALUES (1, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET row_count = excluded.row_count, hash = excluded.hash,
  seal = excluded.seal`

/**
 * Adds a row to the chain and seals its new head; with the first row of a day it signs it too, and
 * returns what it signed. Inside the caller's transaction.
 */
export const appendAudit = (writer: Writer, entry: AuditEntry): Checkpoint | null => {
  const { connection, auditKey } = writer
  const run = (sql: string, ...parameters: SqlValue[]) =>
    preparedOf(connection, sql).run(...parameters)
  const head = preparedOf(connection, selectHead).get() as
    | { count: number; hash: Buffer }
    | undefined
  const previousHash = head?.hash ?? auditGenesisHash
  const kind: AuditKind = { ...writer.classify(entry), ...entry.about }
  const detail = sealDetail(writer, kind.subjectId, entry.parameters, entry.at)
  const row: AuditRow2 = {
    seq: (head?.count ?? 0) + 1,
    at: entry.at,
    commandId: entry.commandId,
    name: entry.name,
    accountId: entry.actor.accountId,
    sessionId: entry.actor.sessionId,
    clientKind: entry.actor.clientKind,
    device: entry.actor.device ?? null,
    outcome: entry.outcome,
    code: entry.code,
    reason: kind.reason,
    category: kind.category,
    severity: kind.severity,
    objectKind: kind.objectKind,
    objectId: kind.objectId,
    subjectId: kind.subjectId,
    detailHash: detail?.mark.toString('hex') ?? null,
  }
  const hash = auditRow2Hash(previousHash, row)
  run(
    insertRow,
    row.seq,
    row.at,
    row.commandId,
    row.name,
    row.accountId,
    row.sessionId,
    row.clientKind,
    row.outcome,
    row.code,
    previousHash,
    hash,
    row.device,
    row.reason,
    row.category,
    row.severity,
    row.objectKind,
    row.objectId,
    row.subjectId,
    detail?.mark ?? null,
  )
  detail?.write(row.seq)
  run(writeHead, row.seq, hash, auditHeadSeal(auditKey, row.seq, hash))
  return lastCheckpoint(writer)?.day === dayOf(row.at)
    ? null
    : appendCheckpoint(writer, { seq: row.seq, hash, at: row.at })
}

/** Signs the head as it is; null: it is signed already, or there is none. */
export const checkpointHead = (writer: Writer, at: number): Checkpoint | null => {
  const head = preparedOf(writer.connection, selectHead).get() as
    | { count: number; hash: Buffer }
    | undefined
  if (head === undefined || head.count === 0) return null
  if (head.count <= (lastCheckpoint(writer)?.seq ?? 0)) return null
  return appendCheckpoint(writer, { seq: head.count, hash: head.hash, at })
}
