import type { Output } from '../../../src-shared/contract/index.ts'

export type DueItem = Output<'tickets.due'>['due'][number]
export type DueSpan = 'month' | 'week'

/** Midnights of the machine's own zone, which is that of the screen; a day may have 23 or 25 hours. */
export const midnight = (at: number, days = 0): number => {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime()
}

/** Monday first. */
const weekdayOf = (at: number): number => (new Date(at).getDay() + 6) % 7

/** The days that are shown: whole weeks; of a month those around it. */
export const daysOf = (span: DueSpan, at: number): readonly number[] => {
  if (span === 'week') {
    const monday = midnight(at, -weekdayOf(at))
    return Array.from({ length: 7 }, (_, day) => midnight(monday, day))
  }
  const date = new Date(at)
  const first = new Date(date.getFullYear(), date.getMonth(), 1).getTime()
  const next = new Date(date.getFullYear(), date.getMonth() + 1, 1).getTime()
  const monday = midnight(first, -weekdayOf(first))
  const days: number[] = []
  for (let day = monday; day < next || days.length % 7 !== 0; day = midnight(day, 1)) days.push(day)
  return days
}

export const stepped = (span: DueSpan, at: number, by: 1 | -1): number => {
  if (span === 'week') return midnight(at, 7 * by)
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth() + by, 1).getTime()
}

/** By day; what is over first, then as it falls due. */
export const byDay = (items: readonly DueItem[]): ReadonlyMap<number, readonly DueItem[]> =>
  Map.groupBy(items, ({ at }) => midnight(at))
