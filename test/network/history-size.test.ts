import { describe, expect, it } from 'vitest'
import { oldestOf, readingsBytesPerDay } from '../../src-main/network/history-size.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 22, 12)
const quarter = {
  file: 'hourly-2026q4.db',
  bytes: 5000,
  from: Date.UTC(2026, 9, 1),
  to: Date.UTC(2027, 0, 1),
  sealed: false,
}
const dayFile = (ago: number, bytes: number) => {
  const from = Date.UTC(2026, 10, 22) - ago * day
  return { file: `metrics-${ago}.db`, bytes, from, to: from + day, sealed: ago > 1 }
}

describe('the age of the history', () => {
  it('is not that of the quarter in which it began', () => {
    expect(oldestOf([dayFile(0, 1), quarter], 60, now)).toBe(Date.UTC(2026, 10, 22))
    expect(oldestOf([], 60, now)).toBeNull()
  })

  it('is that of its hours once readings have been dropped', () => {
    const files = [...Array.from({ length: 61 }, (_, ago) => dayFile(ago, 1)), quarter]
    expect(oldestOf(files, 60, now)).toBe(Math.min(quarter.from, now - 60.5 * day))
    expect(oldestOf([dayFile(7, 1), quarter], 7, now)).toBe(quarter.from)
  })
})

describe('what a day of readings takes', () => {
  it('is not known before a file is full', () => {
    expect(readingsBytesPerDay([dayFile(0, 4000), quarter], now)).toBeNull()
  })

  it('is that of full files, without the first of several', () => {
    expect(readingsBytesPerDay([dayFile(1, 700), dayFile(0, 10), quarter], now)).toBe(700)
    const files = [dayFile(3, 100), dayFile(2, 900), dayFile(1, 1100), dayFile(0, 10), quarter]
    expect(readingsBytesPerDay(files, now)).toBe(1000)
  })

  it('counts a week as seven days', () => {
    const week = { ...dayFile(8, 7000), to: now - 12 * 3_600_000 - day }
    expect(readingsBytesPerDay([week], now)).toBe(1000)
  })
})
