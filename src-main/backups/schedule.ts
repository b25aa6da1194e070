/** When the next backup is due. */
export interface BackupSchedule {
  readonly every: 'off' | 'hour' | 'day'
  /** Of a day, in the machine's own time: 0 to 23. */
  readonly hour: number
}

const hourMs = 3_600_000

/**
 * Wall ms; null: never by itself. One that was never made is due at once, and so is one whose last
 * lies in the future: the clock was set back, and nobody waits a year for that.
 */
export const nextDue = (
  { every, hour }: BackupSchedule,
  lastAt: number | null,
  now: number,
): number | null => {
  if (every === 'off') return null
  if (lastAt === null || lastAt > now) return now
  if (every === 'hour') return lastAt + hourMs
  const due = new Date(lastAt)
  due.setHours(hour, 0, 0, 0)
  if (due.getTime() <= lastAt) due.setDate(due.getDate() + 1)
  return due.getTime()
}
