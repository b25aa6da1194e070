import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Transaction } from '../../store/write-path.ts'
import { endOfTime } from '../date-ranges.ts'
import type { Reads } from '../plans/plan-tables.ts'
import {
  boughtAt,
  nextChange,
  stateAt,
  stateSince,
  tellLife,
  type Bought,
  type LifeEvent,
  type LifeState,
} from './life.ts'

/** Subscriptions and what happened to them. The events are the truth; the row follows from them. */

export interface SubscriptionRecord {
  readonly id: string
  readonly version: number
  readonly subscriberId: string
  readonly serviceId: string | null
  readonly planId: string
  readonly kind: 'main' | 'extra'
  readonly currency: CurrencyCode
  readonly startsOn: CalendarDate
  readonly anchorOn: CalendarDate
  readonly anchorDay: number
  readonly billedThroughOn: CalendarDate | null
  readonly planVersionId: string
  readonly status: LifeState
  readonly statusSinceOn: CalendarDate
  readonly endsOn: CalendarDate | null
  readonly nextOn: CalendarDate | null
}

const columns = `id, version, subscriber_id AS subscriberId, service_id AS serviceId,
  plan_id AS planId, kind, currency, starts_on AS startsOn, anchor_on AS anchorOn,
  anchor_day AS anchorDay, billed_through_on AS billedThroughOn, plan_version_id AS planVersionId,
  status, status_since_on AS statusSinceOn, ends_on AS endsOn, next_on AS nextOn`

export const subscriptionById = (reads: Reads, id: string): SubscriptionRecord | null => {
  const [row] = reads.all<SubscriptionRecord>(
    `SELECT ${columns} FROM subscription WHERE id = ?`,
    id,
  )
  return row === undefined ? null : { ...row }
}

/** Those that run first, then what is planned, then the ended; of each the latest first. */
export const subscriptionsOf = (
  reads: Reads,
  subscriberId: string,
): readonly SubscriptionRecord[] =>
  reads.all<SubscriptionRecord>(
    `SELECT ${columns} FROM subscription WHERE subscriber_id = ?
      ORDER BY CASE status WHEN 'ended' THEN 2 WHEN 'draft' THEN 1 ELSE 0 END, kind DESC,
      starts_on DESC, id`,
    subscriberId,
  )

/** Of one service, those of a main plan that are not over. */
export const mainsOfService = (reads: Reads, serviceId: string): readonly SubscriptionRecord[] =>
  reads.all<SubscriptionRecord>(
    `SELECT ${columns} FROM subscription WHERE service_id = ? AND kind = 'main'
      AND status <> 'ended' ORDER BY starts_on`,
    serviceId,
  )

/**
 * Another subscription of a main plan that the service has in [startOn, endOn); null: none. One whose
 * start was taken back never was.
 */
export const overlappingMain = (
  reads: Reads,
  serviceId: string,
  exceptId: string,
  startOn: CalendarDate,
  endOn: CalendarDate | null,
): SubscriptionRecord | null =>
  reads.all<SubscriptionRecord>(
    `SELECT ${columns} FROM subscription WHERE service_id = ? AND kind = 'main' AND id <> ?
      AND starts_on IS NOT ends_on AND (ends_on IS NULL OR ends_on > ?) AND starts_on < ?
      ORDER BY starts_on LIMIT 1`,
    serviceId,
    exceptId,
    startOn,
    endOn ?? endOfTime,
  )[0] ?? null

/** What stands under a version and is not over, by id. */
export const liveUnder = (
  reads: Reads,
  planVersionId: string,
  after: string,
  limit: number,
): readonly SubscriptionRecord[] =>
  reads.all<SubscriptionRecord>(
    `SELECT ${columns} FROM subscription WHERE plan_version_id = ? AND status <> 'ended' AND id > ?
      ORDER BY id LIMIT ?`,
    planVersionId,
    after,
    limit,
  )

/** Planned for a day that has come: what ends first, so that what begins finds its place free. */
export const dueOn = (
  reads: Reads,
  today: CalendarDate,
  limit: number,
): readonly SubscriptionRecord[] =>
  reads.all<SubscriptionRecord>(
    `SELECT ${columns} FROM subscription WHERE next_on <= ? ORDER BY
      CASE WHEN ends_on <= ? THEN 0 ELSE 1 END, next_on, id LIMIT ?`,
    today,
    today,
    limit,
  )

export interface EventRecord {
  readonly id: string
  readonly seq: number
  readonly kind: LifeEvent['kind']
  readonly on: CalendarDate
  readonly planVersionId: string | null
  readonly payload: {
    readonly quantity?: number
    readonly priceOverride?: number | null
    readonly extras?: Bought['extras']
    readonly trialUntil?: CalendarDate | null
    readonly renews?: true
  }
  readonly undoesId: string | null
  readonly reason: string
  readonly actorId: string | null
  readonly at: number
}

/** In the order they were written. */
export const eventsOf = (reads: Reads, subscriptionId: string): readonly EventRecord[] =>
  reads
    .all<Omit<EventRecord, 'payload'> & { payload: string }>(
      `SELECT id, seq, kind, effective_on AS "on", plan_version_id AS planVersionId, payload,
        undoes_id AS undoesId, reason, actor_id AS actorId, at
        FROM subscription_event WHERE subscription_id = ? ORDER BY seq`,
      subscriptionId,
    )
    .map((row) => ({ ...row, payload: JSON.parse(row.payload) as EventRecord['payload'] }))

