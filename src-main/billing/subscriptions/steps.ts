import type {
  BoughtTerms,
  SubscriptionAct,
} from '../../../src-shared/contract/billing-subscriptions.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import {
  addDays,
  addMonths,
  calendarDate,
  laterDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { periodHolding, type Period, type Schedule } from '../schedule.ts'
import { refusalOf } from './act-rules.ts'
import { extrasOf, priceOf, schedulesOf } from './facts.ts'
import { boughtAt, standing, tellLife, type Bought, type Life, type LifeEvent } from './life.ts'
import type { PlanBook } from './plan-book.ts'
import { directionOf, type Direction } from './price-direction.ts'
import type { SubscriptionRecord } from './subscription-tables.ts'

/** What a step would write, and what stands against it. Reads; writes nothing. */

export interface Step {
  /** To be appended in this order. */
  readonly events: readonly LifeEvent[]
  readonly effectiveOn: CalendarDate
  readonly direction: Direction | null
  readonly problem: Problem | null
  readonly warnings: readonly Problem[]
}

export interface Rights {
  /** May give another price than the plan's, and waive a minimum term. */
  readonly managesPlans: boolean
}

export interface StepDeps {
  readonly book: PlanBook
  readonly today: CalendarDate
  readonly newId: () => string
}

/** Of a subscription that there is: its life so far. */
export interface Standing {
  readonly record: SubscriptionRecord
  readonly events: readonly LifeEvent[]
  readonly life: Life
}

const denied: Problem = { code: 'permission-denied', params: { permission: 'billing.plan.manage' } }

export const boughtFrom = (terms: BoughtTerms, priceId: string): Bought => ({
  priceId,
  planVersionId: terms.planVersionId,
  quantity: terms.quantity,
  priceOverride: terms.priceOverride,
  extras: terms.extras.map((extra) => ({ ...extra })),
})

/** What cannot be bought on a day: by whom it is sold, what it names, who may give another price. */
export const refusalToBuy = (
  { book }: Pick<StepDeps, 'book'>,
  bought: Bought,
  on: CalendarDate,
  before: Bought | null,
  rights: Rights,
): Problem | null => {
  const version = book.version(bought.planVersionId)
  const plan = book.plan(version.planId)
  if (before !== null) {
    const old = book.plan(book.version(before.planVersionId).planId)
    // Another currency or another way of paying is another subscription (business.md, section 4).
    for (const part of ['kind', 'payment', 'currency'] as const) {
      if (old[part] !== plan[part]) return { code: 'plan-other-family', params: { part } }
    }
  }
  const stays = before?.planVersionId === version.id
  const keepsPlan = before !== null && book.version(before.planVersionId).planId === plan.id
  const isSold = (plan.sold || keepsPlan) && book.soldOn(plan.id, on)?.id === version.id
  if (!stays && !isSold) {
    return { code: 'plan-not-sold', params: { plan: plan.name, number: version.number, on } }
  }
  const unknown = bought.extras.find(({ code }) =>
    version.extras.every((extra) => extra.code !== code),
  )
  if (unknown !== undefined) return { code: 'not-found', params: { what: 'plan-extra' } }
  const gives = bought.priceOverride !== null && bought.priceOverride !== before?.priceOverride
  // SECURITY: who sells gives the plan's price; another one is for who makes the prices.
  return gives && !rights.managesPlans ? denied : null
}

export const startStep = (
  deps: StepDeps,
  input: {
    readonly bought: BoughtTerms
    readonly startOn: string
  },
  rights: Rights,
): Step => {
  const on = calendarDate(input.startOn)
  const id = deps.newId()
  const bought = boughtFrom(input.bought, id)
  const { trialDays } = deps.book.version(bought.planVersionId)
  const event: LifeEvent & { readonly kind: 'start' } = {
    kind: 'start',
    id,
    seq: 1,
    on,
    bought,
    trialUntil: trialDays === 0 ? null : addDays(on, trialDays),
  }
  return {
    events: [event],
    effectiveOn: on,
    direction: null,
    problem: refusalOf([], [event], deps.today) ?? refusalToBuy(deps, bought, on, null, rights),
    warnings: [],
  }
}

/** The schedule that holds on a day, and the period that holds it. */
export const periodOn = (
  { record, life }: Pick<Standing, 'record' | 'life'>,
  book: PlanBook,
  on: CalendarDate,
): { readonly schedule: Schedule; readonly period: Period } | null => {
  const schedules = schedulesOf(record, life.purchases, (id) => book.version(id))
  const found = life.purchases.findLastIndex(({ from }) => from <= on)
  const schedule = schedules[Math.max(0, found)]
  return schedule === undefined ? null : { schedule, period: periodHolding(schedule, on) }
}

const dayOf = (when: string, standingOne: Standing, { book, today }: StepDeps): CalendarDate => {
  const { life } = standingOne
  const from = laterDate(today, life.start)
  if (when === 'now') return from
  if (when === 'period-end') return periodOn(standingOne, book, from)?.period.end ?? from
  return calendarDate(when)
}

export const actStep = (
  deps: StepDeps,
  now: Standing,
  act: SubscriptionAct,
  rights: Rights,
): Step => {
  switch (act.kind) {
    case 'change':
      return changeStep(deps, now, act, rights)
    case 'pause':
      return pauseStep(deps, now, act)
    case 'resume':
      return resumeStep(deps, now, act)
    case 'end':
      return endStep(deps, now, act, rights)
  }
}

