import {
  addDays,
  earlierDate,
  laterDate,
  type CalendarDate,
  type DateRange,
} from '../../src-shared/domain/calendar-date.ts'
import { endOfTime, withoutRanges } from './date-ranges.ts'
import { dueThrough } from './schedule.ts'
import type { BillingPolicy, PriceVersion, SubscriptionFacts } from './subscription-facts.ts'

/** Where each version of a subscription holds, where it costs something, and up to where it is due. */
export interface Stretch {
  readonly version: PriceVersion
  /** Where it holds. */
  readonly range: DateRange
  /** Where it costs something. */
  readonly charged: readonly DateRange[]
  /** Up to where it is due. */
  readonly throughOn: CalendarDate | null
}

const sameSchedule = (a: PriceVersion, b: PriceVersion): boolean =>
  a.mode === b.mode &&
  a.schedule.interval === b.schedule.interval &&
  a.schedule.anchorOn === b.schedule.anchorOn &&
  a.schedule.anchorDay === b.schedule.anchorDay

export const stretchesOf = (
  facts: SubscriptionFacts,
  asOf: CalendarDate,
  policy: BillingPolicy,
): readonly Stretch[] => {
  const last = serviceEnd(facts, policy)
  return facts.versions.flatMap((version, index): Stretch[] => {
    const next = facts.versions[index + 1]
    const start = laterDate(version.fromOn, facts.startsOn)
    const end = earlierDate(next?.fromOn ?? endOfTime, last)
    if (start >= end) return []
    const range = { start, end }
    const free = [
      ...(facts.trialUntilOn === null ? [] : [{ start: facts.startsOn, end: facts.trialUntilOn }]),
      ...absencesOf(facts, version),
    ]
    // In arrears a change waits for the bill date that both versions share.
    const waits = next !== undefined && version.mode === 'arrears' && sameSchedule(version, next)
    const reached = dueThrough({
      schedule: version.schedule,
      mode: version.mode,
      startsOn: start,
      endsOn: waits && end < last ? (last === endOfTime ? null : last) : end,
      asOf,
      leadDays: policy.leadDays,
    })
    const throughOn = reached === null ? null : earlierDate(reached, end)
    return [{ version, range, charged: withoutRanges(range, free), throughOn }]
  })
}

const serviceEnd = ({ endsOn }: SubscriptionFacts, { endDay }: BillingPolicy): CalendarDate =>
  endsOn === null ? endOfTime : endDay === 'charged' ? addDays(endsOn, 1) : endsOn

const absencesOf = (
  { absences }: SubscriptionFacts,
  { billWhilePaused, billWhileSuspended }: PriceVersion,
): readonly DateRange[] =>
  absences
    .filter(({ kind }) => !(kind === 'pause' ? billWhilePaused : billWhileSuspended))
    .map(({ startOn, endOn }) => ({ start: startOn, end: endOn ?? endOfTime }))
    .filter(({ start, end }) => start < end)
