import type { ApprovalKindName } from '../../src-shared/contract/approvals.ts'
import type { ApprovalFacts } from '../engine/approval-ports.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import {
  neverNeeded,
  type ApprovalLimit,
  type ApprovalState,
  type Asked,
  type Person,
} from './rules.ts'

/** Rules and requests as they lie in the store. */

export interface RequestRow extends Asked {
  readonly id: string
  readonly version: number
  readonly kind: ApprovalKindName
  readonly subjectId: string
  readonly measure: number
  readonly grave: boolean
  readonly preview: ApprovalFacts
  readonly askedBy: string
  readonly reason: string
  readonly decidedAt: number | null
  readonly decisionReason: string
  readonly endedAt: number | null
}

export interface RuleRow extends ApprovalLimit {
  readonly version: number
  readonly changedAt: number | null
  readonly changedBy: string | null
}

type Columns = Readonly<Record<string, SqlValue>>

const requestOf = (row: Columns): RequestRow => ({
  id: String(row['id']),
  version: Number(row['version']),
  kind: row['kind'] as ApprovalKindName,
  subjectId: String(row['subject_id']),
  contentHash: String(row['content_hash']),
  revision: Number(row['revision']),
  measure: Number(row['measure']),
  grave: row['grave'] === 1,
  preview: JSON.parse(String(row['preview'])) as ApprovalFacts,
  wills: JSON.parse(String(row['wills'])) as RequestRow['wills'],
  askedBy: String(row['asked_by']),
  askedAt: Number(row['asked_at']),
  reason: String(row['reason']),
  state: row['state'] as ApprovalState,
  expiresAt: Number(row['expires_at']),
  decider: row['decider'] === null ? null : (JSON.parse(String(row['decider'])) as Person),
  decidedAt: row['decided_at'] as number | null,
  decisionReason: String(row['decision_reason']),
  endedAt: row['ended_at'] as number | null,
})

const ruleOf = (row: Columns | undefined): RuleRow =>
  row === undefined
    ? { ...neverNeeded, version: 0, changedAt: null, changedBy: null }
    : {
        grave: row['grave'] === 1,
        above: row['above'] as number | null,
        version: Number(row['version']),
        changedAt: Number(row['changed_at']),
        changedBy: String(row['changed_by']),
      }

/** Of the committed store or of a transaction. */
type Get = (sql: string, ...parameters: SqlValue[]) => Columns | undefined

const selectRule = `SELECT * FROM approval_rule WHERE kind = ?`
const selectRequest = `SELECT * FROM approval_request WHERE id = ?`
const selectLive = `SELECT * FROM approval_request
  WHERE kind = ? AND subject_id = ? AND state IN ('waiting', 'approved')`

const getIn =
  (tx: Transaction): Get =>
  (sql, ...parameters) =>
    tx.get<Columns>(sql, ...parameters)

export const ruleIn = (tx: Transaction, kind: ApprovalKindName): RuleRow =>
  ruleOf(getIn(tx)(selectRule, kind))

export const requestIn = (tx: Transaction, id: string): RequestRow | null => {
  const row = getIn(tx)(selectRequest, id)
  return row === undefined ? null : requestOf(row)
}

export const liveIn = (
  tx: Transaction,
  kind: ApprovalKindName,
  subjectId: string,
): RequestRow | null => {
  const row = getIn(tx)(selectLive, kind, subjectId)
  return row === undefined ? null : requestOf(row)
}

const inList = {
  waiting: `state = 'waiting'`,
  mine: `asked_by = ? AND (state IN ('waiting', 'approved')
      OR (state IN ('declined', 'expired', 'fallen') AND acknowledged = 0))`,
  ended: `ended_at IS NOT NULL`,
} as const

export type ListName = keyof typeof inList

