import type { Problem } from '../../../src-shared/contract/common.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { TaxRateRecord } from './settings-tables.ts'

/** A rate that has begun stays what it was: another one begins on a day of its own. Pure. */
export const refusalOfRateChange = (
  before: TaxRateRecord,
  next: TaxRateRecord,
  today: CalendarDate,
): Problem | null => {
  if (before.validFromOn > today) return null
  const same =
    before.code === next.code &&
    before.ratePpm === next.ratePpm &&
    before.baseNum === next.baseNum &&
    before.baseDen === next.baseDen &&
    before.validFromOn === next.validFromOn
  // Its end may be set, and moved as long as it lies ahead.
  const endStands = before.validToOn !== null && before.validToOn <= today
  const endsBefore = next.validToOn !== null && next.validToOn <= today
  const sameEnd = before.validToOn === next.validToOn
  return same && (sameEnd || (!endStands && !endsBefore))
    ? null
    : { code: 'tax-rate-in-force', params: { code: before.code, on: before.validFromOn } }
}

/** Another of the same code that begins on the same day. A later one takes over from an earlier one. */
export const overlapping = (rates: readonly TaxRateRecord[], next: TaxRateRecord): Problem | null =>
  rates.some(
    ({ id, code, validFromOn }) =>
      id !== next.id && code === next.code && validFromOn === next.validFromOn,
  )
    ? { code: 'tax-rate-overlaps', params: { code: next.code, on: next.validFromOn } }
    : null
