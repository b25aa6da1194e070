import {
  prepaidFilters,
  type PrepaidFilter,
  type PrepaidRow,
} from '../../../src-shared/contract/billing-prepaid.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { likeText } from '../like-text.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Prepaid subscriptions as lists show them: what was seen when something moved last. */

type StoredRow = Omit<PrepaidRow, 'low' | 'problem'> & {
  readonly low: number
  readonly problem: string | null
}

const missing = `CASE WHEN v.next_total IS NULL THEN v.owes
  ELSE max(0, v.next_total + CASE WHEN v.state = 'off' THEN 0 ELSE v.owes END - v.balance) END`

/** `@soon`: the last day that is soon. */
const low = `(v.state = 'running' AND v.next_on IS NOT NULL AND v.next_on <= ?
  AND v.next_total > v.balance)`

const columns = `s.id AS subscriptionId, s.subscriber_id AS subscriberId, b.code AS subscriberCode,
  b.name AS subscriberName, b.shown_phone AS phone, p.name AS planName, r.name AS serviceName,
  s.currency, v.state, ${low} AS low, v.balance, v.owes, s.billed_through_on AS paidUntilOn,
  v.next_on AS nextOn, v.next_total AS nextTotal, ${missing} AS missing, v.off_on AS offOn,
  v.expires_on AS expiresOn, v.problem`

const from = `prepaid_view v JOIN subscription s ON s.id = v.subscription_id
  JOIN subscriber b ON b.id = s.subscriber_id JOIN plan p ON p.id = s.plan_id
  LEFT JOIN subscriber_service r ON r.id = s.service_id`

const rowOf = (row: StoredRow): PrepaidRow => ({
  ...row,
  low: row.low === 1,
  problem: row.problem === null ? null : (JSON.parse(row.problem) as PrepaidRow['problem']),
})

const orders = {
  name: 'b.name_key',
  balance: 'v.currency, v.balance',
  missing: `v.currency, ${missing}`,
  next: `coalesce(v.off_on, v.next_on, '9999')`,
  expires: `coalesce(v.expires_on, '9999')`,
} as const

const shown = `CASE WHEN ${low} THEN 'low' ELSE v.state END`

export const prepaidRows = (
  reads: Reads,
  of: Input<'billing.prepaid'> & { readonly today: CalendarDate; readonly lowDays: number },
): Pick<Output<'billing.prepaid'>, 'rows' | 'total'> => {
  const { states, search, sort, descending, limit, offset } = of
  const soon = addDays(of.today, of.lowDays)
  const where = `v.state <> 'ended' AND (? = '[]' OR ${shown} IN (SELECT value FROM json_each(?)))
    AND (? = '' OR b.name LIKE ? ESCAPE '\\' OR b.code LIKE ? ESCAPE '\\')`
  const wanted = JSON.stringify(states)
  const like = likeText(search)
  const asked = [wanted, soon, wanted, search, like, like]
  // Both words come from lists of ours.
  const order = `${orders[sort]} ${descending ? 'DESC' : 'ASC'}`
  return {
    total:
      reads.all<{ count: number }>(
        `SELECT count(*) AS count FROM ${from} WHERE ${where}`,
        ...asked,
      )[0]?.count ?? 0,
    rows: reads
      .all<StoredRow>(
        `SELECT ${columns} FROM ${from} WHERE ${where} ORDER BY ${order}, v.subscription_id
          LIMIT ? OFFSET ?`,
        soon,
        ...asked,
        limit,
        offset,
      )
      .map(rowOf),
  }
}

export const prepaidRowsOf = (
  reads: Reads,
  subscriberId: string,
  of: { readonly today: CalendarDate; readonly lowDays: number },
): PrepaidRow[] =>
  reads
    .all<StoredRow>(
      `SELECT ${columns} FROM ${from} WHERE v.subscriber_id = ? AND v.state <> 'ended'
        ORDER BY s.kind DESC, s.starts_on, s.id`,
      addDays(of.today, of.lowDays),
      subscriberId,
    )
    .map(rowOf)

export const prepaidCounts = (
  reads: Reads,
  of: { readonly today: CalendarDate; readonly lowDays: number },
): Pick<Output<'billing.prepaid'>, 'counts' | 'balances'> => {
  const found = reads.all<{ state: PrepaidFilter; count: number }>(
    `SELECT ${shown} AS state, count(*) AS count FROM prepaid_view v
      WHERE v.state <> 'ended' GROUP BY 1`,
    addDays(of.today, of.lowDays),
  )
  return {
    counts: prepaidFilters.map((state) => ({
      state,
      count: found.find((row) => row.state === state)?.count ?? 0,
    })),
    balances: reads
      .all<{ currency: string; balance: number }>(
        // A balance is one for all that a subscriber has in a currency.
        `SELECT currency, sum(balance) AS balance FROM (SELECT currency, max(balance) AS balance
          FROM prepaid_view WHERE state <> 'ended' GROUP BY subscriber_id, currency)
          GROUP BY currency ORDER BY currency`,
      )
      .map((row) => ({ ...row })),
  }
}
