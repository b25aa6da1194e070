import { addDays, laterDate, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { LifeState } from '../subscriptions/life.ts'

/**
 * Prepaid: what is done next for a subscription that is paid for before. Pure. The balance is what is
 * free of the subscriber's account in its currency: the ledger is the one truth about money, and there
 * is no second purse beside it.
 */

/** What would be written if it were billed. */
export interface DueLook {
  /** Credit notes or days that are given back: these go first. */
  readonly givesBack: boolean
  /** In the order of their days. `total` with tax, minor units. */
  readonly invoices: readonly { readonly total: number; readonly fromOn: CalendarDate }[]
  readonly throughOn: CalendarDate | null
}

export interface PrepaidFacts {
  readonly today: CalendarDate
  readonly state: LifeState
  /** So many days it stays on without being paid for. */
  readonly graceDays: number
  /** Never switched off by the console (a clinic). */
  readonly spared: boolean
  /** Free of the account, minor units. */
  readonly free: number
  /** Open of this subscription's own documents: a payment that was none. */
  readonly owes: number
  readonly due: DueLook
  /** Off: what would be due if it came back today; null: it cannot come back today. */
  readonly back: DueLook | null
  readonly billedThroughOn: CalendarDate | null
  /** The day of the last thing that took effect: it is not switched off before it. */
  readonly lastActOn: CalendarDate
}

export type PrepaidStep =
  | { readonly kind: 'give-back' }
  | { readonly kind: 'charge'; readonly throughOn: CalendarDate | null }
  | { readonly kind: 'through'; readonly on: CalendarDate }
  | {
      readonly kind: 'suspend'
      readonly on: CalendarDate
      readonly because: 'balance' | 'returned'
    }
  | { readonly kind: 'restore' }
  /** Nothing, until money comes or the day is another. */
  | {
      readonly kind: 'wait'
      /** Minor units that are missing; 0: nothing is. */
      readonly missing: number
      /** When it is switched off; null: not by itself. */
      readonly offOn: CalendarDate | null
    }

const runs = (state: LifeState): boolean => state === 'trial' || state === 'active'

const totalOf = ({ invoices }: DueLook): number =>
  invoices.reduce((sum, { total }) => sum + total, 0)

const waits = (missing = 0, offOn: CalendarDate | null = null): PrepaidStep => ({
  kind: 'wait',
  missing,
  offOn,
})

/**
 * The next step; asked again after each until it is `wait`. A period is charged only where the balance
 * covers its whole document, so that no prepaid document is ever left open; it is switched off from the
 * first day that was not paid for, so that the days of grace and those without service cost nothing; it
 * comes back on the day of the money, and its periods are counted from there.
 */
export const nextStep = (facts: PrepaidFacts): PrepaidStep => {
  const { today, state, free, owes, due, back } = facts
  if (state === 'draft') return waits()
  if (due.givesBack) return { kind: 'give-back' }
  if (state === 'suspended') {
    if (back === null) return waits(owes)
    const needed = totalOf(back) + owes
    return needed <= free && owes === 0 ? { kind: 'restore' } : waits(Math.max(0, needed - free))
  }
  // The money for days that he has was none: there is nothing to wait for.
  if (owes > 0) {
    return runs(state) && !facts.spared
      ? { kind: 'suspend', on: laterDate(today, facts.lastActOn), because: 'returned' }
      : waits(owes)
  }
  const [first, second] = due.invoices
  if (first === undefined) {
    return due.throughOn !== null && due.throughOn !== facts.billedThroughOn
      ? { kind: 'through', on: due.throughOn }
      : waits()
  }
  if (first.total <= free) {
    return { kind: 'charge', throughOn: second?.fromOn ?? due.throughOn }
  }
  // Nobody owes for what is over: what was not paid for in time was given.
  if (state === 'ended') return waits()
  const missing = totalOf(due) - free
  if (!runs(state) || facts.spared) return waits(missing)
  const offOn = addDays(first.fromOn, facts.graceDays)
  return offOn <= today
    ? { kind: 'suspend', on: laterDate(first.fromOn, facts.lastActOn), because: 'balance' }
    : waits(missing, offOn)
}

/**
 * The first day on which a balance is gone; null: never. Each payment makes all of it last anew, and of
 * several plans the longest counts.
 */
export const balanceExpiry = (of: {
  /** Of the last payment that stands. */
  readonly lastPaidOn: CalendarDate | null
  /** Of each live prepaid subscription; null: for good. */
  readonly balanceDays: readonly (number | null)[]
  /** He has something that is paid for afterwards: his credit is no balance alone. */
  readonly hasPostpaid: boolean
}): CalendarDate | null => {
  const { lastPaidOn, balanceDays, hasPostpaid } = of
  if (lastPaidOn === null || hasPostpaid || balanceDays.length === 0) return null
  const days = balanceDays.reduce<number | null>(
    (most, each) => (most === null || each === null ? null : Math.max(most, each)),
    0,
  )
  return days === null ? null : addDays(lastPaidOn, days)
}
