import type { CalendarDate, DateRange } from '../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../src-shared/domain/currencies.ts'
import type { Discount, Stacking } from './discounts.ts'
import type { Proration } from './proration.ts'
import type { BillingMode, Schedule } from './schedule.ts'
import type { EndDay } from './unused.ts'

/** What billing has to know of a subscription: plain values, read at one moment. */

/** What holds from a day until the next version begins. */
export interface PriceVersion {
  readonly fromOn: CalendarDate
  readonly planVersionId: string
  readonly planName: string
  /** Minor units of a whole interval, for the quantity that was taken. */
  readonly price: number
  readonly taxIncluded: boolean
  readonly taxCodes: readonly string[]
  readonly schedule: Schedule
  readonly mode: BillingMode
  readonly proration: Proration
  /** Charged while it is off because of debt. */
  readonly billWhileSuspended: boolean
  /** Charged while the subscriber wished it to be off. */
  readonly billWhilePaused: boolean
  /** Charged with every period, as the plan is. */
  readonly extras: readonly RecurringExtra[]
  readonly discounts: readonly Discount[]
  readonly stacking: Stacking
}

export interface RecurringExtra {
  readonly code: string
  readonly name: string
  readonly price: number
}

/** Charged once, on its day. */
export interface OneOff {
  readonly code: string
  readonly name: string
  readonly price: number
  readonly onOn: CalendarDate
  readonly taxIncluded: boolean
  readonly taxCodes: readonly string[]
}

export interface Absence {
  readonly kind: 'pause' | 'suspension'
  readonly startOn: CalendarDate
  /** Exclusive; null: still. */
  readonly endOn: CalendarDate | null
}

/** `plan`, `extra:<code>` or `once:<code>`: what is never billed twice for one day. */
export type ChargeKind = string

export const extraKind = (code: string): ChargeKind => `extra:${code}`
export const onceKind = (code: string): ChargeKind => `once:${code}`
export const isOnce = (kind: ChargeKind): boolean => kind.startsWith('once:')

/** A line of an issued document that still stands for days of service. */
export interface BilledRow {
  readonly lineId: string
  readonly chargeKind: ChargeKind
  readonly planVersionId: string
  readonly name: string
  readonly range: DateRange
  /** What of the line's amount was charged for the range when it was issued, as priced. */
  readonly amount: number
  /** What of the line was not credited yet. */
  readonly left: number
}

export interface SubscriptionFacts {
  readonly id: string
  readonly currency: CurrencyCode
  readonly startsOn: CalendarDate
  /** Exclusive; null: nobody has ended it. */
  readonly endsOn: CalendarDate | null
  /** Free until this day (exclusive); null: no trial. */
  readonly trialUntilOn: CalendarDate | null
  /** By day, the first at `startsOn`. */
  readonly versions: readonly PriceVersion[]
  readonly absences: readonly Absence[]
  readonly oneOffs: readonly OneOff[]
  readonly billed: readonly BilledRow[]
}

export interface BillingPolicy {
  /** Bill so many days before a bill date. */
  readonly leadDays: number
  readonly endDay: EndDay
}

export const defaultBillingPolicy: BillingPolicy = { leadDays: 0, endDay: 'free' }
