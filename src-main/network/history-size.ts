import type { HistoryFileStats } from '../history/stats.ts'

/** What the files of the history say about its age and its growth: pure rules. */

const dayMs = 86_400_000

const isReadings = ({ file }: HistoryFileStats): boolean => file.startsWith('metrics-')
const earliest = (files: readonly HistoryFileStats[]): number | null =>
  files.length === 0 ? null : Math.min(...files.map(({ from }) => from))

/**
 * Since when there is history, wall ms. A file of hours begins with its quarter, whenever its first
 * reading came: as long as no readings have been dropped, theirs is the better answer.
 */
export const oldestOf = (
  files: readonly HistoryFileStats[],
  readingsDays: number,
  now: number,
): number | null => {
  const readingsFrom = earliest(files.filter(isReadings))
  const isWhole = readingsFrom !== null && now - readingsFrom < readingsDays * dayMs
  return isWhole ? readingsFrom : earliest(files)
}

/**
 * Bytes that a day of readings takes, by the files that are full; null: there is none yet. The first
 * of several is left out: nobody knows when in it the reading began.
 */
export const readingsBytesPerDay = (
  files: readonly HistoryFileStats[],
  now: number,
): number | null => {
  const full = files
    .filter((each) => isReadings(each) && each.to <= now)
    .toSorted((a, b) => a.from - b.from)
  const counted = full.length > 1 ? full.slice(1) : full
  const days = counted.reduce((sum, { from, to }) => sum + (to - from) / dayMs, 0)
  return days === 0 ? null : counted.reduce((sum, { bytes }) => sum + bytes, 0) / days
}
