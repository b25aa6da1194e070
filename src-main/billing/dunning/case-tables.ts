import type {
  DunningAction,
  DunningCaseRow,
} from '../../../src-shared/contract/billing-dunning-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Cases, what was done in them and what people said of them. Actions and events are only added to. */

export interface CaseRecord {
  readonly id: string
  readonly version: number
  readonly subscriberId: string
  readonly currency: CurrencyCode
  readonly round: number
  readonly openedOn: CalendarDate
  readonly closedOn: CalendarDate | null
  readonly cut: 'none' | 'stage' | 'hand'
  readonly debt: number
  readonly oldestOn: CalendarDate | null
  readonly stageKey: string | null
  readonly state: DunningCaseRow['state']
  readonly because: string
  readonly nextAction: DunningAction | null
  readonly nextOn: CalendarDate | null
  readonly problem: Problem | null
  readonly lookedAt: number
}

type Row = Omit<CaseRecord, 'problem'> & { readonly problem: string | null }

const columns = `id, version, subscriber_id AS subscriberId, currency, round, opened_on AS openedOn,
  closed_on AS closedOn, cut, debt, oldest_on AS oldestOn, stage_key AS stageKey, state, because,
  next_action AS nextAction, next_on AS nextOn, problem, looked_at AS lookedAt`

const recordOf = (row: Row): CaseRecord => ({
  ...row,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
})

const first = (rows: readonly Row[]): CaseRecord | null =>
  rows[0] === undefined ? null : recordOf(rows[0])

export const caseById = (reads: Reads, id: string): CaseRecord | null =>
  first(reads.all<Row>(`SELECT ${columns} FROM dunning_case WHERE id = ?`, id))

/** The last of this subscriber and currency, live or closed. */
export const lastCaseOf = (
  reads: Reads,
  subscriberId: string,
  currency: string,
): CaseRecord | null =>
  first(
    reads.all<Row>(
      `SELECT ${columns} FROM dunning_case WHERE subscriber_id = ? AND currency = ?
        ORDER BY (closed_on IS NULL) DESC, opened_on DESC, id DESC LIMIT 1`,
      subscriberId,
      currency,
    ),
  )

export const putCase = (tx: Transaction, record: CaseRecord): void => {
  tx.run(
    `INSERT INTO dunning_case (id, version, subscriber_id, currency, round, opened_on, closed_on, cut,
      debt, oldest_on, stage_key, state, because, next_action, next_on, problem, looked_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, round = excluded.round,
      closed_on = excluded.closed_on, cut = excluded.cut, debt = excluded.debt,
      oldest_on = excluded.oldest_on, stage_key = excluded.stage_key, state = excluded.state,
      because = excluded.because, next_action = excluded.next_action, next_on = excluded.next_on,
      problem = excluded.problem, looked_at = excluded.looked_at`,
    record.id,
    record.version,
    record.subscriberId,
    record.currency,
    record.round,
    record.openedOn,
    record.closedOn,
    record.cut,
    record.debt,
    record.oldestOn,
    record.stageKey,
    record.state,
    record.because,
    record.nextAction,
    record.nextOn,
    record.problem === null ? null : JSON.stringify(record.problem),
    record.lookedAt,
  )
}

export interface ActionRecord {
  readonly id: string
  readonly caseId: string
  readonly round: number
  /** 'hand': a person did it. */
  readonly stageKey: string
  readonly attempt: number
  readonly action: DunningAction
  readonly policy: number
  readonly on: CalendarDate
  readonly at: number
  readonly by: string | null
  readonly debt: number
  readonly oldestOn: CalendarDate
  readonly skipped: readonly string[]
  readonly feeDocumentId: string | null
  readonly lines: number
}

export const actionsOf = (reads: Reads, caseId: string): readonly ActionRecord[] =>
  reads
    .all<Omit<ActionRecord, 'skipped'> & { readonly skipped: string }>(
      `SELECT id, case_id AS caseId, round, stage_key AS stageKey, attempt, action, policy,
        done_on AS "on", at, by, debt, oldest_on AS oldestOn, skipped,
        fee_document_id AS feeDocumentId, lines FROM dunning_action WHERE case_id = ? ORDER BY seq`,
      caseId,
    )
    .map((row) => ({ ...row, skipped: JSON.parse(row.skipped) as string[] }))

