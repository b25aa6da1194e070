import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { applied } from '../applied.ts'
import { dueOf, type Due } from '../rules.ts'
import { nextBillDate } from '../schedule.ts'
import type { SubscriptionFacts } from '../subscription-facts.ts'

/** Bills that would be made, one after the other, by the rules that make them. Pure. */

export interface SimulatedBill {
  readonly on: CalendarDate
  readonly due: Due
}

const isEmpty = ({ charges, credits }: Due): boolean => charges.length === 0 && credits.length === 0

/** The same facts after a bill was made. */
export const billed = (facts: SubscriptionFacts, { on, due }: SimulatedBill): SubscriptionFacts =>
  applied(facts, due, (index) => `${on}/${index}`)

/** What is due on a day, if anything. */
export const billOn = (facts: SubscriptionFacts, on: CalendarDate): SimulatedBill | null => {
  const due = dueOf(facts, on)
  return isEmpty(due) ? null : { on, due }
}

/** So many looks into the future at most: a plan that is never billed ends them. */
const mostLooks = 40

/** The next bills from a day on, that day among them; at most `count`. */
export const billsFrom = (
  facts: SubscriptionFacts,
  from: CalendarDate,
  count: number,
): readonly SimulatedBill[] => {
  const bills: SimulatedBill[] = []
  let now = facts
  let on = from
  for (let look = 0; look < mostLooks && bills.length < count; look++) {
    const bill = billOn(now, on)
    if (bill !== null) {
      bills.push(bill)
      now = billed(now, bill)
    }
    const next = nextLook(now, on)
    if (next === null) break
    on = next
  }
  return bills
}

/** The next day on which something may be due: a bill date, a change, an end, a one-off. */
const nextLook = (facts: SubscriptionFacts, on: CalendarDate): CalendarDate | null => {
  if (facts.endsOn !== null && on > facts.endsOn) return null
  const version = facts.versions.findLast(({ fromOn }) => fromOn <= on) ?? facts.versions[0]
  if (version === undefined) return null
  const days = [
    nextBillDate(version.schedule, on),
    facts.startsOn,
    ...facts.versions.map(({ fromOn }) => fromOn),
    ...facts.absences.flatMap(({ startOn, endOn }) => [
      startOn,
      ...(endOn === null ? [] : [endOn]),
    ]),
    ...facts.oneOffs.map(({ onOn }) => onOn),
    ...(facts.endsOn === null ? [] : [facts.endsOn, addDays(facts.endsOn, 1)]),
    ...(facts.trialUntilOn === null ? [] : [facts.trialUntilOn]),
  ]
  return days.filter((day) => day > on).toSorted()[0] ?? null
}
