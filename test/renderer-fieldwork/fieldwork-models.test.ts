import { describe, expect, it } from 'vitest'
import {
  filterOf,
  isNarrowed,
  plainView,
  readView,
  writeView,
} from '../../src-renderer/screens/fieldwork/order-query.ts'
import {
  axisOf,
  dayStart,
  daysLater,
  placeOf,
  readPlan,
  timeAt,
  writePlan,
} from '../../src-renderer/screens/fieldwork-plan/plan-model.ts'
import { readSpot, spotText } from '../../src-renderer/screens/fieldwork-settings/spot-text.ts'

const hour = 3_600_000

describe('the address of the list of work orders', () => {
  it('says what the list shows, and leaves out what is usual', () => {
    expect(writeView(plainView)).toBe('')
    const view = { ...plainView, search: 'mawar', states: 'on-site', assignee: 'me' } as const
    expect(readView(writeView(view))).toEqual(view)
    expect(isNarrowed(view)).toBe(true)
    expect(filterOf(view)).toMatchObject({ states: ['on-site'], assignee: 'me', search: 'mawar' })
  })

  it('takes nothing that is not one of its words', () => {
    expect(readView('state=gone&kind=x&assignee=everybody&ticket=1')).toEqual(plainView)
  })
})

describe('the plan of a day', () => {
  const now = new Date(2026, 10, 24, 13, 30).getTime()
  const from = dayStart(now)

  it('has the day and the span in its address; a day that is none is today', () => {
    expect(readPlan('', now)).toEqual({ by: 'day', from })
    expect(writePlan({ by: 'day', from }, now)).toBe('')
    const week = { by: 'week', from: daysLater(from, 2) } as const
    expect(writePlan(week, now)).toBe('by=week&on=2026-11-26')
    expect(readPlan(writePlan(week, now), now)).toEqual(week)
    expect(readPlan('on=tomorrow', now).from).toBe(from)
  })

  it('shows the hours that are worked, and more where something is planned then', () => {
    expect(axisOf(from, [])).toEqual({ first: 7, last: 18 })
    const late = { from: from + 19 * hour, to: from + 20.5 * hour }
    const axis = axisOf(from, [late, { from: from + 5 * hour, to: from + 6 * hour }])
    expect(axis).toEqual({ first: 5, last: 21 })
    const span = { from: from + 9 * hour, to: from + 11 * hour }
    const place = placeOf(from, { first: 8, last: 18 }, span)
    expect(place.start).toBeCloseTo(0.1)
    expect(place.width).toBeCloseTo(0.2)
  })

  it('takes a quarter of an hour for where something is dropped', () => {
    expect(timeAt(from, { first: 8, last: 18 }, 0.512)).toBe(from + 13 * hour)
  })
})

describe('coordinates', () => {
  it('are read as maps copy them, and refused where they are none', () => {
    expect(readSpot('-7.79, 110.37')).toEqual({ latitude: -7.79, longitude: 110.37 })
    expect(readSpot('-7.79 110.37')).toEqual({ latitude: -7.79, longitude: 110.37 })
    expect(readSpot('  ')).toBeNull()
    expect(readSpot('91, 0')).toBe('wrong')
    expect(readSpot('Jalan Mawar 5')).toBe('wrong')
    expect(readSpot(spotText({ latitude: 1.5, longitude: -2.25 }))).toEqual({
      latitude: 1.5,
      longitude: -2.25,
    })
  })
})
