import { auditGenesisHash, auditHeadSeal, auditRowHash } from './audit-chain.ts'
import type { AuditOutcome, AuditRow } from './audit-chain.ts'
import type { SqlValue } from './read-handle.ts'
import { preparedOf } from './write-transaction.ts'
import type { Writer } from './writer-access.ts'

/** Who asks: an account in a session, or the console itself (both null). */
export interface Actor {
  readonly accountId: string | null
  readonly sessionId: string | null
  /** console, terminal, engine, … */
  readonly clientKind: string
}

export interface AuditEntry {
  readonly commandId: string
  readonly name: string
  readonly actor: Actor
  readonly at: number
  readonly outcome: AuditOutcome
  readonly code: string | null
  /** Redacted parameters as canonical JSON. */
  readonly parameters: string
}

const selectHead = 'SELECT row_count AS count, hash FROM audit_head WHERE id = 1'

const insertRow = `INSERT INTO audit (seq, at, command_id, name, account_id, session_id,
  client_kind, outcome, code, parameters, previous_hash, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const writeHead = `INSERT INTO audit_head (id, row_count, hash, seal) VALUES (1, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET row_count = excluded.row_count, hash = excluded.hash,
  seal = excluded.seal`

/** Adds a row to the chain and seals its new head. Inside the caller's transaction. */
export const appendAudit = (writer: Writer, entry: AuditEntry): void => {
  const { connection, auditKey } = writer
  const run = (sql: string, ...parameters: SqlValue[]) =>
    preparedOf(connection, sql).run(...parameters)
  const head = preparedOf(connection, selectHead).get() as
    | { count: number; hash: Buffer }
    | undefined
  const previousHash = head?.hash ?? auditGenesisHash
  const row: AuditRow = {
    seq: (head?.count ?? 0) + 1,
    at: entry.at,
    commandId: entry.commandId,
    name: entry.name,
    accountId: entry.actor.accountId,
    sessionId: entry.actor.sessionId,
    clientKind: entry.actor.clientKind,
    outcome: entry.outcome,
    code: entry.code,
    parameters: entry.parameters,
  }
  const hash = auditRowHash(previousHash, row)
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
    row.parameters,
    previousHash,
    hash,
  )
  run(writeHead, row.seq, hash, auditHeadSeal(auditKey, row.seq, hash))
}
