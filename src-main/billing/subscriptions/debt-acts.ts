import { laterDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { standing } from './life.ts'
import { createLineActs } from './line-acts.ts'
import { lifeEventsOf } from './subscription-tables.ts'

/** Suspension for debt and its end: of all a subscriber has in a currency, but what he paid before. */
export interface DebtActs {
  /** How many were suspended. Those that are suspended, paused or over stay as they are. */
  readonly suspend: (tx: Transaction, of: DebtOf) => number
  /** How many came back. */
  readonly restore: (tx: Transaction, of: DebtOf) => number
  /** How many would be suspended. */
  readonly toSuspend: (reads: Reads, subscriberId: string, currency: string) => readonly string[]
}

export interface DebtOf {
  readonly subscriberId: string
  readonly currency: string
  readonly accountId: string | null
  readonly reason: string
}

const idsIn = (
  reads: Reads,
  subscriberId: string,
  currency: string,
  states: string,
): readonly string[] =>
  reads
    .all<{ id: string }>(
      `SELECT s.id FROM subscription s JOIN plan p ON p.id = s.plan_id
        WHERE s.subscriber_id = ? AND s.currency = ? AND p.payment = 'postpaid'
          AND s.status IN (SELECT value FROM json_each(?)) ORDER BY s.id`,
      subscriberId,
      currency,
      states,
    )
    .map(({ id }) => id)

export const createDebtActs = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'subscribers'> & {
    readonly today: Today
    readonly lines: Pick<ServiceLines, 'settle'>
  },
): DebtActs => {
  const act = createLineActs(deps)

  /** False: it cannot be, today. */
  const take = (
    tx: Transaction,
    subscriptionId: string,
    kind: 'suspend' | 'restore',
    { accountId, reason }: DebtOf,
  ): boolean => {
    // A clock that went back: what ends a suspension is never before it.
    const since = standing(lifeEventsOf(tx, subscriptionId)).findLast(
      (event) => event.kind === 'suspend',
    )?.on
    const now = deps.today()
    return act(tx, subscriptionId, {
      kind,
      on: since === undefined ? now : laterDate(now, since),
      accountId,
      reason,
      note: kind === 'suspend' ? 'subscription-suspended' : 'subscription-restored',
    })
  }

  const takeAll = (
    tx: Transaction,
    of: DebtOf,
    kind: 'suspend' | 'restore',
    states: readonly string[],
  ): number =>
    idsIn(tx, of.subscriberId, of.currency, JSON.stringify(states)).filter((id) =>
      take(tx, id, kind, of),
    ).length

  return {
    suspend: (tx, of) => takeAll(tx, of, 'suspend', ['trial', 'active']),
    restore: (tx, of) => takeAll(tx, of, 'restore', ['suspended']),
    toSuspend: (reads, subscriberId, currency) =>
      idsIn(reads, subscriberId, currency, JSON.stringify(['trial', 'active'])),
  }
}
