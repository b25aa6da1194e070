import { laterDate, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { standing, tellLife, type LifeEvent } from './life.ts'
import { createPlanBook } from './plan-book.ts'
import {
  appendEvent,
  followedFrom,
  lifeEventsOf,
  putFollowed,
  subscriptionById,
} from './subscription-tables.ts'

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
  const { clock, newId, today } = deps

  /** False: it cannot be, today. */
  const take = (
    tx: Transaction,
    subscriptionId: string,
    kind: 'suspend' | 'restore',
    { accountId, reason }: DebtOf,
  ): boolean => {
    const record = subscriptionById(tx, subscriptionId)
    if (record === null) return false
    const events = lifeEventsOf(tx, subscriptionId)
    // A clock that went back: what ends a suspension is never before it.
    const since = standing(events).findLast((event) => event.kind === 'suspend')?.on
    const now = today()
    const on: CalendarDate = since === undefined ? now : laterDate(now, since)
    let seq = Math.max(0, ...events.map((event) => event.seq)) + 1
    const act = { kind, id: newId(), seq: 0, on } as const
    const undone: LifeEvent[] = []
    // A change or a pause that is planned cannot be while he is in debt: it is taken back with it.
    for (const planned of standing(events).filter((event) => event.on > on)) {
      const told = tellLife([...events, ...undone, { ...act, seq }])
      if (told.kind !== 'refused') break
      undone.push({ kind: 'undo', id: newId(), seq: seq++, on, undoes: planned.id })
    }
    const added: readonly LifeEvent[] = [...undone, { ...act, seq }]
    if (tellLife([...events, ...added]).kind !== 'life') return false
    const at = clock.now()
    for (const event of added) appendEvent(tx, record.id, event, { reason, actorId: accountId, at })
    const followed = followedFrom(record, [...events, ...added], now)
    const version = putFollowed(tx, record, followed, at)
    if (record.kind === 'main' && record.serviceId !== null) {
      deps.lines.settle(tx, record.serviceId, { accountId, reason })
    }
    deps.subscribers.note(tx, {
      subscriberId: record.subscriberId,
      kind: kind === 'suspend' ? 'subscription-suspended' : 'subscription-restored',
      objectKind: 'subscription',
      objectId: record.id,
      accountId,
      data: { plan: createPlanBook(tx).version(followed.planVersionId).planName, on, reason },
    })
    tx.change({
      entity: 'subscription',
      entityId: record.id,
      kind: 'updated',
      version,
      data: { act: kind, on, status: followed.status },
    })
    return true
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
