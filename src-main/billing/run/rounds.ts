import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { sellerOf } from '../documents/seller-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { taxRates } from '../plans/settings-tables.ts'
import { createPlanBook } from '../subscriptions/plan-book.ts'
import type { BillingRound } from './read-work.ts'

/** What all billings of one look share, read at one moment. */
export const createRound = (
  reads: Reads,
  of: { readonly today: CalendarDate; readonly runId: string | null; readonly newId: () => string },
): BillingRound => ({
  ...of,
  seller: sellerOf(reads),
  rates: taxRates(reads),
  plans: createPlanBook(reads),
})
