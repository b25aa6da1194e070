import type { CalendarDate } from '../../src-shared/domain/calendar-date.ts'

/**
 * Why a line is there and costs what it costs, as data: the words are the renderer's, in the
 * language of who reads ("31 days: 12 at Home 20, 19 at Home 50; tax 11 %").
 */
export type Explanation =
  /** A whole period at its price. */
  | {
      readonly kind: 'whole'
      readonly name: string
      readonly from: CalendarDate
      readonly until: CalendarDate
    }
  /** `days` of a period of `of` days, as the plan's proration counts them. */
  | {
      readonly kind: 'days'
      readonly name: string
      readonly days: number
      readonly of: number
      readonly fixed: boolean
      readonly from: CalendarDate
      readonly until: CalendarDate
    }
  /** The plan charges what has begun. */
  | {
      readonly kind: 'begun'
      readonly name: string
      readonly from: CalendarDate
      readonly until: CalendarDate
    }
  | { readonly kind: 'once'; readonly name: string; readonly on: CalendarDate }
  | {
      readonly kind: 'credit'
      readonly name: string
      readonly reason: CreditReason
      readonly days: number
      readonly from: CalendarDate
      readonly until: CalendarDate
    }

/** Why something is given back. */
export type CreditReason = 'changed' | 'ended' | 'paused' | 'suspended' | 'taken-back'

/** A discount on a line: its name, and for a promotion the number of its cycle of how many. */
export interface DiscountNote {
  readonly name: string
  readonly minor: number
  readonly ppm: number | null
  readonly cycle: number | null
  readonly cycles: number | null
}

/** All lines of a subscription in one sentence: days by plan. */
export interface DaySummary {
  readonly days: number
  readonly parts: readonly { readonly name: string; readonly days: number }[]
}

export interface LineExplanation {
  readonly why: Explanation
  readonly discounts: readonly DiscountNote[]
}