export const putAction = (tx: Transaction, action: ActionRecord): void => {
  tx.run(
    `INSERT INTO dunning_action (id, case_id, round, stage_key, attempt, action, policy, done_on, at,
      by, debt, oldest_on, skipped, fee_document_id, lines)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    action.id,
    action.caseId,
    action.round,
    action.stageKey,
    action.attempt,
    action.action,
    action.policy,
    action.on,
    action.at,
    action.by,
    action.debt,
    action.oldestOn,
    JSON.stringify(action.skipped),
    action.feeDocumentId,
    action.lines,
  )
}

export interface EventRecord {
  readonly caseId: string
  readonly round: number
  readonly kind:
    | 'opened'
    | 'reopened'
    | 'closed'
    | 'promise'
    | 'freeze'
    | 'unfreeze'
    | 'move'
    | 'resume'
  readonly untilOn: CalendarDate | null
  readonly on: CalendarDate
  readonly at: number
  readonly by: string | null
  readonly reason: string
}

export const eventsOfCase = (reads: Reads, caseId: string): readonly EventRecord[] =>
  reads.all<EventRecord>(
    `SELECT case_id AS caseId, round, kind, until_on AS untilOn, on_day AS "on", at, by, reason
      FROM dunning_event WHERE case_id = ? ORDER BY seq`,
    caseId,
  )

export const putEvent = (tx: Transaction, event: EventRecord): void => {
  tx.run(
    `INSERT INTO dunning_event (case_id, round, kind, until_on, on_day, at, by, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    event.caseId,
    event.round,
    event.kind,
    event.untilOn,
    event.on,
    event.at,
    event.by,
    event.reason,
  )
}

/** Documents that are argued about now, of those given. */
export const disputedOf = (reads: Reads, invoiceIds: readonly string[]): ReadonlySet<string> =>
  new Set(
    reads
      .all<{ id: string }>(
        `SELECT invoice_id AS id FROM dunning_dispute d
          WHERE invoice_id IN (SELECT value FROM json_each(?)) AND frozen = 1 AND seq =
            (SELECT max(seq) FROM dunning_dispute WHERE invoice_id = d.invoice_id)`,
        JSON.stringify(invoiceIds),
      )
      .map(({ id }) => id),
  )

export const putDispute = (
  tx: Transaction,
  of: {
    readonly invoiceId: string
    readonly frozen: boolean
    readonly at: number
    readonly by: string | null
    readonly reason: string
  },
): void => {
  tx.run(
    `INSERT INTO dunning_dispute (invoice_id, frozen, at, by, reason) VALUES (?, ?, ?, ?, ?)`,
    of.invoiceId,
    of.frozen ? 1 : 0,
    of.at,
    of.by,
    of.reason,
  )
}

export interface Debtor {
  readonly subscriberId: string
  readonly currency: CurrencyCode
}

export const liveCases = (reads: Reads): readonly (Debtor & { readonly id: string })[] =>
  reads.all(
    `SELECT id, subscriber_id AS subscriberId, currency FROM dunning_case
      WHERE closed_on IS NULL ORDER BY id`,
  )

/** Who owes a document that fell due in these days and has no case; `from` null: in any. */
export const newDebtors = (
  reads: Reads,
  from: CalendarDate | null,
  before: CalendarDate,
): readonly Debtor[] =>
  reads.all<Debtor>(
    `SELECT DISTINCT i.subscriber_id AS subscriberId, i.currency FROM invoice i
      WHERE i.status = 'issued' AND i.kind IN ('invoice', 'debit-note')
        AND i.due_on >= coalesce(?, '') AND i.due_on < ?
        AND i.total > coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.invoice_id = i.id), 0)
        AND NOT EXISTS (SELECT 1 FROM dunning_case c WHERE c.subscriber_id = i.subscriber_id
          AND c.currency = i.currency AND c.closed_on IS NULL)
      ORDER BY i.subscriber_id, i.currency`,
    from,
    before,
  )

export const scannedBefore = (reads: Reads): CalendarDate | null =>
  reads.all<{ on: CalendarDate | null }>(
    `SELECT due_before_on AS "on" FROM dunning_scan WHERE id = 1`,
  )[0]?.on ?? null

export const putScanned = (tx: Transaction, before: CalendarDate | null): void => {
  tx.run(`UPDATE dunning_scan SET due_before_on = ? WHERE id = 1`, before)
}

export const putNotice = (
  tx: Transaction,
  notice: {
    readonly id: string
    readonly caseId: string
    readonly actionId: string
    readonly subscriberId: string
    readonly action: DunningAction
    readonly channel: string
    readonly template: string
    readonly currency: string
    readonly debt: number
    readonly oldestOn: CalendarDate
    readonly at: number
  },
): void => {
  tx.run(
    `INSERT INTO dunning_notice (id, case_id, action_id, subscriber_id, action, channel, template,
      currency, debt, oldest_on, created_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'to-do')`,
    notice.id,
    notice.caseId,
    notice.actionId,
    notice.subscriberId,
    notice.action,
    notice.channel,
    notice.template,
    notice.currency,
    notice.debt,
    notice.oldestOn,
    notice.at,
  )
}

/** `doneBy` null of one that is dropped: with its debt, by nobody. `closedOn`: of its case. */
export const noticeById = (
  reads: Reads,
  id: string,
): {
  readonly caseId: string
  readonly subscriberId: string
  readonly state: string
  readonly doneBy: string | null
  readonly closedOn: string | null
} | null =>
  reads.all<{
    caseId: string
    subscriberId: string
    state: string
    doneBy: string | null
    closedOn: string | null
  }>(
    `SELECT n.case_id AS caseId, n.subscriber_id AS subscriberId, n.state, n.done_by AS doneBy,
      c.closed_on AS closedOn FROM dunning_notice n JOIN dunning_case c ON c.id = n.case_id
      WHERE n.id = ?`,
    id,
  )[0] ?? null

export const markNotice = (
  tx: Transaction,
  id: string,
  mark: {
    readonly state: string
    readonly doneAt: number | null
    readonly doneBy: string | null
  },
): void => {
  tx.run(
    `UPDATE dunning_notice SET state = ?, done_at = ?, done_by = ? WHERE id = ?`,
    mark.state,
    mark.doneAt,
    mark.doneBy,
    id,
  )
}

/** What was not said yet of a debt that is settled need not be said any more. */
export const dropNotices = (tx: Transaction, caseId: string, at: number): void => {
  tx.run(
    `UPDATE dunning_notice SET state = 'dropped', done_at = ? WHERE case_id = ? AND state = 'to-do'`,
    at,
    caseId,
  )
}
