import { describe, expect, it } from 'vitest'
import { maintenanceBehaviours, maintenancePlan } from '../../src-shared/contract/alarms-model.ts'
import {
  behaviours,
  emptyScope,
  isEmptyScope,
  joinScopes,
  newPlanForm,
  occurrences,
  planOf,
  planProblems,
} from '../../src-renderer/screens/alarms/maintenance-model.ts'
import {
  shelfPresets,
  shelfUntil,
  shiftEnds,
} from '../../src-renderer/screens/alarms/shelf-times.ts'
import { sampleOlt } from './sample-alarm.ts'

const now = new Date(2026, 10, 23, 14, 7).getTime()
const hour = 3_600_000
const day = 24 * hour
const scope = { ...emptyScope, oltIds: [sampleOlt] }
const form = newPlanForm(scope, 'Card swap', now)

describe('a plan of maintenance', () => {
  it('is refused without title or scope, ending before it begins, or in the past', () => {
    expect([...planProblems({ ...form, title: ' ' }, now)]).toEqual(['title'])
    expect([...planProblems({ ...form, scope: emptyScope }, now)]).toEqual(['scope'])
    expect([...planProblems({ ...form, ends: form.starts }, now)]).toEqual(['times'])
    expect([...planProblems({ ...form, starts: '' }, now)]).toEqual(['times'])
    expect([...planProblems(form, now + 3 * day)]).toEqual(['past'])
  })

  it('is refused when a run is longer than the time to the next, or the last day is before the first', () => {
    const long = { ...form, ends: '2026-11-25T14:15' }
    expect([...planProblems(long, now)]).toEqual([])
    expect([...planProblems({ ...long, repeats: 'daily' as const }, now)]).toEqual(['long'])
    const over = { ...form, repeats: 'weekly' as const, repeatsUntil: '2026-11-01' }
    expect([...planProblems(over, now)]).toEqual(['until'])
  })

  it('begins at the next quarter of an hour, for two hours, quietly', () => {
    expect(form).toMatchObject({
      starts: '2026-11-23T14:15',
      ends: '2026-11-23T16:15',
      behaviour: 'mute',
    })
    expect(planProblems(form, now).size).toBe(0)
  })

  it('is what the contract takes', () => {
    const plan = planOf({ ...form, repeats: 'daily', repeatsUntil: '2026-12-01' }, 'Asia/Jakarta')
    expect(maintenancePlan.safeParse(plan).success).toBe(true)
    expect(plan.repeatsUntil).toBe(new Date(2026, 11, 1, 23, 59).getTime())
    expect(planOf({ ...form, repeatsUntil: '2026-12-01' }, 'UTC').repeatsUntil).toBeNull()
    expect([...behaviours].toSorted()).toEqual([...maintenanceBehaviours].toSorted())
  })
})

describe('runs of a window', () => {
  const once = {
    startsAt: now,
    endsAt: now + 2 * hour,
    repeats: 'never',
    repeatsUntil: null,
  } as const

  it('are none outside what is looked at', () => {
    expect(occurrences(once, now + 2 * hour, now + day)).toEqual([])
    expect(occurrences({ ...once, repeats: 'daily' }, now - 9 * day, now)).toEqual([])
  })

  it('come at the same local time, up to the last day', () => {
    const daily = { ...once, repeats: 'daily', repeatsUntil: now + 2 * day } as const
    const runs = occurrences(daily, now, now + 9 * day)
    expect(runs.length).toBe(3)
    expect(runs.every((run) => new Date(run.startsAt).getHours() === 14)).toBe(true)
    expect(occurrences({ ...once, repeats: 'weekly' }, now, now + 14 * day).length).toBe(2)
  })

  it('ends even for a window that began long ago', () => {
    const old = { ...once, startsAt: 0, endsAt: hour, repeats: 'daily' } as const
    expect(occurrences(old, now, now + day).length).toBeLessThan(3)
  })
})

describe('scopes put together', () => {
  it('have each thing once', () => {
    const pon = { oltId: sampleOlt, pon: { shelf: 1, slot: 2, port: 3 } }
    const onu = { oltId: sampleOlt, address: { shelf: 1, slot: 2, port: 3, onuId: 4 } }
    const both = joinScopes(
      { ...scope, pons: [pon], onus: [onu] },
      { ...scope, pons: [{ ...pon }], onus: [{ ...onu }], nodeIds: ['n'] },
    )
    expect(both).toEqual({ oltIds: [sampleOlt], pons: [pon], onus: [onu], nodeIds: ['n'] })
    expect(isEmptyScope(both)).toBe(false)
    expect(isEmptyScope(emptyScope)).toBe(true)
  })
})

describe('the shelf', () => {
  it('always gives an alarm back, and never at once', () => {
    for (const preset of shelfPresets) {
      expect(shelfUntil(preset, now), preset).toBeGreaterThanOrEqual(now + hour / 2)
      expect(shelfUntil(preset, now), preset).toBeLessThanOrEqual(now + 7 * day)
    }
  })

  it('knows the end of the shift, also over midnight and just before it', () => {
    const at = (hours: number, minutes: number): number =>
      new Date(2026, 10, 23, hours, minutes).getTime()
    expect(new Date(shelfUntil('shift', at(14, 7))).getHours()).toBe(15)
    expect(new Date(shelfUntil('shift', at(14, 45))).getHours()).toBe(23)
    expect(new Date(shelfUntil('shift', at(23, 30))).getDate()).toBe(24)
    expect(shiftEnds).toContain(new Date(shelfUntil('shift', at(23, 30))).getHours())
  })
})
