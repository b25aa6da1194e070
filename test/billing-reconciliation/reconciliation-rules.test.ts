import { describe, expect, test } from 'vitest'
import {
  judgeOnu,
  judgeSerial,
  judgeService,
  keyOf,
  type ServiceCase,
} from '../../src-main/billing/reconciliation/rules.ts'

/** A service that is as it should be: sold, active, online. */
const right: ServiceCase = {
  service: { state: 'live', endedAt: null },
  subscriber: { status: 'active', statusSince: 500 },
  subscription: { status: 'active', statusSinceOn: '2026-03-01', startsOn: '2026-01-15' },
  seen: { kind: 'there', state: 'online', stateSince: 900 },
  wish: null,
  speed: null,
  takenOver: false,
}
const sold = (
  status: NonNullable<ServiceCase['subscription']>['status'],
): Partial<ServiceCase> => ({
  subscription: { status, statusSinceOn: '2026-03-01', startsOn: '2026-01-15' },
})
const seen = (state: 'online' | 'offline' | 'disabled' | 'starting' | 'unknown') => ({
  seen: { kind: 'there', state, stateSince: 900 } as const,
})
const kindsOf = (change: Partial<ServiceCase>): readonly string[] =>
  judgeService({ ...right, ...change }).found.map(({ kind }) => kind)
const wish = (desired: 'active' | 'suspended' | 'removed', actual: typeof desired | 'unknown') => ({
  wish: { desired, actual, desiredSince: 700 },
})
const left = { subscriber: { status: 'ended', statusSince: 600 } } as const
const planned = { service: { state: 'planned', endedAt: null } } as const
const over = { service: { state: 'ended', endedAt: 800 } } as const
const none = { seen: { kind: 'none' } } as const
const absent = { seen: { kind: 'absent' } } as const
const silent = { seen: { kind: 'unknown' } } as const

