import { describe, expect, test } from 'vitest'
import { historyCommands } from '../../src-shared/contract/history.ts'
import {
  bytesAtFull,
  droppedBy,
  dropsNothing,
  exceedsDisk,
  hoursLimits,
  nextHour,
  readingsLimits,
  readRetention,
  wholeRetention,
  type HistoryStatus,
} from '../../src-renderer/screens/settings/history-plan.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 22, 12, 34)

const status = (rest: Partial<HistoryStatus> = {}): HistoryStatus => ({
  problem: null,
  bytes: 100_000_000,
  files: 101,
  series: 1000,
  oldestAt: now - 100 * day,
  readingsBytesPerDay: 1_000_000,
  cycles: 1,
  waiting: 0,
  refusedCycles: 0,
  retention: { readingsDays: 400, hoursDays: 3660 },
  freeBytes: 1_000_000_000,
  ...rest,
})

describe('how long the history is kept', () => {
  test('is refused outside the limits and where it is no number', () => {
    for (const typed of ['', 'x', '12.5', '1e3', 6, 3661, 7.5, '-9', Number.NaN]) {
      const read = readRetention({ readingsDays: typed, hoursDays: 400 })
      expect(wholeRetention(read), String(typed)).toBeNull()
    }
    expect(readRetention({ readingsDays: 30, hoursDays: 30 }).hoursDays).toBeNull()
  })

  test('has the limits that the engine holds it to', () => {
    const { input } = historyCommands['history.configure']
    const taken = (readingsDays: number, hoursDays: number): boolean =>
      input.safeParse({ readingsDays, hoursDays }).success
    expect(taken(readingsLimits.min, hoursLimits.min)).toBe(true)
    expect(taken(readingsLimits.max, hoursLimits.max)).toBe(true)
    expect(taken(readingsLimits.min - 1, hoursLimits.min)).toBe(false)
    expect(taken(readingsLimits.max + 1, hoursLimits.max)).toBe(false)
    expect(taken(readingsLimits.min, hoursLimits.min - 1)).toBe(false)
    expect(taken(readingsLimits.max, hoursLimits.max + 1)).toBe(false)
  })
})

describe('what it will take', () => {
  test('is not guessed before a day is full', () => {
    expect(bytesAtFull(status({ readingsBytesPerDay: null }), status().retention)).toBeNull()
  })

  test('grows with the days of either kind, most with those of readings', () => {
    const of = (readingsDays: number, hoursDays: number): number =>
      bytesAtFull(status(), { readingsDays, hoursDays })!
    expect(of(100, 100)).toBeCloseTo(114_000_000)
    expect(of(200, 100) - of(100, 100)).toBeGreaterThan(of(100, 200) - of(100, 100))
  })

  test('is compared with what the disk has free beside it', () => {
    expect(exceedsDisk(status(), 1_099_000_000)).toBe(false)
    expect(exceedsDisk(status(), 1_101_000_000)).toBe(true)
    expect(exceedsDisk(status({ freeBytes: null }), 9e15)).toBe(false)
    expect(exceedsDisk(status(), null)).toBe(false)
  })
})

describe('what a shorter time drops', () => {
  test('is nothing where it gets longer, or reaches beyond the beginning', () => {
    expect(dropsNothing(droppedBy(status(), { readingsDays: 500, hoursDays: 4000 }, now))).toBe(
      true,
    )
    expect(dropsNothing(droppedBy(status(), { readingsDays: 120, hoursDays: 200 }, now))).toBe(true)
    const none = status({ oldestAt: null })
    expect(dropsNothing(droppedBy(none, { readingsDays: 7, hoursDays: 31 }, now))).toBe(true)
  })

  test('begins where the shorter time ends', () => {
    expect(droppedBy(status(), { readingsDays: 30, hoursDays: 60 }, now)).toEqual({
      readingsBefore: now - 30 * day,
      hoursBefore: now - 60 * day,
    })
  })

  test('goes at the next turn of the hour', () => {
    expect(nextHour(now)).toBe(Date.UTC(2026, 10, 22, 13))
    expect(nextHour(Date.UTC(2026, 10, 22, 13))).toBe(Date.UTC(2026, 10, 22, 14))
  })
})
