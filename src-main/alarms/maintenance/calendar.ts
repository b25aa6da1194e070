import type { MaintenancePlan } from '../../../src-shared/contract/alarms-model.ts'

/**
 * When a window is on: runs at the same local time of its time zone. Where the clock is put forward
 * past that time, it is that much later; where it is put back over it, the first of the two counts
 * (what Temporal calls "compatible"; it is not there in this Node).
 */
export interface Run {
  /** Wall ms; the end is not part of it. */
  readonly start: number
  readonly end: number
}

interface LocalTime {
  readonly year: number
  /** 1..12 */
  readonly month: number
  readonly day: number
  readonly msOfDay: number
}

const dayMs = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

export const isTimeZone = (name: string): boolean => {
  try {
    formatOf(name)
    return true
  } catch {
    return false
  }
}

/** The local clock read as if it were UTC, ms. */
const localClock = (at: number, timeZone: string): number => {
  const read = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): number => read.get(name) ?? 0
  return (
    Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    ) +
    (((at % 1_000) + 1_000) % 1_000)
  )
}

const localOf = (at: number, timeZone: string): LocalTime => {
  const clock = localClock(at, timeZone)
  const date = new Date(clock)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    msOfDay: ((clock % dayMs) + dayMs) % dayMs,
  }
}

const instantOf = (local: LocalTime, timeZone: string): number => {
  const clock = Date.UTC(local.year, local.month - 1, local.day) + local.msOfDay
  const before = localClock(clock - dayMs, timeZone) - (clock - dayMs)
  const after = localClock(clock + dayMs, timeZone) - (clock + dayMs)
  const fits = [clock - before, clock - after].filter((at) => localClock(at, timeZone) === clock)
  return fits.length > 0 ? Math.min(...fits) : clock - before
}

const daysBetween = (one: LocalTime, other: LocalTime): number =>
  Math.round(
    (Date.UTC(other.year, other.month - 1, other.day) -
      Date.UTC(one.year, one.month - 1, one.day)) /
      dayMs,
  )

const plusDays = (local: LocalTime, days: number): LocalTime => {
  const date = new Date(Date.UTC(local.year, local.month - 1, local.day + days))
  return {
    ...local,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  }
}

/** The same day of the month; its last one where the month is shorter. */
const plusMonths = (local: LocalTime, months: number): LocalTime => {
  const index = local.year * 12 + (local.month - 1) + months
  const year = Math.floor(index / 12)
  const month = (index % 12) + 1
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return { ...local, year, month, day: Math.min(local.day, lastDay) }
}

type Times = Pick<MaintenancePlan, 'startsAt' | 'endsAt' | 'repeats' | 'repeatsUntil' | 'timeZone'>

/** A run may not last until the next one begins, whatever the clock does on the way. */
export const longestRunMs: Readonly<Record<MaintenancePlan['repeats'], number>> = {
  never: 366 * dayMs,
  daily: 22 * 3_600_000,
  weekly: 6 * dayMs,
  monthly: 27 * dayMs,
}

const runOf = (plan: Times, index: number): Run => {
  if (index === 0) return { start: plan.startsAt, end: plan.endsAt }
  const from = localOf(plan.startsAt, plan.timeZone)
  const to = localOf(plan.endsAt, plan.timeZone)
  const first =
    plan.repeats === 'monthly'
      ? plusMonths(from, index)
      : plusDays(from, plan.repeats === 'weekly' ? index * 7 : index)
  const last = { ...plusDays(first, daysBetween(from, to)), msOfDay: to.msOfDay }
  const start = instantOf(first, plan.timeZone)
  const end = instantOf(last, plan.timeZone)
  // A window that the clock jumps over lasts as long as it was meant to.
  return { start, end: end > start ? end : start + (plan.endsAt - plan.startsAt) }
}

const stepMs = { daily: dayMs, weekly: 7 * dayMs, monthly: 31 * dayMs } as const

/**
 * The run that is on or comes next: the first that ends after `now` and starts after `after` (the
 * start of one that is over already). Null: there is none any more.
 */
export const nextRun = (plan: Times, now: number, after: number | null = null): Run | null => {
  const isNext = ({ start, end }: Run): boolean => end > now && (after === null || start > after)
  if (plan.repeats === 'never') {
    const only = runOf(plan, 0)
    return isNext(only) ? only : null
  }
  const from = Math.max(now, after ?? plan.startsAt, plan.startsAt)
  let index = Math.max(0, Math.floor((from - plan.startsAt) / stepMs[plan.repeats]) - 2)
  for (;;) {
    const run = runOf(plan, index)
    if (plan.repeatsUntil !== null && run.start > plan.repeatsUntil) return null
    if (isNext(run)) return run
    index++
  }
}
