import type { Reads } from '../plans/plan-tables.ts'
import type { ServiceCase } from './rules.ts'

/** A service with whose it is and what is sold on it: one row of the books. */
export interface BookedService {
  readonly id: string
  readonly name: string
  readonly state: ServiceCase['service']['state']
  readonly oltId: string | null
  readonly serial: string | null
  readonly endedAt: number | null
  readonly subscriberId: string
  readonly code: string
  readonly subscriberName: string
  readonly status: ServiceCase['subscriber']['status']
  readonly statusSince: number
  readonly subscriptionId: string | null
  readonly subscriptionStatus: NonNullable<ServiceCase['subscription']>['status'] | null
  readonly statusSinceOn: string | null
  readonly startsOn: string | null
  readonly planName: string | null
  readonly speedId: string | null
  /** Of a whole interval, with the extras that go with every one; null: by the unit. */
  readonly price: number | null
  readonly currency: string | null
  readonly interval: 'month' | 'quarter' | 'year' | '30d' | null
}

/** What runs stands before what is planned, and that before what ended last. */
const mainOf = `(SELECT m.id FROM subscription m WHERE m.service_id = s.id AND m.kind = 'main'
  AND m.starts_on IS NOT m.ends_on ORDER BY CASE m.status WHEN 'ended' THEN 2 WHEN 'draft' THEN 1 ELSE 0
  END, m.starts_on DESC LIMIT 1)`

/** Services after `after`, by id; those that ended too, as long as they name an ONU. */
export const servicesAfter = (
  reads: Reads,
  after: string,
  limit: number,
): readonly BookedService[] =>
  reads.all<BookedService>(
    `SELECT s.id, s.name, s.state, s.olt_id AS oltId, s.serial, s.ended_at AS endedAt,
      c.id AS subscriberId, c.code, c.name AS subscriberName, c.status,
      c.status_since AS statusSince, m.id AS subscriptionId, m.status AS subscriptionStatus,
      m.status_since_on AS statusSinceOn, m.starts_on AS startsOn, p.name AS planName,
      v.speed_id AS speedId, m.currency, v.interval,
      v.price + coalesce((SELECT sum(e.price) FROM plan_extra e WHERE e.plan_version_id = v.id
        AND e.kind = 'recurring' AND e.required = 1), 0) AS price
      FROM subscriber_service s JOIN subscriber c ON c.id = s.subscriber_id
      LEFT JOIN subscription m ON m.id = ${mainOf}
      LEFT JOIN plan_version v ON v.id = m.plan_version_id LEFT JOIN plan p ON p.id = m.plan_id
      WHERE s.id > ? ORDER BY s.id LIMIT ?`,
    after,
    limit,
  )

export const countServices = (reads: Reads): number =>
  reads.all<{ readonly count: number }>(`SELECT count(*) AS count FROM subscriber_service`)[0]!
    .count