const seqAfter = (events: readonly LifeEvent[]): number =>
  Math.max(0, ...events.map(({ seq }) => seq)) + 1

const changeStep = (
  deps: StepDeps,
  now: Standing,
  act: Extract<SubscriptionAct, { readonly kind: 'change' }>,
  rights: Rights,
): Step => {
  const { book, today } = deps
  const { events, life, record } = now
  const id = deps.newId()
  const bought = boughtFrom(act.bought, id)
  const before = boughtAt(life, laterDate(today, life.start))
  const version = book.version(bought.planVersionId)
  const { currency } = record
  const total = (of: Bought): number => {
    const sold = book.version(of.planVersionId)
    return extrasOf(sold, of).reduce(
      (sum, extra) => (extra.kind === 'recurring' ? sum + extra.price * extra.quantity : sum),
      priceOf(sold, of, currency),
    )
  }
  const direction =
    before === null
      ? 'same'
      : directionOf(
          { price: total(before), interval: book.version(before.planVersionId).interval },
          { price: total(bought), interval: version.interval },
        )
  const on = dayOf(act.when ?? (direction === 'downgrade' ? 'period-end' : 'now'), now, deps)
  const event = { kind: 'change', id, seq: seqAfter(events), on, bought } as const
  const same = before !== null && sameBought(before, bought)
  return {
    events: [event],
    effectiveOn: on,
    direction,
    problem: same
      ? { code: 'subscription-unchanged', params: {} }
      : (plannedChange(events, today) ??
        refusalOf(events, [event], today) ??
        refusalToBuy(deps, bought, on, before, rights)),
    warnings: [],
  }
}

/** Two changes that both wait would hide one another: the first is taken back before the second. */
const plannedChange = (events: readonly LifeEvent[], today: CalendarDate): Problem | null => {
  const planned = standing(events).find(({ kind, on }) => kind === 'change' && on > today)
  return planned === undefined
    ? null
    : { code: 'subscription-planned', params: { act: 'change', on: planned.on } }
}

const sameBought = (one: Bought, other: Bought): boolean =>
  one.planVersionId === other.planVersionId &&
  one.quantity === other.quantity &&
  one.priceOverride === other.priceOverride &&
  one.extras.length === other.extras.length &&
  one.extras.every(({ code, quantity }) =>
    other.extras.some((extra) => extra.code === code && extra.quantity === quantity),
  )

const pauseStep = (
  deps: StepDeps,
  { events }: Standing,
  act: Extract<SubscriptionAct, { readonly kind: 'pause' }>,
): Step => {
  const from = calendarDate(act.fromOn)
  const seq = seqAfter(events)
  const pause = { kind: 'pause', id: deps.newId(), seq, on: from } as const
  const until = act.untilOn === null ? null : calendarDate(act.untilOn)
  const added =
    until === null
      ? [pause]
      : [pause, { kind: 'resume', id: deps.newId(), seq: seq + 1, on: until } as const]
  return {
    events: added,
    effectiveOn: from,
    direction: null,
    problem:
      until !== null && until <= from
        ? {
            code: 'subscription-day-refused',
            params: { rule: 'before-start', on: until, limit: addDays(from, 1) },
          }
        : refusalOf(events, added, deps.today),
    warnings: [],
  }
}

/** Whoever comes back early: the day that was planned for it falls with it. */
const resumeStep = (
  deps: StepDeps,
  { events }: Standing,
  act: Extract<SubscriptionAct, { readonly kind: 'resume' }>,
): Step => {
  const on = calendarDate(act.on)
  let seq = seqAfter(events)
  const undone = standing(events)
    .filter(({ kind, on: planned }) => kind === 'resume' && planned > deps.today)
    .map(({ id }): LifeEvent => ({ kind: 'undo', id: deps.newId(), seq: seq++, on, undoes: id }))
  const resume = { kind: 'resume', id: deps.newId(), seq, on } as const
  return {
    events: [...undone, resume],
    effectiveOn: on,
    direction: null,
    problem: refusalOf([...events, ...undone], [resume], deps.today),
    warnings: [],
  }
}

export const minTermUntil = (
  { life }: Pick<Standing, 'life'>,
  book: PlanBook,
  on: CalendarDate,
): CalendarDate | null => {
  const bought = boughtAt(life, on)
  if (bought === null) return null
  const { minTermMonths } = book.version(bought.planVersionId)
  return minTermMonths === 0 ? null : addMonths(life.start, minTermMonths)
}

const endStep = (
  deps: StepDeps,
  now: Standing,
  act: Extract<SubscriptionAct, { readonly kind: 'end' }>,
  rights: Rights,
): Step => {
  const { events, life } = now
  const on = dayOf(act.when, now, deps)
  const event = { kind: 'end', id: deps.newId(), seq: seqAfter(events), on } as const
  const term = minTermUntil(now, deps.book, on)
  const early = term !== null && on < term && on > life.start
  const refusal = refusalOf(events, [event], deps.today)
  return {
    events: [event],
    effectiveOn: on,
    direction: null,
    problem:
      refusal ??
      (!early
        ? null
        : !act.waiveTerm
          ? { code: 'minimum-term', params: { until: term } }
          : rights.managesPlans
            ? null
            : denied),
    warnings: [],
  }
}

/** The life of events that stand; `not-found` where its start was taken back. */
export const lifeOf = (events: readonly LifeEvent[]): Life | null => {
  const told = tellLife(events)
  return told.kind === 'life' ? told.life : null
}
