import { daysBetween, type CalendarDate } from '../../src-shared/domain/calendar-date.ts'
import { chargesOf, oneOffsOf, type Charge } from './charges.ts'
import { unusedOf, type Credit } from './credits.ts'
import { daysOf } from './date-ranges.ts'
import type { DaySummary } from './explanation.ts'
import { stretchesOf } from './stretches.ts'
import {
  defaultBillingPolicy,
  type BillingPolicy,
  type SubscriptionFacts,
} from './subscription-facts.ts'

/**
 * What a subscription is to be charged and credited on a day. It has no memory of runs: what should
 * stand billed by then is worked out from the facts, and compared with what does. So a run that
 * broke, slept for three months or is made twice comes to the same; a change, an end or a pause in
 * the middle of a billed period gives back what was not used and charges what is new.
 */

export interface Due {
  readonly charges: readonly Charge[]
  readonly credits: readonly Credit[]
  /** Billed up to here (exclusive) once all of this is issued; null: nothing is due yet. */
  readonly throughOn: CalendarDate | null
  readonly summary: DaySummary
}

export const dueOf = (
  facts: SubscriptionFacts,
  asOf: CalendarDate,
  policy: BillingPolicy = defaultBillingPolicy,
): Due => {
  const stretches = stretchesOf(facts, asOf, policy)
  const { credits, standing } = unusedOf(facts, stretches, asOf)
  const charges = [
    ...stretches.flatMap((stretch) => chargesOf(facts, stretch, standing)),
    ...oneOffsOf(facts, asOf),
  ]
  const throughOn = stretches.reduce<CalendarDate | null>(
    (latest, stretch) =>
      stretch.throughOn === null || (latest !== null && latest >= stretch.throughOn)
        ? latest
        : stretch.throughOn,
    null,
  )
  return { charges, credits, throughOn, summary: summaryOf(charges) }
}

const summaryOf = (charges: readonly Charge[]): DaySummary => {
  const plans = charges.filter(({ chargeKind }) => chargeKind === 'plan')
  const byName = new Map<string, number>()
  for (const { name, range } of plans)
    byName.set(name, (byName.get(name) ?? 0) + daysBetween(range.start, range.end))
  return {
    days: daysOf(plans.map(({ range }) => range)),
    parts: [...byName].map(([name, days]) => ({ name, days })),
  }
}
