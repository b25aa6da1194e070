import type { AgentEntry, AgentEntryKind } from '../../../src-shared/contract/billing-agents.ts'
import {
  calendarDate,
  laterDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** What we owe agents: entries that are only ever added. Positive is owed to the agent. */

export interface NewAgentEntry {
  readonly id: string
  readonly accountId: string
  readonly currency: string
  readonly today: CalendarDate
  readonly at: number
  readonly kind: AgentEntryKind
  readonly refId: string
  /** Null: a transfer, of no customer. */
  readonly subscriberId: string | null
  readonly amount: number
}

export const agentBalance = (reads: Reads, accountId: string, currency: string): number =>
  reads.all<{ readonly balance: number }>(
    `SELECT balance_after AS balance FROM agent_ledger WHERE account_id = ? AND currency = ?
      ORDER BY seq DESC LIMIT 1`,
    accountId,
    currency,
  )[0]?.balance ?? 0

/** Dated today, and never before the entry above it: a statement that was given does not change. */
export const appendAgentEntry = (tx: Transaction, entry: NewAgentEntry): number => {
  const { accountId, currency, kind, refId } = entry
  const amount = safeMinor(entry.amount)
  const last = tx.get<{ readonly on: string }>(
    `SELECT entry_on AS "on" FROM agent_ledger WHERE account_id = ? AND currency = ?
      ORDER BY seq DESC LIMIT 1`,
    accountId,
    currency,
  )
  const before = tx.get<{ readonly stands: number; readonly steps: number }>(
    `SELECT coalesce(sum(amount), 0) AS stands, count(*) AS steps FROM agent_ledger
      WHERE kind = ? AND ref_id = ? AND account_id = ?`,
    kind,
    refId,
    accountId,
  )
  const balance = safeMinor(agentBalance(tx, accountId, currency) + amount)
  tx.run(
    `INSERT INTO agent_ledger (id, account_id, currency, entry_on, at, kind, ref_id, subscriber_id,
      amount, stands, step, balance_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.id,
    accountId,
    currency,
    last === undefined ? entry.today : laterDate(entry.today, calendarDate(last.on)),
    entry.at,
    kind,
    refId,
    entry.subscriberId,
    amount,
    safeMinor((before?.stands ?? 0) + amount),
    (before?.steps ?? 0) + 1,
    balance,
  )
  tx.change({
    entity: 'agent-entry',
    entityId: entry.id,
    kind: 'created',
    version: 1,
    data: { accountId, kind, currency, amount },
  })
  return balance
}

export const hasEntries = (reads: Reads, accountId: string): boolean =>
  reads.all(`SELECT 1 FROM agent_ledger WHERE account_id = ? LIMIT 1`, accountId).length > 0

/** By currency, the agent's own first; `monthOn`: the first day of the month that is asked about. */
export const agentBalances = (
  reads: Reads,
  { accountId, currency }: { readonly accountId: string; readonly currency: string },
  monthOn: CalendarDate,
): { currency: string; balance: number; earned: number }[] => {
  const rows = reads.all<{ currency: string; balance: number; earned: number }>(
    `SELECT currency, sum(amount) AS balance, sum(CASE WHEN entry_on >= ?
        AND kind IN ('commission', 'bonus') THEN amount ELSE 0 END) AS earned
      FROM agent_ledger WHERE account_id = ? GROUP BY currency ORDER BY currency <> ?, currency`,
    monthOn,
    accountId,
    currency,
  )
  const known = rows.map((row) => ({ ...row }))
  return known[0]?.currency === currency ? known : [{ currency, balance: 0, earned: 0 }, ...known]
}

export interface StatementAsked {
  readonly accountId: string
  readonly currency: string
  /** [fromOn, untilOn). */
  readonly fromOn: string
  readonly untilOn: string
  readonly limit: number
  readonly offset: number
}

/** Opening + all rows = closing, whatever page of them is asked for. */
export const agentStatement = (
  reads: Reads,
  { accountId, currency, fromOn, untilOn, limit, offset }: StatementAsked,
): { opening: number; closing: number; rows: AgentEntry[]; total: number } => {
  const [sums] = reads.all<{ opening: number; closing: number; total: number }>(
    `SELECT coalesce(sum(CASE WHEN entry_on < ? THEN amount END), 0) AS opening,
      coalesce(sum(amount), 0) AS closing, count(CASE WHEN entry_on >= ? THEN 1 END) AS total
      FROM agent_ledger WHERE account_id = ? AND currency = ? AND entry_on < ?`,
    fromOn,
    fromOn,
    accountId,
    currency,
    untilOn,
  )
  const rows = reads.all<AgentEntry>(
    `SELECT e.id, e.entry_on AS "on", e.kind, coalesce(i.number, p.number, t.number, o.number) AS number,
      e.subscriber_id AS subscriberId, s.name AS subscriberName, e.amount,
      e.balance_after AS balanceAfter
      FROM agent_ledger e LEFT JOIN subscriber s ON s.id = e.subscriber_id
      LEFT JOIN invoice i ON e.kind = 'commission' AND i.id = e.ref_id
      LEFT JOIN payment p ON e.kind = 'sale' AND p.id = e.ref_id
      LEFT JOIN agent_transfer t ON e.kind IN ('top-up', 'payout') AND t.id = e.ref_id
      LEFT JOIN agent_transfer_reversal v
        ON e.kind IN ('top-up-reversal', 'payout-reversal') AND v.id = e.ref_id
      LEFT JOIN agent_transfer o ON o.id = v.transfer_id
      WHERE e.account_id = ? AND e.currency = ? AND e.entry_on >= ? AND e.entry_on < ?
      ORDER BY e.seq LIMIT ? OFFSET ?`,
    accountId,
    currency,
    fromOn,
    untilOn,
    limit,
    offset,
  )
  return {
    opening: sums?.opening ?? 0,
    closing: sums?.closing ?? 0,
    total: sums?.total ?? 0,
    rows: rows.map((row) => ({ ...row })),
  }
}
