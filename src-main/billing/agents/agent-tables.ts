import type { AgentKind, AgentTerms } from '../../../src-shared/contract/billing-agents.ts'
import { calendarDate, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Agents and what was agreed with them, as it is stored. Terms are only ever added. */

export interface AgentRecord {
  readonly accountId: string
  readonly version: number
  readonly kind: AgentKind
  readonly currency: string
  readonly active: boolean
  readonly note: string
}

type AgentRow = Omit<AgentRecord, 'active'> & { readonly active: 0 | 1 }

const agentColumns = `account_id AS accountId, version, kind, currency, active, note`

const recordOf = (row: AgentRow): AgentRecord => ({ ...row, active: row.active === 1 })

export const agentById = (reads: Reads, accountId: string): AgentRecord | null => {
  const [row] = reads.all<AgentRow>(
    `SELECT ${agentColumns} FROM agent WHERE account_id = ?`,
    accountId,
  )
  return row === undefined ? null : recordOf(row)
}

export const allAgents = (reads: Reads): readonly AgentRecord[] =>
  reads
    .all<AgentRow>(`SELECT ${agentColumns} FROM agent ORDER BY created_at, account_id`)
    .map(recordOf)

export const putAgent = (
  tx: Transaction,
  agent: AgentRecord,
  made: { readonly at: number; readonly by: string | null },
): void => {
  tx.run(
    `INSERT INTO agent (account_id, version, kind, currency, active, note, created_at, created_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET
      version = excluded.version, kind = excluded.kind, currency = excluded.currency,
      active = excluded.active, note = excluded.note`,
    agent.accountId,
    agent.version,
    agent.kind,
    agent.currency,
    agent.active ? 1 : 0,
    agent.note,
    made.at,
    made.by,
  )
}

export interface StoredTerms extends AgentTerms {
  readonly id: string
  readonly validFromOn: CalendarDate
  readonly at: number
  readonly by: string | null
}

interface TermsRow {
  readonly id: string
  readonly validFromOn: string
  readonly ratePpm: number
  readonly planRates: string
  readonly months: number | null
  readonly bonus: number
  readonly creditLimit: number
  readonly at: number
  readonly by: string | null
}

/** In the order in which they were entered (rules.ts: `termsOn`). */
export const termsOf = (reads: Reads, accountId: string): readonly StoredTerms[] =>
  reads
    .all<TermsRow>(
      `SELECT id, valid_from_on AS validFromOn, rate_ppm AS ratePpm, plan_rates AS planRates, months,
        bonus, credit_limit AS creditLimit, at, by FROM agent_terms WHERE account_id = ? ORDER BY seq`,
      accountId,
    )
    .map((row) => ({
      ...row,
      validFromOn: calendarDate(row.validFromOn),
      planRates: JSON.parse(row.planRates) as StoredTerms['planRates'],
    }))

export const putTerms = (tx: Transaction, accountId: string, terms: StoredTerms): void => {
  tx.run(
    `INSERT INTO agent_terms (id, account_id, valid_from_on, rate_ppm, plan_rates, months, bonus,
      credit_limit, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    terms.id,
    accountId,
    terms.validFromOn,
    terms.ratePpm,
    JSON.stringify(terms.planRates),
    terms.months,
    terms.bonus,
    terms.creditLimit,
    terms.at,
    terms.by,
  )
}

/** In the transaction that issues it: a change of agent later touches later documents alone. */
export const putAgentOfDocument = (
  tx: Transaction,
  invoiceId: string,
  subscriberId: string,
): void => {
  tx.run(
    `INSERT INTO invoice_agent (invoice_id, subscriber_id, account_id)
      SELECT ?, id, agent_id FROM subscriber WHERE id = ? AND agent_id IS NOT NULL`,
    invoiceId,
    subscriberId,
  )
}

/** The last day on which something of his documents was settled; null: nothing was. */
export const lastSettledOn = (reads: Reads, accountId: string): CalendarDate | null => {
  const on =
    reads.all<{ readonly last: string | null }>(
      `SELECT max(l.allocated_on) AS last FROM invoice_agent a
        JOIN allocation l ON l.invoice_id = a.invoice_id WHERE a.account_id = ?`,
      accountId,
    )[0]?.last ?? null
  return on === null ? null : calendarDate(on)
}

/** Those that are customers of each account now. */
export const customersByAgent = (reads: Reads): ReadonlyMap<string, number> =>
  new Map(
    reads
      .all<{ readonly id: string; readonly count: number }>(
        `SELECT agent_id AS id, count(*) AS count FROM subscriber WHERE agent_id IS NOT NULL
          AND status <> 'ended' GROUP BY agent_id`,
      )
      .map(({ id, count }) => [id, count]),
  )
