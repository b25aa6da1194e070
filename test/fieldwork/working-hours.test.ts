import { describe, expect, it } from 'vitest'
import { localDays } from '../../src-main/fieldwork/working-hours.ts'

const hour = 3_600_000

describe('local days', () => {
  it('begin at midnight of the zone, Monday being the first', () => {
    // Tuesday 24 November 2026, 09:00 in Jakarta.
    const from = Date.UTC(2026, 10, 24, 2)
    const days = localDays(from, from + 24 * hour, 'Asia/Jakarta')
    expect(days.map(({ weekday }) => weekday)).toEqual([1, 2])
    expect(days[0]!.from).toBe(Date.UTC(2026, 10, 23, 17))
    expect(days[0]!.at(8 * 60)).toBe(Date.UTC(2026, 10, 24, 1))
  })

  it('have 23 and 25 hours where the clock is changed', () => {
    const length = (from: number) => {
      const [day] = localDays(from, from + hour, 'Europe/Berlin')
      return (day!.to - day!.from) / hour
    }
    expect(length(Date.UTC(2026, 2, 29, 10))).toBe(23)
    expect(length(Date.UTC(2026, 9, 25, 10))).toBe(25)
    const [spring] = localDays(
      Date.UTC(2026, 2, 29, 10),
      Date.UTC(2026, 2, 29, 11),
      'Europe/Berlin',
    )
    // 08:00 summer time.
    expect(spring!.at(8 * 60)).toBe(Date.UTC(2026, 2, 29, 6))
  })
})
