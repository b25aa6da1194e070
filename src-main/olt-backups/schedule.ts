import type { z } from 'zod'
import type { backupSchedule } from '../../src-shared/contract/olt-backups.ts'

export type BackupSchedule = z.output<typeof backupSchedule>

export const usualSchedule: BackupSchedule = { everyHours: 24, keep: 60, atHour: 3 }

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** What is late by less is not worth a word: the OLT was busy, the machine woke just now. */
const leastGraceMs = 2 * hourMs

/** Minutes that wall clocks here are ahead of UTC at a moment. */
export type ZoneOffset = (at: number) => number

export const systemZone: ZoneOffset = (at) => -new Date(at).getTimezoneOffset()

/** The first moment from `from` on at which wall clocks show this full hour. */
const nextHour = (from: number, hour: number, zone: ZoneOffset): number => {
  const ahead = zone(from) * 60_000
  const local = from + ahead
  const wanted = Math.floor(local / dayMs) * dayMs + hour * hourMs
  return (wanted < local ? wanted + dayMs : wanted) - ahead
}

/**
 * When the next one is wanted, wall ms; null: never. One that was missed is wanted at once, and is
 * one, however many the machine slept through.
 */
export const nextBackupAt = (
  { everyHours, atHour }: BackupSchedule,
  lastAt: number | null,
  wantedSince: number,
  zone: ZoneOffset = systemZone,
): number | null => {
  if (everyHours === null) return null
  if (lastAt === null) return wantedSince
  const due = lastAt + everyHours * hourMs
  // An hour of the day makes sense where it comes at most once a day; it is the one nearest to due.
  return atHour === null || everyHours < 24 ? due : nextHour(due - dayMs / 2, atHour, zone)
}

/** Late by more than half an interval, and by two hours at least. */
export const isOverdue = (
  schedule: BackupSchedule,
  lastAt: number | null,
  wantedSince: number,
  now: number,
  zone: ZoneOffset = systemZone,
): boolean => {
  const next = nextBackupAt(schedule, lastAt, wantedSince, zone)
  if (next === null || schedule.everyHours === null) return false
  return now - next > Math.max(leastGraceMs, (schedule.everyHours * hourMs) / 2)
}

const firstRetryMs = 5 * 60_000
const longestRetryMs = 6 * hourMs

/** After so many failures in a row, how long it is left alone, ms. */
export const retryAfterMs = (failures: number): number =>
  Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(20, Math.max(0, failures - 1)))
