import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { dayOf } from './bank-statement.ts'

/** In which order a file writes year, month and day. */
export const dayOrders = ['ymd', 'dmy', 'mdy'] as const
export type DayOrder = (typeof dayOrders)[number]

const months = new Map(
  [
    ['jan', 'januari', 'january', 'januar'],
    ['feb', 'februari', 'february', 'februar', 'peb'],
    ['mar', 'maret', 'march', 'mär', 'märz', 'mrz'],
    ['apr', 'april'],
    ['may', 'mei', 'mai'],
    ['jun', 'juni', 'june'],
    ['jul', 'juli', 'july'],
    ['aug', 'agu', 'agt', 'ags', 'agustus', 'august'],
    ['sep', 'sept', 'september'],
    ['oct', 'okt', 'oktober', 'october'],
    ['nov', 'november', 'nop', 'nopember'],
    ['dec', 'des', 'dez', 'desember', 'december', 'dezember'],
  ].flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
)

/** A year of two digits stands at the end: `01.02.26` begins with a day. */
const years = { ymd: /^\d{4}$/u, dmy: /^(?:\d{2}|\d{4})$/u, mdy: /^(?:\d{2}|\d{4})$/u } as const

/**
 * `2026-11-23`, `20261123`, `23/11/2026`, `23.11.26`, `23-Nov-2026`, each with or without a time
 * behind it. A year of two digits is of this century. Null: no day of the calendar.
 */
export const readDay = (text: string, order: DayOrder): CalendarDate | null => {
  const [plain = ''] = text
    .trim()
    .replace(/^'/u, '')
    .split(/[T\s](?=\d{1,2}:)/u)
  const compact = /^(\d{8})$/u.exec(plain)
  const parts =
    compact === null
      ? plain.split(/[\s./-]+/u)
      : order === 'ymd'
        ? [plain.slice(0, 4), plain.slice(4, 6), plain.slice(6)]
        : [plain.slice(0, 2), plain.slice(2, 4), plain.slice(4)]
  if (parts.length !== 3) return null
  const [first = '', second = '', third = ''] = parts
  const [year, month, day] =
    order === 'ymd'
      ? [first, second, third]
      : order === 'dmy'
        ? [third, second, first]
        : [third, first, second]
  const monthNumber = /^\d{1,2}$/u.test(month) ? Number(month) : months.get(month.toLowerCase())
  if (monthNumber === undefined || !/^\d{1,2}$/u.test(day) || !years[order].test(year)) {
    return null
  }
  const fullYear = year.length === 2 ? `20${year}` : year
  return dayOf(
    `${fullYear}-${String(monthNumber).padStart(2, '0')}-${String(Number(day)).padStart(2, '0')}`,
  )
}

/** The order in which all of them are days; the first of `dayOrders` that fits, null: none does. */
export const orderOf = (texts: readonly string[]): DayOrder | null =>
  dayOrders.find((order) => texts.every((text) => readDay(text, order) !== null)) ?? null

/** The order in which most of them are days; null: none of them is one in any. */
export const orderOfMost = (texts: readonly string[]): DayOrder | null => {
  const count = (order: DayOrder): number =>
    texts.filter((text) => readDay(text, order) !== null).length
  const best = dayOrders.reduce((most, one) => (count(one) > count(most) ? one : most))
  return count(best) === 0 ? null : best
}
