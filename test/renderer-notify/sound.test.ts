import { describe, expect, test } from 'vitest'
import { isRested, mayRing } from '../../src-renderer/app/alarm-sound.ts'
import { isMuted, isOwnRoute } from '../../src-renderer/app/use-notices.ts'
import { minuteOf, timeOf } from '../../src-renderer/screens/settings/quiet-hours.ts'
import { defaultPreferences } from '../../src-renderer/state/preferences.ts'

const usual = defaultPreferences.notifications

describe('the sound', () => {
  test('does not come when switched off, muted, or within a moment of the one before', () => {
    expect(mayRing({ ...usual, sound: false }, 0, 0)).toBe(false)
    expect(mayRing({ ...usual, mutedUntil: 10 }, 9, 0)).toBe(false)
    expect(mayRing({ ...usual, mutedUntil: 10 }, 10, 0)).toBe(true)
    expect(isRested(1000, 0)).toBe(false)
    expect(isRested(4000, 0)).toBe(true)
    expect(isMuted(null, 5)).toBe(false)
  })

  test('breaks through quiet hours unless they hold for critical ones too', () => {
    const quietHours = { fromMinute: 1320, toMinute: 360, criticalToo: false }
    expect(mayRing({ ...usual, quietHours }, 0, 1400)).toBe(true)
    expect(mayRing({ ...usual, quietHours: { ...quietHours, criticalToo: true } }, 0, 1400)).toBe(
      false,
    )
    expect(mayRing({ ...usual, quietHours: { ...quietHours, criticalToo: true } }, 0, 700)).toBe(
      true,
    )
  })
})

test('a notification leads inside the console alone', () => {
  expect(isOwnRoute('/outages/01900000-0000-7000-8000-000000000001')).toBe(true)
  for (const route of [
    'https://example.invalid',
    '//example.invalid',
    '/../x',
    '',
    'alarms',
    '/A',
  ]) {
    expect(isOwnRoute(route), route).toBe(false)
  }
})

test('quiet hours are times of day', () => {
  expect(minuteOf('06:30')).toBe(390)
  expect(timeOf(390)).toBe('06:30')
  for (const text of ['', '24:00', '6:30', '12:60', 'noon']) expect(minuteOf(text)).toBeNull()
})
