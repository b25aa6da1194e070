import {
  commonRange,
  daysBetween,
  type CalendarDate,
  type DateRange,
} from '../../src-shared/domain/calendar-date.ts'

/** Sets of days as half-open ranges, in order and apart from each other. */

/** After every day that is billed. */
export const endOfTime = '9999-12-31' as CalendarDate

export const withoutRanges = (
  range: DateRange,
  taken: readonly DateRange[],
): readonly DateRange[] => {
  let left: readonly DateRange[] = range.start < range.end ? [range] : []
  for (const cut of taken) {
    left = left.flatMap((part) => {
      const common = commonRange(part, cut)
      if (common === null) return [part]
      return [
        { start: part.start, end: common.start },
        { start: common.end, end: part.end },
      ].filter(({ start, end }) => start < end)
    })
  }
  return left
}

export const withinRanges = (
  range: DateRange,
  allowed: readonly DateRange[],
): readonly DateRange[] =>
  allowed.map((one) => commonRange(range, one)).filter((common) => common !== null)

export const daysOf = (ranges: readonly DateRange[]): number =>
  ranges.reduce((sum, { start, end }) => sum + daysBetween(start, end), 0)
