import {
  addDays,
  earlierDate,
  laterDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import { freeSources } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { planOne, type PlannedOne } from '../run/bill-one.ts'
import type { BillingRound } from '../run/read-work.ts'
import { isOnce } from '../subscription-facts.ts'
import { eventsOfAct } from '../subscriptions/line-acts.ts'
import { boughtAt, standing, stateAt, tellLife } from '../subscriptions/life.ts'
import {
  lifeEventsOf,
  subscriptionById,
  type SubscriptionRecord,
} from '../subscriptions/subscription-tables.ts'
import {
  balanceExpiry,
  nextStep,
  type DueLook,
  type PrepaidFacts,
  type PrepaidStep,
} from './prepaid-rules.ts'
import {
  balanceDaysOf,
  hasPostpaid,
  lastPaidOn,
  owedFor,
  type PrepaidView,
  type Purse,
} from './prepaid-tables.ts'

/** What stands in the store, brought to what the rules ask for. Reads; writes nothing. */

export interface PrepaidLook {
  readonly record: SubscriptionRecord
  readonly facts: PrepaidFacts
  /** What would be written. */
  readonly planned: PlannedOne
  readonly step: PrepaidStep
}

/** A period is charged when it begins, each on a document of its own, whatever the seller's runs do. */
export const prepaidRound = (round: BillingRound): BillingRound => ({
  ...round,
  seller: { ...round.seller, leadDays: 0, catchUp: 'each' },
})

export const freeOf = (reads: Reads, { subscriberId, currency }: Purse): number =>
  freeSources(reads, subscriberId, currency).reduce((sum, { free }) => sum + free, 0)

const dueOf = ({ planned }: PlannedOne): DueLook => ({
  givesBack: planned.credits.length > 0,
  invoices: planned.invoices.map(({ draft, periods }) => {
    const days = periods.filter(({ charge }) => !isOnce(charge.chargeKind))
    const [first, ...others] = (days.length === 0 ? periods : days).map(
      ({ charge }) => charge.range.start,
    )
    if (first === undefined) throw new Error('an invoice of no days')
    return {
      total: draft?.total ?? 0,
      fromOn: others.reduce((on, day) => earlierDate(on, day), first),
    }
  }),
  throughOn: planned.throughOn,
})

/** @throws NocturneError for what keeps it from being charged. */
export const lookAt = (
  reads: Reads,
  round: BillingRound,
  subscribers: Pick<SubscriberPort, 'party'>,
  subscriptionId: string,
): PrepaidLook => {
  const planned = planOne(reads, round, subscribers, subscriptionId)
  const { record, party } = planned
  const { today } = round
  const events = lifeEventsOf(reads, subscriptionId)
  const told = tellLife(events)
  const life = told.kind === 'life' ? told.life : null
  const state = life === null ? 'ended' : stateAt(life, today)
  const bought = life === null ? null : boughtAt(life, today)
  const version = round.plans.version(bought?.planVersionId ?? record.planVersionId)
  const restored =
    state === 'suspended'
      ? eventsOfAct(events, { kind: 'restore', on: today, renews: true }, round.newId)
      : null
  const facts: PrepaidFacts = {
    today,
    state,
    graceDays: version.graceDays,
    spared: party.neverSuspend,
    free: freeOf(reads, record),
    owes: owedFor(reads, subscriptionId),
    due: dueOf(planned),
    back:
      restored === null
        ? null
        : dueOf(planOne(reads, round, subscribers, subscriptionId, restored)),
    billedThroughOn: record.billedThroughOn,
    lastActOn: standing(events)
      .filter(({ on }) => on <= today)
      .reduce<CalendarDate>((last, { on }) => laterDate(last, on), record.startsOn),
  }
  return { record, facts, planned, step: nextStep(facts) }
}

/** What is charged after what is paid for; null: nothing, or it cannot be told yet. */
const nextCharge = (
  reads: Reads,
  round: BillingRound,
  subscribers: Pick<SubscriberPort, 'party'>,
  { record, facts }: PrepaidLook,
): { readonly on: CalendarDate; readonly total: number } | null => {
  const on = laterDate(record.billedThroughOn ?? record.startsOn, record.startsOn)
  if (record.endsOn !== null && on >= record.endsOn) return null
  if (facts.state === 'ended' || on > addDays(facts.today, 800)) return null
  try {
    const { planned } = planOne(reads, { ...round, today: on }, subscribers, record.id)
    const [first] = planned.invoices
    return first === undefined ? null : { on, total: first.draft?.total ?? 0 }
  } catch {
    // A tax rate that is not there yet, say: it is told of when its day has come.
    return null
  }
}

export const purseExpiry = (reads: Reads, purse: Purse): CalendarDate | null =>
  balanceExpiry({
    lastPaidOn: lastPaidOn(reads, purse),
    balanceDays: balanceDaysOf(reads, purse),
    hasPostpaid: hasPostpaid(reads, purse),
  })

const stateOf = ({ facts, step }: PrepaidLook): PrepaidView['state'] => {
  switch (facts.state) {
    case 'draft':
      return 'planned'
    case 'suspended':
      return 'off'
    case 'trial':
    case 'active':
      return step.kind === 'wait' && step.missing > 0 ? 'unpaid' : 'running'
    default:
      return facts.state
  }
}

const earliest = (days: readonly (CalendarDate | null)[]): CalendarDate | null =>
  days.reduce(
    (first, day) => (first === null ? day : day === null ? first : earlierDate(first, day)),
    null,
  )

/** What a list shows of it, once nothing is left to be done. */
export const viewOf = (
  reads: Reads,
  round: BillingRound,
  subscribers: Pick<SubscriberPort, 'party'>,
  look: PrepaidLook,
): PrepaidView => {
  const { record, facts, step } = look
  const { free, owes, today } = facts
  const short = step.kind === 'wait' && step.missing > 0
  const next = short
    ? { on: today, total: step.missing + free }
    : nextCharge(reads, round, subscribers, look)
  const expiresOn = free > 0 ? purseExpiry(reads, record) : null
  const offOn = step.kind === 'wait' ? step.offOn : null
  return {
    id: record.id,
    subscriberId: record.subscriberId,
    currency: record.currency,
    seenVersion: record.version,
    state: stateOf(look),
    balance: free,
    owes,
    nextOn: next?.on ?? null,
    nextTotal: next?.total ?? null,
    offOn,
    expiresOn,
    lookOn: earliest([short ? null : (next?.on ?? null), offOn, expiresOn, record.nextOn]),
    problem: null,
  }
}

/** What is kept of one that could not be looked at: the rest as it was seen last. */
export const brokenView = (
  reads: Reads,
  subscriptionId: string,
  problem: Problem,
): PrepaidView | null => {
  const record = subscriptionById(reads, subscriptionId)
  if (record === null) return null
  const state =
    record.status === 'draft'
      ? 'planned'
      : record.status === 'suspended'
        ? 'off'
        : record.status === 'trial' || record.status === 'active'
          ? 'running'
          : record.status
  return {
    id: record.id,
    subscriberId: record.subscriberId,
    currency: record.currency,
    seenVersion: record.version,
    state,
    balance: freeOf(reads, record),
    owes: owedFor(reads, record.id),
    nextOn: null,
    nextTotal: null,
    offOn: null,
    expiresOn: null,
    lookOn: null,
    problem,
  }
}
