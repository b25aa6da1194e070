import type { AgentEntryKind } from '../../../src-shared/contract/billing-agents.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { OnMoved } from '../payments/payment-desk.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { appendAgentEntry } from './agent-ledger.ts'
import { agentById, termsOf, type AgentRecord, type StoredTerms } from './agent-tables.ts'
import { earnedOf } from './rules.ts'
import { settledDocuments } from './settled-documents.ts'

interface Standing {
  readonly kind: AgentEntryKind
  readonly refId: string
  readonly accountId: string
  readonly amount: number
}

/** What his money was paid with, and does no longer stand for: a payment that was none. */
const salesThatStand = (reads: Reads, subscriberId: string): ReadonlySet<string> =>
  new Set(
    reads
      .all<{ readonly id: string }>(
        `SELECT p.id FROM payment p WHERE p.subscriber_id = ? AND p.method = 'agent'
          AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id)`,
        subscriberId,
      )
      .map(({ id }) => id),
  )

const concernsAgents = (reads: Reads, subscriberId: string): boolean =>
  reads.all(`SELECT 1 FROM agent LIMIT 1`).length > 0 &&
  reads.all(
    `SELECT 1 FROM invoice_agent WHERE subscriber_id = ?
      UNION ALL SELECT 1 FROM agent_ledger WHERE subscriber_id = ? LIMIT 1`,
    subscriberId,
    subscriberId,
  ).length > 0

/**
 * Brings what agents were given for a customer to what they should have been: in the transaction in which
 * his money moves. It remembers nothing, so a second time changes nothing.
 */
export const createAccrual = (
  deps: Pick<BillingDependencies, 'clock' | 'newId'> & { readonly today: Today },
): OnMoved => {
  const shouldStand = (
    tx: Transaction,
    subscriberId: string,
    currency: string,
  ): readonly Standing[] => {
    const agents = new Map<string, AgentRecord | null>()
    const terms = new Map<string, readonly StoredTerms[]>()
    const agentOf = (id: string): AgentRecord | null => {
      if (!agents.has(id)) agents.set(id, agentById(tx, id))
      return agents.get(id) ?? null
    }
    return earnedOf(
      subscriberId,
      settledDocuments(tx, subscriberId, currency),
      (id) => {
        const known = terms.get(id) ?? (agentOf(id) === null ? [] : termsOf(tx, id))
        terms.set(id, known)
        return known
      },
      (id) => agentOf(id)?.currency === currency,
    ).map(({ agentId, ...earned }) => ({ ...earned, accountId: agentId }))
  }

  return (tx, subscriberId, currency) => {
    if (!concernsAgents(tx, subscriberId)) return
    const stands = tx.all<Standing>(
      `SELECT kind, ref_id AS refId, account_id AS accountId, sum(amount) AS amount FROM agent_ledger
        WHERE subscriber_id = ? AND currency = ? GROUP BY kind, ref_id, account_id
        ORDER BY min(seq)`,
      subscriberId,
      currency,
    )
    const keyOf = ({ kind, refId, accountId }: Standing): string => `${kind} ${refId} ${accountId}`
    const sales = salesThatStand(tx, subscriberId)
    const wanted = new Map(shouldStand(tx, subscriberId, currency).map((one) => [keyOf(one), one]))
    for (const one of stands) {
      if (one.kind === 'sale' && sales.has(one.refId)) wanted.set(keyOf(one), one)
    }
    const before = new Map(stands.map((one) => [keyOf(one), one.amount]))
    for (const one of [...wanted.values(), ...stands]) {
      const key = keyOf(one)
      const difference = (wanted.get(key)?.amount ?? 0) - (before.get(key) ?? 0)
      if (difference === 0) continue
      before.set(key, wanted.get(key)?.amount ?? 0)
      appendAgentEntry(tx, {
        id: deps.newId(),
        accountId: one.accountId,
        currency,
        today: deps.today(),
        at: deps.clock.now(),
        kind: one.kind,
        refId: one.refId,
        subscriberId,
        amount: difference,
      })
    }
  }
}
