import {
  addDays,
  addMonths,
  endOfMonth,
  startOfMonth,
  type CalendarDate,
} from '../../src-shared/domain/calendar-date.ts'
import { assertNever } from '../../src-shared/errors.ts'

/** When an invoice is due. Days of a month are clamped to it. */
export type PaymentTerms =
  /** So many days after the invoice; 0: at once. */
  | { readonly kind: 'days'; readonly days: number }
  /** So many days after the last day of the invoice's month. */
  | { readonly kind: 'days-after-month-end'; readonly days: number }
  /** So many months after the last day of the invoice's month, on the last day there. */
  | { readonly kind: 'months-after-month-end'; readonly months: number }
  /** So many days on, then the end of that month, then the given day of the next; 0: the end itself. */
  | { readonly kind: 'days-then-month-end'; readonly days: number; readonly day: number }
  | { readonly kind: 'end-of-month' }
  | { readonly kind: 'start-of-next-month' }
  /** The next such day of a month after the invoice's own day. */
  | { readonly kind: 'day-of-month'; readonly day: number }
  /** Such a day of the month so many months after the invoice's. */
  | { readonly kind: 'day-of-later-month'; readonly day: number; readonly months: number }

export const dueDate = (issuedOn: CalendarDate, terms: PaymentTerms): CalendarDate => {
  switch (terms.kind) {
    case 'days':
      return addDays(issuedOn, terms.days)
    case 'days-after-month-end':
      return addDays(endOfMonth(issuedOn), terms.days)
    case 'months-after-month-end':
      return addMonths(issuedOn, terms.months, 31)
    case 'days-then-month-end': {
      const moved = addDays(issuedOn, terms.days)
      return terms.day === 0 ? endOfMonth(moved) : addMonths(moved, 1, terms.day)
    }
    case 'end-of-month':
      return endOfMonth(issuedOn)
    case 'start-of-next-month':
      return startOfMonth(addMonths(issuedOn, 1))
    case 'day-of-month':
      return nextDayOfMonth(issuedOn, terms.day)
    case 'day-of-later-month':
      return addMonths(issuedOn, terms.months, terms.day)
    default:
      return assertNever(terms)
  }
}

/** The first such day strictly after `date`. */
const nextDayOfMonth = (date: CalendarDate, day: number): CalendarDate => {
  const here = addMonths(date, 0, day)
  return here > date ? here : addMonths(date, 1, day)
}
