import type { Reads } from './plan-tables.ts'

/** Who stands under a plan, or under one version of it, and is not over; by subscriber. */
export const planUsers = (
  reads: Reads,
  asked: {
    readonly planId: string
    readonly versionId: string | null
    readonly offset: number
    readonly limit: number
  },
) => {
  const { planId, versionId, offset, limit } = asked
  const from = `FROM subscription JOIN subscriber ON subscriber.id = subscription.subscriber_id
    JOIN plan_version ON plan_version.id = subscription.plan_version_id
    LEFT JOIN subscriber_service ON subscriber_service.id = subscription.service_id
    WHERE subscription.plan_id = ? AND subscription.plan_version_id = coalesce(?,
      subscription.plan_version_id) AND subscription.status <> 'ended'`
  const [count] = reads.all<{ total: number }>(
    `SELECT count(*) AS total ${from}`,
    planId,
    versionId,
  )
  const users = reads.all<{
    subscriptionId: string
    subscriberId: string
    subscriberCode: string
    subscriberName: string
    serviceName: string | null
    status: string
    startsOn: string
    versionNumber: number
  }>(
    `SELECT subscription.id AS subscriptionId, subscriber.id AS subscriberId,
      subscriber.code AS subscriberCode, subscriber.name AS subscriberName,
      subscriber_service.name AS serviceName, subscription.status AS status,
      subscription.starts_on AS startsOn, plan_version.number AS versionNumber
      ${from} ORDER BY subscriber.name_key, subscription.id LIMIT ? OFFSET ?`,
    planId,
    versionId,
    limit,
    offset,
  )
  return { total: count?.total ?? 0, users: [...users] }
}
