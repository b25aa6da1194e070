import type { Output } from '../../../src-shared/contract/index.ts'

/** What keeping the history for so long means: pure rules. */

export type HistoryStatus = Output<'history.status'>
export type Retention = HistoryStatus['retention']

/** Limits of the contract, days. */
export const readingsLimits = { min: 7, max: 3660 } as const
export const hoursLimits = { min: 31, max: 36_600 } as const

const dayMs = 86_400_000

/**
 * What a day of hours takes of what a day of readings takes. Measured by `bench history` with five
 * metrics at five minutes: 0.23 and 1.66 bytes a sample.
 */
const hoursShare = 0.14

/** Bytes once everything is kept as long as asked, at today's number of ONUs; null: not known yet. */
export const bytesAtFull = (
  { readingsBytesPerDay: perDay }: Pick<HistoryStatus, 'readingsBytesPerDay'>,
  { readingsDays, hoursDays }: Retention,
): number | null => (perDay === null ? null : perDay * (readingsDays + hoursShare * hoursDays))

/** Everything older than these instants goes; null: nothing of that kind does. */
export interface Dropped {
  readonly readingsBefore: number | null
  readonly hoursBefore: number | null
}

/** What a new retention drops that the present one keeps. */
export const droppedBy = (status: HistoryStatus, retention: Retention, now: number): Dropped => {
  const { oldestAt } = status
  const before = (days: number, presentDays: number): number | null => {
    const at = now - days * dayMs
    return days < presentDays && oldestAt !== null && oldestAt < at ? at : null
  }
  return {
    readingsBefore: before(retention.readingsDays, status.retention.readingsDays),
    hoursBefore: before(retention.hoursDays, status.retention.hoursDays),
  }
}

export const dropsNothing = ({ readingsBefore, hoursBefore }: Dropped): boolean =>
  readingsBefore === null && hoursBefore === null

/** Does not fit: more would be taken than the disk has left. */
export const exceedsDisk = (status: HistoryStatus, wantedBytes: number | null): boolean =>
  wantedBytes !== null && status.freeBytes !== null && wantedBytes - status.bytes > status.freeBytes

/** When what is too old goes: at the next turn of the hour. */
export const nextHour = (now: number): number => Math.floor(now / 3_600_000 + 1) * 3_600_000

const daysOf = (typed: number | string, limits: { min: number; max: number }): number | null => {
  const days = typeof typed === 'number' ? typed : /^\d{1,6}$/.test(typed) ? Number(typed) : NaN
  return Number.isInteger(days) && days >= limits.min && days <= limits.max ? days : null
}

export interface RetentionForm {
  /** As typed. */
  readonly readingsDays: number | string
  readonly hoursDays: number | string
}

export interface ReadRetention {
  readonly readingsDays: number | null
  readonly hoursDays: number | null
}

/** Null: not a number of days within the limits. */
export const readRetention = (form: RetentionForm): ReadRetention => ({
  readingsDays: daysOf(form.readingsDays, readingsLimits),
  hoursDays: daysOf(form.hoursDays, hoursLimits),
})

export const wholeRetention = ({ readingsDays, hoursDays }: ReadRetention): Retention | null =>
  readingsDays === null || hoursDays === null ? null : { readingsDays, hoursDays }
