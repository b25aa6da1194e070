import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  kmBetween,
  planConflicts,
  shortestWay,
  wayKm,
  type Visit,
} from '../../src-shared/domain/day-plan.ts'
import { iCalendar, type CalendarEntry } from '../../src-shared/domain/icalendar.ts'

const hour = 3_600_000
const jakarta = { latitude: -6.2, longitude: 106.8 }
const visit = (id: string, from: number, to: number, more: Partial<Visit> = {}): Visit => ({
  id,
  from: from * hour,
  to: to * hour,
  minutes: 60,
  spot: null,
  ...more,
})
const hours = [
  { from: 8 * hour, to: 12 * hour },
  { from: 13 * hour, to: 17 * hour },
]

describe('a day of a technician', () => {
  it('is one without conflicts where everything fits', () => {
    expect(planConflicts([visit('a', 8, 10), visit('b', 10, 12)], hours, 25)).toEqual([])
  })

  it('says what overlaps, by how much and with which', () => {
    expect(planConflicts([visit('b', 9.5, 11), visit('a', 8, 10)], hours, 25)).toEqual([
      { orderId: 'b', kind: 'overlap', otherId: 'a', minutes: 30 },
    ])
  })

  it('says what lies outside his hours, the break too', () => {
    expect(planConflicts([visit('a', 11, 14), visit('b', 16.5, 17.5)], hours, 25)).toEqual([
      { orderId: 'a', kind: 'outside-hours', otherId: null, minutes: 60 },
      { orderId: 'b', kind: 'outside-hours', otherId: null, minutes: 30 },
    ])
  })

  it('says where the window is shorter than the work, and where the way is too far', () => {
    const there = { latitude: -6.2, longitude: 107.3 }
    const found = planConflicts(
      [visit('a', 8, 8.5, { spot: jakarta }), visit('b', 9, 10, { spot: there })],
      hours,
      50,
    )
    // 55.3 km at 50 km/h: 67 minutes where there are 30.
    expect(found).toEqual([
      { orderId: 'a', kind: 'too-short', otherId: null, minutes: 30 },
      { orderId: 'b', kind: 'too-far', otherId: 'a', minutes: 37 },
    ])
  })

  it('counts the way from the visit that ends last, where a shorter one lay within it', () => {
    const there = { latitude: -6.2, longitude: 107.3 }
    const visits = [
      visit('a', 8, 11, { spot: jakarta }),
      visit('b', 9, 10, { spot: there }),
      visit('c', 11, 12, { spot: there }),
    ]
    // 55.3 km at 50 km/h, and no minute between.
    expect(planConflicts(visits, hours, 50)).toEqual([
      { orderId: 'b', kind: 'overlap', otherId: 'a', minutes: 60 },
      { orderId: 'c', kind: 'too-far', otherId: 'a', minutes: 67 },
    ])
  })

  it('knows how far it is', () => {
    const bandung = { latitude: -6.9175, longitude: 107.6191 }
    expect(kmBetween(jakarta, bandung)).toBeGreaterThan(119)
    expect(kmBetween(jakarta, bandung)).toBeLessThan(121)
    expect(kmBetween(jakarta, jakarta)).toBe(0)
  })
})

const spots = fc.array(
  fc.record({
    spot: fc.record({
      latitude: fc.double({ min: -7, max: -6, noNaN: true }),
      longitude: fc.double({ min: 106, max: 107, noNaN: true }),
    }),
  }),
  { maxLength: 9 },
)

describe('the way through a day', () => {
  it('takes every visit once and is never longer than the one that was planned', () => {
    fc.assert(
      fc.property(spots, fc.boolean(), (visits, fromDepot) => {
        const start = fromDepot ? jakarta : null
        const way = shortestWay(start, visits)
        expect(new Set(way)).toEqual(new Set(visits))
        expect(way.length).toBe(visits.length)
        const km = (list: readonly { readonly spot: typeof jakarta }[]) =>
          wayKm(
            start,
            list.map(({ spot }) => spot),
          )
        expect(km(way)).toBeLessThanOrEqual(km(visits) + 1e-6)
      }),
      { seed: 11, numRuns: 200 },
    )
  })

  it('goes along a street instead of to and fro', () => {
    const at = (longitude: number) => ({ spot: { latitude: -6.2, longitude } })
    const way = shortestWay(null, [at(106.82), at(106.84), at(106.81), at(106.83)])
    const along = way.map(({ spot }) => spot.longitude)
    expect([along, along.toReversed()]).toContainEqual([106.81, 106.82, 106.83, 106.84])
  })
})

describe('a calendar file', () => {
  const entry: CalendarEntry = {
    uid: 'x@nocturne',
    sequence: 3,
    from: Date.UTC(2026, 10, 24, 2),
    to: Date.UTC(2026, 10, 24, 3, 30),
    changedAt: Date.UTC(2026, 10, 23),
    summary: 'WO-000001 Repair; Dewi, no light',
    description: 'Line one\nLine two \\ end',
    location: 'Jalan Méndung 5, RT 3',
    spot: jakarta,
    status: 'CONFIRMED',
  }

  it('says when, where and what, with what RFC 5545 wants escaped', () => {
    const lines = iCalendar('Budi', [entry]).split('\r\n')
    expect(lines).toContain('DTSTART:20261124T020000Z')
    expect(lines).toContain('DTEND:20261124T033000Z')
    expect(lines).toContain(String.raw`SUMMARY:WO-000001 Repair\; Dewi\, no light`)
    expect(lines).toContain(String.raw`DESCRIPTION:Line one\nLine two \\ end`)
    expect(lines).toContain('GEO:-6.200000;106.800000')
    expect(lines).toContain('SEQUENCE:3')
    expect(lines.at(-1)).toBe('')
  })

  it('has no line of more than 75 octets, and gives back every letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const clean = text.replaceAll(/[\p{Cc}\\;,]/gu, '')
        const file = iCalendar('x', [{ ...entry, summary: clean }])
        for (const line of file.split('\r\n')) {
          expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
        }
        expect(file.replaceAll('\r\n ', '').split('\r\n')).toContain(`SUMMARY:${clean}`)
      }),
      { seed: 12, numRuns: 200 },
    )
  })
})