describe('a service against the network', () => {
  test.each<readonly [string, Partial<ServiceCase>, readonly string[]]>([
    ['sold, active, online', {}, []],
    ['sold, active, offline: an outage is none of the books', seen('offline'), []],
    ['sold, no ONU named', { ...planned, ...none }, ['billed-no-onu']],
    ['a trial, no ONU named', { ...planned, ...none, ...sold('trial') }, ['billed-no-onu']],
    ['suspended, no ONU named', { ...planned, ...none, ...sold('suspended') }, ['billed-no-onu']],
    ['paused on wish, no ONU named', { ...planned, ...none, ...sold('paused') }, []],
    ['planned, nothing sold', { ...planned, ...none, subscription: null }, []],
    ['ended, and still billed', { ...over, ...none }, ['billed-no-onu']],
    ['sold, its OLT does not hold the ONU', absent, ['billed-not-on-olt']],
    ['nothing sold, its OLT does not hold the ONU', { ...absent, subscription: null }, []],
    ['nothing sold, online', { subscription: null }, ['live-no-subscription']],
    [
      'nothing sold, coming up',
      { ...seen('starting'), subscription: null },
      ['live-no-subscription'],
    ],
    ['nothing sold, offline', { ...seen('offline'), subscription: null }, []],
    ['sold from a later day on, online already', sold('draft'), ['live-no-subscription']],
    ['ended, still on the OLT', sold('ended'), ['ended-authorised']],
    [
      'ended, still on the OLT, offline',
      { ...sold('ended'), ...seen('offline') },
      ['ended-authorised'],
    ],
    ['ended, switched off', { ...sold('ended'), ...seen('disabled') }, []],
    [
      'ended, read back as switched off',
      { ...sold('ended'), ...wish('suspended', 'suspended') },
      [],
    ],
    ['the subscriber left, his line stays', left, ['ended-authorised']],
    ['the subscriber left, nothing sold', { ...left, subscription: null }, ['ended-authorised']],
    ['the service ended, the ONU stays', { ...over, subscription: null }, ['ended-authorised']],
    [
      'the service ended, the ONU was read back as switched off',
      { ...over, subscription: null, ...wish('suspended', 'suspended') },
      [],
    ],
    [
      'the service ended, the ONU is wished off and not yet read back',
      { ...over, subscription: null, ...wish('suspended', 'active') },
      ['ended-authorised'],
    ],
    [
      'the service ended, another has the ONU',
      { ...over, subscription: null, takenOver: true },
      [],
    ],
    ['the service ended, the ONU is gone', { ...over, ...absent, subscription: null }, []],
    ['suspended, online', sold('suspended'), ['suspended-online']],
    ['suspended, offline', { ...sold('suspended'), ...seen('offline') }, []],
    [
      'suspended, switched off but lit',
      { ...sold('suspended'), ...wish('suspended', 'suspended') },
      [],
    ],
    [
      'suspended, wished but not done',
      { ...sold('suspended'), ...wish('suspended', 'unknown') },
      ['suspended-online'],
    ],
    [
      'the subscriber is suspended, online',
      { subscriber: { status: 'suspended', statusSince: 5 } },
      ['suspended-online'],
    ],
    ['active, switched off on the OLT', seen('disabled'), ['active-suspended']],
    ['active, wished off', wish('suspended', 'active'), ['active-suspended']],
    ['active, wished on and not there yet', wish('active', 'suspended'), ['active-suspended']],
    ['active, wished on and on', wish('active', 'active'), []],
    ['paused on wish, online: its line is off for as long', sold('paused'), ['suspended-online']],
    [
      'paused on wish, read back as off but lit',
      { ...sold('paused'), ...wish('suspended', 'suspended') },
      [],
    ],
    ['paused on wish, switched off', { ...sold('paused'), ...seen('disabled') }, []],
    [
      'another speed',
      { speed: { state: 'differs', address: 1, differences: [] } },
      ['speed-differs'],
    ],
    ['the speed that was sold', { speed: { state: 'same', address: 1, differences: [] } }, []],
  ])('%s', (_, change, kinds) => {
    expect(kindsOf(change)).toEqual(kinds)
  })

  test('what is not known is neither right nor wrong', () => {
    expect(judgeService({ ...right, ...silent })).toEqual({
      found: [],
      notKnown: true,
      speedNotKnown: false,
    })
    for (const status of ['suspended', 'ended', 'active'] as const) {
      expect(kindsOf({ ...silent, ...sold(status) })).toEqual([])
      expect(kindsOf({ ...seen('unknown'), ...sold(status) })).toEqual(
        // That the OLT, which answers, holds the ONU is known; what it does is not.
        status === 'ended' ? ['ended-authorised'] : [],
      )
    }
    expect(judgeService({ ...right, ...seen('unknown') }).notKnown).toBe(true)
  })

  test('a speed that no record or profile tells is not known', () => {
    for (const state of ['unknown', 'unmapped'] as const) {
      const judged = judgeService({ ...right, speed: { state, address: null, differences: [] } })
      expect(judged).toMatchObject({ found: [], speedNotKnown: true })
    }
  })

  test('says since when, by the books or by the network', () => {
    const since = (change: Partial<ServiceCase>) => {
      const [found] = judgeService({ ...right, ...change }).found
      return found?.sinceOn ?? found?.sinceAt ?? null
    }
    expect(since({ ...planned, ...none })).toBe('2026-01-15')
    expect(since(sold('suspended'))).toBe('2026-03-01')
    expect(since(wish('suspended', 'active'))).toBe(700)
    expect(since(seen('disabled'))).toBe(900)
    expect(since({ ...over, subscription: null })).toBe(800)
    expect(since(absent)).toBeNull()
  })
})

test('an ONU that nobody’s service names is told while it carries somebody', () => {
  const onu = { stateSince: 7, served: false, remembered: false }
  expect(judgeOnu({ ...onu, state: 'online' })).toMatchObject({
    kind: 'live-no-service',
    sinceAt: 7,
  })
  for (const state of ['offline', 'unknown', 'disabled', 'auth-failed'] as const)
    expect(judgeOnu({ ...onu, state })).toBeNull()
  expect(judgeOnu({ ...onu, state: 'online', served: true })).toBeNull()
  expect(judgeOnu({ ...onu, state: 'online', remembered: true })).toBeNull()
})

test('a serial number is told once it is in two places or on two services', () => {
  expect(judgeSerial(1, 1)).toBeNull()
  expect(judgeSerial(0, 0)).toBeNull()
  expect(judgeSerial(2, 0)).toMatchObject({ kind: 'duplicate-serial' })
  expect(judgeSerial(1, 2)).toMatchObject({ kind: 'duplicate-serial' })
})

test('another ONU on the same service is another finding', () => {
  const key = (serial: string) => keyOf('suspended-online', { serviceId: 's', oltId: 'o', serial })
  expect(key('A')).toBe(key('A'))
  expect(key('A')).not.toBe(key('B'))
})
