import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { addMoney, money, scaleMinor, type Money } from '../../../src-shared/domain/money.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Months that an interval is counted as: twelve of 30 days are 360 of a year's 365. */
const monthsOf = { month: [1, 1], quarter: [1, 3], year: [1, 12], '30d': [365, 360] } as const

interface Priced {
  readonly price: number
  readonly currency: CurrencyCode
  readonly interval: keyof typeof monthsOf
}

/** A price of an interval as a month of it. */
export const monthlyPrice = (
  price: number,
  currency: CurrencyCode,
  interval: keyof typeof monthsOf,
): Money => {
  const [numerator, denominator] = monthsOf[interval]
  return money(scaleMinor(price, numerator, denominator), currency)
}

/**
 * What some services bring a month by the prices of their plans: with the extras that go with every
 * one, without discounts, units and what was agreed apart. It says what is at stake, not what a bill
 * will say. Null: nothing is known, or it is not of one currency.
 */
export const monthlyOf = (reads: Reads, serviceIds: readonly string[]): Money | null => {
  const rows = reads.all<Priced>(
    `SELECT v.price + coalesce((SELECT sum(e.price) FROM plan_extra e
        WHERE e.plan_version_id = v.id AND e.kind = 'recurring' AND e.required = 1), 0) AS price,
      v.currency, v.interval
      FROM subscription s JOIN plan_version v ON v.id = s.plan_version_id
      WHERE s.service_id IN (SELECT value FROM json_each(?)) AND v.price IS NOT NULL
        AND s.status IN ('trial', 'active', 'suspended')`,
    JSON.stringify(serviceIds),
  )
  let total: Money | null = null
  for (const { price, currency, interval } of rows) {
    const part = monthlyPrice(price, currency, interval)
    if (total !== null && total.currency !== currency) return null
    total = total === null ? part : addMoney(total, part)
  }
  return total
}
