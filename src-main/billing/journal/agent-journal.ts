import type { AgentEntryKind } from '../../../src-shared/contract/billing-agents.ts'
import type { JournalAccounts } from '../../../src-shared/contract/billing-papers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { JournalLine } from './journal-entries.ts'

/**
 * What we owe agents, for the journal: commission against its expense, money from and to them against
 * the account of its method. What a reseller sold is not here: it is the customer's payment, of the
 * method `agent`, in the ledger of customers.
 */
export interface AgentJournalRow {
  readonly seq: number
  readonly on: string
  readonly kind: Exclude<AgentEntryKind, 'sale'>
  /** Positive: to him. */
  readonly amount: number
  readonly currency: string
  readonly accountId: string
  /** Of the document or the transfer; '': of none. */
  readonly number: string
  /** Of a transfer and its reversal. */
  readonly method: 'cash' | 'transfer' | 'card' | 'other' | null
}

const pageSize = 200

export const agentJournalPage = (
  reads: Reads,
  after: { readonly on: string; readonly seq: number },
  untilOn: string,
): readonly AgentJournalRow[] =>
  reads
    .all<AgentJournalRow>(
      `SELECT e.seq, e.entry_on AS "on", e.kind, e.amount, e.currency, e.account_id AS accountId,
        coalesce(i.number, t.number, '') AS number, t.method
        FROM agent_ledger e LEFT JOIN invoice i ON e.kind = 'commission' AND i.id = e.ref_id
        LEFT JOIN agent_transfer_reversal v ON v.id = e.ref_id
        LEFT JOIN agent_transfer t ON t.id = coalesce(v.transfer_id, e.ref_id)
        WHERE (e.entry_on, e.seq) > (?, ?) AND e.entry_on < ? AND e.kind <> 'sale'
        ORDER BY e.entry_on, e.seq LIMIT ?`,
      after.on,
      after.seq,
      untilOn,
      pageSize,
    )
    .map((row) => ({ ...row }))

export const agentJournalEntry = (
  { kind, amount, method }: Pick<AgentJournalRow, 'kind' | 'amount' | 'method'>,
  accounts: JournalAccounts,
): readonly JournalLine[] => {
  const other =
    kind === 'commission' || kind === 'bonus' ? accounts.commission : accounts[method ?? 'other']
  return [
    { account: other, amount, taxCode: '', ratePpm: null },
    { account: accounts.agent, amount: -amount, taxCode: '', ratePpm: null },
  ]
}
