import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import { applied } from '../../src-main/billing/applied.ts'
import type { Due } from '../../src-main/billing/rules.ts'
import { createSchedule, type Alignment, type Interval } from '../../src-main/billing/schedule.ts'
import type { PriceVersion, SubscriptionFacts } from '../../src-main/billing/subscription-facts.ts'

/** Subscriptions to bill in tests, with as little said as a case needs. */

export const usd = currencyCode('USD')
export const on = calendarDate

export const versionOf = ({
  from,
  name = 'Home 20',
  price = 24_995,
  interval = 'month',
  align = { kind: 'anniversary' },
  ...rest
}: {
  readonly from: string
  readonly name?: string
  readonly price?: number
  readonly interval?: Interval
  readonly align?: Alignment
} & Partial<Omit<PriceVersion, 'fromOn' | 'planName' | 'price'>>): PriceVersion => ({
  fromOn: on(from),
  planVersionId: name,
  planName: name,
  price,
  taxIncluded: false,
  taxCodes: [],
  schedule: createSchedule(interval, on(from), align),
  mode: 'advance',
  proration: 'actual',
  billWhileSuspended: true,
  billWhilePaused: false,
  extras: [],
  discounts: [],
  stacking: 'sequential',
  ...rest,
})

export const factsOf = (
  versions: readonly PriceVersion[],
  rest: Partial<SubscriptionFacts> = {},
): SubscriptionFacts => ({
  id: 'sub',
  currency: usd,
  startsOn: versions[0]?.fromOn ?? on('2026-01-01'),
  endsOn: null,
  trialUntilOn: null,
  versions,
  absences: [],
  oneOffs: [],
  billed: [],
  ...rest,
})

/** The facts once all that was due is issued: lines are named by what they charge. */
export const issued = (facts: SubscriptionFacts, due: Due): SubscriptionFacts =>
  applied(facts, due, (index) => {
    const charge = due.charges[index]
    return `${charge?.chargeKind} ${charge?.range.start} ${charge?.planVersionId} ${index}`
  })

/** `from→until amount` of each charge and `-amount` of each credit, in major units of 2 decimals. */
export const told = ({ charges, credits }: Due): readonly string[] => [
  ...credits.map(
    ({ unused, amount }) => `${unused.start}→${unused.end} ${(-amount / 100).toFixed(2)}`,
  ),
  ...charges.map(({ range, amount }) => `${range.start}→${range.end} ${(amount / 100).toFixed(2)}`),
]
