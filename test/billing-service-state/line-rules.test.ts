import { expect, test } from 'vitest'
import {
  opinionOf,
  type AfterEnd,
  type ServiceSubscription,
} from '../../src-main/billing/service-state/rules.ts'
import { besideWhatStands } from '../../src-main/provisioning/services/wish-rules.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'

const today = calendarDate('2026-11-22')
const dark: AfterEnd = { kind: 'suspend' }
const one = (
  status: ServiceSubscription['status'],
  since = '2026-11-01',
  over: Partial<ServiceSubscription> = {},
): ServiceSubscription => ({
  status,
  statusSinceOn: calendarDate(since),
  startsOn: calendarDate('2026-01-01'),
  endsOn: status === 'ended' ? calendarDate(since) : null,
  ...over,
})
const of = (...subscriptions: ServiceSubscription[]) => opinionOf(subscriptions, dark, today)

test('what was never sold, is only planned or was taken back says nothing of the line', () => {
  expect(of()).toBeNull()
  expect(of(one('draft'))).toBeNull()
  const day = calendarDate('2026-01-01')
  expect(of(one('ended', day, { endsOn: day }))).toBeNull()
})

test('a trial and a running subscription want the line on, whatever became of another one', () => {
  expect(of(one('trial'))).toMatchObject({ wanted: 'active', cause: 'running' })
  expect(of(one('ended'), one('active'))).toMatchObject({ wanted: 'active', cause: 'running' })
})

test('a pause, a debt and an end want it off, each for its own reason; debt is told before a pause', () => {
  expect(of(one('paused'))).toMatchObject({ wanted: 'suspended', cause: 'paused' })
  expect(of(one('suspended'))).toMatchObject({ wanted: 'suspended', cause: 'debt' })
  expect(of(one('ended'))).toMatchObject({ wanted: 'suspended', cause: 'ended', nextOn: null })
  expect(of(one('paused'), one('suspended'))).toMatchObject({ cause: 'debt' })
  // Another one is planned: until it begins the line stays off.
  expect(of(one('ended'), one('draft'))).toMatchObject({ wanted: 'suspended', cause: 'ended' })
})

test('where the house says so, an ended service is removed so many days after its end', () => {
  const removal: AfterEnd = { kind: 'remove', afterDays: 21 }
  expect(opinionOf([one('ended', '2026-11-02')], removal, today)).toEqual({
    wanted: 'suspended',
    cause: 'ended',
    sinceOn: '2026-11-02',
    nextOn: '2026-11-23',
  })
  expect(opinionOf([one('ended', '2026-11-01')], removal, today)).toMatchObject({
    wanted: 'removed',
    nextOn: null,
  })
  // Of several the last end counts.
  expect(
    opinionOf([one('ended', '2026-01-01'), one('ended', '2026-11-20')], removal, today),
  ).toMatchObject({ wanted: 'suspended', nextOn: '2026-12-11' })
})

test('billing darkens what a person wants bright, and never brightens what a person made dark', () => {
  const hand = (desired: 'active' | 'suspended' | 'removed') =>
    ({ desired, source: 'hand' }) as const
  expect(besideWhatStands(hand('active'), 'suspended', 'active')).toBe('write')
  expect(besideWhatStands(hand('suspended'), 'active', 'suspended')).toBe('kept')
  expect(besideWhatStands(hand('removed'), 'suspended', null)).toBe('kept')
  expect(besideWhatStands(hand('suspended'), 'suspended', 'suspended')).toBe('same')
  expect(besideWhatStands(hand('suspended'), 'removed', 'suspended')).toBe('write')
  const own = { desired: 'suspended', source: 'billing' } as const
  expect(besideWhatStands(own, 'active', 'suspended')).toBe('write')
})

test('a line that is on and of which nobody wanted anything is not written about', () => {
  expect(besideWhatStands(null, 'active', 'active')).toBe('same')
  expect(besideWhatStands(null, 'active', 'suspended')).toBe('write')
  expect(besideWhatStands(null, 'active', null)).toBe('write')
  expect(besideWhatStands(null, 'suspended', 'suspended')).toBe('write')
})
