import { describe, expect, test } from 'vitest'
import {
  countersOf,
  nothingReadYet,
  stalenessOf,
} from '../../src-renderer/screens/network-dashboard/counter-model.ts'
import { parseOnuQuery } from '../../src-renderer/screens/network-onus/onu-query.ts'
import { sampleCounts, sampleOlt } from './sample-olt.ts'

const minute = 60_000
const now = 1_000 * minute
const readAt = (status: number | null) => ({ status, optics: null, counters: null, identity: null })

describe('counters', () => {
  const counts = sampleCounts({
    total: 200,
    online: 150,
    offlineOptical: 7,
    offlinePower: 20,
    offlineOther: 8,
    starting: 2,
    authFailed: 1,
    unknown: 10,
    disabled: 2,
    signalWarning: 5,
    signalCritical: 3,
  })
  const byName = new Map(countersOf(counts).map((counter) => [counter.name, counter]))

  test('the states shown add up to all ONUs', () => {
    const states = [
      'online',
      'offlineOptical',
      'offlinePower',
      'offlineOther',
      'unknown',
      'disabled',
    ]
    const sum = states.reduce(
      (total, name) => total + (countersOf(counts).find((each) => each.name === name)?.value ?? 0),
      0,
    )
    expect(sum).toBe(counts.total)
  })

  test('each counter opens the list that it counts', () => {
    const filterOf = (name: 'offlineOther' | 'lowSignal' | 'offlineOptical') =>
      parseOnuQuery((byName.get(name)?.href ?? '').split('?')[1] ?? '').filter
    expect(filterOf('offlineOptical').states).toEqual(['offline-optical'])
    expect([...filterOf('offlineOther').states].toSorted()).toEqual([
      'auth-failed',
      'offline-other',
      'starting',
    ])
    expect(filterOf('lowSignal')).toMatchObject({
      states: ['online'],
      signals: ['warning', 'critical'],
    })
  })

  test('zero is calm, whatever it counts', () => {
    const none = countersOf(sampleCounts({ total: 0, online: 0 }))
    expect(none.every((counter) => counter.tone === 'calm')).toBe(true)
    expect(none.every((counter) => counter.share === null)).toBe(true)
  })

  test('only what somebody must act on is marked so', () => {
    expect(byName.get('offlineOptical')?.tone).toBe('act')
    expect(byName.get('lowSignal')?.tone).toBe('act')
    expect(byName.get('offlinePower')?.tone).toBe('look')
    expect(byName.get('online')?.tone).toBe('calm')
  })
})

describe('before the first reading', () => {
  test('no figure is made up while no OLT was read', () => {
    const never = sampleOlt({ reachability: 'never', ages: readAt(null) })
    expect(nothingReadYet(sampleCounts({ total: 0 }), [never])).toBe(true)
    expect(nothingReadYet(sampleCounts({ total: 0 }), undefined)).toBe(true)
  })

  test('ONUs whose names are known and whose states are not give no figure either', () => {
    const named = sampleOlt({ ages: readAt(null) })
    const unknown = sampleCounts({ total: 300, online: 0, unknown: 300 })
    expect(nothingReadYet(unknown, [named])).toBe(true)
    expect(nothingReadYet({ ...unknown, unknown: 200, online: 100 }, [named])).toBe(false)
  })

  test('an OLT that was read and has no ONU has none', () => {
    expect(nothingReadYet(sampleCounts({ total: 0 }), [sampleOlt()])).toBe(false)
  })
})

describe('stopped data', () => {
  const fresh = sampleOlt({ id: 'a', ages: readAt(now - minute) })
  const late = sampleOlt({ id: 'b', ages: readAt(now - 10 * minute) })
  const lost = sampleOlt({ id: 'c', reachability: 'unreachable', ages: readAt(now - 9 * minute) })
  const never = sampleOlt({ id: 'd', reachability: 'never', ages: readAt(null) })

  test('when nothing was read in time the screen is stale, since the newest reading', () => {
    expect(stalenessOf([late, lost], now)).toEqual({ kind: 'all', since: now - 9 * minute })
  })

  test('one reading in time is enough for the screen to be current', () => {
    expect(stalenessOf([fresh, late], now)).toEqual({ kind: 'some', count: 1 })
  })

  test('an OLT that is left alone is not behind: nobody planned to read it', () => {
    const quiet = { ...late, quiet: { since: now - 11 * minute, until: null } }
    expect(stalenessOf([fresh, quiet], now)).toEqual({ kind: 'fresh' })
    expect(stalenessOf([quiet], now)).toEqual({ kind: 'all', since: now - 10 * minute })
  })

  test('an OLT known to be unreachable is not "behind its plan" as well', () => {
    expect(stalenessOf([fresh, lost], now)).toEqual({ kind: 'fresh' })
  })

  test('OLTs that were never asked make nothing stale', () => {
    expect(stalenessOf([never], now)).toEqual({ kind: 'fresh' })
    expect(stalenessOf([], now)).toEqual({ kind: 'fresh' })
  })

  test('an OLT that is read seldom is measured by its own plan', () => {
    const seldom = sampleOlt({
      ages: readAt(now - 40 * minute),
      intervals: { statusS: 1800, countersS: 3600, opticsS: 3600 },
    })
    expect(stalenessOf([seldom], now)).toEqual({ kind: 'fresh' })
  })

  test('the first reading of an OLT that has just answered is no alarm, unless it never ends', () => {
    const reading = (since: number) => sampleOlt({ ages: readAt(null), since })
    expect(stalenessOf([reading(now - 2000)], now)).toEqual({ kind: 'fresh' })
    expect(stalenessOf([reading(now - 10 * minute)], now)).toEqual({ kind: 'all', since: null })
  })

  test('when no OLT has ever answered, nobody says since when', () => {
    const unheard = sampleOlt({ reachability: 'unreachable', ages: readAt(null) })
    expect(stalenessOf([unheard], now)).toEqual({ kind: 'all', since: null })
  })
})