export const lifeEventOf = (record: EventRecord): LifeEvent => {
  const { id, seq, on, kind, planVersionId, payload } = record
  switch (kind) {
    case 'start':
    case 'change': {
      const bought: Bought = {
        priceId: id,
        planVersionId: planVersionId ?? '',
        quantity: payload.quantity ?? 1,
        priceOverride: payload.priceOverride ?? null,
        extras: payload.extras ?? [],
      }
      return kind === 'start'
        ? { id, seq, on, kind, bought, trialUntil: payload.trialUntil ?? null }
        : { id, seq, on, kind, bought }
    }
    case 'undo':
      return { id, seq, on, kind, undoes: record.undoesId ?? '' }
    case 'restore':
      return { id, seq, on, kind, ...(payload.renews === true ? { renews: true } : {}) }
    default:
      return { id, seq, on, kind }
  }
}

export const lifeEventsOf = (reads: Reads, subscriptionId: string): readonly LifeEvent[] =>
  eventsOf(reads, subscriptionId).map(lifeEventOf)

export interface WrittenBy {
  readonly reason: string
  readonly actorId: string | null
  readonly at: number
}

export const appendEvent = (
  tx: Transaction,
  subscriptionId: string,
  event: LifeEvent,
  by: WrittenBy,
): void => {
  const bought = event.kind === 'start' || event.kind === 'change' ? event.bought : null
  const payload: EventRecord['payload'] =
    bought === null
      ? event.kind === 'restore' && event.renews === true
        ? { renews: true }
        : {}
      : {
          quantity: bought.quantity,
          priceOverride: bought.priceOverride,
          extras: bought.extras,
          ...(event.kind === 'start' ? { trialUntil: event.trialUntil } : {}),
        }
  tx.run(
    `INSERT INTO subscription_event (id, subscription_id, seq, kind, effective_on, plan_version_id,
      payload, undoes_id, reason, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    event.id,
    subscriptionId,
    event.seq,
    event.kind,
    event.on,
    bought?.planVersionId ?? null,
    JSON.stringify(payload),
    event.kind === 'undo' ? event.undoes : null,
    by.reason,
    by.actorId,
    by.at,
  )
}

/** What follows from the events on a day. */
export type Followed = Pick<
  SubscriptionRecord,
  'planVersionId' | 'status' | 'statusSinceOn' | 'endsOn' | 'nextOn'
>

/** @throws Error for events that make no life: they are refused before they are written. */
export const followedFrom = (
  record: Pick<SubscriptionRecord, 'startsOn' | 'planVersionId'>,
  events: readonly LifeEvent[],
  today: CalendarDate,
): Followed => {
  const told = tellLife(events)
  switch (told.kind) {
    case 'refused':
      throw new Error(`a subscription's ${told.event.kind} cannot be in ${told.state}`)
    case 'never':
      return {
        planVersionId: record.planVersionId,
        status: 'ended',
        statusSinceOn: record.startsOn,
        endsOn: record.startsOn,
        nextOn: null,
      }
    case 'life': {
      const { life } = told
      return {
        planVersionId: boughtAt(life, today)?.planVersionId ?? record.planVersionId,
        status: stateAt(life, today),
        statusSinceOn: stateSince(life, today),
        endsOn: life.end,
        nextOn: nextChange(life, today),
      }
    }
  }
}

export const insertSubscription = (
  tx: Transaction,
  record: SubscriptionRecord,
  at: number,
): void => {
  tx.run(
    `INSERT INTO subscription (id, version, subscriber_id, service_id, plan_id, kind, currency,
      starts_on, anchor_on, anchor_day, billed_through_on, plan_version_id, status, status_since_on,
      ends_on, next_on, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    record.id,
    record.version,
    record.subscriberId,
    record.serviceId,
    record.planId,
    record.kind,
    record.currency,
    record.startsOn,
    record.anchorOn,
    record.anchorDay,
    record.billedThroughOn,
    record.planVersionId,
    record.status,
    record.statusSinceOn,
    record.endsOn,
    record.nextOn,
    at,
    at,
  )
}

export const putFollowed = (
  tx: Transaction,
  record: Pick<SubscriptionRecord, 'id' | 'version'>,
  followed: Followed,
  at: number,
): number => {
  tx.run(
    `UPDATE subscription SET version = ?, plan_version_id = ?,
      plan_id = (SELECT plan_id FROM plan_version WHERE id = ?), status = ?, status_since_on = ?,
      ends_on = ?, next_on = ?, updated_at = ? WHERE id = ?`,
    record.version + 1,
    followed.planVersionId,
    followed.planVersionId,
    followed.status,
    followed.statusSinceOn,
    followed.endsOn,
    followed.nextOn,
    at,
    record.id,
  )
  return record.version + 1
}

/** Whom and what a subscription is for, as the subscribers keep it. */
export interface ServiceFacts {
  readonly id: string
  readonly subscriberId: string
  readonly name: string
  readonly state: 'planned' | 'live' | 'ended'
  readonly oltId: string | null
  readonly serial: string | null
}

export const serviceById = (reads: Reads, id: string): ServiceFacts | null =>
  reads.all<ServiceFacts>(
    `SELECT id, subscriber_id AS subscriberId, name, state, olt_id AS oltId, serial
      FROM subscriber_service WHERE id = ?`,
    id,
  )[0] ?? null

export interface SubscriberFacts {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly status: string
}

export const subscriberById = (reads: Reads, id: string): SubscriberFacts | null =>
  reads.all<SubscriberFacts>(`SELECT id, code, name, status FROM subscriber WHERE id = ?`, id)[0] ??
  null
