import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../src-renderer/screens/tickets-desk/board-model.ts'
import { byDay, daysOf } from '../../src-renderer/screens/tickets-desk/due-model.ts'
import { spanOf, volumeOf } from '../../src-renderer/screens/tickets-desk/report-model.ts'
import {
  cellsOf,
  cellsOfDay,
  readHolidays,
  readLevels,
  readTarget,
  spansOf,
  writeTarget,
} from '../../src-renderer/screens/tickets-desk/setup-model.ts'

describe('what is typed in the settings of tickets', () => {
  it('is refused where it cannot be read: targets, levels, holidays', () => {
    for (const typed of ['4:60', '-1', '0', '1.5', 'an hour', '600000']) {
      expect(readTarget(typed)).toBeUndefined()
    }
    for (const typed of ['2:00, 0:30', '1,1', 'x', '1,2,3,4,5,6']) {
      expect(readLevels(typed)).toBeUndefined()
    }
    expect(readHolidays('12-25 Christmas\n2026-02-30')).toEqual({ badLine: 2 })
  })

  it('is read as it is meant', () => {
    expect([readTarget('4:30'), readTarget(' 90 '), readTarget('')]).toEqual([270, 90, null])
    expect(readLevels('0:30, 2:00')).toEqual([30, 120])
    expect(readHolidays('12-25 Natal\n\n2028-02-29')).toEqual({
      holidays: [
        { on: '12-25', name: 'Natal' },
        { on: '2028-02-29', name: '' },
      ],
    })
  })

  it('comes back the same: a target, and a week of half hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 527_040 }), (minutes) => {
        expect(readTarget(writeTarget(minutes))).toBe(minutes)
      }),
      { seed: 81, numRuns: 50 },
    )
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: cellsOfDay, maxLength: cellsOfDay }),
        (cells) => {
          expect(cellsOf(spansOf(cells))).toEqual(cells)
        },
      ),
      { seed: 82, numRuns: 50 },
    )
  })
})

describe('the calendar of what is due', () => {
  it('shows whole weeks from Monday, of a month all its days, each once', () => {
    const at = new Date(2026, 10, 24, 15).getTime()
    const week = daysOf('week', at)
    expect([week.length, new Date(week[0]!).getDay(), new Date(week[0]!).getDate()]).toEqual([
      7, 1, 23,
    ])
    for (let month = 0; month < 24; month++) {
      const days = daysOf('month', new Date(2026, month, 15).getTime())
      expect(days.length % 7).toBe(0)
      expect(new Set(days).size).toBe(days.length)
      const within = days.filter((day) => new Date(day).getMonth() === month % 12)
      expect(within).toHaveLength(new Date(2026, month + 1, 0).getDate())
    }
    const item = { at, what: 'update', ticket: {} } as never
    expect([...byDay([item]).keys()]).toEqual([new Date(2026, 10, 24).getTime()])
  })
})

describe('the report', () => {
  it('refuses a span that ends before it begins, or is longer than the engine counts', () => {
    expect(spanOf('2026-11-24', '2026-11-23')).toBeNull()
    expect(spanOf('2025-01-01', '2026-11-23')).toBeNull()
    expect(spanOf('', '2026-11-23')).toBeNull()
    expect(spanOf('2026-11-24', '2026-11-24')).not.toBeNull()
  })

  it('draws each day, by week where they are many, and loses none', () => {
    const days = [
      { on: '2026-03-02', opened: 3, solved: 1 },
      { on: '2026-06-30', opened: 2, solved: 2 },
    ]
    const few = volumeOf({ days: days.slice(0, 1) }, '2026-03-01', '2026-03-07')
    expect([few.byWeek, few.bars.length]).toEqual([false, 7])
    const many = volumeOf({ days }, '2026-03-01', '2026-06-30')
    expect(many.byWeek).toBe(true)
    expect(many.bars.reduce((sum, { opened }) => sum + opened, 0)).toBe(5)
  })
})

describe('a card of the board', () => {
  const ticket = { state: 'closed', owner: null, priority: 'P3', queue: null } as never
  it('goes where the states allow it, and to others only by who hands out work', () => {
    const mover = { accountId: 'me', mayAssign: false }
    expect(refusalOf(ticket, 'state', 'open', mover)).toBe('state')
    expect(refusalOf(ticket, 'owner', 'other', mover)).toBe('owner')
    expect(refusalOf(ticket, 'owner', 'me', mover)).toBeNull()
    expect(refusalOf(ticket, 'owner', 'other', { ...mover, mayAssign: true })).toBeNull()
    expect(refusalOf(ticket, 'priority', 'P3', mover)).toBe('here')
  })
})