export const createApprovalReads = (reader: StoreReader) => {
  const rule = reader.prepare<[string]>(selectRule)
  const request = reader.prepare<[string]>(selectRequest)
  const live = reader.prepare<[string, string]>(selectLive)
  const latest = reader.prepare<[string, string]>(
    `SELECT * FROM approval_request WHERE kind = ? AND subject_id = ?
      ORDER BY asked_at DESC, id DESC LIMIT 1`,
  )
  const allLive = reader.prepare(
    `SELECT * FROM approval_request WHERE state IN ('waiting', 'approved') ORDER BY asked_at`,
  )
  const listOf = (where: string) => ({
    rows: reader.prepare<SqlValue[]>(
      `SELECT * FROM approval_request WHERE ${where}
        AND kind IN (SELECT value FROM json_each(?))
        ORDER BY asked_at DESC, id DESC LIMIT ? OFFSET ?`,
    ),
    count: reader.prepare<SqlValue[], { n: number }>(
      `SELECT count(*) AS n FROM approval_request WHERE ${where}
        AND kind IN (SELECT value FROM json_each(?))`,
    ),
  })
  const lists = {
    waiting: listOf(inList.waiting),
    mine: listOf(inList.mine),
    ended: listOf(inList.ended),
  } as const
  const answered = reader.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM approval_request WHERE asked_by = ?
      AND (state = 'approved' OR (state IN ('declined', 'expired', 'fallen') AND acknowledged = 0))`,
  )
  const found = (row: Columns | undefined): RequestRow | null =>
    row === undefined ? null : requestOf(row)
  return {
    rule: (kind: ApprovalKindName): RuleRow => ruleOf(rule.get(kind)),
    request: (id: string): RequestRow | null => found(request.get(id)),
    /** The one that waits or is approved. */
    live: (kind: ApprovalKindName, subjectId: string): RequestRow | null =>
      found(live.get(kind, subjectId)),
    latest: (kind: ApprovalKindName, subjectId: string): RequestRow | null =>
      found(latest.get(kind, subjectId)),
    allLive: (): readonly RequestRow[] => allLive.all().map(requestOf),
    list: (
      which: ListName,
      accountId: string,
      kinds: readonly string[],
      limit: number,
      offset: number,
    ): { readonly total: number; readonly requests: readonly RequestRow[] } => {
      const own = which === 'mine' ? [accountId] : []
      const { rows, count } = lists[which]
      return {
        total: count.get(...own, JSON.stringify(kinds))?.n ?? 0,
        requests: rows.all(...own, JSON.stringify(kinds), limit, offset).map(requestOf),
      }
    },
    answered: (accountId: string): number => answered.get(accountId)?.n ?? 0,
  }
}

export type ApprovalReads = ReturnType<typeof createApprovalReads>

export const writeRule = (
  tx: Transaction,
  kind: ApprovalKindName,
  rule: ApprovalLimit & { readonly version: number },
  by: string,
  at: number,
): void => {
  tx.run(
    `INSERT INTO approval_rule (kind, version, grave, above, changed_at, changed_by)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind) DO UPDATE SET version = excluded.version,
      grave = excluded.grave, above = excluded.above, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`,
    kind,
    rule.version,
    rule.grave ? 1 : 0,
    rule.above,
    at,
    by,
  )
  const { grave, above, version } = rule
  tx.change({
    entity: 'approval-rule',
    entityId: kind,
    kind: 'updated',
    version,
    data: { grave, above },
  })
}

export type NewRequest = Omit<
  RequestRow,
  'version' | 'state' | 'decider' | 'decidedAt' | 'decisionReason' | 'endedAt'
>

export const insertRequest = (tx: Transaction, row: NewRequest): void => {
  tx.run(
    `INSERT INTO approval_request (id, version, kind, subject_id, content_hash, revision, measure,
      grave, preview, wills, asked_by, asked_at, reason, state, expires_at)
      VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?)`,
    row.id,
    row.kind,
    row.subjectId,
    row.contentHash,
    row.revision,
    row.measure,
    row.grave ? 1 : 0,
    JSON.stringify(row.preview),
    JSON.stringify(row.wills),
    row.askedBy,
    row.askedAt,
    row.reason,
    row.expiresAt,
  )
  told(tx, row.id, 'created', 1, 'waiting')
}

const told = (
  tx: Transaction,
  id: string,
  kind: 'created' | 'updated',
  version: number,
  state: ApprovalState,
): void => tx.change({ entity: 'approval', entityId: id, kind, version, data: { state } })

export interface RequestMove {
  readonly to: Exclude<ApprovalState, 'waiting'>
  readonly at: number
  readonly decider?: Person
  readonly reason?: string
  /** Of an approval: until when it holds. */
  readonly expiresAt?: number
  readonly usedBy?: string
}

/** SECURITY: from the state and version that were looked at, or not at all. False: it moved meanwhile. */
export const moveRequest = (
  tx: Transaction,
  request: Pick<RequestRow, 'id' | 'version' | 'state'>,
  move: RequestMove,
): boolean => {
  const decided = move.decider !== undefined
  const changed = tx.run(
    `UPDATE approval_request SET version = version + 1, state = ?, ended_at = ?,
      expires_at = coalesce(?, expires_at), used_by = ?,
      decider = CASE WHEN ? = 1 THEN ? ELSE decider END,
      decided_at = CASE WHEN ? = 1 THEN ? ELSE decided_at END,
      decision_reason = CASE WHEN ? = 1 THEN ? ELSE decision_reason END
      WHERE id = ? AND version = ? AND state = ?`,
    move.to,
    move.to === 'approved' ? null : move.at,
    move.expiresAt ?? null,
    move.usedBy ?? null,
    decided ? 1 : 0,
    JSON.stringify(move.decider ?? null),
    decided ? 1 : 0,
    move.at,
    decided ? 1 : 0,
    move.reason ?? '',
    request.id,
    request.version,
    request.state,
  )
  if (changed === 0) return false
  told(tx, request.id, 'updated', request.version + 1, move.to)
  return true
}

export const acknowledge = (tx: Transaction, id: string, askedBy: string): number =>
  tx.run(
    `UPDATE approval_request SET acknowledged = 1
      WHERE id = ? AND asked_by = ? AND ended_at IS NOT NULL`,
    id,
    askedBy,
  )
