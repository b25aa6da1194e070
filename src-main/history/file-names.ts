/**
 * Which file holds which time. Readings lie in one file per UTC day (`metrics-20261122.db`), or per
 * ISO week where there are few ONUs (`metrics-2026w47.db`); roll-ups in one per quarter
 * (`hourly-2026q4.db`). A number at the end is a sibling that was begun because the file before it
 * could not be read.
 */
export interface Period {
  readonly name: string
  /** Wall ms, inclusive. */
  readonly from: number
  /** Wall ms, exclusive. */
  readonly to: number
}

export type Span = 'day' | 'week'

const dayMs = 86_400_000
const weekMs = 7 * dayMs

/** The years that a name can say; a time outside of them is no time of a reading. */
export const earliest = Date.UTC(1980, 0, 1)
export const latest = Date.UTC(9990, 0, 1)

export const periodOf = (at: number, span: Span): Period => {
  if (span === 'day') {
    const from = Math.floor(at / dayMs) * dayMs
    const date = new Date(from).toISOString().slice(0, 10).replaceAll('-', '')
    return { name: `metrics-${date}`, from, to: from + dayMs }
  }
  const from = mondayOf(at)
  // ISO 8601: a week belongs to the year of its Thursday.
  const year = new Date(from + 3 * dayMs).getUTCFullYear()
  const week = Math.round((from - firstMondayOf(year)) / weekMs) + 1
  return { name: `metrics-${year}w${String(week).padStart(2, '0')}`, from, to: from + weekMs }
}

/** 1970-01-01 was a Thursday. */
const mondayOf = (at: number): number => {
  const day = Math.floor(at / dayMs)
  return (day - ((((day + 3) % 7) + 7) % 7)) * dayMs
}

/** Monday of week 1: the week with 4 January. */
const firstMondayOf = (year: number): number => mondayOf(Date.UTC(year, 0, 4))

export interface NamedPeriod extends Period {
  /** With `.db`. */
  readonly file: string
  /** 1, or the number of the sibling. */
  readonly number: number
  readonly span: Span
}

export const fileOf = (period: Period, number: number): string =>
  number === 1 ? `${period.name}.db` : `${period.name}-${number}.db`

/** null: not a file of readings. */
export const parseReadingsFile = (file: string): NamedPeriod | null => {
  const match = /^metrics-(?:(\d{4})(\d{2})(\d{2})|(\d{4})w(\d{2}))(?:-([2-9]))?\.db$/u.exec(file)
  if (match === null) return null
  const [, year, month, day, weekYear, week, sibling] = match
  const span: Span = week === undefined ? 'day' : 'week'
  const at =
    span === 'day'
      ? Date.UTC(Number(year), Number(month) - 1, Number(day))
      : firstMondayOf(Number(weekYear)) + (Number(week) - 1) * weekMs
  const number = sibling === undefined ? 1 : Number(sibling)
  const period = periodOf(at, span)
  // 20261131 is no day.
  if (fileOf(period, number) !== file) return null
  return { ...period, file, number, span }
}

export const quarterOf = (at: number): Period => {
  const date = new Date(at)
  const year = date.getUTCFullYear()
  const quarter = Math.floor(date.getUTCMonth() / 3)
  return {
    name: `hourly-${year}q${quarter + 1}`,
    from: Date.UTC(year, quarter * 3, 1),
    to: Date.UTC(year, quarter * 3 + 3, 1),
  }
}

export const parseHoursFile = (file: string): (Period & { readonly file: string }) | null => {
  const match = /^hourly-(\d{4})q([1-4])\.db$/u.exec(file)
  if (match === null) return null
  const period = quarterOf(Date.UTC(Number(match[1]), (Number(match[2]) - 1) * 3, 1))
  return { ...period, file }
}

/** The most siblings of one period; then readings of it are refused. */
export const mostSiblings = 9
