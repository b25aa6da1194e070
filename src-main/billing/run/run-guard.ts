import type { Problem } from '../../../src-shared/contract/common.ts'
import { daysBetween, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { SellerSettings } from '../../../src-shared/contract/billing-documents-model.ts'

/** So many days after the last run a clock is doubted. */
export const doubtDays = 35

/**
 * Why nothing is billed today: the calendar went back, or it jumped and nobody has said that it is
 * right, or documents would not say who sells.
 */
export const refusalOfRun = (of: {
  readonly today: CalendarDate
  readonly lastOn: CalendarDate | null
  /** A person has looked at the day and says that it is right. */
  readonly dayIsRight: boolean
  readonly seller: Pick<SellerSettings, 'name'>
}): Problem | null => {
  const { today, lastOn, dayIsRight, seller } = of
  if (seller.name === '') return { code: 'billing-seller-missing', params: {} }
  if (lastOn === null) return null
  if (today < lastOn) return { code: 'billing-clock-back', params: { lastOn, today } }
  const days = daysBetween(lastOn, today)
  return days > doubtDays && !dayIsRight
    ? { code: 'billing-clock-ahead', params: { lastOn, today, days } }
    : null
}
